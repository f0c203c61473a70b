/**
 * Danger: using an old state twice reuses a message key, which shows both plaintexts to whoever has both ciphertexts. This entry is
 * the pure core, for experts who keep states themselves; apps use `Client` of the main entry, which cannot make that mistake.
 * States come from other calls of this entry, and calls know one by a single field, as they run for every message; everything else (keys,
 * secrets, bytes, numbers, functions) is checked as everywhere. What is of another kind: BisikError `invalid-argument`.
 */

export { agree, generateKeyPair, isCanonicalBaseKey, keyPairFromPrivateKey } from '../crypto/dh.js'
export { decapsulate, encapsulate, generateKemKeyPair, kemKeyPairFromSecretKey } from '../crypto/kem/kem.js'
export type {
  EcPublicKey,
  IdentityKey,
  IdentityKeyPair,
  KemCiphertext,
  KemKeyPair,
  KemPublicKey,
  KeyPair,
  Signature,
} from '../crypto/keys.js'
export { parseEcPublicKey, parseIdentityKey, parseKemCiphertext, parseKemPublicKey, parseSignature } from '../crypto/keys.js'
export { exposeSecret, Secret } from '../crypto/secret.js'
export { sign, verify } from '../crypto/xeddsa.js'
export type { LocalEnd } from '../records/session-record.js'
export { parseSenderKeyState, parseSessionState, serializeSenderKeyState, serializeSessionState } from '../records/state-bytes.js'
export type { SenderKeyDistributionMessage } from '../wire/sender-key-message.js'
export { parseSenderKeyDistribution } from '../wire/sender-key-message.js'
export { type Checkpoints, type KnownCheckpoints, LongJump, type Opening } from './checkpoints.js'
export type {
  LacksSenderKey,
  OpenedSenderKeyMessage,
  SenderChainPosition,
  SenderKeyChanges,
  SenderKeyOpenOptions,
} from './groups/messages.js'
export { advanceSenderChain, openSenderKeyMessage, sealSenderKeyMessage } from './groups/messages.js'
export type { SenderKeyChain, SenderKeyState } from './groups/sender-key.js'
export { acceptDistribution, chainIdOf, createSenderKey, distributionOf, wipeSenderKey } from './groups/sender-key.js'
export type { AcceptInput, HandshakeSecrets } from './handshake/handshake.js'
export { acceptHandshake, initiateHandshake } from './handshake/handshake.js'
export type { KemPreKey, OneTimePreKey, SignedPreKey, Verified } from './handshake/pre-keys.js'
export { generateKemPreKey, generateOneTimePreKey, generateSignedPreKey, verifyPreKeyBundle } from './handshake/pre-keys.js'
export { signAlternateIdentity, verifyAlternateIdentity } from './identity/alternate-identity.js'
export type { Fingerprint, FingerprintHash, FingerprintParty } from './identity/fingerprint.js'
export { beginHash, combineHashes, compareScannable, continueHash, FINGERPRINT_VERSION, hashParty } from './identity/fingerprint.js'
export type { KnownIdentity, TrustLevel, TrustPolicy, TrustVerdict } from './identity/trust.js'
export { decideTrust } from './identity/trust.js'
export {
  MAX_ARCHIVED_FORWARD_JUMP,
  MAX_ARCHIVED_HMACS,
  MAX_ARCHIVED_SESSIONS,
  MAX_FIRST_FORWARD_JUMP,
  MAX_FORWARD_JUMP,
  MAX_OWN_DEVICE_JUMP,
  MAX_RECEIVING_CHAINS,
  MAX_SKIPPED_KEYS,
  UNACKNOWLEDGED_SESSION_AGE,
} from './limits.js'
export type { OpenedMessages } from './opened-messages.js'
export type { Chain } from './ratchet/chain.js'
export type {
  DoubleRatchetState,
  RatchetHeader,
  ReceivingChain,
  SendingChain,
  SkippedKeyChanges,
} from './ratchet/double-ratchet.js'
export type { RatchetState } from './ratchet/triple-ratchet.js'
export type { TrustRoot, Valid } from './sealed/certificates.js'
export { issueSenderCertificate, issueServerCertificate, refuseSelfSend, validateCertificate } from './sealed/certificates.js'
export type { Destination, SealedForManyOptions, SealingForMany, SealingIdentity } from './sealed/sealed-sender.js'
export { beginSealForMany, refusalsOf, sealForMany, sealForOne, unseal } from './sealed/sealed-sender.js'
export { archiveForm, idOf, kindOf, maySend, openOnAnySession, openOnSession, sendOnSession, wipeSession } from './session/door.js'
export type { OpenedOnSession, OpenOptions, WriterProfile } from './session/messages.js'
export type { Ends, PendingHandshake, SessionId, SessionKind, SessionState } from './session/session.js'
export { sessionId } from './session/session.js'
export { acceptSession, initiateSession } from './session/start.js'
