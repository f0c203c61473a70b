/** The messages of proto/libsignal-records.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface ChainKey {
  readonly index: number
  readonly key: Bytes
}
export const ChainKey: MessageType<ChainKey> = new MessageType<ChainKey>(
  (of) => ({
    index: of[0],
    key: of[1],
  }),
  (of) => [of.index, of.key],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface MessageKey {
  readonly index: number
  readonly cipherKey: Bytes
  readonly macKey: Bytes
  readonly iv: Bytes
  readonly seed: Bytes
}
export const MessageKey: MessageType<MessageKey> = new MessageType<MessageKey>(
  (of) => ({
    index: of[0],
    cipherKey: of[1],
    macKey: of[2],
    iv: of[3],
    seed: of[4],
  }),
  (of) => [of.index, of.cipherKey, of.macKey, of.iv, of.seed],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'bytes', 'implicit'],
  ],
)

export interface Chain {
  readonly senderRatchetKey: Bytes
  readonly senderRatchetKeyPrivate: Bytes
  readonly chainKey: ChainKey | null
  readonly messageKeys: readonly MessageKey[]
}
export const Chain: MessageType<Chain> = new MessageType<Chain>(
  (of) => ({
    senderRatchetKey: of[0],
    senderRatchetKeyPrivate: of[1],
    chainKey: of[2],
    messageKeys: of[3],
  }),
  (of) => [of.senderRatchetKey, of.senderRatchetKeyPrivate, of.chainKey, of.messageKeys],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, ChainKey, 'optional'],
    [4, MessageKey, 'repeated'],
  ],
)

export interface PendingPreKey {
  readonly preKeyId: number | null
  readonly baseKey: Bytes
  readonly signedPreKeyId: number
  readonly timestamp: number
}
export const PendingPreKey: MessageType<PendingPreKey> = new MessageType<PendingPreKey>(
  (of) => ({
    preKeyId: of[0],
    baseKey: of[1],
    signedPreKeyId: of[2],
    timestamp: of[3],
  }),
  (of) => [of.preKeyId, of.baseKey, of.signedPreKeyId, of.timestamp],
  [
    [1, 'uint32', 'optional'],
    [2, 'bytes', 'implicit'],
    [3, 'int32', 'implicit'],
    [4, 'uint64', 'implicit'],
  ],
)

export interface PendingKyberPreKey {
  readonly preKeyId: number
  readonly ciphertext: Bytes
}
export const PendingKyberPreKey: MessageType<PendingKyberPreKey> = new MessageType<PendingKyberPreKey>(
  (of) => ({
    preKeyId: of[0],
    ciphertext: of[1],
  }),
  (of) => [of.preKeyId, of.ciphertext],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

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
export const SessionStructure: MessageType<SessionStructure> = new MessageType<SessionStructure>(
  (of) => ({
    sessionVersion: of[0],
    localIdentityPublic: of[1],
    remoteIdentityPublic: of[2],
    rootKey: of[3],
    previousCounter: of[4],
    senderChain: of[5],
    receiverChains: of[6],
    pendingPreKey: of[7],
    remoteRegistrationId: of[8],
    localRegistrationId: of[9],
    aliceBaseKey: of[10],
    pendingKyberPreKey: of[11],
    pqRatchetState: of[12],
  }),
  (of) => [of.sessionVersion, of.localIdentityPublic, of.remoteIdentityPublic, of.rootKey, of.previousCounter, of.senderChain, of.receiverChains, of.pendingPreKey, of.remoteRegistrationId, of.localRegistrationId, of.aliceBaseKey, of.pendingKyberPreKey, of.pqRatchetState],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'uint32', 'implicit'],
    [6, Chain, 'optional'],
    [7, Chain, 'repeated'],
    [9, PendingPreKey, 'optional'],
    [10, 'uint32', 'implicit'],
    [11, 'uint32', 'implicit'],
    [13, 'bytes', 'implicit'],
    [14, PendingKyberPreKey, 'optional'],
    [15, 'bytes', 'implicit'],
  ],
)

export interface RecordStructure {
  readonly currentSession: SessionStructure | null
  readonly previousSessions: readonly Bytes[]
}
export const RecordStructure: MessageType<RecordStructure> = new MessageType<RecordStructure>(
  (of) => ({
    currentSession: of[0],
    previousSessions: of[1],
  }),
  (of) => [of.currentSession, of.previousSessions],
  [
    [1, SessionStructure, 'optional'],
    [2, 'bytes', 'repeated'],
  ],
)

export interface IdentityKeyPair {
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}
export const IdentityKeyPair: MessageType<IdentityKeyPair> = new MessageType<IdentityKeyPair>(
  (of) => ({
    publicKey: of[0],
    privateKey: of[1],
  }),
  (of) => [of.publicKey, of.privateKey],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface PreKeyRecord {
  readonly id: number
  readonly publicKey: Bytes
  readonly privateKey: Bytes
}
export const PreKeyRecord: MessageType<PreKeyRecord> = new MessageType<PreKeyRecord>(
  (of) => ({
    id: of[0],
    publicKey: of[1],
    privateKey: of[2],
  }),
  (of) => [of.id, of.publicKey, of.privateKey],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
  ],
)

export interface SignedPreKeyRecord {
  readonly id: number
  readonly publicKey: Bytes
  readonly privateKey: Bytes
  readonly signature: Bytes
  readonly timestamp: number
}
export const SignedPreKeyRecord: MessageType<SignedPreKeyRecord> = new MessageType<SignedPreKeyRecord>(
  (of) => ({
    id: of[0],
    publicKey: of[1],
    privateKey: of[2],
    signature: of[3],
    timestamp: of[4],
  }),
  (of) => [of.id, of.publicKey, of.privateKey, of.signature, of.timestamp],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'fixed64', 'implicit'],
  ],
)

export interface SenderChainKey {
  readonly iteration: number
  readonly seed: Bytes
}
export const SenderChainKey: MessageType<SenderChainKey> = new MessageType<SenderChainKey>(
  (of) => ({
    iteration: of[0],
    seed: of[1],
  }),
  (of) => [of.iteration, of.seed],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface SenderSigningKey {
  readonly public: Bytes
  readonly private: Bytes | null
}
export const SenderSigningKey: MessageType<SenderSigningKey> = new MessageType<SenderSigningKey>(
  (of) => ({
    public: of[0],
    private: of[1],
  }),
  (of) => [of.public, of.private],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'optional'],
  ],
)

export interface SenderMessageKey {
  readonly iteration: number
  readonly seed: Bytes
}
export const SenderMessageKey: MessageType<SenderMessageKey> = new MessageType<SenderMessageKey>(
  (of) => ({
    iteration: of[0],
    seed: of[1],
  }),
  (of) => [of.iteration, of.seed],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface SenderKeyStateStructure {
  readonly chainId: number
  readonly senderChainKey: SenderChainKey | null
  readonly senderSigningKey: SenderSigningKey | null
  readonly senderMessageKeys: readonly SenderMessageKey[]
  readonly messageVersion: number
}
export const SenderKeyStateStructure: MessageType<SenderKeyStateStructure> = new MessageType<SenderKeyStateStructure>(
  (of) => ({
    chainId: of[0],
    senderChainKey: of[1],
    senderSigningKey: of[2],
    senderMessageKeys: of[3],
    messageVersion: of[4],
  }),
  (of) => [of.chainId, of.senderChainKey, of.senderSigningKey, of.senderMessageKeys, of.messageVersion],
  [
    [1, 'uint32', 'implicit'],
    [2, SenderChainKey, 'optional'],
    [3, SenderSigningKey, 'optional'],
    [4, SenderMessageKey, 'repeated'],
    [5, 'uint32', 'implicit'],
  ],
)

export interface SenderKeyRecordStructure {
  readonly senderKeyStates: readonly SenderKeyStateStructure[]
}
export const SenderKeyRecordStructure: MessageType<SenderKeyRecordStructure> = new MessageType<SenderKeyRecordStructure>(
  (of) => ({
    senderKeyStates: of[0],
  }),
  (of) => [of.senderKeyStates],
  [
    [1, SenderKeyStateStructure, 'repeated'],
  ],
)
