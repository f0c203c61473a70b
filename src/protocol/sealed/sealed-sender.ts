/**
 * Sealed sender: hides who writes from everybody but the recipient, in messages for one and for many. The caller asks whether the
 * certificate inside is valid before it touches a session.
 */
import {
  bytesArgument,
  functionArgument,
  invalidArgument,
  listOf,
  optional,
  type Shape,
  shapeArgument,
  stateArgument,
  textArgument,
  uint32Argument,
} from '../../arguments.js'
import { type Bytes, byteText, concatBytes, copyBytes, equalBytes, utf8 } from '../../bytes.js'
import { agree, generateKeyPair, keyPairArgument } from '../../crypto/dh.js'
import { type EcPublicKey, ecKeyArgument, type IdentityKey, type IdentityKeyPair, parseEcPublicKey } from '../../crypto/keys.js'
import { openLayer, openShared, type SharedSeal, sealLayer, sealShared, senderTag, wrapSecret } from '../../crypto/seal-cipher.js'
import { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { addressArgument, type DeviceAddress, isDevice, serviceIdOf } from '../../wire/address.js'
import {
  parseSealedContent,
  type SealedContent,
  type SealedForMany,
  type SealedForOne,
  type SealedMessage,
  serializeSealedForOne,
} from '../../wire/sealed-message.js'
import { type RecipientDevice, serializeSentMessage } from '../../wire/sent-message.js'
import { MAX_REGISTRATION_ID } from '../limits.js'
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
  /** The agreements of a client, which seals for the same identities again and again. Without them, every call agrees anew. */
  readonly agreements?: AgreementMemo | undefined
}

const MEMO: Shape<AgreementMemo> = { agree: functionArgument }
const IDENTITY: Shape<SealingIdentity> = {
  ourIdentity: keyPairArgument,
  agreements: optional((memo, name) => shapeArgument(memo, name, MEMO)),
}
const ENDS: Shape<Parameters<typeof sealForOne>[1]> = { ...IDENTITY, theirIdentity: ecKeyArgument }
const DESTINATION: Shape<Destination> = { address: addressArgument, registrationId: uint32Argument, identityKey: ecKeyArgument }
const destinationsArgument = listOf<Destination>((one, name) => shapeArgument(one, name, DESTINATION))
const OPTIONS: Shape<SealedForManyOptions> = { ...IDENTITY, destinations: destinationsArgument, excluded: listOf(textArgument) }

/**
 * Seals content for one recipient.
 *
 * Spec: libsignal wire, "v1 (single recipient)"; differs: none.
 *
 * @param content - from `serializeSealedContent`, with the certificate of `ourIdentity` inside.
 * @param random - 32 bytes are drawn, once.
 * @throws BisikError `invalid-key` if the recipient's key has small order; `invalid-argument`.
 */
