/** Messages that nobody honest sends. */
import type { Envelope } from '../../src/index.js'
import { parsePreKeySignalMessage, serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { encodeSignalMessage, parseSignalMessage, type SignalMessage } from '../../src/wire/signal-message.js'

/** The SignalMessage in an envelope of either kind. */
export function signalMessageOf(envelope: Envelope): SignalMessage {
  return envelope.kind === 'pre-key' ? parsePreKeySignalMessage(envelope.body).message : parseSignalMessage(envelope.body)
}

/** The same envelope with fields of its SignalMessage replaced and the old MAC left in place. */
export function withFields(
  envelope: Envelope,
  fields: Partial<Pick<SignalMessage, 'counter' | 'ratchetKey' | 'ciphertext' | 'version' | 'addresses' | 'pqRatchet'>>,
): Envelope {
  const message = signalMessageOf(envelope)
  const { version, ratchetKey, counter, previousCounter, ciphertext, pqRatchet, addresses } = { ...message, ...fields }
  const bytes = encodeSignalMessage({
    version,
    ratchetKey,
    counter,
    previousCounter,
    ciphertext,
    pqRatchet,
    ...(addresses === undefined ? {} : { addresses }),
  }).finish(message.tag)
  if (envelope.kind === 'ratchet') return { ...envelope, body: bytes }
  return { ...envelope, body: serializePreKeySignalMessage({ ...parsePreKeySignalMessage(envelope.body), message: bytes }) }
}

/** The same envelope with one bit of its body flipped. */
export function withBitFlipped(envelope: Envelope, bit: number): Envelope {
  const body = Uint8Array.from(envelope.body)
  body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return { ...envelope, body }
}
