/**
 * Sealed sender: hides who writes from everybody but the recipient, in messages for one and for many. Knows no session: whether the
 * certificate inside is valid is to be asked before any is touched.
 */
import { type Bytes, concatBytes, equalBytes, utf8 } from '../bytes.js'
import { agree, generateKeyPair } from '../crypto/dh.js'
import { type EcPublicKey, type IdentityKey, type IdentityKeyPair, parseEcPublicKey } from '../crypto/keys.js'
import { openLayer, openShared, sealLayer, sealShared, senderTag, wrapSecret } from '../crypto/sealed.js'
import { Secret } from '../crypto/secret.js'
import type { RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import type { DeviceAddress } from '../wire/address.js'
import { serviceIdOf } from '../wire/address.js'
import {
  parseSealedContent,
  type SealedContent,
  type SealedForMany,
  type SealedForOne,
  type SealedMessage,
  serializeSealedForOne,
} from '../wire/sealed-message.js'
import { type RecipientDevice, serializeSentMessage } from '../wire/sent-message.js'
import { MAX_REGISTRATION_ID } from './limits.js'
import type { AgreementMemo } from './memos.js'

const SALT = utf8('UnidentifiedDelivery')

/** A device that is to get a message for many. */
export interface Destination {
  readonly address: DeviceAddress
  /** From the session with it. */
  readonly registrationId: number
  readonly identityKey: IdentityKey
}

/** Who we are under a seal. */
export interface SealingIdentity {
  readonly ourIdentity: IdentityKeyPair
  /** Of a client, which seals for the same identities again and again; without it, every call agrees anew. */
  readonly agreements?: AgreementMemo | undefined
}

/**
 * Seals content for one recipient.
 *
 * Spec: libsignal wire, "v1 (single recipient)"; differs: none.
 *
 * @param content - from `serializeSealedContent`, with the certificate of `ourIdentity` inside.
 * @param random - 32 bytes are drawn, once.
 * @throws BisikError `invalid-key` if the recipient's key has small order.
 */
export function sealForOne(
  content: Uint8Array,
  ends: SealingIdentity & { readonly theirIdentity: IdentityKey },
  random: RandomSource,
): Bytes {
  const { ourIdentity, theirIdentity } = ends
  const ephemeral = generateKeyPair(random)
  const outer = agree(ephemeral.privateKey, theirIdentity)
  const inner = agreeOnce(ends, theirIdentity)
  try {
    const key = sealLayer({ salt: [SALT, theirIdentity, ephemeral.publicKey], agreement: outer, plaintext: ourIdentity.publicKey })
    const message = sealLayer({ salt: [key.chain, key.sealed], agreement: inner, plaintext: content })
    key.chain.wipe()
    message.chain.wipe()
    return serializeSealedForOne({ ephemeralKey: ephemeral.publicKey, encryptedStatic: key.sealed, encryptedMessage: message.sealed })
  } finally {
    for (const secret of [ephemeral.privateKey, outer, inner]) secret.wipe()
  }
}

/**
 * Seals content for many recipients at once, as the relay splits it.
 *
 * Spec: libsignal wire, "v2"; differs: a user's devices are grouped wherever they stand in the list, and a device that is there twice, or
 * there and excluded, is refused (libsignal writes what its own relay then refuses).
 *
 * @param content - from `serializeSealedContent`, with the certificate of `ourIdentity` inside.
 * @param random - 32 bytes are drawn, once.
 * @throws BisikError `invalid-argument` if a user is no service id, a registration id has more than 14 bits, a user has two identity
 *         keys; `invalid-key` if a key has small order.
 */
export function sealForMany(
  content: Uint8Array,
  o: SealingIdentity & { readonly destinations: readonly Destination[]; readonly excluded: readonly string[] },
  random: RandomSource,
): Bytes {
  const groups = groupByUser(o.destinations)
  const excluded = distinctUsers(o.excluded, groups)
  const { secret, ephemeral, ciphertext } = sealShared(content, random)
  try {
    const recipients = [...groups.values()].map(({ user, devices, identityKey }) => {
      const part = recipientPart(secret, ephemeral, o, identityKey)
      return { user, devices, part }
    })
    return serializeSentMessage({ recipients, excluded, ephemeralKey: ephemeral.publicKey, ciphertext })
  } finally {
    secret.wipe()
    ephemeral.privateKey.wipe()
  }
}

/**
 * Opens a sealed message of either version and makes sure that the key in the certificate inside is the one that sealed it.
 *
 * Spec: libsignal wire, "Sealed sender"; differs: none.
 *
 * @returns the content; its certificate is not validated.
 * @throws BisikError `authentication-failed`; `malformed-message`, `invalid-key` for what comes out of the seal.
 */
export function unseal(message: SealedMessage, ourIdentity: IdentityKeyPair, agreements?: AgreementMemo): SealedContent {
  const us = { ourIdentity, agreements }
  return message.version === 1 ? unsealForOne(message, us) : unsealForMany(message, us)
}

function unsealForOne({ ephemeralKey, encryptedStatic, encryptedMessage }: SealedForOne, us: SealingIdentity): SealedContent {
  const { ourIdentity } = us
  const outer = agree(ourIdentity.privateKey, ephemeralKey)
  const key = tidily([outer], () =>
    openLayer({ salt: [SALT, ourIdentity.publicKey, ephemeralKey], agreement: outer, sealed: encryptedStatic }),
  )
  const inner = tidily([], () => agreeOnce(us, parseEcPublicKey(key.plaintext)))
  const opened = tidily([inner, key.chain], () =>
    openLayer({ salt: [key.chain, encryptedStatic], agreement: inner, sealed: encryptedMessage }),
  )
  opened.chain.wipe()
  const content = parseSealedContent(opened.plaintext)
  // The bytes and not the key that they parse to: what follows a key is not looked at elsewhere.
  if (!equalBytes(content.certificate.identityKey, key.plaintext)) throw new BisikError('authentication-failed', {})
  return content
}

function unsealForMany({ wrapped, tag, ephemeralKey, ciphertext }: SealedForMany, us: SealingIdentity): SealedContent {
  const { ourIdentity } = us
  const recipientKey = ourIdentity.publicKey
  const outer = agree(ourIdentity.privateKey, ephemeralKey)
  const secret = tidily([outer], () => Secret.own<'SealSecret'>(wrapSecret(wrapped, { agreement: outer, ephemeralKey, recipientKey })))
  const content = tidily([secret], () => parseSealedContent(openShared(secret, ephemeralKey, ciphertext)))
  const senderKey = content.certificate.identityKey
  const inner = agreeOnce(us, senderKey)
  const expected = tidily([inner], () => senderTag({ agreement: inner, ephemeralKey, wrapped, senderKey, recipientKey }))
  if (!equalBytes(expected, tag)) throw new BisikError('authentication-failed', {})
  return content
}

function recipientPart(
  secret: Secret<'SealSecret'>,
  ephemeral: { readonly publicKey: EcPublicKey; readonly privateKey: Secret<'EcPrivateKey'> },
  us: SealingIdentity,
  recipientKey: IdentityKey,
): Bytes {
  const outer = agree(ephemeral.privateKey, recipientKey)
  const inner = agreeOnce(us, recipientKey)
  return tidily([outer, inner], () => {
    const ephemeralKey = ephemeral.publicKey
    const wrapped = wrapSecret(secret, { agreement: outer, ephemeralKey, recipientKey })
    return concatBytes(wrapped, senderTag({ agreement: inner, ephemeralKey, wrapped, senderKey: us.ourIdentity.publicKey, recipientKey }))
  })
}

/** The agreement of two identity keys; the caller wipes it. */
function agreeOnce({ ourIdentity, agreements }: SealingIdentity, theirs: EcPublicKey): Secret<'DhOutput'> {
  const { privateKey } = ourIdentity
  return agreements?.agree(privateKey, theirs) ?? agree(privateKey, theirs)
}

interface UserGroup {
  readonly user: string
  readonly devices: RecipientDevice[]
  readonly identityKey: IdentityKey
}

function groupByUser(destinations: readonly Destination[]): ReadonlyMap<string, UserGroup> {
  const groups = new Map<string, UserGroup>()
  for (const { address, registrationId, identityKey } of destinations) {
    if (!Number.isInteger(registrationId) || registrationId < 0 || registrationId > MAX_REGISTRATION_ID)
      throw refused('registration ids of 14 bits')
    const name = canonical(address.user)
    const group = groups.get(name)
    const device = { device: address.device, registrationId }
    if (group === undefined) groups.set(name, { user: address.user, devices: [device], identityKey })
    else {
      if (!equalBytes(group.identityKey, identityKey)) throw refused('one identity key for all devices of a user')
      if (group.devices.some(({ device }) => device === address.device)) throw refused('each device once')
      group.devices.push(device)
    }
  }
  return groups
}

function distinctUsers(excluded: readonly string[], groups: ReadonlyMap<string, UserGroup>): readonly string[] {
  const names = new Set(excluded.map(canonical))
  if (names.size < excluded.length || [...names].some((name) => groups.has(name))) throw refused('nobody excluded who is there otherwise')
  return excluded
}

function canonical(user: string): string {
  const id = serviceIdOf(user)
  if (id === undefined) throw refused('service ids')
  return id.join()
}

function refused(expected: string): BisikError {
  return new BisikError('invalid-argument', { argument: 'destinations', expected })
}

function tidily<T>(secrets: readonly Secret<string>[], use: () => T): T {
  try {
    return use()
  } finally {
    for (const secret of secrets) secret.wipe()
  }
}
