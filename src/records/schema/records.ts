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
export const RotatedPreKey: MessageType<RotatedPreKey> = new MessageType<RotatedPreKey>(
  (of) => ({
    id: of[0],
    createdAt: of[1],
    publishedAt: of[2],
    overAt: of[3],
    overPublications: of[4],
  }),
  (of) => [of.id, of.createdAt, of.publishedAt, of.overAt, of.overPublications],
  [
    [1, 'uint32', 'implicit'],
    [2, 'double', 'implicit'],
    [3, 'double', 'implicit'],
    [4, 'double', 'implicit'],
    [5, 'uint32', 'implicit'],
  ],
)

export interface PreKeyBatch {
  readonly end: number
  readonly kemEnd: number
  readonly createdAt: number
  readonly publishedAt: number
  readonly withdrawnAt: number
  readonly overAt: number
  readonly overPublications: number
}
export const PreKeyBatch: MessageType<PreKeyBatch> = new MessageType<PreKeyBatch>(
  (of) => ({
    end: of[0],
    kemEnd: of[1],
    createdAt: of[2],
    publishedAt: of[3],
    withdrawnAt: of[4],
    overAt: of[5],
    overPublications: of[6],
  }),
  (of) => [of.end, of.kemEnd, of.createdAt, of.publishedAt, of.withdrawnAt, of.overAt, of.overPublications],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'double', 'implicit'],
    [4, 'double', 'implicit'],
    [5, 'double', 'implicit'],
    [6, 'double', 'implicit'],
    [7, 'uint32', 'implicit'],
  ],
)

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
export const Account: MessageType<Account> = new MessageType<Account>(
  (of) => ({
    format: of[0],
    generation: of[1],
    user: of[2],
    device: of[3],
    identityPublic: of[4],
    identityPrivate: of[5],
    registrationId: of[6],
    nextOneTimePreKeyId: of[7],
    nextSignedPreKeyId: of[8],
    nextKemPreKeyId: of[9],
    signedPreKeys: of[10],
    lastResortKemPreKeys: of[11],
    publications: of[12],
    batches: of[13],
    firstOneTimePreKeyId: of[14],
    firstOneTimeKemPreKeyId: of[15],
    layout: of[16],
  }),
  (of) => [of.format, of.generation, of.user, of.device, of.identityPublic, of.identityPrivate, of.registrationId, of.nextOneTimePreKeyId, of.nextSignedPreKeyId, of.nextKemPreKeyId, of.signedPreKeys, of.lastResortKemPreKeys, of.publications, of.batches, of.firstOneTimePreKeyId, of.firstOneTimeKemPreKeyId, of.layout],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'string', 'implicit'],
    [4, 'uint32', 'implicit'],
    [5, 'bytes', 'implicit'],
    [6, 'bytes', 'implicit'],
    [7, 'uint32', 'implicit'],
    [8, 'uint32', 'implicit'],
    [9, 'uint32', 'implicit'],
    [10, 'uint32', 'implicit'],
    [11, RotatedPreKey, 'repeated'],
    [12, RotatedPreKey, 'repeated'],
    [13, 'uint32', 'implicit'],
    [14, PreKeyBatch, 'repeated'],
    [15, 'uint32', 'implicit'],
    [16, 'uint32', 'implicit'],
    [17, 'uint32', 'implicit'],
  ],
)

export interface Anchored {
  readonly format: number
  readonly number: number
}
export const Anchored: MessageType<Anchored> = new MessageType<Anchored>(
  (of) => ({
    format: of[0],
    number: of[1],
  }),
  (of) => [of.format, of.number],
  [
    [1, 'uint32', 'implicit'],
    [2, 'double', 'implicit'],
  ],
)

export interface OneTimePreKey {
  readonly format: number
  readonly public: Bytes
  readonly private: Bytes
}
export const OneTimePreKey: MessageType<OneTimePreKey> = new MessageType<OneTimePreKey>(
  (of) => ({
    format: of[0],
    public: of[1],
    private: of[2],
  }),
  (of) => [of.format, of.public, of.private],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
  ],
)

