/** What the two sides of the demo keep, and what the audit reads when they are gone. */
import { fromUtf8, utf8 } from 'bisik'

/** What a side reports while it runs. */
export interface Progress {
  readonly sent: number
  readonly received: number
  /** Envelopes that came again after a crash, and were recognised. */
  readonly repeated: number
  readonly done: boolean
}

/** One message as it went over the wire. */
export interface Wire {
  readonly bytes: number
  /** The sender's ratchet key, in hexadecimal: it changes with each turn of the ratchet. */
  readonly ratchetKey: string
}

/** The record that counts the lines given to the outbox. */
export const POSTED = 'posted'

/** The lines of a text; a last newline ends the last line and begins no other. */
export function linesOf(text: Uint8Array): string[] {
  const lines = Buffer.from(text).toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export function encodeLine(number: number, text: string): Uint8Array {
  return utf8(`${number}\n${text}`)
}

export function decodeLine(bytes: Uint8Array): { readonly number: number; readonly text: string } {
  const content = fromUtf8(bytes) ?? ''
  const end = content.indexOf('\n')
  return { number: Number(content.slice(0, end)), text: content.slice(end + 1) }
}

export function receivedRecord(position: number, plaintext: Uint8Array): [string, Uint8Array] {
  return [`received/${String(position).padStart(9, '0')}`, plaintext]
}

export function wireRecord(tag: string, bytes: number, ratchetKey: string): [string, Uint8Array] {
  const wire: Wire = { bytes, ratchetKey }
  return [`wire/${tag.padStart(9, '0')}`, utf8(JSON.stringify(wire))]
}

export function decodeWire(bytes: Uint8Array): Wire {
  return JSON.parse(fromUtf8(bytes) ?? '') as Wire
}
