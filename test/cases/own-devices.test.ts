/**
 * Row 40, above the core: a user's devices are those that the user's own list names. A listed device is believed without asking, an unlisted
 * one is refused, whoever delivers it; safety numbers and trust are of account keys; a removed admin's word is worth nothing.
 */
import { describe, expect, it } from 'vitest'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { exposeSecret } from '../../src/crypto/secret.js'
import { systemRandom } from '../../src/env.js'
import { Client, MemoryStore, utf8 } from '../../src/index.js'
import { exportIdentity, exportSessions, importSessions, parseIdentity } from '../../src/migration/libsignal.js'
import { hashOfList } from '../../src/protocol/identity/device-list.js'
import { encodeDeviceList, parseDeviceList, serializeDeviceList } from '../../src/wire/device-list.js'
import { ALICE, alice, BOB, bundle, listOf, numbersOf, party, refuses, talk, textOf, twoAdmins, withDevice } from '../support/accounts.js'
import { fakeClock } from '../support/parties.js'

describe('an account begins with the device that there is', () => {
  it('no safety number changes, on either side, and whoever creates it again gets the same', async () => {
    const [phone, bob] = [await party(ALICE, 1), await party(BOB, 1)]
    await talk(phone, bob)
    const numbers = async () => [
      (await phone.client.fingerprint(bob.client.address)).displayable,
      (await bob.client.fingerprint(phone.client.address)).displayable,
    ]
    const before = await numbers()
    const lists = await Promise.all([phone.client.devices.create(), phone.client.devices.create()])
    expect(lists[0]).toEqual(lists[1])
    await bob.client.devices.create()
    await bob.client.devices.accept(lists[0])
    await phone.client.devices.accept(await listOf(bob))
    expect(await numbers()).toEqual(before)
    expect(before[0]).toBe(before[1])
    expect(await textOf(bob, phone, 'as before')).toBe('as before')
  })

  it('a further device is believed by the list alone, both ways, and has the same safety number', async () => {
    const { phone, laptop, bob } = await alice({ trustPolicy: 'first-use' })
    expect(laptop.client.identityKey).not.toEqual(phone.client.identityKey)
    await talk(laptop, bob)
    expect(await textOf(laptop, bob, 'to the laptop')).toBe('to the laptop')
    const [one, two] = [await bob.client.fingerprint(phone.client.address), await bob.client.fingerprint(laptop.client.address)]
    expect(one.displayable).toBe(two.displayable)
    expect((await laptop.client.fingerprint(bob.client.address)).displayable).toBe(one.displayable)
  })

  it('trust is of the account key: what is verified once holds for devices that come later, and is taken back for all', async () => {
    const { phone, laptop, bob } = await alice()
    const { displayable } = await phone.client.fingerprint(bob.client.address)
    expect(await bob.client.verify(phone.client.address, displayable)).toBe(true)
    expect(await bob.client.trustLevel(laptop.client.address)).toBe('verified')
    const tablet = await withDevice(phone, ALICE, 3)
    await bob.client.devices.accept(await listOf(phone))
    await talk(tablet, bob)
    expect(await bob.client.trustLevel(tablet.client.address)).toBe('verified')
    expect((await bob.client.devices.list(ALICE))?.level).toBe('verified')
    await bob.client.unverify(tablet.client.address)
    for (const { client } of [phone, laptop, tablet]) expect(await bob.client.trustLevel(client.address)).toBe('accepted')
  })
})

