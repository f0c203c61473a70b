import { join } from 'node:path'
import { compareScannable } from 'bisik/protocol'
import { transact } from 'bisik/store'
import { afterAll, describe, expect, it } from 'vitest'
import { openAccount } from '../../examples/shared/account.js'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { readDrawing } from './chat-drawing.js'
import { endAll, Program, startRelay } from './chat-processes.js'

afterAll(endAll)

/** The digits that a chat shows. */
async function digitsOf(program: Program): Promise<string> {
  const rows: string[] = []
  for (let row = 0; row < 3; row++) rows.push(await program.sees(/^ +((?:\d{5} ){3}\d{5})$/m))
  return rows.join(' ')
}

/** The bytes of the QR code that a chat has drawn last. */
function scan(program: Program): Uint8Array {
  const rows = program.output.split('\n').map((row) => row.trimEnd())
  const drawing = rows.filter((row) => row.length > 40 && /^[\u2580\u2584\u2588 ]+$/.test(row))
  const height = Math.ceil(((drawing[0]?.length ?? 0) + 1) / 2)
  return readDrawing(drawing.slice(-height))
}

describe('the chat, when something is not as it should be', () => {
  const data = temporaryDirectory()

  it('compares safety numbers as digits, as a drawing and as a picture, and says so when a verified contact has another key', {
    timeout: 240_000,
  }, async () => {
    const directory = join(data, 'verify')
    const { relay, url, trustRoot } = await startRelay(directory)
    const start = (name: string, ...options: string[]) =>
      new Program('chat/main.ts', name, '--data', directory, '--relay', url, '--trust-root', trustRoot, ...options)
    const alice = start('alice')
    let bob = start('bob')
    await bob.sees(/You are bob/)
    alice.type('/verify bob')
    await alice.sees(/You have no contact bob/)
    alice.type('/to bob')
    await alice.sees(/--- bob ---/)
    alice.type('/verify bob')
    await alice.sees(/There is no key of bob here yet: write to bob first/)
    alice.type('hello')
    await bob.sees(/ alice: hello/)
    await alice.sees(/✓✓ you → bob: hello/)

    // Digits and code on both sides belong together; the code is a code that opens to the other's bytes.
    alice.type('/verify bob')
    await alice.sees(/Your safety number with bob:/)
    const digits = await digitsOf(alice)
    await alice.sees(/Compare the digits/)
    bob.type('/verify alice')
    expect(await digitsOf(bob)).toBe(digits)
    await bob.sees(/Compare the digits/)
    expect(compareScannable(scan(alice), scan(bob))).toBe(true)
    expect(compareScannable(scan(alice), scan(alice))).toBe(false)

    // By a picture, by digits, and wrongly.
    const [hers, his] = [join(directory, 'hers.svg'), join(directory, 'his.svg')]
    bob.type(`/verify alice ${his}`)
    await bob.sees(/Written: /)
    alice.type(`/verify bob ${hers}`)
    await alice.sees(/Written: /)
    bob.type(`/verify alice scan ${join(directory, 'no.svg')}`)
    await bob.sees(/There is no \S+no\.svg/)
    bob.type(`/verify alice scan ${join(directory, 'bob.lock')}`)
    await bob.sees(/is no picture of this chat/)
    bob.type(`/verify alice scan ${his}`)
    await bob.sees(/The safety numbers are NOT the same/)
    bob.type('/verify alice 12345')
    await bob.sees(/A safety number has 60 digits/)
    bob.type(`/verify alice ${digits.replace(/.$/, (last) => String((Number(last) + 1) % 10))}`)
    await bob.sees(/The safety numbers are NOT the same/)
    bob.type('/who')
    await bob.sees(/alice +not verified/)
    bob.type(`/verify alice scan ${hers}`)
    await bob.sees(/The safety numbers are the same: alice is verified/)
    alice.type('/verify bob yes')
    await alice.sees(/The safety numbers are the same: bob is verified/)
    alice.type('/who')
    await alice.sees(/bob +verified/)

    // A verified contact with new keys: another warning, and the new number can be compared before anything goes on.
    bob.type('/quit')
    await bob.ended()
    bob = start('bob', '--new-keys')
    await bob.sees(/You are bob/)
    bob.type('it is me')
    await alice.sees(/The safety number with bob has changed, and you had verified bob!/)
    alice.type('are you?')
    await alice.sees(/· {2}you → bob: are you\?/)
    alice.type('/who')
    await alice.sees(/bob +new key, not accepted/)
    alice.type('/verify bob')
    await alice.sees(/Your safety number with bob, under the new key:/)
    const anew = await digitsOf(alice)
    expect(anew).not.toBe(digits)
    bob.type('/verify alice')
    expect(await digitsOf(bob)).toBe(anew)
    alice.type(`/verify bob ${digits}`)
    await alice.sees(/The safety numbers are NOT the same/)
    expect(alice.count('it is me')).toBe(0)
    alice.type('/verify bob yes')
    await alice.sees(/ bob: it is me/)
    await alice.sees(/The safety numbers are the same: bob is verified/)
    await bob.sees(/ alice: are you\?/)
    alice.type('/who')
    await alice.sees(/bob +verified/)
    await Promise.all([alice.stop(), bob.stop(), relay.stop()])
  })

  it('asks for what it cannot open in plain words, and stops in plain words when the relay is not the one it knows', {
    timeout: 240_000,
  }, async () => {
    const directory = join(data, 'healing')
    const { relay, url } = await startRelay(directory)
    const start = (name: string) => new Program('chat/main.ts', name, '--data', directory, '--relay', url)
    const alice = start('alice')
    let bob = start('bob')
    await bob.sees(/You are bob/)
    alice.type('/to bob')
    alice.type('hello')
    await bob.sees(/ alice: hello/)
    await alice.sees(/✓✓ you → bob: hello/)
    bob.type('/quit')
    await bob.ended()
    alice.type('lost and found')
    await alice.sees(/✓ {2}you → bob: lost and found/)
    const account = await openAccount(join(directory, 'bob.db'))
    const sessions = (await account.store.list('session/')).slice()
    await transact<void>(account.store, function* (tx) {
      yield* tx.read(...sessions)
      for (const session of sessions) tx.delete(session)
    })
    account.close()
    bob = start('bob')
    await bob.sees(/A message from alice could not be opened: it belongs to a session that is not here any more/)
    await bob.sees(/alice's chat was asked to send it again; there is nothing to do/)
    await alice.sees(/bob could not open something: your last messages \(\d\) were sent again/)
    await bob.sees(/ alice: lost and found/)
    await alice.sees(/✓✓ you → bob: lost and found/)
    expect(bob.count(' alice: lost and found')).toBe(1)

    await relay.kill()
    await alice.sees(/relay at \S+ is away/)
    const impostor = await startRelay(join(directory, 'impostor'), new URL(url).port)
    expect(await alice.ended()).toBe(1)
    expect(alice.output).toContain('The chat stops: the relay vouches for its accounts with another key than the one that was pinned')
    expect(alice.output).toContain(`--trust-root ${impostor.trustRoot}`)
    expect(alice.output).not.toContain('    at ')
    expect(await bob.ended()).toBe(1)
    await impostor.relay.stop()
  })
})
