/**
 * HMAC and HKDF with SHA-256 for derivations, whose inputs are short. They run on noble's SHA-256, in states and memory that are made
 * once and wiped after each use. The eight words of a state also pass through arrays of noble's that nobody can wipe.
 *
 * This serves every platform. A message takes ten HMACs; `node:crypto` would give each in an array buffer of its own, and making and
 * collecting those would cost more than the hashing does here. Tags of whole messages are left to the platform.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../../bytes.js'

const HASH_LENGTH = 32
const BLOCK_LENGTH = 64
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c

type State = ReturnType<typeof sha256.create>

/** The two hashes of an HMAC after their first blocks, which depend on the key alone. */
interface KeyedStates {
  readonly inner: State
  readonly outer: State
}

// noble's `_cloneInto` sets a state up anew, even one that was destroyed. It is not documented: the version of noble is pinned, and
// the vectors would show a change.
const blank: State = sha256.create()
const running: State = sha256.create()
const keyed: KeyedStates = { inner: sha256.create(), outer: sha256.create() }
// Larger than what V8 keeps inside an object: noble makes views of it, for which V8 would have to move a small array out first.
const memory = new Uint8Array(2 * BLOCK_LENGTH)
const half = memory.subarray(0, HASH_LENGTH)
const digest = memory.subarray(HASH_LENGTH, 2 * HASH_LENGTH)
const counter = memory.subarray(BLOCK_LENGTH, BLOCK_LENGTH + 1)
/** What RFC 5869 puts in place of an absent salt: 32 zero bytes. */
const unsalted: KeyedStates = { inner: sha256.create(), outer: sha256.create() }
setKey(unsalted, digest)

/** The derivations, in an object so that tests can watch what is derived. */
export const hmac = {
  /**
   * HMAC-SHA-256.
   *
   * Spec: RFC 2104, "Definition of HMAC"; differs: none.
   *
   * @param key - secret, of any length; not modified.
   * @param message - the parts, in order.
   * @returns 32 bytes.
   */
  sha256(key: Uint8Array, ...message: readonly Uint8Array[]): Bytes {
    setKey(keyed, key)
    finish(keyed, message)
    const result = running.digest()
    wipe()
    return result as Bytes
  },

  /**
   * The first half of HKDF-SHA-256, without a salt.
   *
   * Spec: RFC 5869, "Step 1: Extract"; differs: none.
   *
   * @returns 32 secret bytes.
   */
  hkdfExtract(input: Uint8Array): Bytes {
    finish(unsalted, [input])
    const result = running.digest()
    wipe()
    return result as Bytes
  },

  /**
   * HKDF-SHA-256.
   *
   * Spec: RFC 5869, "HKDF"; differs: none.
   *
   * @param salt - of any length; `undefined` for none.
   * @param input - keying material: the parts, in order.
   * @param info - the label.
   * @param blocks - receive the output: at most 255, of 32 bytes each, the last one may be shorter. Secret; the caller wipes them.
   */
  hkdf(salt: Uint8Array | undefined, input: readonly Uint8Array[], info: Uint8Array, blocks: readonly Uint8Array[]): void {
    if (salt !== undefined) setKey(keyed, salt)
    finish(salt === undefined ? unsalted : keyed, input)
    running.digestInto(digest)
    setKey(keyed, digest)
    for (let i = 0; i < blocks.length; i++) {
      counter[0] = i + 1
      finish(keyed, i === 0 ? [info, counter] : [digest, info, counter])
      running.digestInto(digest)
      const block = blocks[i] as Uint8Array
      for (let at = 0; at < block.length; at++) block[at] = digest[at] as number
    }
    wipe()
  },
}

/** Hashes the key's blocks. */
function setKey({ inner, outer }: KeyedStates, key: Uint8Array): void {
  let short = key
  if (key.length > BLOCK_LENGTH) {
    blank._cloneInto(running).update(key).digestInto(digest)
    short = digest
  }
  hashPadded(blank._cloneInto(inner), short, INNER_PAD)
  hashPadded(blank._cloneInto(outer), short, OUTER_PAD)
}

/** Hashes a block of the key and the pad. In halves, which noble copies; of a whole block it would make a view. */
function hashPadded(state: State, key: Uint8Array, pad: number): void {
  for (let start = 0; start < BLOCK_LENGTH; start += HASH_LENGTH) {
    for (let i = 0; i < HASH_LENGTH; i++) half[i] = start + i < key.length ? (key[start + i] as number) ^ pad : pad
    state.update(half)
  }
}

/** Hashes the parts and what that gives: all of an HMAC but its digest, which {@link running} gives then. */
function finish({ inner, outer }: KeyedStates, message: readonly Uint8Array[]): void {
  inner._cloneInto(running)
  for (const part of message) running.update(part)
  running.digestInto(digest)
  outer._cloneInto(running).update(digest)
}

function wipe(): void {
  keyed.inner.destroy()
  keyed.outer.destroy()
  running.destroy()
  memory.fill(0)
}
