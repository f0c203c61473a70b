import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bytes, utf8 } from '../../../src/bytes.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { type IdentityKeyPair, parseIdentityKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { epochMillis } from '../../../src/env.js'
import { type BisikError, isBisikError } from '../../../src/errors.js'
import { issueSenderCertificate, issueServerCertificate } from '../../../src/protocol/sealed/certificates.js'
import {
  beginSealForMany,
  type Destination,
  refusalsOf,
  sealForMany,
  sealForOne,
  unseal,
} from '../../../src/protocol/sealed/sealed-sender.js'
import { parseSealedMessage, serializeSealedContent } from '../../../src/wire/sealed-message.js'
import { parseSentMessage } from '../../../src/wire/sent-message.js'
import { seededRandom } from '../../support/random.js'
import { verdict } from '../wire/messages.js'

const random = seededRandom('sealed sender')
const anIdentity = (): IdentityKeyPair => {
  const pair = generateKeyPair(random)
  return { ...pair, publicKey: parseIdentityKey(pair.publicKey) }
}
const [alice, bob, carol] = [anIdentity(), anIdentity(), anIdentity()]
const [root, server] = [generateKeyPair(random), generateKeyPair(random)]
const certificateOf = ({ publicKey: identityKey }: IdentityKeyPair): Bytes =>
  issueSenderCertificate(
    {
      sender: { user: '9d0652a3-dcc3-4d11-975f-74d61598733f', device: 1 },
      ...{ phoneNumber: undefined, identityKey, expiration: epochMillis(1) },
      signer: issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, random),
    },
    server.privateKey,
    random,
  )
const content = serializeSealedContent({ kind: 'ratchet', certificate: certificateOf(alice), body: utf8('body') })
const user = (number: number): string => `9d0652a3-dcc3-4d11-975f-${String(number).padStart(12, '0')}`
const destination = (number: number, device = 1, identity = bob) => ({
  address: { user: user(number), device },
  registrationId: 7,
  identityKey: identity.publicKey,
})

