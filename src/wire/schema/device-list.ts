/** The messages of proto/device-list.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface SignedDeviceList {
  readonly list: Bytes
  readonly accountSignature: Bytes
  readonly deviceSignature: Bytes
}
export const SignedDeviceList: MessageType<SignedDeviceList> = new MessageType<SignedDeviceList>(
  (of) => ({
    list: of[0],
    accountSignature: of[1],
    deviceSignature: of[2],
  }),
  (of) => [of.list, of.accountSignature, of.deviceSignature],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
  ],
)

export interface ListedDevice {
  readonly device: number
  readonly identityKey: Bytes
  readonly registrationId: number
  readonly admin: boolean | null
  readonly capabilities: number | null
  readonly consent: Bytes
}
export const ListedDevice: MessageType<ListedDevice> = new MessageType<ListedDevice>(
  (of) => ({
    device: of[0],
    identityKey: of[1],
    registrationId: of[2],
    admin: of[3],
    capabilities: of[4],
    consent: of[5],
  }),
  (of) => [of.device, of.identityKey, of.registrationId, of.admin, of.capabilities, of.consent],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
    [3, 'uint32', 'required'],
    [4, 'bool', 'optional'],
    [5, 'uint32', 'optional'],
    [6, 'bytes', 'required'],
  ],
)

export interface DeviceList {
  readonly user: Bytes
  readonly lineage: Bytes
  readonly accountKey: Bytes
  readonly recovery: Bytes | null
  readonly version: number
  readonly previous: readonly Bytes[]
  readonly signer: number
  readonly issuedAt: number
  readonly used: Bytes
  readonly devices: readonly ListedDevice[]
}
export const DeviceList: MessageType<DeviceList> = new MessageType<DeviceList>(
  (of) => ({
    user: of[0],
    lineage: of[1],
    accountKey: of[2],
    recovery: of[3],
    version: of[4],
    previous: of[5],
    signer: of[6],
    issuedAt: of[7],
    used: of[8],
    devices: of[9],
  }),
  (of) => [of.user, of.lineage, of.accountKey, of.recovery, of.version, of.previous, of.signer, of.issuedAt, of.used, of.devices],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
    [4, 'bytes', 'optional'],
    [5, 'uint32', 'required'],
    [6, 'bytes', 'repeated'],
    [7, 'uint32', 'required'],
    [8, 'uint64', 'required'],
    [9, 'bytes', 'required'],
    [10, ListedDevice, 'repeated'],
  ],
)

export interface SignedStamp {
  readonly stamp: Bytes
  readonly signature: Bytes
}
export const SignedStamp: MessageType<SignedStamp> = new MessageType<SignedStamp>(
  (of) => ({
    stamp: of[0],
    signature: of[1],
  }),
  (of) => [of.stamp, of.signature],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
  ],
)

export interface Stamp {
  readonly list: Bytes
  readonly version: number
  readonly signer: number
  readonly issuedAt: number
}
export const Stamp: MessageType<Stamp> = new MessageType<Stamp>(
  (of) => ({
    list: of[0],
    version: of[1],
    signer: of[2],
    issuedAt: of[3],
  }),
  (of) => [of.list, of.version, of.signer, of.issuedAt],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'uint64', 'required'],
  ],
)

export interface SignedMove {
  readonly move: Bytes
  readonly accountSignature: Bytes | null
  readonly deviceSignature: Bytes | null
  readonly recoveryKey: Bytes | null
  readonly recoverySignature: Bytes | null
}
export const SignedMove: MessageType<SignedMove> = new MessageType<SignedMove>(
  (of) => ({
    move: of[0],
    accountSignature: of[1],
    deviceSignature: of[2],
    recoveryKey: of[3],
    recoverySignature: of[4],
  }),
  (of) => [of.move, of.accountSignature, of.deviceSignature, of.recoveryKey, of.recoverySignature],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'optional'],
    [3, 'bytes', 'optional'],
    [4, 'bytes', 'optional'],
    [5, 'bytes', 'optional'],
  ],
)

export interface Move {
  readonly user: Bytes
  readonly lineage: Bytes
  readonly accountKey: Bytes
  readonly list: Bytes
  readonly signer: number | null
  readonly issuedAt: number
}
export const Move: MessageType<Move> = new MessageType<Move>(
  (of) => ({
    user: of[0],
    lineage: of[1],
    accountKey: of[2],
    list: of[3],
    signer: of[4],
    issuedAt: of[5],
  }),
  (of) => [of.user, of.lineage, of.accountKey, of.list, of.signer, of.issuedAt],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
    [4, 'bytes', 'required'],
    [5, 'uint32', 'optional'],
    [6, 'uint64', 'required'],
  ],
)
