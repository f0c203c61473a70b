/**
 * The frame of every operation on a device's sessions: one transaction, and when all is done, the secrets it decoded are wiped, but for
 * those of the session that is current then. Knows no operation.
 */
import { invalidArgument, mapArgument } from '../../arguments.js'
import { applicationKey } from '../../records/names.js'
import type { RecordKey } from '../../store/key-store.js'
import { type Outcome, transact } from '../../store/transact.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { bytesCopy } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import type { AppRecords } from '../frame/results.js'
import { firstKeys, PeerSessions } from './peer.js'
import { repairSessions } from './repair.js'

// The longest chain of reads: current session; a skipped key; the archive; its sessions; their skipped keys; the oldest's indexes; its
// segments; one more where a new session also looks up prekeys, another where a new device's user has others, six where its first message
// brings one sender key too many.
const ROUNDS = 15

/** Runs a step on a device's sessions, and on `others` of its records; when all is done, only the current session is remembered. */
export async function transactPeer<T>(
  context: Context,
  peer: CanonicalAddress,
  step: (draft: Draft, sessions: PeerSessions) => Outcome<T>,
  others: readonly RecordKey[] = [],
): Promise<T> {
  const keys = firstKeys(peer)
  const [key] = keys
  let sessions: PeerSessions | undefined
  let draft: Draft | undefined
  let isCommitted = false
  let dropped: readonly string[] = []
  try {
    const result = await transact<T>(
      context.store,
      others.length === 0 ? keys : [...keys, ...others],
      (view) => {
        // Taken when it is our turn: until then it is of whoever is before us.
        const remembered = sessions === undefined ? context.sessions.take(key) : sessions.end(false)
        draft?.reclaim()
        draft = new Draft(view, context.spares)
        sessions = new PeerSessions(context, draft, peer, keys, remembered)
        return step(draft, sessions)
      },
      { rounds: ROUNDS },
    )
    isCommitted = true
    dropped = draft?.dropped ?? []
    return result
  } finally {
    if (isCommitted) draft?.reclaim()
    const remembered = sessions?.end(isCommitted)
    if (remembered !== undefined) context.sessions.put(key, remembered)
    // The result is committed, and must not get lost by what is only tidying.
    if (dropped.length > 0) await repairSessions(context, peer).catch(() => {})
  }
}

/** Adds what an operation's `persist` asked for to its commit. */
export function writeAppRecords(draft: Draft, records: AppRecords | undefined): void {
  if (records === undefined) return
  // A promise most likely: `persist` runs inside the transaction and cannot wait.
  for (const [name, value] of mapArgument(records, 'persist', 'a function that returns a Map at once, and no promise')) {
    if (typeof name !== 'string') throw invalidArgument('persist', 'names that are text')
    const key = applicationKey(name)
    if (value === null) draft.delete(key)
    else draft.put(key, bytesCopy(value, 'persist'))
  }
}
