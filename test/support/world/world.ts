/**
 * A world: parties, the network between them, a clock; commands that move it, and after each the oracles O1 to O5 and O7 of the
 * assurance plan. Everything follows from the options and the commands, so a failing world can be run again.
 */
import { type Client, type Clock, type Envelope, isBisikError, type Received, utf8 } from '../../../src/index.js'
import { parseChunkMessage } from '../../../src/protocol/spqr/chunk-message.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { signalMessageOf } from '../forge.js'
import { fakeClock } from '../parties.js'
import { KeyWatch } from './key-watch.js'
import type { Expectation, Message } from './model.js'
import { type Fetched, Party, textOf, toInbox, toOutbox } from './party.js'
import { anotherHandle, CRASHES, CrashingStore, hex } from './stores.js'
import { authenticPart, TAMPERINGS, tamper } from './tamper.js'

/** What a world is made with. */
export interface WorldOptions {
  readonly seed: number
  readonly parties: number
  /** `offered`: both sides allow a peer without the post-quantum ratchet, and both have it. */
  readonly protocol: 'triple' | 'offered' | 'x3dh'
  /** Nobody begins a second session and no days pass: what there is lives long enough to turn and to reach new epochs. */
  readonly calm: boolean
}

/** Weights of the commands. */
export const COMMANDS = {
  send: 26,
  deliver: 28,
  flush: 3,
  talk: 4,
  drop: 3,
  duplicate: 3,
  reorder: 2,
  replay: 4,
  tamper: 10,
  start: 3,
  both: 2,
  crash: 8,
  restart: 2,
  batch: 4,
  clock: 2,
  generate: 2,
  rotate: 2,
  age: 2,
} as const
/** A command. */
export type Command = keyof typeof COMMANDS

/** A command with the numbers that choose parties, places and ways. */
export type Step = readonly [command: Command, a: number, b: number, c: number]

/** Counts of what happened, over many worlds: a model in which nothing happens proves nothing. */
export class Tally {
  readonly counts = new Map<string, number>()

  add(group: string, name: string, by = 1): void {
    const key = `${group} ${name}`
    this.counts.set(key, (this.counts.get(key) ?? 0) + by)
  }

  get(group: string, name: string): number {
    return this.counts.get(`${group} ${name}`) ?? 0
  }

  /** One line a group. */
  toString(): string {
    const groups = new Map<string, string[]>()
    for (const [key, count] of [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [group = '', ...name] = key.split(' ')
      groups.set(group, [...(groups.get(group) ?? []), `${name.join(' ')} ${count}`])
    }
    return [...groups].map(([group, names]) => `  ${group}: ${names.join(', ')}`).join('\n')
  }
}

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const ADVANCES = [HOUR, DAY, 29 * DAY, 30 * DAY, 30 * DAY + 1]
// Few enough that no archive overflows: 40 sessions are kept.
const MAX_SESSIONS = 30
/** What an altered message may be refused with. */
const FORGERY_CODES = [
  'authentication-failed',
  'malformed-message',
  'invalid-key',
  'unsupported-version',
  'pre-key-not-found',
  'too-far-ahead',
  'duplicate-message',
  'untrusted-identity',
  'session-kind-refused',
  'no-session',
  'replayed-base-key',
  'message-too-large',
]

/** What a calm world does without. */
const RESTLESS: ReadonlySet<Command> = new Set(['start', 'both', 'clock', 'age'])

/** Thrown when an oracle does not hold. */
export class OracleFailure extends Error {}

/** A world in motion. */
export class World {
  readonly parties: Party[] = []
  readonly keys: KeyWatch = KeyWatch.begin()
  readonly tally: Tally
  readonly #options: WorldOptions
  readonly #clock: Clock & { advance(milliseconds: number): void } = fakeClock()
  /** Messages under way. */
  #network: Message[] = []
  readonly #history: Message[] = []
  readonly #byAuthenticPart = new Map<string, Message>()
  readonly #preKeysOf = new Map<string, Fetched['preKeys']>()
  readonly #sessionsOf = new Map<string, number>()
  #ending = false
  #sent = 0
  #attempts = 0

  private constructor(options: WorldOptions, tally: Tally) {
    this.#options = options
    this.tally = tally
  }

