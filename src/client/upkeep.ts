/**
 * Deletes what is over and what nobody has touched since: contents kept to be sent again, sessions that others replaced. Knows where
 * they are, not what they are.
 */
import { OUTBOX_AGE } from '../protocol/limits.js'
import { ARCHIVES, archiveKey, OUTBOXES, outboxKey } from '../records/record-keys.js'
import { parseRecordKey } from '../store/record-key.js'
import { listKeys, transact } from '../store/transact.js'
import type { DeviceAddress } from '../wire/address.js'
import type { Context } from './context.js'
import { Draft } from './draft.js'
import { readOutbox, writeOutbox } from './mail.js'
import { transactPeer } from './peer-transaction.js'

/** Deletes what is over; what is in use is deleted as it is used. Each device is a commit of its own. */
export async function deleteWhatIsOver(context: Context): Promise<void> {
  const { store, clock } = context
  const now = clock()
  const isOver = (sentAt: number): boolean => now - sentAt > OUTBOX_AGE
  const late = new Map<string, DeviceAddress>()
  for (const key of await listKeys(store, OUTBOXES)) {
    const [, user = '', device, sentAt] = parseRecordKey(key)
    const peer = { user, device: Number(device) }
    if (sentAt !== undefined && isOver(Number(sentAt))) late.set(outboxKey(peer), peer)
  }
  for (const [key, peer] of late) {
    await transact<void>(store, [key], (view) => {
      const draft = new Draft(view)
      const outbox = readOutbox(draft, peer)
      writeOutbox(draft, peer, outbox, { items: outbox.items.filter(({ sentAt }) => !isOver(sentAt)) })
      return draft.end(undefined)
    })
  }
  for (const key of await listKeys(store, ARCHIVES)) {
    const [, user = '', device] = parseRecordKey(key)
    const peer = { user, device: Number(device) }
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
