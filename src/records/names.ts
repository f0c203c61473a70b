/**
 * The names of all records: one function for each kind. Knows no content.
 *
 * Records that always change together are not merged: what a message in order does not need stays out of the record it reads, so
 * that its cost does not depend on how many skipped keys or archived sessions a peer has.
 */
import { toHex } from '../bytes.js'
import { ObjectCache } from '../caches.js'
import type { EcPublicKey } from '../crypto/keys.js'
import type { SessionId } from '../protocol/session/session.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey, recordKey, writeSegment } from '../store/record-key.js'
import type { CanonicalAddress } from '../wire/address.js'

/** The account: identity key pair, registration id, next prekey ids. */
export const ACCOUNT: RecordKey = recordKey('account')
/** The number by which an anchor knows the newest copy of the store. */
export const ANCHORED: RecordKey = recordKey('anchored')

/** A one-time prekey. */
export function oneTimePreKeyKey(id: number): RecordKey {
  return recordKey('pre-key', id)
}

/** All one-time prekeys, for `list`. */
export const ONE_TIME_PRE_KEYS = 'pre-key/'
/** All signed prekeys, for `list`. */
export const SIGNED_PRE_KEYS = 'signed-pre-key/'
/** A signed prekey. */
export function signedPreKeyKey(id: number): RecordKey {
  return recordKey('signed-pre-key', id)
}

/** All KEM prekeys, for `list`. */
export const KEM_PRE_KEYS = 'kem/'
/** A KEM prekey, one-time or last-resort. */
export function kemPreKeyKey(id: number): RecordKey {
  return recordKey('kem', id)
}

/** The ids in a ledger's names: the last-resort KEM prekey (none in X3DH) and the signed prekey of a first message. */
export interface LedgerIds {
  readonly kemPreKeyId: number | undefined
  readonly signedPreKeyId: number
}

/** How many entries a ledger has. */
export function ledgerKey(ids: LedgerIds): RecordKey {
  return recordKey('ledger', ids.kemPreKeyId ?? 'none', ids.signedPreKeyId)
}

/** The mark that a base key was used; expected absent. The key itself is the name: 64 hexadecimal digits, no value. */
export function ledgerEntryKey(ids: LedgerIds, baseKey: EcPublicKey): RecordKey {
  return recordKey('ledger', ids.kemPreKeyId ?? 'none', ids.signedPreKeyId, toHex(baseKey.subarray(1)))
}

/** All ledgers, for `list`. */
export const LEDGERS = 'ledger/'

/** The beginning of the names of records of one kind that belong to a user, or to one device; for `list`. */
function prefix(kind: string, user: string, ...rest: readonly (string | number)[]): string {
  return `${recordKey(kind, user, ...rest)}/`
}

/** Kinds of which a device has one record: its name ends with the device. */
const ONE_OF_A_DEVICE = ['identity', 'session', 'archive', 'sender-keys', 'outbox', 'inbox'] as const
/** Kinds of a device's sender keys; what 0.1.0 wrote of them is named otherwise. */
const OF_SENDER_KEYS = ['sender-key', 'sender-skipped-index', 'sender-skipped', 'sender-expired', 'sender-opened'] as const
/** Kinds of what belongs to a device's sessions, beside the current one. */
const OF_SESSIONS = ['archived', 'skipped-index', 'skipped', 'expired', 'pq-skipped', 'opened'] as const
/** Kinds of which a device has many: their names go on behind the device. */
const MANY_OF_A_DEVICE = [...OF_SESSIONS, 'outbox', 'unanswered', ...OF_SENDER_KEYS] as const

/** The beginnings of the names of all records of devices that 0.1.0 wrote, for `list`: user and device are the next segments. */
export function oldRecordsOfDevices(): readonly string[] {
  const kinds: readonly string[] = [...ONE_OF_A_DEVICE, ...MANY_OF_A_DEVICE]
  return [...new Set(kinds)].filter((kind) => !OF_SENDER_KEYS.some((one) => one === kind)).map((kind) => `${recordKey(kind)}/`)
}

/** The name of the same record of another device. */
export function ofDevice(name: RecordKey, { user, device }: CanonicalAddress): RecordKey {
  const [kind = '', , , ...rest] = parseRecordKey(name)
  return recordKey(kind, user, device, ...rest)
}

/** All identities, for `list`. */
export const IDENTITIES = 'identity/'

/** The beginnings of all names that hold a user, for `list`. The device is the next segment. */
export function recordsOfUser(user: string): readonly string[] {
  return [...new Set([...ONE_OF_A_DEVICE, ...MANY_OF_A_DEVICE])].map((kind) => prefix(kind, user))
}

