/**
 * The account of a device: made once, in an empty store, and opened ever after. Knows no session and no message.
 */

import { bytesArgument, objectArgument } from '../../arguments.js'
import { generateKeyPair, keyPairFromPrivateKey } from '../../crypto/dh.js'
import type { IdentityKeyPair } from '../../crypto/keys.js'
import type { RandomSource } from '../../env.js'
import { BisikError, isBisikError } from '../../errors.js'
import { MAX_REGISTRATION_ID } from '../../protocol/limits.js'
import { type Account, encodeAccount, LAYOUT } from '../../records/account-record.js'
import { ACCOUNT } from '../../records/names.js'
import { checkExpectations, checkOwnership } from '../../store/startup-check.js'
import { transact } from '../../store/transact.js'
import { checkAddress, checkAnyAddress, type DeviceAddress } from '../../wire/address.js'
import { uuidText } from '../../wire/uuid.js'
import type { Self } from '../frame/context.js'
import type { Settings } from '../frame/options.js'
import { bringUpToDate } from './old-layouts.js'
import { readAccount } from './pre-keys.js'

const MAX_UINT32 = 0xffff_ffff

/** An account that exists elsewhere, for {@link Client.create}. */
export interface ExistingIdentity {
  /** The private identity key, 32 bytes; copied. */
  readonly identityPrivateKey: Uint8Array
  /** 1 to 2^32 - 1. New accounts get at most 16,383, which is as much as messages sealed for many can carry: see `Client.sealForMany`. */
  readonly registrationId: number
}

/** Creates an account in an empty store. @throws BisikError `account-exists`; `invalid-argument`; `store-failed`. */
export async function createAccount({ store, address, random }: Settings, existing: ExistingIdentity | undefined): Promise<Self> {
  const account = newAccount(address ?? randomAddress(random), random, existing)
  await checkOwnership(store, ACCOUNT)
  await transact<void>(store, function* (tx) {
    const [record] = yield* tx.read(ACCOUNT)
    if (record !== undefined) throw new BisikError('account-exists', {})
    tx.put(ACCOUNT, encodeAccount(account))
  })
  await checkOwnership(store, ACCOUNT)
  await checkExpectations(store, ACCOUNT)
  return selfOf(account)
}

/** Opens the account in a store. @throws BisikError `account-not-found`; `invalid-argument` if the address is another; `corrupt-record`. */
export async function openAccount({ store, address, clock }: Settings): Promise<Self> {
  await checkOwnership(store, ACCOUNT)
  const account = await transact<Account>(store, readAccount)
  await checkExpectations(store, ACCOUNT)
  const self = selfOf(account)
  if (address !== undefined && (address.user !== self.address.user || address.device !== self.address.device)) {
    throw new BisikError('invalid-argument', { argument: 'address', expected: "the stored account's address, or none" })
  }
  if (account.layout < LAYOUT) await bringUpToDate(store, self, clock())
  return self
}

/** Opens the account in a store, or creates one in an empty store: the same one for all who do so at the same moment. */
export async function openOrCreateAccount(settings: Settings): Promise<Self> {
  if (await hasAccount(settings)) return openAccount(settings)
  try {
    return await createAccount(settings, undefined)
  } catch (error) {
    // Somebody else was quicker: a second tab, another process.
    if (isBisikError(error, 'account-exists')) return openAccount(settings)
    throw error
  }
}

async function hasAccount({ store }: Settings): Promise<boolean> {
  await checkOwnership(store, ACCOUNT)
  return transact<boolean>(store, function* (tx) {
    const [record] = yield* tx.read(ACCOUNT)
    return record !== undefined
  })
}

function selfOf({ address, identity, registrationId }: Account): Self {
  return { address: checkAnyAddress(address), identity, registrationId }
}

function newAccount(address: DeviceAddress, random: RandomSource, existing: ExistingIdentity | undefined): Account {
  if (existing === undefined) checkAddress(address)
  const given =
    existing === undefined
      ? undefined
      : objectArgument(existing, 'existing', ({ identityPrivateKey, registrationId }) => ({ identityPrivateKey, registrationId }))
  const registrationId = given === undefined ? randomRegistrationId(random) : given.registrationId
  if (!Number.isInteger(registrationId) || registrationId < 1 || registrationId > MAX_UINT32) {
    throw new BisikError('invalid-argument', { argument: 'registrationId', expected: `a whole number from 1 to ${MAX_UINT32}` })
  }
  const identity =
    given === undefined ? generateKeyPair(random) : keyPairFromPrivateKey(bytesArgument(given.identityPrivateKey, 'identityPrivateKey'))
  return {
    generation: 1,
    address,
    identity: identity as IdentityKeyPair,
    registrationId,
    nextIds: { oneTimePreKey: 1, signedPreKey: 1, kemPreKey: 1 },
    signedPreKeys: [],
    lastResortKemPreKeys: [],
    publications: 0,
    batches: [],
    firstIds: { oneTimePreKey: 0, kemPreKey: 0 },
    layout: LAYOUT,
  }
}

function randomRegistrationId(random: RandomSource): number {
  for (;;) {
    const [high, low] = random(2) as unknown as [number, number]
    const id = ((high << 8) | low) & MAX_REGISTRATION_ID
    if (id !== 0) return id
  }
}

/** A random UUID (version 4) on device 1. */
function randomAddress(random: RandomSource): DeviceAddress {
  const bytes = random(16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return { user: uuidText(bytes), device: 1 }
}
