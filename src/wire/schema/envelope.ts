/** The messages of proto/envelope.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export const Kind: { readonly PRE_KEY: 1; readonly RATCHET: 2; readonly SENDER_KEY: 3; readonly SEALED: 4; readonly PLAINTEXT: 5 } = { PRE_KEY: 1, RATCHET: 2, SENDER_KEY: 3, SEALED: 4, PLAINTEXT: 5 }

export interface Address {
  readonly user: Bytes
  readonly device: number
}
export const Address: MessageType<Address> = new MessageType<Address>(
  (of) => ({
    user: of[0],
    device: of[1],
  }),
  (of) => [of.user, of.device],
  [
    [1, 'bytes', 'required'],
    [2, 'uint32', 'required'],
  ],
)

export interface Envelope {
  readonly version: number
  readonly kind: number
  readonly sender: Address | null
  readonly body: Bytes
  readonly commitment: Bytes | null
}
export const Envelope: MessageType<Envelope> = new MessageType<Envelope>(
  (of) => ({
    version: of[0],
    kind: of[1],
    sender: of[2],
    body: of[3],
    commitment: of[4],
  }),
  (of) => [of.version, of.kind, of.sender, of.body, of.commitment],
  [
    [1, 'uint32', 'required'],
    [2, 'uint32', 'required'],
    [3, Address, 'optional'],
    [4, 'bytes', 'required'],
    [5, 'bytes', 'optional'],
  ],
)
