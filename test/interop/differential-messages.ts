/**
 * Messages that only a dishonest peer sends: wrong under a right MAC, with another part of the post-quantum ratchet, or signed by the right
 * key around wrong fields. Borrows bisik's ratchets and keys; judges nothing.
 */
import { concatBytes } from '../../src/bytes.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import type { IdentityKey, KeyPair } from '../../src/crypto/keys.js'
import { beginEncrypting } from '../../src/crypto/message-cipher.js'
import { Secret } from '../../src/crypto/secret.js'
import { sign } from '../../src/crypto/xeddsa.js'
import { decodeLibsignalSessions } from '../../src/migration/session-record.js'
import { advanceSenderChain, sealSenderKeyMessage } from '../../src/protocol/groups/messages.js'
import { distributionOf, type SenderKeyChain } from '../../src/protocol/groups/sender-key.js'
import { sendStep } from '../../src/protocol/ratchet/double-ratchet.js'
import { sendSpqr } from '../../src/protocol/spqr/spqr.js'
import { addressBinding } from '../../src/wire/address.js'
import { serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import * as codec from '../../src/wire/protobuf.js'
import { seededRandom } from '../support/random.js'
import { mutate, paddedVarint, pick } from './differential-mutations.js'
import type { Address, Message } from './peer.js'
import type { Dice } from './random.js'

/** Both ends of a session, by what the sender has. */
export interface SenderOf {
  /** libsignal's record of the sender's sessions; the current one sends. */
  readonly record: Uint8Array
  readonly from: Address
  readonly to: Address
  readonly localIdentity: IdentityKey
}

/** Encrypts a message with something wrong in it, and makes the MAC right. */
export function forge({ record, from, to, localIdentity }: SenderOf, dice: Dice): { readonly name: string; readonly message: Message } {
  const random = seededRandom(String(dice.below(2 ** 31)))
  const session = decodeLibsignalSessions(record, localIdentity).current?.session
  if (session === undefined) throw new Error('there is no session')
  let { double, pq } = session.ratchet
  const skipped = dice.chance(0.2) ? dice.below(6) : dice.chance(0.01) ? pick([1999, 2000, 2001, 24_999, 25_000, 25_001], dice) : 0
  for (let i = 0; i < skipped; i++) {
    double = sendStep(double).state
    pq = sendSpqr(pq, random).state
  }
  const names = skipped === 0 ? [] : [`${skipped} skipped`]
  const braid = sendSpqr(pq, random)
  const step = sendStep(double)
  const binding = addressBinding(from, to)
  const { pending, version } = session
  const wrong = dice.below(10)
  const ratchet = wrong < 4 ? spoilPqRatchet(braid.message, dice) : { name: undefined, bytes: braid.message, keyed: true }
  if (ratchet.name !== undefined) names.push(ratchet.name)
  const addresses = wrong === 4 ? pick([null, binding ?? null, ...spoiledBindings(binding)], dice) : pending ? (binding ?? null) : null
  if (wrong === 4) names.push('addresses')
  const versionByte = wrong === 5 ? pick([0x40, 0x43, 0x4f, 0x34], dice) : 0x10 * version + 4
  if (wrong === 5) names.push(`version byte ${versionByte}`)
  const sealing = beginEncrypting({
    seed: step.seed,
    ...(braid.key === undefined || !ratchet.keyed ? {} : { pqKey: braid.key }),
    plaintext: dice.bytes(dice.below(50)),
  })
  const sealed = sealing.ciphertext
  const ciphertext =
    wrong === 6 ? pick([sealed.slice(0, -1), new Uint8Array(0), concatBytes(sealed, sealed), dice.bytes(32)], dice) : sealed
  if (wrong === 6) names.push(`ciphertext of ${ciphertext.length} bytes`)
  let fields: Uint8Array = codec.signalMessage.encode({
    ratchetKey: double.sending.keyPair.publicKey,
    counter: step.counter,
    previousCounter: wrong === 7 ? pick([0, 7, 2 ** 32 - 1], dice) : double.previousCounter,
    ciphertext,
    pqRatchet: ratchet.bytes.length === 0 ? null : ratchet.bytes,
    addresses,
  })
  if (wrong >= 8) {
    const spoiled = mutate({ bytes: fields, before: 0, after: 0 }, dice)
    fields = spoiled.bytes
    names.push(`under the MAC: ${spoiled.name}`)
  }
  const tag = sealing.tag([session.localIdentity, session.remoteIdentity, concatBytes(Uint8Array.of(versionByte), fields)])
  sealing.end()
  const inner = concatBytes(Uint8Array.of(versionByte), fields, tag)
  const name = names.join(', ')
  if (pending === undefined) return { name, message: { type: 2, bytes: inner } }
  const bytes = serializePreKeySignalMessage({
    ...{ version, baseKey: session.baseKey, identityKey: session.localIdentity, message: inner },
    ...{ registrationId: session.localRegistrationId, preKeyId: pending.oneTimePreKeyId },
    ...{ signedPreKeyId: pending.signedPreKeyId, kem: pending.kem },
  })
  return { name, message: { type: 3, bytes } }
}

function spoiledBindings(binding: Uint8Array | undefined): Uint8Array[] {
  if (binding === undefined) return [new Uint8Array(0), new Uint8Array(36)]
  const flipped = [0, 5, 17, 18, 35].map((at) => binding.map((byte, i) => (i === at ? byte ^ 1 : byte)))
  return [binding.slice(0, 35), concatBytes(binding, Uint8Array.of(1)), new Uint8Array(0), ...flipped]
}

/** The post-quantum part in wrong forms. `keyed`: whether the sender mixes its key in. */
function spoilPqRatchet(message: Uint8Array, dice: Dice): { readonly name: string; readonly bytes: Uint8Array; readonly keyed: boolean } {
  const [epoch, afterEpoch] = readVarint(message, 1)
  const [index, afterIndex] = readVarint(message, afterEpoch)
  const type = message[afterIndex] as number
  const rest = message.subarray(afterIndex + 1)
  const write = (o: { version?: number; epoch?: Uint8Array; index?: Uint8Array; type?: number; rest?: Uint8Array }): Uint8Array =>
    concatBytes(
      ...[Uint8Array.of(o.version ?? 1), o.epoch ?? paddedVarint(epoch), o.index ?? paddedVarint(index)],
      ...[Uint8Array.of(o.type ?? type), o.rest ?? rest],
    )
  const padding = pick([2, 5, 9, 10, 11], dice)
  const chunk = (chunkIndex: number) => concatBytes(paddedVarint(chunkIndex), dice.bytes(32))
  const forms: readonly (readonly [name: string, bytes: Uint8Array, unkeyed?: true])[] = [
    ['another version', write({ version: pick([2, 0x11, 0xff], dice) })],
    ['version 0', write({ version: 0 }), true],
    ['absent', new Uint8Array(0), true],
    [`an epoch of ${padding} bytes`, write({ epoch: paddedVarint(epoch, padding) })],
    [`an index of ${padding} bytes`, write({ index: paddedVarint(index, padding) })],
    ['the next epoch', write({ epoch: paddedVarint(epoch + 1) })],
    ['the epoch before', write({ epoch: paddedVarint(Math.max(0, epoch - 1)) })],
    ['another index', write({ index: paddedVarint(pick([index + 1, index + 2000, index + 25_001, 2 ** 32 - 1, 2 ** 32], dice)) })],
    ['without key', write({ index: paddedVarint(0) }), true],
    ['without key, epoch 1', write({ epoch: paddedVarint(1), index: paddedVarint(0) }), true],
    ['another type', write({ type: dice.below(9), rest: dice.chance(0.5) ? rest : chunk(dice.below(70)) })],
    ['another chunk', write({ type: pick([1, 2, 3, 5, 6], dice), rest: chunk(pick([0, 2, 29, 30, 35, 36, 255, 65_535, 65_536], dice)) })],
    ['cut', message.slice(0, 1 + dice.below(message.length))],
    ['extended', concatBytes(message, dice.bytes(1 + dice.below(40)))],
  ]
  const [name, bytes, unkeyed] = pick(forms, dice)
  return { name: `post-quantum part: ${name}`, bytes, keyed: unkeyed === undefined }
}

function readVarint(bytes: Uint8Array, start: number): readonly [value: number, end: number] {
  let value = 0
  for (let i = start, weight = 1; ; i++, weight *= 128) {
    const byte = bytes[i] as number
    value += (byte & 0x7f) * weight
    if (byte < 0x80) return [value, i + 1]
  }
}

/** A sender key whose every message can be made, in any order, right or wrong. */
export class ForgedSenderKey {
  readonly #distribution: string
  readonly #chain: SenderKeyChain
  readonly #keyPair: KeyPair

  constructor(distribution: string, chainId: number, dice: Dice) {
    this.#distribution = distribution
    this.#keyPair = generateKeyPair(seededRandom(String(dice.below(2 ** 31))))
    this.#chain = {
      ...{ chainId, iteration: 0, skipped: 0, first: 0, chainKey: Secret.own<'SenderChainKey'>(Uint8Array.from(dice.bytes(32))) },
      ...{ signingKey: this.#keyPair.publicKey, signer: { kind: 'private-key', secret: this.#keyPair.privateKey } },
    }
  }

  distribute(iteration: number): Uint8Array {
    return distributionOf({ chains: [this.#at(iteration)] }, this.#distribution)
  }

  encrypt(iteration: number, plaintext: Uint8Array, dice: Dice): Uint8Array {
    const random = seededRandom(String(dice.below(2 ** 31)))
    const sealed = sealSenderKeyMessage({ chains: [this.#at(iteration)] }, this.#distribution, plaintext, random)
    if (sealed === undefined) throw new Error('there is no chain')
    return sealed.body
  }

  /** Spoils the fields of a message, and signs what came of it. */
  resign(message: Uint8Array, dice: Dice): { readonly name: string; readonly bytes: Uint8Array } {
    const { name, bytes } = mutate({ bytes: message.slice(0, -64), before: 1, after: 0 }, dice)
    const signature = sign(this.#keyPair.privateKey, bytes, seededRandom(String(dice.below(2 ** 31))))
    return { name: `signed: ${name}`, bytes: concatBytes(bytes, signature) }
  }

  #at(iteration: number): SenderKeyChain {
    const { key } = advanceSenderChain({ key: this.#chain.chainKey, counter: 0 }, iteration)
    return { ...this.#chain, chainKey: key, iteration }
  }
}
