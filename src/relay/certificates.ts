/**
 * What the relay certifies of its accounts: a trust root made at first start, and certificates for sealed messages. The trust root's
 * private key is forgotten as soon as it has signed the server's.
 */
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../bytes.js'
import { generateKeyPair, keyPairFromPrivateKey } from '../crypto/dh.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { epochMillis, type RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import { issueSenderCertificate, issueServerCertificate } from '../protocol/sealed/certificates.js'
import { transact } from '../store/transact.js'
import type { Part, Transaction } from '../store/transaction.js'
import { type Account, decodeAccount } from './accounts.js'
import type { RelayContext } from './context.js'
import { AUTHORITY, accountKey, certificateKey, decodeRelayRecord, encodeRelayRecord } from './records.js'

// The only key there will be: a second one would need the private key of the root.
const SERVER_KEY_ID = 1
const PRIVATE_KEY_LENGTH = 32

/** The public part of the trust root; see `Relay.trustRoot`. */
export async function trustRoot({ store, random }: RelayContext): Promise<EcPublicKey> {
  return transact<EcPublicKey>(store, function* (tx) {
    return parseEcPublicKey(decodeAuthority(yield* authorityIn(tx, random)).root)
  })
}

/** A certificate for an account; see `Relay.senderCertificate`. */
export async function senderCertificate({ store, limits, clock, random }: RelayContext, { address }: Account): Promise<Bytes> {
  const account = accountKey(address)
  const issued = certificateKey(address)
  return transact<Bytes>(store, function* (tx) {
    const [record, known] = yield* tx.read(account, issued, AUTHORITY)
    const { identityKey } = decodeAccount(record)
    const now = clock()
    if (known !== undefined) {
      const { numbers, rest } = decodeRelayRecord('certificate', known, ['expiration'])
      // One certificate serves for half of its lifetime, however often it is asked for. One that expires later was dated by a wrong clock.
      const left = numbers[0] - now
      const isFresh = left > limits.certificateLifetime / 2 && left <= limits.certificateLifetime
      if (isFresh && equalBytes(rest.subarray(0, EC_PUBLIC_KEY_LENGTH), identityKey)) {
        return copyBytes(rest.subarray(EC_PUBLIC_KEY_LENGTH))
      }
    }
    const { privateKey, certificate: signer } = decodeAuthority(yield* authorityIn(tx, random))
    const expiration = epochMillis(now + limits.certificateLifetime)
    const fields = { sender: address, phoneNumber: undefined, identityKey: parseIdentityKey(identityKey), expiration, signer }
    const server = keyPairFromPrivateKey(privateKey).privateKey
    try {
      const result = issueSenderCertificate(fields, server, random)
      tx.put(issued, encodeRelayRecord([expiration], identityKey, result))
      return result
    } finally {
      server.wipe()
    }
  })
}

/** The record of the trust root, made if there is none. */
function* authorityIn(tx: Transaction, random: RandomSource): Part<Uint8Array> {
  const [known] = yield* tx.read(AUTHORITY)
  if (known !== undefined) return known
  const made = newAuthority(random)
  tx.put(AUTHORITY, made)
  return made
}

function newAuthority(random: RandomSource): Bytes {
  const root = generateKeyPair(random)
  const privateKey = random(PRIVATE_KEY_LENGTH)
  const server = keyPairFromPrivateKey(privateKey)
  try {
    const certificate = issueServerCertificate({ id: SERVER_KEY_ID, key: server.publicKey }, root.privateKey, random)
    return encodeRelayRecord([], concatBytes(root.publicKey, privateKey, certificate))
  } finally {
    root.privateKey.wipe()
    server.privateKey.wipe()
  }
}

function decodeAuthority(record: Uint8Array): {
  readonly root: Uint8Array
  readonly privateKey: Uint8Array
  readonly certificate: Uint8Array
} {
  const { rest } = decodeRelayRecord('authority', record, [])
  const end = EC_PUBLIC_KEY_LENGTH + PRIVATE_KEY_LENGTH
  if (rest.length <= end) throw new BisikError('corrupt-record', { record: 'authority' })
  return {
    root: rest.subarray(0, EC_PUBLIC_KEY_LENGTH),
    privateKey: rest.subarray(EC_PUBLIC_KEY_LENGTH, end),
    certificate: rest.subarray(end),
  }
}
