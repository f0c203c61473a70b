/**
 * What the chat and the demo have in common: an account at a relay, with an outbox and an inbox that survive crashes on both sides.
 * Knows no format of messages; the program brings it.
 */
import { type DeviceAddress, isBisikError, type Received } from 'bisik'
import type { OpenAccount } from './account.js'
import { Inbox, type InboxOptions } from './inbox.js'
import { Link, type LinkState } from './link.js'
import { receiveMail } from './mailbox-stream.js'
import { Outbox, type OutboxOptions, type UntrustedIdentity } from './outbox.js'
import { RelayApi } from './relay-api.js'

/** What a program wants to hear. Everything is reported after the commit that makes it true. */
export type MessengerEvents = Pick<InboxOptions, 'keep' | 'received' | 'duplicate' | 'unreadable'> &
  Pick<OutboxOptions, 'sealed' | 'sent' | 'failed'> & {
    /** Nothing comes from this peer's new key and nothing goes to it until {@link Messenger.accept}. */
    readonly keyChanged: (details: UntrustedIdentity) => void
    readonly relay: (state: LinkState) => void
  }

export interface MessengerOptions {
  readonly account: OpenAccount
  /** The name under which others find this account. */
  readonly name: string
  readonly relayUrl: string
  /** The keys are newer than the account, so the relay must be told. */
  readonly newKeys?: boolean
  readonly events: MessengerEvents
}

/** So many one-time prekeys are published when fewer than the second number are left. */
const PRE_KEYS = 50
const LOW_WATER = 20

export class Messenger {
  /** What is on its way out. */
  readonly outbox: Outbox
  readonly #options: MessengerOptions
  readonly #inbox: Inbox
  readonly #api: RelayApi
  readonly #link: Link
  readonly #end: AbortController
  /** Keys that were presented and not accepted, by address. */
  readonly #presented = new Map<string, Uint8Array>()

  private constructor(options: MessengerOptions, link: Link, end: AbortController) {
    this.#options = options
    this.#link = link
    this.#end = end
    const { account, events } = options
    const { client, store } = account
    this.#api = new RelayApi(options.relayUrl, account.token)
    const keyChanged = (details: UntrustedIdentity) => this.#keyChanged(details)
    const received = (message: Received) => {
      if (message.notices.some(({ kind }) => kind === 'pre-keys-low')) void this.#replenish()
      return events.received(message)
    }
    this.#inbox = new Inbox({ ...events, client, store, keyChanged, received })
    this.outbox = new Outbox({ ...events, client, store, api: this.#api, link, signal: end.signal, blocked: keyChanged })
  }

  static async open(options: MessengerOptions): Promise<Messenger> {
    const end = new AbortController()
    const messenger = new Messenger(options, new Link(options.events.relay, end.signal), end)
    await messenger.outbox.load()
    return messenger
  }

  /** Whether the relay could not be reached the last time. */
  get relayAway(): boolean {
    return this.#link.away
  }

  /**
   * Makes the account known to the relay, however long that takes. Repeating it is harmless.
   *
   * @throws BisikError `already-taken` if the name is somebody else's, or the address is.
   */
  introduce(): Promise<void> {
    return this.#link.untilReached(() => this.#register())
  }

  /** Begins to send and to receive. */
  async start(): Promise<void> {
    await this.#inbox.release()
    this.outbox.start()
    void receiveMail({
      api: this.#api,
      link: this.#link,
      signal: this.#end.signal,
      // A relay may have lost its database, and must then be told again who we are.
      introduce: () => this.#stockUp().catch((error) => (isBisikError(error, 'unauthorized') ? this.#register() : Promise.reject(error))),
      take: (envelope, sequence) => this.#inbox.take(envelope, sequence),
    })
  }

  /** Finds who goes by a name. @throws BisikError `not-found`, `quota-exceeded`, `invalid-argument`; RelayAway. */
  async find(name: string): Promise<DeviceAddress> {
    return { user: await this.#api.findName(name), device: 1 }
  }

  /** Accepts the key that a peer presented last. @returns `false` if there is nothing to accept. */
  async accept(peer: DeviceAddress): Promise<boolean> {
    const identity = this.#presented.get(keyOf(peer))
    if (identity === undefined) return false
    await this.#options.account.client.acceptIdentity(peer, identity, 'accepted')
    this.#presented.delete(keyOf(peer))
    await this.#inbox.release(peer)
    this.outbox.resume(peer)
    return true
  }

  /** Starts a new session with a peer whose messages cannot be opened any more. @returns whether there is one. */
  async startOver(peer: DeviceAddress): Promise<boolean> {
    try {
      await this.outbox.startSession(peer)
      return true
    } catch (error) {
      if (isBisikError(error, 'untrusted-identity')) this.#keyChanged(error.details)
      return false
    }
  }

  /** Ends all sending and receiving; what is not done is done after the next start. */
  close(): void {
    this.#end.abort()
  }

  async #register(): Promise<void> {
    const { account, name, newKeys } = this.#options
    const { address, identityKey } = account.client
    if (newKeys) {
      await this.#api.replaceIdentity(identityKey).catch((error: unknown) => {
        // A relay that never knew the account will know it by the new key from the start.
        if (!isBisikError(error, 'unauthorized')) throw error
      })
    }
    await this.#api.register(address, identityKey)
    await this.#api.claimName(name)
    await this.#stockUp()
  }

  /** @throws BisikError `unauthorized` if the relay does not know the account. */
  async #stockUp(): Promise<void> {
    const { oneTimePreKeys } = await this.#api.preKeyCounts()
    if (oneTimePreKeys < LOW_WATER) await this.#api.publish(await this.#options.account.client.generatePreKeys(PRE_KEYS))
  }

  async #replenish(): Promise<void> {
    try {
      await this.#link.untilReached(() => this.#stockUp())
    } catch {
      // The program ends, or the relay refuses: the next connection looks after it.
    }
  }

  #keyChanged(details: UntrustedIdentity): void {
    const key = keyOf(details)
    const known = this.#presented.get(key)
    this.#presented.set(key, details.presented)
    this.outbox.block(details)
    if (known === undefined || Buffer.compare(known, details.presented) !== 0) this.#options.events.keyChanged(details)
  }
}

function keyOf({ user, device }: DeviceAddress): string {
  return `${user}/${device}`
}
