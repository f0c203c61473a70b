import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { isBisikError } from '../../../src/errors.js'
import { type ChunkMessage, parseChunkMessage, serializeChunkMessage } from '../../../src/protocol/spqr/chunk-message.js'
import { hex } from '../../support/vectors.js'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Uint8Array.from(array))
const chunk = fc.record({ index: fc.integer({ min: 0, max: 0xffff }), bytes: bytes32 })
const message: fc.Arbitrary<ChunkMessage> = fc.record({
  epoch: fc.oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.maxSafeNat().map((n) => Math.max(1, n)),
  ),
  index: fc.integer({ min: 0, max: 0xffff_ffff }),
  payload: fc.oneof(
    fc.record({ type: fc.constantFrom('None' as const, 'Ct1Ack' as const) }),
    fc.record({ type: fc.constantFrom('Hdr' as const, 'Ek' as const, 'EkCt1Ack' as const, 'Ct1' as const, 'Ct2' as const), chunk }),
  ),
})

const refuses = (text: string): void => {
  let thrown: unknown
  try {
    parseChunkMessage(hex(text))
  } catch (error) {
    thrown = error
  }
  expect(isBisikError(thrown, 'malformed-message'), text).toBe(true)
}
const CHUNK = 'ab'.repeat(32)

describe('the message of the post-quantum ratchet', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(message, (original) => {
        expect(parseChunkMessage(serializeChunkMessage(original))).toEqual({ version: 1, ...original })
      }),
    )
  })

  it('has the bytes that the specification shows', () => {
    expect(toHex(serializeChunkMessage({ epoch: 1, index: 1, payload: { type: 'None' } }))).toBe('01010100')
    expect(toHex(serializeChunkMessage({ epoch: 1, index: 1, payload: { type: 'Ct1Ack' } }))).toBe('01010104')
    const ek = { type: 'EkCt1Ack', chunk: { index: 300, bytes: hex(CHUNK) } } as const
    expect(toHex(serializeChunkMessage({ epoch: 200, index: 0xffff_ffff, payload: ek }))).toBe(`01c801ffffffff0f03ac02${CHUNK}`)
  })

  it('is refused when it is cut anywhere', () => {
    const whole = `01c801ffffffff0f03ac02${CHUNK}`
    for (let length = 2; length < whole.length; length += 2) refuses(whole.slice(0, length))
  })

  it('is refused with epoch 0, an unknown type, an index beyond 32 bits, a chunk index beyond 16 bits, an endless number', () => {
    refuses('01000100')
    refuses('01800000')
    for (const type of ['07', '80', 'ff']) refuses(`010101${type}${CHUNK}`)
    refuses('0101808080801000')
    refuses(`0101010180800400${CHUNK}`)
    refuses(`01${'80'.repeat(10)}0100`)
  })

  it('deviation spqr-epoch-range: is refused with an epoch from 2^53 on, and with bits that libsignal would drop', () => {
    expect(parseChunkMessage(hex(`01ff${'ff'.repeat(6)}0f0100`)).epoch).toBe(Number.MAX_SAFE_INTEGER)
    refuses(`01${'80'.repeat(7)}100100`)
    refuses(`01${'ff'.repeat(9)}010100`)
    refuses(`0181${'80'.repeat(8)}020100`)
  })

  it('may have numbers longer than need be', () => {
    expect(parseChunkMessage(hex('018100850000'))).toEqual({
      version: 1,
      epoch: 1,
      index: 5,
      payload: { type: 'None' },
    })
    expect(parseChunkMessage(hex(`0181${'80'.repeat(8)}000200`)).epoch).toBe(1)
  })

  it('deviation spqr-trailing-bytes: is read as if bytes after it were not there, as libsignal does', () => {
    expect(parseChunkMessage(hex('01010100ffff'))).toEqual(parseChunkMessage(hex('01010100')))
    expect(parseChunkMessage(hex(`0101010100${CHUNK}00`))).toEqual(parseChunkMessage(hex(`0101010100${CHUNK}`)))
  })

  it('of a later version gives its place only', () => {
    expect(parseChunkMessage(hex('020305'))).toEqual({ version: 2, epoch: 3, index: 5, payload: undefined })
    expect(parseChunkMessage(hex('ff0305ff'))).toEqual({ version: 255, epoch: 3, index: 5, payload: undefined })
  })

  it('owns its chunk', () => {
    const received = hex(`0101010100${CHUNK}`)
    const { payload } = parseChunkMessage(received)
    received.fill(0)
    expect(payload !== undefined && 'chunk' in payload && toHex(payload.chunk.bytes)).toBe(CHUNK)
  })

  it('made of any bytes is read or refused as malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        try {
          parseChunkMessage(Uint8Array.from([1, ...bytes]))
        } catch (error) {
          expect(isBisikError(error, 'malformed-message')).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
