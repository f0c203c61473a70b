/** An account moves to another release, or to bisik, in the middle of a conversation: the sessions go on, also for messages under way. */
import { equal } from 'node:assert/strict'
import type { Message, PeerAccount } from './peer.js'
import type { Speaker, Story } from './plan.js'
import { sessionKind } from './releases.js'

const SOURCES = [
  { from: '0.22.0', kem: false },
  { from: '0.47.0', kem: false },
  { from: '0.47.0', kem: true },
  { from: '0.72.1', kem: true },
  { from: '0.86.0', kem: true },
  { from: '0.103.0', kem: true },
] as const

export function takeOvers(releases: readonly Speaker[], bisik: Speaker): Story[] {
  const newest = releases.at(-1)
  if (!newest) return []
  return SOURCES.flatMap(({ from, kem }) => {
    const source = releases.find(({ peer }) => peer.name === from)
    if (!source) throw new Error(`no release ${from}`)
    const kind = sessionKind(source, source, kem)
    const heirs = kind === 'triple' && bisik.spqr === 'none' ? [newest] : [newest, bisik]
    return heirs.map((heir) => ({ name: `${from} becomes ${heir.peer.name}, ${kind}`, run: () => takeOver(source, heir, kem) }))
  })
}

async function takeOver(source: Speaker, heir: Speaker, kem: boolean): Promise<string> {
  const alice = await source.peer.newAccount({ user: crypto.randomUUID(), device: 1 })
  const bob = await source.peer.newAccount({ user: crypto.randomUUID(), device: 2 })
  const late: [string, Message][] = []
  for (const session of ['first', 'second']) {
    await alice.startSession(await bob.bundle({ oneTime: true, kem }))
    await read(bob, alice, await send(alice, bob, 'one'), 'one')
    await read(alice, bob, await send(bob, alice, 'two'), 'two')
    const text = `late in the ${session} session`
    late.push([text, await send(alice, bob, text)])
    await read(bob, alice, await send(alice, bob, 'three'), 'three')
  }

  const records = bob.records?.()
  if (!records) throw new TypeError('the source must be libsignal')
  const moved = await heir.peer.newAccount(bob.address, records)
  await read(moved, alice, await send(alice, moved, 'four'), 'four')
  await read(alice, moved, await send(moved, alice, 'five'), 'five')
  for (const [text, message] of late.reverse()) await read(moved, alice, message, text)
  await read(alice, moved, await send(moved, alice, 'six'), 'six')
  await read(moved, alice, await send(alice, moved, 'seven'), 'seven')
  return `both sessions go on, ${late.length} late messages are read`
}

function send(from: PeerAccount, to: PeerAccount, text: string): Promise<Message> {
  return from.encrypt(to.address, Buffer.from(text))
}

async function read(to: PeerAccount, from: PeerAccount, message: Message, text: string): Promise<void> {
  equal(Buffer.from(await to.decrypt(from.address, message)).toString(), text)
}
