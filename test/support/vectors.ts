/**
 * Loads known-answer data: committed files under `test/vectors/data`, and files of other projects (Wycheproof, ACVP, Kyber KATs)
 * that are not committed and are looked for in `../shared/vectors` beside the repository, or where `BISIK_VECTORS` points.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, it } from 'vitest'
import { type Bytes, fromHex } from '../../src/bytes.js'

const ROOT = resolve(import.meta.dirname, '../..')
const COMMITTED = resolve(ROOT, 'test/vectors/data')
const EXTERNAL = process.env.BISIK_VECTORS ?? resolve(ROOT, '../shared/vectors')

function load(path: string): unknown {
  const raw = readFileSync(path)
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8'))
}

/** A committed vector file, `path` relative to `test/vectors/data`. `T` is the shape the caller expects. */
export function committedVectors<T>(path: string): T {
  return load(resolve(COMMITTED, path)) as T
}

/**
 * Declares tests over a vector file of another project, `path` relative to its folder. When the file is absent one skipped test
 * says so, and the reason is printed.
 */
export function describeExternal<T>(path: string, title: string, body: (vectors: T) => void): void {
  const file = resolve(EXTERNAL, path)
  if (existsSync(file)) {
    describe(title, () => body(load(file) as T))
    return
  }
  const reason = `${title}: vectors/${path} is not in this repository; point BISIK_VECTORS at a folder that has it`
  console.warn(`SKIPPED ${reason}`)
  it.skip(reason, () => {})
}

/** Reads the hexadecimal of a vector file, in either case. */
export function hex(text: string): Bytes {
  const bytes = fromHex(text)
  if (bytes === undefined) throw new Error(`not hexadecimal: ${text.slice(0, 40)}`)
  return bytes
}
