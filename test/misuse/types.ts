/**
 * Mistakes that must not compile. Nothing here runs: the compiler fails on a line marked as an error that is none (see `types.test.ts`).
 */
import type { Client } from '../../src/client/client.js'
import { agree, generateKeyPair } from '../../src/crypto/dh.js'
import type { EcPublicKey, IdentityKey, IdentityKeyPair, KemPublicKey, KeyPair, Signature } from '../../src/crypto/keys.js'
import { beginEncrypting } from '../../src/crypto/message-cipher.js'
import { Secret } from '../../src/crypto/secret.js'
import { sign } from '../../src/crypto/xeddsa.js'
import { type EpochMillis, systemRandom } from '../../src/env.js'
import { BisikError, type BisikError as Failure } from '../../src/errors.js'
import { messageSeed } from '../../src/protocol/hmac-chain.js'
import { stepRoot } from '../../src/protocol/ratchet/chain.js'
import { initiateSession } from '../../src/protocol/session/start.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { transact } from '../../src/store/transact.js'
import type { Envelope } from '../../src/wire/envelope.js'
import type { PreKeyBundle } from '../../src/wire/pre-key-bundle.js'

/** Each function is one misuse. */
export const secretsMixedUp = [
  (rootKey: Secret<'RootKey'>, key: EcPublicKey) =>
    // @ts-expect-error a root key is no private key
    agree(rootKey, key),
  (rootKey: Secret<'RootKey'>) =>
    // @ts-expect-error a root key is no chain key
    messageSeed(rootKey),
  (rootKey: Secret<'RootKey'>, dhOutput: Secret<'DhOutput'>) =>
    // @ts-expect-error the two arguments changed places
    stepRoot(dhOutput, rootKey),
  (chainKey: Secret<'ChainKey'>, plaintext: Uint8Array) =>
    // @ts-expect-error a chain key is no message seed: it would be used for every message
    beginEncrypting({ seed: chainKey, plaintext }),
  (seed: Secret<'MessageSeed'>, plaintext: Uint8Array, iv: Uint8Array) =>
    // @ts-expect-error nobody chooses an initialization vector
    beginEncrypting({ seed, plaintext, iv }),
  (bytes: Uint8Array, key: EcPublicKey) =>
    // @ts-expect-error raw bytes are no secret
    agree(bytes, key),
  (bytes: Uint8Array<ArrayBuffer>) =>
    // @ts-expect-error a secret is made by `own` or `copy`, with its kind
    new Secret(bytes),
  (secret: Secret<'RootKey'>): Secret<'ChainKey'> =>
    // @ts-expect-error one kind of secret does not become another by assignment
    secret,
  (secret: Secret<'RootKey'>): Uint8Array =>
    // @ts-expect-error a secret is no byte string
    secret,
  (secret: Secret<'RootKey'>) =>
    // @ts-expect-error no property of a secret is its bytes
    secret.bytes,
]

export const publicValuesMixedUp = [
  (pair: KeyPair) =>
    // @ts-expect-error public and private changed places
    agree(pair.publicKey, pair.privateKey),
  (pair: KeyPair, bytes: Uint8Array) =>
    // @ts-expect-error raw bytes are no public key: parse them
    agree(pair.privateKey, bytes),
  (pair: KeyPair, key: KemPublicKey) =>
    // @ts-expect-error a KEM key is no key to agree with
    agree(pair.privateKey, key),
  (key: EcPublicKey): IdentityKey =>
    // @ts-expect-error not every public key is somebody's identity
    key,
  (pair: KeyPair): IdentityKeyPair =>
    // @ts-expect-error nor is every key pair
    pair,
  (signature: Signature): EcPublicKey =>
    // @ts-expect-error a signature is no key
    signature,
  (pair: KeyPair) =>
    // @ts-expect-error a public key does not sign
    sign(pair.publicKey, pair.publicKey, systemRandom),
  () =>
    // @ts-expect-error randomness is named, never assumed
    generateKeyPair(),
]

export const uncheckedValues = [
  (bundle: PreKeyBundle, ourIdentity: IdentityKeyPair, now: EpochMillis) =>
    // @ts-expect-error the bundle's signatures were not verified
    initiateSession({ bundle, ourIdentity, ourRegistrationId: 1, now }, systemRandom),
  (): EpochMillis =>
    // @ts-expect-error a number is no time until `epochMillis` checked it
    1_700_000_000,
]

export const stepsThatLeave = [
  (store: KeyStore) =>
    // @ts-expect-error a step that waits would release before the commit
    transact(store, async function* () {
      yield* []
      return 1
    }),
  (store: KeyStore) =>
    // @ts-expect-error nor is an async function a step
    transact(store, async () => 1),
  (store: KeyStore) =>
    // @ts-expect-error nor may its result be something to wait for
    transact(store, function* () {
      yield* []
      return Promise.resolve(1)
    }),
  (store: KeyStore) =>
    // @ts-expect-error a step waits for records and for nothing else
    transact(store, function* () {
      yield Promise.resolve(1)
      return 1
    }),
  (client: Client, to: { user: string; device: number }, text: Uint8Array) =>
    // @ts-expect-error what joins the commit is given at once
    client.encrypt(to, text, { persist: async () => new Map() }),
  (client: Client, envelope: Envelope) =>
    // @ts-expect-error what joins the commit is given at once
    client.decrypt(envelope, { persist: async () => new Map() }),
]

export const callers = [
  (client: Client, text: Uint8Array) =>
    // @ts-expect-error a name without a device
    client.encrypt('bob', text),
  (client: Client, to: { user: string; device: number }) =>
    // @ts-expect-error text is encoded by the caller, who knows how
    client.encrypt(to, 'hello'),
  (client: Client, body: Envelope['body']) =>
    // @ts-expect-error an envelope says who claims to have sent it
    client.decrypt({ kind: 'ratchet', body }),
  (client: Client, peer: { user: string; device: number }, key: IdentityKey) =>
    // @ts-expect-error only the library sees a device for the first time
    client.acceptIdentity(peer, key, 'first-use'),
  (envelope: Envelope) => {
    // @ts-expect-error an envelope is not changed once made
    envelope.body = new Uint8Array(0)
  },
]

export const errors = [
  () =>
    // @ts-expect-error there is no such code
    new BisikError('decryption-failed', {}),
  () =>
    // @ts-expect-error the details of this code are missing
    new BisikError('duplicate-message', {}),
  () =>
    // @ts-expect-error no room for a free text, in which a secret could travel
    new BisikError('authentication-failed', {}, { message: 'wrong key' }),
  (error: Failure) =>
    // @ts-expect-error details are known once the code is
    error.details.presented,
]

/** And one thing that must: the code tells the details. */
export function presentedKey(error: Failure): Uint8Array | undefined {
  return error.code === 'untrusted-identity' ? error.details.presented : undefined
}
