import { nodeResolve } from '@rollup/plugin-node-resolve'

export default {
  input: ['page.mjs', 'worker.mjs'],
  output: { dir: 'out-rollup', entryFileNames: '[name].mjs' },
  plugins: [nodeResolve({ browser: true })],
}