describe('a seal for one', () => {
  const sealed = sealForOne(content, { ourIdentity: alice, theirIdentity: bob.publicKey }, random)

  it('opens for the recipient and nobody else', () => {
    expect(unseal(parseSealedMessage(sealed), bob)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(verdict(() => unseal(parseSealedMessage(sealed), carol))).toBe('authentication-failed')
    expect(verdict(() => unseal(parseSealedMessage(sealed), alice))).toBe('authentication-failed')
  })

  it('is another each time', () => {
    expect(sealForOne(content, { ourIdentity: alice, theirIdentity: bob.publicKey }, random)).not.toEqual(sealed)
  })

  it('row 25: put on by another than the certificate names does not open', () => {
    const forged = sealForOne(content, { ourIdentity: carol, theirIdentity: bob.publicKey }, random)
    expect(verdict(() => unseal(parseSealedMessage(forged), bob))).toBe('authentication-failed')
  })

  it('refuses a recipient key of small order', () => {
    const theirIdentity = parseIdentityKey(Uint8Array.from({ length: 33 }, (_, i) => (i === 0 ? 5 : 0)))
    expect(verdict(() => sealForOne(content, { ourIdentity: alice, theirIdentity }, random))).toBe('invalid-key')
  })
})

describe('a seal for many', () => {
  const options = { ourIdentity: alice, destinations: [destination(1), destination(2, 1, carol), destination(1, 2)], excluded: [user(3)] }
  const sent = parseSentMessage(sealForMany(content, options, random))
  const [toBob, toCarol] = [...sent.recipients()].map(({ message }) => message) as [Bytes, Bytes]

  it('opens for each recipient by its own part', () => {
    expect(unseal(parseSealedMessage(toBob), bob)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(unseal(parseSealedMessage(toCarol), carol)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(verdict(() => unseal(parseSealedMessage(toBob), carol))).toBe('authentication-failed')
  })

  it('groups the devices of a user wherever they stand, and names who is excluded', () => {
    expect([...sent.recipients()].map(({ user, devices }) => [user, devices.map(({ device }) => device)])).toEqual([
      [user(1), [1, 2]],
      [user(2), [1]],
    ])
    expect([...sent.excluded()]).toEqual([user(3)])
  })

  it('row 25: put on by another than the certificate names does not open', () => {
    const [forged] = [...parseSentMessage(sealForMany(content, { ...options, ourIdentity: carol }, random)).recipients()]
    expect(verdict(() => unseal(parseSealedMessage(forged?.message ?? new Uint8Array(0)), bob))).toBe('authentication-failed')
  })

  it('may be for nobody', () => {
    const empty = parseSentMessage(sealForMany(content, { ourIdentity: alice, destinations: [], excluded: [] }, random))
    expect(empty.recipientCount).toBe(0)
  })

  it('is not made for what the relay or a recipient would refuse', () => {
    const judge = (other: object) =>
      verdict(() => sealForMany(content, { ourIdentity: alice, destinations: [destination(1)], excluded: [], ...other }, random))
    expect(judge({})).toBe('ok')
    for (const wrong of [
      { destinations: [destination(1), destination(1)] },
      { destinations: [destination(1), destination(1, 2, carol)] },
      { destinations: [{ ...destination(1), registrationId: 0x4000 }] },
      { destinations: [{ ...destination(1), address: { user: 'alice', device: 1 } }] },
      { excluded: [user(1)] },
      { excluded: [user(1).toUpperCase()] },
      { excluded: [user(2), user(2)] },
      { excluded: ['alice'] },
    ]) {
      expect(judge(wrong)).toBe('invalid-argument')
    }
  })
})

/** What an error says; of a cause, its code too. */
function told(act: () => unknown): object {
  try {
    act()
    return { code: 'ok' }
  } catch (error) {
    if (!isBisikError(error)) throw error
    const { code, details, cause } = error
    return { code, ...details, ...(isBisikError(cause) ? { cause: cause.code } : {}) }
  }
}

describe('which destinations a message for many cannot name', () => {
  const refused = (...destinations: readonly Destination[]) =>
    [...refusalsOf(destinations)].map(([place, { code, details }]) => ({ place, code, ...details }))
  const invalid = (expected: string) => ({ place: 0, code: 'invalid-argument', argument: 'destinations', expected })

  it('are none that the relay and the recipients would take', () => {
    const fits = { ...destination(1), registrationId: 0x3fff }
    expect(refused(fits, destination(1, 127), destination(2), destination(2, 127, bob))).toEqual([])
  })

  it('are told by their places, each with its reason', () => {
    const named = (name: string, device = 1) => ({ ...destination(1), address: { user: name, device } })
    expect(refused(named('alice'))).toEqual([invalid('service ids')])
    expect(refused(destination(1, 128))).toEqual([invalid('devices from 1 to 127')])
    expect(refused({ ...destination(1), registrationId: 0x4000 })).toEqual([
      { place: 0, code: 'registration-id-too-large', user: user(1), device: 1, registrationId: 0x4000 },
    ])
    // Of a user with several devices, in any spelling, and after one that is refused.
    const again = { ...destination(1), address: { user: user(1).toUpperCase(), device: 1 } }
    expect(refused(destination(1), destination(1, 2), again)).toEqual([{ ...invalid('each device once'), place: 2 }])
    expect(refused({ ...destination(1), registrationId: 0x4000 }, destination(1))).toHaveLength(1)
  })

  it('are those of another key than a device of the user before them has: both keys are told, in copies', () => {
    const other = destination(1, 2, carol)
    const [refusal] = refusalsOf([destination(1, 7), destination(2, 1, carol), other]).values()
    expect(refusal).toMatchObject({
      code: 'untrusted-identity',
      details: { user: user(1), device: 2, presented: carol.publicKey, known: bob.publicKey, knownDevice: 7, wasVerified: false },
    })
    const { presented, known } = (refusal as BisikError).details as { readonly presented: Uint8Array; readonly known: Uint8Array }
    expect([presented === carol.publicKey, known === bob.publicKey]).toEqual([false, false])
  })
})

describe('what is refused says which argument it was', () => {
  const ends = { ourIdentity: alice, theirIdentity: bob.publicKey }
  const options = { ourIdentity: alice, destinations: [destination(1)], excluded: [] as readonly string[] }
  const many = (other: object) => told(() => sealForMany(content, { ...options, ...other }, random))
  const begun = (other: object) => told(() => beginSealForMany(content, { ...options, ...other }, random))
  const invalid = (argument: string, expected: unknown = expect.any(String)) => ({ code: 'invalid-argument', argument, expected })

  it.each([
    ['content', () => sealForOne('x' as never, ends, random)],
    ['ends', () => sealForOne(content, undefined as never, random)],
    ['options', () => sealForMany(content, undefined as never, random)],
    ['content', () => sealForMany('x' as never, options, random)],
    ['options', () => beginSealForMany(content, undefined as never, random)],
    ['random', () => beginSealForMany(content, options, 7 as never)],
    ['destinations', () => refusalsOf(7 as never)],
    ['message', () => unseal(7 as never, bob)],
    ['ourIdentity', () => unseal(parseSealedMessage(sealForOne(content, ends, random)), 7 as never)],
  ])('%s', (argument, act) => {
    expect(told(act)).toEqual(invalid(argument))
  })

  it('a destination, with the reason as the cause', () => {
    const large = { ...destination(1), registrationId: 0x4000 }
    expect(many({ destinations: [large] })).toEqual({
      ...invalid('destinations', 'destinations that a message for many can name'),
      cause: 'registration-id-too-large',
    })
    expect(refusalsOf([destination(1, 128)]).get(0)?.cause).toBeUndefined()
    const nobody = { ...destination(1), address: { user: 'alice', device: 1 } }
    expect(begun({ destinations: [nobody] })).toEqual(invalid('destinations', 'service ids'))
  })

  it('the users that are excluded', () => {
    expect(many({ excluded: ['alice'] })).toEqual(invalid('excluded', 'service ids'))
    expect(many({ excluded: [user(2), user(2).toUpperCase()] })).toEqual(invalid('excluded', 'each user once'))
    expect(many({ excluded: [user(1)] })).toEqual(invalid('excluded', 'nobody who is among those that get it'))
  })
})

it('a message for many is sealed in slices of so many users, until there are no more', () => {
  const destinations = [destination(1), destination(2, 1, carol), destination(1, 2), destination(3)]
  const sealing = beginSealForMany(content, { ourIdentity: alice, destinations, excluded: [] }, random)
  expect([sealing.next(1), sealing.next(1), sealing.next(1), sealing.next(1)]).toEqual([true, true, false, false])
  const recipients = [...parseSentMessage(sealing.finish()).recipients()]
  sealing.discard()
  expect(recipients.map((one) => one.user)).toEqual([user(1), user(2), user(3)])
  expect(unseal(parseSealedMessage(recipients[1]?.message ?? new Uint8Array(0)), carol)).toMatchObject({ body: utf8('body') })
})

describe('the secrets of a seal', () => {
  const made: Secret<string>[] = []
  beforeEach(() => {
    for (const how of ['own', 'copy'] as const) {
      const make = Secret[how].bind(Secret) as (bytes: Uint8Array) => Secret<string>
      vi.spyOn(Secret, how).mockImplementation(((bytes: Uint8Array) => {
        const secret = make(bytes)
        made.push(secret)
        return secret
      }) as never)
    }
  })
  afterEach(() => vi.restoreAllMocks())

  /** How many secrets an operation makes, and how many of them it leaves. */
  function secretsOf(act: () => unknown): { readonly some: boolean; readonly left: number } {
    made.length = 0
    verdict(act)
    return { some: made.length > 0, left: made.filter((secret) => verdict(() => expose(secret)) === 'ok').length }
  }

  const ends = { ourIdentity: alice, theirIdentity: bob.publicKey }
  const options = { ourIdentity: alice, destinations: [destination(1), destination(2, 1, carol)], excluded: [] }
  const toOne = parseSealedMessage(sealForOne(content, ends, random))
  const [first] = [...parseSentMessage(sealForMany(content, options, random)).recipients()]
  const toMany = parseSealedMessage(first?.message ?? new Uint8Array(0))
  const zero = parseIdentityKey(Uint8Array.from({ length: 33 }, (_, i) => (i === 0 ? 5 : 0)))

  it.each([
    ['put on for one', () => sealForOne(content, ends, random)],
    ['put on for many', () => sealForMany(content, options, random)],
    [
      'that cannot be put on for many',
      () => sealForMany(content, { ...options, destinations: [{ ...destination(1), identityKey: zero }] }, random),
    ],
    ['opened, for one', () => unseal(toOne, bob)],
    ['opened, for many', () => unseal(toMany, bob)],
    ['that does not open, for one', () => unseal(toOne, carol)],
    ['that does not open, for many', () => unseal(toMany, carol)],
  ])('%s are wiped', (_, act) => {
    expect(secretsOf(act)).toEqual({ some: true, left: 0 })
  })
})
