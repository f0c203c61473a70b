/** The messages of proto/wire.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface SignalMessage {
  readonly ratchetKey: Bytes
  readonly counter: number
  readonly previousCounter: number | null
  readonly ciphertext: Bytes
  readonly pqRatchet: Bytes | null
  readonly addresses: Bytes | null
}
export const SignalMessage: MessageType<SignalMessage> = new MessageType([
  [1, 'ratchetKey', 'bytes', 'required'],
  [2, 'counter', 'uint32', 'required'],
  [3, 'previousCounter', 'uint32', 'optional'],
  [4, 'ciphertext', 'bytes', 'required'],
  [5, 'pqRatchet', 'bytes', 'optional'],
  [6, 'addresses', 'bytes', 'optional'],
])

export interface PreKeySignalMessage {
  readonly preKeyId: number | null
  readonly baseKey: Bytes
  readonly identityKey: Bytes
  readonly message: Bytes
  readonly registrationId: number | null
  readonly signedPreKeyId: number
  readonly kyberPreKeyId: number | null
  readonly kyberCiphertext: Bytes | null
}
export const PreKeySignalMessage: MessageType<PreKeySignalMessage> = new MessageType([
  [1, 'preKeyId', 'uint32', 'optional'],
  [2, 'baseKey', 'bytes', 'required'],
  [3, 'identityKey', 'bytes', 'required'],
  [4, 'message', 'bytes', 'required'],
  [5, 'registrationId', 'uint32', 'optional'],
  [6, 'signedPreKeyId', 'uint32', 'required'],
  [7, 'kyberPreKeyId', 'uint32', 'optional'],
  [8, 'kyberCiphertext', 'bytes', 'optional'],
])

export interface DecryptionErrorMessage {
  readonly ratchetKey: Bytes | null
  readonly timestamp: number
  readonly deviceId: number | null
}
export const DecryptionErrorMessage: MessageType<DecryptionErrorMessage> = new MessageType([
  [1, 'ratchetKey', 'bytes', 'optional'],
  [2, 'timestamp', 'uint64', 'required'],
  [3, 'deviceId', 'uint32', 'optional'],
])

export interface SenderKeyMessage {
  readonly distributionUuid: Bytes
  readonly chainId: number
  readonly iteration: number
  readonly ciphertext: Bytes
}
export const SenderKeyMessage: MessageType<SenderKeyMessage> = new MessageType([
  [1, 'distributionUuid', 'bytes', 'required'],
  [2, 'chainId', 'uint32', 'required'],
  [3, 'iteration', 'uint32', 'required'],
  [4, 'ciphertext', 'bytes', 'required'],
])

export interface SenderKeyDistributionMessage {
  readonly distributionUuid: Bytes
  readonly chainId: number
  readonly iteration: number
  readonly chainKey: Bytes
  readonly signingKey: Bytes
}
export const SenderKeyDistributionMessage: MessageType<SenderKeyDistributionMessage> = new MessageType([
  [1, 'distributionUuid', 'bytes', 'required'],
  [2, 'chainId', 'uint32', 'required'],
  [3, 'iteration', 'uint32', 'required'],
  [4, 'chainKey', 'bytes', 'required'],
  [5, 'signingKey', 'bytes', 'required'],
])
