/**
 * Freshness: an admin's word, every week, that a list is still the newest. Without it a relay could show an old list for ever. No list is
 * made for it, so that two admins who say so do not fork.
 */
import { concatBytes, equalBytes, toHex, utf8 } from '../../bytes.js'
import type { IdentityKeyPair } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { EpochMillis, RandomSource } from '../../env.js'
import {
  type DeviceStamp,
  type DeviceStampFields,
  encodeDeviceStamp,
  parseDeviceStamp,
  serializeDeviceStamp,
} from '../../wire/device-proofs.js'
import { STAMP_AGE, STAMP_TOLERANCE } from '../limits.js'
import { deviceOf, hashOfList, type ListRefusal } from './device-list.js'
import { type HeldLists, mayChange } from './held-lists.js'

const LABEL = utf8('bisik device stamp v1\0')

/** Signs a stamp. Spec: ours. @param random - 64 bytes are drawn. */
export function signDeviceStamp(
  fields: DeviceStampFields,
  identity: Pick<IdentityKeyPair, 'privateKey'>,
  random: RandomSource,
): DeviceStamp {
  const signed = encodeDeviceStamp(fields)
  return parseDeviceStamp(serializeDeviceStamp({ signed, signature: sign(identity.privateKey, concatBytes(LABEL, signed), random) }))
}

/**
 * Applies a stamp: it must be of a list that is held, by a device that is an admin in all branches. Spec: ours.
 *
 * @returns what is held, as it was if the stamp is no newer.
 */
export function applyDeviceStamp(
  held: HeldLists,
  stamp: DeviceStamp,
  now: EpochMillis,
): { readonly held: HeldLists; readonly refusal: ListRefusal | undefined } {
  const refusal = refusalOf(held, stamp, now)
  const isNewer = refusal === undefined && stamp.issuedAt > (held.stamp?.issuedAt ?? -1)
  return { held: isNewer ? { ...held, stamp } : held, refusal }
}

/** Whether nothing shows that what is held is the newest: no list and no stamp of the last 35 days. Spec: ours. */
export function isListStale({ tips, stamp }: HeldLists, now: EpochMillis): boolean {
  const times = [...tips, ...(stamp === undefined ? [] : [stamp])].map(({ issuedAt }) => issuedAt)
  return !times.some((time) => time <= now + STAMP_TOLERANCE && time >= now - STAMP_AGE)
}

function refusalOf({ tips, known }: HeldLists, stamp: DeviceStamp, now: EpochMillis): ListRefusal | undefined {
  const tip = tips.find((list) => equalBytes(hashOfList(list), stamp.list))
  if (tip === undefined) return known.has(toHex(stamp.list)) ? 'list-rolled-back' : 'head-differs'
  const signer = deviceOf(tip, stamp.signer)
  if (signer === undefined || !tips.every((list) => mayChange(list, stamp.signer, signer.identityKey))) return 'signer-not-admin'
  if (stamp.version !== tip.version || !verify(signer.identityKey, concatBytes(LABEL, stamp.signed), stamp.signature))
    return 'list-unsigned'
  return stamp.issuedAt > now + STAMP_TOLERANCE ? 'stamp-early' : undefined
}