export function sealForOne(
  content: Uint8Array,
  ends: SealingIdentity & { readonly theirIdentity: IdentityKey },
  random: RandomSource,
): Bytes {
  bytesArgument(content, 'content')
  const { ourIdentity, theirIdentity } = shapeArgument(ends, 'ends', ENDS)
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

/** What is sealed for many, and for whom. */
export type SealedForManyOptions = SealingIdentity & { readonly destinations: readonly Destination[]; readonly excluded: readonly string[] }

/** A message for many that is sealed in slices, so that the caller can let others run in between. End it with `finish` or `discard`. */
export interface SealingForMany {
  /** Seals for some more users, at two agreements each. @returns whether there are more. */
  next(users: number): boolean
  /** The message that the relay splits, once `next` has said that there are no more users. */
  finish(): Bytes
  /** Wipes what is secret; harmless afterwards. */
  discard(): void
}

/**
 * Seals content for many recipients at once, as the relay splits it.
 *
 * Spec: libsignal wire, "v2"; differs: a user's devices are grouped wherever they stand in the list, and a device that is there twice, or
 * there and excluded, is refused (libsignal writes what its own relay then refuses).
 *
 * @param content - from `serializeSealedContent`, with the certificate of `ourIdentity` inside.
 * @param random - 32 bytes are drawn, once.
 * @throws BisikError `invalid-argument` for what {@link refusalsOf} finds (the cause says what), and for a wrong list of excluded users; `invalid-key` if a
 *         key has small order.
 */
export function sealForMany(content: Uint8Array, options: SealedForManyOptions, random: RandomSource): Bytes {
  const [refusal] = refusalsOf(shapeArgument(options, 'options', OPTIONS).destinations).values()
  if (refusal !== undefined) throw refused('destinations that a message for many can name', refusal)
  const sealing = beginSealForMany(content, options, random)
  try {
    while (sealing.next(options.destinations.length)) {}
    return sealing.finish()
  } finally {
    sealing.discard()
  }
}

/**
 * Begins what {@link sealForMany} does at once.
 *
 * Spec: libsignal wire, "v2"; differs: as `sealForMany`.
 *
 * @param options - `destinations`: those that {@link refusalsOf} finds nothing against.
 * @throws BisikError `invalid-argument`, also for a wrong list of excluded users.
 */
export function beginSealForMany(content: Uint8Array, options: SealedForManyOptions, random: RandomSource): SealingForMany {
  bytesArgument(content, 'content')
  shapeArgument(options, 'options', OPTIONS)
  functionArgument(random, 'random')
  const groups = groupByUser(options.destinations)
  const users = [...groups.values()]
  const excluded = distinctUsers(options.excluded, groups)
  const shared = sealShared(content, random)
  const { secret, ephemeral, ciphertext } = shared
  const recipients: (UserGroup & { readonly part: Bytes })[] = []
  return {
    next: (count) => {
      for (const group of users.slice(recipients.length, recipients.length + count)) {
        recipients.push({ ...group, part: recipientPart(shared, options, group.identityKey) })
      }
      return recipients.length < users.length
    },
    finish: () => serializeSentMessage({ recipients, excluded, ephemeralKey: ephemeral.publicKey, ciphertext }),
    discard: () => {
      secret.wipe()
      ephemeral.privateKey.wipe()
    },
  }
}

/**
 * Finds the destinations that a message for many cannot name.
 *
 * Spec: libsignal wire, "v2", "Sender checks"; differs: each is found, not the first alone, and a device or key of a user that contradicts
 * one before it is refused.
 *
 * @returns by place in the list: `invalid-argument` if the user is no service id, the device is above 127 or stood there before;
 *          `registration-id-too-large`; `untrusted-identity` if a device before it of the same user has another identity key.
 * @throws BisikError `invalid-argument` for what is no destination at all.
 */
export function refusalsOf(destinations: readonly Destination[]): ReadonlyMap<number, BisikError> {
  destinationsArgument(destinations, 'destinations')
  const refusals = new Map<number, BisikError>()
  const seen = new Map<string, UserGroup>()
  for (const [i, destination] of destinations.entries()) {
    const id = serviceIdOf(destination.address.user)
    const refusal = id === undefined ? refused('service ids') : refusalOf(destination, seen.get(byteText(id)))
    if (refusal !== undefined) refusals.set(i, refusal)
    else if (id !== undefined) addTo(seen, byteText(id), destination)
  }
  return refusals
}

function refusalOf({ address, registrationId, identityKey }: Destination, user: UserGroup | undefined): BisikError | undefined {
  const { device } = address
  if (!isDevice(device)) return refused('devices from 1 to 127')
  if (user?.devices.some((other) => other.device === device) === true) return refused('each device once')
  if (user !== undefined && !equalBytes(user.identityKey, identityKey)) {
    const knownDevice = user.devices[0]?.device
    const keys = { presented: copyBytes(identityKey), known: copyBytes(user.identityKey), knownDevice, wasVerified: false }
    return new BisikError('untrusted-identity', { user: address.user, device, ...keys })
  }
  if (registrationId <= MAX_REGISTRATION_ID) return undefined
  return new BisikError('registration-id-too-large', { user: address.user, device, registrationId })
}

/**
 * Opens a sealed message of either version and makes sure that the key in the certificate inside is the one that sealed it.
 *
 * Spec: libsignal wire, "Sealed sender"; differs: none.
 *
 * @returns the content; its certificate is not validated.
 * @throws BisikError `authentication-failed`; `malformed-message`, `invalid-key` for what comes out of the seal; `invalid-argument`.
 */
export function unseal(message: SealedMessage, ourIdentity: IdentityKeyPair, agreements?: AgreementMemo): SealedContent {
  stateArgument(message, 'message', 'ephemeralKey')
  const us = shapeArgument({ ourIdentity, agreements }, 'ourIdentity', IDENTITY)
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
  // The bytes are compared, not the keys that they parse to: parsing ignores what follows a key.
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

function recipientPart({ secret, ephemeral }: SharedSeal, us: SealingIdentity, recipientKey: IdentityKey): Bytes {
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
  for (const destination of destinations) addTo(groups, canonical(destination.address.user), destination)
  return groups
}

function addTo(groups: Map<string, UserGroup>, name: string, { address, registrationId, identityKey }: Destination): void {
  const group = groups.get(name) ?? { user: address.user, devices: [], identityKey }
  group.devices.push({ device: address.device, registrationId })
  groups.set(name, group)
}

function distinctUsers(excluded: readonly string[], served: ReadonlyMap<string, UserGroup>): readonly string[] {
  const names = new Set(excluded.map((user) => canonical(user, 'excluded')))
  if (names.size < excluded.length) throw invalidArgument('excluded', 'each user once')
  if ([...names].some((name) => served.has(name))) throw invalidArgument('excluded', 'nobody who is among those that get it')
  return excluded
}

function canonical(user: string, argument = 'destinations'): string {
  const id = serviceIdOf(user)
  if (id === undefined) throw invalidArgument(argument, 'service ids')
  return byteText(id)
}

function refused(expected: string, cause?: BisikError): BisikError {
  return new BisikError('invalid-argument', { argument: 'destinations', expected }, cause === undefined ? {} : { cause })
}

function tidily<T>(secrets: readonly Secret<string>[], use: () => T): T {
  try {
    return use()
  } finally {
    for (const secret of secrets) secret.wipe()
  }
}
