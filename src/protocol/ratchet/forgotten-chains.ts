/**
 * Chains of the peer's that were pushed out: what is remembered of them, to tell a late copy from a sign that the two sides have parted.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import { MAX_FORGOTTEN_CHAINS } from '../limits.js'

/** Of a chain, which messages were received: all from `skippedEnd` to `counter` (exclusive). */
interface ReceivedChain {
  readonly ratchetKey: EcPublicKey
  readonly counter: number
  readonly skippedEnd: number
}

/** The place of a message. */
interface ReceivedMessagePlace {
  readonly ratchetKey: EcPublicKey
  readonly counter: number
}

/** Bytes of a chain in `DoubleRatchetState.forgotten`. */
export const FORGOTTEN_CHAIN_LENGTH = 12

/** Notes that a chain was pushed out. Spec: none, ours. */
export function withForgotten(forgotten: Bytes | undefined, chain: ReceivedChain | undefined): Bytes | undefined {
  // Below `skippedEnd`, messages may be missing.
  if (chain === undefined || chain.counter === chain.skippedEnd) return forgotten
  const others = forgotten?.subarray(-(MAX_FORGOTTEN_CHAINS - 1) * FORGOTTEN_CHAIN_LENGTH) ?? new Uint8Array(0)
  const all = new Uint8Array(others.length + FORGOTTEN_CHAIN_LENGTH)
  all.set(others)
  all.set(keyTag(chain.ratchetKey), others.length)
  const entry = new DataView(all.buffer, others.length)
  entry.setUint32(4, chain.skippedEnd)
  entry.setUint32(8, chain.counter)
  return all
}

/**
 * Whether a message is a copy of one that was received on a chain that is gone: then it is no sign that the two sides have parted. To be
 * asked of messages that did not open; one that is still missing is none.
 *
 * Spec: libsignal wire 4.2; differs: there a message of a chain that is gone fails like any other.
 */
export function isCopyOfForgotten(forgotten: Bytes | undefined, { ratchetKey, counter }: ReceivedMessagePlace): boolean {
  if (forgotten === undefined) return false
  const tag = keyTag(ratchetKey)
  for (let at = 0; at < forgotten.length; at += FORGOTTEN_CHAIN_LENGTH) {
    const entry = new DataView(forgotten.buffer, forgotten.byteOffset + at)
    const isChain = equalBytes(forgotten.subarray(at, at + 4), tag)
    if (isChain && counter >= entry.getUint32(4) && counter < entry.getUint32(8)) return true
  }
  return false
}

/** A few bytes of a key, after its type: two chains of one session hardly ever share them. */
function keyTag(key: EcPublicKey): Uint8Array {
  return key.subarray(1, 5)
}
