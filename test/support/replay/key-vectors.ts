/**
 * Vectors of the primitives: keys, agreements, signatures, KEM keys, key derivation. Knows the shape of libsignal's files and which of
 * bisik's functions answers each case; where bisik is stricter the case names its deviation.
 */
import { concatBytes, toHex, utf8 } from '../../../src/bytes.js'
import { agree, generateKeyPair, keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { hkdfBytes } from '../../../src/crypto/kdf.js'
import { encapsulate, generateKemKeyPair, kemKeyPairFromSecretKey } from '../../../src/crypto/kem/kem.js'
import { type EcPublicKey, type IdentityKeyPair, parseEcPublicKey, parseIdentityKey, parseKemPublicKey } from '../../../src/crypto/keys.js'
import { expose } from '../../../src/crypto/secret.js'
import { sign, verify } from '../../../src/crypto/xeddsa.js'
import { decodeLibsignalIdentity, encodeLibsignalIdentity } from '../../../src/migration/pre-key-records.js'
import { acceptHandshake } from '../../../src/protocol/handshake/handshake.js'
import { recordedRandom, seededRandom } from '../random.js'
import { hex } from './files.js'
import { isSameRefusal } from './refusals.js'
import { type FileReport, Mismatch, same } from './report.js'
import { refusalOf } from './steps.js'
import type { Expectation } from './transcript.js'

interface CurveFile {
  readonly generate: readonly { readonly entropy: readonly string[]; readonly private: string; readonly public: string }[]
  readonly agree: readonly { readonly private: string; readonly peer: string; readonly shared: string }[]
  readonly lowOrder: readonly {
    readonly private: string
    readonly peer: string
    readonly parse: Expectation & { readonly reserialized?: string }
    readonly agree: Expectation & { readonly shared?: string }
  }[]
  readonly parsePublic: readonly ({
    readonly name: string
    readonly bytes: string
    readonly reserialized?: string
    readonly equalsValid?: boolean
  } & Expectation)[]
  readonly parsePrivate: readonly ({
    readonly name: string
    readonly bytes: string
    readonly reserialized?: string
    readonly public?: string
  } & Expectation)[]
  readonly identityKeyPairs: readonly { readonly private: string; readonly public: string; readonly serialized: string }[]
}

/** Key generation, agreement, points of small order, parsing. */
export async function replayCurve(file: CurveFile, report: FileReport): Promise<void> {
  for (const [i, { entropy, private: privateKey, public: publicKey }] of file.generate.entries()) {
    await report.check(`generate ${i}`, () => {
      const random = recordedRandom(...entropy.map(hex))
      const pair = generateKeyPair(random)
      same('key pair', [toHex(expose(pair.privateKey)), toHex(pair.publicKey)], [privateKey, publicKey])
      same('entropy left', random.remaining(), 0)
    })
  }
  for (const [i, { private: privateKey, peer, shared }] of file.agree.entries()) {
    await report.check(`agree ${i}`, () => same('shared secret', agreed(privateKey, peer), shared))
  }
  for (const [i, { private: privateKey, peer, parse, agree: agreement }] of file.lowOrder.entries()) {
    await report.check(`lowOrder ${i}: parse`, () => answer(parse, () => toHex(parseEcPublicKey(hex(peer))), parse.reserialized))
    await report.check(`lowOrder ${i}: agree`, () => answer(agreement, () => agreed(privateKey, peer), agreement.shared))
  }
  const valid = file.parsePublic.find(({ name }) => name === 'valid')?.reserialized
  for (const { name, bytes, reserialized, equalsValid, ...expected } of file.parsePublic) {
    await report.check(`parsePublic ${name}`, async () => {
      await answer(expected, () => toHex(parseEcPublicKey(hex(bytes))), reserialized)
      if (expected.expect === 'ok') same('equal to the valid key', toHex(parseEcPublicKey(hex(bytes))) === valid, equalsValid)
    })
  }
  for (const { name, bytes, reserialized, public: publicKey, ...expected } of file.parsePrivate) {
    const parse = () => {
      const pair = keyPairFromPrivateKey(hex(bytes))
      return [toHex(expose(pair.privateKey)), toHex(pair.publicKey)]
    }
    await report.check(`parsePrivate ${name}`, () => answer(expected, parse, [reserialized, publicKey]))
  }
  for (const [i, { private: privateKey, public: publicKey, serialized }] of file.identityKeyPairs.entries()) {
    await report.check(`identityKeyPairs ${i}`, () => {
      const pair = keyPairFromPrivateKey(decodeLibsignalIdentity(hex(serialized))) as IdentityKeyPair
      same('key pair', [toHex(expose(pair.privateKey)), toHex(pair.publicKey)], [privateKey, publicKey])
      same('serialized', toHex(encodeLibsignalIdentity(pair)), serialized)
    })
  }
}

interface BaseKeyFile {
  readonly cases: readonly { readonly kind: string; readonly publicKey: string; readonly acceptable: boolean }[]
}

/** Whether the recipient of a handshake goes past the check of the base key. */
export async function replayBaseKeys(file: BaseKeyFile, report: FileReport): Promise<void> {
  const random = seededRandom('recipient')
  const [ourIdentity, signedPreKey, { publicKey: theirs }] = [generateKeyPair(random), generateKeyPair(random), generateKeyPair(random)]
  const recipient = {
    ourIdentity: { ...ourIdentity, publicKey: parseIdentityKey(ourIdentity.publicKey) },
    theirIdentity: parseIdentityKey(theirs),
    signedPreKey,
    oneTimePreKey: undefined,
    kem: undefined,
  }
  for (const [i, { kind, publicKey, acceptable }] of file.cases.entries()) {
    await report.check(`cases ${i} (${kind})`, async () => {
      const baseKey = parseEcPublicKey(hex(`05${publicKey}`))
      const refusal = await refusalOf(() => acceptHandshake({ ...recipient, baseKey }))
      same('refused with', refusal?.code, acceptable ? undefined : 'invalid-key')
    })
  }
}

interface XeddsaFile {
  readonly sign: readonly {
    readonly private: string
    readonly public: string
    readonly message: string
    readonly entropy: readonly string[]
    readonly signature: string
  }[]
  readonly verifyCases: readonly {
    readonly kind: string
    readonly public: string
    readonly message: string
    readonly signature: string
    readonly verify: boolean
  }[]
  readonly alternateIdentity: readonly {
    readonly identityPrivate: string
    readonly identityPublic: string
    readonly other: string
    readonly entropy: readonly string[]
    readonly signature: string
  }[]
}

const ALTERNATE_IDENTITY = concatBytes(new Uint8Array(32).fill(0xff), utf8('Signal_PNI_Signature'))

/** Signatures, byte for byte, and verdicts. */
export async function replayXeddsa(file: XeddsaFile, report: FileReport): Promise<void> {
  const signAndVerify = (
    privateKey: string,
    publicKey: string,
    message: Uint8Array,
    entropy: readonly string[],
    signature: string,
  ): undefined => {
    const random = recordedRandom(...entropy.map(hex))
    same('signature', toHex(sign(keyPairFromPrivateKey(hex(privateKey)).privateKey, message, random)), signature)
    same('entropy left', random.remaining(), 0)
    same('verdict', verify(parseEcPublicKey(hex(publicKey)), message, hex(signature)), true)
  }
  for (const [i, { private: privateKey, public: publicKey, message, entropy, signature }] of file.sign.entries()) {
    await report.check(`sign ${i}`, () => signAndVerify(privateKey, publicKey, hex(message), entropy, signature))
  }
  for (const [i, { kind, public: publicKey, message, signature, verify: expected }] of file.verifyCases.entries()) {
    await report.check(`verifyCases ${i} (${kind})`, () => {
      const key = parseEcPublicKey(hex(publicKey))
      const verdict = verify(key, hex(message), hex(signature))
      const deviation = expected && !verdict ? stricterVerification(key, hex(signature)) : undefined
      if (deviation === undefined) same('verdict', verdict, expected)
      return deviation
    })
  }
  for (const [i, { identityPrivate, identityPublic, other, entropy, signature }] of file.alternateIdentity.entries()) {
    await report.check(`alternateIdentity ${i}`, () => {
      signAndVerify(identityPrivate, identityPublic, concatBytes(ALTERNATE_IDENTITY, hex(other)), entropy, signature)
      same('verdict on the bare key', verify(parseEcPublicKey(hex(identityPublic)), hex(other), hex(signature)), false)
    })
  }
}

const ORDER_OF_BASE_POINT = 2n ** 252n + 27742317777372353535851937790883648493n
const FIELD = 2n ** 255n - 19n

/** The deviation that explains why bisik refuses a signature that libsignal accepts. */
function stricterVerification(publicKey: EcPublicKey, signature: Uint8Array): string | undefined {
  const u = numberOf(publicKey.subarray(1))
  if (u >= FIELD) return 'xeddsa-key-encoding'
  if (isSmallOrder(publicKey)) return 'xeddsa-small-order'
  const s = numberOf(signature.subarray(32)) & (2n ** 255n - 1n)
  return s >= ORDER_OF_BASE_POINT ? 'xeddsa-scalar-range' : undefined
}

function isSmallOrder(publicKey: EcPublicKey): boolean {
  try {
    agree(generateKeyPair(seededRandom('small order')).privateKey, publicKey)
    return false
  } catch {
    return true
  }
}

function numberOf(littleEndian: Uint8Array): bigint {
  return BigInt(`0x${toHex(littleEndian.slice().reverse())}`)
}

interface KemFile {
  readonly keys: readonly { readonly entropy: readonly string[]; readonly public: string; readonly secret: string }[]
  readonly parsePublic: readonly ({ readonly name: string; readonly bytes?: string; readonly length: number } & Expectation)[]
}

/** KEM keys: those that libsignal made, and parsing. Encapsulations are in the transcripts. */
export async function replayKem(file: KemFile, report: FileReport): Promise<void> {
  for (const [i, { entropy, public: publicKey, secret }] of file.keys.entries()) {
    await report.check(`keys ${i}: secret key`, () => same('public key', toHex(kemKeyPairFromSecretKey(hex(secret)).publicKey), publicKey))
    await report.check(`keys ${i}: generation`, () => {
      const seed = hex(entropy.map((draw) => draw.slice(0, 2)).join(''))
      return toHex(generateKemKeyPair(recordedRandom(seed)).publicKey) === publicKey ? undefined : 'kem-key-generation'
    })
  }
  for (const { name, bytes, length, ...expected } of file.parsePublic) {
    await report.check(`parsePublic ${name}`, async () => {
      const key = bytes === undefined ? derivedKemKey(name, hex(file.keys[0]?.public ?? '')) : hex(bytes)
      same('length', key.length, length)
      await answer(expected, () => toHex(parseKemPublicKey(key)), toHex(key))
      if (name !== 'coeffOutOfRange') return undefined
      const refusal = await refusalOf(() => encapsulate(parseKemPublicKey(key), seededRandom('encapsulation')))
      return refusal?.code === 'invalid-key' ? 'kem-coefficient-range' : undefined
    })
  }
}

/** The cases that the file describes by name alone, made from its first key. */
function derivedKemKey(name: string, valid: Uint8Array): Uint8Array {
  const type = /^type([0-9a-f]{2})$/.exec(name)?.[1]
  if (type !== undefined) return concatBytes(hex(type), valid.subarray(1))
  if (name === 'valid') return valid
  if (name === 'short') return valid.slice(0, -1)
  if (name === 'long') return concatBytes(valid, Uint8Array.of(0))
  if (name === 'noType') return valid.slice(1)
  throw new Mismatch('the case says neither its bytes nor a known way to make them')
}

interface HkdfFile {
  readonly cases: readonly {
    readonly length: number
    readonly ikm: string
    readonly info: string
    readonly salt: string | null
    readonly okm: string
  }[]
  readonly tooLong: Expectation
}

/** HKDF-SHA-256. */
export async function replayHkdf(file: HkdfFile, report: FileReport): Promise<void> {
  for (const [i, { length, ikm, info, salt, okm }] of file.cases.entries()) {
    await report.check(`cases ${i}`, () => {
      same('output', toHex(hkdfBytes(salt === null ? undefined : hex(salt), [hex(ikm)], hex(info), length)), okm)
    })
  }
  await report.check('tooLong', () => answer(file.tooLong, () => toHex(hkdfBytes(undefined, [], new Uint8Array(0), 8161)), undefined))
}

/** The call must return `value` if libsignal's did return, and be refused as libsignal's was if it was refused. */
export async function answer(expected: Expectation, call: () => unknown, value: unknown): Promise<undefined> {
  let returned: unknown
  const refusal = await refusalOf(() => {
    returned = call()
  })
  if (expected.expect === 'ok') {
    if (refusal !== undefined) throw refusal
    same('answer', returned, value)
  } else if (refusal === undefined) throw new Mismatch(`not refused, recorded "${expected.error.message}"`)
  else if (!isSameRefusal(refusal, expected.error)) throw new Mismatch(`refused with ${refusal.code}, recorded "${expected.error.message}"`)
}

function agreed(privateKey: string, peer: string): string {
  return toHex(expose(agree(keyPairFromPrivateKey(hex(privateKey)).privateKey, parseEcPublicKey(hex(peer)))))
}
