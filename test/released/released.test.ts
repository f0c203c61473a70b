import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  Client,
  epochMillis,
  fromUtf8,
  type KeyStore,
  MemoryStore,
  type PreKeyUpload,
  parseEnvelope,
  parsePreKeyBundle,
  parsePreKeyUpload,
  serializePreKeyBundle,
  serializePreKeyUpload,
  utf8,
} from '../../src/index.js'
import { Relay } from '../../src/relay/index.js'
import { parseSenderCertificate } from '../../src/wire/index.js'
import { bundleOf } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { sqliteFiles } from '../support/sqlite-file.js'

/** What a release left behind: see `write.ts`. Bytes are in base64. */
interface Released {
  readonly writtenBy: string
  readonly now: number
  readonly trustRoot: string
  readonly group: string
  readonly stores: { readonly [Party in 'alice' | 'bob' | 'relay']: Readonly<Record<string, string>> }
  readonly underWay: readonly { name: string; envelope: string; opens: 'decrypt' | 'decryptContent'; text: string }[]
  readonly replayed: string
  readonly request: string
  readonly bobsToken: string
  readonly wire: { readonly bundle: string; readonly upload: string; readonly certificate: string }
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const releases = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory())
/** Contents that the list beside them dropped, kept keys of a chain that is dropped, the owner of a signing key that is given up. */
const DELETED_UNREAD = ['outbox', 'skipped', 'pq-skipped', 'sender-skipped', 'signing-key', 'sender-keys']
const files = sqliteFiles()
const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
const ALICE = { user: 'aaaaaaaa-1111-4111-8111-111111111111', device: 1 }
const BOB = { user: 'bbbbbbbb-2222-4222-8222-222222222222', device: 1 }
const DAVE = { user: 'dddddddd-4444-4444-8444-444444444444', device: 1 }
const DAY = 24 * 60 * 60 * 1000
const CAROL = { user: 'carol', device: 3 }
const OWN_GROUP = '0d7f3a52-6a43-4b52-8f1b-6a3b8f4f2c22'

async function storeOf(records: Readonly<Record<string, string>>): Promise<MemoryStore> {
  const store = new MemoryStore()
  const put = new Map(Object.entries(records).map(([key, value]) => [key, bytes(value)]))
  await store.commit({ expect: new Map(), put, delete: new Set() })
  return store
}

function open(store: KeyStore, { now, trustRoot }: Released): Promise<Client> {
  return Client.open({ store, clock: () => epochMillis(now), trustRoots: [bytes(trustRoot)], allow: ['pqxdh', 'x3dh'] })
}

async function textOf(client: Client, { envelope, opens }: Released['underWay'][number]): Promise<string | undefined> {
  const copy = parseEnvelope(bytes(envelope))
  if (opens === 'decrypt') {
    const received = await client.decrypt(copy)
    return received.kind === 'retry-request' ? received.kind : fromUtf8(received.plaintext)
  }
  const incoming = await client.decryptContent(copy)
  if (incoming.kind === 'content' && incoming.senderKeyError !== undefined) throw incoming.senderKeyError
  return incoming.kind === 'content' && incoming.application !== undefined ? fromUtf8(incoming.application) : incoming.kind
}

