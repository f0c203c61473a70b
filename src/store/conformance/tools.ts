/**
 * What the conformance tests are written with: batches as literals, readings of a store, assertions.
 */
import { toHex, utf8 } from '../../bytes.js'
import type { KeyStore, RecordKey, Revision, StoredRecord } from '../key-store.js'
import { transact } from '../transact.js'

/** What a test is given. */
export interface Subject {
  readonly store: KeyStore
  /** Another handle: opened again if the author says how, otherwise the same store behind another object. */
  readonly another: () => Promise<KeyStore>
}

/** A test. */
export type Case = readonly [name: string, run: (subject: Subject) => Promise<void>]

/** A batch as literals. */
export interface PlainBatch {
  readonly expect?: Readonly<Record<string, Revision | null | undefined>>
  readonly put?: Readonly<Record<string, Uint8Array>>
  readonly delete?: readonly string[]
}

/** Commits a batch. */
export function write(store: KeyStore, batch: PlainBatch): Promise<boolean> {
  return store.commit({
    expect: new Map(Object.entries(batch.expect ?? {}).map(([key, revision]) => [key, revision ?? null])),
    put: new Map(Object.entries(batch.put ?? {})),
    delete: new Set(batch.delete ?? []),
  })
}

/** Reads a record that must be there. */
export async function one(store: KeyStore, key: RecordKey): Promise<StoredRecord> {
  const record = (await store.read([key])).get(key)
  if (record === undefined) throw new Error(`the record "${key}" is absent`)
  return record
}

/** The revisions of records that must be there. */
export async function revisions(store: KeyStore, keys: readonly RecordKey[]): Promise<Revision[]> {
  const found = await store.read(keys)
  return keys.map((key) => {
    const record = found.get(key)
    check(record !== undefined, `the record "${key}" is absent`)
    return record?.revision ?? ''
  })
}

/** Everything in the store as text, one line a record. */
export async function contents(store: KeyStore): Promise<string> {
  const keys = [...(await store.list(''))].sort()
  const found = await store.read(keys)
  return keys.map((key) => `${key}=${toHex(found.get(key)?.value ?? new Uint8Array(0))}@${found.get(key)?.revision}`).join('\n')
}

/** Text that does not depend on the order of the keys. */
export function sorted(keys: readonly RecordKey[]): string {
  return [...keys].sort().join(' ')
}

/** {@link contents} without the revisions. */
export function withoutRevisions(text: string): string {
  return text.replace(/@.*$/gm, '')
}

/** Adds one to a decimal number in a record, by `transact`. */
export function increment(store: KeyStore, key: RecordKey): Promise<void> {
  return transact<void>(store, function* (tx) {
    const [value] = yield* tx.read(key)
    tx.put(key, utf8(String(number(value) + 1)))
  })
}

/** The number that {@link increment} counts. */
export async function count(store: KeyStore, key: RecordKey): Promise<number> {
  return number((await store.read([key])).get(key)?.value)
}

function number(value: Uint8Array | undefined): number {
  return value === undefined ? 0 : Number(String.fromCharCode(...value))
}

/** The same store as another object: it has queues of its own in `transact`. */
export function behind(store: KeyStore): KeyStore {
  return { read: (keys) => store.read(keys), commit: (batch) => store.commit(batch), list: (prefix) => store.list(prefix) }
}

/** Fails the test with a plain error: what is wrong is the author's store, not a call of this library. */
export function check(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}

/** {@link check} with both values in the text. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected).slice(0, 500)}, got ${String(actual).slice(0, 500)}`)
}