export interface SignedPreKey {
  readonly format: number
  readonly public: Bytes
  readonly private: Bytes
  readonly signature: Bytes
  readonly createdAt: number
}
export const SignedPreKey: MessageType<SignedPreKey> = new MessageType<SignedPreKey>(
  (of) => ({
    format: of[0],
    public: of[1],
    private: of[2],
    signature: of[3],
    createdAt: of[4],
  }),
  (of) => [of.format, of.public, of.private, of.signature, of.createdAt],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'double', 'implicit'],
  ],
)

export interface KemPreKey {
  readonly format: number
  readonly secret: Bytes
  readonly signature: Bytes
  readonly createdAt: number
  readonly lastResort: boolean
}
export const KemPreKey: MessageType<KemPreKey> = new MessageType<KemPreKey>(
  (of) => ({
    format: of[0],
    secret: of[1],
    signature: of[2],
    createdAt: of[3],
    lastResort: of[4],
  }),
  (of) => [of.format, of.secret, of.signature, of.createdAt, of.lastResort],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'double', 'implicit'],
    [5, 'bool', 'implicit'],
  ],
)

export interface Identity {
  readonly format: number
  readonly key: Bytes
  readonly level: number
  readonly unansweredSince: number
  readonly standing: number
}
export const Identity: MessageType<Identity> = new MessageType<Identity>(
  (of) => ({
    format: of[0],
    key: of[1],
    level: of[2],
    unansweredSince: of[3],
    standing: of[4],
  }),
  (of) => [of.format, of.key, of.level, of.unansweredSince, of.standing],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, 'double', 'implicit'],
    [5, 'uint32', 'implicit'],
  ],
)

export interface KnownList {
  readonly name: Bytes
  readonly version: number
  readonly signer: number
  readonly signerKey: Bytes
  readonly used: Bytes
  readonly removed: Bytes
  readonly previous: readonly Bytes[]
}
export const KnownList: MessageType<KnownList> = new MessageType<KnownList>(
  (of) => ({
    name: of[0],
    version: of[1],
    signer: of[2],
    signerKey: of[3],
    used: of[4],
    removed: of[5],
    previous: of[6],
  }),
  (of) => [of.name, of.version, of.signer, of.signerKey, of.used, of.removed, of.previous],
  [
    [1, 'bytes', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'bytes', 'implicit'],
    [6, 'bytes', 'implicit'],
    [7, 'bytes', 'repeated'],
  ],
)

export interface PastAdmin {
  readonly device: number
  readonly identityKey: Bytes
}
export const PastAdmin: MessageType<PastAdmin> = new MessageType<PastAdmin>(
  (of) => ({
    device: of[0],
    identityKey: of[1],
  }),
  (of) => [of.device, of.identityKey],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface PastAccount {
  readonly accountKey: Bytes
  readonly recovery: Bytes
  readonly admins: readonly PastAdmin[]
  readonly next: Bytes
  readonly byRecovery: boolean
}
export const PastAccount: MessageType<PastAccount> = new MessageType<PastAccount>(
  (of) => ({
    accountKey: of[0],
    recovery: of[1],
    admins: of[2],
    next: of[3],
    byRecovery: of[4],
  }),
  (of) => [of.accountKey, of.recovery, of.admins, of.next, of.byRecovery],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, PastAdmin, 'repeated'],
    [4, 'bytes', 'implicit'],
    [5, 'bool', 'implicit'],
  ],
)

export interface HeldAccount {
  readonly tips: readonly Bytes[]
  readonly known: readonly KnownList[]
  readonly ahead: Bytes
  readonly stamp: Bytes
  readonly past: readonly PastAccount[]
}
export const HeldAccount: MessageType<HeldAccount> = new MessageType<HeldAccount>(
  (of) => ({
    tips: of[0],
    known: of[1],
    ahead: of[2],
    stamp: of[3],
    past: of[4],
  }),
  (of) => [of.tips, of.known, of.ahead, of.stamp, of.past],
  [
    [1, 'bytes', 'repeated'],
    [2, KnownList, 'repeated'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, PastAccount, 'repeated'],
  ],
)

