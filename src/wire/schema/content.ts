/** The messages of proto/content.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Content {
  readonly decryptionErrorMessage: Bytes | null
  readonly application: Bytes | null
  readonly sentAt: number | null
  readonly again: boolean | null
  readonly senderKeyDistribution: Bytes | null
  readonly accessKey: Bytes | null
  readonly senderKeyWanted: Bytes | null
  readonly name: Bytes | null
}
export const Content: MessageType<Content> = new MessageType([
  [8, 'decryptionErrorMessage', 'bytes', 'optional'],
  [1001, 'application', 'bytes', 'optional'],
  [1002, 'sentAt', 'uint64', 'optional'],
  [1003, 'again', 'bool', 'optional'],
  [1004, 'senderKeyDistribution', 'bytes', 'optional'],
  [1005, 'accessKey', 'bytes', 'optional'],
  [1006, 'senderKeyWanted', 'bytes', 'optional'],
  [1030, 'name', 'bytes', 'optional'],
])

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
export const SignalContent: MessageType<SignalContent> = new MessageType([
  [1, 'part_1', 'bytes', 'optional'],
  [2, 'part_2', 'bytes', 'optional'],
  [3, 'part_3', 'bytes', 'optional'],
  [4, 'part_4', 'bytes', 'optional'],
  [5, 'part_5', 'bytes', 'optional'],
  [6, 'part_6', 'bytes', 'optional'],
  [7, 'part_7', 'bytes', 'optional'],
  [8, 'decryptionErrorMessage', 'bytes', 'optional'],
])