/** The device whose record this is: user and device are the second and third segment of the name. */
export function deviceIn(name: RecordKey): CanonicalAddress {
  const [, user = '', device] = parseRecordKey(name)
  return { user, device: Number(device) } as CanonicalAddress
}

/** The beginnings of the names by which a device is known, of one user or of all, for `list`: user and device are the next segments. */
export function recordsOfKnownDevices(user: string | undefined): readonly string[] {
  return ['identity', 'session', 'archive'].map((kind) => (user === undefined ? `${recordKey(kind)}/` : prefix(kind, user)))
}

/** The names of the records of which a device has one, whether they are there or not. */
export function ownRecordsOf({ user, device }: CanonicalAddress): readonly RecordKey[] {
  return ONE_OF_A_DEVICE.map((kind) => recordKey(kind, user, device))
}

/** The beginnings of the names of the records of which a device has many, for `list`. */
export function manyRecordsOf({ user, device }: CanonicalAddress): readonly string[] {
  return MANY_OF_A_DEVICE.map((kind) => prefix(kind, user, device))
}

/** The beginnings of the names of a device's archived sessions and of what is kept for all its sessions, for `list`. */
export function sessionPartsOf({ user, device }: CanonicalAddress): readonly string[] {
  return OF_SESSIONS.map((kind) => prefix(kind, user, device))
}

/** What {@link recordKey} makes of these segments, of which only the user's can be anything but plain: it costs every message a few. */
function deviceKey(kind: string, { user, device }: CanonicalAddress): RecordKey {
  return `${kind}/${writeSegment(user)}/${device}`
}

/** What is known of a device's identity. */
export function identityKeyOf(peer: CanonicalAddress): RecordKey {
  return deviceKey('identity', peer)
}

/** The list of a user's devices whose identity is known, and the mark that there is one, whose record is empty. */
export function devicesKeys(user: CanonicalAddress['user']): readonly [list: RecordKey, mark: RecordKey] {
  return [recordKey('devices', user), recordKey('known-user', user)]
}

/** The current session with a device: the only record, beside the identity, that a message in order reads. */
export function sessionKey(peer: CanonicalAddress): RecordKey {
  return deviceKey('session', peer)
}

/** The list of archived sessions with a device. */
export function archiveKey(peer: CanonicalAddress): RecordKey {
  return deviceKey('archive', peer)
}

/** The lists of archived sessions with all devices, for `list`. */
export const ARCHIVES = 'archive/'

/** One archived session. */
export function archivedSessionKey(peer: CanonicalAddress, session: SessionId): RecordKey {
  return `${deviceKey('archived', peer)}/${session}`
}

/** One receiving chain of one session of one device. */
export interface ChainName {
  readonly peer: CanonicalAddress
  readonly session: SessionId
  readonly ratchetKey: EcPublicKey
}

interface ChainNames extends Omit<ChainName, 'ratchetKey'> {
  readonly index: RecordKey
  /** What the name of a segment begins with. */
  readonly segments: string
}

/** The names of a chain's records, as long as its ratchet key is there: written out each time, they cost a late message a sixth. */
const chainNames: ObjectCache<EcPublicKey, ChainNames> = new ObjectCache()

function namesOf({ peer, session, ratchetKey }: ChainName): ChainNames {
  const known = chainNames.get(ratchetKey)
  if (known?.session === session && known.peer.user === peer.user && known.peer.device === peer.device) return known
  const chain = `${deviceKey('', peer)}/${session}/${toHex(ratchetKey.subarray(1))}`
  const names = { peer, session, index: `skipped-index${chain}`, segments: `skipped${chain}/` }
  chainNames.set(ratchetKey, names)
  return names
}

/** Which segments of skipped keys a chain has. */
export function skippedIndexKey(chain: ChainName): RecordKey {
  return namesOf(chain).index
}

/** One segment of skipped keys. */
export function skippedSegmentKey(chain: ChainName, segment: number): RecordKey {
  return namesOf(chain).segments + segment
}

/** One segment of skipped keys of one epoch of a session's post-quantum ratchet. */
export function pqSkippedSegmentKey(peer: CanonicalAddress, session: SessionId, epoch: number, segment: number): RecordKey {
  return `${deviceKey('pq-skipped', peer)}/${session}/${epoch}/${segment}`
}

/** A record that `persist` adds; its name may have several segments. */
export function applicationKey(name: string): RecordKey {
  return recordKey('app', ...name.split('/'))
}

