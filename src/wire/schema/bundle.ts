/** The messages of proto/bundle.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'
import { Address } from './envelope.js'

export interface OneTimePreKey {
  readonly id: number
  readonly publicKey: Bytes
}
export const OneTimePreKey: MessageType<OneTimePreKey> = new MessageType<OneTimePreKey>(
  (of) => ({
    id: of[0],
    publicKey: of[1],
  }),
  (of) => [of.id, of.publicKey],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
  ],
)

export interface SignedPreKey {
  readonly id: number
  readonly publicKey: Bytes
  readonly signature: Bytes
}
export const SignedPreKey: MessageType<SignedPreKey> = new MessageType<SignedPreKey>(
  (of) => ({
    id: of[0],
    publicKey: of[1],
    signature: of[2],
  }),
  (of) => [of.id, of.publicKey, of.signature],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
  ],
)

export interface PreKeyBundle {
  readonly version: number
  readonly address: Address
  readonly registrationId: number
  readonly identityKey: Bytes
  readonly signedPreKey: SignedPreKey
  readonly oneTimePreKey: OneTimePreKey | null
  readonly kemPreKey: SignedPreKey | null
}
export const PreKeyBundle: MessageType<PreKeyBundle> = new MessageType<PreKeyBundle>(
  (of) => ({
    version: of[0],
    address: of[1],
    registrationId: of[2],
    identityKey: of[3],
    signedPreKey: of[4],
    oneTimePreKey: of[5],
    kemPreKey: of[6],
  }),
  (of) => [of.version, of.address, of.registrationId, of.identityKey, of.signedPreKey, of.oneTimePreKey, of.kemPreKey],
  [
    [1, 'uint32', 'required'],
    [2, Address, 'required'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'required'],
    [5, SignedPreKey, 'required'],
    [6, OneTimePreKey, 'optional'],
    [7, SignedPreKey, 'optional'],
  ],
)

export interface PreKeyUpload {
  readonly version: number
  readonly address: Address
  readonly registrationId: number
  readonly identityKey: Bytes
  readonly signedPreKey: SignedPreKey
  readonly kemPreKey: SignedPreKey
  readonly oneTimePreKeys: readonly OneTimePreKey[]
  readonly oneTimeKemPreKeys: readonly SignedPreKey[]
  readonly firstOneTimePreKeyId: number | null
  readonly firstOneTimeKemPreKeyId: number | null
}
export const PreKeyUpload: MessageType<PreKeyUpload> = new MessageType<PreKeyUpload>(
  (of) => ({
    version: of[0],
    address: of[1],
    registrationId: of[2],
    identityKey: of[3],
    signedPreKey: of[4],
    kemPreKey: of[5],
    oneTimePreKeys: of[6],
    oneTimeKemPreKeys: of[7],
    firstOneTimePreKeyId: of[8],
    firstOneTimeKemPreKeyId: of[9],
  }),
  (of) => [of.version, of.address, of.registrationId, of.identityKey, of.signedPreKey, of.kemPreKey, of.oneTimePreKeys, of.oneTimeKemPreKeys, of.firstOneTimePreKeyId, of.firstOneTimeKemPreKeyId],
  [
    [1, 'uint32', 'required'],
    [2, Address, 'required'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'required'],
    [5, SignedPreKey, 'required'],
    [6, SignedPreKey, 'required'],
    [7, OneTimePreKey, 'repeated'],
    [8, SignedPreKey, 'repeated'],
    [9, 'uint32', 'optional'],
    [10, 'uint32', 'optional'],
  ],
)
