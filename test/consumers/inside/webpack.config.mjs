import { resolve } from 'node:path'

export default {
  mode: 'production',
  entry: './page.mjs',
  output: { path: resolve('out-webpack'), filename: 'page.mjs' },
}
