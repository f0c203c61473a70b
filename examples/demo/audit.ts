/** Looks into the stores that the two sides left behind and counts. Believes nothing that they said while they ran. */
import { type Client, parseEnvelope } from 'bisik'
import { exportIdentity, parseIdentity } from 'bisik/libsignal'
import { type IdentityKeyPair, keyPairFromPrivateKey, unseal } from 'bisik/protocol'
import { parsePreKeySignalMessage, parseSealedMessage, parseSignalMessage } from 'bisik/wire'
import { type OpenAccount, openAccount, readRecords } from '../shared/account.js'
import { decodeLine } from './records.js'

/** One direction. */
export interface Tally {
  readonly sent: number
  readonly delivered: number
  readonly duplicated: number
  readonly lost: number
  /** Whether the received lines, in the order in which they came, are the text. */
  readonly equal: boolean
  readonly ratchetTurns: number
  /** Post-quantum exchanges mixed in since the handshake, as the sender's session has it. */
  readonly epoch: number
  readonly wireBytes: number
  /** Messages that went out sealed. */
  readonly sealed: number
  /** Messages of which the relay was told who sends them: the first, before the other side's access key has come. */
  readonly named: number
}

/** @param sender - the sender's store. @param recipient - the recipient's. */
export async function audit(lines: readonly string[], sender: string, recipient: string): Promise<Tally> {
  const { address } = await look(recipient, async ({ client }) => client)
  const session = await look(sender, ({ client }) => client.session(address))
  const wires = await read(sender, 'wire')
  const envelopes = wires.map(parseEnvelope)
  const identity = await look(recipient, async ({ client }) => identityOf(client))
  const ratchetKeys = envelopes.map(({ kind, body }) => (kind === 'sealed' ? ratchetKeyOf(body, identity) : kind))
  const received = (await read(recipient, 'received')).map(decodeLine)
  const numbers = new Set(received.map(({ number }) => number))
  return {
    sent: wires.length,
    delivered: numbers.size,
    duplicated: received.length - numbers.size,
    lost: lines.filter((_, number) => !numbers.has(number)).length,
    equal: received.length === lines.length && received.every(({ number, text }, i) => number === i && text === lines[i]),
    epoch: session?.epoch ?? 0,
    ratchetTurns: new Set(ratchetKeys).size,
    wireBytes: wires.reduce((sum, { length }) => sum + length, 0),
    sealed: envelopes.filter(({ kind }) => kind === 'sealed').length,
    named: (await read(sender, 'named')).length,
  }
}

/** Only the recipient's key opens a seal: the sender's ratchet key, which changes with each turn, is under it. */
function ratchetKeyOf(sealed: Uint8Array, identity: IdentityKeyPair): string {
  const { kind, body } = unseal(parseSealedMessage(sealed), identity)
  const message = kind === 'pre-key' ? parsePreKeySignalMessage(body).message : parseSignalMessage(body)
  return Buffer.from(message.ratchetKey).toString('hex')
}

function identityOf(client: Client): IdentityKeyPair {
  const { identityKeyPair, registrationId } = exportIdentity(client)
  return keyPairFromPrivateKey(parseIdentity(identityKeyPair, registrationId).identityPrivateKey) as IdentityKeyPair
}

function read(file: string, prefix: string): Promise<Uint8Array[]> {
  return look(file, async ({ store }) => [...(await readRecords(store, prefix)).values()])
}

async function look<T>(file: string, see: (account: OpenAccount) => Promise<T>): Promise<T> {
  const account = await openAccount(file)
  try {
    return await see(account)
  } finally {
    account.close()
  }
}
