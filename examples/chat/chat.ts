/**
 * The conversation: what to do with what comes in and what is typed. Records go into the commit of the message they belong to, the
 * screen changes after it. Knows no cryptography and no network.
 */
import { randomBytes } from 'node:crypto'
import {
  type AppRecords,
  type Client,
  type DeviceAddress,
  type ErrorCode,
  isBisikError,
  type KeyStore,
  type Received,
  type SessionSummary,
  utf8,
} from 'bisik'
import { writeRecords } from '../shared/account.js'
import { type LinkState, RelayAway } from '../shared/link.js'
import type { Messenger, MessengerEvents } from '../shared/messenger.js'
import type { UntrustedIdentity } from '../shared/outbox.js'
import { decodeContent, encodeContent } from './content.js'
import { type Contact, contactRecord, deliveredRecord, dueRecord, dueSettled, type History, type Line, lineRecord } from './history.js'
import type { Screen } from './screen.js'
import { bold, cyan, dim, green, red, yellow } from './style.js'
import { printable } from './width.js'
import { HELP, readableKey, reasonOf, timeOf } from './words.js'

export interface ChatParts {
  readonly client: Client
  readonly name: string
  /** Our identity key in hexadecimal. */
  readonly key: string
  readonly relayUrl: string
  readonly store: KeyStore
  readonly history: History
  readonly screen: Screen
}

const TALKING_TO = 'talking-to'
/** Lines shown when a conversation is taken up again. */
const RECENT = 12
/** Milliseconds between two attempts to start over with a peer. */
const START_OVER_WAIT = 60_000

export class Chat {
  readonly #parts: ChatParts
  readonly #startedOver = new Map<string, number>()
  #messenger: Messenger | undefined
  #peer: Contact | undefined

  constructor(parts: ChatParts) {
    this.#parts = parts
  }

  /** What the messenger reports. */
  get events(): MessengerEvents {
    return {
      keep: (received) => this.#keep(received),
      received: (received) => this.#received(received),
      duplicate: () => undefined,
      unreadable: (sender, code) => this.#unreadable(sender.user, code),
      sent: (to, id) => this.#advance(to.user, id, 'sent'),
      failed: (_, __, error) => this.#say(red(`A message could not be sent and was dropped: ${error.message}.`)),
      keyChanged: (details) => this.#keyChanged(details),
      relay: (state) => this.#relay(state),
    }
  }

  /** Begins: takes up the conversation of the last time, settles receipts that are owed. */
  async start(messenger: Messenger, lastPeer: string | undefined): Promise<void> {
    this.#messenger = messenger
    const { history, name, relayUrl, screen } = this.#parts
    screen.print(`${bold(`You are ${name}`)} ${dim(`at ${relayUrl}. Type /help for help, /quit to leave.`)}`)
    const { waiting } = messenger.outbox
    if (waiting > 0) screen.print(dim(`Waiting to be sent: ${waiting}.`))
    const contact = lastPeer === undefined ? undefined : history.contacts.get(lastPeer)
    if (contact === undefined) screen.print(`Type ${bold('/to NAME')} to choose whom to talk to.`)
    else this.#talkTo(contact)
    this.#showPrompt()
    for (const [user, ids] of history.due) await this.#confirm({ user, device: 1 }, ids)
  }

  /** What the user typed. */
  async typed(line: string): Promise<void> {
    const text = line.trim()
    const [command = '', argument = ''] = text.split(/\s+/, 2)
    if (text === '') this.#showPrompt()
    else if (!text.startsWith('/')) await this.#sayToPeer(text)
    else if (command === '/to' && argument !== '') await this.#to(argument)
    else if (command === '/accept' && argument !== '') await this.#accept(argument)
    else if (command === '/who') await this.#who()
    else if (command === '/help') this.#say(HELP)
    else if (command === '/to' || command === '/accept') this.#say(`Whom do you mean? Type ${command} NAME.`)
    else this.#say(`There is no ${printable(command)}. Type /help for what there is.`)
  }

  // --- incoming

  #keep({ sender, plaintext }: Received): AppRecords {
    const content = decodeContent(plaintext)
    const { user } = sender
    if (content?.type === 'delivered') return new Map(content.ids.map((id) => deliveredRecord(user, id)))
    if (content?.type !== 'text') return new Map()
    // One that is here already was sent again: all that is owed for it is another receipt.
    if (this.#parts.history.line(user, content.id) !== undefined) return new Map([dueRecord(user, content.id)])
    const line: Line = { id: content.id, mine: false, text: content.text, time: Date.now(), state: 'delivered' }
    return new Map([lineRecord(user, line), dueRecord(user, content.id)])
  }

