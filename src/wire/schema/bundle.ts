/** The messages of proto/bundle.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'
import { Address } from './envelope.js'

export interface OneTimePreKey {
  readonly id: number
  readonly publicKey: Bytes
}
export const OneTimePreKey: MessageType<OneTimePreKey> = new MessageType([
  [1, 'id', 'uint32', 'required'],
  [2, 'publicKey', 'bytes', 'required'],
])

export interface SignedPreKey {
  readonly id: number
  readonly publicKey: Bytes
  readonly signature: Bytes
}
export const SignedPreKey: MessageType<SignedPreKey> = new MessageType([
  [1, 'id', 'uint32', 'required'],
  [2, 'publicKey', 'bytes', 'required'],
  [3, 'signature', 'bytes', 'required'],
])

export interface PreKeyBundle {
  readonly version: number
  readonly address: Address
  readonly registrationId: number
  readonly identityKey: Bytes
  readonly signedPreKey: SignedPreKey
  readonly oneTimePreKey: OneTimePreKey | null
  readonly kemPreKey: SignedPreKey | null
}
export const PreKeyBundle: MessageType<PreKeyBundle> = new MessageType([
  [1, 'version', 'uint32', 'required'],
  [2, 'address', Address, 'required'],
  [3, 'registrationId', 'uint32', 'required'],
  [4, 'identityKey', 'bytes', 'required'],
  [5, 'signedPreKey', SignedPreKey, 'required'],
  [6, 'oneTimePreKey', OneTimePreKey, 'optional'],
  [7, 'kemPreKey', SignedPreKey, 'optional'],
])

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
export const PreKeyUpload: MessageType<PreKeyUpload> = new MessageType([
  [1, 'version', 'uint32', 'required'],
  [2, 'address', Address, 'required'],
  [3, 'registrationId', 'uint32', 'required'],
  [4, 'identityKey', 'bytes', 'required'],
  [5, 'signedPreKey', SignedPreKey, 'required'],
  [6, 'kemPreKey', SignedPreKey, 'required'],
  [7, 'oneTimePreKeys', OneTimePreKey, 'repeated'],
  [8, 'oneTimeKemPreKeys', SignedPreKey, 'repeated'],
  [9, 'firstOneTimePreKeyId', 'uint32', 'optional'],
  [10, 'firstOneTimeKemPreKeyId', 'uint32', 'optional'],
])
