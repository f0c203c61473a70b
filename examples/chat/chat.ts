/**
 * The conversation: what to do with what comes in and what is typed. Records go into the commit of the message they belong to, the
 * screen changes after it. Knows no cryptography and no network.
 */
import { randomBytes } from 'node:crypto'
import { type AppRecords, type Client, type DeviceAddress, type KeyStore, type Notice, type ReceivedContent, utf8 } from 'bisik'
import { writeRecords } from '../shared/account.js'
import type { Unreadable } from '../shared/inbox.js'
import type { LinkState } from '../shared/link.js'
import type { Messenger, MessengerEvents } from '../shared/messenger.js'
import type { UntrustedIdentity } from '../shared/outbox.js'
import { decodeContent, encodeContent } from './content.js'
import {
  type Contact,
  contactRecord,
  deliveredRecord,
  dueRecord,
  dueSettled,
  type History,
  type Line,
  lineRecord,
  NAME,
  title,
} from './history.js'
import type { Screen } from './screen.js'
import { bold, cyan, dim, green, red, yellow } from './style.js'
import { verify } from './verify.js'
import { whoText } from './who.js'
import { printable } from './width.js'
import { answeredText, HELP, keyChangedText, switchedText, timeOf, unreadableText, whyNotFound } from './words.js'

export interface ChatParts {
  readonly client: Client
  readonly name: string
  readonly relayUrl: string
  readonly store: KeyStore
  readonly history: History
  readonly screen: Screen
  /** Ends the program, for this reason. */
  readonly stop: (reason: string) => void
}

const TALKING_TO = 'talking-to'
/** Lines shown when a conversation is taken up again. */
const RECENT = 12

export class Chat {
  readonly #parts: ChatParts
  #messenger: Messenger | undefined
  #peer: Contact | undefined
  /** Of whose new key the user was warned, and which key that was: what `/accept` is about. */
  readonly #warned = new Map<string, Uint8Array>()

  constructor(parts: ChatParts) {
    this.#parts = parts
  }

  /** What the messenger reports. */
  get events(): MessengerEvents {
    return {
      keep: (received) => this.#keep(received),
      received: (received) => this.#received(received),
      duplicate: () => undefined,
      unreadable: (unreadable) => this.#unreadable(unreadable),
      answered: ({ user }, count, notices) => {
        this.#say(dim(answeredText(this.#titleOf(user), count)))
        const contact = this.#parts.history.contacts.get(user)
        if (contact !== undefined) for (const notice of notices) this.#notice(contact, notice)
      },
      sent: (to, id) => this.#advance(to.user, id, 'sent'),
      failed: (_, __, error) => this.#say(red(`A message could not be sent and was dropped: ${error.message}.`)),
      keyChanged: (details) => this.#keyChanged(details),
      relay: (state) => this.#relay(state),
      stopped: ({ message }) => this.#parts.stop(message),
    }
  }

  /** Begins: takes up the conversation of the last time, settles receipts that are owed, lets contacts know of new keys. */
  async start(messenger: Messenger, { lastPeer, newKeys }: { lastPeer: string | undefined; newKeys: boolean }): Promise<void> {
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
    // What they send to the old keys does not say who sent it: without this they would go on doing so.
    if (newKeys) for (const user of history.contacts.keys()) await this.#confirm({ user, device: 1 }, [])
  }

  /** What the user typed. */
  async typed(line: string): Promise<void> {
    const text = line.trim()
    const [command = '', argument = '', ...rest] = text.split(/\s+/)
    if (text === '') this.#showPrompt()
    else if (!text.startsWith('/')) await this.#sayToPeer(text)
    else if (command === '/to' && argument !== '') await this.#to(argument)
    else if (command === '/accept' && argument !== '') await this.#accept(argument)
    else if (command === '/verify' && argument !== '') await this.#verify(argument, rest.join(' '))
    else if (command === '/who') await this.#who()
    else if (command === '/help') this.#say(HELP)
    else if (['/to', '/accept', '/verify'].includes(command)) this.#say(`Whom do you mean? Type ${command} NAME.`)
    else this.#say(`There is no ${printable(command)}. Type /help for what there is.`)
  }

  // --- incoming

  #keep({ sender, application }: ReceivedContent): AppRecords {
    const content = decodeContent(application)
    const { user } = sender
    if (content?.type === 'delivered') {
      const { history } = this.#parts
      return new Map(content.ids.filter((id) => history.line(user, id)?.mine).map((id) => deliveredRecord(user, id)))
    }
    if (content?.type !== 'text') return new Map()
    // One that is here already was sent again: all that is owed for it is another receipt.
    if (this.#parts.history.line(user, content.id) !== undefined) return new Map([dueRecord(user, content.id)])
    const line: Line = { id: content.id, mine: false, text: content.text, time: Date.now(), state: 'delivered' }
    return new Map([lineRecord(user, line), dueRecord(user, content.id)])
  }

