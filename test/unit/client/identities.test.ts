/** What is known of a user by the user's devices, on a store: which key stands for the user, and how the list of the devices follows. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Context, Self } from '../../../src/client/frame/context.js'
import { Draft } from '../../../src/client/frame/draft.js'
import {
  dropIdentity,
  identityOfUser,
  isVerifiedElsewhere,
  putDecision,
  putIdentity,
  refuseSelf,
} from '../../../src/client/state/identities.js'
import type { KnownIdentity, TrustLevel } from '../../../src/protocol/identity/trust.js'
import { decodeDevices, decodeIdentity, encodeDevices, encodeIdentity } from '../../../src/records/identity-record.js'
import { devicesKeys, identityKeyOf } from '../../../src/records/names.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { transact } from '../../../src/store/transact.js'
import type { NotPromise, Part } from '../../../src/store/transaction.js'
import { type CanonicalAddress, checkAddress } from '../../../src/wire/address.js'
import { keyNamed, publicKeyNamed } from '../../support/devices.js'
import { snapshot } from '../../support/snapshot.js'
import { verdict } from '../wire/messages.js'

const self: Self = { identity: keyNamed('own'), registrationId: 1, address: checkAddress({ user: 'us', device: 3 }) }
const bob = (device: number): CanonicalAddress => checkAddress({ user: 'bob', device })
const [LIST, MARK] = devicesKeys(bob(1).user)
const DAMAGED = Uint8Array.of(0xff)
/** The format of a record is its first field. */
const TOO_NEW = Uint8Array.of(0x08, 99)

let store: MemoryStore
beforeEach(() => {
  store = new MemoryStore()
})

function run<T>(step: (draft: Draft) => Part<NotPromise<T>>): Promise<T> {
  return transact<T>(store, (tx) => step(new Draft(tx)))
}

const known = (name: string, level: TrustLevel = 'first-use', unansweredSince?: number): KnownIdentity =>
  unansweredSince === undefined ? { key: publicKeyNamed(name), level } : { key: publicKeyNamed(name), level, unansweredSince }

/** Bob's devices 1, 2, … are known like this. */
async function meet(...identities: readonly KnownIdentity[]): Promise<void> {
  for (const [i, identity] of identities.entries()) await run<void>((draft) => putIdentity(draft, bob(i + 1), identity))
}

async function put(name: string, value: Uint8Array | undefined): Promise<void> {
  const given = value === undefined ? [] : [[name, value] as const]
  await store.commit({ expect: new Map(), put: new Map(given), delete: new Set(value === undefined ? [name] : []) })
}

const recordOf = async (name: string): Promise<Uint8Array | undefined> => (await store.read([name])).get(name)?.value
const listed = async (): Promise<readonly number[]> => decodeDevices(await recordOf(LIST))
const storedOf = async (device: number): Promise<KnownIdentity> => decodeIdentity((await recordOf(identityKeyOf(bob(device)))) ?? DAMAGED)
const userOf = (presented: string, peer = bob(9)) =>
  run((draft) => identityOfUser(draft, peer, { presented: publicKeyNamed(presented), self }))

describe('the key that stands for a user', () => {
  it('is none if no device of the user is known, whoever else is', async () => {
    await run<void>((draft) => putIdentity(draft, checkAddress({ user: 'carol', device: 1 }), known('c')))
    expect(await userOf('c')).toBeUndefined()
  })

  it.each([
    ['the presented one, even against a verified one', [known('a', 'verified'), known('b')], 'b', 2],
    ['the presented one, even if it was never answered', [known('a', 'verified'), known('b', 'first-use', 7)], 'b', 2],
    ['of those presented the one that is worth most', [known('b'), known('b', 'accepted'), known('a', 'verified')], 'b', 2],
    ['else the verified one', [known('a', 'accepted'), known('b', 'verified'), known('c')], 'x', 2],
    ['else the accepted one', [known('a'), known('b'), known('c', 'accepted')], 'x', 3],
    ['of two that are worth the same the one that was answered', [known('a', 'accepted', 7), known('b', 'accepted')], 'x', 2],
    ['the better level, answered or not', [known('a', 'accepted'), known('b', 'verified', 7)], 'x', 2],
    ['the first of those that are alike', [known('a'), known('b')], 'x', 1],
  ] as const)('is %s', async (_, identities, presented, device) => {
    await meet(...identities)
    expect(await userOf(presented)).toEqual({ ...identities[device - 1], device })
  })

  it('is our own key for our own user, unless another of our devices has the presented one', async () => {
    const other = checkAddress({ user: 'us', device: 9 })
    const own = { key: self.identity.publicKey, level: 'verified', device: 3 }
    expect(await userOf('x', other)).toEqual(own)
    await run<void>((draft) => putIdentity(draft, checkAddress({ user: 'us', device: 4 }), known('a', 'accepted')))
    expect(await userOf('x', other)).toEqual(own)
    expect(await userOf('a', other)).toEqual({ ...known('a', 'accepted'), device: 4 })
  })

  it('is not taken from fewer devices than are listed: one whose identity is gone or damaged is an error that names it', async () => {
    await meet(known('a'), known('b', 'verified'))
    for (const damage of [undefined, DAMAGED]) {
      await put(identityKeyOf(bob(1)), damage)
      await expect(userOf('b')).rejects.toMatchObject({
        code: 'corrupt-record',
        details: { record: 'identity', user: 'bob', device: 1 },
      })
    }
  })

  it('is an error that names the user if the list is damaged', async () => {
    await meet(known('a'))
    await put(LIST, DAMAGED)
    await expect(userOf('a')).rejects.toMatchObject({ code: 'corrupt-record', details: { record: 'devices', user: 'bob' } })
  })
})

