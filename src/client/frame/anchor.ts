/**
 * The counter that an app keeps outside of the store: by it, an old copy of the store is told from the newest. Knows no session.
 *
 * Each message that is handed out was committed first; then the store's number rises by one, then the anchor's, then the message leaves. So an
 * older copy, without the message, has a lower number than the anchor; and whatever stopped in between leaves no lower number in the newest.
 * Of two copies that are in use at once, each comes to numbers that the other has had, and there the anchor does not rise.
 */
import { invalidArgument, objectArgument } from '../../arguments.js'
import { BisikError } from '../../errors.js'
import { decodeAnchored, encodeAnchored } from '../../records/account-record.js'
import { ANCHORED } from '../../records/names.js'
import type { KeyStore } from '../../store/key-store.js'
import { transact } from '../../store/transact.js'
import { readable } from './damage.js'

/**
 * A counter that is kept where a restored backup of the store does not reach: in a keychain, on a server. The same one for all clients of
 * one store, and for no other store.
 */
export interface Anchor {
  /** The highest number that was raised to, 0 if there was none. */
  read(): Promise<number>
  /**
   * Raises the counter, durably, in one step with the comparison.
   *
   * @returns whether it rose; `false`, and nothing changed, if it had that number or a higher one.
   */
  raise(number: number): Promise<boolean>
}

/** Checks that an anchor has both methods. @throws BisikError `invalid-argument`. */
export function anchorArgument(anchor: Anchor, argument: string): Anchor {
  const { read, raise } = objectArgument(anchor, argument, ({ read, raise }) => ({ read, raise }))
  if (typeof read !== 'function' || typeof raise !== 'function') throw invalidArgument(argument, 'an Anchor: read() and raise(number)')
  return anchor
}

/** Keeps a store and its anchor together. */
export class Guard {
  readonly #store: KeyStore
  readonly #anchor: Anchor
  /** The number that the store has had, at least. */
  #reached = 0
  /** Covers what was committed before it began. */
  #underWay: Promise<void> | undefined
  /** Begins when the one under way is over. */
  #next: Promise<void> | undefined

  constructor(store: KeyStore, anchor: Anchor) {
    this.#store = store
    this.#anchor = anchor
  }

  /** @returns the anchor's number, if the store has a lower one: it is an old copy. */
  async check(): Promise<number | undefined> {
    const anchored = await this.#read()
    const stored = await transact<number>(this.#store, function* (tx) {
      const [record] = yield* tx.read(ANCHORED)
      return numberIn(record)
    })
    this.#reached = Math.max(anchored, stored)
    return stored < anchored ? anchored : undefined
  }

  /** Accepts the store as the newest copy, from here on: what was committed before, and did not leave, may leave now. */
  begin(): Promise<void> {
    return this.#raise(this.#reached)
  }

  /**
   * Sees to it that no older copy of the store than now passes for the newest. One call of the anchor serves all that is committed while the
   * call before it is under way.
   *
   * @throws BisikError `anchor-failed`; `store-rolled-back` if an older copy took the store's place meanwhile; `store-…`.
   */
  confirm(): Promise<void> {
    this.#next ??= this.#afterThis()
    return this.#next
  }

  async #afterThis(): Promise<void> {
    await this.#underWay?.catch(() => {})
    // What is committed in this turn comes along.
    await Promise.resolve()
    this.#underWay = this.#next
    this.#next = undefined
    return this.#raise(0)
  }

  /** @param least - the store's number is taken to be that, if it is lower. */
  async #raise(least: number): Promise<void> {
    const reached = this.#reached
    const number = await transact<number>(this.#store, function* (tx) {
      const [record] = yield* tx.read(ANCHORED)
      const stored = Math.max(least, numberIn(record))
      if (stored < reached) throw new BisikError('store-rolled-back', {})
      tx.put(ANCHORED, encodeAnchored(stored + 1))
      return stored + 1
    })
    this.#reached = Math.max(this.#reached, number)
    if (!(await this.#risesTo(number))) await this.#checkOthers(number)
  }

  async #risesTo(number: number): Promise<boolean> {
    let rose: unknown
    try {
      rose = await this.#anchor.raise(number)
    } catch (cause) {
      throw new BisikError('anchor-failed', { operation: 'raise' }, { cause })
    }
    if (typeof rose !== 'boolean') throw invalidArgument('anchor', 'a raise() that resolves to whether the counter rose')
    return rose
  }

  /**
   * Another client of this store may have raised the anchor further. If it was none, another copy of the store is in use: this one is disowned,
   * so that whoever opens it next finds an old copy.
   */
  async #checkOthers(number: number): Promise<void> {
    const anchored = await this.#read()
    const isOurs = await transact<boolean>(this.#store, function* (tx) {
      const [record] = yield* tx.read(ANCHORED)
      const isOurs = anchored !== number && numberIn(record) >= anchored
      if (!isOurs) tx.put(ANCHORED, encodeAnchored(0))
      return isOurs
    })
    if (!isOurs) throw new BisikError('store-rolled-back', {})
  }

  async #read(): Promise<number> {
    let number: number
    try {
      number = await this.#anchor.read()
    } catch (cause) {
      throw new BisikError('anchor-failed', { operation: 'read' }, { cause })
    }
    if (!Number.isSafeInteger(number) || number < 0) throw invalidArgument('anchor', 'a read() that resolves to a whole number from 0 on')
    return number
  }
}

/** The store's number; of a damaged record it is as low as that of no record. */
export function numberIn(record: Uint8Array | undefined): number {
  return readable(record, decodeAnchored) ?? 0
}
