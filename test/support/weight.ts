/**
 * What a web page pays for an import: bytes after minifying and gzip. Owns the budgets, which `test/package/size.test.ts` holds and
 * `npm run size` prints.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What an import may weigh, and the code that must not come along. */
export interface Budget {
  /** An entry of the package. */
  readonly entry: string
  /** What is imported of it; default everything. */
  readonly names?: string
  /** Bytes. */
  readonly gzip: number
  readonly without?: RegExp
}

const CURVES = /@noble\//
const PROTOCOL = /@noble\/|protobufjs|dist\/(?:crypto|wire|protocol|records|client|relay)\//

export const BUDGETS: { readonly [what: string]: Budget } = {
  // The primitives are 26 KB, protobufjs's Reader and Writer 1; the rest is the ratchets and their records, groups, sealed sender, safety
  // numbers, signed lists of devices, retry: one class has them all, so an app that imports it carries them all.
  bisik: { entry: 'bisik', gzip: 112_800 },
  'bisik/libsignal': { entry: 'bisik/libsignal', gzip: 65_900 },
  'bisik/errors': { entry: 'bisik/errors', gzip: 2_500, without: PROTOCOL },
  'bisik/store': { entry: 'bisik/store', gzip: 6_000, without: PROTOCOL },
  // Seven drivers; an application on a device carries the five that it does not use, 1 KB.
  'bisik/store/sqlite': { entry: 'bisik/store/sqlite', gzip: 5_900, without: PROTOCOL },
  'bisik/store/indexeddb': { entry: 'bisik/store/indexeddb', gzip: 4_400, without: PROTOCOL },
  'bisik/store/postgres': { entry: 'bisik/store/postgres', gzip: 5_300, without: PROTOCOL },
  'bisik/store/leveldb': { entry: 'bisik/store/leveldb', gzip: 4_600, without: PROTOCOL },
  // ChaCha, scrypt and SHA-256, and the retries of a rotation.
  'bisik/store/encrypted': { entry: 'bisik/store/encrypted', gzip: 17_400, without: /@noble\/(?:curves|post-quantum)|protobufjs/ },
  'bisik/store/conformance': { entry: 'bisik/store/conformance', gzip: 9_000, without: PROTOCOL },
  // A relay signs certificates for its accounts, so it carries the curve; it encrypts nothing, so it carries no lattice.
  'bisik/relay': { entry: 'bisik/relay', gzip: 41_700, without: /@noble\/post-quantum/ },
  // Entries of rosters and their tables are 2.2 KB of it.
  'bisik/wire': { entry: 'bisik/wire', gzip: 19_300, without: CURVES },
  // Sealed sender, certificates and safety numbers are 7 KB of it.
  'bisik/protocol': { entry: 'bisik/protocol', gzip: 61_500 },
  'the memory store alone': { entry: 'bisik', names: '{ MemoryStore }', gzip: 3_700, without: PROTOCOL },
}

/** A bundle of one import. */
export interface Weight {
  readonly minified: number
  readonly gzip: number
  /** The files that it carries. */
  readonly files: readonly string[]
}

/** The files of the entries of a built package, by the names that `BUDGETS` has. */
export function entryFiles(folder: string): ReadonlyMap<string, string> {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports: { readonly [entry: string]: string | { readonly default: string } }
  }
  return new Map(
    Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === 'string' ? [] : [[entry.replace('.', 'bisik'), resolve(folder, target.default)] as const],
    ),
  )
}

/** Weighs an import of a built package. @returns `undefined` if the package has no such entry. */
export async function weigh(folder: string, { entry, names = '*' }: Budget): Promise<Weight | undefined> {
  const file = entryFiles(folder).get(entry)
  if (file === undefined) return undefined
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export ${names} from ${JSON.stringify(file)}`, resolveDir: folder, sourcefile: 'entry.js' },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  })
  const output = outputFiles[0]?.contents ?? new Uint8Array()
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  return { minified: output.length, gzip: gzipSync(output, { level: 9 }).length, files }
}
