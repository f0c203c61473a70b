/** Looks into the stores that the two sides left behind and counts. Believes nothing that they said while they ran. */
import { openAccount, readRecords } from '../shared/account.js'
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
  readonly wireBytes: number
}

/** @param sender - the sender's store. @param recipient - the recipient's. */
export async function audit(lines: readonly string[], sender: string, recipient: string): Promise<Tally> {
  const wires = (await read(sender, 'wire')).map(decodeWire)
  const received = (await read(recipient, 'received')).map(decodeLine)
  const numbers = new Set(received.map(({ number }) => number))
  return {
    sent: wires.length,
    delivered: numbers.size,
    duplicated: received.length - numbers.size,
    lost: lines.filter((_, number) => !numbers.has(number)).length,
    equal: received.length === lines.length && received.every(({ number, text }, i) => number === i && text === lines[i]),
    ratchetTurns: new Set(wires.map(({ ratchetKey }) => ratchetKey)).size,
    wireBytes: wires.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

async function read(file: string, prefix: string): Promise<Uint8Array[]> {
  const { store, close } = await openAccount(file)
  try {
    return [...(await readRecords(store, prefix)).values()]
  } finally {
    close()
  }
}
