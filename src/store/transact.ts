/**
 * "Read, step, commit, release": the one place where the result of a protocol step leaves the library, after the commit that
 * makes it true.
 */
import { bytesArgument, type Checks, fieldsArgument, functionArgument, invalidArgument, mapArgument } from '../arguments.js'
import { copyBytes } from '../bytes.js'
import { sleep } from '../env.js'
import { BisikError } from '../errors.js'
import { takeTurn } from './key-queues.js'
import { type KeyStore, keysArgument, type RecordKey, type Revision, storeArgument } from './key-store.js'

/** What a step sees: the records that were read for it. */
export interface RecordView {
  /**
   * The value of a record, `undefined` if there is none. The array belongs to the transaction: the step may run again and see
   * it again, so it copies what it wants to change, and what it wants to keep, for the transaction ends by wiping it.
   *
   * @throws BisikError `internal` if `key` was neither among the keys of the transaction nor asked for with `need`.
   */
  get(key: RecordKey): Uint8Array | undefined
  /** Whether there is such a record. @throws BisikError `internal` as {@link RecordView.get}. */
  has(key: RecordKey): boolean
  /** Whether this record was read, so that `get` may be called; if not, ask for it with `need`. */
  isRead(key: RecordKey): boolean
}

/** `T`, or a compile error if that is a promise: it would leave before the commit. */
export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T

/** What a step returns: more keys to read, or what to write and the result to release after that. */
export type Outcome<T> =
  | { readonly need: readonly RecordKey[] }
  | { readonly put?: ReadonlyMap<RecordKey, Uint8Array>; readonly delete?: Iterable<RecordKey>; readonly result: NotPromise<T> }

/**
 * A synchronous function from records to an outcome. It may run several times, so it changes nothing outside itself, and what it
 * produced in earlier runs must never be used.
 */
export type Step<T> = (view: RecordView) => Outcome<T>

/** How long and how often {@link transact} tries. */
export interface TransactOptions {
  /** Milliseconds of back-off, summed, before it gives up against other writers; default 10,000. */
  readonly budget?: number
  /** The most reads in one attempt, the first included; default 6. */
  readonly rounds?: number
}

const DEFAULT_BUDGET = 10_000
const DEFAULT_ROUNDS = 6
// Milliseconds. The bound of the random wait doubles from the first to the longest: short against a few writers, spread out against many.
const FIRST_WAIT = 2
const LONGEST_WAIT = 128

const DEFAULTS: TransactOptions = {}
const OPTIONS: Checks<TransactOptions> = { budget: limitArgument, rounds: limitArgument }

const NO_PUT: ReadonlyMap<RecordKey, Uint8Array> = new Map()
const NO_DELETE: ReadonlySet<RecordKey> = new Set()

/**
 * Runs a step on records and releases its result, or its error, only after the store confirmed by a commit that no record it was
 * shown had changed. If one had, everything starts again from records freshly read.
 *
 * Transactions of one store object that name a common key run one after the other, in the order of the calls. A store call
 * that never resolves holds up those, and what queues behind them, but nothing else.
 *
 * @param keys - what the step will look at first, and the keys it queues for. Name few: what most transactions only read
 *        (and what a step finds out later) is better asked for with `need`, which does not queue.
 * @param step - see {@link Step}. What it throws is a refusal, an output like any other.
 * @returns the `result` of the last run of `step`.
 * @throws BisikError `store-failed` (with the cause) if the store failed or answered nonsense: whether the write happened is
 *         unknown, nothing is released, and running the operation again is safe; `store-contention` if other writers kept
 *         winning until the budget was used up: nothing is written; `internal` if the step asked for more rounds than allowed;
 *         and what the step throws.
 * @remarks The budget counts the time waited between attempts, not the time the store takes: the core has no clock, and a slow
 * store is not contention. How long a hung store is waited for is the caller's decision.
 */