  async #received({ sender, identity, plaintext }: Received): Promise<void> {
    if (identity === undefined) return
    const content = decodeContent(plaintext)
    const { history } = this.#parts
    const { user } = sender
    const key = Buffer.from(identity).toString('hex')
    const contact = await this.#contactOf(user, content?.type === 'text' ? content.from : undefined, key)
    if (content === undefined) this.#say(dim(`${title(contact)} sent something that this chat cannot show.`))
    else if (content.type === 'delivered') for (const id of content.ids) this.#advance(user, id, 'delivered')
    else if (content.type === 'again') await this.#sendAgain(sender)
    else {
      if (history.line(user, content.id) === undefined) {
        history.add(user, { id: content.id, mine: false, text: content.text, time: Date.now(), state: 'delivered' })
        this.#showIncoming(contact, content.id)
      }
      await this.#confirm(sender, [content.id])
    }
  }

  #showIncoming(contact: Contact, id: string): void {
    const line = this.#parts.history.line(contact.user, id)
    if (line !== undefined) this.#say(this.#format(contact, line))
    if (this.#peer === undefined) {
      this.#choose(contact)
      this.#say(dim(`You are talking to ${title(contact)} now.`))
    } else if (this.#peer.user !== contact.user) this.#say(dim(`(type /to ${title(contact)} to answer)`))
  }

  async #confirm(sender: DeviceAddress, ids: readonly string[]): Promise<void> {
    const settled = new Map(ids.map((id) => dueSettled(sender.user, id)))
    await this.#messenger?.outbox.add(sender, encodeContent({ type: 'delivered', ids }), 'receipt', settled)
  }

  async #sendAgain(to: DeviceAddress): Promise<void> {
    const { history, name } = this.#parts
    for (const { id, text } of history.lines(to.user).filter(({ mine, state }) => mine && state === 'sent')) {
      await this.#messenger?.outbox.add(to, encodeContent({ type: 'text', id, from: name, text }), id)
    }
  }

  async #unreadable(user: string, code: ErrorCode): Promise<void> {
    const contact = this.#parts.history.contacts.get(user)
    if (contact === undefined) return this.#say(dim(`A message of a stranger was dropped: ${reasonOf(code)}.`))
    this.#say(yellow(`A message from ${title(contact)} could not be opened: ${reasonOf(code)}.`))
    const last = this.#startedOver.get(user) ?? 0
    if (code === 'malformed-message' || code === 'replayed-base-key' || Date.now() - last < START_OVER_WAIT) return
    this.#startedOver.set(user, Date.now())
    const peer = { user, device: 1 }
    if (!(await this.#messenger?.startOver(peer))) return
    await this.#messenger?.outbox.add(peer, encodeContent({ type: 'again' }), 'again')
    this.#say(dim(`Asked for it again.`))
  }

  #advance(user: string, id: string, state: 'sent' | 'delivered'): void {
    const line = this.#parts.history.advance(user, id, state)
    const contact = this.#parts.history.contacts.get(user)
    if (line !== undefined && contact !== undefined) this.#parts.screen.change(id, this.#format(contact, line))
  }

  #keyChanged({ user, presented }: UntrustedIdentity): void {
    const contact = this.#parts.history.contacts.get(user)
    const peer = contact === undefined ? user.slice(0, 8) : title(contact)
    this.#say(
      [
        red(bold(`The key of ${peer} has changed.`)),
        `  Either ${peer} has started over with new keys, or somebody wants to read along in the place of ${peer}.`,
        `  Ask ${peer} in another way, by phone or in person, whether this is the new key (/who shows it there):`,
        `    ${readableKey(Buffer.from(presented).toString('hex'))}`,
        `  If it is, type ${bold(`/accept ${peer}`)}. Until then nothing that comes under the new key is shown, and nothing is sent to it.`,
      ].join('\n'),
    )
  }

  #relay(state: LinkState): void {
    if (state.away) {
      const place = `The relay at ${this.#parts.relayUrl} is away: ${state.reason}.`
      this.#say(yellow(`${place} I keep trying; what you write is kept and sent when it is back.`))
    } else this.#say(green('The relay is there again.'))
  }

  // --- commands

  async #sayToPeer(text: string): Promise<void> {
    const peer = this.#peer
    if (peer === undefined) return this.#say('Whom is this for? Type /to NAME first.')
    const { history, name, screen } = this.#parts
    const line: Line = { id: randomBytes(8).toString('hex'), mine: true, text, time: Date.now(), state: 'waiting' }
    history.add(peer.user, line)
    screen.print(this.#format(peer, line), line.id)
    const content = encodeContent({ type: 'text', id: line.id, from: name, text })
    await this.#messenger?.outbox.add({ user: peer.user, device: 1 }, content, line.id, new Map([lineRecord(peer.user, line)]))
  }

  async #to(name: string): Promise<void> {
    const { history, name: ownName } = this.#parts
    if (name.toLowerCase() === ownName) return this.#say('That is you.')
    const known = history.byName(name)
    if (known !== undefined) return this.#talkTo(known)
    let user: string
    try {
      user = (await this.#messenger?.find(name))?.user ?? ''
    } catch (error) {
      return this.#say(whyNotFound(name, error))
    }
    this.#talkTo(await this.#remember({ user, name: name.toLowerCase(), key: history.contacts.get(user)?.key }))
  }

  #talkTo(contact: Contact): void {
    const { history, screen } = this.#parts
    this.#choose(contact)
    const lines = history.lines(contact.user)
    screen.print(dim(`--- ${title(contact)}${lines.length > RECENT ? `, the last ${RECENT} of ${lines.length} lines` : ''} ---`))
    for (const line of lines.slice(-RECENT)) screen.print(this.#format(contact, line), line.id)
    if (lines.length === 0) screen.print(dim(`Say something to ${title(contact)}: only the two of you can read it.`))
  }

  async #accept(name: string): Promise<void> {
    const contact = this.#parts.history.byName(name) ?? [...this.#parts.history.contacts.values()].find(({ user }) => user.startsWith(name))
    if (contact === undefined) return this.#say(`You have no contact ${printable(name)}.`)
    const accepted = await this.#messenger?.accept({ user: contact.user, device: 1 })
    if (!accepted) return this.#say(`The key of ${title(contact)} has not changed: there is nothing to accept.`)
    this.#say(green(`You accepted the new key of ${title(contact)}. The conversation goes on.`))
  }

  async #who(): Promise<void> {
    const { client, history, key, name } = this.#parts
    const rows: string[] = []
    for (const contact of history.contacts.values()) {
      const session = await client.session({ user: contact.user, device: 1 })
      const waiting = history.lines(contact.user).filter(({ mine, state }) => mine && state !== 'delivered').length
      const shown = contact.key === undefined ? 'key not seen yet' : `key ${readableKey(contact.key)}`
      const protection = session === undefined ? '' : dim(`\n             ${protectionOf(session)}`)
      rows.push(
        `  ${cyan(title(contact).padEnd(10))} ${shown}${protection}${waiting > 0 ? dim(`\n             not delivered yet: ${waiting}`) : ''}`,
      )
    }
    this.#say(
      [
        `  ${bold(`${name} (you)`.padEnd(10))} key ${readableKey(key)}`,
        ...rows,
        dim('  Read the keys to each other by phone or in person: if they are the same, nobody stands between you.'),
      ].join('\n'),
    )
  }

  // --- contacts

  /** The contact behind an address; the name that a stranger claims is believed if the relay says the same. */
  async #contactOf(user: string, claimed: string | undefined, key: string): Promise<Contact> {
    const known = this.#parts.history.contacts.get(user)
    if (known?.name !== undefined && known.key === key) return known
    let name = known?.name
    if (name === undefined && claimed !== undefined) {
      const found = await this.#messenger?.find(claimed).catch(() => undefined)
      if (found?.user === user) name = claimed.toLowerCase()
    }
    return this.#remember({ user, name, key })
  }

  async #remember(contact: Contact): Promise<Contact> {
    const { history, store } = this.#parts
    history.contacts.set(contact.user, contact)
    if (this.#peer?.user === contact.user) this.#peer = contact
    await writeRecords(store, new Map([contactRecord(contact)]))
    return contact
  }

  #choose(contact: Contact): void {
    this.#peer = contact
    void writeRecords(this.#parts.store, new Map([[TALKING_TO, utf8(contact.user)]]))
    this.#showPrompt()
  }

  // --- the screen

  #format(contact: Contact, { mine, state, text, time }: Line): string {
    const marks = { waiting: dim('· '), sent: green('✓ '), delivered: green('✓✓') }
    const who = mine ? `you → ${title(contact)}` : title(contact)
    return `${dim(timeOf(time))} ${mine ? marks[state] : '  '} ${mine ? bold(who) : cyan(who)}: ${printable(text)}`
  }

  #say(text: string): void {
    for (const line of text.split('\n')) this.#parts.screen.print(line)
  }

  #showPrompt(): void {
    const { name, screen } = this.#parts
    screen.prompt(this.#peer === undefined ? `${name}> ` : `${name} → ${title(this.#peer)}> `)
  }
}

function title(contact: Contact): string {
  return contact.name ?? contact.user.slice(0, 8)
}

function whyNotFound(name: string, error: unknown): string {
  if (error instanceof RelayAway) return `The relay is away, so ${printable(name)} cannot be looked up now. Try again when it is back.`
  if (isBisikError(error, 'not-found'))
    return `Nobody goes by the name ${printable(name)} here. Has ${printable(name)} started the chat once?`
  if (isBisikError(error, 'invalid-argument')) return 'A name has 1 to 32 letters a-z, digits, "-" and "_".'
  if (isBisikError(error, 'quota-exceeded')) return 'You have looked up too many names; the relay wants you to wait for a while.'
  return `The relay refuses: ${error instanceof Error ? error.message : String(error)}.`
}

/** What protects a conversation, in words. */
function protectionOf({ kind, epoch }: SessionSummary): string {
  if (kind === 'triple') return `post-quantum ratchet, epoch ${epoch}`
  return kind === 'pqxdh' ? 'post-quantum handshake only' : 'no post-quantum protection'
}