describe('device-not-listed', () => {
  it('a device that the list does not name is neither heard nor sent to, also under the very account key', async () => {
    const { phone, bob } = await alice()
    const forged = await party(ALICE, 9)
    expect(await refuses(bob, () => bob.client.encrypt({ user: ALICE, device: 9 }, utf8('x')))).toBe('no-session')
    const offered = await bundle(forged)
    expect(await refuses(bob, () => bob.client.startSession(offered))).toBe('device-not-listed')
    await forged.client.startSession(await bundle(bob))
    const first = await forged.client.encrypt(bob.client.address, utf8('it is me'))
    expect(await refuses(bob, () => bob.client.decrypt(first))).toBe('device-not-listed')
    expect(await refuses(bob, () => bob.client.acceptIdentity(forged.client.address, forged.client.identityKey, 'verified'))).toBe(
      'device-not-listed',
    )
    // The same key under another number is another device.
    const twin = { ...(await bundle(phone)), address: { user: ALICE, device: 7 } }
    expect(await refuses(bob, () => bob.client.startSession(twin))).toBe('device-not-listed')
  })

  it('a listed device under another key is not the one, and the error tells the key that the list has', async () => {
    const { laptop, bob } = await alice()
    const other = await party(ALICE, 2)
    await other.client.startSession(await bundle(bob))
    const first = await other.client.encrypt(bob.client.address, utf8('reinstalled'))
    await expect(bob.client.decrypt(first)).rejects.toMatchObject({
      code: 'device-not-listed',
      details: { user: ALICE, device: 2, presented: other.client.identityKey, listed: laptop.client.identityKey },
    })
  })

  it('holds only for users whose list is held', async () => {
    const [bob, carol, other] = [await party(BOB, 1), await party(ALICE, 1), await party(ALICE, 2)]
    await talk(carol, bob)
    await other.client.startSession(await bundle(bob))
    const first = await other.client.encrypt(bob.client.address, utf8('x'))
    expect(await refuses(bob, () => bob.client.decrypt(first))).toBe('untrusted-identity')
  })

  it('a removed device is neither heard nor sent to, on the session that it had; its sender key opens nothing', async () => {
    const { phone, laptop, bob } = await alice()
    await talk(laptop, bob)
    const group = laptop.client.group('00000000-0000-4000-8000-0000000000aa')
    const key = await bob.client.decrypt(await laptop.client.encrypt(bob.client.address, await group.distribute()))
    if (key.kind !== 'message') throw new Error('no message')
    await bob.client.acceptSenderKey(key, key.plaintext)
    const [late, toGroup] = [await laptop.client.encrypt(bob.client.address, utf8('late')), await group.encrypt(utf8('late'))]
    const next = await phone.client.devices.remove(2)
    expect(await bob.client.devices.accept(next)).toMatchObject({ user: ALICE, added: [], removed: [2], refusal: undefined })
    expect(await refuses(bob, () => bob.client.decrypt(late))).toBe('device-not-listed')
    expect(await refuses(bob, () => bob.client.decrypt(toGroup))).toBe('device-not-listed')
    expect(await refuses(bob, () => bob.client.encrypt(laptop.client.address, utf8('x')))).toBe('device-not-listed')
    expect(await bob.client.session(laptop.client.address)).toMatchObject({ maySend: false })
    expect(await bob.client.trustLevel(laptop.client.address)).toBeUndefined()
    expect(await textOf(bob, phone, 'still here')).toBe('still here')
  })

  it('a removed device stops by itself, once it knows', async () => {
    const { phone, laptop } = await alice()
    const next = await phone.client.devices.remove(2)
    await laptop.client.devices.accept(next)
    expect(await refuses(laptop, () => laptop.client.devices.encryptToUser(BOB, utf8('x')))).toBe('device-not-listed')
  })

  it('sessions that move in from libsignal make no device believed that the list does not name', async () => {
    const { bob, phone } = await alice()
    const [forged, other] = [await party(ALICE, 9), await party(BOB, 1)]
    await talk(forged, other)
    const { identityKeyPair } = exportIdentity(other.client)
    const store = new MemoryStore()
    const client = await Client.create({ store, address: bob.client.address }, parseIdentity(identityKeyPair, 7))
    await client.devices.accept(await listOf(phone))
    await importSessions(client, forged.client.address, await exportSessions(other.client, forged.client.address))
    expect(await refuses({ store, client }, () => client.encrypt(forged.client.address, utf8('x')))).toBe('device-not-listed')
  })

  it('forgetting the user forgets the list', async () => {
    const { bob } = await alice()
    await bob.client.forget({ user: ALICE })
    expect(await bob.client.devices.list(ALICE)).toBeUndefined()
    expect((await bob.client.knownDevices()).filter(({ address }) => address.user === ALICE)).toEqual([])
  })
})

