/** An account moves from one release to a newer one in the middle of a conversation: checks that what {@link AccountRecords} carries is all there is. */
import { equal } from 'node:assert/strict'
import { openAccounts } from './conversation.js'
import { LibsignalPeer } from './libsignal-peer.js'
import type { Message, Peer, PeerAccount } from './peer.js'
import type { Story } from './plan.js'

const MOVES = [
  { from: '0.22.0', to: '0.103.0', kem: false },
  { from: '0.47.0', to: '0.103.0', kem: true },
  { from: '0.86.0', to: '0.103.0', kem: true },
] as const

export function takeOvers(peers: readonly { readonly peer: Peer }[]): Story[] {
  const find = (name: string): LibsignalPeer => {
    const found = peers.find(({ peer }) => peer.name === name)?.peer
    if (!(found instanceof LibsignalPeer)) throw new Error(`no release ${name}`)
    return found
  }
  return MOVES.map(({ from, to, kem }) => ({
    name: `${from} becomes ${to}, ${kem ? 'KEM' : 'no KEM'}`,
    run: async () => {
      const [alice] = await openAccounts(find(from), find(from), true)
      const bob = await find(from).newAccount({ user: crypto.randomUUID(), device: 1 })
      await alice.startSession(await bob.bundle({ oneTime: true, kem }))
      await read(bob, alice, await send(alice, bob, 'one'), 'one')
      await read(alice, bob, await send(bob, alice, 'two'), 'two')
      const late = await send(alice, bob, 'three')
      await read(bob, alice, await send(alice, bob, 'four'), 'four')

      const moved = await find(to).newAccount(bob.address, bob.records())
      await read(moved, alice, late, 'three')
      await read(alice, moved, await send(moved, alice, 'five'), 'five')
      await read(moved, alice, await send(alice, moved, 'six'), 'six')
      return 'the session goes on, a late message is read'
    },
  }))
}

function send(from: PeerAccount, to: PeerAccount, text: string): Promise<Message> {
  return from.encrypt(to.address, Buffer.from(text))
}

async function read(to: PeerAccount, from: PeerAccount, message: Message, text: string): Promise<void> {
  equal(Buffer.from(await to.decrypt(from.address, message)).toString(), text)
}
