/**
 * What every runtime has to do with the built package: keys, conversations, groups, seals, safety numbers, contents and retry, errors, and
 * the conformance suite of its store. Knows the package's entries, and of a runtime only what it is handed.
 */
import { Client, fromUtf8, isBisikError, MemoryStore, utf8 } from 'bisik'
import { Relay } from 'bisik/relay'
import { keyStoreConformance } from 'bisik/store/conformance'
import { serializeContent } from 'bisik/wire'

/** Messages of the long conversation, of both sides. */
const MESSAGES = 200
const BLOCK = 10
const TURNS = 25
const PREKEYS = 20
const GROUP = '0f3c2f6e-8f0d-4c39-9d1f-1f6f2f8d5a11'

function assert(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`)
}

/** The same order in every runtime. */
function shuffled(list, seed) {
  let state = seed
  const next = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state % below
  }
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = next(i + 1)
    const swapped = result[i]
    result[i] = result[j]
    result[j] = swapped
  }
  return result
}

async function opens(receiver, envelope, text) {
  const { plaintext, ...received } = await receiver.decrypt(envelope)
  assert(fromUtf8(plaintext) === text, `"${text}" arrives`)
  return received
}

async function codeOf(attempt) {
  try {
    await attempt()
    return undefined
  } catch (error) {
    return isBisikError(error) ? error.code : String(error)
  }
}

/** Three users of one relay. */
async function world(host) {
  const relay = new Relay({ store: await host.open('relay') })
  const trustRoots = [await relay.trustRoot()]
  const join = async (name) => {
    const client = await Client.openOrCreate({ store: await host.open(name), trustRoots })
    const token = host.random(32)
    const account = await relay.register({ address: client.address, identityKey: client.identityKey, token })
    await relay.publish(account, await client.generatePreKeys(PREKEYS))
    return { client, account, address: client.address, seal: await relay.senderCertificate(account) }
  }
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')]
  const bundleFor = (asker) => (address) => relay.fetchBundle(asker.account, address)
  return { relay, alice, bob, carol, bundleFor, random: host.random }
}

/** Each of them throws at the first thing that is not as it should be; what it returns is how many messages it took. */
const STEPS = {
  async 'first message'({ alice, bob, bundleFor }) {
    await alice.client.startSession(await bundleFor(alice)(bob.address))
    const { session } = await opens(bob.client, await alice.client.encrypt(bob.address, utf8('hello')), 'hello')
    assert(session.kind === 'triple', 'the session is post-quantum')
    await opens(alice.client, await bob.client.encrypt(alice.address, utf8('hello, alice')), 'hello, alice')
    return 2
  },

  async 'shuffled, both ways, with gaps'({ alice, bob }) {
    let epoch = 0
    for (let block = 0; block < MESSAGES / BLOCK / 2; block++) {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ]) {
        const sent = []
        for (let i = 0; i < BLOCK; i++) {
          const text = `${block}.${i} \u{1f98a}`
          sent.push({ text, envelope: await from.client.encrypt(to.address, utf8(text)) })
        }
        // One of each block is lost for good.
        const [, ...arriving] = shuffled(sent, block + 1)
        for (const { text, envelope } of arriving) epoch = Math.max(epoch, (await opens(to.client, envelope, text)).session.epoch)
      }
    }
    assert(epoch > 0, 'the post-quantum ratchet turned')
    return MESSAGES
  },

  async 'in order'({ alice, bob }) {
    for (let i = 0; i < TURNS; i++) await opens(bob.client, await alice.client.encrypt(bob.address, utf8(`in order ${i}`)), `in order ${i}`)
    return TURNS
  },

  async 'ping-pong'({ alice, bob }) {
    for (let i = 0; i < TURNS; i++) {
      await opens(bob.client, await alice.client.encrypt(bob.address, utf8(`ping ${i}`)), `ping ${i}`)
      await opens(alice.client, await bob.client.encrypt(alice.address, utf8(`pong ${i}`)), `pong ${i}`)
    }
    return 2 * TURNS
  },

  async 'sealed for one'({ alice, bob }) {
    for (let i = 0; i < BLOCK; i++) {
      const envelope = await alice.client.encrypt(bob.address, utf8(`sealed ${i}`), { seal: alice.seal })
      assert(envelope.kind === 'sealed', 'the envelope is sealed')
      const { sealed, sender } = await opens(bob.client, envelope, `sealed ${i}`)
      assert(sealed !== undefined && sender.user === alice.address.user, 'the seal names its sender')
    }
    return BLOCK
  },

  async group({ alice, bob, carol, bundleFor }) {
    await alice.client.startSession(await bundleFor(alice)(carol.address))
    const group = alice.client.group(GROUP)
    const senderKey = await group.distribute()
    for (const { client, address } of [bob, carol]) {
      const received = await client.decryptContent(await alice.client.encryptContent(address, { senderKey }, { seal: alice.seal }))
      assert(received.kind === 'content' && received.senderKey !== undefined, 'the sender key arrives')
    }
    for (let i = 0; i < BLOCK; i++) {
      const envelope = await group.encrypt(utf8(`group ${i}`))
      for (const { client } of [bob, carol]) await opens(client, envelope, `group ${i}`)
    }
    return BLOCK
  },

  async 'sealed for many'({ relay, alice, bob, carol, random }) {
    const accessKeys = new Map()
    for (const { account, address } of [bob, carol]) {
      const key = random(16)
      await relay.setAccessKey(account, key)
      accessKeys.set(address.user, key)
    }
    const message = await alice.client.group(GROUP).encrypt(serializeContent({ application: utf8('to all') }))
    const many = await alice.client.sealForMany(message, [bob.address, carol.address], { seal: alice.seal })
    const deliveries = await relay.sendToMany(many, accessKeys)
    assert(deliveries.length === 2 && deliveries.every(({ outcome }) => outcome === 'delivered'), 'both are delivered')
    for (const { client, account } of [bob, carol]) {
      for (const { envelope, receivedAt, sequence } of await relay.messages(account)) {
        const received = await client.decryptContent(envelope, { receivedAt })
        assert(fromUtf8(received.application) === 'to all', 'the content arrives')
        await relay.acknowledge(account, sequence)
      }
    }
    return 2
  },

  async 'safety number'({ alice, bob }) {
    const [ours, theirs] = [await alice.client.fingerprint(bob.address), await bob.client.fingerprint(alice.address)]
    assert(ours.displayable === theirs.displayable && ours.displayable.length === 60, 'both see the same digits')
    assert(await alice.client.verify(bob.address, theirs.scannable), 'the scan holds')
    return 1
  },

  async 'content and retry'({ alice, bob, bundleFor }) {
    await bob.client.forget(alice.address)
    const lost = await alice.client.encryptContent(bob.address, { application: utf8('are you there?') })
    const incoming = await bob.client.decryptContent(lost, { askStrangers: true })
    assert(incoming.kind === 'unreadable' && incoming.request !== undefined, 'it is asked for again')
    const request = await alice.client.decryptContent(incoming.request)
    assert(request.kind === 'retry-request', 'the request arrives')
    const { envelopes } = await alice.client.answerRetry(request, bundleFor(alice))
    const texts = []
    for (const envelope of envelopes) {
      const received = await bob.client.decryptContent(envelope)
      if (received.kind === 'content' && received.application !== undefined) texts.push(fromUtf8(received.application))
    }
    assert(texts.includes('are you there?'), 'what was lost is sent again')
    return 3
  },

  async refusals({ alice, bob }) {
    const envelope = await alice.client.encrypt(bob.address, utf8('once'))
    await opens(bob.client, envelope, 'once')
    // From her next message on, Alice sends no handshake along, and her messages end with their tag.
    await opens(alice.client, await bob.client.encrypt(alice.address, utf8('read')), 'read')
    const copied = await codeOf(() => bob.client.decrypt(envelope))
    assert(copied === 'duplicate-message', `a copy is one, not ${copied}`)
    const message = await alice.client.encrypt(bob.address, utf8('altered'))
    const body = message.body.slice()
    body[body.length - 1] ^= 1
    const altered = await codeOf(() => bob.client.decrypt({ ...message, body }))
    assert(altered === 'authentication-failed', `an altered message does not authenticate, not ${altered}`)
    await opens(bob.client, message, 'altered')
    if (typeof structuredClone === 'function') {
      const error = await bob.client.decrypt(message).catch((caught) => structuredClone(caught))
      assert(isBisikError(error, 'duplicate-message') && error.details.counter >= 0, 'a cloned error keeps its code and details')
    }
    return 3
  },
}

/** The conformance suite, one test after the other. @returns how many there are. */
async function conformance({ fresh, reopen }) {
  const tests = []
  keyStoreConformance({ test: (name, run) => tests.push({ name, run }), factory: fresh, ...(reopen && { reopen }) })
  for (const { name, run } of tests) {
    try {
      await run()
    } catch (error) {
      throw new Error(`the store: ${name}: ${error}`)
    }
  }
  return tests.length
}

/** The steps that are timed in memory too, for there the disk has no part in it. */
const IN_MEMORY = ['first message', 'shuffled, both ways, with gaps', 'in order', 'ping-pong']

/** What can be done again, and is: the quickest time says most of a machine that does other things beside. */
const REPEATED = ['in order', 'ping-pong']
const TIMES = 3

/** Runs steps among three new accounts. @returns milliseconds of each, for one message. */
async function timed(host, steps) {
  const milliseconds = {}
  const begin = await host.now()
  const parties = await world(host)
  milliseconds['three accounts'] = (await host.now()) - begin
  for (const name of steps) {
    for (let time = 0; time < (REPEATED.includes(name) ? TIMES : 1); time++) {
      const start = await host.now()
      const messages = await STEPS[name](parties).catch((error) => {
        throw new Error(`${name}: ${error?.stack ?? error}${error?.cause ? `\ncause: ${error.cause.stack ?? error.cause}` : ''}`)
      })
      milliseconds[name] = Math.min(milliseconds[name] ?? Infinity, ((await host.now()) - start) / messages)
    }
  }
  return milliseconds
}

/**
 * Runs everything.
 *
 * @param host - `open(name)` makes the stores of accounts, left out where there is memory alone; `fresh()` one for the conformance suite,
 *        `reopen(store)` another handle on it if there is such a thing; `random(length)`; `now()`, milliseconds or a promise of them.
 * @returns how many checks there were, and milliseconds for one message of each step, in memory and on the store.
 */
export async function run(host) {
  const all = Object.keys(STEPS)
  const inMemory = await timed({ ...host, open: () => new MemoryStore() }, host.open ? IN_MEMORY : all)
  const onStore = host.open && (await timed(host, all))
  return { checks: all.length + (await conformance(host)), inMemory, onStore }
}
