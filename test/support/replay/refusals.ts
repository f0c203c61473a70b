/**
 * Which refusal of ours stands for which error of libsignal's, and which differ as declared. Knows error texts of libsignal's Node
 * package and the codes of `src/errors.ts`; spec: libsignal wire 10.
 */
import type { BisikError, ErrorCode } from '../../../src/errors.js'
import type { Profile } from './profiles.js'
import type { ActingStep, RecordedError } from './transcript.js'

/** libsignal folds every reason for which no session opens a message into this one. */
const FOLDED = /^invalid (Whisper|PreKey) message: decryption failed$/

/** What libsignal says of a copy, and of a group message from before its sender key was handed out (sender-key-before-first). */
const OLD_COUNTER = /^message with old counter \d+ \/ \d+$/

/** Texts of libsignal's generic errors, with the codes that mean the same here; the first that matches counts. */
const TABLE: readonly (readonly [text: RegExp, codes: readonly ErrorCode[]])[] = [
  [/^self send of a sealed sender message$/, ['self-send']],
  [/^invalid sealed sender message: trust root validation failed$/, ['certificate-untrusted', 'certificate-expired']],
  [/^invalid sealed sender message: Message was empty$/, ['malformed-message']],
  [/^invalid sealed sender message: recipient .* redundantly encoded as empty$/, ['malformed-message']],
  [/^invalid sealed sender message: /, ['authentication-failed']],
  [/^unknown server certificate ID: /, ['certificate-untrusted']],
  [/^invalid (Plaintext|SenderKey) message: unexpected message type for sealed_sender_decrypt: /, ['invalid-argument']],
  [/^unknown sealed sender message version \d+$/, ['unsupported-version']],
  [/^Invalid fingerprint iterations \d+$/, ['invalid-argument']],
  [/^fingerprint version number mismatch them \d+ us \d+$/, ['unsupported-version']],
  [/^fingerprint parsing error: /, ['malformed-message']],
  [OLD_COUNTER, ['duplicate-message', 'no-sender-key']],
  [/^untrusted identity for address /, ['untrusted-identity']],
  [FOLDED, ['authentication-failed', 'too-far-ahead', 'invalid-key']],
  [/^invalid PreKey message: incoming base key is invalid$/, ['invalid-key']],
  [/^invalid PreKey message: remote identity key not consistent /, ['untrusted-identity']],
  [/^invalid PreKey message: X3DH no longer supported$/, ['session-kind-refused']],
  [/^invalid PreKey message: /, ['malformed-message']],
  // Releases before 0.92 say 'get', and that it was in a callback.
  [/^error in method call '(load|get)(Signed|Kyber|)PreKey': /, ['pre-key-not-found']],
  [/^error in method call 'markKyberPreKeyUsed': (callback error )?Error: reused base key$/, ['replayed-base-key']],
  [/^session with .* not found(: |$)/, ['no-session']],
  [/^missing sender key state for distribution ID /, ['no-sender-key']],
  [/^invalid SenderKey message: message from too far into the future$/, ['too-far-ahead']],
  [/^invalid SenderKey message: decryption failed: /, ['authentication-failed']],
  [/^invalid signature detected$/, ['bad-signature']],
  [/^ciphertext version was (too old|unrecognized) </, ['unsupported-version']],
  [/^unrecognized message version </, ['unsupported-version']],
  [/^ciphertext serialized bytes were too short </, ['malformed-message']],
  [/^protobuf encoding was invalid$/, ['malformed-message']],
  [/^invalid argument: Content does not contain DecryptionErrorMessage$/, ['malformed-message']],
  [/^(no key type identifier$|bad key (type|length) <|bad KEM (key|ciphertext) (type|length) <|invalid key agreement$)/, ['invalid-key']],
  [/^invalid argument: output too long \(/, ['internal']],
  // In a bundle of ours an id cannot come without its key: what is refused is the empty key.
  [/^invalid argument: Must supply both or neither of prekey and prekey_id$/, ['invalid-key']],
  [/^invalid argument: /, ['invalid-argument']],
]

/**
 * Where bisik gives another reason than libsignal, and a deviation declares it: while doing what, for which text, with which code. No text
 * has such a code in the table.
 */
const DECLARED: readonly (readonly [operation: ActingStep['op'], text: RegExp, code: ErrorCode, deviation: string])[] = [
  ['encrypt', /^untrusted identity for address /, 'no-session', 'replaced-identity-session'],
  [
    'decrypt',
    /^(error in method call '(load|get)\w*PreKey': |invalid PreKey message: incoming base key is invalid$)/,
    'session-kind-refused',
    'session-kind-first',
  ],
]

/** The codes that stand for an error of libsignal's. @throws if the table does not know it. */
export function codesOf(error: RecordedError, profile?: Profile): readonly ErrorCode[] {
  const row = TABLE.find(([text]) => text.test(error.message))
  if (row === undefined) throw new Error(`the table of refusals does not know "${error.message}"`)
  const [, codes] = row
  // A release that asks for the post-quantum ratchet does not tell when there is none in a first message.
  const isFirst = error.message === 'invalid PreKey message: decryption failed'
  return profile?.writer.pqRatchet === 'required' && isFirst ? [...codes, 'session-kind-refused'] : codes
}

/** Whether a refusal of ours stands for libsignal's, details included. */
export function isSameRefusal(refusal: BisikError, error: RecordedError, profile?: Profile): boolean {
  if (!codesOf(error, profile).includes(refusal.code)) return false
  if (refusal.code === 'duplicate-message') return error.message.endsWith(` / ${refusal.details.counter}`)
  if (refusal.code === 'no-sender-key' && OLD_COUNTER.test(error.message)) {
    return refusal.details.first !== undefined && Number(error.message.split(' / ')[1]) < refusal.details.first
  }
  // Of a message that a session did not open, the one key not looked at before is its ratchet key.
  if (refusal.code === 'invalid-key' && FOLDED.test(error.message)) return refusal.details.reason === 'a point of small order'
  return true
}

/** The deviation that declares why a refusal of ours does not stand for libsignal's, if there is one. */
export function declaredDifference(operation: ActingStep['op'], refusal: BisikError, error: RecordedError): string | undefined {
  return DECLARED.find(([op, text, code]) => op === operation && code === refusal.code && text.test(error.message))?.[3]
}
