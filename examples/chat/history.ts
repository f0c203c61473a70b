/**
 * Contacts and what was said, in memory and as records: `contact/{user}`, `history/{user}/{time}-{id}`, `delivered/{user}/{id}` and
 * `due/{user}/{id}`, a receipt that is owed. Names the records; others put them into the commits where they belong.
 */
import { fromUtf8, type KeyStore, utf8 } from 'bisik'
import { readRecords } from '../shared/account.js'

/** The names that a relay gives: letters that look alike in two scripts would let one pose as another. */
export const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/

export interface Contact {
  readonly user: string
  /** The name at the relay; `undefined` until it was checked. */
  readonly name: string | undefined
}

/** What a contact is called: the name, or the beginning of the user, enough to tell two apart. */
export function title({ name, user }: Pick<Contact, 'name' | 'user'>): string {
  return name ?? user.slice(0, 8)
}

export type State = 'waiting' | 'sent' | 'delivered'

export interface Line {
  readonly id: string
  readonly mine: boolean
  readonly text: string
  /** Milliseconds since 1970, on our clock. */
  readonly time: number
  /** Of our own lines. */
  state: State
}

const NOTHING = new Uint8Array(0)

export class History {
  readonly contacts = new Map<string, Contact>()
  /** Receipts that are owed, by user. */
  readonly due = new Map<string, string[]>()
  readonly #lines = new Map<string, Map<string, Line>>()

  static async load(store: KeyStore): Promise<History> {
    const history = new History()
    for (const [name, value] of await readRecords(store, 'contact')) {
      const [, user = ''] = name.split('/')
      history.contacts.set(user, { user, ...(JSON.parse(fromUtf8(value) ?? '') as Omit<Contact, 'user'>) })
    }
    for (const [name, value] of await readRecords(store, 'history')) {
      const [, user = ''] = name.split('/')
      const line = JSON.parse(fromUtf8(value) ?? '') as Omit<Line, 'state'>
      history.add(user, { ...line, state: 'sent' })
    }
    for (const name of (await readRecords(store, 'delivered')).keys()) {
      const [, user = '', id = ''] = name.split('/')
      history.advance(user, id, 'delivered')
    }
    for (const name of (await readRecords(store, 'due')).keys()) {
      const [, user = '', id = ''] = name.split('/')
      history.due.set(user, [...(history.due.get(user) ?? []), id])
    }
    return history
  }

  /** What was said with a user, oldest first. */
  lines(user: string): Line[] {
    return [...(this.#lines.get(user)?.values() ?? [])]
  }

  line(user: string, id: string): Line | undefined {
    return this.#lines.get(user)?.get(id)
  }

  add(user: string, line: Line): void {
    const lines = this.#lines.get(user) ?? new Map<string, Line>()
    this.#lines.set(user, lines.set(line.id, line))
  }

  /** Notes which of our lines the relay does not have yet. */
  markWaiting(ids: Iterable<string>): void {
    for (const id of ids) {
      for (const lines of this.#lines.values()) {
        const line = lines.get(id)
        if (line?.state === 'sent') line.state = 'waiting'
      }
    }
  }

  /** Notes that one of our lines got further. @returns the line, if there is one and it did. */
  advance(user: string, id: string, state: State): Line | undefined {
    const line = this.line(user, id)
    const order: readonly State[] = ['waiting', 'sent', 'delivered']
    if (line === undefined || !line.mine || order.indexOf(state) <= order.indexOf(line.state)) return undefined
    line.state = state
    return line
  }

  byName(name: string): Contact | undefined {
    return [...this.contacts.values()].find((contact) => contact.name === name.toLowerCase())
  }
}

export function contactRecord({ user, name }: Contact): [string, Uint8Array] {
  return [`contact/${user}`, utf8(JSON.stringify({ name }))]
}

export function lineRecord(user: string, { id, mine, text, time }: Line): [string, Uint8Array] {
  return [`history/${user}/${String(time).padStart(15, '0')}-${id}`, utf8(JSON.stringify({ id, mine, text, time }))]
}

export function deliveredRecord(user: string, id: string): [string, Uint8Array] {
  return [`delivered/${user}/${id}`, NOTHING]
}

export function dueRecord(user: string, id: string): [string, Uint8Array] {
  return [`due/${user}/${id}`, NOTHING]
}

export function dueSettled(user: string, id: string): [string, null] {
  return [`due/${user}/${id}`, null]
}
