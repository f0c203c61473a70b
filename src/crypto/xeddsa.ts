/**
 * XEdDSA signatures: a Curve25519 key pair signs as if it were an Ed25519 one. The conversion between the two curves is here, and the
 * equations.
 */

import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE } from '@noble/curves/utils.js'
import { platform } from '#platform'
import { bytesArgument, functionArgument } from '../arguments.js'
import { type Bytes, byteText, concatBytes, copyBytes } from '../bytes.js'
import { Cache, ObjectCache } from '../caches.js'
import type { RandomSource } from '../env.js'
import { type EcPublicKey, SIGNATURE_LENGTH, type Signature } from './keys.js'
import { requireLength } from './platform/port.js'
import { expose, type Secret, secretArgument } from './secret.js'

const { Point } = ed25519
const { Fp, Fn } = Point

/** The 32 bytes that set the hash for the nonce apart from every hash over a point: 2^256 - 2, little endian. */
const NONCE_PREFIX = concatBytes(Uint8Array.of(0xfe), new Uint8Array(31).fill(0xff))

const NONCE_LENGTH = 64
const SIGN_BIT = 0x80

/** The u-coordinates of order 8 or less, -1 among them, where the conversion has no value. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  Fp.ORDER - 1n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
])

/**
 * Signs a message.
 *
 * Spec: XEdDSA, revision 1, "XEdDSA"; differs: as libsignal does, the scalar is not negated when the Edwards key has sign 1;
 * the sign travels in the top bit of the signature instead.
 *
 * @param privateKey - secret, 32 clamped bytes; not modified.
 * @param random - 64 bytes are drawn, once: two signatures of one message differ.
 * @returns 64 bytes: R, s, and the sign bit in the top bit of the last byte.
 */
export function sign(privateKey: Secret<'EcPrivateKey'>, message: Uint8Array, random: RandomSource): Signature {
  const k = expose(secretArgument(privateKey, 'privateKey'))
  bytesArgument(message, 'message')
  functionArgument(random, 'random')
  const a = scalar(k)
  const edwardsKey = ownEdwardsKey(k, a)
  const z = random(NONCE_LENGTH)
  requireLength(z, NONCE_LENGTH)
  const nonceHash = platform.sha512(NONCE_PREFIX, k, message, z)
  try {
    const r = scalar(nonceHash)
    const encodedR = Point.BASE.multiply(r).toBytes()
    const h = scalar(platform.sha512(encodedR, edwardsKey, message))
    const signature = concatBytes(encodedR, Fn.toBytes(Fn.add(Fn.mul(h, a), r)))
    signature[63] = (signature[63] as number) | ((edwardsKey[31] as number) & SIGN_BIT)
    return signature as Signature
  } finally {
    z.fill(0)
    nonceHash.fill(0)
  }
}

/**
 * Verifies a signature. Never throws.
 *
 * Spec: XEdDSA, revision 1, "XEdDSA"; differs: the sign of the Edwards key is read from the top bit of the signature, as libsignal
 * does. Stricter than libsignal, which accepts `s >= L`, keys with the top bit set or `u >= p` and keys of small order: no honest
 * signer makes them, and without them nobody can turn a signature into another one of the same message.
 *
 * @param signature - 64 bytes; any other length is refused.
 */
export function verify(publicKey: EcPublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  bytesArgument(publicKey, 'publicKey')
  bytesArgument(message, 'message')
  if (bytesArgument(signature, 'signature').length !== SIGNATURE_LENGTH) return false
  const sign = (signature[63] as number) & SIGN_BIT
  const edwardsKey = toEdwards(publicKey, sign)
  if (edwardsKey === undefined) return false
  const standard = copyBytes(signature)
  standard[63] = (standard[63] as number) & ~SIGN_BIT
  return platform.ed25519Verify(edwardsKey, message, standard)
}

/** Reduces little-endian bytes modulo the order of the base point. */
function scalar(bytes: Uint8Array): bigint {
  return Fn.create(bytesToNumberLE(bytes))
}

/** Edwards form, with its sign, of the keys that have signed: half the cost of a signature. */
const ownEdwardsKeys: ObjectCache<Uint8Array, Uint8Array> = new ObjectCache()

function ownEdwardsKey(privateKey: Uint8Array, a: bigint): Uint8Array {
  let key = ownEdwardsKeys.get(privateKey)
  if (key === undefined) {
    key = Point.BASE.multiply(a).toBytes()
    ownEdwardsKeys.set(privateKey, key)
  }
  return key
}

/** Edwards forms of the keys that signatures were verified with: the inversion costs nearly as much as the rest does on Node. */
const edwardsKeys: Cache<Bytes> = new Cache('edwardsKeys')

function toEdwards(publicKey: EcPublicKey, sign: number): Bytes | undefined {
  const name = byteText(publicKey) + sign
  const remembered = edwardsKeys.take(name)
  if (remembered !== undefined) {
    edwardsKeys.put(name, remembered)
    return remembered
  }
  const u = bytesToNumberLE(publicKey.subarray(1))
  if (u >= Fp.ORDER || SMALL_ORDER.has(u)) return undefined
  const edwardsKey = Fp.toBytes(Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n))) as Bytes
  edwardsKey[31] = (edwardsKey[31] as number) | sign
  edwardsKeys.put(name, edwardsKey)
  return edwardsKey
}
