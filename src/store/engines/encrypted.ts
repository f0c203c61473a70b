/**
 * Encrypts what another store keeps: values are sealed, names are hidden. Knows neither the engine below nor what is kept.
 */
import { bytesArgument, fieldsArgument, invalidArgument, readArgument, textArgument } from '../../arguments.js'
import { type Bytes, concatBytes, equalBytes } from '../../bytes.js'
import { stretchPassphrase } from '../../crypto/passphrase.js'
import { Secret } from '../../crypto/secret.js'
import { StoreCipher } from '../../crypto/store-cipher.js'
import { systemRandom } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  type Batch,
  batchArgument,
  checkPrefix,
  type KeyStore,
  keysArgument,
  type RecordKey,
  type Revision,
  type StoredRecord,
  storeArgument,
} from '../key-store.js'
import { transact } from '../transact.js'

/** What a store is locked with: 32 secret bytes, or a passphrase. */
export type StoreKey = Uint8Array | StorePassphrase

/** A passphrase, which scrypt makes a key of. */
export interface StorePassphrase {
  /** Text that somebody types. Letters that look the same in other encodings (Unicode's NFKC) are the same. */
  readonly passphrase: string
  /**
   * The logarithm of scrypt's N, from 14 to 20, for a store that is locked anew; default 17, which takes 128 MiB of memory and about a
   * second on a computer. The store remembers it.
   */
  readonly cost?: number
}

/** The one record whose name is not hidden: the keys of the store, sealed under the owner's. */
const HEADER = 'store-keys'
const VERSION = 1
const RAW = 0
const PASSPHRASE = 1
const SALT_LENGTH = 16
/** Version, kind of key, cost, salt. */
const PUBLIC_LENGTH = 3 + SALT_LENGTH
const KEY_LENGTH = 32
const [LEAST_COST, DEFAULT_COST, MOST_COST] = [14, 17, 20]
/** Records that are read or sealed anew at a time. */
const AT_A_TIME = 64

/** The keys of a store as they were found, and the revision of the record that holds them. */
interface Unlocked {
  readonly cipher: StoreCipher
  readonly revision: Revision
}

/** The keys of a store and the record that holds them. */
interface Locked {
  readonly cipher: StoreCipher
  readonly header: Bytes
}

class EncryptedStore implements KeyStore {
  readonly #inner: KeyStore
  readonly #cipher: StoreCipher
  readonly #revision: Revision

