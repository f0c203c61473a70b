/**
 * What comes in: each envelope is opened in one commit with the records that the program wants to keep of it, and only then reported.
 * One under a changed key is held back, on disk, until the user has decided; one that does not open is asked for again; who asks is
 * answered. Knows no format of messages.
 */
import {
  type AppRecords,
  BisikError,
  type Client,
  type DeviceAddress,
  type Diagnosis,
  type Envelope,
  epochMillis,
  type Incoming,
  isBisikError,
  type KeyStore,
  type Notice,
  parseEnvelope,
  type ReceivedContent,
  type ReceivedRetryRequest,
} from 'bisik'
import { readRecords, writeRecords } from './account.js'
import { isUser } from './answers.js'
import type { Place } from './mailbox-stream.js'
import type { Outbox, UntrustedIdentity } from './outbox.js'
import { isRefused } from './refusals.js'
import type { Sealing } from './sealing.js'

/** A message that did not open. */
export interface Unreadable {
  /** Nobody is known who sent it if it is sealed for other keys than ours. */
  readonly sender: DeviceAddress | undefined
  readonly error: BisikError
  /** Why, as far as this device can tell. */
  readonly diagnosis: Diagnosis | undefined
  /** Whether its sender was asked to send it again; that happens once an hour. */
  readonly asked: boolean
  /** Its seal says that nobody would miss it: there is nothing to tell the user. */
  readonly negligible: boolean
}

export interface InboxOptions {
  readonly client: Client
  readonly store: KeyStore
  readonly sealing: Sealing
  readonly outbox: Outbox
  /** Records that join the commit of a message. May be called more than once for one message, so it changes nothing. */
  readonly keep: (received: ReceivedContent) => AppRecords
  /** A message was opened and committed. */
  readonly received: (received: ReceivedContent) => void | Promise<void>
  /** The message was here before: sent again after a crash on one side or the other. */
  readonly duplicate: () => void
  /** The sender's key changed; messages under the new one are held back until {@link Inbox.release}. */
  readonly keyChanged: (details: UntrustedIdentity) => void
  /** A message that cannot be opened. */
  readonly unreadable: (unreadable: Unreadable) => void
  /** A peer could not open something, and so much was sent again; nothing if it had asked lately, or nothing is kept. */
  readonly answered: (peer: DeviceAddress, count: number, notices: readonly Notice[]) => void
}

const NO_RECORDS: AppRecords = new Map()
const PASSING = ['store-failed', 'store-contention']

export class Inbox {
  readonly #options: InboxOptions

  constructor(options: InboxOptions) {
    this.#options = options
  }

