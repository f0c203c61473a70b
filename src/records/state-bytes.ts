/**
 * States of the protocol as bytes, for experts who keep them by themselves: the forms of our own records. The caller must see to it that
 * no state is used twice.
 */
import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { parseIdentityKey } from '../crypto/keys.js'
import type { SenderKeyState } from '../protocol/groups/sender-key.js'
import type { SessionState } from '../protocol/session/session.js'
import { decodeSenderKeyState, encodeSenderKeyState } from './sender-key-record.js'
import { decodeSession, encodeSession, type LocalEnd } from './session-record.js'

/** Writes a session; the bytes hold its keys. Skipped keys are not in it: those are the caller's. */
export function serializeSessionState(session: SessionState): Bytes {
  return objectArgument(session, 'session', (given) => encodeSession({ generation: 1, session: given }))
}

/**
 * Reads what {@link serializeSessionState} wrote.
 *
 * @param local - whose session it is: identity key and registration id are not in the bytes.
 * @throws BisikError `corrupt-record`, `record-too-new`, `invalid-argument`.
 */
export function parseSessionState(bytes: Uint8Array, local: LocalEnd): SessionState {
  const end = objectArgument(local, 'local', ({ identity: { publicKey }, registrationId }) => ({ publicKey, registrationId }))
  const identity = { publicKey: parseIdentityKey(bytesArgument(end.publicKey, 'publicKey')) }
  const registrationId = uint32Argument(end.registrationId, 'registrationId')
  return decodeSession(bytesArgument(bytes, 'bytes'), { identity, registrationId }).session
}

/** Writes a sender key, our own or another's; the bytes hold its keys. Skipped keys are the caller's. */
export function serializeSenderKeyState(state: SenderKeyState): Bytes {
  return objectArgument(state, 'state', encodeSenderKeyState)
}

/** Reads what {@link serializeSenderKeyState} wrote. @throws BisikError `corrupt-record`, `record-too-new`, `invalid-argument`. */
export function parseSenderKeyState(bytes: Uint8Array): SenderKeyState {
  return decodeSenderKeyState(bytesArgument(bytes, 'bytes'))
}
