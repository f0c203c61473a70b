/** Accounts and uploads for tests of the relay, which never looks whether a key is a good point or a signature holds. */
import { randomBytes, randomUUID } from 'node:crypto'
import { concatBytes } from '../../../src/bytes.js'
import { type IdentityKey, parseEcPublicKey, parseIdentityKey, parseKemPublicKey, parseSignature } from '../../../src/crypto/keys.js'
import { epochMillis } from '../../../src/env.js'
import type { Account, Relay } from '../../../src/relay/index.js'
import { type KeyStore, MemoryStore } from '../../../src/store/index.js'
import type { DeviceAddress } from '../../../src/wire/address.js'
import type { Envelope, NamedEnvelope } from '../../../src/wire/envelope.js'
import type { KemPreKey, OneTimePreKey, PreKeyUpload, SignedPreKey } from '../../../src/wire/pre-key-bundle.js'

export interface Party {
  readonly address: DeviceAddress
  readonly identityKey: IdentityKey
  readonly token: Uint8Array
  readonly account: Account
}

export async function party(relay: Relay, address: DeviceAddress = { user: randomUUID(), device: 1 }): Promise<Party> {
  const identityKey = anIdentityKey()
  const token = aToken()
  return { address, identityKey, token, account: await relay.register({ address, identityKey, token }) }
}

export const aToken = (): Uint8Array => new Uint8Array(randomBytes(32))
export const anIdentityKey = (): IdentityKey => parseIdentityKey(key(5, 32))

const key = (type: number, length: number) => concatBytes(new Uint8Array([type]), randomBytes(length))
const aSignature = () => parseSignature(randomBytes(64))
const aSignedPreKey = (): SignedPreKey => ({ id: 1, publicKey: parseEcPublicKey(key(5, 32)), signature: aSignature() })
const aOneTimePreKey = (id: number): OneTimePreKey => ({ id, publicKey: parseEcPublicKey(key(5, 32)) })
const aKemPreKey = (id: number): KemPreKey => ({ id, publicKey: parseKemPublicKey(key(8, 1568)), signature: aSignature() })

/** Prekeys with the ids `from` to `from + count - 1`. */
export function anUpload({ address, identityKey }: Party, count: number, from = 1): PreKeyUpload {
  const ids = Array.from({ length: count }, (_, i) => from + i)
  return {
    address,
    registrationId: 7,
    identityKey,
    signedPreKey: aSignedPreKey(),
    kemPreKey: aKemPreKey(0),
    oneTimePreKeys: ids.map(aOneTimePreKey),
    oneTimeKemPreKeys: ids.map(aKemPreKey),
  }
}

export function anEnvelope(sender: DeviceAddress, text: string | number): NamedEnvelope {
  return { kind: 'ratchet', sender, body: new Uint8Array(Buffer.from(String(text))) }
}

export function textOf(envelope: Envelope): string {
  return Buffer.from(envelope.body).toString()
}

/** A store that counts the records each operation names. A relay has none that lists. */
export function countingStore(): { touched: number; readonly store: KeyStore } {
  const memory = new MemoryStore()
  const count = {
    touched: 0,
    store: {
      read: (keys) => {
        count.touched += keys.length
        return memory.read(keys)
      },
      commit: (batch) => {
        count.touched += batch.expect.size + batch.put.size + batch.delete.size
        return memory.commit(batch)
      },
      list: () => Promise.reject(new Error('no operation of a relay lists records')),
    } satisfies KeyStore,
  }
  return count
}

/** A clock that stands until it is moved. */
export function handClock(start = 1_800_000_000_000): { now: number; readonly clock: () => ReturnType<typeof epochMillis> } {
  const hand = { now: start, clock: () => epochMillis(hand.now) }
  return hand
}