  /** Takes one serialized envelope in: when this resolves, it need not come again. @throws if the store failed. */
  async take(bytes: Uint8Array, { sequence, receivedAt }: Place): Promise<void> {
    const envelope = this.#parse(bytes)
    if (envelope === undefined) return
    const untrusted = await this.#open(envelope, receivedAt, NO_RECORDS)
    if (untrusted === undefined) return
    const name = `held/${untrusted.user}/${untrusted.device}/${String(sequence).padStart(12, '0')}-${receivedAt}`
    await writeRecords(this.#options.store, new Map([[name, new Uint8Array(bytes)]]))
  }

  /** Tries what is held back again, of one sender or of all. */
  async release(sender?: DeviceAddress): Promise<void> {
    const prefix = sender === undefined ? 'held' : `held/${sender.user}/${sender.device}`
    for (const [name, value] of await readRecords(this.#options.store, prefix)) {
      const receivedAt = Number(name.split('-').at(-1))
      const untrusted = await this.#open(parseEnvelope(value), receivedAt, new Map([[name, null]]))
      // What is not for us to read is gone too; only what still waits for a decision stays.
      if (untrusted === undefined) await writeRecords(this.#options.store, new Map([[name, null]]))
    }
  }

  /** What cannot even be parsed is reported and gone: it would stand before all others for ever. */
  #parse(bytes: Uint8Array): Envelope | undefined {
    try {
      const envelope = parseEnvelope(bytes)
      if (envelope.sender === undefined || isUser(envelope.sender.user)) return envelope
      throw noSuchUser()
    } catch (error) {
      if (!isBisikError(error)) throw error
      this.#options.unreadable({ sender: undefined, error, diagnosis: undefined, asked: false, negligible: false })
      return undefined
    }
  }

  /** @param records - join the commit. @returns whose key must be accepted first, if that is so. */
  async #open(envelope: Envelope, receivedAt: number, records: AppRecords): Promise<UntrustedIdentity | undefined> {
    const { client, sealing, outbox, received, duplicate, keyChanged, unreadable } = this.#options
    let request: ReturnType<Outbox['ready']> | undefined
    let incoming: Incoming
    try {
      incoming = await client.decryptContent(envelope, {
        trustRoots: sealing.trustRoots,
        receivedAt: epochMillis(receivedAt),
        seal: sealing.certificate,
        persist: (one) => {
          if (!isUser(one.sender.user)) return records
          if (one.kind === 'content') return new Map([...records, ...this.#recordsOf(one)])
          if (one.kind !== 'unreadable' || one.request === undefined) return records
          request = outbox.ready(one.sender, 'request')
          return new Map([...records, ...request.records([one.request])])
        },
      })
      if (incoming.kind === 'retry-request' && isUser(incoming.sender.user)) await this.#answer(incoming)
    } catch (error) {
      if (!isBisikError(error) || PASSING.includes(error.code)) throw error
      if (isBisikError(error, 'untrusted-identity')) {
        keyChanged(error.details)
        return error.details
      }
      if (error.code === 'duplicate-message') duplicate()
      else unreadable({ ...whyNot(error, envelope.sender), asked: false })
      return undefined
    }
    // A name is part of the names of our records, and stands on the screen.
    if (!isUser(incoming.sender.user))
      unreadable({ sender: undefined, error: noSuchUser(), diagnosis: undefined, asked: false, negligible: false })
    else if (incoming.kind === 'content') {
      sealing.learn(incoming.sender, incoming.accessKey)
      await received(incoming)
    } else if (incoming.kind === 'repeated') duplicate()
    else if (incoming.kind === 'unreadable') {
      if (incoming.request !== undefined) request?.enter([incoming.request])
      unreadable({ ...whyNot(incoming.error, incoming.sender), asked: incoming.request !== undefined })
    }
    return undefined
  }

  #recordsOf(content: ReceivedContent): AppRecords {
    const { sealing, keep } = this.#options
    return new Map([...sealing.record(content.sender, content.accessKey), ...keep(content)])
  }

  async #answer(request: ReceivedRetryRequest): Promise<void> {
    const { client, outbox, sealing, answered } = this.#options
    const ready = outbox.ready(request.sender, 'again')
    try {
      const { envelopes, notices } = await client.answerRetry(request, (address) => outbox.fetchBundle(address), {
        seal: sealing.certificate,
        contentHint: 'resendable',
        persist: (again) => ready.records(again),
      })
      ready.enter(envelopes)
      answered(request.sender, envelopes.length, notices)
    } catch (error) {
      // No bundle, or a weaker session: the peer asks again in an hour. A changed key is for the user, and the request waits for that.
      const isFinal = isRefused(error) || (isBisikError(error) && !PASSING.includes(error.code) && error.code !== 'untrusted-identity')
      if (!isFinal) throw error
      answered(request.sender, 0, [])
    }
  }
}

function noSuchUser(): BisikError {
  return new BisikError('malformed-message', { reason: 'its sender is no user of a relay' })
}

function whyNot(error: BisikError, sender: DeviceAddress | undefined): Omit<Unreadable, 'asked'> {
  const diagnosis = 'diagnosis' in error.details ? error.details.diagnosis : undefined
  const negligible = error.details.seal?.contentHint === 'implicit'
  return { sender: sender ?? diagnosis?.sender, error, diagnosis, negligible }
}
