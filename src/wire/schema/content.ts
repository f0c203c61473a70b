/** The messages of proto/content.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Media {
  readonly root: Bytes
  readonly size: number
  readonly chunk: number
}
export const Media: MessageType<Media> = new MessageType<Media>(
  (of) => ({
    root: of[0],
    size: of[1],
    chunk: of[2],
  }),
  (of) => [of.root, of.size, of.chunk],
  [
    [1, 'bytes', 'required'],
    [2, 'uint64', 'required'],
    [3, 'uint32', 'required'],
  ],
)

export interface Frank {
  readonly key: Bytes
  readonly number: number | null
  readonly signature: Bytes | null
  readonly flags: number | null
  readonly lifetime: number | null
  readonly refersTo: Bytes | null
  readonly media: readonly Media[]
}
export const Frank: MessageType<Frank> = new MessageType<Frank>(
  (of) => ({
    key: of[0],
    number: of[1],
    signature: of[2],
    flags: of[3],
    lifetime: of[4],
    refersTo: of[5],
    media: of[6],
  }),
  (of) => [of.key, of.number, of.signature, of.flags, of.lifetime, of.refersTo, of.media],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'optional'],
    [3, 'bytes', 'optional'],
    [4, 'uint32', 'optional'],
    [5, 'uint32', 'optional'],
    [6, 'bytes', 'optional'],
    [7, Media, 'repeated'],
  ],
)

export interface Content {
  readonly decryptionErrorMessage: Bytes | null
  readonly application: Bytes | null
  readonly sentAt: number | null
  readonly again: boolean | null
  readonly senderKeyDistribution: Bytes | null
  readonly accessKey: Bytes | null
  readonly senderKeyWanted: Bytes | null
  readonly frank: Frank | null
  readonly name: Bytes | null
}
export const Content: MessageType<Content> = new MessageType<Content>(
  (of) => ({
    decryptionErrorMessage: of[0],
    application: of[1],
    sentAt: of[2],
    again: of[3],
    senderKeyDistribution: of[4],
    accessKey: of[5],
    senderKeyWanted: of[6],
    frank: of[7],
    name: of[8],
  }),
  (of) => [of.decryptionErrorMessage, of.application, of.sentAt, of.again, of.senderKeyDistribution, of.accessKey, of.senderKeyWanted, of.frank, of.name],
  [
    [8, 'bytes', 'optional'],
    [1001, 'bytes', 'optional'],
    [1002, 'uint64', 'optional'],
    [1003, 'bool', 'optional'],
    [1004, 'bytes', 'optional'],
    [1005, 'bytes', 'optional'],
    [1006, 'bytes', 'optional'],
    [1020, Frank, 'optional'],
    [1030, 'bytes', 'optional'],
  ],
)

export interface SignalContent {
  readonly part_1: Bytes | null
  readonly part_2: Bytes | null
  readonly part_3: Bytes | null
  readonly part_4: Bytes | null
  readonly part_5: Bytes | null
  readonly part_6: Bytes | null
  readonly part_7: Bytes | null
  readonly decryptionErrorMessage: Bytes | null
}
export const SignalContent: MessageType<SignalContent> = new MessageType<SignalContent>(
  (of) => ({
    part_1: of[0],
    part_2: of[1],
    part_3: of[2],
    part_4: of[3],
    part_5: of[4],
    part_6: of[5],
    part_7: of[6],
    decryptionErrorMessage: of[7],
  }),
  (of) => [of.part_1, of.part_2, of.part_3, of.part_4, of.part_5, of.part_6, of.part_7, of.decryptionErrorMessage],
  [
    [1, 'bytes', 'optional'],
    [2, 'bytes', 'optional'],
    [3, 'bytes', 'optional'],
    [4, 'bytes', 'optional'],
    [5, 'bytes', 'optional'],
    [6, 'bytes', 'optional'],
    [7, 'bytes', 'optional'],
    [8, 'bytes', 'optional'],
  ],
)
