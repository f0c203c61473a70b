/**
 * One message for all devices of a user, and for our own others: an envelope for each, and who does not get one. Each device is a commit of
 * its own, so that one in trouble holds up no other. Contains no cryptography.
 */
import { BisikError, isBisikError } from '../../errors.js'
import { transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress, sameAddress } from '../../wire/address.js'
import type { Envelope } from '../../wire/envelope.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { Allowance, Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import type { AddressedEnvelope, DeviceDifferences, NotReached, SentToUser } from '../frame/results.js'
import { devicesIn, notListed, readUserLists } from '../state/device-lists.js'
import { devicesOf } from '../state/identities.js'
import { startSession } from './start.js'

/** How one device is served: as `Client.encrypt` does, or `Client.encryptContent`. */
export type EncryptFor = (device: CanonicalAddress) => Promise<Envelope>

/** What is asked for. */
export interface ToUser {
  readonly user: string
  readonly encrypt: EncryptFor
  readonly fetchBundle: ((address: DeviceAddress) => Promise<PreKeyBundle>) | undefined
  readonly allow: Allowance
  /** Of an earlier call for the same message, and what the relay said to it. */
  readonly sent: Pick<SentToUser, 'envelopes'> | undefined
  readonly differences: { readonly [Kind in keyof DeviceDifferences]-?: readonly CanonicalAddress[] }
}

/** Encrypts for all devices. See `Client.encryptToUser`. */
export async function encryptToUser(context: Context, asked: ToUser): Promise<SentToUser> {
  const { missing, extra, stale } = asked.differences
  const devices = await recipients(context, asked)
  const isOneOf = (list: readonly DeviceAddress[]) => (device: DeviceAddress) => list.some((other) => sameAddress(other, device))
  const served = (asked.sent?.envelopes ?? []).filter(({ to }) => ![extra, stale].some((list) => isOneOf(list)(to)))
  const envelopes: AddressedEnvelope[] = served.filter(({ to }) => isOneOf(devices)(to))
  const notReached: NotReached[] = []
  for (const device of devices) {
    if (isOneOf(extra)(device) || isOneOf(envelopes.map(({ to }) => to))(device)) continue
    try {
      envelopes.push({ to: device, envelope: await serve(context, asked, { device, isStale: isOneOf(stale)(device) }) })
    } catch (error) {
      if (!isBisikError(error)) throw error
      notReached.push({ address: device, error })
    }
  }
  return { envelopes, notReached, ignored: missing.filter((device) => !isOneOf(devices)(device)) }
}

/** Encrypts for one device, on a new session if there is none, or the relay says that it has begun anew. */
async function serve(
  context: Context,
  { encrypt, fetchBundle, allow }: ToUser,
  { device, isStale }: { readonly device: CanonicalAddress; readonly isStale: boolean },
): Promise<Envelope> {
  if (!isStale) {
    try {
      return await encrypt(device)
    } catch (error) {
      if (fetchBundle === undefined || !isBisikError(error, 'no-session')) throw error
    }
  }
  const { user, device: number } = device
  if (fetchBundle === undefined) throw new BisikError('no-session', { user, device: number })
  await startSession(context, await bundleOf(device, fetchBundle), allow)
  return encrypt(device)
}

/** What does not come is as if there were no session; what is another device's is not used. */
async function bundleOf(device: CanonicalAddress, fetchBundle: NonNullable<ToUser['fetchBundle']>): Promise<PreKeyBundle> {
  const { user, device: number } = device
  let bundle: PreKeyBundle
  try {
    bundle = await fetchBundle({ user, device: number })
  } catch (cause) {
    throw isBisikError(cause) ? cause : new BisikError('no-session', { user, device: number }, { cause })
  }
  if (sameAddress(bundle.address, device)) return bundle
  throw new BisikError('invalid-argument', { argument: 'fetchBundle', expected: 'the bundle of the device that was asked for' })
}

/** The user's devices and our own others: as their lists say, or, without a list, those that are known, or else the first one. */
function recipients({ store, self }: Context, { user, differences }: ToUser): Promise<readonly CanonicalAddress[]> {
  return transact<readonly CanonicalAddress[]>(store, function* (tx) {
    const draft = new Draft(tx)
    const own = yield* readUserLists(draft, self.address.user)
    const isIn = own === undefined || own.held.lists.tips.length > 1 || devicesIn(own).some(({ device }) => device === self.address.device)
    // Its own people removed it: it stops, and keeps what it has.
    if (!isIn) throw notListed(self.address, self.identity.publicKey, own)
    const all: CanonicalAddress[] = []
    for (const one of new Set([user, self.address.user])) {
      const peer = checkAddress({ user: one, device: 1 })
      const lists = one === self.address.user ? own : yield* readUserLists(draft, one)
      const numbers = lists === undefined ? yield* knownDevices(draft, peer, differences) : devicesIn(lists).map(({ device }) => device)
      const isNew = numbers.length === 0 && lists === undefined && one !== self.address.user
      all.push(...(isNew ? [1] : numbers).map((device) => ({ ...peer, device })))
    }
    return all.filter((device) => !sameAddress(device, self.address))
  })
}

/** Of a user without a list the relay may name further devices: their keys are judged as those of any further device. */
function* knownDevices(draft: Draft, peer: CanonicalAddress, { missing }: ToUser['differences']): Part<readonly number[]> {
  const named = missing.filter(({ user }) => user === peer.user).map(({ device }) => device)
  return [...new Set([...(yield* devicesOf(draft, peer)), ...named])]
}
