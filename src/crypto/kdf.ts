/**
 * Key derivation: HKDF and HMAC with SHA-256 that take and give secrets.
 */
import { platform } from '#platform'
import type { Bytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { hmac } from './platform/hmac.js'
import { expose, Secret } from './secret.js'

const HASH_LENGTH = 32
/** The block number of RFC 5869 is one byte. */
const MAX_BLOCKS = 255
const BLOCK_NUMBERS = { 1: Uint8Array.of(1), 2: Uint8Array.of(2) } as const

/**
 * Derives independent 32-byte secrets by HKDF-SHA-256.
 *
 * Spec: RFC 5869, "HKDF"; differs: none.
 *
 * @param from - `salt`: absent means none (32 zero bytes); `input`: keying material, concatenated in order; `info`: the label, public;
 *        `kinds`: one name for each output. None of them is modified.
 * @returns one secret for each of `kinds`, in order.
 */
export function hkdfSecrets<const K extends readonly string[]>(from: {
  readonly salt?: Secret<string> | Uint8Array | undefined
  readonly input: readonly (Secret<string> | Uint8Array)[]
  readonly info: Uint8Array
  readonly kinds: K
}): { [I in keyof K]: Secret<K[I]> } {
  const blocks = from.kinds.map(() => new Uint8Array(HASH_LENGTH))
  hkdfBlocks(from.salt, from.input, from.info, blocks)
  return blocks.map((block) => Secret.own(block)) as { [I in keyof K]: Secret<K[I]> }
}

/**
 * Derives `length` secret bytes by HKDF-SHA-256; for `crypto/` only, because they come bare.
 *
 * Spec: RFC 5869, "HKDF"; differs: none.
 *
 * @param salt - absent means none (32 zero bytes).
 * @param input - keying material, concatenated in order. Neither salt nor input is modified.
 * @param info - the label, public.
 * @param length - bytes wanted.
 * @returns secret bytes that the caller wipes.
 * @throws BisikError `internal` if `length` is more than 8160.
 */
export function hkdfBytes(
  salt: Secret<string> | Uint8Array | undefined,
  input: readonly (Secret<string> | Uint8Array)[],
  info: Uint8Array,
  length: number,
): Bytes {
  const derived = new Uint8Array(length)
  const blocks: Uint8Array[] = []
  for (let offset = 0; offset < length; offset += HASH_LENGTH) blocks.push(derived.subarray(offset, offset + HASH_LENGTH))
  hkdfBlocks(salt, input, info, blocks)
  return derived
}

/**
 * Derives secret bytes by HKDF-SHA-256 into memory of the caller's; for `crypto/` only.
 *
 * Spec: RFC 5869, "HKDF"; differs: none.
 *
 * @param blocks - receive the output: of 32 bytes each, the last one may be shorter; the caller wipes them.
 * @throws BisikError `internal` if there are more than 255.
 */
export function hkdfBlocks(
  salt: Secret<string> | Uint8Array | undefined,
  input: readonly (Secret<string> | Uint8Array)[],
  info: Uint8Array,
  blocks: readonly Uint8Array[],
): void {
  if (blocks.length > MAX_BLOCKS) throw new BisikError('internal', { reason: 'more output asked of HKDF than it can give' })
  hmac.hkdf(salt === undefined ? undefined : bytesOf(salt), input.map(bytesOf), info, blocks)
}

/**
 * The first half of HKDF-SHA-256 without a salt, for a caller who wants the outputs one at a time: see {@link expandSecret}.
 *
 * Spec: RFC 5869, "Step 1: Extract"; differs: none.
 *
 * @param input - keying material; not modified.
 */
export function extractSecret<K extends string>(input: Secret<string>, _kind: K): Secret<K> {
  return Secret.own<K>(hmac.hkdfExtract(expose(input)))
}

/**
 * One output of HKDF-SHA-256, made of what {@link extractSecret} gave: the same that {@link hkdfSecrets} gives at this place.
 *
 * Spec: RFC 5869, "Step 2: Expand"; differs: none.
 *
 * @param output - `before`: the output before this one, absent for the first; `info`: the label, public; `place`: which output.
 */
export function expandSecret<K extends string>(
  extracted: Secret<string>,
  output: { readonly before?: Secret<string>; readonly info: Uint8Array; readonly place: 1 | 2 },
  _kind: K,
): Secret<K> {
  const key = expose(extracted)
  const { before, info, place } = output
  const number = BLOCK_NUMBERS[place]
  return Secret.own<K>(before === undefined ? hmac.sha256(key, info, number) : hmac.sha256(key, expose(before), info, number))
}

/**
 * HMAC-SHA-256 as a derivation: the result is a secret of another kind.
 *
 * Spec: RFC 2104, "Definition of HMAC"; differs: none.
 *
 * @param key - secret; not modified.
 * @param message - public, usually a constant of the protocol.
 * @param _kind - names the kind of the result, for the type alone; the type argument does too.
 * @returns 32 secret bytes.
 */
export function hmacSecret<K extends string>(key: Secret<string>, message: Uint8Array, _kind?: K): Secret<K> {
  return Secret.own<K>(hmac.sha256(expose(key), message))
}

/**
 * HMAC-SHA-256 as a tag, which may be sent.
 *
 * Spec: RFC 2104, "Definition of HMAC"; differs: none.
 *
 * @param key - secret; not modified.
 * @param parts - authenticated as if joined in order.
 * @returns 32 bytes.
 * @remarks Trap: joined parts must have lengths that the reader knows or reads, or ("ab", "c") and ("a", "bc") have one tag.
 */
export function hmacTag(key: Secret<string>, ...parts: readonly Uint8Array[]): Bytes {
  return platform.hmacTag(HASH_LENGTH, expose(key), ...parts)
}

function bytesOf(value: Secret<string> | Uint8Array): Uint8Array {
  return value instanceof Secret ? expose(value) : value
}
