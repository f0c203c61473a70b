import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import type { Writable } from '../../../src/codec/message.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import { Secret } from '../../../src/crypto/secret.js'
import * as foreign from '../../../src/migration/schema/libsignal-records.js'
import { decodeLibsignalSenderKey, encodeLibsignalSenderKey } from '../../../src/migration/sender-key-record.js'
import { acceptDistribution, createSenderKey, distributionOf } from '../../../src/protocol/groups/sender-key.js'
import { encodeRecord } from '../../../src/records/protobuf.js'
import * as schema from '../../../src/records/schema/records.js'
import {
  decodeChainClaims,
  decodeSenderKey,
  decodeSenderKeys,
  decodeSigningKeyOwner,
  encodeChainClaims,
  encodeSenderKey,
  encodeSenderKeys,
} from '../../../src/records/sender-key-record.js'
import { checkAddress } from '../../../src/wire/address.js'
import { parseSenderKeyDistribution } from '../../../src/wire/sender-key-message.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('records')
const own = createSenderKey(random)
const pair = generateKeyPair(random)
const imported = {
  chains: own.chains.map((chain) => ({
    ...chain,
    signingKey: pair.publicKey,
    signer: { kind: 'private-key', secret: pair.privateKey } as const,
    iteration: 0xffff_ffff,
    skipped: 2000,
  })),
}
const theirs = acceptDistribution(undefined, parseSenderKeyDistribution(distributionOf(own, '185a574c-1f97-4f26-aaf4-924f8bce4bb9'))).state
const sender = checkAddress({ user: 'ümlaut', device: 127 })
const identity = parseIdentityKey(generateKeyPair(random).publicKey)
const corrupt = expect.objectContaining({ code: 'corrupt-record' })

describe('a sender-key record', () => {
  it.each([
    ['made here', own],
    ['imported', imported],
    ["another device's", theirs],
    ['empty', { chains: [] }],
  ])('is read as it was written: %s', (_, state) => {
    const stored = { generation: 7, sender, identity, state, counted: 64, oldNames: [7, 2 ** 31] }
    expect(decodeSenderKey(encodeSenderKey(stored))).toEqual(stored)
  })

  it.each([
    ['cut short', encodeSenderKey({ generation: 1, sender, identity, state: own, counted: 0, oldNames: [] }).slice(0, -3)],
    ['nothing', new Uint8Array(0)],
    ['a chain key of another length', withChain({ chainKey: new Uint8Array(31) })],
    ['no signing key', withChain({ chainKey: new Uint8Array(32) })],
    [
      'a seed of another length',
      withChain({ chainKey: new Uint8Array(32), signingPublic: pair.publicKey, signingSeed: new Uint8Array(33) }),
    ],
  ])('is refused: %s', (_, bytes) => {
    expect(() => decodeSenderKey(bytes)).toThrow(corrupt)
  })

  it('of a newer release is told apart', () => {
    const newer = encodeRecord(schema.SenderKey, { format: 2, user: 'a', device: 1, identity })
    expect(() => decodeSenderKey(newer)).toThrow(expect.objectContaining({ code: 'record-too-new' }))
  })
})

it('what 0.1.0 did not write is not known: where a chain began, and how many keys are kept in a list', () => {
  const [chain] = theirs.chains
  const bytes = withChain({ chainKey: new Uint8Array(32), signingPublic: chain?.signingKey as Uint8Array, skipped: 3 })
  expect(decodeSenderKey(bytes)).toMatchObject({ counted: 0, oldNames: [], state: { chains: [{ first: undefined, skipped: 3 }] } })
  const list = encodeRecord(schema.Names, { format: 1, names: ['a', 'b'], times: [], counts: [] })
  expect(decodeSenderKeys(list)).toEqual([
    { distribution: 'a', counted: 1 },
    { distribution: 'b', counted: 1 },
  ])
})