/** Whose sender key, and under which distribution id. */
export interface SenderKeyName {
  readonly sender: CanonicalAddress
  readonly distribution: string
}

/** A sender key: the only record, beside the identity, that a group message in order reads. */
export function senderKeyKey({ sender, distribution }: SenderKeyName): RecordKey {
  return recordKey('sender-key', sender.user, sender.device, distribution)
}

/** The sender key of a distribution id, whosever it is, as 0.1.0 named it. */
export function oldSenderKeyKey(distribution: string): RecordKey {
  return recordKey('sender-key', distribution)
}

/** All sender keys, for `list`; those of 0.1.0 as well. */
export const SENDER_KEYS = 'sender-key/'

/** Under which distribution ids a device has handed out sender keys. */
export function senderKeysOf(sender: CanonicalAddress): RecordKey {
  return recordKey('sender-keys', sender.user, sender.device)
}

/** Those of all devices, for `list`. */
export const SENDER_KEY_LISTS = 'sender-keys/'

/** The beginnings of the names of a device's sender keys under one distribution id and of what is kept with them, for `list`. */
export function senderKeyParts({ sender: { user, device }, distribution }: SenderKeyName): readonly string[] {
  return OF_SENDER_KEYS.map((kind) => prefix(kind, user, device, distribution))
}

/** Which devices have handed out a chain. */
export function chainClaimsKey({ signingKey, chainId }: Pick<SenderChainName, 'signingKey' | 'chainId'>): RecordKey {
  return recordKey('signing-key', toHex(signingKey.subarray(1)), chainId)
}

/** To whom a signing key is bound, as 0.1.0 named it. */
export function oldSigningKeyOwnerKey(signingKey: EcPublicKey): RecordKey {
  return recordKey('signing-key', toHex(signingKey.subarray(1)))
}

/** One chain of one sender key. */
export interface SenderChainName extends SenderKeyName {
  readonly chainId: number
  readonly signingKey: EcPublicKey
  /** Whether its kept keys lie where 0.1.0 put them. */
  readonly isOldName: boolean
}

/** Which segments of skipped keys a sender's chain has. */
export function senderSkippedIndexKey(chain: SenderChainName): RecordKey {
  return recordKey('sender-skipped-index', ...senderChainSegments(chain))
}

/** One segment of skipped keys of a sender's chain. */
export function senderSkippedSegmentKey(chain: SenderChainName, segment: number): RecordKey {
  return recordKey('sender-skipped', ...senderChainSegments(chain), segment)
}

/** The segments of a name that stand for a sender's chain. */
export function senderChainSegments({ sender, distribution, chainId, signingKey, isOldName }: SenderChainName): (string | number)[] {
  return [...(isOldName ? [] : [sender.user, sender.device]), distribution, chainId, toHex(signingKey.subarray(1))]
}

/** What was sent to all devices lately, for `list`. */
export const OUTBOXES = 'outbox/'

/** What was sent to a device lately: the list. */
export function outboxKey(peer: CanonicalAddress): RecordKey {
  return recordKey('outbox', peer.user, peer.device)
}

/** One content that was sent to a device lately: by its name, or by its time if it has none. */
export function outboxContentKey(
  peer: CanonicalAddress,
  { name, sentAt }: { readonly name: Uint8Array | undefined; readonly sentAt: number },
): RecordKey {
  return recordKey('outbox', peer.user, peer.device, name === undefined ? sentAt : toHex(name))
}

/** Which strangers were asked to send again. */
export const STRANGERS: RecordKey = recordKey('strangers')

/** What came from a device lately: the list. */
export function inboxKey(peer: CanonicalAddress): RecordKey {
  return recordKey('inbox', peer.user, peer.device)
}

/** The devices that wrote and were never answered, for `list`. */
export const UNANSWERED_DEVICES = 'unanswered/'

/** One device that wrote and was never answered, and since when. */
export function unansweredKey({ user, device }: CanonicalAddress, since: number): RecordKey {
  return recordKey('unanswered', user, device, since)
}

/** Since when the device of an {@link unansweredKey} was not answered. */
export function unansweredSinceIn(name: RecordKey): number {
  return Number(name.slice(name.lastIndexOf('/') + 1))
}

/** The lists of kept keys of all chains, for `list`. */
export const SKIPPED_INDEXES = 'skipped-index/'

/** The kept keys of all post-quantum ratchets, for `list`. */
export const PQ_SKIPPED_SEGMENTS = 'pq-skipped/'
