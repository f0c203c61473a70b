/**
 * The keys of an encrypted store, and what they do: hide a name, seal a value, and be sealed themselves under the key of the owner. Knows
 * no store and no record.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { type Bytes, concatBytes, copyBytes, toHex, utf8 } from '../bytes.js'
import type { RandomSource } from '../env.js'
import { passFault } from '../faults.js'
import { hmac } from './platform/hmac.js'
import { expose, Secret } from './secret.js'

const KEY_LENGTH = 32
const NONCE_LENGTH = 24
const TAG_LENGTH = 16
/** Of what stands for a segment of a name: two names share it by chance once in 2^64 of them. */
const SEGMENT_LENGTH = 16
const NAME_KEY = utf8('bisik store: names')
const WRAPPING_KEY = utf8('bisik store: keys')
/** Names that were hidden already; the first segments of all are the same few. */
const MOST_REMEMBERED = 2_000

/** A key that values are sealed under, and its number: the newest has the highest. */
interface DataKey {
  readonly id: number
  readonly key: Secret<'StoreDataKey'>
}

/** The keys of one store. */
export class StoreCipher {
  readonly #nameKey: Secret<'StoreNameKey'>
  readonly #dataKeys: readonly DataKey[]
  readonly #segments = new Map<string, string>()

  private constructor(nameKey: Secret<'StoreNameKey'>, dataKeys: readonly DataKey[]) {
    this.#nameKey = nameKey
    this.#dataKeys = dataKeys
  }

  /** Makes fresh keys. */
  static generate(random: RandomSource): StoreCipher {
    return new StoreCipher(Secret.own(random(KEY_LENGTH)), [{ id: 1, key: Secret.own(random(KEY_LENGTH)) }])
  }

  /** The same keys and a new one, under which values are sealed from now on. */
  withNewKey(random: RandomSource): StoreCipher {
    return new StoreCipher(this.#nameKey, [...this.#dataKeys, { id: this.#newest.id + 1, key: Secret.own(random(KEY_LENGTH)) }])
  }

  /** The newest key alone: what is sealed under an older one opens no more. */
  withNewestKeyOnly(): StoreCipher {
    return new StoreCipher(this.#nameKey, [this.#newest])
  }

  /**
   * What stands for a name: for each segment 32 hexadecimal digits that depend on it and on all before it. So names with a common
   * beginning have one still, and a segment looks different at each place.
   */
  hideName(name: string): string {
    let hidden = ''
    for (let end = name.indexOf('/'); ; end = name.indexOf('/', end + 1)) {
      hidden += `${hidden === '' ? '' : '/'}${this.#hideSegment(end < 0 ? name : name.slice(0, end))}`
      if (end < 0) return hidden
    }
  }

  /** Seals a name and its value, to be kept under the hidden name. */
  seal(name: string, value: Uint8Array, random: RandomSource): Bytes {
    const { id, key } = this.#newest
    const clear = utf8(name)
    const content = concatBytes(uint32(clear.length), clear, value)
    const nonce = random(NONCE_LENGTH)
    try {
      const sealed = xchacha20poly1305(expose(key), nonce, this.#bound(id, name)).encrypt(content)
      return concatBytes(uint32(id), nonce, sealed)
    } finally {
      content.fill(0)
    }
  }

  /**
   * Opens what {@link seal} made.
   *
   * @param hidden - the name under which it was found.
   * @returns `undefined` if it was sealed under other keys or another name, or altered.
   */
  open(hidden: string, sealed: Uint8Array): { readonly name: string; readonly value: Bytes } | undefined {
    if (sealed.length < 4 + NONCE_LENGTH + TAG_LENGTH) return undefined
    const id = idOf(sealed)
    const key = this.#dataKeys.find((one) => one.id === id)?.key
    if (key === undefined) return undefined
    const content = openOrNothing(expose(key), boundTo(id, hidden), sealed.subarray(4))
    if (content === undefined) return undefined
    const start = 4 + readUint32(content)
    const name = String.fromCharCode(...content.subarray(4, start))
    const value = copyBytes(content.subarray(start))
    content.fill(0)
    return { name, value }
  }

  /** Whether a value is sealed under the newest key. */
  isFresh(sealed: Uint8Array): boolean {
    return sealed.length >= 4 && idOf(sealed) === this.#newest.id
  }

  /**
   * Seals these keys under the owner's.
   *
   * @param bound - public bytes that must be the same when they are opened.
   */
  wrap(owner: Secret<'StoreKey'>, bound: Uint8Array, random: RandomSource): Bytes {
    const keys = this.#dataKeys.flatMap(({ id, key }) => [uint32(id), expose(key)])
    const content = concatBytes(expose(this.#nameKey), ...keys)
    const key = hmac.sha256(expose(owner), WRAPPING_KEY)
    const nonce = random(NONCE_LENGTH)
    try {
      return concatBytes(nonce, xchacha20poly1305(key, nonce, bound).encrypt(content))
    } finally {
      content.fill(0)
      key.fill(0)
    }
  }

  /** Opens what {@link wrap} made. @returns `undefined` if it was made under another key, or altered. */
  static unwrap(owner: Secret<'StoreKey'>, bound: Uint8Array, wrapped: Uint8Array): StoreCipher | undefined {
    const key = hmac.sha256(expose(owner), WRAPPING_KEY)
    const content = openOrNothing(key, bound, wrapped)
    key.fill(0)
    if (content === undefined) return undefined
    const dataKeys: DataKey[] = []
    for (let at = KEY_LENGTH; at < content.length; at += 4 + KEY_LENGTH) {
      const bytes = content.subarray(at + 4, at + 4 + KEY_LENGTH)
      dataKeys.push({ id: readUint32(content.subarray(at)), key: Secret.copy(bytes) })
    }
    const cipher = new StoreCipher(Secret.copy(content.subarray(0, KEY_LENGTH)), dataKeys)
    content.fill(0)
    return cipher
  }

  get #newest(): DataKey {
    return this.#dataKeys[this.#dataKeys.length - 1] as DataKey
  }

  #bound(id: number, name: string): Bytes {
    return boundTo(id, this.hideName(name))
  }

  #hideSegment(path: string): string {
    const known = this.#segments.get(path)
    if (known !== undefined) return known
    const hidden = toHex(hmac.sha256(expose(this.#nameKey), NAME_KEY, utf8(path)).subarray(0, SEGMENT_LENGTH))
    if (this.#segments.size >= MOST_REMEMBERED) this.#segments.clear()
    this.#segments.set(path, hidden)
    return hidden
  }
}

/** What a sealed value is bound to: it opens nowhere else. */
function boundTo(id: number, hidden: string): Bytes {
  return concatBytes(uint32(id), utf8(hidden))
}

function idOf(sealed: Uint8Array): number {
  return readUint32(sealed)
}

function openOrNothing(key: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Bytes | undefined {
  if (sealed.length < NONCE_LENGTH + TAG_LENGTH) return undefined
  try {
    const cipher = xchacha20poly1305(key, sealed.subarray(0, NONCE_LENGTH), bound)
    return cipher.decrypt(sealed.subarray(NONCE_LENGTH)) as Bytes
  } catch (error) {
    // noble has no other way to say that the tag is wrong.
    passFault(error)
    return undefined
  }
}

function uint32(value: number): Bytes {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

function readUint32(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}
