import { describe, expect, it } from 'vitest'
import { concatBytes, utf8 } from '../../../src/bytes.js'
import { parseSealedContent, parseSealedMessage, serializeSealedContent } from '../../../src/wire/sealed-message.js'
import { committedVectors, hex } from '../../support/vectors.js'
import { field, verdict } from './messages.js'

const { certificates } = committedVectors<{ readonly certificates: { readonly good: { readonly bytes: string } } }>(
  'libsignal/sealed-sender-v1.json.gz',
)
const certificate = hex(certificates.good.bytes)
const body = utf8('body')

describe('sealed content', () => {
  it('comes back with every field, for every kind and hint', () => {
    for (const kind of ['pre-key', 'ratchet', 'sender-key', 'plaintext'] as const) {
      for (const contentHint of ['default', 'resendable', 'implicit', 77] as const) {
        const content = parseSealedContent(serializeSealedContent({ kind, certificate, body, contentHint, groupId: utf8('group') }))
        expect(content).toMatchObject({ kind, body, contentHint, groupId: utf8('group') })
        expect(content.certificate.serialized).toEqual(certificate)
      }
    }
  })

  it('leaves out what is default or empty', () => {
    const plain = serializeSealedContent({ kind: 'ratchet', certificate, body })
    expect(serializeSealedContent({ kind: 'ratchet', certificate, body, contentHint: 'default', groupId: new Uint8Array(0) })).toEqual(
      plain,
    )
    expect(parseSealedContent(plain)).toMatchObject({ contentHint: 'default', groupId: undefined })
    expect(parseSealedContent(concatBytes(plain, field(5, new Uint8Array(0)))).groupId).toBeUndefined()
  })

  it('is refused for an unknown kind, a missing field and a certificate that is none', () => {
    const parts = { type: field(1, 2), certificate: field(2, certificate), content: field(3, body) }
    const judge = (other: object) => verdict(() => parseSealedContent(concatBytes(...Object.values({ ...parts, ...other }))))
    expect(judge({})).toBe('ok')
    for (const type of [0, 3, 6, 9]) expect(judge({ type: field(1, type) })).toBe('malformed-message')
    for (const name of Object.keys(parts)) expect(judge({ [name]: new Uint8Array(0) })).toBe('malformed-message')
    expect(judge({ certificate: field(2, body) })).toBe('malformed-message')
  })

  it('is not written for a kind or hint that is none', () => {
    const judge = (wrong: object) => verdict(() => serializeSealedContent({ kind: 'ratchet', certificate, body, ...wrong }))
    for (const wrong of [
      { kind: 'sealed' },
      { contentHint: 'never' },
      { contentHint: -1 },
      { groupId: new Uint8Array(1025) },
      { body: 'text' },
    ]) {
      expect(judge(wrong)).toBe('invalid-argument')
    }
  })
})

describe('a sealed message', () => {
  const forMany = (version: number, length = 100) => Uint8Array.from({ length }, (_, i) => (i === 0 ? version : i))

  it('is of the version in the high half of its first byte', () => {
    for (const version of [0x20, 0x22, 0x2f]) expect(parseSealedMessage(forMany(version)).version).toBe(2)
    for (const [version, code] of [
      [0x00, 'malformed-message'],
      [0x1f, 'malformed-message'],
      [0x33, 'unsupported-version'],
      [0xff, 'unsupported-version'],
    ] as const) {
      expect(verdict(() => parseSealedMessage(forMany(version)))).toBe(code)
    }
  })

  it('for many has 81 bytes at least, and owns its parts', () => {
    expect(verdict(() => parseSealedMessage(new Uint8Array(0)))).toBe('malformed-message')
    expect(verdict(() => parseSealedMessage(forMany(0x22, 80)))).toBe('malformed-message')
    const bytes = forMany(0x22, 81)
    const message = parseSealedMessage(bytes)
    bytes.fill(0)
    expect(message).toMatchObject({ wrapped: forMany(0, 33).slice(1), ciphertext: new Uint8Array(0) })
  })

  it('is refused over the limit before a byte is read', () => {
    expect(verdict(() => parseSealedMessage(forMany(0x22, 1_048_577)))).toBe('message-too-large')
    expect(verdict(() => parseSealedMessage(forMany(0x22, 100), 99))).toBe('message-too-large')
  })
})
