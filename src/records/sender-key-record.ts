/**
 * Sender keys on disk, one record for each device and distribution id; the list of those of a device; and which devices handed out a
 * chain. Skipped keys are not in it.
 */
import type { Bytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { type IdentityKey, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import type { SenderKeyChain, SenderKeyState } from '../protocol/groups/sender-key.js'
import type { OpenedMessages } from '../protocol/opened-messages.js'
import type { CanonicalAddress } from '../wire/address.js'
import { decodeRecord, encodeRecord, FORMAT, secretField } from './protobuf.js'
import * as schema from './schema/records.js'
import { openedOf } from './session-record.js'

/** A sender key as its record holds it. */
export interface StoredSenderKey {
  /** Writes of this record so far. */
  readonly generation: number
  readonly sender: CanonicalAddress
  /** The identity key whose session delivered the sender key; our own for our own. */
  readonly identity: IdentityKey
  readonly state: SenderKeyState
  /** For how many skipped keys the list of its sender's keys counts it: never less than there are. */
  readonly counted: number
  /** The ids of chains whose skipped keys lie where 0.1.0 put them. */
  readonly oldNames: readonly number[]
  /** Which messages were opened lately. */
  readonly opened?: OpenedMessages | undefined
}

/** A sender key in the list of its sender's. */
export interface ListedSenderKey {
  readonly distribution: string
  /** How many skipped keys it counts for. */
  readonly counted: number
}

/** A device that handed out a chain. */
export interface ChainClaim {
  readonly claimant: CanonicalAddress
  /** The chain's id names the identity key of this device. */
  readonly proven: boolean
}

const RECORD = 'sender key'

/** Encodes a sender key; the bytes hold its keys. */
export function encodeSenderKey({ generation, sender, identity, state, counted, oldNames, opened }: StoredSenderKey): Bytes {
  return encodeRecord(schema.SenderKey, {
    format: FORMAT,
    generation,
    user: sender.user,
    device: sender.device,
    identity,
    chains: state.chains.map(chainFields),
    counted,
    oldNames: [...oldNames],
    ...(opened === undefined ? {} : { opened: opened.count, openedMarks: opened.marks }),
  })
}

/** Encodes the chains of a sender key by themselves; the bytes hold its keys. */
export function encodeSenderKeyState({ chains }: SenderKeyState): Bytes {
  return encodeRecord(schema.SenderKey, { format: FORMAT, chains: chains.map(chainFields) })
}

/** Decodes the chains of a sender key by themselves. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKeyState(bytes: Uint8Array): SenderKeyState {
  return decodeRecord(RECORD, schema.SenderKey, bytes, ({ chains }) => ({ chains: chains.map(chainOf) }))
}

/** Decodes a sender key. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKey(bytes: Uint8Array): StoredSenderKey {
  return decodeRecord(RECORD, schema.SenderKey, bytes, (message) => ({
    generation: message.generation,
    sender: addressIn(message),
    identity: parseIdentityKey(message.identity),
    state: { chains: message.chains.map(chainOf) },
    counted: message.counted,
    oldNames: message.oldNames,
    opened: openedOf(message),
  }))
}

/** Decodes to whom 0.1.0 bound a signing key. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSigningKeyOwner(bytes: Uint8Array): CanonicalAddress {
  return decodeRecord('signing key', schema.SigningKeyOwner, bytes, addressIn)
}

/** Encodes which devices handed out a chain. */
export function encodeChainClaims(claims: readonly ChainClaim[]): Bytes {
  const fields = claims.map(({ claimant: { user, device }, proven }) => ({ user, device, proven }))
  return encodeRecord(schema.ChainClaims, { format: FORMAT, claims: fields })
}

/** Decodes which devices handed out a chain. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeChainClaims(bytes: Uint8Array): readonly ChainClaim[] {
  return decodeRecord('signing key', schema.ChainClaims, bytes, ({ claims }) =>
    claims.map(({ user, device, proven }) => ({ claimant: addressIn({ user: user ?? '', device: device ?? 0 }), proven: proven ?? false })),
  )
}

/** Encodes the list of one device's sender keys. */
export function encodeSenderKeys(keys: readonly ListedSenderKey[]): Bytes {
  const names = keys.map(({ distribution }) => distribution)
  return encodeRecord(schema.Names, { format: FORMAT, names, times: [], counts: keys.map(({ counted }) => counted) })
}

/** Decodes the list of one device's sender keys. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKeys(bytes: Uint8Array): readonly ListedSenderKey[] {
  return decodeRecord('sender keys', schema.Names, bytes, ({ names, counts }) =>
    // 0.1.0 did not count: there may be some.
    names.map((distribution, i) => ({ distribution, counted: counts[i] ?? 1 })),
  )
}

// What 0.1.0 wrote may be in another spelling: whoever reads its records asks again.
function addressIn({ user, device }: { readonly user: string; readonly device: number }): CanonicalAddress {
  return { user, device } as CanonicalAddress
}

function chainFields({
  chainId,
  chainKey,
  iteration,
  signingKey,
  signer,
  skipped,
  first,
}: SenderKeyChain): Writable<schema.SenderKeyChain> {
  return {
    chainId,
    chainKey: expose(chainKey),
    iteration,
    signingPublic: signingKey,
    ...(signer?.kind === 'seed' ? { signingSeed: expose(signer.secret) } : {}),
    ...(signer?.kind === 'private-key' ? { signingPrivate: expose(signer.secret) } : {}),
    skipped,
    ...(first === undefined ? {} : { first }),
  }
}

function chainOf(chain: schema.SenderKeyChain): SenderKeyChain {
  const { signingSeed, signingPrivate } = chain
  return {
    chainId: chain.chainId,
    chainKey: secretField(chain.chainKey, 32),
    iteration: chain.iteration,
    signingKey: parseEcPublicKey(chain.signingPublic),
    signer: signingSeed
      ? { kind: 'seed', secret: secretField(signingSeed, 32) }
      : signingPrivate
        ? { kind: 'private-key', secret: secretField(signingPrivate, 32) }
        : undefined,
    skipped: chain.skipped,
    first: chain.first ?? undefined,
  }
}