  static async create(options: WorldOptions, tally: Tally): Promise<World> {
    const world = new World(options, tally)
    const allow = options.protocol === 'triple' ? [] : options.protocol === 'offered' ? (['pqxdh'] as const) : (['x3dh'] as const)
    for (let i = 0; i < options.parties; i++) {
      world.parties.push(await Party.create({ name: nameOf(i), seed: String(options.seed), allow, clock: world.#clock }))
    }
    return world
  }

  /** Runs one command. A command that finds nothing to do sends a message instead. */
  async run([command, a, b, c]: Step): Promise<unknown> {
    const [from, to] = this.#two(a)
    this.tally.add('commands', command)
    switch (this.#options.calm && RESTLESS.has(command) ? 'talk' : command) {
      case 'send':
        return this.#send(from, to, c)
      case 'deliver':
        return (await this.#deliverNext(a, b)) || this.#send(from, to, c)
      case 'flush':
        for (let i = 0; i < 2 + (c % 6); i++) await this.#deliverNext(a, 0)
        return
      case 'talk':
        for (let i = 0; i < 1 + (c % 10); i++) {
          await this.#exchange(from, to)
          await this.#exchange(to, from)
        }
        return
      case 'drop':
        return (await this.#pick(a, (message) => this.#take(message))) || this.#send(from, to, c)
      case 'duplicate':
        return (await this.#pick(a, (message) => void this.#network.push(message))) || this.#send(from, to, c)
      case 'reorder':
        this.#network.reverse()
        return
      case 'replay':
        return (await this.#replay(a)) || this.#send(from, to, c)
      case 'tamper':
        return (await this.#pick(a, (message) => this.#tamper(message, b, c))) || this.#send(from, to, c)
      case 'start':
        return this.#start(from, to, b)
      case 'both':
        await this.#start(from, to, b)
        await this.#start(to, from, c)
        await this.#send(from, to, b)
        return this.#send(to, from, c)
      case 'crash':
        return this.#crash(from, to, a, b, c)
      case 'restart':
        return this.#party(from).restart()
      case 'batch':
        return this.#batch(from, b, c)
      case 'clock':
        this.#clock.advance(ADVANCES[b % ADVANCES.length] ?? 0)
        return
      case 'generate':
        return this.#party(from).publish(await this.#party(from).client.generatePreKeys(1 + (c % 2)))
      case 'rotate':
        return this.#rotate(from)
      case 'age':
        await this.#rotate(from)
        this.#clock.advance(30 * DAY + 1)
        return this.#rotate(from)
    }
  }

  /** Delivers what is left, in some order, and lets any two that ever talked agree on one session. */
  async finish(): Promise<void> {
    this.#ending = true
    for (let i = 0; this.#network.length > 0; i++) await this.#deliverNext(i * 7, i * 13)
    for (const [i] of this.parties.entries()) {
      for (const [j] of this.parties.entries()) if (i < j && this.#haveTalked(i, j)) await this.#agree(i, j)
    }
  }

  // O4: any two agree on one session within ten exchanges.
  async #agree(i: number, j: number): Promise<void> {
    for (let exchange = 1; exchange <= 10; exchange++) {
      for (const [from, to] of [
        [i, j],
        [j, i],
      ] as const) {
        // What an app does when the peer asks for it: the prekeys that the session was begun with are gone.
        if (!(await this.#exchange(from, to))) await this.#start(from, to, 0)
      }
      const [mine, yours] = [this.#party(i).store.current.get(nameOf(j)), this.#party(j).store.current.get(nameOf(i))]
      if (mine !== undefined && mine.id === yours?.id && mine.pendingSince === undefined && yours.pendingSince === undefined) {
        this.tally.add('agreement', `after ${exchange} exchanges`)
        return
      }
    }
    throw new OracleFailure('O4: no agreement on one session within ten exchanges')
  }

  /** One message, delivered at once. @returns whether it opened. */
  async #exchange(from: number, to: number): Promise<boolean> {
    await this.#send(from, to, 1)
    const message = this.#network.pop()
    return message !== undefined && this.#deliver(message)
  }

  #haveTalked(i: number, j: number): boolean {
    return this.#party(i).model.current.has(j) || this.#party(j).model.current.has(i)
  }

  async #send(from: number, to: number, c: number): Promise<void> {
    const party = this.#party(from)
    const number = this.#sent++
    const text = textOf(number, c % 200)
    const { address } = this.#party(to).client
    if (!party.model.maySend(to, this.#clock())) {
      await this.#refuses(from, party.client.encrypt(address, utf8(text)), 'no-session')
      this.tally.add('refusals', 'no-session when sending')
      await this.#start(from, to, c)
    }
    const persisted = c % 4 !== 0
    const envelope = await party.client.encrypt(address, utf8(text), persisted ? toOutbox(`${number}`) : {})
    if (persisted && hex((await party.outbox(`${number}`))?.body ?? new Uint8Array()) !== hex(envelope.body)) {
      throw new OracleFailure('the outbox holds another message than was released')
    }
    const message = this.#note(from, to, number, text, envelope)
    const current = party.model.current.get(to)
    check(message.session === current?.id, 'a message on another session than the current one')
    check((envelope.kind === 'pre-key') === (current?.pendingSince !== undefined), 'a handshake too many, or one that is missing')
  }

  /** Notes a message that left. */
  #note(from: number, to: number, number: number, text: string, envelope: Envelope): Message {
    // O3: no key and no place in a chain twice.
    this.keys.release(envelope)
    const inner = signalMessageOf(envelope)
    const outer = envelope.kind === 'pre-key' ? parsePreKeySignalMessage(envelope.body) : undefined
    const chain = hex(inner.ratchetKey)
    const session = outer === undefined ? this.#party(from).store.sessionOf.get(chain) : `${outer.version}${hex(outer.baseKey.subarray(1))}`
    if (session === undefined) throw new OracleFailure('a ratchet key that was never committed')
    const epoch = inner.pqRatchet.length === 0 ? 0 : parseChunkMessage(inner.pqRatchet).epoch - 1
    this.tally.add('epochs', `of post-quantum chains ${epoch}`)
    const preKeys = outer && this.#preKeysOf.get(session)
    const message: Message = { number, from, to, text, envelope, session, chain, counter: inner.counter, epoch, preKeys, opened: false }
    this.#party(from).model.sent(message)
    this.#byAuthenticPart.set(authenticPart(envelope) ?? '', message)
    this.#network.push(message)
    this.#history.push(message)
    return message
  }

  async #deliverNext(a: number, b: number): Promise<boolean> {
    // Two times of three in order.
    return this.#pick(b % 3 === 0 ? 0 : a, async (message) => {
      this.#take(message)
      await this.#deliver(message)
    })
  }

  /** Delivers a message as it was sent. O1, O2, O7. @returns whether it opened. */
  async #deliver(message: Message): Promise<boolean> {
    const { model, client, store } = this.#party(message.to)
    const expected = model.expect(message, this.#clock())
    if (expected !== 'opens') {
      await this.#refuses(message.to, client.decrypt(message.envelope), expected)
      this.tally.add('refusals', expected)
      return false
    }
    const before = {
      current: model.current.get(message.from),
      known: model.known.has(message.from),
      heard: model.hasHeardOf(message.session),
    }
    const received = await client.decrypt(message.envelope, message.number % 2 === 0 ? toInbox(`${message.number}`) : {})
    this.#checkReceived(message, received)
    model.opened(message, this.#clock())
    check(store.current.get(nameOf(message.from))?.id === message.session, 'the session that opened a message is not the current one')
    const notices = new Set(received.notices.map(({ kind }) => kind))
    check(notices.has('identity-new') === !before.known, 'the notice of a new identity')
    check(notices.has('session-started') === !before.heard, 'the notice of a new session')
    check(
      notices.has('session-switched') === (before.current !== undefined && before.current.id !== message.session),
      'the notice of a switch',
    )
    check(notices.has('no-one-time-key') === (!before.heard && message.preKeys?.oneTime === undefined), 'the notice of no one-time key')
    this.tally.add('opened', 'messages')
    if (notices.has('session-switched')) this.tally.add('opened', 'with a switch of session')
    return true
  }

  #checkReceived(message: Message, received: Received): void {
    check(hex(received.plaintext) === hex(utf8(message.text)), 'O1: another text than was sent')
    const sender = this.#party(message.from).client
    check(
      received.sender.user === sender.address.user && hex(received.identity ?? utf8('')) === hex(sender.identityKey),
      'O7: another sender',
    )
    check(
      received.kind === 'message' && received.session.kind === (this.#options.protocol === 'x3dh' ? 'x3dh' : 'triple'),
      'a session of another kind',
    )
  }

  async #replay(a: number): Promise<boolean> {
    const opened = this.#history.filter((message) => message.opened)
    // Every other time a first message: few of all are, and it is what an attacker keeps until its session is gone.
    const first = a % 2 === 0 ? opened.filter(({ envelope }) => envelope.kind === 'pre-key') : []
    const among = first.length > 0 ? first : opened
    const message = among[(a >> 1) % Math.max(1, among.length)]
    if (message === undefined) return false
    check(!(await this.#deliver(message)), 'O1: a message opened twice')
    return true
  }

  /** Delivers an altered copy; the message itself stays under way. O2. */
  async #tamper(message: Message, b: number, c: number): Promise<void> {
    const how = TAMPERINGS[b % TAMPERINGS.length] ?? 'bit'
    const other = this.#history[c % this.#history.length] ?? message
    const envelope = tamper(message.envelope, how, other.envelope, c, b)
    const part = authenticPart(envelope)
    // Outside the MAC lies only what a first message repeats; altered there alone, it is still the same message.
    const same = part === undefined ? undefined : this.#byAuthenticPart.get(part)
    const { client, store, model } = this.#party(message.to)
    const writes = store.writes
    try {
      const received = await client.decrypt(envelope)
      check(same !== undefined && same.to === message.to && !same.opened, `O2: an altered message opened (${how})`)
      if (same === undefined) return
      this.#checkReceived(same, received)
      model.opened(same, this.#clock())
      this.tally.add('tampered', 'but the same message')
    } catch (error) {
      if (!isBisikError(error)) throw error
      check(FORGERY_CODES.includes(error.code), `an altered message (${how}) was refused with ${error.code}`)
      check(store.writes === writes, `O2: a refused message (${how}) changed the store`)
      this.tally.add('tampered', how)
      this.tally.add('refused-forgeries', error.code)
    }
  }

  async #start(from: number, to: number, b: number): Promise<void> {
    const pair = [from, to].sort().join(' ')
    const sessions = (this.#sessionsOf.get(pair) ?? 0) + 1
    if (sessions > MAX_SESSIONS && !this.#ending && this.#party(from).model.maySend(to, this.#clock())) return
    this.#sessionsOf.set(pair, sessions)
    const { client, store, model } = this.#party(from)
    const { bundle, preKeys } = this.#fetch(to, b)
    const before = { current: model.current.get(to), known: model.known.has(to) }
    const started = await client.startSession(bundle)
    const id = store.current.get(nameOf(to))?.id
    if (id === undefined || id === before.current?.id) throw new OracleFailure('no session was started')
    this.#preKeysOf.set(id, preKeys)
    model.started(to, id, this.#clock())
    const notices = started.notices.map(({ kind }) => kind)
    check(notices.includes('session-switched') === (before.current !== undefined), 'the notice of a switch')
    check(notices.includes('identity-new') === !before.known, 'the notice of a new identity')
    check(notices.includes('no-one-time-key') === (preKeys.oneTime === undefined), 'the notice of no one-time key')
  }

  #fetch(from: number, b: number): Fetched {
    const how = b % 8 === 7 ? 'stale' : b % 3 === 0 ? 'last-resort' : 'one-time'
    return this.#party(from).fetch(how, this.#options.protocol !== 'x3dh')
  }

  async #rotate(index: number): Promise<void> {
    const party = this.#party(index)
    const upload = await party.client.rotatePreKeys()
    const { may, must } = party.model.rotated(this.#clock())
    await party.publish(upload)
    for (const { signedPreKey } of party.uploads) {
      const isHeld = await party.holdsSignedPreKey(signedPreKey.id)
      check(isHeld ? !must.has(signedPreKey.id) : may.has(signedPreKey.id), 'retired prekeys, and no others, go')
      if (!isHeld) party.model.retired.add(signedPreKey.id)
    }
    check(party.model.holdsOneTime(await party.oneTimePreKeys(), this.#clock()), 'one-time prekeys go when they were used or are old')
  }

  /** One operation dies at one of its calls of the store; then the app does what an app does after a restart. */
  async #crash(from: number, to: number, a: number, b: number, c: number): Promise<void> {
    const crash = CRASHES[b % CRASHES.length] ?? 'throw-before'
    const operations = ['send', 'send', 'deliver', 'deliver', 'deliver', 'start', 'prekeys'] as const
    const wanted = operations[c % operations.length] ?? 'send'
    const message = this.#network[a % Math.max(1, this.#network.length)]
    if (wanted === 'deliver' && message !== undefined) return this.#crashDelivering(message, crash, c)
    if (wanted === 'start') return this.#crashStarting(from, to, crash, c)
    if (wanted === 'prekeys') return this.#crashMakingPreKeys(from, crash, c)
    return this.#crashSending(from, to, crash, c)
  }

  async #crashSending(from: number, to: number, crash: (typeof CRASHES)[number], c: number): Promise<void> {
    const party = this.#party(from)
    if (!party.model.maySend(to, this.#clock())) await this.#start(from, to, c)
    const number = this.#sent++
    const text = textOf(number, c % 50)
    const envelope = await this.#dying(from, crash, 1 + (c % 3), (client) =>
      client.encrypt(this.#party(to).client.address, utf8(text), toOutbox(`${number}`)),
    )
    // The app sends what its outbox holds, and nothing else ever left.
    const kept = await party.outbox(`${number}`)
    check(envelope === undefined || kept !== undefined, 'a message left before it was committed')
    this.tally.add('crashes', `sending: ${kept === undefined ? 'not sent' : 'sent'}`)
    if (kept !== undefined) this.#note(from, to, number, text, kept)
  }

  async #crashDelivering(message: Message, crash: (typeof CRASHES)[number], c: number): Promise<void> {
    const { model } = this.#party(message.to)
    const expected = model.expect(message, this.#clock())
    const name = `crash-${this.#attempts++}`
    const received = await this.#dying(
      message.to,
      crash,
      1 + (c % 6),
      (client) => client.decrypt(message.envelope, toInbox(name)),
      expected === 'opens' ? undefined : expected,
    )
    const kept = await this.#party(message.to).inbox(name)
    check(received === undefined || kept !== undefined, 'a text was shown before it was committed')
    if (kept === undefined) {
      this.tally.add('crashes', 'delivering: to be delivered again')
      return
    }
    check(expected === 'opens' && kept === message.text, `O1: kept "${kept}" of a message that ${expected}`)
    model.opened(message, this.#clock())
    this.tally.add('crashes', 'delivering: delivered')
  }

  async #crashStarting(from: number, to: number, crash: (typeof CRASHES)[number], c: number): Promise<void> {
    const { model, store } = this.#party(from)
    const { bundle, preKeys } = this.#fetch(to, c)
    const before = store.current.get(nameOf(to))?.id
    await this.#dying(from, crash, 1 + (c % 4), (client) => client.startSession(bundle))
    const id = store.current.get(nameOf(to))?.id
    this.tally.add('crashes', `starting: ${id === before ? 'not started' : 'started'}`)
    if (id === undefined || id === before) return
    this.#preKeysOf.set(id, preKeys)
    model.started(to, id, this.#clock())
  }

  async #crashMakingPreKeys(index: number, crash: (typeof CRASHES)[number], c: number): Promise<void> {
    const party = this.#party(index)
    const rotate = c % 2 === 0
    const upload = await this.#dying(index, crash, 1 + (c % 8), (client) => (rotate ? client.rotatePreKeys() : client.generatePreKeys(1)))
    await party.publish(upload ?? (await party.client.generatePreKeys(0)))
    // Deleting what is retired may have come to pass, or waits for the next rotation.
    for (const { signedPreKey } of party.uploads)
      if (!(await party.holdsSignedPreKey(signedPreKey.id))) party.model.retired.add(signedPreKey.id)
    party.model.holdsOneTime(await party.oneTimePreKeys(), this.#clock())
    this.tally.add('crashes', 'making prekeys')
  }

  /** Runs an operation on a store that crashes at call `at`, and restarts. @returns its result if it came to its end. */
  async #dying<T>(
    index: number,
    crash: (typeof CRASHES)[number],
    at: number,
    operation: (client: Client) => Promise<T>,
    refusal?: Refusal,
  ): Promise<T | undefined> {
    const party = this.#party(index)
    const store = new CrashingStore(anotherHandle(party.store), crash)
    const client = await party.open(store)
    store.arm(at)
    const running = operation(client)
    let result: T | undefined
    try {
      const end = await Promise.race([running, store.killed])
      if (end !== 'killed') result = end as T
    } catch (error) {
      if (!isBisikError(error)) throw error
      check(error.code === 'store-failed' || isRefusal(error, refusal), `an operation on a store that fails ended with ${error.code}`)
    }
    await party.restart()
    return result
  }

  /** Several operations at once, in two tabs. */
  async #batch(index: number, b: number, c: number): Promise<void> {
    const party = this.#party(index)
    const tabs = [party.client, await party.open()] as const
    const tab = (i: number): Client => (((b >> (i % 8)) & 1) === 0 ? tabs[0] : tabs[1])
    const inbound = this.#network.filter((message) => message.to === index).slice(0, 1 + (b % 6))
    for (const message of inbound) this.#take(message)
    const repeated = inbound.filter((_, i) => (c >> (i % 8)) & 1)
    const deliveries = [...inbound, ...repeated].map((message, i) => ({
      message,
      expected: party.model.expect(message, this.#clock()),
      running: tab(i).decrypt(message.envelope, toInbox(`${message.number}`)),
    }))
    const peers = this.parties.map((_, i) => i).filter((peer) => peer !== index && party.model.maySend(peer, this.#clock()))
    const sendings = Array.from({ length: peers.length === 0 ? 0 : 1 + (c % 4) }, (_, i) => {
      const to = peers[(b + i) % peers.length] ?? 0
      const number = this.#sent++
      const text = textOf(number, i)
      return { to, number, text, running: tab(i + 1).encrypt(this.#party(to).client.address, utf8(text), toOutbox(`${number}`)) }
    })
    const received = await Promise.allSettled(deliveries.map(({ running }) => running))
    const fresh = new Set(inbound.filter((message) => !message.opened))
    for (const [i, { message, expected }] of deliveries.entries()) {
      const result = received[i]
      if (result?.status !== 'fulfilled') {
        if (!isBisikError(result?.reason)) throw result?.reason
        this.tally.add('batched', `refused: ${result.reason.code}`)
        continue
      }
      check(fresh.delete(message), 'O1: a message opened twice in a batch')
      check(expected === 'opens', `O1: a message that ${expected} opened in a batch`)
      this.#checkReceived(message, result.value)
      party.model.opened(message, this.#clock(), true)
      this.tally.add('batched', 'opened')
    }
    for (const { to, number, text, running } of sendings) this.#note(index, to, number, text, await running)
    // What did not open now must be what will not open either.
    for (const message of fresh) check(party.model.expect(message, this.#clock()) !== 'opens', 'O1: a good message was refused in a batch')
    for (const [peer, { id }] of party.model.current) {
      const now = party.store.current.get(nameOf(peer))
      if (now === undefined) throw new OracleFailure('a session is gone')
      check(now.id === id || inbound.some(({ session }) => session === now.id), 'the current session is none of those that could be')
      party.model.becameCurrent(peer, now, this.#clock())
    }
    this.tally.add('batched', 'sent', sendings.length)
  }

  /** Expects a refusal that changes nothing. O2. */
  async #refuses(index: number, running: Promise<unknown>, code: Refusal): Promise<void> {
    const { store } = this.#party(index)
    const writes = store.writes
    let refusal: unknown
    try {
      await running
    } catch (error) {
      refusal = error
    }
    if (refusal !== undefined && !isBisikError(refusal)) throw refusal
    check(isBisikError(refusal), `expected ${code}, but it went through`)
    check(isRefusal(refusal, code), `expected ${code}, not ${isBisikError(refusal) ? refusal.code : ''}`)
    check(store.writes === writes, `O2: ${code} changed the store`)
  }

  #two(a: number): [number, number] {
    const { parties } = this.#options
    const from = a % parties
    return [from, (from + 1 + (Math.floor(a / parties) % (parties - 1))) % parties]
  }

  #party(index: number): Party {
    const party = this.parties[index]
    if (party === undefined) throw new Error('no such party')
    return party
  }

  async #pick(a: number, use: (message: Message) => unknown): Promise<boolean> {
    const message = this.#network[a % Math.max(1, this.#network.length)]
    if (message === undefined) return false
    await use(message)
    return true
  }

  #take(message: Message): void {
    const at = this.#network.indexOf(message)
    if (at >= 0) this.#network.splice(at, 1)
  }
}

type Refusal = Exclude<Expectation, 'opens'>

/** On a session that it does not belong to, a message of a chain that is gone may look far ahead. */
function isRefusal(error: unknown, code: Refusal | undefined): boolean {
  if (code === 'copy-or-lost') return isRefusal(error, 'duplicate-message') || isRefusal(error, 'authentication-failed')
  return isBisikError(error) && (error.code === code || (code === 'authentication-failed' && error.code === 'too-far-ahead'))
}

function nameOf(index: number): string {
  return `00000000-0000-4000-8000-00000000000${index}`
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new OracleFailure(otherwise)
}
