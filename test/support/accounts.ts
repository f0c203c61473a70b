/** Accounts with several devices, for tests: real clients, and the lists that they sign. */
import { expect } from 'vitest'
import { type Client, type ClientOptions, isBisikError, MemoryStore, type PreKeyBundle, utf8 } from '../../src/index.js'
import { bundleOf, newClient } from './parties.js'
import { snapshot } from './snapshot.js'

export const ALICE = '00000000-0000-4000-8000-00000000000a'
export const BOB = '00000000-0000-4000-8000-00000000000b'

export type Party = { readonly client: Client; readonly store: MemoryStore }

export async function party(user: string, device: number, options: Partial<ClientOptions> = {}): Promise<Party> {
  const store = new MemoryStore()
  return { store, client: await newClient({ store, address: { user, device }, ...options }) }
}

const failure = async (operation: () => Promise<unknown>): Promise<string> => {
  try {
    await operation()
    return 'ok'
  } catch (error) {
    if (!isBisikError(error)) return String(error)
    return isBisikError(error, 'device-list-refused') ? error.details.refusal : error.code
  }
}

/** It fails so, and the store is byte-identical. */
export async function refuses({ store }: Party, operation: () => Promise<unknown>): Promise<string> {
  const before = await snapshot(store)
  const code = await failure(operation)
  const after = await snapshot(store)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  expect(names.filter((name) => before[name] !== after[name])).toEqual([])
  return code
}

export const bundle = async ({ client }: Party): Promise<PreKeyBundle> => bundleOf(await client.generatePreKeys(1))

/** A first message, and the answer to it. */
export async function talk(from: Party, to: Party): Promise<void> {
  await from.client.startSession(await bundle(to))
  await to.client.decrypt(await from.client.encrypt(to.client.address, utf8('hi')))
  await from.client.decrypt(await to.client.encrypt(from.client.address, utf8('hi')))
}

export const textOf = async (to: Party, from: Party, text: string): Promise<string> => {
  const received = await to.client.decrypt(await from.client.encrypt(to.client.address, utf8(text)))
  return received.kind === 'message' ? new TextDecoder().decode(received.plaintext) : received.kind
}

/** A further device of the account, on the list that its own devices hold. */
export async function withDevice(admin: Party, user: string, device: number, { isAdmin = false, options = {} } = {}): Promise<Party> {
  const added = await party(user, device, options)
  const offer = await added.client.devices.offer(await listOf(admin))
  const next = await admin.client.devices.add(offer, { admin: isAdmin })
  await admin.client.devices.accept(next)
  const accountKey = isAdmin ? { accountKey: await admin.client.devices.exportAccountKey() } : {}
  await added.client.devices.accept(next, accountKey)
  return added
}

export async function listOf({ client }: Party): Promise<Uint8Array> {
  const [list] = (await client.devices.list())?.lists ?? []
  if (list === undefined) throw new Error('no list')
  return list
}
export const numbersOf = async ({ client }: Party, user?: string) => (await client.devices.list(user))?.devices.map(({ device }) => device)

/** Alice with a phone and a laptop, and bob who holds her list. */
export async function alice(options: Partial<ClientOptions> = {}) {
  const [phone, bob] = [await party(ALICE, 1, options), await party(BOB, 1, options)]
  await talk(phone, bob)
  await phone.client.devices.create()
  const laptop = await withDevice(phone, ALICE, 2, { options })
  await bob.client.devices.accept(await listOf(phone))
  return { phone, laptop, bob }
}

/** As {@link alice}, after a move, so that the laptop is an admin too. */
export async function twoAdmins() {
  const [phone, bob] = [await party(ALICE, 1), await party(BOB, 1)]
  await talk(phone, bob)
  await phone.client.devices.create()
  await bob.client.devices.accept(await listOf(phone))
  const moved = await phone.client.devices.move()
  for (const { client } of [phone, bob]) await client.devices.accept(moved.list, { move: moved.move })
  const laptop = await withDevice(phone, ALICE, 2, { isAdmin: true })
  await bob.client.devices.accept(await listOf(phone))
  return { phone, laptop, bob }
}
