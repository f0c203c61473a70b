/**
 * The app's own records in the commit of an operation: its `persist` says what to write, and may read first. Knows the names of these
 * records and no other.
 */
import { invalidArgument, mapArgument, readArgument } from '../../arguments.js'
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
  const ours = new WeakSet<Need>()
  const asked: unknown = persist(value, readerOf(draft, ours))
  const records = readArgument(asked, 'persist', isGenerator) ? yield* readingOnly(asked as Part<unknown>, ours) : asked
  // A promise most likely: `persist` runs inside the transaction and cannot wait.
  for (const [name, bytes] of mapArgument(records as AppRecords, 'persist', EXPECTED)) {
    const key = applicationKey(nameArgument(name))
    if (bytes === null) draft.delete(key)
    else draft.put(key, bytesCopy(bytes, 'persist'))
  }
}

/** Runs an app's generator, which may wait for what its reader asks for, and for nothing else. @throws BisikError `invalid-argument`. */
function* readingOnly<T>(asked: Part<T>, ours: WeakSet<Need>): Part<T> {
  try {
    for (let next = asked.next(); ; next = asked.next()) {
      if (next.done === true) return next.value
      if (!ours.has(next.value)) throw invalidArgument('persist', 'to wait by yield* tx.read() only')
      yield next.value
    }
  } finally {
    asked.return(undefined as never)
  }
}

type Values<Names> = { -readonly [Place in keyof Names]: Uint8Array | undefined }

const EXPECTED = 'a function that returns a Map at once, or a generator function, and no promise'

function isGenerator(value: unknown): boolean {
  return value instanceof Object && 'next' in value && Symbol.iterator in value
}

/** @param ours - notes what the reader waits for. */
function readerOf(draft: Draft, ours: WeakSet<Need>): AppReader {
  return {
    *read<const Names extends readonly string[]>(...names: Names): Part<Values<Names>> {
      const reading = draft.read(...names.map((name) => applicationKey(nameArgument(name))))
      let next = reading.next()
      for (; next.done !== true; next = reading.next()) {
        ours.add(next.value)
        yield next.value
      }
      const values: readonly (Uint8Array | undefined)[] = next.value
      // Copies: what the transaction read it wipes.
      return values.map((value) => (value === undefined ? undefined : copyBytes(value))) as Values<Names>
    },
  }
}

function nameArgument(name: string): string {
  if (typeof name !== 'string') throw invalidArgument('persist', 'names that are text')
  return name
}
