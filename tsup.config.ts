import { copyFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'esbuild'
import { defineConfig, type Options } from 'tsup'

const PROTOBUFJS = 'src/codec/protobufjs.ts'
const shared: Options = { format: ['esm'], target: 'es2022', platform: 'neutral', silent: true, dts: false }
const require = createRequire(import.meta.url)

/** What the codec uses of protobufjs, as `src/codec/protobufjs.ts` names it, and what that calls. */
const USED = {
  Reader: ['fixed32'],
  Writer: ['initialBufferSize', 'alloc', '_reserve', 'uint32', 'fixed32', 'bytes', 'fork', 'ldelim', 'finishInto'],
}
const MEMBER = /^(?:Reader|Writer)\.(?:prototype\.)?(\w+) = (?:function[\s\S]*?^\};|[^{]*?;)$/gm

/** One of its classes as an ES module, without the other members: then what only those call falls away too. */
function lean(name: keyof typeof USED): string {
  const source = readFileSync(require.resolve(`protobufjs/src/${name.toLowerCase()}.js`), 'utf8')
  const kept = new Set<string>()
  const members = source.replace(MEMBER, (member, own: string) => {
    // The second one is a pool.
    if (!USED[name].includes(own) || kept.has(own)) return ''
    kept.add(own)
    return member
  })
  const lost = USED[name].filter((own) => !kept.has(own))
  if (lost.length > 0) throw new Error(`protobufjs has no ${name}.${lost.join()} where it had`)
  return members
    .replace(/^module\.exports = .*$/m, `export { ${name} }`)
    .replace(/^var util .*$/m, 'const util = { isString: () => false }')
    .replace(/^Object\.defineProperty\([\s\S]*?^\}\);$/gm, '')
}

const readerAndWriter: Plugin = {
  name: 'reader-and-writer',
  setup(build) {
    build.onResolve({ filter: /^(protobufjs\/minimal\.js|Reader|Writer)$/ }, ({ path }) => ({ path, namespace: 'lean' }))
    build.onLoad({ filter: /minimal/, namespace: 'lean' }, () => ({
      contents: 'import { Reader } from "Reader"; import { Writer } from "Writer"; export default { Reader, Writer }',
    }))
    build.onLoad({ filter: /^(Reader|Writer)$/, namespace: 'lean' }, ({ path }) => ({ contents: lean(path as keyof typeof USED) }))
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
    banner: { js: '/*! of protobufjs - BSD-3-Clause (c) 2016 Daniel Wirtz: protobufjs-LICENSE.md */' },
    onSuccess: async () => copyFileSync(require.resolve('protobufjs/LICENSE'), 'dist/codec/protobufjs-LICENSE.md'),
  },
])
