/**
 * The sessions that were written last, as they are before encoding: the next message with the same device then decodes nothing and
 * imports no key anew. A shortcut and never truth: what is remembered counts only if its record is, byte for byte, what the store holds.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { KnownIdentity } from '../../protocol/identity/trust.js'
import { wipeSession } from '../../protocol/session/session.js'
import type { StoredSession } from '../../records/session-record.js'
import type { RecordKey } from '../../store/key-store.js'

/** A session and the bytes that stand for it in the store. */
export interface RememberedSession {
  readonly record: Bytes
  readonly stored: StoredSession
  /** The device's identity as it was read with the session. */
  readonly identity?: RememberedIdentity | undefined
}

/** What is known of a device's identity and the bytes that say it: read with every message, and next to never others. */
export interface RememberedIdentity {
  readonly record: Bytes
  readonly known: KnownIdentity
}

// A conversation is with few devices at a time; each entry is below 10 kB, and a session's keys lie in memory as long as it is here.
const CAPACITY = 16

/** The sessions of one client that it remembers. What is taken out belongs to who took it: one run at a time works with a session. */
export class SessionMemo {
  /** In the order of last use; what is first goes first. */
  readonly #sessions = new Map<RecordKey, RememberedSession>()

  /** Takes out what is remembered under a record's name. */
  take(key: RecordKey): RememberedSession | undefined {
    const remembered = this.#sessions.get(key)
    this.#sessions.delete(key)
    return remembered
  }

  /** Remembers a session; the memo owns its secrets and its record from now on. */
  put(key: RecordKey, remembered: RememberedSession): void {
    forget(this.take(key))
    this.#sessions.set(key, remembered)
    const oldest = this.#sessions.keys().next()
    if (this.#sessions.size > CAPACITY && oldest.done !== true) forget(this.take(oldest.value))
  }
}

/** Whether a record is the remembered session's. */
export function isRecordOf(remembered: RememberedSession | undefined, record: Uint8Array): remembered is RememberedSession {
  return remembered !== undefined && equalBytes(remembered.record, record)
}

/** Wipes a remembered session and its record, but for the secrets that `except` holds too. */
export function forget(remembered: RememberedSession | undefined, except?: RememberedSession): void {
  if (remembered === undefined || remembered === except) return
  remembered.record.fill(0)
  wipeSession(remembered.stored.session, except?.stored.session)
}
