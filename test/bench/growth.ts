/**
 * Prints what a client's store holds after 10,000 strangers, a thousand groups and a year of rotations, by kind of record: `npm run growth`,
 * for a tenth of that `npm run growth -- 0.1`. Measures bytes, not time; `test/cases/growth-by-strangers.test.ts` asserts the bounds.
 */
import { randomUUID } from 'node:crypto'
import { Client, epochMillis, MemoryStore, type PreKeyBundle, utf8 } from '../../src/index.js'

const SCALE = Number(process.argv[2] ?? 1)
const STRANGERS = Math.round(10_000 * SCALE)
/** One in so many strangers sends the worst first message, 2,000 ahead: more of them than there is room for. */
const WORST_EVERY = 40
const GROUPS = Math.round(1_000 * SCALE)
const FRIENDS = 8
const DAY = 24 * 60 * 60 * 1000
const WEEKS = 52
const TEXT = utf8('x'.repeat(100))

let now = 1_767_225_600_000
const store = new MemoryStore()
const bob = await Client.create({ store, clock: () => epochMillis(now) })

async function report(title: string): Promise<void> {
  const kinds = new Map<string, { records: number; bytes: number }>()
  const names = await store.list('')
  for (const [name, { value }] of await store.read(names)) {
    const kind = name.split('/')[0] as string
    const { records, bytes } = kinds.get(kind) ?? { records: 0, bytes: 0 }
    kinds.set(kind, { records: records + 1, bytes: bytes + name.length + value.length })
  }
  const bytes = [...kinds.values()].reduce((sum, kind) => sum + kind.bytes, 0)
  console.log(`\n${title}: ${names.length.toLocaleString('en')} records, ${Math.round(bytes / 1000).toLocaleString('en')} kB`)
  for (const [kind, { records, bytes: length }] of [...kinds].sort(([, a], [, b]) => b.bytes - a.bytes)) {
    console.log(`  ${kind.padEnd(22)} ${String(records).padStart(8)} records ${String(Math.round(length / 1000)).padStart(8)} kB`)
  }
}

async function meet(bundle: PreKeyBundle, ahead: number): Promise<Client> {
  const client = await Client.create({ store: new MemoryStore() })
  await client.startSession(bundle)
  let envelope = await client.encrypt(bob.address, TEXT)
  for (let i = 0; i < ahead; i++) envelope = await client.encrypt(bob.address, TEXT)
  await bob.decrypt(envelope)
  return client
}

const { oneTimePreKeys: _, oneTimeKemPreKeys: __, ...upload } = await bob.generatePreKeys(0)
const bundle: PreKeyBundle = { ...upload, oneTimePreKey: undefined }
await report('A new account')

const friends: Client[] = []
for (let i = 0; i < FRIENDS; i++) {
  const friend = await meet(bundle, 0)
  await friend.decrypt(await bob.encrypt(friend.address, TEXT))
  friends.push(friend)
}
for (let i = 0; i < GROUPS; i++) {
  const friend = friends[i % FRIENDS] as Client
  const group = friend.group(randomUUID())
  const received = await bob.decrypt(await friend.encrypt(bob.address, await group.distribute()))
  if (received.kind !== 'message') throw new Error('no message')
  await bob.acceptSenderKey(received, received.plaintext)
  await bob.decrypt(await group.encrypt(TEXT))
}
await report(`${FRIENDS} friends and ${GROUPS.toLocaleString('en')} groups of theirs`)

for (let i = 0; i < STRANGERS; i++) {
  now += 1
  await meet(bundle, i % WORST_EVERY === 0 ? 2_000 : 0)
}
await report(`and ${STRANGERS.toLocaleString('en')} strangers, one in ${WORST_EVERY} with the worst first message`)

for (let week = 0; week < WEEKS; week++) {
  now += 7 * DAY
  await bob.published(await bob.rotatePreKeys())
  if (week === 4) await report('and five weeks of rotations')
}
await report('and a year of rotations')
