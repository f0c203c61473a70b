/** Finds and reads the files that are replayed. Knows their names and their packing, not what is in them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Bytes } from '../../../src/bytes.js'

const VECTORS = /\.json(\.gz)?$/
/** Recorded states: read together with the transcript that names them. */
const STATES = /\.states\.json(\.gz)?$/

/** The vector files that `path` names: itself, or all in the folder and below, by name. @throws if there is no such file or folder. */
export function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && VECTORS.test(entry.name) && !STATES.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Reads a JSON file, compressed or not. `T` is the shape the caller expects. */
export function readJson<T>(path: string): T {
  const raw = readFileSync(path)
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8')) as T
}

/** Reads hexadecimal. */
export function hex(text: string): Bytes {
  // Node's own: recorded states are megabytes. It stops at what is no digit.
  const bytes = new Uint8Array(Buffer.from(text, 'hex'))
  if (2 * bytes.length !== text.length) throw new Error(`not hexadecimal: ${text.slice(0, 40)}`)
  return bytes
}
