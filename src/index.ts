/**
 * bisik: end-to-end encrypted messaging. This entry is what an app needs; see the other entries for stores, servers and experts.
 */
export type { Bytes } from './bytes.js'
export { fromUtf8, utf8 } from './bytes.js'
export type { ExistingIdentity } from './client/account.js'
export type { WeakerKind } from './client/arguments.js'
export { Client } from './client/client.js'
export type { ClientLimits } from './client/client-limits.js'
export type { OutgoingContent } from './client/contents.js'
export type { KnownDevice } from './client/known-devices.js'
export type {
  AnswerOptions,
  ClientOptions,
  DecryptContentOptions,
  DecryptOptions,
  EncryptOptions,
  EncryptToOptions,
  SealForManyOptions,
  SealOptions,
  StartOptions,
} from './client/options.js'
export type { Group } from './client/own-group.js'
export type {
  AppRecords,
  DamagedRecord,
  DroppedRecord,
  FailedRecipient,
  Incoming,
  Notice,
  Received,
  ReceivedContent,
  ReceivedGroupMessage,
  ReceivedMessage,
  ReceivedRetryRequest,
  RepeatedContent,
  RetryAnswer,
  SealedForMany,
  SessionStatus,
  SessionSummary,
  Started,
  TakenSenderKey,
  UnreadableContent,
  UpkeepReport,
} from './client/results.js'
export type { EcPublicKey, IdentityKey, KemPublicKey, Signature } from './crypto/keys.js'
export type { Clock, EpochMillis, RandomSource } from './env.js'
export { epochMillis } from './env.js'
export type { Diagnosis, DiagnosisCause, DiagnosisRemedy, ErrorCode, ErrorDetails, ReceivedSeal } from './errors.js'
export { BisikError, isBisikError } from './errors.js'
export { verifyAlternateIdentity } from './protocol/alternate-identity.js'
export type { Fingerprint } from './protocol/fingerprint.js'
export type { SessionKind } from './protocol/session.js'
export type { TrustLevel, TrustPolicy } from './protocol/trust.js'
export type { KeyStore } from './store/key-store.js'
export { MemoryStore } from './store/memory.js'
export type { DeviceAddress } from './wire/address.js'
export type { Envelope, NamedEnvelope, PlaintextEnvelope, SealedEnvelope } from './wire/envelope.js'
export { parseEnvelope, serializeEnvelope } from './wire/envelope.js'
export type { PreKeyBundle, PreKeyUpload } from './wire/pre-key-bundle.js'
export { parsePreKeyBundle, parsePreKeyUpload, serializePreKeyBundle, serializePreKeyUpload } from './wire/pre-key-bundle.js'
