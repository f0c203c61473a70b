import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { encodeContent } from '../../examples/chat/content.js'
import { openAccount } from '../../examples/shared/account.js'
import { Messenger } from '../../examples/shared/messenger.js'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { endAll, Program, startRelay } from './chat-processes.js'

afterAll(endAll)

describe('the chat', () => {
  const data = temporaryDirectory()

  it('lets two people talk, leave, be killed, change keys and come back, through a relay that is killed too', {
    timeout: 240_000,
  }, async () => {
    let { relay, url } = await startRelay(data)
    const { port } = new URL(url)
    const start = (name: string, ...options: string[]) => new Program('chat/main.ts', name, '--data', data, '--relay', url, ...options)
    const alice = start('alice')
    let bob = start('bob')
    await alice.sees(/You are alice/)
    await bob.sees(/You are bob/)

    // By name; with marks for "at the relay" and "on the other's disk".
    alice.type('/to nobody')
    await alice.sees(/Nobody goes by the name nobody/)
    alice.type('/to Bob')
    await alice.sees(/--- bob ---/)
    alice.type('hello bob')
    await bob.sees(/ alice: hello bob/)
    await alice.sees(/✓✓ you → bob: hello bob/)
    bob.type('hello alice')
    await alice.sees(/ bob: hello alice/)
    await bob.sees(/✓✓ you → alice: hello alice/)

    // Killed without warning; what was sent meanwhile waits, what was said before is still there.
    await bob.kill()
    alice.type('are you there?')
    await alice.sees(/✓ {2}you → bob: are you there\?/)
    bob = start('bob')
    await bob.sees(/--- alice ---/)
    await bob.sees(/ alice: hello bob/)
    await bob.sees(/✓✓ you → alice: hello alice/)
    await bob.sees(/ alice: are you there\?/)
    await alice.sees(/✓✓ you → bob: are you there\?/)

    // The relay is away: both say so, what is written is kept, and goes out by itself.
    await relay.kill()
    await alice.sees(/relay at \S+ is away/)
    alice.type('into the dark')
    await alice.sees(/· {2}you → bob: into the dark/)
    ;({ relay } = await startRelay(data, port))
    await alice.sees(/relay is there again/)
    await bob.sees(/ alice: into the dark/)
    await alice.sees(/✓✓ you → bob: into the dark/)

    // New keys: a warning in plain words, nothing shown before it is accepted, nothing lost after.
    bob.type('/quit')
    expect(await bob.ended()).toBe(0)
    alice.type('for the old keys')
    await alice.sees(/✓ {2}you → bob: for the old keys/)
    bob = start('bob', '--new-keys')
    await bob.sees(/A message could not be opened: it is sealed for other keys than yours/)
    // She is told before he has said anything.
    await alice.sees(/The safety number with bob has changed\./)
    await alice.sees(/Messages are held until you decide/)
    bob.type('from my new keys')
    await bob.sees(/✓ {2}you → alice: from my new keys/)
    alice.type('after the warning')
    await alice.sees(/· {2}you → bob: after the warning/)
    alice.type('/accept bob')
    await alice.sees(/You accepted the new key of bob/)
    await bob.seesAll(/ alice: for the old keys/, / alice: after the warning/, /✓✓ you → alice: from my new keys/)
    await alice.sees(/✓✓ you → bob: (?:after the warning|for the old keys)/)

    // Each text was shown once.
    for (const text of ['hello bob', 'are you there?', 'into the dark', 'for the old keys', 'after the warning']) {
      expect(bob.count(` alice: ${text}`), text).toBeLessThanOrEqual(1)
    }
    expect(alice.count(' bob: hello alice')).toBe(1)
    expect(alice.count(' bob: from my new keys')).toBe(1)

    // No secret is printed, and no text is on the relay's disk.
    alice.type('/who')
    await alice.sees(/bob +not verified/)
    await alice.sees(/post-quantum ratchet, epoch \d+/)
    await alice.sees(/sealed, sent without your name/)
    const account = await openAccount(join(data, 'alice.db'))
    const token = Buffer.from(account.token)
    account.close()
    for (const form of ['hex', 'base64', 'base64url'] as const) expect(alice.output + relay.output).not.toContain(token.toString(form))
    // All went sealed, and the relay was told who sends only before the other's access key had come.
    expect(relay.output).toMatch(/somebody → \w{8}\/1: \d+ bytes, sealed/)
    for (const file of ['relay.db', 'relay.db-wal']) {
      expect(readFileSync(join(data, 'relay', file)).includes('are you there?')).toBe(false)
    }
    alice.type('/quit')
    expect(await alice.ended()).toBe(0)
    expect(await bob.stop()).toBe(0)
    expect(await relay.stop()).toBe(0)
  })

  it('shows a stranger under the name that the relay knows, whatever he claims, and nothing that steers the terminal', {
    timeout: 120_000,
  }, async () => {
    const directory = join(data, 'strangers')
    const { relay, url } = await startRelay(directory)
    const alice = new Program('chat/main.ts', 'alice', '--data', directory, '--relay', url)
    await alice.sees(/You are alice/)
    const account = await openAccount(join(directory, 'mallory.db'))
    const nothing = () => undefined
    const mallory = await Messenger.open({
      account,
      name: 'mallory',
      relayUrl: url,
      events: {
        keep: () => new Map(),
        received: nothing,
        duplicate: nothing,
        unreadable: nothing,
        answered: nothing,
        stopped: nothing,
        sent: nothing,
        failed: nothing,
        keyChanged: nothing,
        relay: nothing,
      },
    })
    await mallory.introduce()
    await mallory.start()
    const to = await mallory.find('alice')
    const say = (id: string, from: string, text: string) =>
      mallory.outbox.add(to, encodeContent({ type: 'text', id: id.repeat(16), from, text }), id)
    await say('1', 'alice', 'I am you')
    expect(await alice.sees(/(\S+): I am you/)).toBe(account.client.address.user.slice(0, 8))
    await say('2', 'mallory', 'I am \u001b[2Jmyself\r')
    await alice.sees(/mallory: I am \ufffd\[2Jmyself\ufffd/)
    await mallory.outbox.add(to, new Uint8Array([1, 2, 3]), '3')
    await alice.sees(/mallory sent something that this chat cannot show/)
    // What was shown once is not shown again, and history that is not there is no reason to stumble.
    await say('2', 'mallory', 'I am somebody else now')
    await mallory.outbox.add(to, encodeContent({ type: 'delivered', ids: ['f'.repeat(16)] }), '4')
    await say('6', 'mallory', 'the end')
    await alice.sees(/mallory: the end/)
    expect(alice.count('somebody else')).toBe(0)
    mallory.close()
    account.close()
    await Promise.all([alice.stop(), relay.stop()])
  })

  it('says what is wrong before it starts', { timeout: 120_000 }, async () => {
    const { relay, url } = await startRelay(join(data, 'other'))
    const chat = (...options: string[]) => new Program('chat/main.ts', ...options, '--data', join(data, 'other'), '--relay', url)
    const [help, nobody, odd, option, noKeys, oddRoot] = [
      chat('--help'),
      chat(),
      chat('a b'),
      chat('alice', '--colour'),
      chat('alice', '--new-keys'),
      chat('alice', '--trust-root', 'abc'),
    ]
    expect(await help.ended()).toBe(0)
    expect(help.output).toContain('npm run chat -- NAME')
    for (const [program, words] of [
      [nobody, 'Who are you?'],
      [odd, 'A name has 1 to 32 letters'],
      [option, "Unknown option '--colour'"],
      [noKeys, 'There are no keys of alice'],
      [oddRoot, '--trust-root takes the 66 hexadecimal digits that the relay prints'],
    ] as const) {
      expect(await program.ended()).toBe(1)
      expect(program.output).toContain(words)
      expect(program.output).not.toContain('    at ')
    }

    const alice = chat('alice')
    await alice.sees(/You are alice/)
    const again = chat('alice')
    expect(await again.ended()).toBe(1)
    expect(again.output).toContain('alice is chatting in another terminal already')
    const impostor = new Program('chat/main.ts', 'alice', '--data', join(data, 'elsewhere'), '--relay', url)
    expect(await impostor.ended()).toBe(1)
    expect(impostor.output).toContain('The name alice belongs to somebody else')
    const secondRelay = new Program('relay-server/main.ts', '--data', join(data, 'third'), '--port', new URL(url).port)
    expect(await secondRelay.ended()).toBe(1)
    expect(secondRelay.output).toContain('is in use')
    await Promise.all([alice.stop(), relay.stop()])
  })
})