describe('a list that is not believed changes nothing', () => {
  it('one that the relay altered, or that is no list', async () => {
    const { phone, bob } = await alice()
    const next = await phone.client.devices.remove(2)
    for (let bit = 0; bit < next.length * 8; bit += 97) {
      const altered = Uint8Array.from(next)
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(await refuses(bob, () => bob.client.devices.accept(altered))).not.toBe('ok')
    }
  })

  it('signer-not-admin: what a removed admin signs, though it has the account key', async () => {
    const { phone, laptop, bob } = await twoAdmins()
    const next = await phone.client.devices.remove(2)
    await bob.client.devices.accept(next)
    const revenge = await laptop.client.devices.remove(1)
    expect(await refuses(bob, () => bob.client.devices.accept(revenge))).toBe('signer-not-admin')
    expect(await numbersOf(bob, ALICE)).toEqual([1])
  })

  it('signer-not-admin: a device that is no admin signs nothing', async () => {
    const { laptop } = await alice()
    for (const sign of ['stamp', 'join', 'move', 'exportAccountKey'] as const) {
      expect(await refuses(laptop, () => laptop.client.devices[sign]())).toBe('signer-not-admin')
    }
  })

  it('list-rolled-back: an older list, and list-gap: one of which the versions between are missing', async () => {
    const { phone, bob } = await alice()
    const second = await listOf(phone)
    const third = await phone.client.devices.remove(2)
    await phone.client.devices.accept(third)
    await withDevice(phone, ALICE, 3)
    const fourth = await listOf(phone)
    // What it takes away counts at once; what it gives waits for the version between.
    expect(await bob.client.devices.accept(fourth)).toMatchObject({ refusal: 'list-gap', removed: [2], added: [] })
    expect(await numbersOf(bob, ALICE)).toEqual([1])
    expect(await bob.client.devices.accept(third)).toMatchObject({ refusal: undefined, added: [3] })
    expect(await numbersOf(bob, ALICE)).toEqual([1, 3])
    expect(await refuses(bob, () => bob.client.devices.accept(second))).toBe('list-rolled-back')
    expect(await bob.client.devices.accept(fourth)).toMatchObject({ added: [], removed: [], refusal: undefined })
  })

  it('device-id-reused and no-consent: refused before anything is signed', async () => {
    const { phone } = await alice()
    const [list, third] = [await listOf(phone), await party(ALICE, 3)]
    const offer = await third.client.devices.offer(list)
    const { devices } = phone.client
    expect(await refuses(phone, () => devices.add({ ...offer, device: 2 }))).toBe('device-id-reused')
    expect(await refuses(phone, () => devices.add({ ...offer, device: 4 }))).toBe('no-consent')
    expect(await refuses(phone, () => devices.add({ ...offer, identityKey: phone.client.identityKey }))).toBe('device-id-reused')
    expect(await refuses(phone, () => devices.add({ ...offer, user: BOB }))).toBe('list-wrong-account')
    await phone.client.devices.accept(await devices.remove(2))
    expect(await refuses(phone, () => devices.add({ ...offer, device: 2 }))).toBe('device-id-reused')
    expect(await refuses(phone, () => devices.remove(1))).toBe('signer-not-admin')
    expect(await refuses(phone, () => devices.remove(5))).toBe('invalid-argument')
  })

  it('at most 16 devices', async () => {
    const { phone } = await alice()
    for (let device = 3; device <= 16; device++) await withDevice(phone, ALICE, device)
    expect((await numbersOf(phone))?.length).toBe(16)
    const offer = await (await party(ALICE, 17)).client.devices.offer(await listOf(phone))
    expect(await refuses(phone, () => phone.client.devices.add(offer))).toBe('invalid-argument')
  })
})

describe('whose account key', () => {
  it('is asked of the user if it is none that the user is known by, and taken with the word of the user', async () => {
    const [phone, impostor, bob] = [await party(ALICE, 1), await party(ALICE, 1), await party(BOB, 1)]
    await talk(phone, bob)
    const forged = await impostor.client.devices.create()
    await expect(bob.client.devices.accept(forged)).rejects.toMatchObject({
      code: 'untrusted-identity',
      details: { presented: impostor.client.identityKey, known: phone.client.identityKey, knownDevice: 1 },
    })
    expect(await refuses(bob, () => bob.client.devices.accept(forged))).toBe('untrusted-identity')
    await bob.client.devices.accept(forged, { trust: 'accepted' })
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ level: 'accepted', accountKey: impostor.client.identityKey })
    expect(await refuses(bob, () => bob.client.encrypt(phone.client.address, utf8('x')))).toBe('no-session')
  })

  it('of another account than the one that is held is refused, until the user says so', async () => {
    const { phone, bob } = await alice()
    const fresh = await party(ALICE, 1)
    const list = await fresh.client.devices.create()
    expect(await refuses(bob, () => bob.client.devices.accept(list))).toBe('list-wrong-account')
    await bob.client.devices.accept(list, { trust: 'accepted' })
    await talk(fresh, bob)
    const late = await phone.client.encrypt(bob.client.address, utf8('x'))
    expect(await refuses(bob, () => bob.client.decrypt(late))).toBe('device-not-listed')
  })

  it('verified-only: no list at first contact, but by the word of the user', async () => {
    const [phone, bob] = [await party(ALICE, 1), await party(BOB, 1, { trustPolicy: 'verified-only' })]
    const list = await phone.client.devices.create()
    expect(await refuses(bob, () => bob.client.devices.accept(list))).toBe('untrusted-identity')
    await bob.client.devices.accept(list, { trust: 'verified' })
    await bob.client.startSession(await bundle(phone))
    expect(await textOf(phone, bob, 'verified')).toBe('verified')
  })

  it('of one account is never taken from whoever hands over a list: the own one is shown, by offer', async () => {
    const [phone, thief, laptop] = [await party(ALICE, 1), await party(ALICE, 1), await party(ALICE, 2)]
    await phone.client.devices.create()
    const forged = await thief.client.devices.create()
    expect(await refuses(laptop, () => laptop.client.devices.accept(forged))).toBe('list-wrong-account')
    await laptop.client.devices.offer(await listOf(phone))
    expect(await refuses(laptop, () => laptop.client.devices.offer(forged))).toBe('list-wrong-account')
    expect(await refuses(laptop, () => laptop.client.devices.accept(forged))).toBe('list-wrong-account')
  })
})

