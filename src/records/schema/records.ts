/** The messages of proto/records.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface RotatedPreKey {
  readonly id: number
  readonly createdAt: number
  readonly publishedAt: number
  readonly overAt: number
  readonly overPublications: number
}
export const RotatedPreKey: MessageType<RotatedPreKey> = new MessageType([
  [1, 'id', 'uint32', 'implicit'],
  [2, 'createdAt', 'double', 'implicit'],
  [3, 'publishedAt', 'double', 'implicit'],
  [4, 'overAt', 'double', 'implicit'],
  [5, 'overPublications', 'uint32', 'implicit'],
])

export interface PreKeyBatch {
  readonly end: number
  readonly kemEnd: number
  readonly createdAt: number
  readonly publishedAt: number
  readonly withdrawnAt: number
  readonly overAt: number
  readonly overPublications: number
}
export const PreKeyBatch: MessageType<PreKeyBatch> = new MessageType([
  [1, 'end', 'uint32', 'implicit'],
  [2, 'kemEnd', 'uint32', 'implicit'],
  [3, 'createdAt', 'double', 'implicit'],
  [4, 'publishedAt', 'double', 'implicit'],
  [5, 'withdrawnAt', 'double', 'implicit'],
  [6, 'overAt', 'double', 'implicit'],
  [7, 'overPublications', 'uint32', 'implicit'],
])

export interface Account {
  readonly format: number
  readonly generation: number
  readonly user: string
  readonly device: number
  readonly identityPublic: Bytes
  readonly identityPrivate: Bytes
  readonly registrationId: number
  readonly nextOneTimePreKeyId: number
  readonly nextSignedPreKeyId: number
  readonly nextKemPreKeyId: number
  readonly signedPreKeys: readonly RotatedPreKey[]
  readonly lastResortKemPreKeys: readonly RotatedPreKey[]
  readonly publications: number
  readonly batches: readonly PreKeyBatch[]
  readonly firstOneTimePreKeyId: number
  readonly firstOneTimeKemPreKeyId: number
  readonly layout: number
}
export const Account: MessageType<Account> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'generation', 'uint32', 'implicit'],
  [3, 'user', 'string', 'implicit'],
  [4, 'device', 'uint32', 'implicit'],
  [5, 'identityPublic', 'bytes', 'implicit'],
  [6, 'identityPrivate', 'bytes', 'implicit'],
  [7, 'registrationId', 'uint32', 'implicit'],
  [8, 'nextOneTimePreKeyId', 'uint32', 'implicit'],
  [9, 'nextSignedPreKeyId', 'uint32', 'implicit'],
  [10, 'nextKemPreKeyId', 'uint32', 'implicit'],
  [11, 'signedPreKeys', RotatedPreKey, 'repeated'],
  [12, 'lastResortKemPreKeys', RotatedPreKey, 'repeated'],
  [13, 'publications', 'uint32', 'implicit'],
  [14, 'batches', PreKeyBatch, 'repeated'],
  [15, 'firstOneTimePreKeyId', 'uint32', 'implicit'],
  [16, 'firstOneTimeKemPreKeyId', 'uint32', 'implicit'],
  [17, 'layout', 'uint32', 'implicit'],
])

export interface OneTimePreKey {
  readonly format: number
  readonly public: Bytes
  readonly private: Bytes
}
export const OneTimePreKey: MessageType<OneTimePreKey> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'public', 'bytes', 'implicit'],
  [3, 'private', 'bytes', 'implicit'],
])

export interface SignedPreKey {
  readonly format: number
  readonly public: Bytes
  readonly private: Bytes
  readonly signature: Bytes
  readonly createdAt: number
}
export const SignedPreKey: MessageType<SignedPreKey> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'public', 'bytes', 'implicit'],
  [3, 'private', 'bytes', 'implicit'],
  [4, 'signature', 'bytes', 'implicit'],
  [5, 'createdAt', 'double', 'implicit'],
])

export interface KemPreKey {
  readonly format: number
  readonly secret: Bytes
  readonly signature: Bytes
  readonly createdAt: number
  readonly lastResort: boolean
}
export const KemPreKey: MessageType<KemPreKey> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'secret', 'bytes', 'implicit'],
  [3, 'signature', 'bytes', 'implicit'],
  [4, 'createdAt', 'double', 'implicit'],
  [5, 'lastResort', 'bool', 'implicit'],
])

export interface Identity {
  readonly format: number
  readonly key: Bytes
  readonly level: number
  readonly unansweredSince: number
}
export const Identity: MessageType<Identity> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'key', 'bytes', 'implicit'],
  [3, 'level', 'uint32', 'implicit'],
  [4, 'unansweredSince', 'double', 'implicit'],
])

export interface Unanswered {
  readonly format: number
  readonly keptKeys: number
  readonly overAt: number
}
export const Unanswered: MessageType<Unanswered> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'keptKeys', 'uint32', 'implicit'],
  [3, 'overAt', 'double', 'implicit'],
])

export interface Devices {
  readonly format: number
  readonly devices: readonly number[]
}
export const Devices: MessageType<Devices> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'devices', 'uint32', 'packed'],
])

export interface PendingHandshake {
  readonly oneTimePreKeyId: number | null
  readonly signedPreKeyId: number
  readonly kemPreKeyId: number | null
  readonly kemCiphertext: Bytes
  readonly createdAt: number
}
export const PendingHandshake: MessageType<PendingHandshake> = new MessageType([
  [1, 'oneTimePreKeyId', 'uint32', 'optional'],
  [2, 'signedPreKeyId', 'uint32', 'implicit'],
  [3, 'kemPreKeyId', 'uint32', 'optional'],
  [4, 'kemCiphertext', 'bytes', 'implicit'],
  [5, 'createdAt', 'double', 'implicit'],
])

export interface ReceivingChain {
  readonly ratchetKey: Bytes
  readonly chainKey: Bytes
  readonly counter: number
  readonly skippedEnd: number
}
export const ReceivingChain: MessageType<ReceivingChain> = new MessageType([
  [1, 'ratchetKey', 'bytes', 'implicit'],
  [2, 'chainKey', 'bytes', 'implicit'],
  [3, 'counter', 'uint32', 'implicit'],
  [4, 'skippedEnd', 'uint32', 'implicit'],
])

export interface PqNegotiation {
  readonly minVersion: number
  readonly authKey: Bytes
}
export const PqNegotiation: MessageType<PqNegotiation> = new MessageType([
  [1, 'minVersion', 'uint32', 'implicit'],
  [2, 'authKey', 'bytes', 'implicit'],
])

export interface PqLink {
  readonly sendingCounter: number
  readonly sendingKey: Bytes | null
  readonly receivingCounter: number
  readonly receivingKey: Bytes
  readonly lastSkipped: number
}
export const PqLink: MessageType<PqLink> = new MessageType([
  [1, 'sendingCounter', 'uint32', 'implicit'],
  [2, 'sendingKey', 'bytes', 'optional'],
  [3, 'receivingCounter', 'uint32', 'implicit'],
  [4, 'receivingKey', 'bytes', 'implicit'],
  [5, 'lastSkipped', 'uint32', 'implicit'],
])

export interface PqChains {
  readonly currentEpoch: number
  readonly sendEpoch: number
  readonly nextRoot: Bytes
  readonly links: readonly PqLink[]
}
export const PqChains: MessageType<PqChains> = new MessageType([
  [1, 'currentEpoch', 'uint32', 'implicit'],
  [2, 'sendEpoch', 'uint32', 'implicit'],
  [3, 'nextRoot', 'bytes', 'implicit'],
  [4, 'links', PqLink, 'repeated'],
])

export interface Braid {
  readonly state: number
  readonly epoch: number
  readonly auth: Bytes
  readonly dk: Bytes
  readonly sending: Bytes
  readonly sent: number
  readonly chunks: Bytes
  readonly ct1: Bytes
  readonly header: Bytes
  readonly randomness: Bytes
  readonly expanded: Bytes
  readonly ek: Bytes
}
export const Braid: MessageType<Braid> = new MessageType([
  [1, 'state', 'uint32', 'implicit'],
  [2, 'epoch', 'uint32', 'implicit'],
  [3, 'auth', 'bytes', 'implicit'],
  [4, 'dk', 'bytes', 'implicit'],
  [5, 'sending', 'bytes', 'implicit'],
  [6, 'sent', 'uint32', 'implicit'],
  [7, 'chunks', 'bytes', 'implicit'],
  [8, 'ct1', 'bytes', 'implicit'],
  [9, 'header', 'bytes', 'implicit'],
  [10, 'randomness', 'bytes', 'implicit'],
  [11, 'expanded', 'bytes', 'implicit'],
  [12, 'ek', 'bytes', 'implicit'],
])

export interface PqRatchet {
  readonly initiator: boolean
  readonly maxForwardJump: number
  readonly maxSkippedKeys: number
  readonly negotiation: PqNegotiation | null
  readonly chains: PqChains | null
  readonly braid: Braid | null
}
export const PqRatchet: MessageType<PqRatchet> = new MessageType([
  [1, 'initiator', 'bool', 'implicit'],
  [2, 'maxForwardJump', 'uint32', 'implicit'],
  [3, 'maxSkippedKeys', 'uint32', 'implicit'],
  [4, 'negotiation', PqNegotiation, 'optional'],
  [5, 'chains', PqChains, 'optional'],
  [6, 'braid', Braid, 'optional'],
])

export interface Session {
  readonly format: number
  readonly generation: number
  readonly version: number
  readonly remoteIdentity: Bytes
  readonly remoteRegistrationId: number
  readonly baseKey: Bytes
  readonly usedOneTimePreKey: boolean
  readonly pending: PendingHandshake | null
  readonly rootKey: Bytes
  readonly sendingPublic: Bytes
  readonly sendingPrivate: Bytes
  readonly sendingChainKey: Bytes
  readonly sendingCounter: number
  readonly previousCounter: number
  readonly receiving: readonly ReceivingChain[]
  readonly pqRatchet: PqRatchet | null
  readonly forgottenChains: Bytes
}
export const Session: MessageType<Session> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'generation', 'uint32', 'implicit'],
  [3, 'version', 'uint32', 'implicit'],
  [4, 'remoteIdentity', 'bytes', 'implicit'],
  [5, 'remoteRegistrationId', 'uint32', 'implicit'],
  [6, 'baseKey', 'bytes', 'implicit'],
  [7, 'usedOneTimePreKey', 'bool', 'implicit'],
  [8, 'pending', PendingHandshake, 'optional'],
  [9, 'rootKey', 'bytes', 'implicit'],
  [10, 'sendingPublic', 'bytes', 'implicit'],
  [11, 'sendingPrivate', 'bytes', 'implicit'],
  [12, 'sendingChainKey', 'bytes', 'implicit'],
  [13, 'sendingCounter', 'uint32', 'implicit'],
  [14, 'previousCounter', 'uint32', 'implicit'],
  [15, 'receiving', ReceivingChain, 'repeated'],
  [16, 'pqRatchet', PqRatchet, 'optional'],
  [17, 'forgottenChains', 'bytes', 'implicit'],
])

export interface Names {
  readonly format: number
  readonly names: readonly string[]
  readonly times: readonly number[]
  readonly counts: readonly number[]
  readonly overAt: readonly number[]
}
export const Names: MessageType<Names> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'names', 'string', 'repeated'],
  [3, 'times', 'double', 'packed'],
  [4, 'counts', 'uint32', 'packed'],
  [5, 'overAt', 'double', 'packed'],
])

export interface Ledger {
  readonly format: number
  readonly entries: number
}
export const Ledger: MessageType<Ledger> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'entries', 'uint32', 'implicit'],
])

export interface SenderKeyChain {
  readonly chainId: number
  readonly chainKey: Bytes
  readonly iteration: number
  readonly signingPublic: Bytes
  readonly signingSeed: Bytes | null
  readonly signingPrivate: Bytes | null
  readonly skipped: number
  readonly first: number | null
}
export const SenderKeyChain: MessageType<SenderKeyChain> = new MessageType([
  [1, 'chainId', 'uint32', 'implicit'],
  [2, 'chainKey', 'bytes', 'implicit'],
  [3, 'iteration', 'uint32', 'implicit'],
  [4, 'signingPublic', 'bytes', 'implicit'],
  [5, 'signingSeed', 'bytes', 'optional'],
  [6, 'signingPrivate', 'bytes', 'optional'],
  [7, 'skipped', 'uint32', 'implicit'],
  [8, 'first', 'uint32', 'optional'],
])

export interface SenderKey {
  readonly format: number
  readonly generation: number
  readonly user: string
  readonly device: number
  readonly identity: Bytes
  readonly chains: readonly SenderKeyChain[]
  readonly counted: number
  readonly oldNames: readonly number[]
}
export const SenderKey: MessageType<SenderKey> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'generation', 'uint32', 'implicit'],
  [3, 'user', 'string', 'implicit'],
  [4, 'device', 'uint32', 'implicit'],
  [5, 'identity', 'bytes', 'implicit'],
  [6, 'chains', SenderKeyChain, 'repeated'],
  [7, 'counted', 'uint32', 'implicit'],
  [8, 'oldNames', 'uint32', 'packed'],
])

export interface SigningKeyOwner {
  readonly format: number
  readonly user: string
  readonly device: number
}
export const SigningKeyOwner: MessageType<SigningKeyOwner> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'user', 'string', 'implicit'],
  [3, 'device', 'uint32', 'implicit'],
])

export interface ChainClaim {
  readonly user: string
  readonly device: number
  readonly proven: boolean
}
export const ChainClaim: MessageType<ChainClaim> = new MessageType([
  [1, 'user', 'string', 'implicit'],
  [2, 'device', 'uint32', 'implicit'],
  [3, 'proven', 'bool', 'implicit'],
])

export interface ChainClaims {
  readonly format: number
  readonly claims: readonly ChainClaim[]
}
export const ChainClaims: MessageType<ChainClaims> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'claims', ChainClaim, 'repeated'],
])

export interface OutboxItem {
  readonly sentAt: number
  readonly length: number
  readonly ratchetKey: Bytes
  readonly kind: number
  readonly session: string
  readonly name: Bytes
}
export const OutboxItem: MessageType<OutboxItem> = new MessageType([
  [1, 'sentAt', 'double', 'implicit'],
  [2, 'length', 'uint32', 'implicit'],
  [3, 'ratchetKey', 'bytes', 'implicit'],
  [4, 'kind', 'uint32', 'implicit'],
  [5, 'session', 'string', 'implicit'],
  [6, 'name', 'bytes', 'implicit'],
])

export interface Outbox {
  readonly format: number
  readonly generation: number
  readonly lastSentAt: number
  readonly answeredAt: number
  readonly items: readonly OutboxItem[]
  readonly identity: Bytes
  readonly overAt: number
}
export const Outbox: MessageType<Outbox> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'generation', 'uint32', 'implicit'],
  [3, 'lastSentAt', 'double', 'implicit'],
  [4, 'answeredAt', 'double', 'implicit'],
  [5, 'items', OutboxItem, 'repeated'],
  [6, 'identity', 'bytes', 'implicit'],
  [7, 'overAt', 'double', 'implicit'],
])

export interface OutboxContent {
  readonly format: number
  readonly content: Bytes
}
export const OutboxContent: MessageType<OutboxContent> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'content', 'bytes', 'implicit'],
])

export interface Inbox {
  readonly format: number
  readonly generation: number
  readonly askedAt: number
  readonly askedForSenderKeyAt: number
  readonly received: readonly number[]
  readonly receivedAgain: readonly number[]
  readonly names: Bytes
  readonly namesAgain: Bytes
  readonly forgotten: readonly number[]
  readonly forgottenAgain: readonly number[]
  readonly identity: Bytes
}
export const Inbox: MessageType<Inbox> = new MessageType([
  [1, 'format', 'uint32', 'implicit'],
  [2, 'generation', 'uint32', 'implicit'],
  [3, 'askedAt', 'double', 'implicit'],
  [4, 'askedForSenderKeyAt', 'double', 'implicit'],
  [5, 'received', 'double', 'packed'],
  [6, 'receivedAgain', 'double', 'packed'],
  [7, 'names', 'bytes', 'implicit'],
  [8, 'namesAgain', 'bytes', 'implicit'],
  [9, 'forgotten', 'double', 'packed'],
  [10, 'forgottenAgain', 'double', 'packed'],
  [11, 'identity', 'bytes', 'implicit'],
])
