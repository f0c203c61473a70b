/**
 * Reads and writes the sender-key record of libsignal-client.
 */
import { type Bytes, equalBytes } from '../bytes.js'
import { keyPairFromPrivateKey } from '../crypto/dh.js'
import { parseEcPublicKey } from '../crypto/keys.js'
import { expose, type Secret } from '../crypto/secret.js'
import { privateKeyOf } from '../crypto/signing-key.js'
import { BisikError } from '../errors.js'
import type { SenderKeyChain } from '../protocol/groups/sender-key.js'
import { MAX_SENDER_KEY_CHAINS, MAX_SKIPPED_KEYS } from '../protocol/limits.js'
import { corrupt, decodeForeign, encodeRecord, present, secretField } from '../records/protobuf.js'
import * as schema from './schema/libsignal-records.js'

/** A chain with the skipped keys that bisik keeps in records of their own and libsignal inside the chain. */
export interface WholeSenderChain {
  readonly chain: SenderKeyChain
  /** By iteration. */
  readonly skipped: ReadonlyMap<number, Secret<'SenderMessageSeed'>>
}

const RECORD = 'libsignal sender key'
const MESSAGE_VERSION = 3

/**
 * Decodes a serialized `SenderKeyRecord` of libsignal-client.
 *
 * Spec: libsignal wire 6.4.
 *
 * @returns the chains, newest first.
 * @throws BisikError `corrupt-record`; `unsupported-version`.
 */
export function decodeLibsignalSenderKey(bytes: Uint8Array): readonly WholeSenderChain[] {
  return decodeForeign(RECORD, schema.SenderKeyRecordStructure, bytes, ({ senderKeyStates }) => {
    if (senderKeyStates.length > MAX_SENDER_KEY_CHAINS) throw corrupt()
    return senderKeyStates.map(readChain)
  })
}

/**
 * Encodes chains as a `SenderKeyRecord` of libsignal-client 0.103.
 *
 * Spec: libsignal wire 6.4.
 *
 * @returns the record; it holds the chains' keys.
 */
export function encodeLibsignalSenderKey(chains: readonly WholeSenderChain[]): Bytes {
  return encodeRecord(schema.SenderKeyRecordStructure, {
    senderKeyStates: chains.map(({ chain, skipped }) => ({
      chainId: chain.chainId,
      senderChainKey: { iteration: chain.iteration, seed: expose(chain.chainKey) },
      senderSigningKey: { public: chain.signingKey, ...privateField(chain) },
      senderMessageKeys: [...skipped].sort(([a], [b]) => a - b).map(([iteration, seed]) => ({ iteration, seed: expose(seed) })),
      messageVersion: MESSAGE_VERSION,
    })),
  })
}

function privateField({ signingKey, signer }: SenderKeyChain): { private?: Uint8Array } {
  return signer === undefined ? {} : { private: expose(privateKeyOf({ publicKey: signingKey, signer })) }
}

function readChain(fields: schema.SenderKeyStateStructure): WholeSenderChain {
  // Releases that did not know the field wrote 0.
  const version = fields.messageVersion || MESSAGE_VERSION
  if (version !== MESSAGE_VERSION) throw new BisikError('unsupported-version', { version })
  const { iteration, seed } = present(fields.senderChainKey)
  const signing = present(fields.senderSigningKey)
  const signingKey = parseEcPublicKey(signing.public)
  const skipped = new Map(
    (fields.senderMessageKeys ?? []).map((key) => [key.iteration ?? 0, secretField<'SenderMessageSeed'>(key.seed, 32)] as const),
  )
  // The key of a message still to come would be kept a second time when that is skipped.
  if (skipped.size > MAX_SKIPPED_KEYS || [...skipped.keys()].some((kept) => kept >= (iteration ?? 0))) throw corrupt()
  const chain: SenderKeyChain = {
    chainId: fields.chainId,
    chainKey: secretField(seed, 32),
    iteration: iteration ?? 0,
    signingKey,
    signer: undefined,
    skipped: skipped.size,
    // The record does not say.
    first: undefined,
  }
  if (!signing.private?.length) return { chain, skipped }
  const pair = keyPairFromPrivateKey(signing.private)
  if (!equalBytes(pair.publicKey, signingKey)) throw corrupt()
  return { chain: { ...chain, signer: { kind: 'private-key', secret: pair.privateKey } }, skipped }
}
