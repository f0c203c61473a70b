import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes.js'
import { parseEcPublicKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { type EpochMillis, epochMillis } from '../../../src/env.js'
import {
  encodeSenderCertificate,
  encodeServerCertificate,
  parseSenderCertificate,
  parseServerCertificate,
  serializeCertificate,
} from '../../../src/wire/certificate.js'
import { hex } from '../../support/vectors.js'
import { field, varint, verdict } from './messages.js'

const key = hex(`05${'3f'.repeat(32)}`)
const signature = new Uint8Array(64).fill(9)
const wrapped = (inner: Uint8Array): Bytes => concatBytes(field(1, inner), field(2, signature))
const signer = wrapped(concatBytes(field(1, 7), field(2, key)))
const fixed64 = (number: number, value: bigint): Bytes => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return concatBytes(varint(number * 8 + 1), bytes)
}
const FIELDS = {
  device: field(2, 3),
  expiration: fixed64(3, 31337n),
  key: field(4, key),
  signer: field(5, signer),
  user: field(6, utf8('alice')),
}
const judge = (fields: object) => verdict(() => parseSenderCertificate(wrapped(concatBytes(...(Object.values(fields) as Bytes[])))))

describe('a sender certificate', () => {
  it('comes back with every field', () => {
    const fields = {
      sender: { user: 'alice', device: 127 },
      phoneNumber: '+14155550100',
      identityKey: parseIdentityKey(key),
      expiration: epochMillis(2 ** 53 - 1),
      signer,
    }
    const signed = encodeSenderCertificate(fields)
    const bytes = serializeCertificate(signed, signature)
    const parsed = parseSenderCertificate(bytes)
    expect(parsed).toEqual({ ...fields, signer: parseServerCertificate(signer), signed, signature, serialized: bytes })
    bytes.fill(0)
    expect(parsed.signed).toEqual(signed)
  })

  it('is refused without any of its required fields, and with one that has another wire type', () => {
    expect(judge(FIELDS)).toBe('ok')
    for (const name of Object.keys(FIELDS)) expect(judge({ ...FIELDS, [name]: new Uint8Array(0) }), name).toBe('malformed-message')
    expect(judge({ ...FIELDS, expiration: field(3, 31337) })).toBe('malformed-message')
  })

  it('is refused for a device out of range and a key of another type', () => {
    for (const device of [0, 128, 2 ** 32]) expect(judge({ ...FIELDS, device: field(2, device) })).toBe('malformed-message')
    expect(judge({ ...FIELDS, key: field(4, hex(`06${'3f'.repeat(32)}`)) })).toBe('invalid-key')
  })

  it('is refused for a user that is no text, no UUID of 16 bytes or too long', () => {
    expect(judge({ ...FIELDS, user: field(7, new Uint8Array(16)) })).toBe('ok')
    const twice = concatBytes(field(6, hex('ff')), field(6, hex('61')))
    for (const user of [field(7, new Uint8Array(15)), field(6, hex('ff')), twice, field(6, new Uint8Array(1025))]) {
      expect(judge({ ...FIELDS, user })).toBe('malformed-message')
    }
  })

  it('certificate-time: is refused for an expiration from 2^53 on', () => {
    expect(judge({ ...FIELDS, expiration: fixed64(3, 2n ** 53n - 1n) })).toBe('ok')
    for (const time of [2n ** 53n, 2n ** 64n - 1n]) expect(judge({ ...FIELDS, expiration: fixed64(3, time) })).toBe('malformed-message')
  })

  it('certificate-one-of-each: is refused for two users or two signers', () => {
    expect(judge({ ...FIELDS, other: field(7, new Uint8Array(16)) })).toBe('malformed-message')
    expect(judge({ ...FIELDS, other: field(8, 2) })).toBe('malformed-message')
    expect(judge({ ...FIELDS, signer: field(8, 2) })).toBe('ok')
  })

  it('is not written for what is no address, no time or no key', () => {
    const fields = {
      sender: { user: 'alice', device: 1 },
      phoneNumber: undefined,
      identityKey: parseIdentityKey(key),
      expiration: epochMillis(1),
      signer,
    }
    expect(verdict(() => encodeSenderCertificate(fields))).toBe('ok')
    for (const wrong of [
      { sender: { user: 'alice', device: 128 } },
      { expiration: Number.NaN as EpochMillis },
      { identityKey: new Uint8Array(32) },
    ]) {
      expect(verdict(() => encodeSenderCertificate({ ...fields, ...wrong } as typeof fields))).toBe('invalid-argument')
    }
    expect(verdict(() => encodeServerCertificate({ id: -1, key: parseEcPublicKey(key) }))).toBe('invalid-argument')
    expect(verdict(() => serializeCertificate(key, new Uint8Array(63)))).toBe('invalid-argument')
  })

  it('is refused over 4 KiB, before a byte is read', () => {
    expect(verdict(() => parseSenderCertificate(new Uint8Array(4097)))).toBe('message-too-large')
    expect(verdict(() => parseServerCertificate(new Uint8Array(4097)))).toBe('message-too-large')
  })
})
