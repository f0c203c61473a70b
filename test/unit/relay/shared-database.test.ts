import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { Relay } from '../../../src/relay/index.js'
import { program } from '../../support/programs.js'
import { sqliteFiles } from '../../support/sqlite-file.js'
import { anEnvelope, anUpload, party, textOf } from './parties.js'

const files = sqliteFiles()

describe('a relay on SQLite', () => {
  it('goes on after a restart: accounts, names, prekeys, quotas and mailboxes are all there', async () => {
    const file = files.next()
    const before = new Relay({ store: files.open(file) })
    const [alice, bob] = [await party(before), await party(before)]
    await before.claimName(bob.account, 'bob')
    await before.publish(bob.account, anUpload(bob, 20))
    for (let i = 0; i < 10; i++) await before.fetchBundle(alice.account, bob.address)
    for (let i = 1; i <= 5; i++) await before.send(alice.account, bob.address, anEnvelope(alice.address, i))
    await before.acknowledge(bob.account, 2)

    const after = new Relay({ store: files.open(file) })
    const account = await after.authenticate(bob.token)
    expect(account.address).toEqual(bob.address)
    expect(await after.findName(account, 'bob')).toBe(bob.address.user)
    expect(await after.preKeyCounts(account)).toEqual({ oneTimePreKeys: 10, oneTimeKemPreKeys: 10 })
    await expect(after.fetchBundle(alice.account, bob.address)).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect((await after.messages(account)).map(({ sequence, envelope }) => [sequence, textOf(envelope)])).toEqual([
      [3, '3'],
      [4, '4'],
      [5, '5'],
    ])
    expect(await after.send(alice.account, bob.address, anEnvelope(alice.address, 6))).toBe(6)
  })

  it('shares its database with another process: each one-time prekey once, no envelope lost, each sender in order', async () => {
    const file = files.next()
    const relay = new Relay({ store: files.open(file) })
    const bob = await party(relay)
    const rounds = 60
    await relay.publish(bob.account, anUpload(bob, 2 * rounds))
    const senders = await Promise.all([party(relay), party(relay)])
    const outputs = await Promise.all(
      senders.map(({ token }, i) =>
        promisify(execFile)(process.execPath, [
          ...program('test/unit/relay/shared-database.worker.ts'),
          file,
          toHex(token),
          bob.address.user,
          String(rounds),
          String(i),
        ]),
      ),
    )
    const ids = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as number[])
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * rounds }, (_, i) => i + 1))
    const texts: string[] = []
    for (let page = await relay.messages(bob.account); page.length > 0; page = await relay.messages(bob.account)) {
      texts.push(...page.map(({ envelope }) => textOf(envelope)))
      await relay.acknowledge(bob.account, page.at(-1)?.sequence ?? 0)
    }
    expect(texts).toHaveLength(2 * rounds)
    for (const sender of ['0', '1']) {
      const own = texts.filter((text) => text.startsWith(`${sender}:`))
      expect(own).toEqual(Array.from({ length: rounds }, (_, i) => `${sender}:${i}`))
    }
  })
})