export interface UserLists {
  readonly format: number
  readonly account: HeldAccount | null
  readonly rival: HeldAccount | null
  readonly level: number
}
export const UserLists: MessageType<UserLists> = new MessageType<UserLists>(
  (of) => ({
    format: of[0],
    account: of[1],
    rival: of[2],
    level: of[3],
  }),
  (of) => [of.format, of.account, of.rival, of.level],
  [
    [1, 'uint32', 'implicit'],
    [2, HeldAccount, 'optional'],
    [3, HeldAccount, 'optional'],
    [4, 'uint32', 'implicit'],
  ],
)

export interface AccountKey {
  readonly format: number
  readonly public: Bytes
  readonly private: Bytes
}
export const AccountKey: MessageType<AccountKey> = new MessageType<AccountKey>(
  (of) => ({
    format: of[0],
    public: of[1],
    private: of[2],
  }),
  (of) => [of.format, of.public, of.private],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
  ],
)

export interface DeviceName {
  readonly device: number
  readonly name: string
}
export const DeviceName: MessageType<DeviceName> = new MessageType<DeviceName>(
  (of) => ({
    device: of[0],
    name: of[1],
  }),
  (of) => [of.device, of.name],
  [
    [1, 'uint32', 'implicit'],
    [2, 'string', 'implicit'],
  ],
)

export interface DeviceNames {
  readonly format: number
  readonly names: readonly DeviceName[]
}
export const DeviceNames: MessageType<DeviceNames> = new MessageType<DeviceNames>(
  (of) => ({
    format: of[0],
    names: of[1],
  }),
  (of) => [of.format, of.names],
  [
    [1, 'uint32', 'implicit'],
    [2, DeviceName, 'repeated'],
  ],
)

export interface Unanswered {
  readonly format: number
  readonly keptKeys: number
  readonly overAt: number
}
export const Unanswered: MessageType<Unanswered> = new MessageType<Unanswered>(
  (of) => ({
    format: of[0],
    keptKeys: of[1],
    overAt: of[2],
  }),
  (of) => [of.format, of.keptKeys, of.overAt],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'double', 'implicit'],
  ],
)

export interface Devices {
  readonly format: number
  readonly devices: readonly number[]
}
export const Devices: MessageType<Devices> = new MessageType<Devices>(
  (of) => ({
    format: of[0],
    devices: of[1],
  }),
  (of) => [of.format, of.devices],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'packed'],
  ],
)

export interface PendingHandshake {
  readonly oneTimePreKeyId: number | null
  readonly signedPreKeyId: number
  readonly kemPreKeyId: number | null
  readonly kemCiphertext: Bytes
  readonly createdAt: number
}
export const PendingHandshake: MessageType<PendingHandshake> = new MessageType<PendingHandshake>(
  (of) => ({
    oneTimePreKeyId: of[0],
    signedPreKeyId: of[1],
    kemPreKeyId: of[2],
    kemCiphertext: of[3],
    createdAt: of[4],
  }),
  (of) => [of.oneTimePreKeyId, of.signedPreKeyId, of.kemPreKeyId, of.kemCiphertext, of.createdAt],
  [
    [1, 'uint32', 'optional'],
    [2, 'uint32', 'implicit'],
    [3, 'uint32', 'optional'],
    [4, 'bytes', 'implicit'],
    [5, 'double', 'implicit'],
  ],
)

export interface ReceivingChain {
  readonly ratchetKey: Bytes
  readonly chainKey: Bytes
  readonly counter: number
  readonly skippedEnd: number
}
export const ReceivingChain: MessageType<ReceivingChain> = new MessageType<ReceivingChain>(
  (of) => ({
    ratchetKey: of[0],
    chainKey: of[1],
    counter: of[2],
    skippedEnd: of[3],
  }),
  (of) => [of.ratchetKey, of.chainKey, of.counter, of.skippedEnd],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, 'uint32', 'implicit'],
  ],
)

