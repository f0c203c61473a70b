/**
 * Recorded randomness: laid out in the order in which bisik draws it, handed out, and accounted for to the last byte. Knows in which
 * order releases of libsignal drew.
 */
import { type Bytes, concatBytes } from '../../../src/bytes.js'
import type { RandomSource } from '../../../src/env.js'
import type { SessionId } from '../../../src/protocol/session/session.js'
import { hex } from './files.js'

/** Hands out the bytes of one step. */
export class EntropyTape {
  #bytes: Bytes = new Uint8Array(0)
  #at = 0

  /** Takes the bytes of the next step. */
  load(bytes: Bytes): void {
    this.#bytes = bytes
    this.#at = 0
  }

  /** Begins anew: the operation runs again on records freshly read, and what it drew before is void. */
  readonly rewind = (): void => {
    this.#at = 0
  }

  /** How many bytes were drawn. */
  get drawn(): number {
    return this.#at
  }

  /** How many bytes were not drawn. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** The source for the operation. Throws when more is drawn than was recorded. */
  readonly random: RandomSource = (length) => {
    if (length > this.left) throw new Error(`drew ${length} bytes, ${this.left} are left of the recorded ones`)
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }
}

interface Draw {
  readonly bytes: Bytes
  /** Drawn byte by byte: libsignal does so where it fills an array. */
  readonly bytewise: boolean
}

/** One entry is one draw, except for runs of 4-byte entries, of which each gives its first byte to a draw of 32 bytes. */
function drawsOf(entropy: readonly string[]): readonly Draw[] {
  const draws: Draw[] = []
  let run: number[] = []
  for (const entry of entropy.map(hex)) {
    if (entry.length !== 4) draws.push({ bytes: entry, bytewise: false })
    else run.push(entry[0] as number)
    if (run.length === 32) {
      draws.push({ bytes: Uint8Array.from(run), bytewise: true })
      run = []
    } else if (entry.length !== 4 && run.length > 0) throw new Error('a draw of single bytes broke off')
  }
  if (run.length > 0) throw new Error('a draw of single bytes broke off')
  return draws
}

/**
 * The bytes for starting a session, in our order: base key, encapsulation (version 4), first ratchet key.
 *
 * Releases up to 0.72 drew the encapsulation last. Since the seed is drawn byte by byte from 0.71, its place shows; where it is drawn
 * whole it is last. What was drawn before (a party made in the same step) is left out.
 */
export function entropyForStart(entropy: readonly string[], version: 3 | 4): Bytes {
  const draws = drawsOf(entropy)
  const needed = version === 3 ? 2 : 3
  if (draws.length < needed) throw new Error(`starting a session drew ${needed} values, ${draws.length} are recorded`)
  const [base, second, third] = draws.slice(-needed) as [Draw, Draw, Draw?]
  if (third === undefined) return concatBytes(base.bytes, second.bytes)
  const [kem, ratchet] = second.bytewise ? [second, third] : [third, second]
  return concatBytes(base.bytes, kem.bytes, ratchet.bytes)
}

/** The bytes for encrypting. */
export function entropyForEncryption(entropy: readonly string[]): Bytes {
  return concatBytes(...drawsOf(entropy).map(({ bytes }) => bytes))
}

/**
 * The bytes for decrypting: libsignal draws a ratchet key for every session it tries, bisik one for the session that opened the
 * message, which is the last that libsignal tried.
 *
 * @returns the last draw, and how many there were, to be compared with {@link keysDrawn}.
 */
export function entropyForDecryption(entropy: readonly string[]): { readonly bytes: Bytes; readonly draws: number } {
  const draws = drawsOf(entropy)
  return { bytes: draws.at(-1)?.bytes ?? new Uint8Array(0), draws: draws.length }
}

/** A session that libsignal tries a message on. */
export interface Candidate {
  readonly id: SessionId
  /** Whether it has a receiving chain of the message's ratchet key; if not, a key is drawn for it. */
  readonly knowsKey: boolean
}

/**
 * How many ratchet keys libsignal draws for one message.
 *
 * @param candidates - in the order in which it tries them.
 * @param last - where it stopped; none if it tried all in vain.
 */
export function keysDrawn(candidates: readonly Candidate[], last: SessionId | undefined): number {
  const end = last === undefined ? candidates.length : candidates.findIndex(({ id }) => id === last) + 1
  return candidates.slice(0, end).filter(({ knowsKey }) => !knowsKey).length
}
