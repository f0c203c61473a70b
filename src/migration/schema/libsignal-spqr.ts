/** The messages of proto/libsignal-spqr.proto as tables of fields. Made by "npm run gen": change the .proto file. */
import type { Bytes } from '../../bytes.js'
import { MessageType } from '../../codec/message.js'

export interface Limits {
  readonly maxJump: number
  readonly maxSkipped: number
}
export const Limits: MessageType<Limits> = new MessageType<Limits>(
  (of) => ({
    maxJump: of[0],
    maxSkipped: of[1],
  }),
  (of) => [of.maxJump, of.maxSkipped],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
  ],
)

export interface Negotiation {
  readonly authKey: Bytes
  readonly direction: number
  readonly minVersion: number
  readonly limits: Limits | null
}
export const Negotiation: MessageType<Negotiation> = new MessageType<Negotiation>(
  (of) => ({
    authKey: of[0],
    direction: of[1],
    minVersion: of[2],
    limits: of[3],
  }),
  (of) => [of.authKey, of.direction, of.minVersion, of.limits],
  [
    [1, 'bytes', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'uint32', 'implicit'],
    [4, Limits, 'optional'],
  ],
)

export interface Chain {
  readonly counter: number
  readonly next: Bytes
  readonly skipped: Bytes
}
export const Chain: MessageType<Chain> = new MessageType<Chain>(
  (of) => ({
    counter: of[0],
    next: of[1],
    skipped: of[2],
  }),
  (of) => [of.counter, of.next, of.skipped],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'implicit'],
    [3, 'bytes', 'implicit'],
  ],
)

export interface Link {
  readonly sending: Chain | null
  readonly receiving: Chain | null
}
export const Link: MessageType<Link> = new MessageType<Link>(
  (of) => ({
    sending: of[0],
    receiving: of[1],
  }),
  (of) => [of.sending, of.receiving],
  [
    [1, Chain, 'optional'],
    [2, Chain, 'optional'],
  ],
)

export interface Chains {
  readonly direction: number
  readonly currentEpoch: number
  readonly links: readonly Link[]
  readonly nextRoot: Bytes
  readonly sendEpoch: number
  readonly limits: Limits | null
}
export const Chains: MessageType<Chains> = new MessageType<Chains>(
  (of) => ({
    direction: of[0],
    currentEpoch: of[1],
    links: of[2],
    nextRoot: of[3],
    sendEpoch: of[4],
    limits: of[5],
  }),
  (of) => [of.direction, of.currentEpoch, of.links, of.nextRoot, of.sendEpoch, of.limits],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint64', 'implicit'],
    [3, Link, 'repeated'],
    [4, 'bytes', 'implicit'],
    [5, 'uint64', 'implicit'],
    [6, Limits, 'optional'],
  ],
)

export interface Authenticator {
  readonly root: Bytes
  readonly mac: Bytes
}
export const Authenticator: MessageType<Authenticator> = new MessageType<Authenticator>(
  (of) => ({
    root: of[0],
    mac: of[1],
  }),
  (of) => [of.root, of.mac],
  [
    [1, 'bytes', 'implicit'],
    [2, 'bytes', 'implicit'],
  ],
)

export interface Core {
  readonly epoch: number
  readonly auth: Authenticator | null
  readonly first: Bytes
  readonly second: Bytes
  readonly third: Bytes
}
export const Core: MessageType<Core> = new MessageType<Core>(
  (of) => ({
    epoch: of[0],
    auth: of[1],
    first: of[2],
    second: of[3],
    third: of[4],
  }),
  (of) => [of.epoch, of.auth, of.first, of.second, of.third],
  [
    [1, 'uint64', 'implicit'],
    [2, Authenticator, 'optional'],
    [3, 'bytes', 'implicit'],
    [4, 'bytes', 'implicit'],
    [5, 'bytes', 'implicit'],
  ],
)

