/**
 * The state of the sparse post-quantum ratchet as plain values. `braid.ts`, `epoch-chains.ts` and `spqr.ts` move it, `records/` writes it
 * down.
 *
 * Nothing here is ever changed in place. Names of states and fields are those of the specification's table.
 */
import type { Bytes } from '../../bytes.js'
import type { ExpandedEncapsulation, PendingEncapsulation } from '../../crypto/kem/incremental-kem.js'
import type { Secret } from '../../crypto/secret.js'
import type { Authenticator } from './authenticator.js'
import type { ChainDirection, ChainLimits, EpochChains } from './epoch-chains.js'
import type { Decoder, Encoder } from './erasure-code.js'

interface InEpoch<Name extends string> {
  readonly name: Name
  /** Counted from 1. */
  readonly epoch: number
  readonly auth: Authenticator
}

type Dk = Secret<'IncrementalSecretKey'>

// The side that generates the key pair of the epoch.

/** No key pair yet. */
export type KeysUnsampled = InEpoch<'KeysUnsampled'>

/** Sending the header. The ek vector is inside `dk`. */
export interface KeysSampled extends InEpoch<'KeysSampled'> {
  readonly dk: Dk
  /** Header and its tag, 96 bytes. */
  readonly header: Encoder
}

/** Sending the ek vector, collecting ct1. */
export interface HeaderSent extends InEpoch<'HeaderSent'> {
  readonly dk: Dk
  readonly ek: Encoder
  readonly ct1: Decoder
}

/** Still sending the ek vector, and with it that all of ct1 is here. */
export interface Ct1Received extends InEpoch<'Ct1Received'> {
  readonly dk: Dk
  readonly ct1: Bytes
  readonly ek: Encoder
}

/** The peer has the ek vector; collecting ct2 and its tag, 160 bytes. */
export interface EkSentCt1Received extends InEpoch<'EkSentCt1Received'> {
  readonly dk: Dk
  readonly ct1: Bytes
  readonly ct2: Decoder
}

// The side that encapsulates.

/** Collecting the header and its tag. */
export interface NoHeaderReceived extends InEpoch<'NoHeaderReceived'> {
  readonly header: Decoder
}

/** The header is authentic; nothing has been sent since. */
export interface HeaderReceived extends InEpoch<'HeaderReceived'> {
  readonly header: Bytes
}

/** Sending ct1, collecting the ek vector. */
export interface Ct1Sampled extends InEpoch<'Ct1Sampled'> {
  readonly encapsulation: PendingEncapsulation
  readonly ct1: Encoder
  readonly ek: Decoder
}

/** The ek vector is here; sending ct1 until the peer has it. */
export interface EkReceivedCt1Sampled extends InEpoch<'EkReceivedCt1Sampled'> {
  /** Written out only if taken over from libsignal in this state: its records have no header here. */
  readonly encapsulation: PendingEncapsulation | ExpandedEncapsulation
  readonly ek: Bytes
  readonly ct1: Encoder
}

/** The peer has ct1; collecting the rest of the ek vector. */
export interface Ct1Acknowledged extends InEpoch<'Ct1Acknowledged'> {
  readonly encapsulation: PendingEncapsulation
  readonly ct1: Bytes
  readonly ek: Decoder
}

/** Sending ct2 and its tag, 160 bytes. */
export interface Ct2Sampled extends InEpoch<'Ct2Sampled'> {
  readonly ct2: Encoder
}

/** State of the braid. */
export type BraidState =
  | KeysUnsampled
  | KeysSampled
  | HeaderSent
  | Ct1Received
  | EkSentCt1Received
  | NoHeaderReceived
  | HeaderReceived
  | Ct1Sampled
  | EkReceivedCt1Sampled
  | Ct1Acknowledged
  | Ct2Sampled

/** Name of a state, as in the specification's tables. */
export type BraidStateName = BraidState['name']

/** Kept until the first message of the peer is accepted; with it a peer without the ratchet can still be followed. */
export interface Negotiation {
  /** 0: a peer without the ratchet is accepted, and no key is used before it has answered. 1: the ratchet is required. */
  readonly minVersion: 0 | 1
  readonly authKey: Secret<'PqAuthKey'>
  readonly direction: ChainDirection
  readonly limits: ChainLimits
}

/** State of a session's post-quantum ratchet. A session without one has `undefined` in its place. */
export interface SpqrState {
  readonly negotiation: Negotiation | undefined
  /** Absent only during a negotiation with `minVersion` 0. */
  readonly chains: EpochChains | undefined
  readonly braid: BraidState
}
