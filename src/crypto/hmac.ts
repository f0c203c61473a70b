/**
 * HMAC-SHA-256 in plain TypeScript, for key derivations: inputs of a block or two, where making the objects of a library costs more
 * than hashing (in microseconds, of 32 bytes: 2 on Node 20 and 13 on Node 24 with `node:crypto`, 4 with noble; here below 2, and 1 for
 * each further input under the same key). Knows no derivation; long messages are for the platform, whose throughput is higher.
 *
 * Nothing in here branches on, or indexes by, what is hashed.
 */
import type { Bytes } from '../bytes.js'

const BLOCK_LENGTH = 64
const HASH_LENGTH = 32

/** Square roots of the first 8 primes, cube roots of the first 64: 32 bits of their fractional parts. Spec: FIPS 180-4, "SHA-256". */
const INITIAL: Int32Array = Int32Array.of(
  ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
)
const ROUNDS: Int32Array = Int32Array.of(
  ...[0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5],
  ...[0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174],
  ...[0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da],
  ...[0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967],
  ...[0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85],
  ...[0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070],
  ...[0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3],
  ...[0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2],
)

// Working memory of the one computation that runs; zeroed by all that is exported.
const state: Int32Array = new Int32Array(INITIAL.length)
const block: Bytes = new Uint8Array(BLOCK_LENGTH)
const schedule: Int32Array = new Int32Array(ROUNDS.length)

/** HMAC-SHA-256 under one key. Spec: RFC 2104, "Definition of HMAC"; FIPS 180-4, "SHA-256"; differs: none. */
export class Hmac {
  readonly #inner: Int32Array
  readonly #outer: Int32Array

  /** @param key - secret, of any length; not kept. Whoever makes the object wipes it. */
  constructor(key: Uint8Array) {
    const short = key.length > BLOCK_LENGTH ? hashFrom(INITIAL, 0, [key]) : key
    this.#inner = stateAfter(short, 0x36)
    this.#outer = stateAfter(short, 0x5c)
    if (short !== key) short.fill(0)
    wipeMemory()
  }

  /**
   * Authenticates the parts as if they were joined; as often as wanted.
   *
   * @param parts - less than 2^29 bytes in all.
   * @returns 32 bytes.
   */
  digest(...parts: readonly Uint8Array[]): Bytes {
    const inner = hashFrom(this.#inner, BLOCK_LENGTH, parts)
    const outer = hashFrom(this.#outer, BLOCK_LENGTH, [inner])
    inner.fill(0)
    wipeMemory()
    return outer
  }

  /** Overwrites what was derived from the key; the object is of no use then. */
  wipe(): void {
    this.#inner.fill(0)
    this.#outer.fill(0)
  }
}

/** The state of SHA-256 after the block that a key makes with a padding byte. */
function stateAfter(key: Uint8Array, padding: number): Int32Array {
  block.fill(padding)
  for (let i = 0; i < key.length; i++) block[i] = padding ^ (key[i] as number)
  state.set(INITIAL)
  compress()
  return state.slice()
}

/** SHA-256 of the parts, from the state after `length` bytes, a multiple of the block length. */
function hashFrom(start: Int32Array, length: number, parts: readonly Uint8Array[]): Bytes {
  state.set(start)
  let end = length
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      block[end++ % BLOCK_LENGTH] = part[i] as number
      if (end % BLOCK_LENGTH === 0) compress()
    }
  }
  // The padding: one bit, zeros, and the length in bits, which need a second block if they do not fit into this one.
  const used = end % BLOCK_LENGTH
  block[used] = 0x80
  block.fill(0, used + 1)
  if (used >= BLOCK_LENGTH - 8) {
    compress()
    block.fill(0)
  }
  writeWord(block, BLOCK_LENGTH - 4, end * 8)
  compress()
  const hash = new Uint8Array(HASH_LENGTH)
  for (let i = 0; i < state.length; i++) writeWord(hash, 4 * i, state[i] as number)
  return hash
}

function compress(): void {
  for (let i = 0; i < 16; i++) schedule[i] = readWord(block, 4 * i)
  for (let i = 16; i < ROUNDS.length; i++) {
    const x = schedule[i - 15] as number
    const y = schedule[i - 2] as number
    const sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    schedule[i] = sigma1 + (schedule[i - 7] as number) + sigma0 + (schedule[i - 16] as number)
  }
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let i = 0; i < ROUNDS.length; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const t1 = (h + sum1 + choice + (ROUNDS[i] as number) + (schedule[i] as number)) | 0
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + sum0 + majority) | 0
  }
  state[0] = (state[0] as number) + a
  state[1] = (state[1] as number) + b
  state[2] = (state[2] as number) + c
  state[3] = (state[3] as number) + d
  state[4] = (state[4] as number) + e
  state[5] = (state[5] as number) + f
  state[6] = (state[6] as number) + g
  state[7] = (state[7] as number) + h
}

function rotate(word: number, count: number): number {
  return (word >>> count) | (word << (32 - count))
}

function readWord(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24
  bytes[at + 1] = word >>> 16
  bytes[at + 2] = word >>> 8
  bytes[at + 3] = word
}

function wipeMemory(): void {
  state.fill(0)
  block.fill(0)
  schedule.fill(0)
}
