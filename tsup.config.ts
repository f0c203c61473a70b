import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'esbuild'
import { defineConfig, type Options } from 'tsup'

const PROTOBUFJS = 'src/codec/protobufjs.ts'
const shared: Options = { format: ['esm'], target: 'es2022', platform: 'neutral', silent: true, dts: false }
const licence = readFileSync(createRequire(import.meta.url).resolve('protobufjs/LICENSE'), 'utf8')

/** Of protobufjs its Reader and Writer alone: no text, which our own codec does, and no `long`, whose numbers are numbers here. */
const readerAndWriter: Plugin = {
  name: 'reader-and-writer',
  setup(build) {
    build.onResolve({ filter: /^protobufjs\/minimal\.js$/ }, () => ({ path: 'minimal', namespace: 'lean' }))
    build.onResolve({ filter: /^(\.\/(aspromise|base64|eventemitter|utf8|pool)|long)$/ }, ({ path }) => ({ path, namespace: 'lean' }))
    build.onLoad({ filter: /^minimal$/, namespace: 'lean' }, () => ({
      contents: 'module.exports = { Reader: require("protobufjs/src/reader.js"), Writer: require("protobufjs/src/writer.js") }',
      resolveDir: import.meta.dirname,
    }))
    build.onLoad({ filter: /pool$/, namespace: 'lean' }, () => ({ contents: 'module.exports = (alloc) => alloc' }))
    build.onLoad({ filter: /./, namespace: 'lean' }, () => ({ contents: 'module.exports = {}' }))
  },
}

export default defineConfig([
  // One output file per module: "sideEffects: false" works per file. Bundled into one file, whoever imports the store alone would carry all of
  // it. Declarations come from tsc: tsup's own need the JavaScript API of TypeScript 6.
  { ...shared, entry: ['src/**/*.ts', '!src/**/*.d.ts', `!${PROTOBUFJS}`], bundle: false, sourcemap: true },
  {
    ...shared,
    entry: { 'codec/protobufjs': PROTOBUFJS },
    bundle: true,
    noExternal: [/./],
    splitting: false,
    esbuildPlugins: [readerAndWriter],
    banner: { js: `/*! protobufjs, Reader and Writer:\n${licence}*/` },
  },
])
