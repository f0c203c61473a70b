/**
 * Which devices are known here, and what there is of each, for an app to show or to look after. Changes nothing, and opens no message.
 */
import type { IdentityKey } from '../../crypto/keys.js'
import { parseIdentityKey } from '../../crypto/keys.js'
import type { TrustLevel } from '../../protocol/identity/trust.js'
import { archiveKey, deviceIn, recordsOfKnownDevices } from '../../records/names.js'
import { listKeys, transact } from '../../store/transact.js'
import type { CanonicalAddress, DeviceAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import { describeSession, type SessionSummary } from '../frame/results.js'
import { forget } from '../frame/session-cache.js'
import { firstKeys, PeerSessions } from '../state/peer.js'
import { sessionThatSends } from './send.js'

/** A device with which there is, or was, a session, or whose identity key is known. */
export interface KnownDevice {
  readonly address: DeviceAddress
  /** The key that is believed, 33 bytes, and why; `undefined` if none is known. */
  readonly identityKey: IdentityKey | undefined
  readonly trustLevel: TrustLevel | undefined
  /** What protects the current session, and the registration id it was begun with; `undefined` if there is none. */
  readonly session: SessionSummary | undefined
  readonly registrationId: number | undefined
  /** Whether `encrypt` would send: there is a session, answered or younger than 30 days, of a kind that is allowed, with the key believed. */
  readonly maySend: boolean
  /** How many replaced sessions still open messages. */
  readonly archivedSessions: number
  /** Records that do not decode; what they would say is left out. `Client.forget`, `startSession` and `acceptIdentity` are ways out. */
  readonly damaged: readonly ('identity' | 'session' | 'archive')[]
}

/** Lists the known devices, of one user or of all, by user and device. See `Client.knownDevices`. */
export async function knownDevices(context: Context, user: string | undefined): Promise<readonly KnownDevice[]> {
  const names = await Promise.all(recordsOfKnownDevices(user).map((prefix) => listKeys(context.store, prefix)))
  const addresses = new Map<string, CanonicalAddress>()
  for (const name of names.flat()) {
    const address = deviceIn(name)
    addresses.set(`${address.user}/${address.device}`, address)
  }
  const devices: KnownDevice[] = []
  for (const address of [...addresses.values()].sort(byName)) devices.push(await knownDevice(context, address))
  return devices
}

function byName(a: CanonicalAddress, b: CanonicalAddress): number {
  return a.user === b.user ? a.device - b.device : a.user < b.user ? -1 : 1
}

async function knownDevice(context: Context, address: CanonicalAddress): Promise<KnownDevice> {
  return transact<KnownDevice>(context.store, function* (tx) {
    const draft = new Draft(tx)
    const [session, identityRecord] = yield* draft.read(...firstKeys(address), archiveKey(address))
    // Not those that are remembered: looking through all devices must not crowd out the ones in use.
    const sessions = new PeerSessions({ context, draft, peer: address }, { names: firstKeys(address), session, identity: identityRecord })
    try {
      const identity = decodedOf(() => sessions.identity)
      const archived = yield* sessions.archive.ids()
      const { current } = sessions
      const known = isDamage(identity) || identity === undefined ? undefined : identity
      return {
        address,
        identityKey: known === undefined ? undefined : parseIdentityKey(known.key),
        trustLevel: known?.level,
        session: current === undefined ? undefined : describeSession(current),
        registrationId: current?.remoteRegistrationId,
        maySend: (yield* sessionThatSends(context, sessions, address)) !== undefined,
        archivedSessions: archived.length,
        damaged: [
          ...(isDamage(identity) ? (['identity'] as const) : []),
          ...(sessions.damage === undefined ? [] : (['session'] as const)),
          ...(sessions.archive.isDamaged ? (['archive'] as const) : []),
        ],
      }
    } finally {
      forget(sessions.end(false))
    }
  })
}
