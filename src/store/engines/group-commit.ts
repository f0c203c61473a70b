/**
 * Collects the commits that are asked for in one turn of the event loop, so that one transaction of an engine can carry them all.
 * Knows no engine: how batches are applied is handed in.
 */
import type { Batch, RecordKey, Revision } from '../key-store.js'

/** A batch of several made the transaction fail before it was to be kept: nothing is written, and the others may try without it. */
export class BatchRefused {
  readonly cause: unknown

  constructor(cause: unknown) {
    this.cause = cause
  }
}

/**
 * Applies batches in one transaction, one after the other, each with its own expectations.
 *
 * @returns what `commit` answers to each batch.
 * @throws BatchRefused if nothing is written for sure; anything else if that is unknown.
 */
export type ApplyBatches = (batches: readonly Batch[]) => readonly boolean[] | Promise<readonly boolean[]>

/** What a group of batches comes to. */
export interface GroupPlan {
  readonly answers: readonly boolean[]
  readonly put: ReadonlyMap<RecordKey, { readonly value: Uint8Array; readonly revision: number }>
  readonly delete: ReadonlySet<RecordKey>
  /** The revision that the last batch took. */
  readonly lastRevision: number
}

/** The keys whose revisions {@link planGroup} wants to know. */
export function expectedKeys(batches: readonly Batch[]): readonly RecordKey[] {
  return [...new Set(batches.flatMap(({ expect }) => [...expect.keys()]))]
}

/**
 * Applies batches one after the other to what was found, for an engine that reads first and writes afterwards.
 *
 * @param found - the revisions of those of {@link expectedKeys} that have a record.
 * @param lastRevision - the revision that was given last; each batch that writes takes the next.
 */
export function planGroup(batches: readonly Batch[], found: ReadonlyMap<RecordKey, Revision>, lastRevision: number): GroupPlan {
  const now = new Map<RecordKey, Revision | null>(found)
  const put = new Map<RecordKey, { readonly value: Uint8Array; readonly revision: number }>()
  const deleted = new Set<RecordKey>()
  let revision = lastRevision
  const answers = batches.map((batch) => {
    for (const [key, expected] of batch.expect) if ((now.get(key) ?? null) !== expected) return false
    if (batch.put.size > 0 || batch.delete.size > 0) revision++
    for (const [key, value] of batch.put) {
      now.set(key, String(revision))
      put.set(key, { value, revision })
      deleted.delete(key)
    }
    for (const key of batch.delete) {
      now.set(key, null)
      put.delete(key)
      deleted.add(key)
    }
    return true
  })
  return { answers, put, delete: deleted, lastRevision: revision }
}

interface Waiting {
  readonly batch: Batch
  readonly resolve: (answer: boolean) => void
  readonly reject: (error: unknown) => void
}

/**
 * How many rounds of the microtask queue must pass without a call before the turn counts as over: more than lie between two calls of one
 * transaction. There is no way to ask an engine of JavaScript for the end of a turn but a timer, which would cost a millisecond.
 */
const QUIET_ROUNDS = 16
/** A transaction holds the write lock as long as it runs, and blocks the thread on synchronous drivers. */
const MOST_BATCHES = 256

/** The commits of one turn. One transaction runs at a time; what is asked for meanwhile shares the next. */
export class GroupCommit {
  readonly #apply: ApplyBatches
  #waiting: Waiting[] = []
  #calls = 0
  #collecting: Promise<void> | undefined

  constructor(apply: ApplyBatches) {
    this.#apply = apply
  }

  /** Says that something was asked of the store, so that the turn is not over. */
  touch(): void {
    this.#calls++
  }

  /** @returns what the engine answers to this batch. */
  commit(batch: Batch): Promise<boolean> {
    this.touch()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject })
      this.#collecting ??= this.#collect()
    })
  }

  async #collect(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#endOfTurn()
      const group = this.#waiting.splice(0, MOST_BATCHES)
      try {
        await this.#settle(group)
      } catch (error) {
        await this.#fail(group, error)
      }
    }
    this.#collecting = undefined
  }

  async #endOfTurn(): Promise<void> {
    for (let seen = -1, quiet = 0; quiet < QUIET_ROUNDS && this.#waiting.length < MOST_BATCHES; quiet++) {
      if (seen !== this.#calls) quiet = 0
      seen = this.#calls
      await undefined
    }
  }

  async #settle(group: readonly Waiting[]): Promise<void> {
    const answers = await this.#apply(group.map(({ batch }) => batch))
    for (const [i, { resolve }] of group.entries()) resolve(answers[i] as boolean)
  }

  /** One bad batch must not fail its neighbours: each is tried alone, unless it was alone already or may have been written. */
  async #fail(group: readonly Waiting[], error: unknown): Promise<void> {
    const isRefused = error instanceof BatchRefused
    if (!isRefused || group.length === 1) {
      for (const { reject } of group) reject(isRefused ? error.cause : error)
      return
    }
    for (const one of group) {
      try {
        await this.#settle([one])
      } catch (reason) {
        await this.#fail([one], reason)
      }
    }
  }
}