it('the list of a device, and who handed out a chain, are read as they were written', () => {
  const list = [
    { distribution: 'a', counted: 64 },
    { distribution: 'b', counted: 0 },
  ]
  expect(decodeSenderKeys(encodeSenderKeys(list))).toEqual(list)
  const claims = [
    { claimant: sender, proven: true },
    { claimant: checkAddress({ user: 'b', device: 1 }), proven: false },
  ]
  expect(decodeChainClaims(encodeChainClaims(claims))).toEqual(claims)
  const old = encodeRecord(schema.SigningKeyOwner, { format: 1, ...sender })
  expect(decodeSigningKeyOwner(old)).toEqual(sender)
  for (const decode of [decodeSenderKeys, decodeChainClaims, decodeSigningKeyOwner]) {
    expect(() => decode(Uint8Array.of(0xff))).toThrow(corrupt)
  }
})

function withChain(chain: Writable<schema.SenderKeyChain>): Uint8Array {
  return encodeRecord(schema.SenderKey, { format: 1, generation: 1, user: 'a', device: 1, identity, chains: [chain] })
}

describe("libsignal's sender-key record", () => {
  const [chain] = own.chains
  const whole = chain === undefined ? [] : [{ chain, skipped: new Map() }]

  it('of a key made from a seed has the Curve25519 key that signs the same', () => {
    const [read] = decodeLibsignalSenderKey(encodeLibsignalSenderKey(whole))
    expect([read?.chain.signer?.kind, toHex(read?.chain.signingKey ?? new Uint8Array())]).toEqual([
      'private-key',
      toHex(chain?.signingKey ?? new Uint8Array()),
    ])
  })

  it('has its skipped keys in rising order, whatever order they are held in', () => {
    const seed = (fill: number) => Secret.own<'SenderMessageSeed'>(new Uint8Array(32).fill(fill))
    const skipped = new Map([7, 3, 5].map((i) => [i, seed(i)] as const))
    const [read] = decodeLibsignalSenderKey(
      encodeLibsignalSenderKey(theirs.chains.map((one) => ({ chain: { ...one, iteration: 8 }, skipped }))),
    )
    expect([[...(read?.skipped.keys() ?? [])], read?.chain.skipped]).toEqual([[3, 5, 7], 3])
  })

  const state = (fields: Writable<foreign.SenderKeyStateStructure>): Uint8Array =>
    encodeRecord(foreign.SenderKeyRecordStructure, { senderKeyStates: [fields] })
  const senderChainKey = { seed: new Uint8Array(32) }
  const senderSigningKey = { public: pair.publicKey }

  it('without a version is read as of version 3, and of another version refused', () => {
    expect(decodeLibsignalSenderKey(state({ senderChainKey, senderSigningKey }))).toHaveLength(1)
    expect(() => decodeLibsignalSenderKey(state({ senderChainKey, senderSigningKey, messageVersion: 2 }))).toThrow(
      expect.objectContaining({ code: 'unsupported-version' }),
    )
  })

  it.each([
    [
      'six states',
      encodeRecord(foreign.SenderKeyRecordStructure, { senderKeyStates: Array(6).fill({ senderChainKey, senderSigningKey }) }),
    ],
    [
      '2,001 skipped keys',
      state({
        senderChainKey: { ...senderChainKey, iteration: 2001 },
        senderSigningKey,
        senderMessageKeys: Array.from({ length: 2001 }, (_, iteration) => ({ iteration, seed: new Uint8Array(32) })),
      }),
    ],
    [
      'the key of a message that is still to come',
      state({
        senderChainKey: { ...senderChainKey, iteration: 5 },
        senderSigningKey,
        senderMessageKeys: [{ iteration: 5, seed: new Uint8Array(32) }],
      }),
    ],
    [
      'a private key of another public key',
      state({ senderChainKey, senderSigningKey: { public: pair.publicKey, private: new Uint8Array(32).fill(8) } }),
    ],
    ['no chain key', state({ senderSigningKey })],
    ['a chain key of another length', state({ senderChainKey: { seed: new Uint8Array(31) }, senderSigningKey })],
    ['no signing key', state({ senderChainKey })],
    ['garbage', Uint8Array.of(0xff, 0xff)],
  ])('is refused: %s', (_, bytes) => {
    expect(() => decodeLibsignalSenderKey(bytes)).toThrow(corrupt)
  })
})
