/**
 * Why a message did not open: adds a diagnosis to the refusal, for the owner of this device. Changes no code and no text of an error,
 * knows no secret, and is told nothing that the sender of a forged message could learn from.
 */
import { equalBytes, toHex } from '../../bytes.js'
import { sha256 } from '../../crypto/hash.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import { BisikError, type Diagnosis, type DiagnosisCause, type DiagnosisRemedy, type ErrorCode, isBisikError } from '../../errors.js'
import type { SessionState } from '../../protocol/session/session.js'
import type { DeviceAddress } from '../../wire/address.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import type { SenderKeyMessage } from '../../wire/sender-key-message.js'
import type { SignalMessage } from '../../wire/signal-message.js'

/** The codes that can carry a diagnosis. */
type Diagnosed =
  | 'no-session'
  | 'no-sender-key'
  | 'pre-key-not-found'
  | 'replayed-base-key'
  | 'pre-key-worn-out'
  | 'authentication-failed'
  | 'too-far-ahead'
  | 'duplicate-message'
  | 'message-key-expired'
  | 'corrupt-record'

const DIAGNOSED: ReadonlySet<ErrorCode> = new Set<Diagnosed>([
  'no-session',
  'no-sender-key',
  'pre-key-not-found',
  'replayed-base-key',
  'pre-key-worn-out',
  'authentication-failed',
  'too-far-ahead',
  'duplicate-message',
  'message-key-expired',
  'corrupt-record',
])

/** Diagnoses why a message between two devices did not open. @returns what to throw in place of `error`. */
export function diagnose(
  error: unknown,
  about: {
    readonly sender: DeviceAddress
    readonly message: PreKeySignalMessage | SignalMessage
    readonly current: SessionState | undefined
  },
): unknown {
  const { sender, message, current } = about
  const first = 'message' in message ? message : undefined
  const { ratchetKey, counter } = 'message' in message ? message.message : message
  const baseKey = first?.baseKey ?? current?.baseKey
  const session = baseKey === undefined ? undefined : sessionLabel(baseKey)
  return withDiagnosis(error, (code) => {
    const cause = isReused(error) ? 'counter-reused' : isUnread(error) ? 'key-expired' : causeOf(code, first, ratchetKey, current)
    return { sender, session, distribution: undefined, counter, ratchetKey, cause, remedy: remedyOf(code, cause) }
  })
}

/** Why a group message does not open. */
type GroupCause = Extract<
  DiagnosisCause,
  `sender-key-${string}` | 'seen-before' | 'counter-reused' | 'key-expired' | 'gap-too-large' | 'record-damaged'
>

const GROUP_REMEDIES: { readonly [Cause in GroupCause]: DiagnosisRemedy } = {
  'sender-key-missing': 'ask-for-sender-key',
  // No key that its owner could hand out again opens it.
  'sender-key-began-later': 'drop',
  'sender-key-foreign': 'drop',
  'seen-before': 'acknowledge',
  'counter-reused': 'acknowledge',
  // Its owner keeps no content that was sent to a group.
  'key-expired': 'drop',
  'gap-too-large': 'ask-for-sender-key',
  'record-damaged': 'ask-for-sender-key',
}

/** Diagnoses why a group message did not open. @returns what to throw in place of `error`. */
export function diagnoseGroupMessage(error: unknown, sender: DeviceAddress, { iteration, distribution }: SenderKeyMessage): unknown {
  return withDiagnosis(error, (code) => {
    const cause = groupCauseOf(code, error)
    const remedy = GROUP_REMEDIES[cause]
    return { sender, session: undefined, distribution, counter: iteration, ratchetKey: undefined, cause, remedy }
  })
}

/** The diagnosis that an error carries, if any. */
export function diagnosisOf(error: unknown): Diagnosis | undefined {
  return isBisikError(error) && 'diagnosis' in error.details ? error.details.diagnosis : undefined
}

/** The public name of a session, the same on both sides: people can compare it in reports, and it leads to no key. */
function sessionLabel(baseKey: EcPublicKey): string {
  return toHex(sha256(baseKey).subarray(0, 8))
}

function groupCauseOf(code: Diagnosed, error: unknown): GroupCause {
  if (isBisikError(error, 'no-sender-key')) return error.details.first === undefined ? 'sender-key-missing' : 'sender-key-began-later'
  if (isReused(error)) return 'counter-reused'
  if (isUnread(error)) return 'key-expired'
  if (code === 'duplicate-message') return 'seen-before'
  if (code === 'message-key-expired') return 'key-expired'
  if (code === 'corrupt-record') return 'record-damaged'
  return code === 'too-far-ahead' ? 'gap-too-large' : 'sender-key-foreign'
}

/** Whether the key of this message had to make room, so that nobody has read it. */
function isUnread(error: unknown): boolean {
  return isBisikError(error, 'duplicate-message') && error.details.unread === true
}

/** Whether another message was opened in the place of this one. */
function isReused(error: unknown): boolean {
  return isBisikError(error, 'duplicate-message') && error.details.differs === true
}

function causeOf(
  code: Diagnosed,
  first: PreKeySignalMessage | undefined,
  ratchetKey: EcPublicKey,
  current: SessionState | undefined,
): DiagnosisCause {
  switch (code) {
    case 'no-session':
      return 'session-missing'
    case 'pre-key-not-found':
    case 'pre-key-worn-out':
      return 'pre-key-gone'
    case 'replayed-base-key':
    case 'duplicate-message':
      return 'seen-before'
    case 'message-key-expired':
      return 'key-expired'
    case 'too-far-ahead':
      return 'gap-too-large'
    case 'corrupt-record':
      return 'record-damaged'
    default: {
      const known = current?.ratchet.double.receiving.some((chain) => equalBytes(chain.ratchetKey, ratchetKey))
      if (known === true) return 'altered'
      return first !== undefined && (current === undefined || !equalBytes(first.baseKey, current.baseKey))
        ? 'handshake-differs'
        : 'session-diverged'
    }
  }
}

function remedyOf(code: Diagnosed, cause: DiagnosisCause): DiagnosisRemedy {
  if (code === 'duplicate-message' && cause !== 'key-expired') return 'acknowledge'
  return cause === 'seen-before' ? 'drop' : 'ask-again'
}

/** One error for one failure: it takes the place of the first, with its code and its cause. */
function withDiagnosis(error: unknown, make: (code: Diagnosed) => Diagnosis): unknown {
  if (!isBisikError(error) || !DIAGNOSED.has(error.code) || diagnosisOf(error) !== undefined) return error
  // Whom to believe is for the user to say: asking again does not help.
  if (isBisikError(error, 'corrupt-record') && error.details.record === 'identity') return error
  const code = error.code as Diagnosed
  return new BisikError(code, { ...error.details, diagnosis: make(code) } as never, error.cause === undefined ? {} : { cause: error.cause })
}
