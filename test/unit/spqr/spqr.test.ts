import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { expose, type Secret } from '../../../src/crypto/secret.js'
import { receiveSpqr } from '../../../src/protocol/spqr/spqr.js'
import { atOnce } from '../../support/opening.js'
import { recordedRandom, seededRandom } from '../../support/random.js'
import { hex } from '../../support/vectors.js'
import { NOTHING_KEPT, Party, start } from './party.js'

const shown = (secret: Secret<string> | undefined) => secret && toHex(expose(secret))
const refusal = (code: string) => expect.objectContaining({ code })
const party = (direction: 'A2B' | 'B2A', minVersion: 0 | 1 = 1) => new Party(start(direction, { minVersion }), seededRandom(direction))

/** Sends one message and compares the keys of the two sides. */
function pass(from: Party, to: Party): { message: Uint8Array; key: string | undefined } {
  const { message, key } = from.send()
  expect(shown(to.receive(message))).toBe(shown(key))
  return { message, key: shown(key) }
}

/** A conversation in which both sides have heard from each other. */
function settled(minVersion: 0 | 1 = 1): { a: Party; b: Party } {
  const a = party('A2B', minVersion)
  const b = party('B2A', minVersion)
  pass(a, b)
  pass(b, a)
  return { a, b }
}

describe('a session that requires the ratchet', () => {
  it('has a key for every message from the first on', () => {
    const a = party('A2B')
    const b = party('B2A')
    for (let i = 1; i <= 3; i++) {
      const { message, key } = pass(a, b)
      expect(toHex(message.subarray(0, 4))).toBe(`01010${i}01`)
      expect(key).toBeDefined()
    }
    expect(pass(b, a).key).toBeDefined()
  })

  it('refuses a message without the ratchet, before and after the first answer', () => {
    for (const { a, b } of [{ a: party('A2B'), b: party('B2A') }, settled()]) {
      for (const [receiver, message] of [
        [a, ''],
        [b, ''],
        [b, '00'],
        [a, '00010100'],
      ] as const) {
        const before = receiver.state
        expect(() => receiver.step(hex(message))).toThrow(refusal('unsupported-version'))
        expect(receiver.state).toBe(before)
      }
    }
  })

  it('keeps the key of the handshake until the first answer and no longer', () => {
    const { a, b } = settled()
    expect([a.state?.negotiation, b.state?.negotiation]).toEqual([undefined, undefined])
    const alone = party('A2B')
    for (let i = 0; i < 5; i++) alone.send()
    expect(alone.state?.negotiation).toBeDefined()
  })

  it('follows a peer that has no key before it hears from us, as those releases do whose minimum is 0', () => {
    const a = party('A2B', 0)
    const b = party('B2A', 1)
    expect(pass(a, b).key).toBeUndefined()
    const late = a.send()
    expect(late.key).toBeUndefined()
    expect(pass(b, a).key).toBeDefined()
    expect(pass(a, b).key).toBeDefined()
    expect(b.receive(late.message)).toBeUndefined()
  })
})

describe('deviation spqr-unkeyed-window: a message without key', () => {
  it('is taken while the keys of epoch 0 are kept, and refused once they are gone', () => {
    const { a, b } = settled()
    const unkeyed = hex('01010000')
    let refused = 0
    for (let i = 0; i < 300; i++) {
      pass(a, b)
      pass(b, a)
      const holdsEpoch0 = (b.state?.chains?.currentEpoch ?? 0) - (b.state?.chains?.links.length ?? 0) < 0
      if (holdsEpoch0) expect(b.step(unkeyed).key).toBeUndefined()
      else {
        expect(() => b.step(unkeyed)).toThrow(refusal('malformed-message'))
        refused++
      }
    }
    expect(refused).toBeGreaterThan(100)
  })

  it('is refused in every epoch but the first', () => {
    const { a, b } = settled()
    for (let i = 0; i < 50; i++) {
      pass(a, b)
      pass(b, a)
    }
    expect(b.state?.braid.epoch).toBe(2)
    expect(() => b.step(hex('01020000'))).toThrow(refusal('malformed-message'))
  })
})

