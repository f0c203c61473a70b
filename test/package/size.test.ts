import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, entries } from '../support/built-package.js'

/** What a web page pays for an import: bytes after minifying and gzip, and the code that must not come along. */
interface Budget {
  readonly code: string
  readonly gzip: number
  readonly without?: RegExp
}

const CURVES = /@noble\//
const PROTOCOL = /@noble\/|protobufjs|bisik\/dist\/(?:crypto|wire|protocol|records|client|relay)\//
const all = (entry: string): string => `export * from '${entry}'`

const BUDGETS: { readonly [what: string]: Budget } = {
  // The primitives are 26 KB, protobufjs's Reader and Writer 8; the rest is the ratchets and their records, groups, sealed sender, safety
  // numbers, retry: one class has them all, so an app that imports it carries them all.
  bisik: { code: all('bisik'), gzip: 98_300 },
  'bisik/libsignal': { code: all('bisik/libsignal'), gzip: 63_300 },
  'bisik/errors': { code: all('bisik/errors'), gzip: 2_200, without: PROTOCOL },
  'bisik/store': { code: all('bisik/store'), gzip: 5_000, without: PROTOCOL },
  // Seven drivers; an application on a device carries the five that it does not use, 1 KB.
  'bisik/store/sqlite': { code: all('bisik/store/sqlite'), gzip: 5_300, without: PROTOCOL },
  'bisik/store/conformance': { code: all('bisik/store/conformance'), gzip: 8_000, without: PROTOCOL },
  // A relay signs certificates for its accounts, so it carries the curve; it encrypts nothing, so it carries no lattice.
  'bisik/relay': { code: all('bisik/relay'), gzip: 46_000, without: /@noble\/post-quantum/ },
  'bisik/wire': { code: all('bisik/wire'), gzip: 20_480, without: CURVES },
  // Sealed sender, certificates and safety numbers are 7 KB of it.
  'bisik/protocol': { code: all('bisik/protocol'), gzip: 64_000 },
  'the memory store alone': { code: `export { MemoryStore } from 'bisik'`, gzip: 3_200, without: PROTOCOL },
}

const sizes: string[] = []
beforeAll(() => {
  builtPackage()
})

afterAll(() => console.log(sizes.join('\n')))

describe('the weight of an import under browser conditions', () => {
  it('has a budget for every entry', () => {
    expect(entries.filter((entry) => !(entry in BUDGETS))).toEqual([])
  })

  it.each(Object.entries(BUDGETS))('%s stays within its budget and carries nothing foreign', async (what, { code, gzip, without }) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: code, resolveDir: builtPackage().project, sourcefile: 'entry.js' },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      metafile: true,
    })
    const output = outputFiles[0]?.contents ?? new Uint8Array()
    const size = gzipSync(output, { level: 9 }).length
    sizes.push(`${what.padEnd(24)} ${String(output.length).padStart(7)} B minified ${String(size).padStart(6)} B gzip, budget ${gzip}`)
    const carried = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
    )
    expect(carried.map(([path]) => path).filter((path) => without?.test(path))).toEqual([])
    expect(size).toBeLessThanOrEqual(gzip)
  })
})
