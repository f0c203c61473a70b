import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, equalBytes, utf8 } from '../../src/bytes.js'
import { epochMillis } from '../../src/env.js'
import { signAccountMove, signRecoveryMove } from '../../src/protocol/identity/account-moves.js'
import { hashOfList } from '../../src/protocol/identity/device-list.js'
import { signDeviceStamp } from '../../src/protocol/identity/stamps.js'
import { encodeSenderCertificate, encodeServerCertificate, serializeCertificate } from '../../src/wire/certificate.js'
import * as wire from '../../src/wire/index.js'
import { serializeSealedForOne } from '../../src/wire/sealed-message.js'
import {
  encodeSenderKeyMessage,
  parseSenderKeyDistribution,
  parseSenderKeyMessage,
  serializeSenderKeyDistribution,
} from '../../src/wire/sender-key-message.js'
import { serializeSentMessage } from '../../src/wire/sent-message.js'
import { keyNamed, listOf } from '../support/devices.js'
import { seededRandom } from '../support/random.js'
import { addMember, genesis } from '../support/rosters.js'
import { byteStringsIn, group, recorded, varint, verdict } from '../unit/wire/messages.js'

const RUNS = 10_000
const seed = Number(process.env.BISIK_SEED ?? Date.now() & 0x7fff_ffff)

const ec = wire.parseEcPublicKey(new Uint8Array(33).fill(5))
const kemPreKey = {
  id: 2,
  publicKey: wire.parseKemPublicKey(new Uint8Array(1569).fill(8)),
  signature: wire.parseSignature(new Uint8Array(64)),
}
const device = {
  address: { user: 'alice', device: 1 },
  registrationId: 1,
  identityKey: wire.parseIdentityKey(ec),
  signedPreKey: { id: 1, publicKey: ec, signature: kemPreKey.signature },
}
const retry = { ratchetKey: ec, timestamp: epochMillis(1_767_225_600_000), device: 1 }

const serverCertificate = serializeCertificate(encodeServerCertificate({ id: 1, key: ec }), kemPreKey.signature)
const sender = { sender: device.address, phoneNumber: '+14155550100', identityKey: device.identityKey, expiration: epochMillis(1) }
const certificate = serializeCertificate(encodeSenderCertificate({ ...sender, signer: serverCertificate }), kemPreKey.signature)
const sealedForOne = serializeSealedForOne({ ephemeralKey: ec, encryptedStatic: new Uint8Array(43), encryptedMessage: new Uint8Array(60) })
const user = (last: number): string => `185a574c-1f97-4f26-aaf4-924f8bce4bb${last}`
const sent = serializeSentMessage({
  recipients: [1, 2, 3].map((last) => ({ user: user(last), devices: [{ device: last, registrationId: 1 }], part: new Uint8Array(48) })),
  excluded: [user(4)],
  ...{ ephemeralKey: ec, ciphertext: new Uint8Array(40) },
})

const list = listOf({ devices: [1, 2, 3].map((number) => ({ device: number, name: `device ${number}`, admin: number < 3 })) })
const statement = { list: hashOfList(list), signer: 1, issuedAt: epochMillis(1) }
const signers = { account: keyNamed('account'), device: keyNamed('device 1') }
const moving = { user: list.user, lineage: list.lineage, accountKey: list.accountKey }

const title = { kind: 'title', hash: new Uint8Array(32) } as const
const rosterEntry = genesis('alice', [addMember('bob'), title]).entry