export interface Encoder {
  readonly counter: number
  readonly values: readonly Bytes[]
  readonly coefficients: readonly Bytes[]
}
export const Encoder: MessageType<Encoder> = new MessageType<Encoder>(
  (of) => ({
    counter: of[0],
    values: of[1],
    coefficients: of[2],
  }),
  (of) => [of.counter, of.values, of.coefficients],
  [
    [1, 'uint32', 'implicit'],
    [2, 'bytes', 'repeated'],
    [3, 'bytes', 'repeated'],
  ],
)

export interface Decoder {
  readonly needed: number
  readonly polynomials: number
  readonly points: readonly Bytes[]
}
export const Decoder: MessageType<Decoder> = new MessageType<Decoder>(
  (of) => ({
    needed: of[0],
    polynomials: of[1],
    points: of[2],
  }),
  (of) => [of.needed, of.polynomials, of.points],
  [
    [1, 'uint32', 'implicit'],
    [2, 'uint32', 'implicit'],
    [3, 'bytes', 'repeated'],
  ],
)

export interface BraidState {
  readonly core: Core | null
  readonly encoder: Encoder | null
  readonly decoder: Decoder | null
}
export const BraidState: MessageType<BraidState> = new MessageType<BraidState>(
  (of) => ({
    core: of[0],
    encoder: of[1],
    decoder: of[2],
  }),
  (of) => [of.core, of.encoder, of.decoder],
  [
    [1, Core, 'optional'],
    [2, Encoder, 'optional'],
    [3, Decoder, 'optional'],
  ],
)

export interface ReceivingBraidState {
  readonly core: Core | null
  readonly decoder: Decoder | null
}
export const ReceivingBraidState: MessageType<ReceivingBraidState> = new MessageType<ReceivingBraidState>(
  (of) => ({
    core: of[0],
    decoder: of[1],
  }),
  (of) => [of.core, of.decoder],
  [
    [1, Core, 'optional'],
    [2, Decoder, 'optional'],
  ],
)

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
export const Braid: MessageType<Braid> = new MessageType<Braid>(
  (of) => ({
    keysUnsampled: of[0],
    keysSampled: of[1],
    headerSent: of[2],
    ct1Received: of[3],
    ekSentCt1Received: of[4],
    noHeaderReceived: of[5],
    headerReceived: of[6],
    ct1Sampled: of[7],
    ekReceivedCt1Sampled: of[8],
    ct1Acknowledged: of[9],
    ct2Sampled: of[10],
  }),
  (of) => [of.keysUnsampled, of.keysSampled, of.headerSent, of.ct1Received, of.ekSentCt1Received, of.noHeaderReceived, of.headerReceived, of.ct1Sampled, of.ekReceivedCt1Sampled, of.ct1Acknowledged, of.ct2Sampled],
  [
    [1, BraidState, 'optional', 'state'],
    [2, BraidState, 'optional', 'state'],
    [3, BraidState, 'optional', 'state'],
    [4, BraidState, 'optional', 'state'],
    [5, BraidState, 'optional', 'state'],
    [6, ReceivingBraidState, 'optional', 'state'],
    [7, ReceivingBraidState, 'optional', 'state'],
    [8, BraidState, 'optional', 'state'],
    [9, BraidState, 'optional', 'state'],
    [10, ReceivingBraidState, 'optional', 'state'],
    [11, BraidState, 'optional', 'state'],
  ],
)

export interface PqRatchetState {
  readonly negotiation: Negotiation | null
  readonly chains: Chains | null
  readonly braid: Braid | null
}
export const PqRatchetState: MessageType<PqRatchetState> = new MessageType<PqRatchetState>(
  (of) => ({
    negotiation: of[0],
    chains: of[1],
    braid: of[2],
  }),
  (of) => [of.negotiation, of.chains, of.braid],
  [
    [1, Negotiation, 'optional'],
    [2, Chains, 'optional'],
    [3, Braid, 'optional'],
  ],
)