export interface PqNegotiation {
  readonly minVersion: number
  readonly authKey: Bytes
}
export const PqNegotiation: MessageType<PqNegotiation> = new MessageType<PqNegotiation>(
  (of) => ({
    minVersion: of[0],
    authKey: of[1],
  }),
  (of) => [of.minVersion, of.authKey],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface PqLink {
  readonly sendingCounter: number
  readonly sendingKey: Bytes | null
  readonly receivingCounter: number
  readonly receivingKey: Bytes
  readonly lastSkipped: number
}
export const PqLink: MessageType<PqLink> = new MessageType<PqLink>(
  (of) => ({
    sendingCounter: of[0],
    sendingKey: of[1],
    receivingCounter: of[2],
    receivingKey: of[3],
    lastSkipped: of[4],
  }),
  (of) => [of.sendingCounter, of.sendingKey, of.receivingCounter, of.receivingKey, of.lastSkipped],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'optional'],
    [3, 'uint32', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'uint32', 'implicit'],
  ],
)

export interface PqChains {
  readonly currentEpoch: number
  readonly sendEpoch: number
  readonly nextRoot: Bytes
  readonly links: readonly PqLink[]
}
export const PqChains: MessageType<PqChains> = new MessageType<PqChains>(
  (of) => ({
    currentEpoch: of[0],
    sendEpoch: of[1],
    nextRoot: of[2],
    links: of[3],
  }),
  (of) => [of.currentEpoch, of.sendEpoch, of.nextRoot, of.links],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, PqLink, 'repeated'],
  ],
)

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
export const Braid: MessageType<Braid> = new MessageType<Braid>(
  (of) => ({
    state: of[0],
    epoch: of[1],
    auth: of[2],
    dk: of[3],
    sending: of[4],
    sent: of[5],
    chunks: of[6],
    ct1: of[7],
    header: of[8],
    randomness: of[9],
    expanded: of[10],
    ek: of[11],
  }),
  (of) => [of.state, of.epoch, of.auth, of.dk, of.sending, of.sent, of.chunks, of.ct1, of.header, of.randomness, of.expanded, of.ek],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'bytes', 'implicit'],
    [6, 'uint32', 'implicit'],
    [7, 'bytes', 'implicit'],
    [8, 'bytes', 'implicit'],
    [9, 'bytes', 'implicit'],
    [10, 'bytes', 'implicit'],
    [11, 'bytes', 'implicit'],
    [12, 'bytes', 'implicit'],
  ],
)

export interface PqRatchet {
  readonly initiator: boolean
  readonly maxForwardJump: number
  readonly maxSkippedKeys: number
  readonly negotiation: PqNegotiation | null
  readonly chains: PqChains | null
  readonly braid: Braid | null
}
export const PqRatchet: MessageType<PqRatchet> = new MessageType<PqRatchet>(
  (of) => ({
    initiator: of[0],
    maxForwardJump: of[1],
    maxSkippedKeys: of[2],
    negotiation: of[3],
    chains: of[4],
    braid: of[5],
  }),
  (of) => [of.initiator, of.maxForwardJump, of.maxSkippedKeys, of.negotiation, of.chains, of.braid],
  [
    [1, 'bool', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, PqNegotiation, 'optional'],
    [5, PqChains, 'optional'],
    [6, Braid, 'optional'],
  ],
)

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
  readonly opened: number
  readonly openedMarks: Bytes
  readonly spent: boolean
}
export const Session: MessageType<Session> = new MessageType<Session>(
  (of) => ({
    format: of[0],
    generation: of[1],
    version: of[2],
    remoteIdentity: of[3],
    remoteRegistrationId: of[4],
    baseKey: of[5],
    usedOneTimePreKey: of[6],
    pending: of[7],
    rootKey: of[8],
    sendingPublic: of[9],
    sendingPrivate: of[10],
    sendingChainKey: of[11],
    sendingCounter: of[12],
    previousCounter: of[13],
    receiving: of[14],
    pqRatchet: of[15],
    forgottenChains: of[16],
    opened: of[17],
    openedMarks: of[18],
    spent: of[19],
  }),
  (of) => [of.format, of.generation, of.version, of.remoteIdentity, of.remoteRegistrationId, of.baseKey, of.usedOneTimePreKey, of.pending, of.rootKey, of.sendingPublic, of.sendingPrivate, of.sendingChainKey, of.sendingCounter, of.previousCounter, of.receiving, of.pqRatchet, of.forgottenChains, of.opened, of.openedMarks, of.spent],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'uint32', 'implicit'],
    [6, 'bytes', 'implicit'],
    [7, 'bool', 'implicit'],
    [8, PendingHandshake, 'optional'],
    [9, 'bytes', 'implicit'],
    [10, 'bytes', 'implicit'],
    [11, 'bytes', 'implicit'],
    [12, 'bytes', 'implicit'],
    [13, 'uint32', 'implicit'],
    [14, 'uint32', 'implicit'],
    [15, ReceivingChain, 'repeated'],
    [16, PqRatchet, 'optional'],
    [17, 'bytes', 'implicit'],
    [18, 'uint32', 'implicit'],
    [19, 'bytes', 'implicit'],
    [20, 'bool', 'implicit'],
  ],
)

