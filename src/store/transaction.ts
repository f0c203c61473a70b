/**
 * A transaction as a step sees it: what it reads, what it wrote, and how it waits. Knows no store.
 */
import { bytesArgument, functionArgument, textArgument } from '../arguments.js'
import { copyBytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { type KeyStore, keysArgument, type RecordKey, type Revision } from './key-store.js'

/** What a step waits for: records, or work that is too long for one turn of the event loop. Made by a {@link Transaction} alone. */
export type Need = { readonly read: readonly RecordKey[] } | { readonly before: () => Promise<void> }

/** `T`, or a compile error if that is a promise: it would leave before the commit. */
export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T

/** Part of a step: a generator, run by `yield*`. */
export type Part<T> = Generator<Need, T, void>

/** The part that does nothing: to be returned where most often there is nothing to do, for it costs a tenth of a generator made anew. */
export const NOTHING: Part<void> = nothing()

function* nothing(): Part<void> {}

/**
 * What is done in a transaction: a generator that reads with `yield* tx.read(…)`, writes with `tx.put` and `tx.delete`, and returns the
 * result. It may be dropped where it waits, so that only its `finally` blocks still run, which must not wait, and started anew: so it changes nothing outside
 * itself, and what it produced in earlier runs must never be used.
 */
export type Step<T> = (tx: Transaction) => Generator<Need, NotPromise<T>, void>

/** What a step reads and writes. It sees what it wrote. */
export interface Transaction {
  /**
   * Reads records, all at once as far as they have not been read: use it with `yield*`.
   *
   * @returns the values in the order of `keys`, `undefined` for a record that is not there. The arrays belong to the transaction, which
   *          ends by wiping them: copy what is to be kept. What is changed is changed for every later reader of this run: put it again.
   */
  read<const Keys extends readonly RecordKey[]>(...keys: Keys): Part<{ -readonly [Place in keyof Keys]: Uint8Array | undefined }>
  /** Writes a record with the commit. @throws BisikError `invalid-argument`. */
  put(key: RecordKey, value: Uint8Array): void
  /** Deletes a record with the commit, if there is one. */
  delete(key: RecordKey): void
  /** Runs a part of the step that may fail by itself: then nothing of what it wanted written stays. @throws what `part` throws. */
  attempt<T>(part: Part<T>): Part<T>
  /** Drops this run of the step, which does `work` outside of the transaction, while others go on, and then starts anew. */
  after(work: () => Promise<void>): Part<never>
}

/** One run of a step: what it has read, and what it wants written. */
export class Run implements Transaction {
  readonly records: ReadSet
  puts: Map<RecordKey, Uint8Array> | undefined
  deletes: Set<RecordKey> | undefined

  constructor(records: ReadSet) {
    this.records = records
  }

  *read<const Keys extends readonly RecordKey[]>(...keys: Keys): Part<{ -readonly [Place in keyof Keys]: Uint8Array | undefined }> {
    for (const key of keys) {
      if (this.#isKnown(key)) continue
      yield { read: keysArgument(keys) }
      break
    }
    const values: (Uint8Array | undefined)[] = []
    for (const key of keys) values.push(this.#valueOf(key))
    return values as { -readonly [Place in keyof Keys]: Uint8Array | undefined }
  }

  put(key: RecordKey, value: Uint8Array): void {
    textArgument(key, 'key')
    bytesArgument(value, 'value')
    this.deletes?.delete(key)
    this.puts ??= new Map()
    this.puts.set(key, value)
  }

  delete(key: RecordKey): void {
    textArgument(key, 'key')
    this.puts?.delete(key)
    this.deletes ??= new Set()
    this.deletes.add(key)
  }

  *attempt<T>(part: Part<T>): Part<T> {
    const [puts, deletes] = [this.puts && new Map(this.puts), this.deletes && new Set(this.deletes)]
    try {
      return yield* part
    } catch (error) {
      this.puts = puts
      this.deletes = deletes
      throw error
    }
  }

  *after(work: () => Promise<void>): Part<never> {
    functionArgument(work, 'work')
    yield { before: work }
    throw new BisikError('internal', { reason: 'a step went on that was dropped' })
  }

  #isKnown(key: RecordKey): boolean {
    return this.puts?.has(key) === true || this.deletes?.has(key) === true || this.records.has(key)
  }

  #valueOf(key: RecordKey): Uint8Array | undefined {
    return this.deletes?.has(key) === true ? undefined : (this.puts?.get(key) ?? this.records.get(key))
  }
}

/** Everything that one attempt has read: what the step is shown, and what the commit will expect. */
export class ReadSet {
  readonly expect: Map<RecordKey, Revision | null> = new Map()
  readonly #values = new Map<RecordKey, Uint8Array>()

  /** Takes over the store's answer. @throws TypeError if it is not what the port promises. */
  add(keys: readonly RecordKey[], found: ReturnType<KeyStore['read']> extends Promise<infer Found> ? Found : never): void {
    for (const key of keys) {
      const record = found.get(key)
      if (record === undefined) {
        this.expect.set(key, null)
        continue
      }
      const { value, revision } = record
      if (!isBytes(value) || typeof revision !== 'string') throw new TypeError('read must resolve to a map of values and revisions')
      this.expect.set(key, revision)
      // A Buffer, or an array of another realm, would behave differently further up.
      this.#values.set(key, value.constructor === Uint8Array ? value : copyBytes(value))
    }
  }

  /** Overwrites what was read, which is the reader's to do: among it are keys that are used up now, or deleted. */
  wipe(): void {
    for (const value of this.#values.values()) value.fill(0)
  }

  without(keys: readonly RecordKey[]): readonly RecordKey[] {
    return this.expect.size === 0 ? keys : keys.filter((key) => !this.expect.has(key))
  }

  get(key: RecordKey): Uint8Array | undefined {
    return this.#values.get(key)
  }

  has(key: RecordKey): boolean {
    return this.expect.has(key)
  }
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Uint8Array'
}
