/** The messages of proto/sealed-sender.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Certificate {
  readonly certificate: Bytes
  readonly signature: Bytes
}
export const Certificate: MessageType<Certificate> = new MessageType<Certificate>(
  (of) => ({
    certificate: of[0],
    signature: of[1],
  }),
  (of) => [of.certificate, of.signature],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
  ],
)

export interface ServerCertificate {
  readonly id: number
  readonly key: Bytes
}
export const ServerCertificate: MessageType<ServerCertificate> = new MessageType<ServerCertificate>(
  (of) => ({
    id: of[0],
    key: of[1],
  }),
  (of) => [of.id, of.key],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
  ],
)

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
export const SenderCertificate: MessageType<SenderCertificate> = new MessageType<SenderCertificate>(
  (of) => ({
    phoneNumber: of[0],
    device: of[1],
    expiration: of[2],
    identityKey: of[3],
    signer: of[4],
    user: of[5],
    userUuid: of[6],
    signerId: of[7],
  }),
  (of) => [of.phoneNumber, of.device, of.expiration, of.identityKey, of.signer, of.user, of.userUuid, of.signerId],
  [
    [1, 'string', 'optional'],
    [2, 'uint32', 'required'],
    [3, 'fixed64', 'required'],
    [4, 'bytes', 'required'],
    [5, 'bytes', 'optional'],
    [6, 'string', 'optional'],
    [7, 'bytes', 'optional'],
    [8, 'uint32', 'optional'],
  ],
)

export interface Content {
  readonly type: number
  readonly certificate: Bytes
  readonly content: Bytes
  readonly contentHint: number | null
  readonly groupId: Bytes | null
}
export const Content: MessageType<Content> = new MessageType<Content>(
  (of) => ({
    type: of[0],
    certificate: of[1],
    content: of[2],
    contentHint: of[3],
    groupId: of[4],
  }),
  (of) => [of.type, of.certificate, of.content, of.contentHint, of.groupId],
  [
    [1, 'uint32', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
    [4, 'uint32', 'optional'],
    [5, 'bytes', 'optional'],
  ],
)

export interface ForOne {
  readonly ephemeralKey: Bytes
  readonly encryptedStatic: Bytes
  readonly encryptedMessage: Bytes
}
export const ForOne: MessageType<ForOne> = new MessageType<ForOne>(
  (of) => ({
    ephemeralKey: of[0],
    encryptedStatic: of[1],
    encryptedMessage: of[2],
  }),
  (of) => [of.ephemeralKey, of.encryptedStatic, of.encryptedMessage],
  [
    [1, 'bytes', 'required'],
    [2, 'bytes', 'required'],
    [3, 'bytes', 'required'],
  ],
)
