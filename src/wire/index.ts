/**
 * The `./wire` entry: parse and serialize what crosses the network, for servers and tools. No secrets inside, and no curve code.
 */
export type { EcPublicKey, IdentityKey, KemCiphertext, KemPublicKey, Signature } from '../crypto/keys.js'
export { parseEcPublicKey, parseIdentityKey, parseKemCiphertext, parseKemPublicKey, parseSignature } from '../crypto/keys.js'
export type { CanonicalAddress, DeviceAddress } from './address.js'
export { addressBinding, checkAddress, parseServiceId, parseServiceIdBinary, serviceIdBinary, serviceIdOf } from './address.js'
export type { SenderCertificate, ServerCertificate } from './certificate.js'
export { parseSenderCertificate, parseServerCertificate } from './certificate.js'
export type { Content } from './content.js'
export { parseContent, serializeContent } from './content.js'
export type { DecryptionErrorMessage, OriginalMessage } from './decryption-error-message.js'
export { decryptionErrorFor, parseDecryptionErrorMessage, serializeDecryptionErrorMessage } from './decryption-error-message.js'
export type { DeviceList, DeviceListFields, ListedDevice } from './device-list.js'
export { parseDeviceList } from './device-list.js'
export type { AccountMove, AccountMoveFields, DeviceStamp, DeviceStampFields, MoveProof } from './device-proofs.js'
export { parseAccountMove, parseDeviceStamp } from './device-proofs.js'
export type { Envelope, NamedEnvelope, PlaintextEnvelope, SealedEnvelope } from './envelope.js'
export { parseEnvelope, serializeEnvelope } from './envelope.js'
export type { ReceivedScannable, Scannable } from './fingerprint.js'
export { parseScannable, serializeScannable } from './fingerprint.js'
export {
  MAX_BUNDLE_LENGTH,
  MAX_CERTIFICATE_LENGTH,
  MAX_ENVELOPE_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_ONE_TIME_PRE_KEYS,
  MAX_RECIPIENTS,
  MAX_SENT_MESSAGE_LENGTH,
  MAX_UPLOAD_LENGTH,
  MAX_USER_LENGTH,
} from './limits.js'
export { extractDecryptionError, parsePlaintextContent, serializePlaintextContent } from './plaintext-content.js'
export type { KemPreKey, OneTimePreKey, PreKeyBundle, PreKeyUpload, SignedPreKey } from './pre-key-bundle.js'
export { parsePreKeyBundle, parsePreKeyUpload, serializePreKeyBundle, serializePreKeyUpload } from './pre-key-bundle.js'
export type { PreKeySignalMessage, PreKeySignalMessageFields } from './pre-key-message.js'
export { parsePreKeySignalMessage, serializePreKeySignalMessage } from './pre-key-message.js'
export type { LastKey, RosterChange, RosterPolicy, RosterRole } from './roster-change.js'
export type { RosterAuthor, RosterEntry, RosterEntryFields } from './roster-entry.js'
export { parseRosterEntry } from './roster-entry.js'
export type {
  ContentHint,
  SealedContent,
  SealedContentFields,
  SealedForMany,
  SealedForOne,
  SealedKind,
  SealedMessage,
} from './sealed-message.js'
export { parseSealedContent, parseSealedMessage, serializeSealedContent } from './sealed-message.js'
export type { SenderKeyMessage, SenderKeyMessageFields } from './sender-key-message.js'
export { encodeSenderKeyMessage, parseSenderKeyMessage } from './sender-key-message.js'
export type { Recipient, RecipientDevice, SentMessage } from './sent-message.js'
export { parseSentMessage } from './sent-message.js'
export type { SignalMessage, SignalMessageFields } from './signal-message.js'
export { encodeSignalMessage, parseSignalMessage } from './signal-message.js'
export type { SessionVersion } from './version.js'
