/**
 * bisik: end-to-end encrypted messaging. This entry is what an app needs; see the other entries for stores, servers and experts.
 */
export type { Bytes } from './bytes.js'
export { fromUtf8, utf8 } from './bytes.js'
export type { ExistingIdentity } from './client/account/account.js'
export { Client } from './client/client.js'
export type { AcceptedList } from './client/devices/accept.js'
export type { AcceptListOptions, CreateListOptions, Devices } from './client/devices/handle.js'
export type { DeviceOffer, MovedAccount } from './client/devices/own-list.js'
export type { ShownDevice, UserDevices } from './client/devices/shown.js'
export type { Anchor } from './client/frame/anchor.js'
export type { WeakerKind } from './client/frame/arguments.js'
export type { ClientLimits } from './client/frame/limits.js'
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
  ToUserOptions,
} from './client/frame/options.js'
export type {
  AddressedEnvelope,
  AppReader,
  AppRecords,
  DamagedRecord,
  DeviceDifferences,
  DroppedRecord,
  FailedRecipient,
  Incoming,
  Notice,
  NotReached,
  Persist,
  Received,
  ReceivedContent,
  ReceivedGroupMessage,
  ReceivedMessage,
  ReceivedRetryRequest,
  RepeatedContent,
  RetryAnswer,
  SealedForMany,
  SentToUser,
  SessionStatus,
  SessionSummary,
  Started,
  TakenSenderKey,
  UnreadableContent,
  UpkeepReport,
} from './client/frame/results.js'
export type { Group } from './client/groups/handle.js'
export type { OutgoingContent } from './client/healing/contents.js'
export type { Restored } from './client/healing/restored.js'
export type { KnownDevice } from './client/sessions/known-devices.js'
export type { EcPublicKey, IdentityKey, KemPublicKey, Signature } from './crypto/keys.js'
export type { Clock, EpochMillis, RandomSource } from './env.js'
export { epochMillis } from './env.js'
export type { Diagnosis, DiagnosisCause, DiagnosisRemedy, ErrorCode, ErrorDetails, ReceivedSeal } from './errors.js'
export { BisikError, isBisikError } from './errors.js'
export { verifyAlternateIdentity } from './protocol/identity/alternate-identity.js'
export type { Fingerprint } from './protocol/identity/fingerprint.js'
export type { TrustLevel, TrustPolicy } from './protocol/identity/trust.js'
export type { SessionKind } from './protocol/session/session.js'
export { MemoryStore } from './store/engines/memory.js'
export type { KeyStore } from './store/key-store.js'
export type { DeviceAddress } from './wire/address.js'
export type { Envelope, NamedEnvelope, PlaintextEnvelope, SealedEnvelope } from './wire/envelope.js'
export { parseEnvelope, serializeEnvelope } from './wire/envelope.js'
export type { PreKeyBundle, PreKeyUpload } from './wire/pre-key-bundle.js'
export { parsePreKeyBundle, parsePreKeyUpload, serializePreKeyBundle, serializePreKeyUpload } from './wire/pre-key-bundle.js'
