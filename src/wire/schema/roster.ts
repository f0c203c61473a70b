/** The messages of proto/roster.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface SignedRosterEntry {
  readonly entry: Bytes
  readonly signature: Bytes
}
export const SignedRosterEntry: MessageType<SignedRosterEntry> = new MessageType<SignedRosterEntry>(
  (of) => ({
    entry: of[0],
    signature: of[1],
  }),
  (of) => [of.entry, of.signature],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
  ],
)

export interface RosterAuthor {
  readonly user: Bytes
  readonly device: number
  readonly identityKey: Bytes
}
export const RosterAuthor: MessageType<RosterAuthor> = new MessageType<RosterAuthor>(
  (of) => ({
    user: of[0],
    device: of[1],
    identityKey: of[2],
  }),
  (of) => [of.user, of.device, of.identityKey],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'bytes', 'required'],
  ],
)

export interface AddUser {
  readonly user: Bytes
  readonly accountKey: Bytes
  readonly role: number
  readonly lists: readonly Bytes[]
}
export const AddUser: MessageType<AddUser> = new MessageType<AddUser>(
  (of) => ({
    user: of[0],
    accountKey: of[1],
    role: of[2],
    lists: of[3],
  }),
  (of) => [of.user, of.accountKey, of.role, of.lists],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'repeated'],
  ],
)

export interface LastKey {
  readonly device: number
  readonly distribution: Bytes
  readonly iteration: number
}
export const LastKey: MessageType<LastKey> = new MessageType<LastKey>(
  (of) => ({
    device: of[0],
    distribution: of[1],
    iteration: of[2],
  }),
  (of) => [of.device, of.distribution, of.iteration],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
    [3, 'uint32', 'required'],
  ],
)

export interface RemoveUser {
  readonly user: Bytes
  readonly last: readonly LastKey[]
}
export const RemoveUser: MessageType<RemoveUser> = new MessageType<RemoveUser>(
  (of) => ({
    user: of[0],
    last: of[1],
  }),
  (of) => [of.user, of.last],
  [
    [1, 'bytes', 'required'],
    [2, LastKey, 'repeated'],
  ],
)

export interface SetRole {
  readonly user: Bytes
  readonly role: number
  readonly lists: readonly Bytes[]
  readonly last: readonly LastKey[]
}
export const SetRole: MessageType<SetRole> = new MessageType<SetRole>(
  (of) => ({
    user: of[0],
    role: of[1],
    lists: of[2],
    last: of[3],
  }),
  (of) => [of.user, of.role, of.lists, of.last],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'bytes', 'repeated'],
    [4, LastKey, 'repeated'],
  ],
)

export interface SetDevices {
  readonly user: Bytes
  readonly lists: readonly Bytes[]
}
export const SetDevices: MessageType<SetDevices> = new MessageType<SetDevices>(
  (of) => ({
    user: of[0],
    lists: of[1],
  }),
  (of) => [of.user, of.lists],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'repeated'],
  ],
)

export interface SetIdentity {
  readonly user: Bytes
  readonly accountKey: Bytes
  readonly lists: readonly Bytes[]
  readonly move: Bytes | null
  readonly last: readonly LastKey[]
}
export const SetIdentity: MessageType<SetIdentity> = new MessageType<SetIdentity>(
  (of) => ({
    user: of[0],
    accountKey: of[1],
    lists: of[2],
    move: of[3],
    last: of[4],
  }),
  (of) => [of.user, of.accountKey, of.lists, of.move, of.last],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'repeated'],
    [4, 'bytes', 'optional'],
    [5, LastKey, 'repeated'],
  ],
)

export interface SetTitle {
  readonly hash: Bytes
}
export const SetTitle: MessageType<SetTitle> = new MessageType<SetTitle>(
  (of) => ({
    hash: of[0],
  }),
  (of) => [of.hash],
  [
    [1, 'bytes', 'required'],
  ],
)

export interface RosterPolicy {
  readonly writers: number
  readonly adders: number
  readonly messages: number
  readonly days: number
}
export const RosterPolicy: MessageType<RosterPolicy> = new MessageType<RosterPolicy>(
  (of) => ({
    writers: of[0],
    adders: of[1],
    messages: of[2],
    days: of[3],
  }),
  (of) => [of.writers, of.adders, of.messages, of.days],
  [
    [1, 'uint32', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'uint32', 'required'],
  ],
)

export interface RosterChange {
  readonly add: AddUser | null
  readonly remove: RemoveUser | null
  readonly role: SetRole | null
  readonly devices: SetDevices | null
  readonly identity: SetIdentity | null
  readonly title: SetTitle | null
  readonly policy: RosterPolicy | null
}
export const RosterChange: MessageType<RosterChange> = new MessageType<RosterChange>(
  (of) => ({
    add: of[0],
    remove: of[1],
    role: of[2],
    devices: of[3],
    identity: of[4],
    title: of[5],
    policy: of[6],
  }),
  (of) => [of.add, of.remove, of.role, of.devices, of.identity, of.title, of.policy],
  [
    [1, AddUser, 'optional', 'change'],
    [2, RemoveUser, 'optional', 'change'],
    [3, SetRole, 'optional', 'change'],
    [4, SetDevices, 'optional', 'change'],
    [5, SetIdentity, 'optional', 'change'],
    [6, SetTitle, 'optional', 'change'],
    [7, RosterPolicy, 'optional', 'change'],
  ],
)

export interface RosterEntry {
  readonly group: Bytes | null
  readonly seed: Bytes | null
  readonly epoch: number
  readonly previous: Bytes | null
  readonly author: RosterAuthor
  readonly timestamp: number
  readonly changes: readonly RosterChange[]
  readonly result: Bytes
}
export const RosterEntry: MessageType<RosterEntry> = new MessageType<RosterEntry>(
  (of) => ({
    group: of[0],
    seed: of[1],
    epoch: of[2],
    previous: of[3],
    author: of[4],
    timestamp: of[5],
    changes: of[6],
    result: of[7],
  }),
  (of) => [of.group, of.seed, of.epoch, of.previous, of.author, of.timestamp, of.changes, of.result],
  [
    [1, 'bytes', 'optional'],
    [2, 'bytes', 'optional'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'optional'],
    [5, RosterAuthor, 'required'],
    [6, 'uint64', 'required'],
    [7, RosterChange, 'repeated'],
    [8, 'bytes', 'required'],
  ],
)

export interface RosterState {
  readonly epoch: number
  readonly cut: number
  readonly members: number
  readonly admins: number
  readonly former: number
  readonly policy: RosterPolicy
  readonly title: Bytes | null
  readonly root: Bytes
}
export const RosterState: MessageType<RosterState> = new MessageType<RosterState>(
  (of) => ({
    epoch: of[0],
    cut: of[1],
    members: of[2],
    admins: of[3],
    former: of[4],
    policy: of[5],
    title: of[6],
    root: of[7],
  }),
  (of) => [of.epoch, of.cut, of.members, of.admins, of.former, of.policy, of.title, of.root],
  [
    [1, 'uint32', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'uint32', 'required'],
    [5, 'uint32', 'required'],
    [6, RosterPolicy, 'required'],
    [7, 'bytes', 'optional'],
    [8, 'bytes', 'required'],
  ],
)

export interface AccountOrigin {
  readonly accountKey: Bytes
  readonly recovery: Bytes
}
export const AccountOrigin: MessageType<AccountOrigin> = new MessageType<AccountOrigin>(
  (of) => ({
    accountKey: of[0],
    recovery: of[1],
  }),
  (of) => [of.accountKey, of.recovery],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
  ],
)

export interface Membership {
  readonly accountKey: Bytes
  readonly role: number
  readonly admitted: number
  readonly roleSince: number
  readonly list: Bytes | null
  readonly origin: AccountOrigin | null
}
export const Membership: MessageType<Membership> = new MessageType<Membership>(
  (of) => ({
    accountKey: of[0],
    role: of[1],
    admitted: of[2],
    roleSince: of[3],
    list: of[4],
    origin: of[5],
  }),
  (of) => [of.accountKey, of.role, of.admitted, of.roleSince, of.list, of.origin],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'uint32', 'required'],
    [5, 'bytes', 'optional'],
    [6, AccountOrigin, 'optional'],
  ],
)

export interface EndedRight {
  readonly epoch: number
  readonly role: number
  readonly roleSince: number
  readonly last: readonly LastKey[]
}
export const EndedRight: MessageType<EndedRight> = new MessageType<EndedRight>(
  (of) => ({
    epoch: of[0],
    role: of[1],
    roleSince: of[2],
    last: of[3],
  }),
  (of) => [of.epoch, of.role, of.roleSince, of.last],
  [
    [1, 'uint32', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, LastKey, 'repeated'],
  ],
)

export interface RosterUser {
  readonly user: Bytes
  readonly membership: Membership | null
  readonly ended: EndedRight | null
}
export const RosterUser: MessageType<RosterUser> = new MessageType<RosterUser>(
  (of) => ({
    user: of[0],
    membership: of[1],
    ended: of[2],
  }),
  (of) => [of.user, of.membership, of.ended],
  [
    [1, 'bytes', 'required'],
    [2, Membership, 'optional'],
    [3, EndedRight, 'optional'],
  ],
)

export interface RosterHead {
  readonly group: Bytes
  readonly head: Bytes
  readonly state: RosterState
}
export const RosterHead: MessageType<RosterHead> = new MessageType<RosterHead>(
  (of) => ({
    group: of[0],
    head: of[1],
    state: of[2],
  }),
  (of) => [of.group, of.head, of.state],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, RosterState, 'required'],
  ],
)
