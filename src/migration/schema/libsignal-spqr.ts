/** The messages of proto/libsignal-spqr.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Limits {
  readonly maxJump: number
  readonly maxSkipped: number
}
export const Limits: MessageType<Limits> = new MessageType([
  [1, 'maxJump', 'uint32', 'implicit'],
  [2, 'maxSkipped', 'uint32', 'implicit'],
])

export interface Negotiation {
  readonly authKey: Bytes
  readonly direction: number
  readonly minVersion: number
  readonly limits: Limits | null
}
export const Negotiation: MessageType<Negotiation> = new MessageType([
  [1, 'authKey', 'bytes', 'implicit'],
  [2, 'direction', 'uint32', 'implicit'],
  [3, 'minVersion', 'uint32', 'implicit'],
  [4, 'limits', Limits, 'optional'],
])

export interface Chain {
  readonly counter: number
  readonly next: Bytes
  readonly skipped: Bytes
}
export const Chain: MessageType<Chain> = new MessageType([
  [1, 'counter', 'uint32', 'implicit'],
  [2, 'next', 'bytes', 'implicit'],
  [3, 'skipped', 'bytes', 'implicit'],
])

export interface Link {
  readonly sending: Chain | null
  readonly receiving: Chain | null
}
export const Link: MessageType<Link> = new MessageType([
  [1, 'sending', Chain, 'optional'],
  [2, 'receiving', Chain, 'optional'],
])

export interface Chains {
  readonly direction: number
  readonly currentEpoch: number
  readonly links: readonly Link[]
  readonly nextRoot: Bytes
  readonly sendEpoch: number
  readonly limits: Limits | null
}
export const Chains: MessageType<Chains> = new MessageType([
  [1, 'direction', 'uint32', 'implicit'],
  [2, 'currentEpoch', 'uint64', 'implicit'],
  [3, 'links', Link, 'repeated'],
  [4, 'nextRoot', 'bytes', 'implicit'],
  [5, 'sendEpoch', 'uint64', 'implicit'],
  [6, 'limits', Limits, 'optional'],
])

export interface Authenticator {
  readonly root: Bytes
  readonly mac: Bytes
}
export const Authenticator: MessageType<Authenticator> = new MessageType([
  [1, 'root', 'bytes', 'implicit'],
  [2, 'mac', 'bytes', 'implicit'],
])

export interface Core {
  readonly epoch: number
  readonly auth: Authenticator | null
  readonly first: Bytes
  readonly second: Bytes
  readonly third: Bytes
}
export const Core: MessageType<Core> = new MessageType([
  [1, 'epoch', 'uint64', 'implicit'],
  [2, 'auth', Authenticator, 'optional'],
  [3, 'first', 'bytes', 'implicit'],
  [4, 'second', 'bytes', 'implicit'],
  [5, 'third', 'bytes', 'implicit'],
])

export interface Encoder {
  readonly counter: number
  readonly values: readonly Bytes[]
  readonly coefficients: readonly Bytes[]
}
export const Encoder: MessageType<Encoder> = new MessageType([
  [1, 'counter', 'uint32', 'implicit'],
  [2, 'values', 'bytes', 'repeated'],
  [3, 'coefficients', 'bytes', 'repeated'],
])

export interface Decoder {
  readonly needed: number
  readonly polynomials: number
  readonly points: readonly Bytes[]
}
export const Decoder: MessageType<Decoder> = new MessageType([
  [1, 'needed', 'uint32', 'implicit'],
  [2, 'polynomials', 'uint32', 'implicit'],
  [3, 'points', 'bytes', 'repeated'],
])

export interface BraidState {
  readonly core: Core | null
  readonly encoder: Encoder | null
  readonly decoder: Decoder | null
}
export const BraidState: MessageType<BraidState> = new MessageType([
  [1, 'core', Core, 'optional'],
  [2, 'encoder', Encoder, 'optional'],
  [3, 'decoder', Decoder, 'optional'],
])

export interface ReceivingBraidState {
  readonly core: Core | null
  readonly decoder: Decoder | null
}
export const ReceivingBraidState: MessageType<ReceivingBraidState> = new MessageType([
  [1, 'core', Core, 'optional'],
  [2, 'decoder', Decoder, 'optional'],
])

export interface Braid {
  readonly keysUnsampled: BraidState | null
  readonly keysSampled: BraidState | null
  readonly headerSent: BraidState | null
  readonly ct1Received: BraidState | null
  readonly ekSentCt1Received: BraidState | null
  readonly noHeaderReceived: ReceivingBraidState | null
  readonly headerReceived: ReceivingBraidState | null
  readonly ct1Sampled: BraidState | null
  readonly ekReceivedCt1Sampled: BraidState | null
  readonly ct1Acknowledged: ReceivingBraidState | null
  readonly ct2Sampled: BraidState | null
}
export const Braid: MessageType<Braid> = new MessageType([
  [1, 'keysUnsampled', BraidState, 'optional', 'state'],
  [2, 'keysSampled', BraidState, 'optional', 'state'],
  [3, 'headerSent', BraidState, 'optional', 'state'],
  [4, 'ct1Received', BraidState, 'optional', 'state'],
  [5, 'ekSentCt1Received', BraidState, 'optional', 'state'],
  [6, 'noHeaderReceived', ReceivingBraidState, 'optional', 'state'],
  [7, 'headerReceived', ReceivingBraidState, 'optional', 'state'],
  [8, 'ct1Sampled', BraidState, 'optional', 'state'],
  [9, 'ekReceivedCt1Sampled', BraidState, 'optional', 'state'],
  [10, 'ct1Acknowledged', ReceivingBraidState, 'optional', 'state'],
  [11, 'ct2Sampled', BraidState, 'optional', 'state'],
])

export interface PqRatchetState {
  readonly negotiation: Negotiation | null
  readonly chains: Chains | null
  readonly braid: Braid | null
}
export const PqRatchetState: MessageType<PqRatchetState> = new MessageType([
  [1, 'negotiation', Negotiation, 'optional'],
  [2, 'chains', Chains, 'optional'],
  [3, 'braid', Braid, 'optional'],
])
