/**
 * What the chat and the demo have in common: an account at a relay, with an outbox and an inbox that survive crashes on both sides.
 * Knows no format of messages; the program brings it.
 */
import type { DeviceAddress, Fingerprint, PreKeyUpload, ReceivedContent } from 'bisik'
import { type OpenAccount, readRecord, writeRecords } from './account.js'
import { Inbox, type InboxOptions } from './inbox.js'
import { Link, type LinkState } from './link.js'
import { receiveMail } from './mailbox-stream.js'
import { Outbox, type OutboxOptions, type UntrustedIdentity } from './outbox.js'
import { isRefused } from './refusals.js'
import { RelayApi } from './relay-api.js'
import { NoCertificate, Sealing } from './sealing.js'

/** What a program wants to hear. Everything is reported after the commit that makes it true. */
export type MessengerEvents = Pick<InboxOptions, 'keep' | 'received' | 'duplicate' | 'unreadable' | 'answered'> &
  Pick<OutboxOptions, 'sealed' | 'settled' | 'sent' | 'failed'> & {
    /** Nothing comes from this peer's new key and nothing goes to it until {@link Messenger.accept} or {@link Messenger.verify}. */
    readonly keyChanged: (details: UntrustedIdentity) => void
    /** Sending and receiving have ended: the user must do something first. What was not sent is kept. */
    readonly stopped: (error: NoCertificate) => void
    readonly relay: (state: LinkState) => void
  }

export interface MessengerOptions {
  readonly account: OpenAccount
  /** The name under which others find this account. */
  readonly name: string
  readonly relayUrl: string
  /** The keys are newer than the account, so the relay must be told. */
  readonly newKeys?: boolean
  /** The relay's trust root, if the user has it from elsewhere; otherwise it is pinned at first contact. */
  readonly trustRoot?: Uint8Array | undefined
  readonly events: MessengerEvents
}

/** So many one-time prekeys are published when fewer than the second number are left. */
const PRE_KEYS = 50
const LOW_WATER = 20
/** Milliseconds after which the signed and the last-resort prekey are replaced. */
const PRE_KEY_LIFE = 2 * 24 * 60 * 60 * 1000
const ROTATED = 'pre-keys-rotated'
/** Milliseconds between two looks at prekeys and certificate while the connection holds. */
const UPKEEP = 60 * 60 * 1000

export class Messenger {
  /** What is on its way out. */
  readonly outbox: Outbox
  readonly #options: MessengerOptions
  readonly #inbox: Inbox
  readonly #api: RelayApi
  readonly #link: Link
  readonly #sealing: Sealing
  readonly #end: AbortController
  /** Keys that were presented and not accepted, by address. */
  readonly #presented = new Map<string, UntrustedIdentity>()

