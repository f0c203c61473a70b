/**
 * What comes in: each envelope is decrypted in one commit with the records that the program wants to keep of it, and only then
 * reported. An envelope under a changed key is held back, on disk, until the user has decided. Knows no format of messages.
 */
import {
  type AppRecords,
  type Client,
  type DeviceAddress,
  type Envelope,
  type ErrorCode,
  isBisikError,
  type KeyStore,
  type NamedEnvelope,
  parseEnvelope,
  type Received,
  serializeEnvelope,
} from 'bisik'
import { readRecords, writeRecords } from './account.js'
import type { UntrustedIdentity } from './outbox.js'

export interface InboxOptions {
  readonly client: Client
  readonly store: KeyStore
  /** Records that join the commit of a message. May be called more than once for one message, so it changes nothing. */
  readonly keep: (received: Received) => AppRecords
  /** A message was opened and committed. */
  readonly received: (received: Received) => void | Promise<void>
  /** The message was here before: sent again after a crash on one side or the other. */
  readonly duplicate: (sender: DeviceAddress) => void
  /** The sender's key changed; messages under the new one are held back until {@link Inbox.release}. */
  readonly keyChanged: (details: UntrustedIdentity) => void
  /** A message that cannot be opened, now or ever. */
  readonly unreadable: (sender: DeviceAddress, code: ErrorCode) => void | Promise<void>
}

export class Inbox {
  readonly #options: InboxOptions

  constructor(options: InboxOptions) {
    this.#options = options
  }

  /** Takes one envelope in: when this resolves, it need not come again. @throws if the store failed. */
  async take(envelope: Envelope, sequence: number): Promise<void> {
    // This relay's envelopes all say who sent them, and this program has its own way to ask for something again.
    if (envelope.kind === 'sealed' || envelope.kind === 'plaintext') return
    const { user, device } = envelope.sender
    const opened = await this.#open(envelope, [])
    if (opened) return
    const name = `held/${user}/${device}/${String(sequence).padStart(12, '0')}`
    await writeRecords(this.#options.store, new Map([[name, serializeEnvelope(envelope)]]))
  }

  /** Tries what is held back again, of one sender or of all. */
  async release(sender?: DeviceAddress): Promise<void> {
    const prefix = sender === undefined ? 'held' : `held/${sender.user}/${sender.device}`
    for (const [name, value] of await readRecords(this.#options.store, prefix)) {
      const envelope = parseEnvelope(value)
      const opened = envelope.kind === 'sealed' || envelope.kind === 'plaintext' || (await this.#open(envelope, [[name, null]]))
      // What is not for us to read is gone too; only what still waits for a decision stays.
      if (opened) await writeRecords(this.#options.store, new Map([[name, null]]))
    }
  }

  /** @returns `false` if the envelope must be held back. */
  async #open(envelope: NamedEnvelope, records: readonly (readonly [string, null])[]): Promise<boolean> {
    const { client, keep, received, duplicate, keyChanged, unreadable } = this.#options
    let message: Received
    try {
      message = await client.decrypt(envelope, { persist: (opened) => new Map([...records, ...keep(opened)]) })
    } catch (error) {
      if (!isBisikError(error) || error.code === 'store-failed' || error.code === 'store-contention') throw error
      if (isBisikError(error, 'untrusted-identity')) {
        keyChanged(error.details)
        return false
      }
      if (error.code === 'duplicate-message') duplicate(envelope.sender)
      else await unreadable(envelope.sender, error.code)
      return true
    }
    await received(message)
    return true
  }
}
