/**
 * What is on its way out, in order for each recipient, on disk. A message enters as plaintext; the commit that advances the ratchet
 * puts the envelope in its place; it leaves when the relay has it. After a crash the same envelope is sent again, never another one
 * made from the same plaintext, and the recipient recognises it. Knows no format of messages.
 */
import {
  type AppRecords,
  type Client,
  type DeviceAddress,
  type Envelope,
  type ErrorDetails,
  isBisikError,
  type KeyStore,
  type PreKeyBundle,
} from 'bisik'
import { readRecords, writeRecords } from './account.js'
import type { Link } from './link.js'
import { decodeItem, encodeItem, type Item } from './outbox-record.js'
import { isRefused } from './refusals.js'
import type { RelayApi } from './relay-api.js'
import type { Sealing } from './sealing.js'

export type UntrustedIdentity = ErrorDetails['untrusted-identity']

export interface OutboxOptions {
  readonly client: Client
  readonly store: KeyStore
  readonly api: RelayApi
  readonly link: Link
  readonly sealing: Sealing
  /** A certificate to seal with, however long it takes to get one. */
  readonly certify: () => Promise<Uint8Array>
  /** Ends all sending. */
  readonly signal: AbortSignal
  /** Records that join the commit which encrypts. */
  readonly sealed?: ((tag: string, envelope: Envelope) => AppRecords) | undefined
  /** Records that join the commit which takes a message out, when the relay has it. @param named - whether it was told who sends it. */
  readonly settled?: ((tag: string, named: boolean) => AppRecords) | undefined
  /** The relay has the message. */
  readonly sent: (to: DeviceAddress, tag: string) => void
  /** The recipient's key changed: nothing is sent there until {@link Outbox.resume}. */
  readonly blocked: (details: UntrustedIdentity) => void
  /** The message cannot be sent at all, and is dropped. */
  readonly failed: (to: DeviceAddress, tag: string, error: Error) => void
}

interface Lane {
  readonly to: DeviceAddress
  readonly items: Item[]
  busy: boolean
  blocked: boolean
}

/** What passes by itself: these messages wait for so many milliseconds at least. */
const PASSING: readonly string[] = ['certificate-expired', 'store-contention', 'store-failed']
const PASSING_AT_RELAY: readonly string[] = ['quota-exceeded', 'not-found', 'unauthorized']
const PASSING_WAIT = 3_000

function passes(error: unknown): boolean {
  return isRefused(error) ? PASSING_AT_RELAY.includes(error.code) : isBisikError(error) && PASSING.includes(error.code)
}

export class Outbox {
  readonly #options: OutboxOptions
  readonly #lanes = new Map<string, Lane>()
  #waiting = 0
  #next = 0
  #added: Promise<void> = Promise.resolve()
  #watchers: (() => void)[] = []

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Takes up what is on disk, once, before anything else. Sending begins with {@link Outbox.start}. */
  async load(): Promise<void> {
    for (const [name, value] of await readRecords(this.#options.store, 'outbox')) {
      const [, user = '', device, number] = name.split('/')
      this.#enqueue({ user, device: Number(device) }, { name, ...decodeItem(value) })
      this.#next = Math.max(this.#next, Number(number) + 1)
    }
  }

  /** How many messages the relay does not have yet. */
  get waiting(): number {
    return this.#waiting
  }

  /** The tags of the messages that the relay does not have yet. */
  tags(): string[] {
    return [...this.#lanes.values()].flatMap(({ items }) => items.map(({ tag }) => tag))
  }

  start(): void {
    for (const lane of this.#lanes.values()) this.#kick(lane)
  }

  /** Adds a message: it is safe once this resolves. @param records - join the commit. */
  add(to: DeviceAddress, plaintext: Uint8Array, tag: string, records: AppRecords = new Map()): Promise<void> {
    const name = this.#nextName(to)
    // One after the other, and into the lane only when it is on disk: what is sent is never older than what was encrypted.
    const added = this.#added.then(async () => {
      const item = (await this.#sealAtOnce(to, { name, tag, plaintext, records })) ?? { name, tag, content: { plaintext } }
      if ('plaintext' in item.content) await writeRecords(this.#options.store, new Map([...records, [name, encodeItem(item)]]))
      this.#kick(this.#enqueue(to, item))
    })
    this.#added = added.catch(() => undefined)
    return added
  }

  /**
   * Adds envelopes that the library has made, within the commit of the operation that made them.
   *
   * @returns `records`: to be called in that commit, maybe more than once; `enter`: after it, with those that the operation returned. Others
   *          were made in a run that was not committed, and must not go out.
   */
  ready(
    to: DeviceAddress,
    tag: string,
  ): { readonly records: (envelopes: readonly Envelope[]) => AppRecords; readonly enter: (committed: readonly Envelope[]) => void } {
    const names = new Map<Envelope, string>()
    return {
      records: (envelopes) => {
        return new Map(
          envelopes.map((envelope) => {
            const name = this.#nextName(to)
            names.set(envelope, name)
            return [name, encodeItem({ tag, content: { envelope } })]
          }),
        )
      },
      enter: (committed) => {
        for (const envelope of committed) {
          const name = names.get(envelope)
          if (name !== undefined) this.#enqueue(to, { name, tag, content: { envelope } })
        }
        this.#kick(this.#lane(to))
      },
    }
  }

  /** Sends nothing to a recipient until {@link Outbox.resume}. */
  block(to: DeviceAddress): void {
    this.#lane(to).blocked = true
  }

  /** Goes on sending to a recipient whose key change was accepted. */
  resume(to: DeviceAddress): void {
    const lane = this.#lane(to)
    lane.blocked = false
    this.#kick(lane)
  }

  /** Resolves when no more than `count` messages wait. */
  async atMost(count: number): Promise<void> {
    while (this.#waiting > count) await new Promise<void>((resolve) => this.#watchers.push(resolve))
  }

  #nextName(to: DeviceAddress): string {
    return `outbox/${to.user}/${to.device}/${String(this.#next++).padStart(12, '0')}`
  }

  #lane(to: DeviceAddress): Lane {
    const key = `${to.user}/${to.device}`
    const lane = this.#lanes.get(key) ?? { to, items: [], busy: false, blocked: false }
    this.#lanes.set(key, lane)
    return lane
  }

  #enqueue(to: DeviceAddress, item: Item): Lane {
    const lane = this.#lane(to)
    lane.items.push(item)
    this.#waiting++
    return lane
  }

  #kick(lane: Lane): void {
    if (!lane.busy) void this.#run(lane)
  }

