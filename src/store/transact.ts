/**
 * "Read, step, commit, release": the one place where what a step produced leaves the library, after the commit that makes it true. Does
 * not know what the records mean, nor what the step does.
 */
import { type Checks, fieldsArgument, functionArgument, invalidArgument } from '../arguments.js'
import { sleep } from '../env.js'
import { BisikError } from '../errors.js'
import { type Turn, takeTurn } from './key-queues.js'
import { type KeyStore, keysArgument, type RecordKey, storeArgument } from './key-store.js'
import { type Need, ReadSet, Run, type Step, type Transaction } from './transaction.js'

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
      await sleep(wait)
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

  /** Runs a step to its end, on records freshly read. One function, for each that waits for another costs a message half a microsecond. */
  async run<T>(step: Step<T>): Promise<Ending<T>> {
    for (;;) {
      this.#begin()
      const running = begun(step, this.#run)
      if ('refusal' in running) return running
      let next = advanced(running)
      while ('read' in next) {
        try {
          const turn = this.#turnFor(next.read)
          if (turn.ready !== undefined) await turn.ready
          const missing = this.#records.without(next.read)
          this.#records.add(missing, await this.#store.read(missing))
        } catch (cause) {
          running.return(undefined as never)
          throw new BisikError('store-failed', { operation: 'read' }, { cause })
        }
        next = advanced(running)
      }
      if (!('before' in next)) return next
      // Others need not wait for it.
      this.end()
      await next.before()
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

  /** The place in the queues: of the keys that are read first. */
  #turnFor(keys: readonly RecordKey[]): Turn {
    this.#turn ??= takeTurn(this.#store, keys)
    return this.#turn
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
    const need = needArgument(next.value)
    if ('before' in need) running.return(undefined as never)
    return need
  } catch (refusal) {
    running.return(undefined as never)
    return { refusal }
  }
}

/** @throws BisikError `invalid-argument` for what is no need of ours. */
function needArgument(given: unknown): Need {
  const need = Object(given) as { readonly read?: readonly RecordKey[]; readonly before?: () => Promise<void> }
  const { read, before } = need
  if (typeof before === 'function') return need as Need
  if (!Array.isArray(read)) throw invalidArgument('step', 'to wait by yield* tx.read() only')
  keysArgument(read)
  return need as Need
}

function limitArgument(value: number, argument: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw invalidArgument(argument, 'a number from 0 on')
  return value
}
