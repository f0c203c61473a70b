/** What a repair makes of a device's records: lost lists are made anew of what is there, what belongs to no session goes, all else stays. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contextOf } from '../../../src/client/frame/context.js'
import { repairSessions } from '../../../src/client/state/repair.js'
import { Secret } from '../../../src/crypto/secret.js'
import { Client, type Envelope, MemoryStore, utf8 } from '../../../src/index.js'
import { MAX_SKIPPED_KEYS } from '../../../src/protocol/limits.js'
import { decodeSkippedIndex, encodeSkippedSegment, SEGMENT_LENGTH } from '../../../src/records/skipped-keys-record.js'
import { checkAddress } from '../../../src/wire/address.js'
import { bundleOf, newClient } from '../../support/parties.js'
import { noted } from '../store/steps.js'

type Records = Map<string, Uint8Array>

const TEXT = utf8('x')
const BOB = { user: 'bob', device: 1 }
const DAMAGED = Uint8Array.of(0)

let whole: Records
let store: MemoryStore
let alice: Client

async function recordsOf(of: MemoryStore): Promise<Records> {
  const records = await of.read([...(await of.list(''))].sort())
  return new Map([...records].map(([name, { value }]) => [name, value.slice()]))
}

/** Alice, who opened 34 messages of bob's on a session and one on the next, and kept the keys of 20 others on each. */
beforeAll(async () => {
  const before = new MemoryStore()
  const [sender, bob] = [await newClient({ store: before, address: { user: 'alice', device: 1 } }), await newClient({ address: BOB })]
  const upload = await bob.generatePreKeys(2)
  for (const [index, read] of [34, 1].entries()) {
    await sender.startSession(bundleOf(upload, { index }))
    await bob.decrypt(await sender.encrypt(BOB, TEXT))
    for (let i = 0; i < 20; i++) await bob.encrypt(sender.address, TEXT)
    const sent: Envelope[] = []
    for (let i = 0; i < read; i++) sent.push(await bob.encrypt(sender.address, TEXT))
    for (const envelope of sent) await sender.decrypt(envelope)
  }
  whole = await recordsOf(before)
})

beforeEach(async () => {
  store = new MemoryStore()
  await put(whole)
  alice = await Client.open({ store })
})

const put = (records: Iterable<readonly [string, Uint8Array]>) => {
  const copies = [...records].map(([name, value]) => [name, value.slice()] as const)
  return store.commit({ expect: new Map(), put: new Map(copies), delete: new Set() })
}
const drop = (...names: readonly string[]) => store.commit({ expect: new Map(), put: new Map(), delete: new Set(names) })
const repair = (device = 1) => repairSessions(contextOf(alice), checkAddress({ ...BOB, device }))
const namesOf = (kind: string): string[] => [...whole.keys()].filter((name) => name.startsWith(`${kind}/bob/1/`))
const indexOf = async (name: string) => {
  const record = (await store.read([name])).get(name)
  return record && [...decodeSkippedIndex(record.value)]
}
const without = (...names: readonly string[]) => new Map([...whole].filter(([name]) => !names.includes(name)))
/** The names of a chain's segments, by the name of its index. */
const segmentsOf = (index: string): string[] =>
  namesOf('skipped').filter((name) => name.startsWith(index.replace('skipped-index', 'skipped')))

/** A segment of so many keys. */
const segment = (count: number): Uint8Array =>
  encodeSkippedSegment(new Map(Array.from({ length: count }, (_, place) => [place, Secret.own<'MessageSeed'>(new Uint8Array(32))])))

describe('what is whole', () => {
  it('stays as it is, of the current session and of the archived one', async () => {
    for (const kind of ['archived', 'skipped-index', 'skipped', 'pq-skipped', 'opened']) expect(namesOf(kind), kind).not.toEqual([])
    expect(namesOf('skipped-index')).toHaveLength(2)
    const added = namesOf('skipped-index').map((name) => [name.replace('skipped-index', 'expired'), DAMAGED] as const)
    await put(added)
    await repair()
    expect(await recordsOf(store)).toEqual(new Map([...whole, ...added]))
  })

  it('is not even looked at if nothing is kept for a device', async () => {
    const { store: watched, batches, reads } = noted(store)
    alice = await Client.open({ store: watched })
    batches.length = 0
    reads.length = 0
    await repair(2)
    expect([batches, reads]).toEqual([[], []])
  })
})

