/**
 * Sender keys on disk, one record for each distribution id, with the device it is bound to; and to whom a signing key is bound. Knows
 * which parts belong in the record; skipped keys do not.
 */
import type { Bytes } from '../bytes.js'
import { type IdentityKey, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import type { SenderKeyChain, SenderKeyState } from '../protocol/sender-key.js'
import type { CanonicalAddress } from '../wire/address.js'
import { bisik, decodeRecord, encodeRecord, FORMAT, secretField } from './protobuf.js'

/** A sender key as its record holds it. */
export interface StoredSenderKey {
  /** Writes of this record so far. */
  readonly generation: number
  /** To whom the distribution id is bound. */
  readonly sender: CanonicalAddress
  /** The identity key whose session delivered the sender key; our own for our own. */
  readonly identity: IdentityKey
  readonly state: SenderKeyState
}

const RECORD = 'sender key'

/** Encodes a sender key; the bytes hold its keys. */
export function encodeSenderKey({ generation, sender, identity, state }: StoredSenderKey): Bytes {
  return encodeRecord(bisik.records.SenderKey, {
    format: FORMAT,
    generation,
    user: sender.user,
    device: sender.device,
    identity,
    chains: state.chains.map(chainFields),
  })
}

/** Encodes the chains of a sender key by themselves; the bytes hold its keys. */
export function encodeSenderKeyState({ chains }: SenderKeyState): Bytes {
  return encodeRecord(bisik.records.SenderKey, { format: FORMAT, chains: chains.map(chainFields) })
}

/** Decodes the chains of a sender key by themselves. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKeyState(bytes: Uint8Array): SenderKeyState {
  return decodeRecord(RECORD, bisik.records.SenderKey, bytes, ({ chains }) => ({ chains: chains.map(chainOf) }))
}

/** Decodes a sender key. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKey(bytes: Uint8Array): StoredSenderKey {
  return decodeRecord(RECORD, bisik.records.SenderKey, bytes, (message) => ({
    generation: message.generation,
    sender: addressIn(message),
    identity: parseIdentityKey(message.identity),
    state: { chains: message.chains.map(chainOf) },
  }))
}

/** Encodes to whom a signing key is bound. */
export function encodeSigningKeyOwner({ user, device }: CanonicalAddress): Bytes {
  return encodeRecord(bisik.records.SigningKeyOwner, { format: FORMAT, user, device })
}

/** Decodes to whom a signing key is bound. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSigningKeyOwner(bytes: Uint8Array): CanonicalAddress {
  return decodeRecord('signing key', bisik.records.SigningKeyOwner, bytes, addressIn)
}

/** Encodes the distribution ids of one device, the newest first. */
export function encodeSenderKeys(distributions: readonly string[]): Bytes {
  return encodeRecord(bisik.records.Names, { format: FORMAT, names: [...distributions], times: [] })
}

/** Decodes the distribution ids of one device; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderKeys(bytes: Uint8Array | undefined): readonly string[] {
  if (bytes === undefined) return []
  return decodeRecord('sender keys', bisik.records.Names, bytes, ({ names }) => names)
}

// What an earlier release wrote in another spelling was rewritten when the store was opened.
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
}: SenderKeyChain): bisik.records.SenderKeyChain.$Properties {
  return {
    chainId,
    chainKey: expose(chainKey),
    iteration,
    signingPublic: signingKey,
    ...(signer?.kind === 'seed' ? { signingSeed: expose(signer.secret) } : {}),
    ...(signer?.kind === 'private-key' ? { signingPrivate: expose(signer.secret) } : {}),
    skipped,
  }
}

function chainOf(chain: bisik.records.SenderKeyChain.$Properties): SenderKeyChain {
  const { signingSeed, signingPrivate } = chain
  return {
    chainId: chain.chainId ?? 0,
    chainKey: secretField(present(chain.chainKey), 32),
    iteration: chain.iteration ?? 0,
    signingKey: parseEcPublicKey(present(chain.signingPublic)),
    signer: signingSeed
      ? { kind: 'seed', secret: secretField(signingSeed, 32) }
      : signingPrivate
        ? { kind: 'private-key', secret: secretField(signingPrivate, 32) }
        : undefined,
    skipped: chain.skipped ?? 0,
  }
}

function present(bytes: Uint8Array | null | undefined): Uint8Array {
  if (!bytes) throw new BisikError('corrupt-record', { record: RECORD })
  return bytes
}
