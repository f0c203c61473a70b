/** The result of the demo as a table. */
import type { Tally } from './audit.js'

export interface Result {
  readonly there: Tally
  readonly back: Tally
  readonly lines: readonly string[]
  readonly seconds: number
  /** Envelopes that came again after a crash, and were recognised; as far as the processes lived to tell. */
  readonly repeated: number
}

/** Whether everything arrived, once, in order. */
export function isGood(tally: Tally, lines: number): boolean {
  const { sent, delivered, duplicated, lost, equal, sealed } = tally
  return sent === lines && delivered === lines && duplicated === 0 && lost === 0 && equal && sealed === lines
}

export function table({ there, back, lines, seconds, repeated }: Result): string {
  const textBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length
  const perMessage = (bytes: number, messages: number): number => Math.round(bytes / messages)
  const both = (figure: (tally: Tally) => number): [number, number, number] => [figure(there), figure(back), figure(there) + figure(back)]
  const rows: (readonly [string, ...(string | number)[]])[] = [
    ['', 'alice → bob', 'bob → alice', 'both'],
    ['messages sent', ...both(({ sent }) => sent)],
    ['delivered', ...both(({ delivered }) => delivered)],
    ['duplicated', ...both(({ duplicated }) => duplicated)],
    ['lost', ...both(({ lost }) => lost)],
    ['received text equal to the original', ...[there.equal, back.equal, there.equal && back.equal].map((equal) => (equal ? 'yes' : 'NO'))],
    ['sealed: the relay cannot see who sent it', ...both(({ sealed }) => sealed)],
    ["of these, sent in the sender's name", ...both(({ named }) => named)],
    ['ratchet turns', ...both(({ ratchetTurns }) => ratchetTurns)],
    ['post-quantum epoch reached', there.epoch, back.epoch, ''],
    [
      'bytes on the wire per message',
      perMessage(there.wireBytes, there.sent),
      perMessage(back.wireBytes, back.sent),
      perMessage(there.wireBytes + back.wireBytes, there.sent + back.sent),
    ],
    ['bytes of text per message', '', '', Math.round(textBytes)],
    ['sent again after a crash and recognised', '', '', repeated],
    ['seconds, crashes and restarts included', '', '', seconds.toFixed(1)],
    ['messages a second', '', '', Math.round((there.delivered + back.delivered) / seconds)],
  ]
  return rows.map(([name, ...cells]) => name.padEnd(42) + cells.map((cell) => String(cell).padStart(13)).join('')).join('\n')
}
