/** The memory that a client writes records in, one after the other. */
import { describe, expect, it } from 'vitest'
import { SpareMemory } from '../../../src/client/frame/spare-memory.js'
import { type Envelope, utf8 } from '../../../src/index.js'
import { pair } from '../../support/parties.js'
import { watchedStore } from '../../support/watched-store.js'

describe('SpareMemory', () => {
  it('gives memory of the length asked for, zeroed, and to one taker only', () => {
    const spares = new SpareMemory()
    const [first, second] = [spares.take(100), spares.take(100)]
    expect([first, second]).toEqual([new Uint8Array(100), new Uint8Array(100)])
    first.fill(1)
    spares.give(first)
    expect(spares.take(99)).not.toBe(first)
    const again = spares.take(100)
    expect(again).toBe(first)
    expect(again).toEqual(new Uint8Array(100))
    expect(spares.take(100)).not.toBe(first)
  })

  it('keeps nothing that is longer than a record', () => {
    const spares = new SpareMemory()
    const long = new Uint8Array(8193).fill(1)
    spares.give(long)
    expect(long.every((byte) => byte === 0)).toBe(true)
    expect(spares.take(8193)).not.toBe(long)
  })

  it('keeps no more than what was given last', () => {
    const spares = new SpareMemory()
    const given = Array.from({ length: 100 }, (_, i) => new Uint8Array(100 + i).fill(1))
    for (const memory of given) spares.give(memory)
    expect(given.filter((memory) => memory.some((byte) => byte !== 0))).toEqual([])
    expect(given.map((memory) => spares.take(memory.length) === memory)).toEqual(given.map((_, i) => i >= 68))
  })
})

describe('messages that come late', () => {
  it('write kept keys into memory that is wiped in between, but never into what a store that failed was given', async () => {
    const { store, given, read, mood } = watchedStore()
    // A message that came late may have brought a part of the next epoch; the session is remembered then, with its record.
    const written = () => given.flatMap(([key, value]) => (key.startsWith('session/') ? [] : [value]))
    const { alice, bob } = await pair({ bob: { store } })
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
    const late: Envelope[] = []
    for (let i = 0; i < 100; i++) late.push(await alice.encrypt(bob.address, utf8(`${i}`)))
    await bob.decrypt(late.pop() as Envelope)

    given.length = 0
    const open = async (): Promise<void> => {
      const text = utf8(`${late.length - 1}`)
      expect(await bob.decrypt(late.pop() as Envelope)).toMatchObject({ plaintext: text })
    }
    for (let i = 0; i < 48; i++) await open()
    expect(written().length).toBeGreaterThan(130)
    expect(new Set(written()).size).toBeLessThan(written().length / 2)
    expect(written().filter((memory) => memory.some((byte) => byte !== 0))).toEqual([])

    mood.fails = true
    await expect(bob.decrypt(late.at(-1) as Envelope)).rejects.toMatchObject({ code: 'store-failed' })
    mood.fails = false
    const lost = written().slice(-3)
    const before = lost.map((memory) => memory.slice())
    expect(before.every((memory) => memory.some((byte) => byte !== 0))).toBe(true)
    read.length = 0
    while (late.length > 0) await open()
    expect(lost).toEqual(before)
    // Nor is anything left of the keys in what was read.
    expect(read.length).toBeGreaterThan(200)
    expect(read.filter((value) => value.some((byte) => byte !== 0))).toEqual([])
  })
})