export interface Names {
  readonly format: number
  readonly names: readonly string[]
  readonly times: readonly number[]
  readonly counts: readonly number[]
  readonly overAt: readonly number[]
}
export const Names: MessageType<Names> = new MessageType<Names>(
  (of) => ({
    format: of[0],
    names: of[1],
    times: of[2],
    counts: of[3],
    overAt: of[4],
  }),
  (of) => [of.format, of.names, of.times, of.counts, of.overAt],
  [
    [1, 'uint32', 'implicit'],
    [2, 'string', 'repeated'],
    [3, 'double', 'packed'],
    [4, 'uint32', 'packed'],
    [5, 'double', 'packed'],
  ],
)

export interface Ledger {
  readonly format: number
  readonly entries: number
}
export const Ledger: MessageType<Ledger> = new MessageType<Ledger>(
  (of) => ({
    format: of[0],
    entries: of[1],
  }),
  (of) => [of.format, of.entries],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
  ],
)

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
export const SenderKeyChain: MessageType<SenderKeyChain> = new MessageType<SenderKeyChain>(
  (of) => ({
    chainId: of[0],
    chainKey: of[1],
    iteration: of[2],
    signingPublic: of[3],
    signingSeed: of[4],
    signingPrivate: of[5],
    skipped: of[6],
    first: of[7],
  }),
  (of) => [of.chainId, of.chainKey, of.iteration, of.signingPublic, of.signingSeed, of.signingPrivate, of.skipped, of.first],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'bytes', 'optional'],
    [6, 'bytes', 'optional'],
    [7, 'uint32', 'implicit'],
    [8, 'uint32', 'optional'],
  ],
)

export interface SenderKey {
  readonly format: number
  readonly generation: number
  readonly user: string
  readonly device: number
  readonly identity: Bytes
  readonly chains: readonly SenderKeyChain[]
  readonly counted: number
  readonly oldNames: readonly number[]
  readonly opened: number
  readonly openedMarks: Bytes
}
export const SenderKey: MessageType<SenderKey> = new MessageType<SenderKey>(
  (of) => ({
    format: of[0],
    generation: of[1],
    user: of[2],
    device: of[3],
    identity: of[4],
    chains: of[5],
    counted: of[6],
    oldNames: of[7],
    opened: of[8],
    openedMarks: of[9],
  }),
  (of) => [of.format, of.generation, of.user, of.device, of.identity, of.chains, of.counted, of.oldNames, of.opened, of.openedMarks],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'string', 'implicit'],
    [4, 'uint32', 'implicit'],
    [5, 'bytes', 'implicit'],
    [6, SenderKeyChain, 'repeated'],
    [7, 'uint32', 'implicit'],
    [8, 'uint32', 'packed'],
    [9, 'uint32', 'implicit'],
    [10, 'bytes', 'implicit'],
  ],
)

