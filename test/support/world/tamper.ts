/** Alters messages in every way that an attacker on the way can. Knows envelopes and their outer form, no key. */
import { concatBytes } from '../../../src/bytes.js'
import type { Envelope } from '../../../src/index.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { parseSignalMessage, type SignalMessage } from '../../../src/wire/signal-message.js'
import { withBitFlipped, withFields } from '../forge.js'
import { hex } from './stores.js'

/** Ways to alter a message. */
export const TAMPERINGS = [
  'bit',
  'byte',
  'truncate',
  'extend',
  'splice',
  'ciphertext',
  'chunk',
  'counter',
  'far',
  'version',
  'kind',
  'strip',
  'sender',
] as const
/** One of {@link TAMPERINGS}. */
export type Tampering = (typeof TAMPERINGS)[number]

/** Alters a message. `other` is another message, to take parts from; `a` and `b` choose the place. */
export function tamper(envelope: Envelope, how: Tampering, other: Envelope, a: number, b: number): Envelope {
  if (envelope.kind === 'sealed' || other.kind === 'sealed') throw new Error('worlds are not sealed')
  const { body } = envelope
  const at = a % body.length
  const inner = innerOf(envelope)
  switch (how) {
    case 'bit':
      return withBitFlipped(envelope, a % (body.length * 8))
    case 'byte':
      return { ...envelope, body: body.map((byte, i) => (i === at ? b & 0xff : byte)) }
    case 'truncate':
      return { ...envelope, body: body.slice(0, at) }
    case 'extend':
      return { ...envelope, body: concatBytes(body, new Uint8Array(1 + (b % 20)).fill(a & 0xff)) }
    case 'splice':
      return { ...envelope, body: concatBytes(body.subarray(0, at), other.body.subarray(at)) }
    case 'ciphertext':
      return withFields(envelope, { ciphertext: innerOf(other)?.ciphertext ?? new Uint8Array(16) })
    case 'chunk':
      return withFields(envelope, { pqRatchet: innerOf(other)?.pqRatchet ?? new Uint8Array(0) })
    case 'counter':
      return withFields(envelope, { counter: (inner?.counter ?? 0) + 1 + (b % 3) })
    case 'far':
      return withFields(envelope, { counter: 30_000 + a })
    case 'version':
      return { ...envelope, body: body.map((byte, i) => (i === 0 ? ((a % 16) << 4) | (byte & 0x0f) : byte)) }
    case 'kind':
      return { ...envelope, kind: envelope.kind === 'pre-key' ? 'ratchet' : 'pre-key' }
    case 'strip':
      return inner === undefined ? envelope : { ...envelope, kind: 'ratchet', body: concatBytes(inner.authenticated, inner.tag) }
    case 'sender':
      return { ...envelope, sender: b % 4 === 0 ? { ...envelope.sender, device: 2 + (b % 100) } : other.sender }
  }
}

/** What is under the MAC with the MAC itself, and who is said to have sent it: messages that agree in it are one and the same. */
export function authenticPart(envelope: Envelope): string | undefined {
  const inner = innerOf(envelope)
  return inner && `${envelope.sender?.user}.${envelope.sender?.device} ${hex(inner.authenticated)}${hex(inner.tag)}`
}

function innerOf(envelope: Envelope): SignalMessage | undefined {
  try {
    return envelope.kind === 'pre-key' ? parsePreKeySignalMessage(envelope.body).message : parseSignalMessage(envelope.body)
  } catch {
    return undefined
  }
}
