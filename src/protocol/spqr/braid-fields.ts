/**
 * What each state of the braid holds, in one table: both forms on disk, ours and libsignal's, are written and read by it.
 */
import type { Bytes } from '../../bytes.js'
import type { ExpandedEncapsulation, PendingEncapsulation } from '../../crypto/kem/incremental-kem.js'
import type { Secret } from '../../crypto/secret.js'
import type { Decoder, Encoder } from './erasure-code.js'
import type { BraidState, BraidStateName } from './state.js'

/** What a field can hold. */
interface Held {
  /** The secret key of the epoch's key pair. */
  readonly key: Secret<'IncrementalSecretKey'>
  /** A piece that is being sent. */
  readonly sending: Encoder
  /** A piece that is being collected. */
  readonly collecting: Decoder
  /** A piece that is here. */
  readonly whole: Bytes
  /** An encapsulation that waits for the vector. */
  readonly pending: PendingEncapsulation
  /** The same, in either of its two forms. */
  readonly encapsulation: PendingEncapsulation | ExpandedEncapsulation
}
type Holding = keyof Held
type HoldingOf<T> = { [H in Holding]: Held[H] extends T ? (T extends Held[H] ? H : never) : never }[Holding]

type StateOf<Name extends BraidStateName> = Extract<BraidState, { readonly name: Name }>
type Own<Name extends BraidStateName> = Omit<StateOf<Name>, 'name' | 'epoch' | 'auth'>

/** What travels in chunks, by its name in the specification. */
type Piece = 'header' | 'ek' | 'ct1' | 'ct2'
type NameOf<H extends Holding> = H extends 'key'
  ? 'dk'
  : H extends 'pending' | 'encapsulation'
    ? 'encapsulation'
    : H extends 'whole'
      ? Exclude<Piece, 'ct2'>
      : Piece

/** A field of a state. */
export type BraidField = { readonly [H in Holding]: { readonly name: NameOf<H>; readonly holding: H } }[Holding]
/** A field of a state, and what is in it. */
export type FilledField = {
  readonly [H in Holding]: { readonly name: NameOf<H>; readonly holding: H; readonly value: Held[H] }
}[Holding]

/** The order is that in which libsignal's records have the fields. */
const FIELDS: { readonly [Name in BraidStateName]: { readonly [F in keyof Own<Name>]: HoldingOf<Own<Name>[F]> } } = {
  KeysUnsampled: {},
  KeysSampled: { dk: 'key', header: 'sending' },
  HeaderSent: { dk: 'key', ek: 'sending', ct1: 'collecting' },
  Ct1Received: { dk: 'key', ct1: 'whole', ek: 'sending' },
  EkSentCt1Received: { dk: 'key', ct1: 'whole', ct2: 'collecting' },
  NoHeaderReceived: { header: 'collecting' },
  HeaderReceived: { header: 'whole' },
  Ct1Sampled: { encapsulation: 'pending', ct1: 'sending', ek: 'collecting' },
  EkReceivedCt1Sampled: { encapsulation: 'encapsulation', ek: 'whole', ct1: 'sending' },
  Ct1Acknowledged: { encapsulation: 'pending', ct1: 'whole', ek: 'collecting' },
  Ct2Sampled: { ct2: 'sending' },
}

/** The table as lists, which are faster to go through. */
const LISTS = /* @__PURE__ */ Object.fromEntries(
  Object.entries(FIELDS).map(([name, fields]) => [name, Object.entries(fields).map(([field, holding]) => ({ name: field, holding }))]),
) as unknown as Readonly<Record<BraidStateName, readonly BraidField[]>>

/** The fields of a state, in the order of the table. Spec: SPQR, "The braid state machine"; differs: none. */
export function fieldsOfBraid(state: BraidState): readonly FilledField[] {
  const values = state as unknown as Readonly<Record<string, unknown>>
  return LISTS[state.name].map(({ name, holding }) => ({ name, holding, value: values[name] }) as FilledField)
}

/**
 * Makes a state of what is read for each of its fields, in the order of the table. Spec: SPQR, "The braid state machine"; differs: none.
 *
 * @param head - what every state has.
 */
export function braidOfFields(
  head: Pick<BraidState, 'name' | 'epoch' | 'auth'>,
  read: (field: BraidField) => FilledField['value'],
): BraidState {
  const state: Record<string, unknown> = { name: head.name, epoch: head.epoch, auth: head.auth }
  for (const field of LISTS[head.name]) state[field.name] = read(field)
  return state as unknown as BraidState
}