  private constructor(options: MessengerOptions, sealing: Sealing) {
    this.#options = options
    this.#sealing = sealing
    this.#end = new AbortController()
    const { signal } = this.#end
    const link = new Link(options.events.relay, signal)
    this.#link = link
    const { account, events } = options
    const { client, store } = account
    this.#api = new RelayApi(options.relayUrl, account.token)
    const keyChanged = (details: UntrustedIdentity) => this.#keyChanged(details)
    const received = (message: ReceivedContent) => {
      if (message.notices.some(({ kind }) => kind === 'pre-keys-low' || kind === 'no-one-time-key')) void this.#lookAfter()
      return events.received(message)
    }
    const certify = () => this.#certify()
    this.outbox = new Outbox({ ...events, client, store, sealing, api: this.#api, link, signal, certify, blocked: keyChanged })
    this.#inbox = new Inbox({ ...events, client, store, sealing, outbox: this.outbox, keyChanged, received })
  }

  static async open(options: MessengerOptions): Promise<Messenger> {
    const messenger = new Messenger(options, await Sealing.load(options.account.store, options.trustRoot))
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
   * @throws Refused `already-taken` if the name is somebody else's, or the address is; NoCertificate.
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
      introduce: () => this.#upkeep().catch((error) => (isRefused(error, 'unauthorized') ? this.#register() : Promise.reject(error))),
      take: (envelope, place) => this.#inbox.take(envelope, place),
    })
    const timer = setInterval(() => void this.#lookAfter(), UPKEEP)
    this.#end.signal.addEventListener('abort', () => clearInterval(timer))
  }

  /** Finds who goes by a name. @throws Refused `not-found`, `quota-exceeded`, `invalid-argument`; RelayAway. */
  async find(name: string): Promise<DeviceAddress> {
    return { user: await this.#api.findName(name), device: 1 }
  }

  /** What a peer presented last, if it waits for a decision. */
  presented(peer: DeviceAddress): UntrustedIdentity | undefined {
    return this.#presented.get(keyOf(peer))
  }

  /**
   * Accepts a peer's new key.
   *
   * @param key - the one that the user was shown.
   * @returns `false` if another waits for a decision by now, or none.
   */
  async accept(peer: DeviceAddress, key: Uint8Array): Promise<boolean> {
    const presented = this.presented(peer)
    if (presented === undefined || Buffer.compare(presented.presented, key) !== 0) return false
    await this.#options.account.client.acceptIdentity(peer, presented.presented, 'accepted')
    await this.#goOn(peer, presented)
    return true
  }

  /** The safety number with a peer: of the key that it presented last, if that is not accepted yet. @throws BisikError `no-session`. */
  fingerprint(peer: DeviceAddress): Promise<Fingerprint> {
    return this.#options.account.client.fingerprint(peer, this.presented(peer)?.presented)
  }

  /**
   * Compares {@link Messenger.fingerprint} with what the other side shows and, if it matches, marks the peer as verified; a key that
   * waits for a decision is accepted by that.
   */
  async verify(peer: DeviceAddress, theirs: Uint8Array | string): Promise<boolean> {
    const presented = this.presented(peer)
    const matches = await this.#options.account.client.verify(peer, theirs, presented?.presented)
    if (matches && presented !== undefined) await this.#goOn(peer, presented)
    return matches
  }

  /** Whether a peer's new key waits for a decision. */
  isUndecided(peer: DeviceAddress): boolean {
    return this.presented(peer) !== undefined
  }

  /** Whether the relay need not be told who sends the next message to a peer. */
  sendsUnnamed(peer: DeviceAddress): boolean {
    return this.#sealing.accessKeyOf(peer) !== undefined
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
        if (!isRefused(error, 'unauthorized')) throw error
      })
    }
    await this.#api.register(address, identityKey)
    await this.#api.claimName(name)
    await this.#upkeep()
  }

  /** Prekeys and certificate. @throws Refused `unauthorized` if the relay does not know the account; NoCertificate. */
  async #upkeep(): Promise<void> {
    const { client, store } = this.#options.account
    // What did not get there the last time goes first: until it is there, the relay hands out what was published before.
    const pending = await client.publication()
    if (pending !== undefined) await this.#publish(pending)
    const { oneTimePreKeys } = await this.#api.preKeyCounts()
    if (oneTimePreKeys < LOW_WATER) await this.#publish(await client.generatePreKeys(PRE_KEYS))
    const rotated = await readRecord(store, ROTATED)
    if (rotated === undefined || Date.now() - Number(Buffer.from(rotated)) > PRE_KEY_LIFE) {
      // The first ones are new. Those of later on are published before the time is noted: a crash in between costs another rotation.
      if (rotated !== undefined) await this.#publish(await client.rotatePreKeys())
      await writeRecords(store, new Map([[ROTATED, new Uint8Array(Buffer.from(String(Date.now())))]]))
    }
    await this.#renew()
  }

  async #publish(upload: PreKeyUpload): Promise<void> {
    await this.#api.publish(upload)
    await this.#options.account.client.published(upload)
  }

  async #renew(): Promise<void> {
    try {
      await this.#sealing.renew(this.#api, this.#options.account.client)
    } catch (error) {
      if (error instanceof NoCertificate && !this.#end.signal.aborted) {
        this.close()
        this.#options.events.stopped(error)
      }
      throw error
    }
  }

  async #certify(): Promise<Uint8Array> {
    for (;;) {
      const { certificate } = this.#sealing
      if (certificate !== undefined) return certificate
      await this.#link.untilReached(() => this.#renew())
    }
  }

  /** As {@link Messenger.#upkeep}, in the background. */
  async #lookAfter(): Promise<void> {
    try {
      await this.#link.untilReached(() => this.#upkeep())
    } catch {
      // The program ends, or the relay refuses: the next connection looks after it.
    }
  }

  /** A peer's new key is accepted: what was held back comes and goes. */
  async #goOn(peer: DeviceAddress, accepted: UntrustedIdentity): Promise<void> {
    // Another may have come meanwhile: that one is not decided.
    if (this.presented(peer) === accepted) this.#presented.delete(keyOf(peer))
    await this.#inbox.release(peer)
    this.outbox.resume(peer)
  }

  #keyChanged(details: UntrustedIdentity): void {
    const key = keyOf(details)
    const known = this.#presented.get(key)
    this.outbox.block(details)
    if (known !== undefined && Buffer.compare(known.presented, details.presented) === 0) return
    this.#presented.set(key, details)
    this.#options.events.keyChanged(details)
  }
}

function keyOf({ user, device }: DeviceAddress): string {
  return `${user}/${device}`
}