describe.each(releases.map(({ name }) => name))('what %s left behind', (name) => {
  const released = JSON.parse(gunzipSync(readFileSync(join(FOLDER, name, 'released.json.gz'))).toString()) as Released
  const backends = {
    'a memory store': () => storeOf(released.stores.bob),
    'its SQLite file': async () => {
      const copy = files.next()
      copyFileSync(join(FOLDER, name, 'bob.sqlite'), copy)
      return files.open(copy)
    },
  }

  it.each(Object.entries(backends))('every message that was under way opens once from %s, in either order', async (_, make) => {
    for (const messages of [released.underWay, [...released.underWay].reverse()]) {
      const bob = await open(await make(), released)
      for (const message of messages) expect(await textOf(bob, message), message.name).toBe(message.text)
      for (const message of messages) {
        await expect(textOf(bob, message), message.name).rejects.toMatchObject({
          code: expect.stringMatching(/^(duplicate-message|replayed-base-key)$/),
        })
      }
      await expect(bob.decrypt(parseEnvelope(bytes(released.replayed)))).rejects.toMatchObject({
        code: expect.stringMatching(/^(duplicate-message|replayed-base-key)$/),
      })
    }
  })

  it('conversations, groups, trust and what was kept to be sent again go on', async () => {
    const [alice, bob] = [
      await open(await storeOf(released.stores.alice), released),
      await open(await storeOf(released.stores.bob), released),
    ]
    // In order, so that alice's counters are behind bob.
    for (const message of released.underWay) await textOf(bob, message)
    for (let turn = 0; turn < 5; turn++) {
      const there = await bob.decryptContent(await alice.encryptContent(BOB, { application: utf8(`there ${turn}`) }))
      expect(there).toMatchObject({ kind: 'content', application: utf8(`there ${turn}`) })
      const back = await alice.decryptContent(await bob.encryptContent(ALICE, { application: utf8(`back ${turn}`) }))
      expect(back).toMatchObject({ kind: 'content', application: utf8(`back ${turn}`) })
    }
    expect(await bob.trustLevel(CAROL)).toBe('verified')
    const own = await bob.group(OWN_GROUP).encrypt(utf8('with the key that alice has'))
    expect(await alice.decrypt(own)).toMatchObject({ plaintext: utf8('with the key that alice has') })
    const theirs = await alice.group(released.group).encrypt(utf8('and back'))
    expect(await bob.decrypt(theirs)).toMatchObject({ plaintext: utf8('and back') })
    const request = await bob.decryptContent(parseEnvelope(bytes(released.request)))
    if (request.kind !== 'retry-request') throw new Error(`the request came as ${request.kind}`)
    const { envelopes } = await bob.answerRetry(request, async () => bundleOf(await alice.generatePreKeys(1)))
    const texts = []
    for (const envelope of envelopes) {
      const incoming = await alice.decryptContent(envelope)
      if (incoming.kind === 'content' && incoming.application !== undefined) texts.push(fromUtf8(incoming.application))
    }
    expect(texts).toContain('to be sent again')
  })

  it('all prekeys must be published, for nobody knows what the relay has: until that is confirmed', async () => {
    const store = await storeOf(released.stores.bob)
    const bob = await open(store, released)
    const { oneTime, oneTimeKem } = await bob.countPreKeys()
    const upload = await bob.publication()
    expect([upload?.oneTimePreKeys.length, upload?.oneTimeKemPreKeys.length]).toEqual([oneTime, oneTimeKem])
    expect(oneTime * oneTimeKem).toBeGreaterThan(0)
    expect(await (await open(store, released)).publication()).toEqual(upload)
    const relay = new Relay({ store: await storeOf(released.stores.relay), clock: () => epochMillis(released.now) })
    const account = await relay.authenticate(bytes(released.bobsToken))
    const before = await relay.preKeyCounts(account)
    // What it has it takes as a repetition.
    expect(await relay.publish(account, upload as PreKeyUpload)).toEqual(before)
    await bob.published(upload as PreKeyUpload)
    expect(await bob.publication()).toBeUndefined()
  })

  it('whom nobody answered is a stranger, who goes after 60 days; whoever was answered stays', async () => {
    const store = await storeOf(released.stores.bob)
    let now = released.now
    const bob = await Client.open({ store, clock: () => epochMillis(now), allow: ['pqxdh', 'x3dh'] })
    expect((await store.list('unanswered/')).map((name) => name.split('/').slice(1))).toEqual([[DAVE.user, '1', `${now}`]])
    for (const wait of [61 * DAY, DAY]) {
      now += wait
      await bob.rotatePreKeys()
    }
    const known = await bob.knownDevices()
    expect(known.map(({ address }) => address)).toEqual([ALICE, CAROL])
    expect((await store.list('')).filter((name) => name.includes(DAVE.user))).toEqual([])
  })

  it("the relay's accounts, prekeys and mail are there", async () => {
    const relay = new Relay({ store: await storeOf(released.stores.relay), clock: () => epochMillis(released.now) })
    const account = await relay.authenticate(bytes(released.bobsToken))
    const bob = await open(await storeOf(released.stores.bob), released)
    for (const message of released.underWay) await textOf(bob, message)
    const texts = []
    for (const { envelope } of await relay.messages(account)) {
      const incoming = await bob.decryptContent(envelope)
      if (incoming.kind === 'content' && incoming.application !== undefined) texts.push(fromUtf8(incoming.application))
    }
    expect(texts).toEqual(['in the mailbox'])
    expect(await relay.fetchBundle(account, ALICE)).toMatchObject({ address: ALICE, oneTimePreKey: { id: expect.any(Number) } })
  })

  it('its bundles, uploads and certificates are read', async () => {
    const { bundle, upload, certificate } = released.wire
    expect(serializePreKeyBundle(parsePreKeyBundle(bytes(bundle)))).toEqual(bytes(bundle))
    expect(serializePreKeyUpload(parsePreKeyUpload(bytes(upload)))).toEqual(bytes(upload))
    expect(parseSenderCertificate(bytes(certificate)).sender).toMatchObject(ALICE)
  })

  it('a record of a format to come stays as it is, and what needs it says to update', async () => {
    const names = Object.keys(released.stores.bob).filter((key) => bytes(released.stores.bob[key] as string).length > 0)
    const seen = new Set<string>()
    for (const key of names) {
      const kind = key.split('/')[0] as string
      const record = bytes(released.stores.bob[key] as string)
      // The number of the format comes first: as a field of protobuf, or as a byte by itself where keys stand in rows.
      const at = record[0] === 0x08 ? 1 : 0
      expect(record[at], key).toBe(1)
      record[at] = 99
      const store = await storeOf({ ...released.stores.bob, [key]: Buffer.from(record).toString('base64') })
      const codes: unknown[] = []
      const attempt = async (run: () => Promise<unknown>): Promise<void> => {
        await run().catch((error: unknown) => codes.push((error as { code?: unknown }).code))
      }
      await attempt(async () => {
        const bob = await open(store, released)
        for (const message of released.underWay) await attempt(() => textOf(bob, message))
        await attempt(async () => bob.startSession(parsePreKeyBundle(bytes(released.wire.bundle))))
        await attempt(() => bob.encryptContent(ALICE, { application: utf8('x') }))
        await attempt(() => bob.group(OWN_GROUP).encrypt(utf8('x')))
        await attempt(() => bob.decryptContent(parseEnvelope(bytes(released.request))))
        await attempt(() => bob.generatePreKeys(1))
        await attempt(() => bob.rotatePreKeys())
      })
      if (codes.includes('record-too-new')) seen.add(kind)
      const after = (await snapshot(store))[key]
      // What nothing refers to any more may be deleted unread; nothing is ever written over.
      if (after === undefined) expect(DELETED_UNREAD, key).toContain(kind)
      else expect(after, `${key} after ${codes.join(', ')}`).toBe(Buffer.from(record).toString('hex'))
    }
    expect([...seen].sort()).toEqual([...new Set(names.map((key) => key.split('/')[0]))].sort())
  })
})
