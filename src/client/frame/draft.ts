/**
 * One run of a transaction's step: what was read, what must be read first, what shall be written. Knows records by name only.
 */
import type { Bytes, Memory } from '../../bytes.js'
import type { RecordKey } from '../../store/key-store.js'
import type { NotPromise, Outcome, RecordView } from '../../store/transact.js'
import type { DroppedRecord } from './results.js'
import type { SpareMemory } from './spare-memory.js'

/** Stands for a record that has not been read yet; it has been asked for. */
export const UNREAD: unique symbol = Symbol('unread')

/** Collects reads and writes of one run. */
export class Draft {
  readonly #view: RecordView
  readonly #spares: SpareMemory | undefined
  #given: Bytes[] | undefined
  // Made when they are needed: most messages ask for nothing and delete nothing.
  #needs: Set<RecordKey> | undefined
  #delete: Set<RecordKey> | undefined
  #dropped: Set<DroppedRecord> | undefined
  #put = new Map<RecordKey, Uint8Array>()

  constructor(view: RecordView, spares?: SpareMemory) {
    this.#view = view
    this.#spares = spares
  }

  /** A record as it was read: its bytes, `undefined` if there is none, or {@link UNREAD}: then the run will be repeated with it. */
  read(key: RecordKey): Uint8Array | undefined | typeof UNREAD {
    if (this.#view.isRead(key)) return this.#view.get(key)
    this.#needs ??= new Set()
    this.#needs.add(key)
    return UNREAD
  }

  /** Gives memory for a record that this run writes. */
  readonly memory: Memory = (length) => {
    const memory = this.#spares?.take(length) ?? new Uint8Array(length)
    this.#given ??= []
    this.#given.push(memory)
    return memory
  }

  /**
   * Wipes the memory that was given and keeps it for the next run: once the commit resolved, for the store has copied what it keeps, or
   * if there was none. A commit that failed may be reading it still.
   */
  reclaim(): void {
    for (const memory of this.#given ?? []) this.#spares?.give(memory)
    this.#given = undefined
  }

  put(key: RecordKey, value: Uint8Array): void {
    this.#delete?.delete(key)
    this.#put.set(key, value)
  }

  delete(key: RecordKey): void {
    this.#put.delete(key)
    this.#delete ??= new Set()
    this.#delete.add(key)
  }

  /** Notes that the run goes on without a record that is damaged or missing. */
  goWithout(record: DroppedRecord): void {
    this.#dropped ??= new Set()
    this.#dropped.add(record)
  }

  /** Without what the run goes on. */
  get dropped(): readonly DroppedRecord[] {
    return this.#dropped === undefined ? [] : [...this.#dropped]
  }

  /** Whether the run deletes a record. */
  deletes(key: RecordKey): boolean {
    return this.#delete?.has(key) === true
  }

  /** Runs a part of the step that may fail by itself: then nothing of what it wanted written stays. @throws what `part` throws. */
  attempt<T>(part: () => T): T {
    const [put, deleted] = [new Map(this.#put), this.#delete === undefined ? undefined : new Set(this.#delete)]
    try {
      return part()
    } catch (error) {
      this.#put = put
      this.#delete = deleted
      throw error
    }
  }

  /** Whether something was asked for that has not been read. */
  get incomplete(): boolean {
    return this.#needs !== undefined
  }

  /** Ends the run: with the result and all writes, or, if it is incomplete, with the request for what is missing. */
  end<T>(result: NotPromise<T>): Outcome<T> {
    if (this.incomplete) return this.endIncomplete()
    return this.#delete === undefined ? { put: this.#put, result } : { put: this.#put, delete: this.#delete, result }
  }

  /** Ends the run with a result that writes nothing. */
  endUnchanged<T>(result: NotPromise<T>): Outcome<T> {
    return this.incomplete ? this.endIncomplete() : { result }
  }

  /** Ends an incomplete run. */
  endIncomplete(): { readonly need: readonly RecordKey[] } {
    return { need: [...(this.#needs ?? [])] }
  }
}
