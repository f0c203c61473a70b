import { describe, expect, it } from 'vitest'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import {
  MARK_LENGTH,
  MARKS_PER_SEGMENT,
  markOf,
  markOfGroupMessage,
  type OpenedMessages,
  seenAs,
  withMark,
} from '../../../src/protocol/opened-messages.js'
import type { SenderKeyMessage } from '../../../src/wire/sender-key-message.js'
import type { SignalMessage } from '../../../src/wire/signal-message.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('opened messages')
const message = (parts: object = {}) =>
  ({ ratchetKey: generateKeyPair(random).publicKey, counter: 3, authenticated: random(40), tag: random(8), ...parts }) as SignalMessage
const groupMessage = (parts: object = {}) =>
  ({ chainId: 0x7fff_fffe, iteration: 3, authenticated: random(40), signature: random(64), ...parts }) as SenderKeyMessage

describe.each([
  [
    'a message',
    message,
    markOf as (of: never) => Uint8Array,
    ['counter', 'tag'],
    () => ({ ratchetKey: generateKeyPair(random).publicKey }),
  ],
  ['a group message', groupMessage, markOfGroupMessage as (of: never) => Uint8Array, ['iteration', 'signature'], () => ({ chainId: 5 })],
] as const)('the mark of %s', (_, make, markOfIt, [place, tag], anotherChain) => {
  const one = make()
  const mark = markOfIt(one as never)
  const seen = (parts: object) => seenAs(mark, markOfIt({ ...one, ...parts } as never))

  it('is the same for a copy, wherever its bytes lie', () => {
    expect(mark).toHaveLength(MARK_LENGTH)
    const moved = 'ratchetKey' in one ? { ratchetKey: new Uint8Array([9, 9, ...one.ratchetKey]).subarray(2) } : {}
    expect(seen(moved)).toBe('copy')
  })

  it('says that another message was opened at the place', () => {
    expect(seen({ authenticated: random(40) })).toBe('other')
    expect(seen({ [tag]: random(8) })).toBe('other')
  })

  it('says nothing of another place', () => {
    expect(seen({ [place]: 4 })).toBeUndefined()
    expect(seen(anotherChain())).toBeUndefined()
    expect(seenAs(new Uint8Array(0), mark)).toBeUndefined()
  })
})

describe('marks that are noted', () => {
  it('leave together, oldest first, when there are enough of them, and are counted on', () => {
    const marks = Array.from({ length: MARKS_PER_SEGMENT + 1 }, () => markOf(message()))
    let opened: OpenedMessages | undefined
    for (const [i, mark] of marks.entries()) {
      const before = opened
      const noted = withMark(before, mark)
      const since = i + 1 < MARKS_PER_SEGMENT ? marks.slice(0, i + 1) : marks.slice(MARKS_PER_SEGMENT, i + 1)
      expect(Buffer.from(noted.opened.marks)).toEqual(Buffer.concat(since))
      expect(noted.opened.count).toBe(i + 1)
      expect(noted.full && Buffer.from(noted.full)).toEqual(i + 1 === MARKS_PER_SEGMENT ? Buffer.concat(marks.slice(0, i + 1)) : undefined)
      opened = noted.opened
    }
  })

  it('are each looked through: a copy counts more than another message at its place', () => {
    const one = message()
    const [mark, atItsPlace, elsewhere] = [one, { ...one, tag: random(8) }, message()].map((it) => markOf(it as SignalMessage)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    expect(seenAs(Buffer.concat([elsewhere, atItsPlace, mark]), mark)).toBe('copy')
    expect(seenAs(Buffer.concat([atItsPlace, elsewhere]), mark)).toBe('other')
    expect(seenAs(elsewhere, mark)).toBeUndefined()
  })
})
