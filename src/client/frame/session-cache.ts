/**
 * The sessions that were written last, as they are before encoding: the next message with the same device then decodes nothing and
 * imports no key anew. A shortcut and never truth: what is remembered counts only if its record is, byte for byte, what the store holds.
 */

import { type Bytes, equalBytes } from '../../bytes.js'
import { Cache } from '../../caches.js'
import type { KnownIdentity } from '../../protocol/identity/trust.js'
import { wipeSession } from '../../protocol/session/session.js'
import type { StoredSession } from '../../records/session-record.js'

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

/** The sessions of one client that it remembers. What is taken out belongs to who took it: one run at a time works with a session. */
export function sessionCache(): Cache<RememberedSession> {
  return new Cache<RememberedSession>('sessions', (remembered) => forget(remembered))
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