export interface SigningKeyOwner {
  readonly format: number
  readonly user: string
  readonly device: number
}
export const SigningKeyOwner: MessageType<SigningKeyOwner> = new MessageType<SigningKeyOwner>(
  (of) => ({
    format: of[0],
    user: of[1],
    device: of[2],
  }),
  (of) => [of.format, of.user, of.device],
  [
    [1, 'uint32', 'implicit'],
    [2, 'string', 'implicit'],
    [3, 'uint32', 'implicit'],
  ],
)

export interface ChainClaim {
  readonly user: string
  readonly device: number
  readonly proven: boolean
}
export const ChainClaim: MessageType<ChainClaim> = new MessageType<ChainClaim>(
  (of) => ({
    user: of[0],
    device: of[1],
    proven: of[2],
  }),
  (of) => [of.user, of.device, of.proven],
  [
    [1, 'string', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'bool', 'implicit'],
  ],
)

export interface ChainClaims {
  readonly format: number
  readonly claims: readonly ChainClaim[]
}
export const ChainClaims: MessageType<ChainClaims> = new MessageType<ChainClaims>(
  (of) => ({
    format: of[0],
    claims: of[1],
  }),
  (of) => [of.format, of.claims],
  [
    [1, 'uint32', 'implicit'],
    [2, ChainClaim, 'repeated'],
  ],
)

export interface OutboxItem {
  readonly sentAt: number
  readonly length: number
  readonly ratchetKey: Bytes
  readonly kind: number
  readonly session: string
  readonly name: Bytes
}
export const OutboxItem: MessageType<OutboxItem> = new MessageType<OutboxItem>(
  (of) => ({
    sentAt: of[0],
    length: of[1],
    ratchetKey: of[2],
    kind: of[3],
    session: of[4],
    name: of[5],
  }),
  (of) => [of.sentAt, of.length, of.ratchetKey, of.kind, of.session, of.name],
  [
    [1, 'double', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'bytes', 'implicit'],
    [4, 'uint32', 'implicit'],
    [5, 'string', 'implicit'],
    [6, 'bytes', 'implicit'],
  ],
)

export interface Outbox {
  readonly format: number
  readonly generation: number
  readonly lastSentAt: number
  readonly answeredAt: number
  readonly items: readonly OutboxItem[]
  readonly identity: Bytes
  readonly overAt: number
}
export const Outbox: MessageType<Outbox> = new MessageType<Outbox>(
  (of) => ({
    format: of[0],
    generation: of[1],
    lastSentAt: of[2],
    answeredAt: of[3],
    items: of[4],
    identity: of[5],
    overAt: of[6],
  }),
  (of) => [of.format, of.generation, of.lastSentAt, of.answeredAt, of.items, of.identity, of.overAt],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'double', 'implicit'],
    [4, 'double', 'implicit'],
    [5, OutboxItem, 'repeated'],
    [6, 'bytes', 'implicit'],
    [7, 'double', 'implicit'],
  ],
)

export interface OutboxContent {
  readonly format: number
  readonly content: Bytes
}
export const OutboxContent: MessageType<OutboxContent> = new MessageType<OutboxContent>(
  (of) => ({
    format: of[0],
    content: of[1],
  }),
  (of) => [of.format, of.content],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

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
export const Inbox: MessageType<Inbox> = new MessageType<Inbox>(
  (of) => ({
    format: of[0],
    generation: of[1],
    askedAt: of[2],
    askedForSenderKeyAt: of[3],
    received: of[4],
    receivedAgain: of[5],
    names: of[6],
    namesAgain: of[7],
    forgotten: of[8],
    forgottenAgain: of[9],
    identity: of[10],
  }),
  (of) => [of.format, of.generation, of.askedAt, of.askedForSenderKeyAt, of.received, of.receivedAgain, of.names, of.namesAgain, of.forgotten, of.forgottenAgain, of.identity],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'double', 'implicit'],
    [4, 'double', 'implicit'],
    [5, 'double', 'packed'],
    [6, 'double', 'packed'],
    [7, 'bytes', 'implicit'],
    [8, 'bytes', 'implicit'],
    [9, 'double', 'packed'],
    [10, 'double', 'packed'],
    [11, 'bytes', 'implicit'],
  ],
)
