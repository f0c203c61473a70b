/** Looks into the stores that the two sides left behind and counts. Believes nothing that they said while they ran. */
import { type OpenAccount, openAccount, readRecords } from '../shared/account.js'
import { decodeLine, decodeWire } from './records.js'

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
}

/** @param sender - the sender's store. @param recipient - the recipient's. */
export async function audit(lines: readonly string[], sender: string, recipient: string): Promise<Tally> {
  const { address } = await look(recipient, async ({ client }) => client)
  const session = await look(sender, ({ client }) => client.session(address))
  const wires = (await read(sender, 'wire')).map(decodeWire)
  const received = (await read(recipient, 'received')).map(decodeLine)
  const numbers = new Set(received.map(({ number }) => number))
  return {
    sent: wires.length,
    delivered: numbers.size,
    duplicated: received.length - numbers.size,
    lost: lines.filter((_, number) => !numbers.has(number)).length,
    equal: received.length === lines.length && received.every(({ number, text }, i) => number === i && text === lines[i]),
    epoch: session?.epoch ?? 0,
    ratchetTurns: new Set(wires.map(({ ratchetKey }) => ratchetKey)).size,
    wireBytes: wires.reduce((sum, { bytes }) => sum + bytes, 0),
  }
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
