/** The messages of proto/fingerprint.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Logical {
  readonly content: Bytes | null
}
export const Logical: MessageType<Logical> = new MessageType<Logical>(
  (of) => ({
    content: of[0],
  }),
  (of) => [of.content],
  [
    [1, 'bytes', 'optional'],
  ],
)

export interface Combined {
  readonly version: number | null
  readonly local: Logical | null
  readonly remote: Logical | null
}
export const Combined: MessageType<Combined> = new MessageType<Combined>(
  (of) => ({
    version: of[0],
    local: of[1],
    remote: of[2],
  }),
  (of) => [of.version, of.local, of.remote],
  [
    [1, 'uint32', 'optional'],
    [2, Logical, 'optional'],
    [3, Logical, 'optional'],
  ],
)
