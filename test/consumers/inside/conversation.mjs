/** Two users, as a page or a server of an application has them. Knows the package's entries, and of the tool that bundled it nothing. */
import { Client, fromUtf8, isBisikError, utf8 } from 'bisik'
import { Relay } from 'bisik/relay'

const TURNS = 4
const GROUP = '0f3c2f6e-8f0d-4c39-9d1f-1f6f2f8d5a11'

/** Throws unless it is so. */
export function assert(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`)
}

/** The error that `attempt` ends with. */
export async function errorOf(attempt) {
  try {
    await attempt()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

async function join(relay, store) {
  const client = await Client.openOrCreate({ store, trustRoots: [await relay.trustRoot()] })
  const token = crypto.getRandomValues(new Uint8Array(32))
  const account = await relay.register({ address: client.address, identityKey: client.identityKey, token })
  await relay.publish(account, await client.generatePreKeys(2))
  return { client, account, address: client.address, seal: await relay.senderCertificate(account) }
}

/** Two users of one relay, whom Alice's first message has made known to each other. `open(name)` makes their stores. */
export async function twoUsers(open) {
  const relay = new Relay({ store: await open('relay') })
  const [alice, bob] = [await join(relay, await open('alice')), await join(relay, await open('bob'))]
  await alice.client.startSession(await relay.fetchBundle(alice.account, bob.address))
  const session = await says(alice, bob, 'hello')
  assert(session.kind === 'triple', 'the session is post-quantum')
  return { alice, bob }
}

/** One message, and the session that it came through. */
export async function says(from, to, text) {
  const received = await to.client.decrypt(await from.client.encrypt(to.address, utf8(text)))
  assert(fromUtf8(received.plaintext) === text, `"${text}" arrives`)
  return received.session
}

/**
 * Everything that an application of two does.
 *
 * @param open - makes the store of a name.
 * @param crossings - ways from which an error must come back as itself.
 * @returns what was checked, in order.
 */
export async function converse(open, crossings = { clone: structuredClone }) {
  const { alice, bob } = await twoUsers(open)
  for (let i = 0; i < TURNS; i++) {
    await says(bob, alice, `ping ${i}`)
    await says(alice, bob, `pong ${i}`)
  }
  await sealed(alice, bob)
  await group(alice, bob)
  const numbers = [await alice.client.fingerprint(bob.address), await bob.client.fingerprint(alice.address)]
  assert(numbers[0].displayable === numbers[1].displayable, 'both see the same safety number')
  await twice({ alice, bob, crossings })
  const crossed = Object.keys(crossings).map((name) => `error through a ${name}`)
  return ['post-quantum session', 'both ways', 'sealed', 'group', 'safety number', ...crossed]
}

async function sealed(alice, bob) {
  const envelope = await alice.client.encrypt(bob.address, utf8('sealed'), { seal: alice.seal })
  assert(envelope.kind === 'sealed', 'the envelope is sealed')
  const received = await bob.client.decrypt(envelope)
  assert(fromUtf8(received.plaintext) === 'sealed' && received.sealed !== undefined, 'the seal holds')
  assert(received.sender.user === alice.address.user, 'the seal names its sender')
}

async function group(alice, bob) {
  const senderKey = await alice.client.group(GROUP).distribute()
  await bob.client.decryptContent(await alice.client.encryptContent(bob.address, { senderKey }))
  const received = await bob.client.decrypt(await alice.client.group(GROUP).encrypt(utf8('to all')))
  assert(received.kind === 'group-message' && fromUtf8(received.plaintext) === 'to all', `the group message arrives, not ${received.kind}`)
}

async function twice({ alice, bob, crossings }) {
  const envelope = await alice.client.encrypt(bob.address, utf8('once'))
  await bob.client.decrypt(envelope)
  const error = await errorOf(() => bob.client.decrypt(envelope))
  assert(isBisikError(error, 'duplicate-message'), `a copy is one, not ${error}`)
  for (const [name, cross] of Object.entries(crossings)) {
    const other = await cross(error)
    assert(isBisikError(other, 'duplicate-message'), `an error is one after a ${name}, not ${other}`)
    assert(other !== error && other.details.counter === error.details.counter, `a ${name} keeps the details`)
  }
}
