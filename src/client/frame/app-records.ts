/**
 * The app's own records in the commit of an operation: its `persist` says what to write, and may read first. Knows the names of these
 * records and no other.
 */
import { invalidArgument, mapArgument } from '../../arguments.js'
import { copyBytes } from '../../bytes.js'
import { applicationKey } from '../../records/names.js'
import { type Need, NOTHING, type Part } from '../../store/transaction.js'
import { bytesCopy } from './arguments.js'
import type { Draft } from './draft.js'
import type { AppReader, AppRecords, Persist } from './results.js'

/** Adds to a commit what the app wants written with `value`. */
export function writeAppRecords<T>(draft: Draft, persist: Persist<T> | undefined, value: T): Part<void> {
  return persist === undefined ? NOTHING : write(draft, persist, value)
}

function* write<T>(draft: Draft, persist: Persist<T>, value: T): Part<void> {
  const asked: unknown = persist(value, readerOf(draft))
  const records = isGenerator(asked) ? yield* asked : asked
  if (records === undefined) throw notARecordMap()
  // A promise most likely: `persist` runs inside the transaction and cannot wait.
  for (const [name, bytes] of mapArgument(records as AppRecords, 'persist', EXPECTED)) {
    const key = applicationKey(nameArgument(name))
    if (bytes === null) draft.delete(key)
    else draft.put(key, bytesCopy(bytes, 'persist'))
  }
}

type Values<Names> = { -readonly [Place in keyof Names]: Uint8Array | undefined }

const EXPECTED = 'a function that returns a Map at once, or a generator function, and no promise'

function notARecordMap(): Error {
  return invalidArgument('persist', EXPECTED)
}

function isGenerator(value: unknown): value is Generator<Need, unknown, void> {
  return value instanceof Object && 'next' in value && Symbol.iterator in value
}

function readerOf(draft: Draft): AppReader {
  return {
    *read<const Names extends readonly string[]>(...names: Names): Part<Values<Names>> {
      const values: readonly (Uint8Array | undefined)[] = yield* draft.read(...names.map((name) => applicationKey(nameArgument(name))))
      // Copies: what the transaction read it wipes.
      return values.map((value) => (value === undefined ? undefined : copyBytes(value))) as Values<Names>
    },
  }
}

function nameArgument(name: string): string {
  if (typeof name !== 'string') throw invalidArgument('persist', 'names that are text')
  return name
}
