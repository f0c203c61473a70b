/**
 * Sees every key that encrypts a message body, so that a test can prove that none served two messages that left. Knows nothing of
 * ratchets: it compares what reaches AES, cipher key and IV, by the ciphertext that came of it.
 */
import { platform } from '#platform'
import { type Envelope, serializeEnvelope } from '../../../src/index.js'
import { signalMessageOf } from '../forge.js'

const encrypt = platform.aesCbcEncrypt
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Follows one world. What was encrypted and never left (a lost race, a crash before the write) may share its key with what did. */
export class KeyWatch {
  static #active: KeyWatch | undefined
  /** Cipher key and IV by ciphertext. */
  readonly #keys = new Map<string, string>()
  /** The message that a key served, and the message at a place of a ratchet chain. */
  readonly #served = new Map<string, string>()

  /** Begins to look; the watch before this one sees nothing any more. `past` is what this one remembers. */
  static begin(past?: KeyWatch): KeyWatch {
    const watch = new KeyWatch()
    for (const [ciphertext, key] of past === undefined ? [] : past.#keys) watch.#keys.set(ciphertext, key)
    for (const [name, message] of past === undefined ? [] : past.#served) watch.#served.set(name, message)
    KeyWatch.#active = watch
    Object.assign(platform, {
      aesCbcEncrypt: (key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array) => {
        const ciphertext = encrypt(key, iv, plaintext)
        const active = KeyWatch.#active
        if (active !== undefined) active.#keys.set(text(ciphertext), text(key) + text(iv))
        return ciphertext
      },
    })
    return watch
  }

  /** Puts everything back. */
  static end(): void {
    KeyWatch.#active = undefined
    Object.assign(platform, { aesCbcEncrypt: encrypt })
  }

  /** How many messages left. */
  get released(): number {
    return this.#served.size / 2
  }

  /** Cipher key and IV of a message that left, as text to compare. */
  keyOf(envelope: Envelope): string | undefined {
    return this.#keys.get(text(signalMessageOf(envelope).ciphertext))
  }

  /**
   * Notes that a message left, or that it leaves again, the same bytes as before.
   *
   * @throws Error if its key, or its place in a chain, served another message before.
   */
  release(envelope: Envelope): void {
    const { ratchetKey, counter } = signalMessageOf(envelope)
    const message = text(serializeEnvelope(envelope))
    const key = this.keyOf(envelope)
    if (key === undefined) throw new Error('a message left that was encrypted nowhere')
    this.#claim(`key ${key}`, message, 'one message key for two messages')
    this.#claim(`place ${text(ratchetKey)} ${counter}`, message, `counter ${counter} of one chain for two messages`)
  }

  #claim(name: string, message: string, failure: string): void {
    const before = this.#served.get(name)
    if (before !== undefined && before !== message) throw new Error(`key reuse: ${failure}`)
    this.#served.set(name, message)
  }
}
