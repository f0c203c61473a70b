import { expect, it } from 'vitest'
import { platform as active } from '#platform'
import { type Bytes, concatBytes, copyBytes, utf8 } from '../../../src/bytes.js'
import { hkdfBytes } from '../../../src/crypto/kdf.js'
import { beginEncrypting, openOnce } from '../../../src/crypto/message-cipher.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { isBisikError } from '../../../src/errors.js'
import { onEachPlatform } from '../../support/platforms.js'

const seedOf = (fill: number): Secret<'MessageSeed'> => Secret.own(new Uint8Array(32).fill(fill))
const header = Uint8Array.of(1, 2, 3)
const macInput = (ciphertext: Bytes): Uint8Array[] => [header, ciphertext]
const expandedOf = (fill: number): Bytes => hkdfBytes(undefined, [seedOf(fill)], utf8('WhisperMessageKeys'), 80)

function sealed(...body: Parameters<typeof beginEncrypting>): { ciphertext: Bytes; tag: Bytes } {
  const { ciphertext, tag, end } = beginEncrypting(...body)
  try {
    return { ciphertext, tag: tag(macInput(ciphertext)) }
  } finally {
    end()
  }
}

const seal = (fill: number, plaintext: Uint8Array) => sealed({ seed: seedOf(fill), plaintext })

function failureOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    if (isBisikError(error)) return { code: error.code, message: error.message, details: error.details, cause: error.cause }
    throw error
  }
  return 'no failure'
}

