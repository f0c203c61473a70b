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

/** The newest release is the yardstick: where it cannot go on, nobody can be asked to. */
export function takeOvers(releases: readonly Speaker[], modes: readonly Speaker[]): Story[] {
  const newest = releases.at(-1)
  const [bisik] = modes
  if (!newest || !bisik) return []
  return SOURCES.flatMap(({ from, kem }) => {
    const source = releases.find(({ peer }) => peer.name === from)
    if (!source) throw new Error(`no release ${from}`)
    return [[newest], [bisik], [bisik, newest]].map((heirs) => ({
      name: `${[source, ...heirs].map(({ peer }) => peer.name).join(' becomes ')}, ${sessionKind(source, source, kem)}`,
      run: () => takeOver(source, heirs, kem),
    }))
  })
}

async function takeOver(source: Speaker, heirs: readonly Speaker[], kem: boolean): Promise<string> {
  const newAccount = (): Promise<PeerAccount> => source.peer.newAccount({ user: crypto.randomUUID(), device: 1 })
  const [alice, bob, carol] = [await newAccount(), await newAccount(), await newAccount()]
  const late: [string, Message][] = []
  for (const session of ['first', 'second']) {
    await alice.startSession(await bob.bundle({ oneTime: true, kem }))
    await read(bob, alice, await send(alice, bob, 'one'), 'one')
    await read(alice, bob, await send(bob, alice, 'two'), 'two')
    for (const heir of heirs.keys()) {
      const text = `late in the ${session} session, for heir ${heir}`
      late.push([text, await send(alice, bob, text)])
    }
    await read(bob, alice, await send(alice, bob, 'three'), 'three')
  }
  await carol.startSession(await bob.bundle({ oneTime: true, kem }))
  const first = await send(carol, bob, 'a first message under way')

  let account = bob
  for (const [index, heir] of heirs.entries()) {
    account = await heir.peer.newAccount(bob.address, await account.moveOut())
    await read(account, alice, await send(alice, account, 'four'), 'four')
    await read(alice, account, await send(account, alice, 'five'), 'five')
    for (const [text, message] of [...late].reverse()) {
      if (text.endsWith(`heir ${index}`)) await read(account, alice, message, text)
    }
    await read(alice, account, await send(account, alice, 'six'), 'six')
    await read(account, alice, await send(alice, account, 'seven'), 'seven')
  }
  const last = heirs.at(-1)
  const opens = last !== undefined && sessionKind(source, last, kem) !== 'refused'
  if (opens) await read(account, carol, first, 'a first message under way')
  return `sessions go on, ${late.length} late messages${opens ? ' and a first one' : ''} are read`
}

function send(from: PeerAccount, to: PeerAccount, text: string): Promise<Message> {
  return from.encrypt(to.address, Buffer.from(text))
}

async function read(to: PeerAccount, from: PeerAccount, message: Message, text: string): Promise<void> {
  equal(Buffer.from(await to.decrypt(from.address, message)).toString(), text)
}