export async function transact<T>(
  store: KeyStore,
  keys: readonly RecordKey[],
  step: Step<T>,
  options: TransactOptions = DEFAULTS,
): Promise<T> {
  storeArgument(store)
  functionArgument(step, 'step')
  const { budget = DEFAULT_BUDGET, rounds = DEFAULT_ROUNDS } = options === DEFAULTS ? options : fieldsArgument(options, 'options', OPTIONS)
  const firstKeys = [...keysArgument(keys)]
  const turn = takeTurn(store, firstKeys)
  let records = new ReadSet()
  try {
    if (turn.ready !== undefined) await turn.ready
    let waited = 0
    for (let attempt = 1; ; attempt++) {
      records.wipe()
      records = new ReadSet()
      let missing = firstKeys
      let ending: Ending<T> | undefined
      for (let round = 1; ending === undefined; round++) {
        try {
          records.add(missing, await store.read(missing))
        } catch (cause) {
          throw new BisikError('store-failed', { operation: 'read' }, { cause })
        }
        const outcome = run(step, records)
        if (!('need' in outcome)) ending = outcome
        else if (round === rounds) ending = { refusal: new BisikError('internal', { reason: 'a step asked for too many rounds of reads' }) }
        else missing = records.without(outcome.need)
      }
      const batch = { expect: records.expect, put: ending.put ?? NO_PUT, delete: toSet(ending.delete) }
      let committed: unknown
      try {
        committed = await store.commit(batch)
        if (typeof committed !== 'boolean') throw new TypeError('commit must resolve to a boolean')
      } catch (cause) {
        // A step may write what it read, and the store may be reading that still.
        records = new ReadSet()
        throw new BisikError('store-failed', { operation: 'commit' }, { cause })
      }
      if (committed) {
        if ('refusal' in ending) throw ending.refusal
        return ending.result
      }
      const wait = 1 + Math.floor(Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)))
      if (waited + wait > budget) throw new BisikError('store-contention', { attempts: attempt, milliseconds: waited })
      waited += wait
      await sleep(wait)
    }
  } finally {
    records.wipe()
    turn.end()
  }
}

/**
 * The names of all records that begin with `prefix`, as {@link KeyStore.list} finds them; no transaction.
 *
 * @throws BisikError `store-failed` (with the cause).
 */
export async function listKeys(store: KeyStore, prefix: string): Promise<readonly RecordKey[]> {
  try {
    const keys: unknown = await store.list(prefix)
    if (!Array.isArray(keys)) throw new TypeError('list must resolve to an array')
    return keys as readonly RecordKey[]
  } catch (cause) {
    throw new BisikError('store-failed', { operation: 'list' }, { cause })
  }
}

function limitArgument(value: number, argument: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw invalidArgument(argument, 'a number from 0 on')
  return value
}

type Success<T> = Exclude<Outcome<T>, { readonly need: readonly RecordKey[] }>
type Refusal = { readonly refusal: unknown; readonly put?: undefined; readonly delete?: undefined }
type Ending<T> = Success<T> | Refusal

/** Refuses a promise most likely, which would be released before anything is written. @throws BisikError `invalid-argument`. */
function outcomeArgument<T>(outcome: Outcome<T>): Outcome<T> {
  const given: unknown = outcome
  if (typeof given !== 'object' || given === null || !('result' in given || 'need' in given))
    throw invalidArgument('step', 'a function that returns { need } or { put, delete, result } at once, and no promise')
  if ('put' in outcome && outcome.put !== undefined) {
    for (const value of mapArgument(outcome.put, 'put', 'a Map of keys and bytes').values()) bytesArgument(value, 'put')
  }
  return outcome
}

function run<T>(step: Step<T>, records: ReadSet): Outcome<T> | Refusal {
  try {
    return outcomeArgument(step(records))
  } catch (refusal) {
    return { refusal }
  }
}

function toSet(keys: Iterable<RecordKey> | undefined): ReadonlySet<RecordKey> {
  return keys === undefined ? NO_DELETE : keys instanceof Set ? keys : new Set(keys)
}

/** Everything that one attempt has read: what the step is shown, and what the commit will expect. */
class ReadSet implements RecordView {
  readonly expect = new Map<RecordKey, Revision | null>()
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

  without(keys: readonly RecordKey[]): RecordKey[] {
    return keys.filter((key) => !this.expect.has(key))
  }

  get(key: RecordKey): Uint8Array | undefined {
    if (!this.expect.has(key)) throw new BisikError('internal', { reason: 'a step looked at a record that was not read' })
    return this.#values.get(key)
  }

  has(key: RecordKey): boolean {
    return this.get(key) !== undefined
  }

  isRead(key: RecordKey): boolean {
    return this.expect.has(key)
  }
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Uint8Array'
}