describe('negotiation with minimum version 0', () => {
  it('sends without key until the first message of the peer is in', () => {
    const a = party('A2B', 0)
    const b = party('B2A', 0)
    expect(toHex(pass(a, b).message.subarray(0, 3))).toBe('010100')
    const { message, key } = pass(b, a)
    expect([toHex(message), key === undefined]).toEqual(['01010100', false])
    expect(pass(a, b).key).toBeDefined()
  })

  it('goes on without the ratchet, for good, when the peer has none', () => {
    for (const message of ['', '00', '00ffff']) {
      const a = party('A2B', 0)
      const sent = a.send()
      expect(sent.message.length).toBeGreaterThan(0)
      expect(a.receive(hex(message))).toBeUndefined()
      expect(a.state).toBeUndefined()
      expect(a.send()).toEqual({ message: new Uint8Array(0), key: undefined })
      expect(a.receive(hex('01010100'))).toBeUndefined()
      expect(a.state).toBeUndefined()
    }
  })

  it('does not go back once the peer has used the ratchet', () => {
    const { a, b } = settled(0)
    for (const receiver of [a, b]) expect(() => receiver.step(new Uint8Array(0))).toThrow(refusal('unsupported-version'))
  })
})

describe('a message of a later version', () => {
  it('gives its key while negotiation is open, and moves nothing else', () => {
    const a = party('A2B')
    const b = party('B2A')
    const { message, key } = a.send()
    const later = Uint8Array.from(message)
    later[0] = 2
    const before = b.state
    expect(shown(b.receive(later))).toBe(shown(key))
    expect(b.state?.negotiation).toBe(before?.negotiation)
    expect(b.state?.braid).toBe(before?.braid)
    expect(() => b.step(later)).toThrow(refusal('duplicate-message'))
    expect(() => b.step(message)).toThrow(refusal('duplicate-message'))
    pass(a, b)
    expect(b.state?.negotiation).toBeUndefined()
  })

  it('is refused afterwards, and when it is too short to have a place', () => {
    const { b } = settled()
    for (const first of ['02', '11', 'ff']) expect(() => b.step(hex(`${first}010200`))).toThrow(refusal('unsupported-version'))
    for (const message of ['02', '0201', '0280']) expect(() => party('B2A').step(hex(message))).toThrow(refusal('malformed-message'))
  })
})

describe('randomness', () => {
  it('is drawn only when a key pair or a ciphertext is made', () => {
    const draws: string[] = []
    const tapped = (name: string) => {
      const source = seededRandom(name)
      return (length: number) => {
        draws.push(`${name} ${length}`)
        return source(length)
      }
    }
    const a = new Party(start('A2B'), tapped('A'))
    const b = new Party(start('B2A'), tapped('B'))
    for (let i = 0; i < 90; i++) {
      pass(a, b)
      pass(b, a)
    }
    expect(draws).toEqual(['A 64', 'B 32', 'B 64', 'A 32', 'A 64', 'B 32'])
  })

  it('that falls short is refused, and the state stays', () => {
    const a = new Party(start('A2B'), () => new Uint8Array(63))
    const before = a.state
    expect(() => a.send()).toThrow(refusal('internal'))
    expect(a.state).toBe(before)
    const again = new Party(before, recordedRandom(new Uint8Array(64)))
    expect(again.send().message.length).toBe(37)
  })
})

it('gives the same key twice for one message if the first was not committed', () => {
  const a = party('A2B')
  const b = party('B2A')
  const { message, key } = a.send()
  expect(shown(b.step(message).key)).toBe(shown(key))
  expect(shown(b.step(message).key)).toBe(shown(key))
})

it('a session without the ratchet sends nothing and ignores what comes', () => {
  const none = new Party(undefined, recordedRandom())
  expect(none.send()).toEqual({ message: new Uint8Array(0), key: undefined })
  for (const message of ['', '01010100', 'ffffffff']) {
    const step = atOnce(receiveSpqr(undefined, hex(message), NOTHING_KEPT))
    expect([step.key, step.commit().state]).toEqual([undefined, undefined])
  }
})
