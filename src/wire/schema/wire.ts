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
export const SignalMessage: MessageType<SignalMessage> = new MessageType<SignalMessage>(
  (of) => ({
    ratchetKey: of[0],
    counter: of[1],
    previousCounter: of[2],
    ciphertext: of[3],
    pqRatchet: of[4],
    addresses: of[5],
  }),
  (of) => [of.ratchetKey, of.counter, of.previousCounter, of.ciphertext, of.pqRatchet, of.addresses],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'optional'],
    [4, 'bytes', 'required'],
    [5, 'bytes', 'optional'],
    [6, 'bytes', 'optional'],
  ],
)

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
export const PreKeySignalMessage: MessageType<PreKeySignalMessage> = new MessageType<PreKeySignalMessage>(
  (of) => ({
    preKeyId: of[0],
    baseKey: of[1],
    identityKey: of[2],
    message: of[3],
    registrationId: of[4],
    signedPreKeyId: of[5],
    kyberPreKeyId: of[6],
    kyberCiphertext: of[7],
  }),
  (of) => [of.preKeyId, of.baseKey, of.identityKey, of.message, of.registrationId, of.signedPreKeyId, of.kyberPreKeyId, of.kyberCiphertext],
  [
    [1, 'uint32', 'optional'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
    [4, 'bytes', 'required'],
    [5, 'uint32', 'optional'],
    [6, 'uint32', 'required'],
    [7, 'uint32', 'optional'],
    [8, 'bytes', 'optional'],
  ],
)

export interface DecryptionErrorMessage {
  readonly ratchetKey: Bytes | null
  readonly timestamp: number
  readonly deviceId: number | null
}
export const DecryptionErrorMessage: MessageType<DecryptionErrorMessage> = new MessageType<DecryptionErrorMessage>(
  (of) => ({
    ratchetKey: of[0],
    timestamp: of[1],
    deviceId: of[2],
  }),
  (of) => [of.ratchetKey, of.timestamp, of.deviceId],
  [
    [1, 'bytes', 'optional'],
    [2, 'uint64', 'required'],
    [3, 'uint32', 'optional'],
  ],
)

export interface SenderKeyMessage {
  readonly distributionUuid: Bytes
  readonly chainId: number
  readonly iteration: number
  readonly ciphertext: Bytes
}
export const SenderKeyMessage: MessageType<SenderKeyMessage> = new MessageType<SenderKeyMessage>(
  (of) => ({
    distributionUuid: of[0],
    chainId: of[1],
    iteration: of[2],
    ciphertext: of[3],
  }),
  (of) => [of.distributionUuid, of.chainId, of.iteration, of.ciphertext],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'required'],
  ],
)

export interface SenderKeyDistributionMessage {
  readonly distributionUuid: Bytes
  readonly chainId: number
  readonly iteration: number
  readonly chainKey: Bytes
  readonly signingKey: Bytes
}
export const SenderKeyDistributionMessage: MessageType<SenderKeyDistributionMessage> = new MessageType<SenderKeyDistributionMessage>(
  (of) => ({
    distributionUuid: of[0],
    chainId: of[1],
    iteration: of[2],
    chainKey: of[3],
    signingKey: of[4],
  }),
  (of) => [of.distributionUuid, of.chainId, of.iteration, of.chainKey, of.signingKey],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
    [3, 'uint32', 'required'],
    [4, 'bytes', 'required'],
    [5, 'bytes', 'required'],
  ],
)
