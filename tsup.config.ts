import { defineConfig } from 'tsup'

// One output file per module: "sideEffects: false" works per file, and the generated protobuf code has effects when it loads. Bundled
// into one file, whoever imports the store alone would carry all of it.
export default defineConfig({
  entry: ['src/**/*.ts', 'src/*/generated/*.js', '!src/**/*.d.ts'],
  bundle: false,
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  sourcemap: true,
  clean: true,
  silent: true,
  // Declarations come from tsc: tsup's own need the JavaScript API of TypeScript 6.
  dts: false,
})