onEachPlatform((platform) => {
  it('opens what it sealed, for every length around a block and for a long body', () => {
    for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 255, 256, 65_536]) {
      const plaintext = new Uint8Array(length).map((_, i) => i)
      const { ciphertext, tag } = seal(1, plaintext)
      expect([ciphertext.length, tag.length]).toEqual([16 * (Math.floor(length / 16) + 1), 8])
      expect(openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag })).toEqual(plaintext)
    }
  })

  it('needs the post-quantum key when it was sealed with one, and none when not', () => {
    const pqKey = Secret.own<'PqMessageKey'>(new Uint8Array(32).fill(8))
    const { ciphertext, tag } = sealed({ seed: seedOf(1), pqKey, plaintext: header })
    const open = (key?: Secret<'PqMessageKey'>) =>
      openOnce({ source: seedOf(1), pqKey: key, ciphertext, macInput: macInput(ciphertext), tag })
    expect(open(pqKey)).toEqual(header)
    expect(() => open()).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
    expect(() => open(Secret.own(new Uint8Array(32)))).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
    expect(expose(pqKey)).toEqual(new Uint8Array(32).fill(8))
  })

  it('consumes the seed: a second use throws internal, also after a failure in between', () => {
    const seed = seedOf(1)
    const bytes = expose(seed)
    const { end } = beginEncrypting({ seed, plaintext: header })
    expect(bytes).toEqual(new Uint8Array(32))
    end()
    expect(() => beginEncrypting({ seed, plaintext: header })).toThrow(expect.objectContaining({ code: 'internal' }))
    const other = seedOf(2)
    const before = active.aesCbcEncrypt
    const failing = () => {
      throw new Error('the cipher failed')
    }
    Object.assign(active, { aesCbcEncrypt: failing })
    try {
      expect(() => beginEncrypting({ seed: other, plaintext: header })).toThrow('the cipher failed')
    } finally {
      Object.assign(active, { aesCbcEncrypt: before })
    }
    expect(() => beginEncrypting({ seed: other, plaintext: header })).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('opening consumes nothing: a forgery does not burn the key of the honest message', () => {
    const { ciphertext, tag } = seal(1, header)
    const source = seedOf(1)
    const forged = new Uint8Array(8)
    expect(() => openOnce({ source, ciphertext, macInput: macInput(ciphertext), tag: forged })).toThrow('altered')
    expect(openOnce({ source, ciphertext, macInput: macInput(ciphertext), tag })).toEqual(header)
    expect(openOnce({ source, ciphertext, macInput: macInput(ciphertext), tag })).toEqual(header)
  })

  it('opens with the 80 bytes an old record holds, and not with those and a post-quantum key', () => {
    const { ciphertext, tag } = seal(3, header)
    const source = Secret.own<'ExpandedMessageKeys'>(expandedOf(3))
    const call = { source, ciphertext, macInput: macInput(ciphertext), tag }
    expect(openOnce(call)).toEqual(header)
    expect(openOnce(call)).toEqual(header)
    expect(() => openOnce({ ...call, pqKey: Secret.own(new Uint8Array(32)) })).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('refuses every single-bit change of tag, ciphertext and authenticated bytes', () => {
    const { ciphertext, tag } = seal(1, header)
    const parts = [header, ciphertext, tag].map(copyBytes) as [Bytes, Bytes, Bytes]
    for (const part of parts) {
      for (let bit = 0; bit < 8 * part.length; bit++) {
        part[bit >> 3] = (part[bit >> 3] as number) ^ (1 << (bit & 7))
        const call = () => openOnce({ source: seedOf(1), ciphertext: parts[1], macInput: [parts[0], parts[1]], tag: parts[2] })
        expect(call).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
        part[bit >> 3] = (part[bit >> 3] as number) ^ (1 << (bit & 7))
      }
    }
    for (const wrong of [new Uint8Array(0), tag.slice(0, 7), concatBytes(tag, tag)]) {
      const call = () => openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag: wrong })
      expect(call).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
    }
  })

  it('row 35: bad padding behind a right tag and a wrong tag fail alike, in class, code, text, details and cause', () => {
    const keys = expandedOf(1)
    const { ciphertext, tag } = seal(1, new Uint8Array(40).fill(7))
    const wrongTag = failureOf(() => openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag: new Uint8Array(8) }))
    expect(wrongTag).toEqual({ code: 'authentication-failed', message: expect.any(String), details: {}, cause: undefined })
    let badPadding = 0
    for (let last = 0; last < 256; last++) {
      // Changing the block before the last changes the padding at will: 40 bytes are padded with eight times 8.
      const altered = copyBytes(ciphertext)
      altered[31] = (altered[31] as number) ^ last
      const rightTag = platform.hmacTag(8, keys.subarray(32, 64), ...macInput(altered))
      const failure = failureOf(() => openOnce({ source: seedOf(1), ciphertext: altered, macInput: macInput(altered), tag: rightTag }))
      if (failure === 'no failure') continue
      badPadding++
      expect(failure).toEqual(wrongTag)
    }
    // Only the padding byte itself, and a single byte 1, are right.
    expect(badPadding).toBe(254)
    for (const length of [0, 1, 15, 17]) {
      const body = new Uint8Array(length)
      const rightTag = platform.hmacTag(8, keys.subarray(32, 64), ...macInput(body))
      expect(failureOf(() => openOnce({ source: seedOf(1), ciphertext: body, macInput: macInput(body), tag: rightTag }))).toEqual(wrongTag)
    }
    expect(tag.length).toBe(8)
  })

  it('row 35: nothing is decrypted before the tag is right', () => {
    const { ciphertext } = seal(1, header)
    const before = active.aesCbcDecrypt
    let decryptions = 0
    Object.assign(active, { aesCbcDecrypt: () => void decryptions++ })
    try {
      expect(() => openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag: new Uint8Array(8) })).toThrow('altered')
    } finally {
      Object.assign(active, { aesCbcDecrypt: before })
    }
    expect(decryptions).toBe(0)
  })

  it('wipes the keys it derived, on success and on failure', () => {
    const seen: Uint8Array[] = []
    const before = { aesCbcEncrypt: active.aesCbcEncrypt, hmacTag: active.hmacTag }
    Object.assign(active, {
      aesCbcEncrypt: (key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array) => {
        seen.push(key, iv)
        return before.aesCbcEncrypt(key, iv, plaintext)
      },
      hmacTag: (length: number, key: Uint8Array, ...parts: Uint8Array[]) => {
        seen.push(key)
        return before.hmacTag(length, key, ...parts)
      },
    })
    const left = (): number[] =>
      seen.splice(0).flatMap((bytes) => [...new Uint8Array(bytes.buffer as ArrayBuffer)].filter((byte) => byte !== 0))
    try {
      const { ciphertext, tag } = seal(1, header)
      // Cipher key, IV and MAC key, which are parts of one memory.
      expect(seen).toHaveLength(3)
      expect(new Set(seen.map(({ buffer }) => buffer)).size).toBe(1)
      expect(left()).toEqual([])
      expect(() => openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag: new Uint8Array(8) })).toThrow('altered')
      expect(seen).toHaveLength(1)
      expect(left()).toEqual([])
      expect(openOnce({ source: seedOf(1), ciphertext, macInput: macInput(ciphertext), tag })).toEqual(header)
      expect(seen).toHaveLength(1)
      expect(left()).toEqual([])
      // A body that is never authenticated leaves nothing either, nor one that the cipher fails at.
      beginEncrypting({ seed: seedOf(1), plaintext: header }).end()
      expect(seen).toHaveLength(2)
      expect(left()).toEqual([])
      const failing = (...keys: Uint8Array[]) => {
        seen.push(...keys.slice(0, 2))
        throw new Error('the cipher failed')
      }
      Object.assign(active, { aesCbcEncrypt: failing })
      expect(() => beginEncrypting({ seed: seedOf(1), plaintext: header })).toThrow('the cipher failed')
      expect(seen).toHaveLength(2)
      expect(left()).toEqual([])
    } finally {
      Object.assign(active, before)
    }
  })
})