/** Every parser, with a message to start from. */
const DISTRIBUTION = '185a574c-1f97-4f26-aaf4-924f8bce4bb9'
const PARSERS: readonly { readonly name: string; readonly parse: (bytes: Bytes) => unknown; readonly good: readonly Bytes[] }[] = [
  { name: 'parseSignalMessage', parse: wire.parseSignalMessage, good: recorded.filter(({ type }) => type === 2).map(({ bytes }) => bytes) },
  {
    name: 'parsePreKeySignalMessage',
    parse: wire.parsePreKeySignalMessage,
    good: recorded.filter(({ type }) => type === 3).map(({ bytes }) => bytes),
  },
  {
    name: 'parseEnvelope',
    parse: wire.parseEnvelope,
    good: recorded.slice(0, 50).map(({ bytes }) => wire.serializeEnvelope({ kind: 'ratchet', sender: device.address, body: bytes })),
  },
  {
    name: 'parsePreKeyBundle',
    parse: wire.parsePreKeyBundle,
    good: [wire.serializePreKeyBundle({ ...device, kemPreKey, oneTimePreKey: { id: 3, publicKey: ec } })],
  },
  {
    name: 'parsePreKeyUpload',
    parse: wire.parsePreKeyUpload,
    good: [
      wire.serializePreKeyUpload({ ...device, kemPreKey, oneTimePreKeys: [{ id: 3, publicKey: ec }], oneTimeKemPreKeys: [kemPreKey] }),
    ],
  },
  {
    name: 'parseSenderKeyMessage',
    parse: parseSenderKeyMessage,
    good: [
      encodeSenderKeyMessage({ distribution: DISTRIBUTION, chainId: 300, iteration: 0, ciphertext: new Uint8Array(32) }).finish(
        new Uint8Array(64),
      ),
    ],
  },
  {
    name: 'parseSenderKeyDistribution',
    parse: parseSenderKeyDistribution,
    good: [
      serializeSenderKeyDistribution({
        distribution: DISTRIBUTION,
        chainId: 7,
        iteration: 300,
        chainKey: new Uint8Array(32),
        signingKey: ec,
      }),
    ],
  },
  {
    name: 'parseContent',
    parse: wire.parseContent,
    good: [wire.serializeContent({ application: ec, sentAt: epochMillis(1), accessKey: new Uint8Array(16), retry })],
  },
  { name: 'parseSenderCertificate', parse: wire.parseSenderCertificate, good: [certificate] },
  { name: 'parseServerCertificate', parse: wire.parseServerCertificate, good: [serverCertificate] },
  {
    name: 'parseSealedContent',
    parse: wire.parseSealedContent,
    good: [wire.serializeSealedContent({ kind: 'ratchet', certificate, body: ec, contentHint: 'implicit', groupId: ec })],
  },
  {
    name: 'parseSealedMessage',
    parse: wire.parseSealedMessage,
    good: [sealedForOne, concatBytes(Uint8Array.of(0x22), new Uint8Array(100))],
  },
  { name: 'parseDeviceList', parse: wire.parseDeviceList, good: [list.serialized] },
  {
    name: 'parseDeviceStamp',
    parse: wire.parseDeviceStamp,
    good: [signDeviceStamp({ ...statement, version: 1 }, signers.device, seededRandom('stamp')).serialized],
  },
  {
    name: 'parseAccountMove',
    parse: wire.parseAccountMove,
    good: [
      signAccountMove({ ...statement, ...moving }, signers, seededRandom('move')).serialized,
      signRecoveryMove({ ...statement, ...moving }, keyNamed('recovery'), seededRandom('move')).serialized,
    ],
  },
  { name: 'parseRosterEntry', parse: wire.parseRosterEntry, good: [rosterEntry.serialized] },
  { name: 'parseScannable', parse: wire.parseScannable, good: [wire.serializeScannable({ version: 2, local: ec, remote: ec })] },
  {
    name: 'parseSentMessage',
    parse: (bytes) => {
      const sent = wire.parseSentMessage(bytes)
      return [...sent.recipients(), ...sent.excluded()]
    },
    good: [sent],
  },
  { name: 'parseDecryptionErrorMessage', parse: wire.parseDecryptionErrorMessage, good: [wire.serializeDecryptionErrorMessage(retry)] },
  { name: 'parsePlaintextContent', parse: wire.parsePlaintextContent, good: [wire.serializePlaintextContent(retry)] },
  { name: 'extractDecryptionError', parse: wire.extractDecryptionError, good: [wire.serializePlaintextContent(retry).slice(1)] },
]

const EXPECTED: ReadonlySet<string> = new Set(['ok', 'malformed-message', 'unsupported-version', 'invalid-key', 'message-too-large'])

