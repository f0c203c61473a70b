/** The messages of proto/fingerprint.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Logical {
  readonly content: Bytes | null
}
export const Logical: MessageType<Logical> = new MessageType([
  [1, 'content', 'bytes', 'optional'],
])

export interface Combined {
  readonly version: number | null
  readonly local: Logical | null
  readonly remote: Logical | null
}
export const Combined: MessageType<Combined> = new MessageType([
  [1, 'version', 'uint32', 'optional'],
  [2, 'local', Logical, 'optional'],
  [3, 'remote', Logical, 'optional'],
])
