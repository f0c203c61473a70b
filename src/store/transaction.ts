/**
 * "Read, step, commit, release": the one place where what a step produced leaves the library, after the commit that makes it true. Does
 * not know what the records mean, nor what the step does.
 */
import { bytesArgument, type Checks, fieldsArgument, functionArgument, invalidArgument } from '../arguments.js'
import { copyBytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { type Turn, takeTurn } from './key-queues.js'
import { type KeyStore, keysArgument, type RecordKey, type Revision, storeArgument } from './key-store.js'

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
 * result. It may be dropped where it waits, so that only its `finally` blocks still run, and started anew: so it changes nothing outside
 * itself, and what it produced in earlier runs must never be used.
 */
export type Step<T> = (tx: Transaction) => Generator<Need, NotPromise<T>, void>

/** How long {@link transact} tries. */
export interface TransactOptions {
  /** Milliseconds of back-off, summed, before it gives up against other writers; default 10,000. */
  readonly budget?: number
}

const DEFAULT_BUDGET = 10_000
// Milliseconds. The bound of the random wait doubles from the first to the longest: short against a few writers, spread out against many.
const FIRST_WAIT = 2
const LONGEST_WAIT = 128

const DEFAULTS: TransactOptions = {}
const OPTIONS: Checks<TransactOptions> = { budget: limitArgument }

const NO_PUT: ReadonlyMap<RecordKey, Uint8Array> = new Map()
const NO_DELETE: ReadonlySet<RecordKey> = new Set()

/**
 * Runs a step on records and releases its result, or its error, only after the store confirmed by a commit that no record it was
 * shown had changed. If one had, everything starts again from records freshly read.
 *
 * Transactions of one store object whose first reads share a key run one after the other, in the order of the calls. A store call
 * that never resolves holds up those, and what queues behind them, but nothing else.
 *
 * @param step - see {@link Step}. The keys that it reads first are those it queues for: name few there, what most transactions only read
 *        (and what a step finds out later) is better read afterwards. What it throws is a refusal, an output like any other.
 * @returns what the last run of `step` returned.
 * @throws BisikError `store-failed` (with the cause) if the store failed or answered nonsense: whether the write happened is
 *         unknown, nothing is released, and running the operation again is safe; `store-contention` if other writers kept
 *         winning until the budget was used up: nothing is written; and what the step throws.
 * @remarks The budget counts the time waited between attempts, not the time the store takes: the core has no clock, and a slow
 * store is not contention. How long a hung store is waited for is the caller's decision.
 */
export async function transact<T>(store: KeyStore, step: Step<T>, options: TransactOptions = DEFAULTS): Promise<T> {
  storeArgument(store)
  functionArgument(step, 'step')
  const { budget = DEFAULT_BUDGET } = options === DEFAULTS ? options : fieldsArgument(options, 'options', OPTIONS)
  const attempt = new Attempt(store)
  try {
    let waited = 0
    for (let attempts = 1; ; attempts++) {
      const ending = await attempt.run(step)
      if (await attempt.commit(ending)) {
        if ('refusal' in ending) throw ending.refusal
        return ending.result
      }
      const wait = 1 + Math.floor(Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1)))
      if (waited + wait > budget) throw new BisikError('store-contention', { attempts, milliseconds: waited })
      waited += wait
      await new Promise<void>((resolve) => setTimeout(resolve, wait))
    }
  } finally {
    attempt.end()
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

type Ending<T> = { readonly result: T } | { readonly refusal: unknown }
type Running<T> = Generator<Need, T, void>

/** The attempts of one transaction, one after the other, and the place in the queues that they share. */
class Attempt {
  readonly #store: KeyStore
  #turn: Turn | undefined
  #records = new ReadSet()
  #run = new Run(this.#records)

  constructor(store: KeyStore) {
    this.#store = store
  }

  /** Runs a step to its end, on records freshly read. */
  async run<T>(step: Step<T>): Promise<Ending<T>> {
    for (;;) {
      this.#begin()
      const running = begun(step, this.#run)
      if ('refusal' in running) return running
      const outcome = await this.#toEnd(running)
      if (!('before' in outcome)) return outcome
      // Others need not wait for it.
      this.end()
      await outcome.before()
    }
  }

  /** Runs a step until it ends, or is dropped because it has to wait for work. */
  async #toEnd<T>(running: Running<T>): Promise<Ending<T> | { readonly before: () => Promise<void> }> {
    for (let next = advanced(running); ; next = advanced(running)) {
      if (!('read' in next)) return next
      try {
        await this.#read(next.read)
      } catch (failure) {
        running.return(undefined as never)
        throw failure
      }
    }
  }

  /** Has the store confirm what was read, and write what the step wants written. */
  async commit<T>(ending: Ending<T>): Promise<boolean> {
    const isRefused = 'refusal' in ending
    const batch = {
      expect: this.#records.expect,
      put: isRefused ? NO_PUT : (this.#run.puts ?? NO_PUT),
      delete: isRefused ? NO_DELETE : (this.#run.deletes ?? NO_DELETE),
    }
    try {
      const committed: unknown = await this.#store.commit(batch)
      if (typeof committed !== 'boolean') throw new TypeError('commit must resolve to a boolean')
      return committed
    } catch (cause) {
      // A step may write what it read, and the store may be reading that still.
      this.#records = new ReadSet()
      throw new BisikError('store-failed', { operation: 'commit' }, { cause })
    }
  }

  end(): void {
    this.#records.wipe()
    this.#turn?.end()
    this.#turn = undefined
  }

  #begin(): void {
    this.#records.wipe()
    this.#records = new ReadSet()
    this.#run = new Run(this.#records)
  }

  async #read(keys: readonly RecordKey[]): Promise<void> {
    if (this.#turn === undefined) {
      this.#turn = takeTurn(this.#store, keys)
      if (this.#turn.ready !== undefined) await this.#turn.ready
    }
    const missing = this.#records.without(keys)
    try {
      this.#records.add(missing, await this.#store.read(missing))
    } catch (cause) {
      throw new BisikError('store-failed', { operation: 'read' }, { cause })
    }
  }
}

/** What a step reads and writes. It sees what it wrote. */
export interface Transaction {
  /**
   * Reads records, all at once as far as they have not been read: use it with `yield*`.
   *
   * @returns the values in the order of `keys`, `undefined` for a record that is not there. The arrays belong to the transaction, which
   *          ends by wiping them: copy what is to be changed or kept.
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
class Run implements Transaction {
  readonly records: ReadSet
  puts: Map<RecordKey, Uint8Array> | undefined
  deletes: Set<RecordKey> | undefined

  constructor(records: ReadSet) {
    this.records = records
  }

  *read<const Keys extends readonly RecordKey[]>(...keys: Keys): Part<{ -readonly [Place in keyof Keys]: Uint8Array | undefined }> {
    if (keys.some((key) => !this.#isKnown(key))) yield { read: keysArgument(keys) }
    return keys.map((key) => this.#valueOf(key)) as { -readonly [Place in keyof Keys]: Uint8Array | undefined }
  }

  put(key: RecordKey, value: Uint8Array): void {
    bytesArgument(value, 'value')
    this.deletes?.delete(key)
    this.puts ??= new Map()
    this.puts.set(key, value)
  }

  delete(key: RecordKey): void {
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

/** @returns the generator, or the refusal of a step that is none: a promise most likely, which would be released before anything is written. */
function begun<T>(step: Step<T>, tx: Transaction): Running<T> | { readonly refusal: unknown } {
  try {
    const running: unknown = step(tx)
    if (running instanceof Object && 'next' in running && Symbol.iterator in running) return running as Running<T>
    throw invalidArgument('step', 'a generator function (function*), not an async one')
  } catch (refusal) {
    return { refusal }
  }
}

/** Runs a step until it waits or ends. One that waits for work is dropped. */
function advanced<T>(running: Running<T>): Need | Ending<T> {
  try {
    const next = running.next()
    if (next.done === true) return { result: next.value }
    const need: unknown = next.value
    if (!(need instanceof Object && ('read' in need || 'before' in need))) throw invalidArgument('step', 'to wait by yield* tx.read() only')
    if ('before' in need) running.return(undefined as never)
    return need as Need
  } catch (refusal) {
    return { refusal }
  }
}

function limitArgument(value: number, argument: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw invalidArgument(argument, 'a number from 0 on')
  return value
}

/** Everything that one attempt has read: what the step is shown, and what the commit will expect. */
class ReadSet {
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
