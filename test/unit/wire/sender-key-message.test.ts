import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../src/bytes.js'
import { parseEcPublicKey } from '../../../src/crypto/keys.js'
import {
  checkDistribution,
  encodeSenderKeyMessage,
  parseSenderKeyDistribution,
  parseSenderKeyMessage,
  serializeSenderKeyDistribution,
} from '../../../src/wire/sender-key-message.js'

const DISTRIBUTION = '185a574c-1f97-4f26-aaf4-924f8bce4bb9'
const UUID = '185a574c1f974f26aaf4924f8bce4bb9'
const signature = new Uint8Array(64).fill(7)
const chainKey = new Uint8Array(32).fill(3)
const signingKey = parseEcPublicKey(Uint8Array.of(5, ...new Uint8Array(32).fill(9)))
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array()
const message = { distribution: DISTRIBUTION, chainId: 300, iteration: 0, ciphertext: new Uint8Array(16) }
const distribution = { distribution: DISTRIBUTION, chainId: 0, iteration: 128, chainKey, signingKey }

describe('a group message', () => {
  it('has its bytes: version, fields in order with zeros written, signature', () => {
    const { signatureInput, finish } = encodeSenderKeyMessage(message)
    expect(toHex(signatureInput)).toBe(`330a10${UUID}10ac0218002210${'00'.repeat(16)}`)
    expect(toHex(finish(signature))).toBe(toHex(signatureInput) + '07'.repeat(64))
  })

  it('is parsed to what was written, with the bytes that were signed', () => {
    const { signatureInput, finish } = encodeSenderKeyMessage(message)
    expect(parseSenderKeyMessage(finish(signature))).toEqual({ ...message, authenticated: signatureInput, signature })
  })

  it('is parsed whatever the low half of its version byte says', () => {
    const bytes = encodeSenderKeyMessage(message).finish(signature)
    bytes[0] = 0x34
    expect(parseSenderKeyMessage(bytes).authenticated[0]).toBe(0x34)
  })

  it.each([
    ['nothing', '', 'malformed-message'],
    ['64 bytes', '33'.repeat(64), 'malformed-message'],
    ['version 2', `23${'00'.repeat(80)}`, 'unsupported-version'],
    ['version 4', `43${'00'.repeat(80)}`, 'unsupported-version'],
    ['a distribution id of 15 bytes', `330a0f${UUID.slice(2)}100118002200${'00'.repeat(64)}`, 'malformed-message'],
    ['no ciphertext', `330a10${UUID}10011800${'00'.repeat(64)}`, 'malformed-message'],
    ['no iteration', `330a10${UUID}10012200${'00'.repeat(64)}`, 'malformed-message'],
  ])('is refused: %s', (_, text, code) => {
    expect(() => parseSenderKeyMessage(hex(text))).toThrow(expect.objectContaining({ code }))
  })

  it('is refused over the limit', () => {
    const bytes = encodeSenderKeyMessage(message).finish(signature)
    expect(() => parseSenderKeyMessage(bytes, bytes.length - 1)).toThrow(expect.objectContaining({ code: 'message-too-large' }))
    expect(() => parseSenderKeyMessage(new Uint8Array(1_048_577))).toThrow(expect.objectContaining({ code: 'message-too-large' }))
  })

  it('is not written with fields that are none', () => {
    const code = expect.objectContaining({ code: 'invalid-argument' })
    expect(() => encodeSenderKeyMessage({ ...message, distribution: UUID })).toThrow(code)
    expect(() => encodeSenderKeyMessage({ ...message, chainId: -1 })).toThrow(code)
    expect(() => encodeSenderKeyMessage({ ...message, iteration: 2 ** 32 })).toThrow(code)
    expect(() => encodeSenderKeyMessage(message).finish(new Uint8Array(63))).toThrow(code)
  })
})

describe('what hands out a sender key', () => {
  it('has its bytes', () => {
    expect(toHex(serializeSenderKeyDistribution(distribution))).toBe(
      `330a10${UUID}10001880012220${'03'.repeat(32)}2a2105${'09'.repeat(32)}`,
    )
  })

  it('is parsed to what was written', () => {
    expect(parseSenderKeyDistribution(serializeSenderKeyDistribution(distribution))).toEqual(distribution)
  })

  it.each([
    ['nothing', '', 'malformed-message'],
    ['64 bytes', '33'.repeat(64), 'malformed-message'],
    ['version 2', `23${'00'.repeat(80)}`, 'unsupported-version'],
    ['a chain key of 31 bytes', `330a10${UUID}10001800221f${'03'.repeat(31)}2a2105${'09'.repeat(32)}`, 'malformed-message'],
    ['a chain key of 33 bytes', `330a10${UUID}100018002221${'03'.repeat(33)}2a2105${'09'.repeat(32)}`, 'malformed-message'],
    ['a signing key of 34 bytes', `330a10${UUID}100018002220${'03'.repeat(32)}2a2205${'09'.repeat(33)}`, 'malformed-message'],
    ['a signing key of another type', `330a10${UUID}100018002220${'03'.repeat(32)}2a2106${'09'.repeat(32)}`, 'invalid-key'],
    ['no signing key', `330a10${UUID}100018002220${'03'.repeat(32)}`, 'malformed-message'],
  ])('is refused: %s', (_, text, code) => {
    expect(() => parseSenderKeyDistribution(hex(text))).toThrow(expect.objectContaining({ code }))
  })

  it('is refused over the limit', () => {
    expect(() => parseSenderKeyDistribution(serializeSenderKeyDistribution(distribution), 80)).toThrow(
      expect.objectContaining({ code: 'message-too-large' }),
    )
  })
})

it('a distribution id is a UUID, and in lower case', () => {
  expect(checkDistribution(DISTRIBUTION.toUpperCase())).toBe(DISTRIBUTION)
  for (const wrong of ['', UUID, `${DISTRIBUTION}0`, `{${DISTRIBUTION}}`, 7 as unknown as string]) {
    expect(() => checkDistribution(wrong)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  }
})
