/**
 * One signed group message that two members, to whom its sender gave two chain keys, read differently: what an attacker makes in a second,
 * because the ciphertext of a group message commits to nothing. Uses `node:crypto` alone for what it tries.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { concatBytes, utf8 } from '../../src/bytes.js'
import { generateSigningKeyPair, signWith } from '../../src/crypto/signing-key.js'
import type { RandomSource } from '../../src/env.js'
import { encodeSenderKeyMessage, serializeSenderKeyDistribution } from '../../src/wire/sender-key-message.js'

export interface TwoTexts {
  /** The SenderKeyMessage, iteration 0. */
  readonly body: Uint8Array
  /** What the two members are given. */
  readonly distributions: readonly [Uint8Array, Uint8Array]
}

export interface TwoTextsOptions {
  /** A UUID. */
  readonly distribution: string
  /** Two texts of 11 bytes. */
  readonly texts: readonly [string, string]
  /** Fields that only the first member finds in the content. */
  readonly fields?: Uint8Array
}

const BLOCK = 16
/** Field 1001, of 11 bytes. */
const APPLICATION = Uint8Array.of(0xca, 0x3e, 11)
/** A field of bytes that nobody knows: it swallows what only the other member can read. */
const UNKNOWN = 0x12

interface Keys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** @param random - of the keys, a hundred thousand times. */
export function makeTwoTexts(options: TwoTextsOptions, random: RandomSource): TwoTexts {
  const { distribution, texts, fields = new Uint8Array(0) } = options
  const firsts = fieldsOfTheFirst(fields, random)
  const swallowed = firsts.length === 0 ? 2 * BLOCK - 1 : BLOCK
  const opening = concatBytes(APPLICATION, utf8(texts[0]), Uint8Array.of(UNKNOWN, swallowed))
  const chainKey = random(32)
  const first = keysOf(chainKey)
  const block1 = encrypted(first.key, xor(opening, first.iv))
  const { otherChainKey, second } = findOther(block1, random)
  const block2 = encrypted(
    second.key,
    xor(concatBytes(APPLICATION, utf8(texts[1]), Uint8Array.of(UNKNOWN, firsts.length + BLOCK - 1)), block1),
  )
  let before = block2
  const middle: Uint8Array[] = []
  for (let at = 0; at < firsts.length; at += BLOCK) {
    before = encrypted(first.key, xor(firsts.subarray(at, at + BLOCK), before))
    middle.push(before)
  }
  const ciphertext = concatBytes(block1, block2, ...middle, findLast([first, second], before, random))
  const pair = generateSigningKeyPair(random)
  const { signatureInput, finish } = encodeSenderKeyMessage({ distribution, chainId: 7, iteration: 0, ciphertext })
  const handOut = (key: Uint8Array) =>
    serializeSenderKeyDistribution({ distribution, chainId: 7, iteration: 0, chainKey: key, signingKey: pair.publicKey } as never)
  return { body: finish(signWith(pair, signatureInput, random)), distributions: [handOut(chainKey), handOut(otherChainKey)] }
}

/** What only the first reads, in whole blocks: his fields, and one that swallows the last block but for one byte of padding. */
function fieldsOfTheFirst(fields: Uint8Array, random: RandomSource): Uint8Array {
  if (fields.length === 0) return fields
  const rest = BLOCK - ((fields.length + 2) % BLOCK)
  return concatBytes(fields, Uint8Array.of(UNKNOWN, rest + BLOCK - 1), random(rest))
}

/** Another chain key under which the first block is an unknown field of 14 bytes. */
function findOther(block: Uint8Array, random: RandomSource): { readonly otherChainKey: Uint8Array; readonly second: Keys } {
  for (;;) {
    const otherChainKey = random(32)
    const second = keysOf(otherChainKey)
    const [tag = 0, length] = xor(decrypted(second.key, block), second.iv)
    const field = tag >> 3
    if ((tag & 7) === 2 && tag < 0x80 && field > 0 && field !== 8 && length === BLOCK - 2) return { otherChainKey, second }
  }
}

/** A last block that ends in one byte of padding for both. */
function findLast(keys: readonly Keys[], before: Uint8Array, random: RandomSource): Uint8Array {
  for (;;) {
    const block = random(BLOCK)
    if (keys.every(({ key }) => ((decrypted(key, block)[BLOCK - 1] ?? 0) ^ (before[BLOCK - 1] ?? 0)) === 1)) return block
  }
}

function keysOf(chainKey: Uint8Array): Keys {
  const seed = createHmac('sha256', chainKey).update(Uint8Array.of(1)).digest()
  const keys = new Uint8Array(hkdfSync('sha256', seed, new Uint8Array(0), 'WhisperGroup', 48))
  return { iv: keys.subarray(0, 16), key: keys.subarray(16) }
}

function encrypted(key: Uint8Array, block: Uint8Array): Uint8Array {
  return new Uint8Array(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block))
}

function decrypted(key: Uint8Array, block: Uint8Array): Uint8Array {
  return new Uint8Array(createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block))
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0))
}