  async #received({ sender, application, notices }: ReceivedContent): Promise<void> {
    const content = decodeContent(application)
    const { history } = this.#parts
    const { user } = sender
    const contact = await this.#contactOf(user, content?.type === 'text' ? content.from : undefined)
    for (const notice of notices) this.#notice(contact, notice)
    if (application === undefined) return
    if (content === undefined) this.#say(dim(`${title(contact)} sent something that this chat cannot show.`))
    else if (content.type === 'delivered') for (const id of content.ids) this.#advance(user, id, 'delivered')
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

  #notice(contact: Contact, notice: Notice): void {
    if (notice.kind === 'session-switched') this.#say(dim(switchedText(title(contact), notice.from, notice.to)))
  }

  /** Whatever went to a key that the peer gave up is lost there; what is not confirmed goes out again. */
  async #sendAgain(to: DeviceAddress): Promise<void> {
    const { history, name } = this.#parts
    for (const { id, text } of history.lines(to.user).filter(({ mine, state }) => mine && state === 'sent')) {
      await this.#messenger?.outbox.add(to, encodeContent({ type: 'text', id, from: name, text }), id)
    }
  }

  #unreadable(unreadable: Unreadable): void {
    if (unreadable.negligible) return
    const contact = unreadable.sender && this.#parts.history.contacts.get(unreadable.sender.user)
    this.#say(yellow(unreadableText(unreadable, contact && title(contact))))
  }

  #advance(user: string, id: string, state: 'sent' | 'delivered'): void {
    const line = this.#parts.history.advance(user, id, state)
    const contact = this.#parts.history.contacts.get(user)
    if (line !== undefined && contact !== undefined) this.#parts.screen.change(id, this.#format(contact, line))
  }

  #keyChanged({ user, presented, wasVerified }: UntrustedIdentity): void {
    // The user may be answering the first warning while a second comes: the answer is to the first.
    if (!this.#warned.has(user)) this.#warned.set(user, presented)
    this.#say(keyChangedText(this.#titleOf(user), wasVerified))
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
    this.#talkTo(await this.#remember({ user, name: name.toLowerCase() }))
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
    const contact = this.#named(name)
    const messenger = this.#messenger
    if (contact === undefined || messenger === undefined) return
    const device = { user: contact.user, device: 1 }
    const undecided = messenger.presented(device)
    if (undecided === undefined) return this.#say(`The key of ${title(contact)} has not changed: there is nothing to accept.`)
    const warned = this.#warned.get(contact.user)
    const accepted = warned !== undefined && (await messenger.accept(device, warned))
    this.#warned.delete(contact.user)
    if (!accepted) {
      this.#say(yellow(`Nothing was accepted: the key of ${title(contact)} has changed again since you were warned.`))
      return this.#keyChanged(messenger.presented(device) ?? undecided)
    }
    this.#say(green(`You accepted the new key of ${title(contact)}. The conversation goes on.`))
    await this.#sendAgain(device)
  }

  async #verify(name: string, wish: string): Promise<void> {
    const contact = this.#named(name)
    const messenger = this.#messenger
    if (contact === undefined || messenger === undefined) return
    const { user } = contact
    const device = { user, device: 1 }
    const undecided = messenger.isUndecided(device)
    const verified = async (): Promise<void> => {
      this.#warned.delete(user)
      if (undecided) await this.#sendAgain(device)
    }
    const say = (text: string) => this.#say(text)
    await verify({ messenger, user, peer: title(contact), ownName: this.#parts.name, say, verified }, wish)
  }

  async #who(): Promise<void> {
    if (this.#messenger !== undefined) this.#say(await whoText({ ...this.#parts, messenger: this.#messenger }))
  }

  #named(name: string): Contact | undefined {
    const { history } = this.#parts
    const contact = history.byName(name) ?? [...history.contacts.values()].find(({ user }) => user.startsWith(name))
    if (contact === undefined)
      this.#say(`You have no contact ${printable(name)}. Type /who to see whom you have, or /to ${printable(name)}.`)
    return contact
  }

  // --- contacts

  /** The contact behind an address; the name that a stranger claims is believed if the relay says the same. */
  async #contactOf(user: string, claimed: string | undefined): Promise<Contact> {
    const known = this.#parts.history.contacts.get(user)
    if (known?.name !== undefined || (known !== undefined && claimed === undefined)) return known
    const name = claimed?.toLowerCase()
    const found = name === undefined || !NAME.test(name) ? undefined : await this.#messenger?.find(name).catch(() => undefined)
    return this.#remember({ user, name: found?.user === user ? name : undefined })
  }

  async #remember(contact: Contact): Promise<Contact> {
    const { history, store } = this.#parts
    history.contacts.set(contact.user, contact)
    if (this.#peer?.user === contact.user) this.#peer = contact
    await writeRecords(store, new Map([contactRecord(contact)]))
    return contact
  }

  #titleOf(user: string): string {
    const contact = this.#parts.history.contacts.get(user)
    return title(contact ?? { user, name: undefined })
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