describe('an account moves', () => {
  it('to another key, away from a stolen admin: contacts go on, the thief is out, what was verified is so no more', async () => {
    const { phone, laptop, bob } = await twoAdmins()
    await talk(laptop, bob)
    const { displayable } = await phone.client.fingerprint(bob.client.address)
    await bob.client.verify(phone.client.address, displayable)
    const { list, move } = await phone.client.devices.move({ stolen: 2 })
    for (const { client } of [phone, bob]) await client.devices.accept(list, { move })
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ level: 'accepted', isContested: false })
    expect(await numbersOf(bob, ALICE)).toEqual([1])
    expect(await textOf(bob, phone, 'from the phone')).toBe('from the phone')
    expect((await bob.client.fingerprint(phone.client.address)).displayable).not.toBe(displayable)
    const stolen = await laptop.client.devices.move({ stolen: 1 })
    const { refusal } = await bob.client.devices.accept(stolen.list, { move: stolen.move })
    // Both had the key: until the user or a recovery key decides, nothing is sent.
    expect(refusal).toBe('moved-twice')
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ devices: [], isContested: true })
    expect(await refuses(bob, () => bob.client.encrypt(phone.client.address, utf8('x')))).toBe('device-not-listed')
  })

  it('twice: the user decides by the list that is believed, and the other one is out', async () => {
    const { phone, laptop, bob } = await twoAdmins()
    const [good, bad] = [await phone.client.devices.move({ stolen: 2 }), await laptop.client.devices.move({ stolen: 1 })]
    for (const { list, move } of [bad, good]) await bob.client.devices.accept(list, { move })
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ isContested: true })
    // A list that names the right account key, and was altered on its way, decides nothing.
    const whole = parseDeviceList(good.list)
    const altered = serializeDeviceList({
      ...whole,
      signed: encodeDeviceList({ ...whole, version: whole.version + 1, previous: [hashOfList(whole)] }),
    })
    expect(await refuses(bob, () => bob.client.devices.accept(altered, { trust: 'accepted' }))).toBe('list-unsigned')
    expect(await bob.client.devices.accept(good.list, { trust: 'accepted' })).toMatchObject({ added: [1], removed: [] })
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ isContested: false, devices: [{ device: 1 }] })
    await phone.client.devices.accept(good.list, { move: good.move })
    expect(await textOf(bob, phone, 'it is me')).toBe('it is me')
    await bob.client.devices.accept(bad.list, { trust: 'accepted' })
    expect(await numbersOf(bob, ALICE)).toEqual([2])
  })

  it('by the recovery key, which outranks a thief who moved it first, also with a device that is no admin', async () => {
    const recovery = generateKeyPair(systemRandom)
    const secret = exposeSecret(recovery.privateKey)
    const [phone, bob] = [await party(ALICE, 1), await party(BOB, 1)]
    await talk(phone, bob)
    await phone.client.devices.create({ recoveryKey: recovery.publicKey })
    const tablet = await withDevice(phone, ALICE, 2)
    await bob.client.devices.accept(await listOf(phone))
    await talk(tablet, bob)
    const thief = await phone.client.devices.move({ stolen: 2 })
    await bob.client.devices.accept(thief.list, { move: thief.move })
    expect(await numbersOf(bob, ALICE)).toEqual([1])
    expect(await refuses(tablet, () => tablet.client.devices.recover(new Uint8Array(32).fill(7), { stolen: [1] }))).toBe('list-unsigned')
    expect(await refuses(tablet, () => tablet.client.devices.recover(secret, { stolen: [2] }))).toBe('signer-not-admin')
    const { list, move } = await tablet.client.devices.recover(secret, { stolen: [1] })
    for (const { client } of [tablet, bob]) await client.devices.accept(list, { move })
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ isContested: false, devices: [{ device: 2, admin: true }] })
    expect(await textOf(bob, tablet, 'back again')).toBe('back again')
    expect(await refuses(bob, () => bob.client.devices.accept(thief.list, { move: thief.move }))).toBe('list-rolled-back')
    // It signs from here on.
    await tablet.client.devices.accept(await tablet.client.devices.join())
  })

  it('before there is a second admin: the account key of a device nobody else gets', async () => {
    const { phone } = await alice()
    const offer = await (await party(ALICE, 3)).client.devices.offer(await listOf(phone))
    expect(await refuses(phone, () => phone.client.devices.add(offer, { admin: true }))).toBe('account-key-is-device-key')
    expect(await refuses(phone, () => phone.client.devices.exportAccountKey())).toBe('account-key-is-device-key')
  })

  it('the key of another account is not kept', async () => {
    const { laptop, phone } = await alice()
    const next = await phone.client.devices.remove(2)
    expect(await refuses(laptop, () => laptop.client.devices.accept(next, { accountKey: new Uint8Array(32).fill(7) }))).toBe(
      'invalid-argument',
    )
  })
})

