/**
 * Deletes what is over and what nobody has touched since: contents kept to be sent again, sessions that others replaced. Knows where
 * they are, not what they are.
 */
import { ARCHIVES, archiveKey, deviceIn, OUTBOXES, outboxContentKey, outboxKey } from '../records/record-keys.js'
import type { KeyStore, RecordKey } from '../store/key-store.js'
import { listKeys, transact } from '../store/transact.js'
import type { CanonicalAddress } from '../wire/address.js'
import type { Context } from './context.js'
import { Draft } from './draft.js'
import { lasting, readOutbox, writeOutbox } from './mail.js'
import { transactPeer } from './peer-transaction.js'

/** Deletes what is over; what is in use is deleted as it is used. Each device is a commit of its own. */
export async function deleteWhatIsOver(context: Context): Promise<void> {
  const { store, clock } = context
  const now = clock()
  for (const [key, { peer, contents }] of await outboxes(store)) {
    await transact<void>(store, [key], (view) => {
      const draft = new Draft(view)
      const outbox = readOutbox(draft, peer)
      const { items, overAt } = lasting(outbox, outbox.identity, now)
      // A damaged list names nothing, and what it named is of no use without it.
      const named = new Set(outbox.items.map((item) => outboxContentKey(peer, item)))
      for (const content of contents) if (!named.has(content)) draft.delete(content)
      if (items.length !== outbox.items.length || overAt !== outbox.overAt) writeOutbox(draft, peer, outbox, { items, overAt })
      return draft.end(undefined)
    })
  }
  for (const key of await listKeys(store, ARCHIVES)) {
    const peer = deviceIn(key)
    await transactPeer<void>(
      context,
      peer,
      (draft, sessions) => {
        sessions.dropOver()
        return draft.end(undefined)
      },
      [archiveKey(peer)],
    )
  }
}

/** The outboxes by the name of their list, each with the names of its contents. */
async function outboxes(store: KeyStore): Promise<Map<RecordKey, { readonly peer: CanonicalAddress; readonly contents: RecordKey[] }>> {
  const found = new Map<RecordKey, { readonly peer: CanonicalAddress; readonly contents: RecordKey[] }>()
  for (const key of await listKeys(store, OUTBOXES)) {
    const peer = deviceIn(key)
    const outbox = found.get(outboxKey(peer)) ?? { peer, contents: [] }
    found.set(outboxKey(peer), outbox)
    if (key !== outboxKey(peer)) outbox.contents.push(key)
  }
  return found
}
