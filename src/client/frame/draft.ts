/**
 * A transaction as the client's operations see it: they also note which damaged or missing records they did without.
 */
import type { RecordKey } from '../../store/key-store.js'
import type { Part, Transaction } from '../../store/transaction.js'
import type { DroppedRecord } from './results.js'

export class Draft {
  readonly #tx: Transaction
  // Made when it is needed: most messages do without nothing.
  #dropped: Set<DroppedRecord> | undefined
  readonly #written: Uint8Array[] = []
  #hasSent = false

  constructor(tx: Transaction) {
    this.#tx = tx
  }

  /** As {@link Transaction.read}. */
  read<const Keys extends readonly RecordKey[]>(...keys: Keys): Part<{ -readonly [Place in keyof Keys]: Uint8Array | undefined }> {
    return this.#tx.read(...keys)
  }

  /** As {@link Transaction.put}. @param value - given away: it is wiped once the store has it. */
  put(key: RecordKey, value: Uint8Array): void {
    this.#written.push(value)
    this.#tx.put(key, value)
  }

  /** As {@link Transaction.delete}. */
  delete(key: RecordKey): void {
    this.#tx.delete(key)
  }

  /** As {@link Transaction.attempt}. */
  attempt<T>(part: Part<T>): Part<T> {
    return this.#tx.attempt(part)
  }

  /** As {@link Transaction.after}. */
  after(work: () => Promise<void>): Part<never> {
    return this.#tx.after(work)
  }

  /** Notes that the run goes on without a record that is damaged or missing. */
  goWithout(record: DroppedRecord): void {
    this.#dropped ??= new Set()
    this.#dropped.add(record)
  }

  /**
   * Wipes what was to be written, `except` what is remembered: once the store took it, or said no. A commit that failed may be reading it
   * still.
   */
  wipe(except?: Uint8Array): void {
    for (const value of this.#written) if (value !== except) value.fill(0)
  }

  /** Notes that a message key was used in order to send. */
  noteSent(): void {
    this.#hasSent = true
  }

  /** Whether the run made a message that is to leave. */
  get hasSent(): boolean {
    return this.#hasSent
  }

  /** Without what the run goes on. */
  get dropped(): readonly DroppedRecord[] {
    return this.#dropped === undefined ? [] : [...this.#dropped]
  }
}