describe('two admins', () => {
  it('who sign at the same time fork: what both name counts, and one joins the branches', async () => {
    const { phone, laptop, bob } = await twoAdmins()
    const [third, fourth] = [await party(ALICE, 3), await party(ALICE, 4)]
    const list = await listOf(phone)
    const [one, two] = [
      await phone.client.devices.add(await third.client.devices.offer(list)),
      await laptop.client.devices.add(await fourth.client.devices.offer(list)),
    ]
    for (const { client } of [phone, laptop, third, bob]) for (const branch of [one, two]) await client.devices.accept(branch)
    expect(await bob.client.devices.list(ALICE)).toMatchObject({ isForked: true, devices: [{ device: 1 }, { device: 2 }] })
    const joined = await phone.client.devices.join()
    for (const { client } of [bob, laptop, third]) await client.devices.accept(joined)
    expect(await numbersOf(bob, ALICE)).toEqual([1, 2, 3, 4])
    expect(await numbersOf(third)).toEqual([1, 2, 3, 4])
    expect(parseDeviceList(joined).previous.length).toBe(2)
  })
})

describe('a list grows stale', () => {
  it('unless an admin stamps it', async () => {
    const clock = fakeClock()
    const { phone, bob } = await alice({ clock })
    clock.advance(36 * 86_400_000)
    expect((await bob.client.devices.list(ALICE))?.isStale).toBe(true)
    const stamp = await phone.client.devices.stamp()
    await bob.client.devices.acceptStamp(ALICE, stamp)
    expect((await bob.client.devices.list(ALICE))?.isStale).toBe(false)
    const altered = Uint8Array.from(stamp).fill(0, -4)
    expect(await refuses(bob, () => bob.client.devices.acceptStamp(ALICE, altered))).toBe('list-unsigned')
    expect(await refuses(bob, () => bob.client.devices.acceptStamp(BOB, stamp))).toBe('no-device-list')
  })
})

describe('names of own devices', () => {
  it('stay here, and go with the device', async () => {
    const { phone, laptop } = await alice()
    await phone.client.devices.rename(2, 'laptop')
    expect((await phone.client.devices.list())?.devices.map(({ name }) => name)).toEqual([undefined, 'laptop'])
    expect((await laptop.client.devices.list())?.devices.map(({ name }) => name)).toEqual([undefined, undefined])
    expect(await refuses(phone, () => phone.client.devices.rename(9, 'x'))).toBe('invalid-argument')
    expect(await refuses(phone, () => phone.client.devices.rename(2, 'x'.repeat(65)))).toBe('invalid-argument')
    await phone.client.devices.accept(await phone.client.devices.remove(2))
    expect(await refuses(phone, () => phone.client.devices.rename(2, 'gone'))).toBe('invalid-argument')
  })
})
