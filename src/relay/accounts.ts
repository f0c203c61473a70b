/**
 * Who may ask: accounts, their tokens and the names people know them by.
 */
import { invalidArgument } from '../arguments.js'
import { equalBytes, utf8 } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import { type IdentityKey, parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { Part, Transaction } from '../store/transaction.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress, serviceIdOf } from '../wire/address.js'
import type { RelayContext } from './context.js'
import { enterLookUp } from './quota.js'
import { accountKey, decodeRelayRecord, decodeText, encodeRelayRecord, lookUpsKey, nameKey, tokenKey, userKey } from './records.js'

/** Bytes of a token. */
export const TOKEN_LENGTH = 32

const HASH_LENGTH = 32
// Letters that look alike in two scripts would let one account pose as another. So names are plain here; an app may show prettier ones.
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/

declare const authenticated: unique symbol

/** An account whose token was checked: only `register` and `authenticate` make one. */
export interface Account {
  readonly address: CanonicalAddress
  readonly [authenticated]: true
}

/** What a device says about itself when it registers. */
export interface Registration {
  /** The user is a UUID. */
  readonly address: DeviceAddress
  readonly identityKey: IdentityKey
  /** 32 random bytes. The device drew them and stored them first, so it can repeat a registration whose answer was lost. */
  readonly token: Uint8Array
  /** Needed for a further device of a user: an account of the same user. */
  readonly approvedBy?: Account | undefined
}

/** Registers a device; see `Relay.register`. */
export async function register({ store }: RelayContext, registration: Registration): Promise<Account> {
  const address = accountAddress(registration.address)
  const identityKey = parseIdentityKey(registration.identityKey)
  const hash = hashOf(registration.token)
  if (hash === undefined) throw new BisikError('invalid-argument', { argument: 'token', expected: `${TOKEN_LENGTH} bytes` })
  const { approvedBy } = registration
  const user = userKey(address.user)
  const account = accountKey(address)
  const token = tokenKey(hash)
  return transact<Account>(store, function* (tx) {
    const [knownUser, known, knownToken] = yield* tx.read(user, account, token)
    const fields = encodeAccount(hash, identityKey)
    const result = { address } as Account
    if (known !== undefined && equalBytes(known, fields)) return result
    if (known !== undefined || (knownUser !== undefined && approvedBy?.address.user !== address.user)) {
      throw new BisikError('already-taken', { what: 'address' })
    }
    if (knownToken !== undefined) throw new BisikError('already-taken', { what: 'token' })
    tx.put(account, fields)
    tx.put(token, encodeRelayRecord([address.device], utf8(address.user)))
    if (knownUser === undefined) tx.put(user, encodeRelayRecord([]))
    return result
  })
}

/** Finds the account of a token; see `Relay.authenticate`. */
export async function authenticate({ store }: RelayContext, token: Uint8Array): Promise<Account> {
  const hash = hashOf(token)
  if (hash === undefined) throw new BisikError('unauthorized', {})
  const key = tokenKey(hash)
  return transact<Account>(store, (tx) => accountOf(tx, key))
}

function* accountOf(tx: Transaction, token: RecordKey): Part<Account> {
  const [record] = yield* tx.read(token)
  if (record === undefined) throw new BisikError('unauthorized', {})
  const { numbers, rest } = decodeRelayRecord('token', record, ['device'])
  return { address: checkAddress({ user: decodeText('token', rest), device: numbers[0] }) } as Account
}

/** Claims a name; see `Relay.claimName`. */
export async function claimName({ store }: RelayContext, { address }: Account, name: string): Promise<void> {
  const wanted = canonicalName(name)
  const key = nameKey(wanted)
  const user = userKey(address.user)
  return transact<void>(store, function* (tx) {
    const [owner, account] = yield* tx.read(key, user)
    if (owner !== undefined) {
      if (userOf(owner) === address.user) return
      throw new BisikError('already-taken', { what: 'name' })
    }
    if (account !== undefined && decodeRelayRecord('user', account, []).rest.length > 0) {
      throw new BisikError('invalid-argument', { argument: 'name', expected: 'the name this user has already' })
    }
    tx.put(key, encodeRelayRecord([], utf8(address.user)))
    tx.put(user, encodeRelayRecord([], utf8(wanted)))
  })
}

/** Looks a name up; see `Relay.findName`. */
export async function findName({ store, limits, clock }: RelayContext, { address }: Account, name: string): Promise<string> {
  const key = nameKey(canonicalName(name))
  const lookUps = lookUpsKey(address.user)
  const user = await transact<string | undefined>(store, function* (tx) {
    const [log] = yield* tx.read(lookUps)
    // Read afterwards, so that nobody queues behind others who look up the same name.
    const [owner] = yield* tx.read(key)
    tx.put(lookUps, enterLookUp({ log, target: key, perTarget: limits.lookUps, now: clock(), limits }))
    return owner && userOf(owner)
  })
  // Thrown here and not in the step: a look-up that found nothing is counted too, so it must be committed.
  if (user === undefined) throw new BisikError('not-found', { what: 'name' })
  return user
}

/** An account record. */
export function encodeAccount(hash: Uint8Array, identityKey: IdentityKey): Uint8Array {
  return encodeRelayRecord([], hash, identityKey)
}

/** The parts of an account record. @throws BisikError `unauthorized` if there is none. */
export function decodeAccount(record: Uint8Array | undefined): { readonly hash: Uint8Array; readonly identityKey: Uint8Array } {
  if (record === undefined) throw new BisikError('unauthorized', {})
  const { rest } = decodeRelayRecord('account', record, [])
  return { hash: rest.subarray(0, HASH_LENGTH), identityKey: rest.subarray(HASH_LENGTH) }
}

function hashOf(token: Uint8Array): Uint8Array | undefined {
  return token.length === TOKEN_LENGTH ? sha256(token) : undefined
}

function userOf(nameRecord: Uint8Array): string {
  return decodeText('name', decodeRelayRecord('name', nameRecord, []).rest)
}

function accountAddress(given: DeviceAddress): CanonicalAddress {
  const address = checkAddress(given)
  if (serviceIdOf(address.user)?.[0] !== 0) throw invalidArgument('user', 'a UUID')
  return address
}

function canonicalName(name: string): string {
  const canonical = name.toLowerCase()
  if (!NAME.test(canonical)) {
    throw new BisikError('invalid-argument', { argument: 'name', expected: '1 to 32 letters a-z, digits, "-" or "_", the first no sign' })
  }
  return canonical
}