type Mutation = (bytes: Bytes) => Bytes
const splice = (bytes: Bytes, at: number, cut: number, insert: Uint8Array): Bytes =>
  concatBytes(bytes.subarray(0, at), insert, bytes.subarray(Math.min(bytes.length, at + cut)))

/** Changes that a parser of protobuf ought to notice, placed anywhere (`where` from 0 to 1) in a message. */
const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    kind: fc.constantFrom('bit', 'byte', 'cut', 'insert', 'repeat', 'varint', 'length', 'group', 'tag', 'truncate', 'unknown'),
    where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    size: fc.integer({ min: 1, max: 40 }),
    value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  })
  .map(({ kind, where, size, value }) => (bytes: Bytes): Bytes => {
    // Half of the places are near the start, where tags and lengths are dense.
    const at = Math.floor(bytes.length * (size % 2 ? where : where ** 4))
    const byte = Number(value & 0xffn)
    switch (kind) {
      case 'bit':
        return splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << (byte & 7))))
      case 'byte':
        return splice(bytes, at, 1, Uint8Array.of(byte))
      case 'cut':
        return splice(bytes, at, size, new Uint8Array(0))
      case 'insert':
        return splice(bytes, at, 0, new Uint8Array(size).fill(byte))
      case 'repeat':
        return splice(bytes, at, 0, bytes.slice(at, at + size))
      case 'varint':
        return splice(bytes, at, 1, varint(value, size % 12))
      case 'length':
        return splice(bytes, at, 1, varint(bytes.length - at - (size % 5)))
      case 'group':
        return splice(
          bytes,
          at,
          0,
          Array.from({ length: size % 12 }).reduce<Bytes>((inside) => group(9, inside), new Uint8Array(0)),
        )
      case 'tag':
        return splice(bytes, at, 1, varint((byte % 12) * 8 + (size % 8)))
      case 'truncate':
        return bytes.slice(0, at)
      default:
        return splice(bytes, at, 0, concatBytes(varint(99 * 8 + 2), varint(size), utf8('x'.repeat(size))))
    }
  })

function check(parse: (bytes: Bytes) => unknown, bytes: Bytes): boolean {
  const before = bytes.slice()
  let result: unknown
  // Throws on anything but a BisikError.
  const code = verdict(() => {
    result = parse(bytes)
  })
  if (!equalBytes(bytes, before)) throw new Error('the input was changed')
  if (!EXPECTED.has(code)) throw new Error(`unexpected code ${code}`)
  for (const one of byteStringsIn(result))
    if (one.constructor !== Uint8Array || one.length !== one.buffer.byteLength) throw new Error('not its own memory')
  return code === 'ok'
}

describe(`row 3: whatever the bytes, a result or a BisikError (${RUNS} runs each, BISIK_SEED=${seed})`, () => {
  it.each(PARSERS)('row 3: $name, random bytes', ({ name, parse, good }) => {
    const start = good[0]?.[0] ?? 0
    let accepted = 0
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (random, framed) => {
        // Half of them begin like a real message, or the version byte would refuse nearly all.
        const bytes = framed ? concatBytes(Uint8Array.of(start), random) : concatBytes(random)
        if (check(parse, bytes)) accepted++
      }),
      { numRuns: RUNS, seed },
    )
    console.log(`${name}: ${RUNS} random byte strings, ${accepted} accepted, BISIK_SEED=${seed}`)
  })

  it.each(PARSERS)('row 3: $name, real messages altered', ({ name, parse, good }) => {
    let accepted = 0
    for (const bytes of good) expect(check(parse, bytes)).toBe(true)
    fc.assert(
      fc.property(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 3 }), (which, mutations) => {
        const bytes = mutations.reduce<Bytes>((altered, mutate) => mutate(altered), good[which % good.length] ?? new Uint8Array(0))
        if (check(parse, bytes)) accepted++
      }),
      { numRuns: RUNS, seed },
    )
    console.log(`${name}: ${RUNS} altered messages, ${accepted} accepted, BISIK_SEED=${seed}`)
    expect(accepted).toBeGreaterThan(0)
    expect(accepted).toBeLessThan(RUNS)
  })
})