it('a device has no session with itself, and with no other one is it refused', () => {
  const judge = (user: string, device: number) => verdict(() => refuseSelf({ self } as Context, checkAddress({ user, device })))
  expect([judge('us', 3), judge('us', 4), judge('bob', 3)]).toEqual(['self-session', 'ok', 'ok'])
})

describe('the list of the devices', () => {
  it('holds each device once, in the order in which they came, and with the mark beside it', async () => {
    await meet(known('a'), known('b'))
    await meet(known('a', 'verified'))
    expect(await listed()).toEqual([1, 2])
    expect(await recordOf(MARK)).toEqual(new Uint8Array(0))
    expect(await storedOf(1)).toEqual(known('a', 'verified'))
  })

  it('takes 127 devices and no more; what comes then is known all the same', async () => {
    const first = Array.from({ length: 126 }, (_, i) => i + 1_000)
    await put(LIST, encodeDevices(first))
    await meet(known('a'), known('b'))
    expect(await listed()).toEqual([...first, 1])
    expect(await storedOf(2)).toEqual(known('b'))
  })

  it('is made of the identities that are there if it is lost, from the first device to the last', async () => {
    for (const device of [127, 1, 60]) await run<void>((draft) => putIdentity(draft, bob(device), known('a')))
    await put(LIST, undefined)
    await run<void>((draft) => putIdentity(draft, bob(5), known('a')))
    expect(await listed()).toEqual([1, 60, 127, 5])
  })

  it('is not made of anything where none was ever written: no mark, no list', async () => {
    await put(identityKeyOf(bob(1)), encodeIdentity(known('a')))
    expect(await userOf('a')).toBeUndefined()
  })

  it('counts without its mark', async () => {
    await meet(known('a'))
    await put(MARK, undefined)
    expect(await userOf('a')).toMatchObject({ device: 1 })
  })
})

describe('what the user made of a key', () => {
  it('holds for every device of the user with that key, listed or met now, and for no other key', async () => {
    await meet(known('a'), known('b'), known('a', 'accepted', 7))
    await run<void>((draft) => putDecision(draft, { self, peer: bob(4) }, known('a', 'verified')))
    expect(await Promise.all([1, 2, 3, 4].map(storedOf))).toEqual([
      known('a', 'verified'),
      known('b'),
      known('a', 'verified'),
      known('a', 'verified'),
    ])
    expect(await listed()).toEqual([1, 2, 3, 4])
  })

  it('leaves a device alone of which the same is known: that it waits for an answer stays', async () => {
    await meet(known('a', 'verified', 7))
    await run<void>((draft) => putDecision(draft, { self, peer: bob(2) }, known('a', 'verified')))
    expect(await storedOf(1)).toEqual(known('a', 'verified', 7))
  })

  it('leaves out a damaged identity, and nothing that a newer release wrote', async () => {
    await meet(known('a'), known('a'))
    await put(identityKeyOf(bob(1)), DAMAGED)
    await run<void>((draft) => putDecision(draft, { self, peer: bob(3) }, known('a', 'verified')))
    expect([await recordOf(identityKeyOf(bob(1))), await storedOf(2)]).toEqual([DAMAGED, known('a', 'verified')])
    await put(identityKeyOf(bob(1)), TOO_NEW)
    const before = await snapshot(store)
    await expect(run<void>((draft) => putDecision(draft, { self, peer: bob(3) }, known('a', 'accepted')))).rejects.toMatchObject({
      code: 'record-too-new',
    })
    expect(await snapshot(store)).toEqual(before)
  })
})

it('a key is verified elsewhere if another device of the user has it, verified', async () => {
  const elsewhere = (presented: string, device: number) =>
    run<boolean>((draft) => isVerifiedElsewhere(draft, bob(device), publicKeyNamed(presented)))
  await meet(known('a', 'verified'), known('b', 'accepted'))
  expect(await Promise.all([elsewhere('a', 9), elsewhere('a', 1), elsewhere('b', 9), elsewhere('x', 9)])).toEqual([
    true,
    false,
    false,
    false,
  ])
  await meet(known('c', 'verified'), known('a', 'verified'))
  expect(await elsewhere('a', 9)).toBe(true)
})

describe('a device that is forgotten', () => {
  const drop = (device: number) => run<void>((draft) => dropIdentity(draft, bob(device)))

  it('goes out of the list, and with the last one list and mark go', async () => {
    await meet(known('a'), known('b'), known('c'))
    await drop(2)
    expect([await listed(), await recordOf(identityKeyOf(bob(2)))]).toEqual([[1, 3], undefined])
    expect(await recordOf(MARK)).toBeDefined()
    await drop(1)
    await drop(3)
    expect(await store.list('')).toEqual([])
  })

  it('leaves a list alone in which it is not', async () => {
    await meet(known('a'))
    const before = await store.read([LIST, MARK])
    await drop(9)
    expect(await store.read([LIST, MARK])).toEqual(before)
  })

  it('leaves no mark of a list that is lost, if nothing else is known', async () => {
    await meet(known('a'))
    await put(LIST, undefined)
    await drop(1)
    expect(await store.list('')).toEqual([])
    await meet(known('a'))
    for (const name of [LIST, identityKeyOf(bob(1))]) await put(name, undefined)
    await drop(1)
    expect(await store.list('')).toEqual([])
  })

  it('leaves a damaged list, and with it the doubt', async () => {
    await meet(known('a'), known('b'))
    await put(LIST, DAMAGED)
    await drop(1)
    expect(new Set(await store.list(''))).toEqual(new Set([LIST, MARK, identityKeyOf(bob(2))]))
    expect(await recordOf(LIST)).toEqual(DAMAGED)
  })
})
