/** What the two sides of the demo keep, and what the audit reads when they are gone. */
import { type Envelope, fromUtf8, serializeEnvelope, utf8 } from 'bisik'

/** What a side reports while it runs. */
export interface Progress {
  readonly sent: number
  readonly received: number
  /** Envelopes that came again after a crash, and were recognised. */
  readonly repeated: number
  readonly done: boolean
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

/** The message as it goes over the wire. */
export function wireRecord(tag: string, envelope: Envelope): [string, Uint8Array] {
  return [`wire/${tag.padStart(9, '0')}`, serializeEnvelope(envelope)]
}

/** The relay was told who sent the message. */
export function namedRecord(tag: string): [string, Uint8Array] {
  return [`named/${tag.padStart(9, '0')}`, new Uint8Array(0)]
}
