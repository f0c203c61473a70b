/**
 * Encrypts and opens one message body under a key that serves once: AES-256-CBC, then eight bytes of HMAC-SHA-256.
 * Knows neither where the key comes from nor what the authenticated bytes mean.
 */
import { platform } from '#platform'
import { type Bytes, equalBytes, utf8 } from '../bytes.js'
import { BisikError } from '../errors.js'
import { hkdfBlocks } from './kdf.js'
import { expose, type Secret } from './secret.js'

/**
 * What a body is opened with: the 32-byte seed of a message, or the 80 bytes derived from one (cipher key 32, MAC key 32, IV 16),
 * which releases of libsignal before 0.67.2 stored for skipped messages.
 */
export type MessageKeySource = Secret<'MessageSeed'> | Secret<'ExpandedMessageKeys'>

const TAG_LENGTH = 8

const EXPANDED_LENGTH = 80
const INFO = utf8('WhisperMessageKeys')

/** The keys of the message that is being encrypted or opened; zeroed after that. */
const expanded = new Uint8Array(EXPANDED_LENGTH)
const cipherKey = expanded.subarray(0, 32)
const macKey = expanded.subarray(32, 64)
const iv = expanded.subarray(64)
const blocks = [cipherKey, macKey, iv] as const

/** A body that is encrypted, and to be authenticated. Only one at a time. */
export interface Encrypting {
  /** A positive multiple of 16 bytes. */
  readonly ciphertext: Bytes
  /** The 8 bytes of the tag over the parts given, in order. */
  tag(macInput: readonly Uint8Array[]): Bytes
  /** Wipes the keys; whatever happened. */
  end(): void
}

/**
 * Encrypts a message body, so that what is to be sent can be authenticated.
 *
 * Spec: libsignal wire, "KDFs" and "SignalMessage bytes"; differs: none.
 *
 * @param body - `seed`: secret, 32 bytes, consumed: it is wiped whatever happens; `pqKey`: secret salt of the derivation, 32 bytes,
 *        not modified.
 * @throws BisikError `internal` if the seed was used before: key and IV come from it, a second use would repeat both.
 */
export function beginEncrypting(body: {
  readonly seed: Secret<'MessageSeed'>
  readonly pqKey?: Secret<'PqMessageKey'> | undefined
  readonly plaintext: Uint8Array
}): Encrypting {
  let isOver = false
  const end = (): void => {
    isOver = true
    expanded.fill(0)
  }
  const tag = (macInput: readonly Uint8Array[]): Bytes => {
    if (isOver) throw new BisikError('internal', { reason: 'a tag under keys that are gone' })
    return tagOf(macInput)
  }
  try {
    hkdfBlocks(body.pqKey, [body.seed], INFO, blocks)
    return { ciphertext: platform.aesCbcEncrypt(cipherKey, iv, body.plaintext), tag, end }
  } catch (error) {
    end()
    throw error
  } finally {
    body.seed.wipe()
  }
}

/**
 * Checks a message's tag and decrypts its body.
 *
 * Spec: libsignal wire, "KDFs" and "SignalMessage bytes"; differs: none.
 *
 * @param o - `source`: secret, not consumed: a forgery must not burn the key of the honest message; `pqKey`: as in
 *        {@link beginEncrypting}, absent with expanded keys; `macInput`: the bytes received, in order; `tag`: 8 bytes.
 * @returns the plaintext; the caller owns it.
 * @throws BisikError `authentication-failed` if the tag is wrong or, behind a right tag, the padding: one error for both.
 */
export function openOnce(o: {
  readonly source: MessageKeySource
  readonly pqKey?: Secret<'PqMessageKey'> | undefined
  readonly ciphertext: Uint8Array
  readonly macInput: readonly Uint8Array[]
  readonly tag: Uint8Array
}): Bytes {
  try {
    expand(o.source, o.pqKey)
    const plaintext = equalBytes(tagOf(o.macInput), o.tag) ? platform.aesCbcDecrypt(cipherKey, iv, o.ciphertext) : undefined
    if (plaintext === undefined) throw new BisikError('authentication-failed', {})
    return plaintext
  } finally {
    expanded.fill(0)
  }
}

function expand(source: MessageKeySource, pqKey: Secret<'PqMessageKey'> | undefined): void {
  const bytes = expose(source)
  if (bytes.length !== EXPANDED_LENGTH) hkdfBlocks(pqKey, [source], INFO, blocks)
  else if (pqKey === undefined) expanded.set(bytes)
  else throw new BisikError('internal', { reason: 'expanded message keys cannot take a post-quantum key' })
}

function tagOf(macInput: readonly Uint8Array[]): Bytes {
  return platform.hmacTag(TAG_LENGTH, macKey, ...macInput)
}