describe('an index that is lost', () => {
  it.each([undefined, DAMAGED, Uint8Array.of(1, 2)])('is made anew of the segments, in rising order (%#)', async (value) => {
    for (const name of namesOf('skipped-index')) {
      const before = await indexOf(name)
      expect(before?.length).toBeGreaterThan(1)
      await (value === undefined ? drop(name) : put([[name, value]]))
      await repair()
      expect(await indexOf(name)).toEqual(before)
    }
    expect([...(await recordsOf(store)).keys()]).toEqual([...whole.keys()])
  })

  it('of which nothing is left is not made anew', async () => {
    const [index] = namesOf('skipped-index') as [string]
    const gone = [index, ...segmentsOf(index)]
    await drop(...gone)
    await repair()
    expect(await recordsOf(store)).toEqual(without(...gone))
  })

  it('does without a segment that is damaged, which goes', async () => {
    const [index] = namesOf('skipped-index') as [string]
    const [first, ...others] = segmentsOf(index) as [string, string]
    const before = await indexOf(index)
    await drop(index)
    await put([[first, DAMAGED]])
    await repair()
    expect(await indexOf(index)).toEqual(before?.slice(1))
    const names = [...(await recordsOf(store)).keys()]
    expect([names.includes(first), ...others.map((name) => names.includes(name))]).toEqual([false, ...others.map(() => true)])
  })

  it('counts the newest keys that may be kept, and the older ones go', async () => {
    const [index] = namesOf('skipped-index') as [string]
    const nameOf = (number: number) => `${index.replace('skipped-index', 'skipped')}/${number}`
    const full = Array.from({ length: MAX_SKIPPED_KEYS / SEGMENT_LENGTH - 1 }, (_, i) => 1_000 + i)
    await drop(index)
    // Of these, 15 keys have room with the newest, and then one more.
    await put([
      [nameOf(901), segment(2)],
      [nameOf(902), segment(15)],
      ...full.map((number) => [nameOf(number), segment(SEGMENT_LENGTH)] as const),
    ])
    await put([[nameOf(900), segment(1)]])
    await repair()
    expect(await indexOf(index)).toEqual([[900, 1], [902, 15], ...full.map((number) => [number, SEGMENT_LENGTH])])
    const names = [...(await recordsOf(store)).keys()]
    expect([900, 901, 902, 1_000].map((number) => names.includes(nameOf(number)))).toEqual([true, false, true, true])
    expect(segmentsOf(index).filter((name) => names.includes(name))).toEqual([])
  })
})

describe('what belongs to no session', () => {
  it('goes: of another session, another chain, an epoch that is over and a segment that no index names', async () => {
    const added: string[] = []
    for (const kind of ['archived', 'skipped-index', 'skipped', 'expired', 'pq-skipped', 'opened']) {
      for (const name of namesOf(kind)) {
        const segments = name.split('/')
        const other = (i: number, text: string) => segments.map((one, at) => (at === i ? text : one)).join('/')
        added.push(other(3, 'none'))
        if (kind.startsWith('skipped')) added.push(other(4, '00'.repeat(32)))
        if (kind === 'skipped') added.push(other(5, '9999'))
        if (kind === 'pq-skipped') added.push(other(4, '99'), other(5, '9999'))
      }
    }
    await put(added.map((name) => [name, segment(1)] as const))
    await repair()
    expect(await recordsOf(store)).toEqual(whole)
  })

  it('goes with the current session, if that is lost, and what belongs to the archived one stays', async () => {
    await drop('session/bob/1')
    await repair()
    const [archived] = namesOf('archived') as [string]
    const session = archived.split('/')[3] as string
    const ofSessions = [...whole.keys()].filter((name) => /^(archived|skipped|skipped-index|pq-skipped|opened)\//.test(name))
    const goes = ofSessions.filter((name) => !name.includes(`/${session}`))
    expect(goes.length).toBeGreaterThan(0)
    expect(await recordsOf(store)).toEqual(without('session/bob/1', ...goes))
  })

  it('stays if it is of another device', async () => {
    const others = [...whole]
      .filter(([name]) => name.includes('/bob/1/'))
      .map(([name, value]) => [name.replace('/1/', '/2/'), value] as const)
    await put(others)
    await repair()
    const names = new Set((await recordsOf(store)).keys())
    expect(others.filter(([name]) => !names.has(name))).toEqual([])
  })
})