  async #run(lane: Lane): Promise<void> {
    const { link, signal } = this.#options
    lane.busy = true
    for (let item = lane.items[0]; item !== undefined && !lane.blocked && !signal.aborted; item = lane.items[0]) {
      try {
        await this.#send(lane, item)
      } catch (error) {
        if (signal.aborted) break
        if (isBisikError(error, 'untrusted-identity')) {
          this.block(lane.to)
          this.#options.blocked(error.details)
        } else if (passes(error)) {
          await link.sleep(Math.max(PASSING_WAIT, isRefused(error) ? (error.retryAfter ?? 0) : 0))
        } else {
          await this.#remove(lane, item)
          this.#options.failed(lane.to, item.tag, error instanceof Error ? error : new Error(String(error)))
        }
      }
    }
    lane.busy = false
  }

  async #send(lane: Lane, item: Item): Promise<void> {
    const { to } = lane
    const { link, sent, settled } = this.#options
    const envelope = 'envelope' in item.content ? item.content.envelope : await this.#seal(to, item, item.content.plaintext)
    const named = await link.untilReached(() => this.#deliver(to, envelope))
    await this.#remove(lane, item, settled?.(item.tag, named))
    sent(to, item.tag)
  }

  /** Gives the relay an envelope, without a name if it can be. @returns whether the relay was told who sends it. */
  async #deliver(to: DeviceAddress, envelope: Envelope): Promise<boolean> {
    const { api, sealing } = this.#options
    const accessKey = sealing.accessKeyOf(to)
    if (envelope.kind === 'sealed' && accessKey !== undefined) {
      try {
        await api.sendSealed(to, accessKey, envelope)
        return false
      } catch (error) {
        if (!isRefused(error, 'unauthorized')) throw error
        await sealing.forget(to)
      }
    }
    await api.send(to, envelope)
    return true
  }

  /** Encrypts a new message in the commit that adds it, if nothing is in the way: one commit less, for all but the first message. */
  async #sealAtOnce(
    to: DeviceAddress,
    o: { name: string; tag: string; plaintext: Uint8Array; records: AppRecords },
  ): Promise<Item | undefined> {
    const { items, blocked } = this.#lane(to)
    const seal = this.#options.sealing.certificate
    if (blocked || seal === undefined || items.some(({ content }) => 'plaintext' in content)) return undefined
    const { name, tag, plaintext, records } = o
    try {
      return { name, tag, content: { envelope: await this.#encrypt(to, { name, tag }, { plaintext, records, seal }) } }
    } catch (error) {
      // Its turn comes when there is a session, and when the user has decided.
      if (isBisikError(error, 'no-session') || isBisikError(error, 'untrusted-identity')) return undefined
      throw error
    }
  }

  async #seal(to: DeviceAddress, item: Item, plaintext: Uint8Array): Promise<Envelope> {
    const seal = await this.#options.certify()
    const encrypt = () => this.#encrypt(to, item, { plaintext, records: new Map(), seal })
    const envelope = await encrypt().catch(async (error: unknown) => {
      // An identity that was accepted needs a new session too: the old one belongs to the old key.
      if (!isBisikError(error, 'no-session') && !isBisikError(error, 'untrusted-identity')) throw error
      await this.#startSession(to)
      return encrypt()
    })
    item.content = { envelope }
    return envelope
  }

  #encrypt(
    to: DeviceAddress,
    { name, tag }: Pick<Item, 'name' | 'tag'>,
    { plaintext, records, seal }: { readonly plaintext: Uint8Array; readonly records: AppRecords; readonly seal: Uint8Array },
  ): Promise<Envelope> {
    const { client, sealed, sealing } = this.#options
    const content = { application: plaintext, accessKey: sealing.accessKey }
    return client.encryptContent(to, content, {
      seal,
      contentHint: 'resendable',
      persist: (envelope) => new Map([...records, [name, encodeItem({ tag, content: { envelope } })], ...(sealed?.(tag, envelope) ?? [])]),
    })
  }

  async #startSession(to: DeviceAddress): Promise<void> {
    await this.#options.client.startSession(await this.fetchBundle(to))
  }

  async fetchBundle(of: DeviceAddress): Promise<PreKeyBundle> {
    const { api, link } = this.#options
    return link.untilReached(() => api.fetchBundle(of))
  }

  async #remove(lane: Lane, item: Item, records: AppRecords = new Map()): Promise<void> {
    await writeRecords(this.#options.store, new Map([...records, [item.name, null]]))
    lane.items.splice(lane.items.indexOf(item), 1)
    this.#waiting--
    const watchers = this.#watchers
    this.#watchers = []
    for (const watcher of watchers) watcher()
  }
}
