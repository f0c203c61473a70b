/**
 * The frame of every operation on a device's sessions: one transaction, and when all is done, the secrets it decoded are wiped. Knows
 * no operation.
 */
import { applicationKey } from '../records/record-keys.js'
import { type Outcome, transact } from '../store/transact.js'
import type { DeviceAddress } from '../wire/address.js'
import type { Context } from './context.js'
import { Draft } from './draft.js'
import { firstKeys, PeerSessions } from './peer-sessions.js'
import type { AppRecords } from './results.js'

// The longest chain of reads: current session; a skipped key; the archive; its sessions; their skipped keys; the oldest's indexes; its
// segments; one more where a new session also looks up prekeys.
const ROUNDS = 8

/** Runs a step on a device's sessions, and wipes what it decoded when all is done. */
export async function transactPeer<T>(
  context: Context,
  peer: DeviceAddress,
  step: (draft: Draft, sessions: PeerSessions) => Outcome<T>,
): Promise<T> {
  let sessions: PeerSessions | undefined
  try {
    return await transact<T>(
      context.store,
      firstKeys(peer),
      (view) => {
        sessions?.wipe()
        const draft = new Draft(view)
        sessions = new PeerSessions(context, draft, peer)
        return step(draft, sessions)
      },
      { rounds: ROUNDS },
    )
  } finally {
    sessions?.wipe()
  }
}

/** Adds what an operation's `persist` asked for to its commit. */
export function writeAppRecords(draft: Draft, records: AppRecords | undefined): void {
  if (records === undefined) return
  for (const [name, value] of records) {
    const key = applicationKey(name)
    if (value === null) draft.delete(key)
    else draft.put(key, value)
  }
}