  constructor(inner: KeyStore, { cipher, revision }: Unlocked) {
    this.#inner = inner
    this.#cipher = cipher
    this.#revision = revision
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'EncryptedStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const hidden = keysArgument(keys).map((key) => this.#cipher.hideName(key))
    const found = await this.#inner.read(hidden)
    const opened = new Map<RecordKey, StoredRecord>()
    for (const [i, key] of keys.entries()) {
      const name = hidden[i] as string
      const record = found.get(name)
      if (record !== undefined) opened.set(key, { value: openRecord(this.#cipher, name, record.value).value, revision: record.revision })
    }
    return opened
  }

  async commit(batch: Batch): Promise<boolean> {
    const { expect, put, delete: deleted } = batchArgument(batch)
    const hide = (key: RecordKey): RecordKey => this.#cipher.hideName(key)
    // The keys must be those in force: what is sealed under others after a rotation could not be opened.
    const expected = new Map<RecordKey, Revision | null>([[HEADER, this.#revision]])
    for (const [key, revision] of expect) expected.set(hide(key), revision)
    const sealed = new Map(Array.from(put, ([key, value]) => [hide(key), this.#cipher.seal(key, value, systemRandom)]))
    const isDone = await this.#inner.commit({ expect: expected, put: sealed, delete: new Set(Array.from(deleted, hide)) })
    if (!isDone) await this.#checkKeys()
    return isDone
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    const below = prefix === '' ? '' : `${this.#cipher.hideName(prefix.slice(0, -1))}/`
    const hidden = (await this.#inner.list(below)).filter((name) => name !== HEADER)
    const keys: RecordKey[] = []
    for (let at = 0; at < hidden.length; at += AT_A_TIME) {
      for (const [name, { value }] of await this.#inner.read(hidden.slice(at, at + AT_A_TIME))) {
        const opened = openRecord(this.#cipher, name, value)
        opened.value.fill(0)
        keys.push(opened.name)
      }
    }
    return keys
  }

  async #checkKeys(): Promise<void> {
    const header = (await this.#inner.read([HEADER])).get(HEADER)
    if (header?.revision !== this.#revision) throw new BisikError('wrong-store-key', {})
  }
}

/**
 * A store whose records lie encrypted in another: values are sealed (XChaCha20-Poly1305) and bound to their names, and of a name each
 * segment is hidden by HMAC, so that `list` still works. The number of records, how long they are, which are written together and which
 * names begin alike stay visible, and an old copy of the whole stays valid.
 *
 * @param store - an empty one, which is locked with `key`, or one that this function has filled.
 * @throws BisikError `wrong-store-key` if it was locked with another key; `invalid-argument` for no key, or records that lie there in the
 *         clear; `record-too-new` if a newer release locked it; `corrupt-record`.
 */
export async function encryptedStore(store: KeyStore, key: StoreKey): Promise<KeyStore> {
  return new EncryptedStore(storeArgument(store), await unlock(store, keyArgument(key, 'key')))
}

/**
 * Locks an encrypted store with another key, and seals every record anew, so that the old key together with an old copy of the store
 * opens nothing that is written from now on. Whoever has the store open fails with `wrong-store-key` and opens it again. If it is
 * interrupted, some records stay sealed under older keys, which the new key opens too: rotate again.
 *
 * @param store - what {@link encryptedStore} was given.
 * @throws BisikError `wrong-store-key` if `from` is not the key in force, and else as {@link encryptedStore}; `store-failed`.
 */
export async function rotateStoreKey(store: KeyStore, from: StoreKey, to: StoreKey): Promise<void> {
  storeArgument(store)
  const next = keyArgument(to, 'to')
  const { cipher, revision } = await unlock(store, keyArgument(from, 'from'))
  const both = cipher.withNewKey(systemRandom)
  const header = await lock(both, next)
  if (!(await store.commit({ expect: new Map([[HEADER, revision]]), put: new Map([[HEADER, header]]), delete: new Set() }))) {
    throw new BisikError('wrong-store-key', {})
  }
  const names = (await store.list('')).filter((name) => name !== HEADER)
  for (let at = 0; at < names.length; at += AT_A_TIME) await sealAnew(store, { cipher: both, header }, names.slice(at, at + AT_A_TIME))
  const last = await lock(both.withNewestKeyOnly(), next)
  // Somebody may have rotated in the meantime: the header is theirs then.
  await transact<void>(store, function* (tx) {
    const [found] = yield* tx.read(HEADER)
    if (!isSame(found, header)) throw new BisikError('wrong-store-key', {})
    tx.put(HEADER, last)
  })
}

/** Seals those of some records anew that lie under an older key. What does not open stays as it is. */
function sealAnew(inner: KeyStore, { cipher, header }: Locked, names: readonly RecordKey[]): Promise<void> {
  return transact<void>(inner, function* (tx) {
    const [found, ...records] = yield* tx.read(HEADER, ...names)
    if (!isSame(found, header)) throw new BisikError('wrong-store-key', {})
    for (const [i, name] of names.entries()) {
      const sealed = records[i]
      const opened = sealed === undefined || cipher.isFresh(sealed) ? undefined : cipher.open(name, sealed)
      if (opened === undefined) continue
      tx.put(name, cipher.seal(opened.name, opened.value, systemRandom))
      opened.value.fill(0)
    }
  })
}

function openRecord(cipher: StoreCipher, hidden: RecordKey, sealed: Uint8Array): { readonly name: RecordKey; readonly value: Bytes } {
  const opened = cipher.open(hidden, sealed)
  if (opened === undefined) throw new BisikError('corrupt-record', { record: 'sealed' })
  return opened
}

function isSame(found: Uint8Array | undefined, header: Uint8Array): boolean {
  return found !== undefined && equalBytes(found, header)
}

/** A key of the caller's, taken over. */
type Owner = { readonly kind: typeof RAW; readonly raw: Secret<'StoreKey'> } | ({ readonly kind: typeof PASSPHRASE } & StorePassphrase)

function keyArgument(key: StoreKey, argument: string): Owner {
  const given: unknown = key
  if (readArgument(given, argument, (value) => typeof value === 'object' && value !== null && 'passphrase' in value)) {
    const { passphrase, cost } = fieldsArgument<StorePassphrase>(given as StorePassphrase, argument, {
      passphrase: textArgument,
      cost: costArgument,
    })
    if (passphrase === '') throw invalidArgument(`${argument}.passphrase`, 'text')
    return cost === undefined ? { kind: PASSPHRASE, passphrase } : { kind: PASSPHRASE, passphrase, cost }
  }
  return { kind: RAW, raw: Secret.copy(bytesArgument(key as Uint8Array, argument, KEY_LENGTH)) }
}

function costArgument(cost: number, argument: string): number {
  if (!Number.isInteger(cost) || cost < LEAST_COST || cost > MOST_COST) {
    throw invalidArgument(argument, `a whole number from ${LEAST_COST} to ${MOST_COST}`)
  }
  return cost
}

/** The owner's key for a header. */
async function keyOf(owner: Owner, salt: Uint8Array, cost: number): Promise<Secret<'StoreKey'>> {
  return owner.kind === RAW ? owner.raw.clone() : stretchPassphrase(owner.passphrase, salt, cost)
}

/** Makes the header that holds the keys of a store. */
async function lock(cipher: StoreCipher, owner: Owner): Promise<Bytes> {
  const cost = owner.kind === RAW ? 0 : (owner.cost ?? DEFAULT_COST)
  const salt = systemRandom(SALT_LENGTH)
  const open = concatBytes(Uint8Array.of(VERSION, owner.kind, cost), salt)
  const key = await keyOf(owner, salt, cost)
  const header = concatBytes(open, cipher.wrap(key, open, systemRandom))
  key.wipe()
  return header
}

/** Opens a header. @throws BisikError as {@link encryptedStore}. */
async function openHeader(header: Uint8Array, owner: Owner): Promise<StoreCipher> {
  const [version = 0, kind, cost = 0] = header
  if (version > VERSION) throw new BisikError('record-too-new', { record: 'store keys', version })
  const isPossible = header.length > PUBLIC_LENGTH && (kind === RAW || (kind === PASSPHRASE && cost >= LEAST_COST && cost <= MOST_COST))
  if (version !== VERSION || !isPossible) throw new BisikError('corrupt-record', { record: 'store keys' })
  if (kind !== owner.kind) throw new BisikError('wrong-store-key', {})
  const key = await keyOf(owner, header.subarray(3, PUBLIC_LENGTH), cost)
  const cipher = StoreCipher.unwrap(key, header.subarray(0, PUBLIC_LENGTH), header.subarray(PUBLIC_LENGTH))
  key.wipe()
  if (cipher === undefined) throw new BisikError('wrong-store-key', {})
  return cipher
}

/** Opens the keys of a store, and makes them if it is empty. */
async function unlock(inner: KeyStore, owner: Owner): Promise<Unlocked> {
  let made: Locked | undefined
  for (;;) {
    const found = (await inner.read([HEADER])).get(HEADER)
    if (found !== undefined) {
      const { value, revision } = found
      return { cipher: made !== undefined && isSame(value, made.header) ? made.cipher : await openHeader(value, owner), revision }
    }
    const names = await inner.list('')
    // Another process may have been first.
    if (names.includes(HEADER)) continue
    if (names.length > 0) throw invalidArgument('store', 'an empty store, or one that encryptedStore has filled')
    const cipher = StoreCipher.generate(systemRandom)
    made = { cipher, header: await lock(cipher, owner) }
    await inner.commit({ expect: new Map([[HEADER, null]]), put: new Map([[HEADER, made.header]]), delete: new Set() })
  }
}
