/** The messages of proto/sealed-sender.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Certificate {
  readonly certificate: Bytes
  readonly signature: Bytes
}
export const Certificate: MessageType<Certificate> = new MessageType([
  [1, 'certificate', 'bytes', 'required'],
  [2, 'signature', 'bytes', 'required'],
])

export interface ServerCertificate {
  readonly id: number
  readonly key: Bytes
}
export const ServerCertificate: MessageType<ServerCertificate> = new MessageType([
  [1, 'id', 'uint32', 'required'],
  [2, 'key', 'bytes', 'required'],
])

export interface SenderCertificate {
  readonly phoneNumber: string | null
  readonly device: number
  readonly expiration: number
  readonly identityKey: Bytes
  readonly signer: Bytes | null
  readonly user: string | null
  readonly userUuid: Bytes | null
  readonly signerId: number | null
}
export const SenderCertificate: MessageType<SenderCertificate> = new MessageType([
  [1, 'phoneNumber', 'string', 'optional'],
  [2, 'device', 'uint32', 'required'],
  [3, 'expiration', 'fixed64', 'required'],
  [4, 'identityKey', 'bytes', 'required'],
  [5, 'signer', 'bytes', 'optional'],
  [6, 'user', 'string', 'optional'],
  [7, 'userUuid', 'bytes', 'optional'],
  [8, 'signerId', 'uint32', 'optional'],
])

export interface Content {
  readonly type: number
  readonly certificate: Bytes
  readonly content: Bytes
  readonly contentHint: number | null
  readonly groupId: Bytes | null
}
export const Content: MessageType<Content> = new MessageType([
  [1, 'type', 'uint32', 'required'],
  [2, 'certificate', 'bytes', 'required'],
  [3, 'content', 'bytes', 'required'],
  [4, 'contentHint', 'uint32', 'optional'],
  [5, 'groupId', 'bytes', 'optional'],
])

export interface ForOne {
  readonly ephemeralKey: Bytes
  readonly encryptedStatic: Bytes
  readonly encryptedMessage: Bytes
}
export const ForOne: MessageType<ForOne> = new MessageType([
  [1, 'ephemeralKey', 'bytes', 'required'],
  [2, 'encryptedStatic', 'bytes', 'required'],
  [3, 'encryptedMessage', 'bytes', 'required'],
])
