/** The messages of proto/libsignal-records.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface ChainKey {
  readonly index: number
  readonly key: Bytes
}
export const ChainKey: MessageType<ChainKey> = new MessageType([
  [1, 'index', 'uint32', 'implicit'],
  [2, 'key', 'bytes', 'implicit'],
])

export interface MessageKey {
  readonly index: number
  readonly cipherKey: Bytes
  readonly macKey: Bytes
  readonly iv: Bytes
  readonly seed: Bytes
}
export const MessageKey: MessageType<MessageKey> = new MessageType([
  [1, 'index', 'uint32', 'implicit'],
  [2, 'cipherKey', 'bytes', 'implicit'],
  [3, 'macKey', 'bytes', 'implicit'],
  [4, 'iv', 'bytes', 'implicit'],
  [5, 'seed', 'bytes', 'implicit'],
])

export interface Chain {
  readonly senderRatchetKey: Bytes
  readonly senderRatchetKeyPrivate: Bytes
  readonly chainKey: ChainKey | null
  readonly messageKeys: readonly MessageKey[]
}
export const Chain: MessageType<Chain> = new MessageType([
  [1, 'senderRatchetKey', 'bytes', 'implicit'],
  [2, 'senderRatchetKeyPrivate', 'bytes', 'implicit'],
  [3, 'chainKey', ChainKey, 'optional'],
  [4, 'messageKeys', MessageKey, 'repeated'],
])

export interface PendingPreKey {
  readonly preKeyId: number | null
  readonly baseKey: Bytes
  readonly signedPreKeyId: number
  readonly timestamp: number
}
export const PendingPreKey: MessageType<PendingPreKey> = new MessageType([
  [1, 'preKeyId', 'uint32', 'optional'],
  [2, 'baseKey', 'bytes', 'implicit'],
  [3, 'signedPreKeyId', 'int32', 'implicit'],
  [4, 'timestamp', 'uint64', 'implicit'],
])

export interface PendingKyberPreKey {
  readonly preKeyId: number
  readonly ciphertext: Bytes
}
export const PendingKyberPreKey: MessageType<PendingKyberPreKey> = new MessageType([
  [1, 'preKeyId', 'uint32', 'implicit'],
  [2, 'ciphertext', 'bytes', 'implicit'],
])

export interface SessionStructure {
  readonly sessionVersion: number
  readonly localIdentityPublic: Bytes
  readonly remoteIdentityPublic: Bytes
  readonly rootKey: Bytes
  readonly previousCounter: number
  readonly senderChain: Chain | null
  readonly receiverChains: readonly Chain[]
  readonly pendingPreKey: PendingPreKey | null
  readonly remoteRegistrationId: number
  readonly localRegistrationId: number
  readonly aliceBaseKey: Bytes
  readonly pendingKyberPreKey: PendingKyberPreKey | null
  readonly pqRatchetState: Bytes
}
export const SessionStructure: MessageType<SessionStructure> = new MessageType([
  [1, 'sessionVersion', 'uint32', 'implicit'],
  [2, 'localIdentityPublic', 'bytes', 'implicit'],
  [3, 'remoteIdentityPublic', 'bytes', 'implicit'],
  [4, 'rootKey', 'bytes', 'implicit'],
  [5, 'previousCounter', 'uint32', 'implicit'],
  [6, 'senderChain', Chain, 'optional'],
  [7, 'receiverChains', Chain, 'repeated'],
  [9, 'pendingPreKey', PendingPreKey, 'optional'],
  [10, 'remoteRegistrationId', 'uint32', 'implicit'],
  [11, 'localRegistrationId', 'uint32', 'implicit'],
  [13, 'aliceBaseKey', 'bytes', 'implicit'],
  [14, 'pendingKyberPreKey', PendingKyberPreKey, 'optional'],
  [15, 'pqRatchetState', 'bytes', 'implicit'],
])

export interface RecordStructure {
  readonly currentSession: SessionStructure | null
  readonly previousSessions: readonly Bytes[]
}
export const RecordStructure: MessageType<RecordStructure> = new MessageType([
  [1, 'currentSession', SessionStructure, 'optional'],
  [2, 'previousSessions', 'bytes', 'repeated'],
])

export interface IdentityKeyPair {
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}
export const IdentityKeyPair: MessageType<IdentityKeyPair> = new MessageType([
  [1, 'publicKey', 'bytes', 'implicit'],
  [2, 'privateKey', 'bytes', 'implicit'],
])

export interface PreKeyRecord {
  readonly id: number
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}
export const PreKeyRecord: MessageType<PreKeyRecord> = new MessageType([
  [1, 'id', 'uint32', 'implicit'],
  [2, 'publicKey', 'bytes', 'implicit'],
  [3, 'privateKey', 'bytes', 'implicit'],
])

export interface SignedPreKeyRecord {
  readonly id: number
  readonly publicKey: Bytes
  readonly privateKey: Bytes
  readonly signature: Bytes
  readonly timestamp: number
}
export const SignedPreKeyRecord: MessageType<SignedPreKeyRecord> = new MessageType([
  [1, 'id', 'uint32', 'implicit'],
  [2, 'publicKey', 'bytes', 'implicit'],
  [3, 'privateKey', 'bytes', 'implicit'],
  [4, 'signature', 'bytes', 'implicit'],
  [5, 'timestamp', 'fixed64', 'implicit'],
])

export interface SenderChainKey {
  readonly iteration: number
  readonly seed: Bytes
}
export const SenderChainKey: MessageType<SenderChainKey> = new MessageType([
  [1, 'iteration', 'uint32', 'implicit'],
  [2, 'seed', 'bytes', 'implicit'],
])

export interface SenderSigningKey {
  readonly public: Bytes
  readonly private: Bytes | null
}
export const SenderSigningKey: MessageType<SenderSigningKey> = new MessageType([
  [1, 'public', 'bytes', 'implicit'],
  [2, 'private', 'bytes', 'optional'],
])

export interface SenderMessageKey {
  readonly iteration: number
  readonly seed: Bytes
}
export const SenderMessageKey: MessageType<SenderMessageKey> = new MessageType([
  [1, 'iteration', 'uint32', 'implicit'],
  [2, 'seed', 'bytes', 'implicit'],
])

export interface SenderKeyStateStructure {
  readonly chainId: number
  readonly senderChainKey: SenderChainKey | null
  readonly senderSigningKey: SenderSigningKey | null
  readonly senderMessageKeys: readonly SenderMessageKey[]
  readonly messageVersion: number
}
export const SenderKeyStateStructure: MessageType<SenderKeyStateStructure> = new MessageType([
  [1, 'chainId', 'uint32', 'implicit'],
  [2, 'senderChainKey', SenderChainKey, 'optional'],
  [3, 'senderSigningKey', SenderSigningKey, 'optional'],
  [4, 'senderMessageKeys', SenderMessageKey, 'repeated'],
  [5, 'messageVersion', 'uint32', 'implicit'],
])

export interface SenderKeyRecordStructure {
  readonly senderKeyStates: readonly SenderKeyStateStructure[]
}
export const SenderKeyRecordStructure: MessageType<SenderKeyRecordStructure> = new MessageType([
  [1, 'senderKeyStates', SenderKeyStateStructure, 'repeated'],
])
