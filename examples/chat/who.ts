/** `/who`: the contacts, and what protects each conversation. Changes nothing. */
import type { Client } from 'bisik'
import type { Messenger } from '../shared/messenger.js'
import { type Contact, type History, title } from './history.js'
import { bold, cyan, dim, green, red } from './style.js'
import { protectionOf } from './words.js'

export interface WhoParts {
  readonly client: Client
  readonly history: History
  readonly messenger: Messenger
  /** Our own. */
  readonly name: string
}

export async function whoText(parts: WhoParts): Promise<string> {
  const contacts = [...parts.history.contacts.values()]
  const rows = await Promise.all(contacts.map((contact) => rowOf(parts, contact)))
  const advice =
    rows.length > 0 ? 'Compare safety numbers with /verify NAME: then nobody stands between you.' : 'No contacts yet: type /to NAME.'
  return [`  ${bold(`${parts.name} (you)`)}`, ...rows, dim(`  ${advice}`)].join('\n')
}

async function rowOf({ client, history, messenger }: WhoParts, contact: Contact): Promise<string> {
  const device = { user: contact.user, device: 1 }
  const session = await client.session(device)
  const waiting = history.lines(contact.user).filter(({ mine, state }) => mine && state !== 'delivered').length
  const known = (await client.trustLevel(device)) === 'verified' ? green('verified') : 'not verified'
  const details = [
    session === undefined ? 'no session yet' : protectionOf(session),
    messenger.sendsUnnamed(device) ? 'sealed, sent without your name' : 'sealed, but sent in your name until their first answer',
    ...(waiting > 0 ? [`not delivered yet: ${waiting}`] : []),
  ]
  const trust = messenger.isUndecided(device) ? red('new key, not accepted') : known
  return [`  ${cyan(title(contact).padEnd(10))} ${trust}`, ...details.map((detail) => dim(`             ${detail}`))].join('\n')
}
