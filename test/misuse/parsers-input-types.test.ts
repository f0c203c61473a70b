import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, utf8 } from '../../src/bytes.js'
import { epochMillis } from '../../src/env.js'
import { isBisikError } from '../../src/errors.js'
import { encodeSenderCertificate, encodeServerCertificate, serializeCertificate } from '../../src/wire/certificate.js'
import * as wire from '../../src/wire/index.js'
import { serializeSentMessage } from '../../src/wire/sent-message.js'
import { DRESSES, ODD_VALUES, variants } from '../support/world/odd-values.js'
import { recordedOf } from '../unit/wire/messages.js'

const ec = wire.parseEcPublicKey(new Uint8Array(33).fill(5))
const kem = wire.parseKemPublicKey(new Uint8Array(1569).fill(8))
const kemCiphertext = wire.parseKemCiphertext(new Uint8Array(1569).fill(8))
const signature = wire.parseSignature(new Uint8Array(64))
const identityKey = wire.parseIdentityKey(ec)
const address = { user: 'a97a0b6c-e551-4f03-876a-f7e1e7e21370', device: 1 }
const message = recordedOf(2).at(-1) ?? new Uint8Array(0)
const firstMessage = recordedOf(3).at(-1) ?? new Uint8Array(0)
const serviceId = wire.serviceIdOf(address.user) ?? new Uint8Array(0)
const retry = { ratchetKey: ec, timestamp: epochMillis(1), device: 1 }
const device = { address, registrationId: 1, identityKey, signedPreKey: { id: 1, publicKey: ec, signature } }
const kemPreKey = { id: 2, publicKey: kem, signature }
const bundle = { ...device, oneTimePreKey: { id: 3, publicKey: ec }, kemPreKey }
const upload = { ...device, kemPreKey, oneTimePreKeys: [bundle.oneTimePreKey], oneTimeKemPreKeys: [kemPreKey] }
const fields = {
  version: 4,
  writerVersion: 4,
  ratchetKey: ec,
  counter: 1,
  previousCounter: 0,
  ciphertext: utf8('x'),
  pqRatchet: utf8('y'),
  addresses: utf8('z'),
}
const handshake = {
  version: 4,
  writerVersion: 4,
  preKeyId: 1,
  baseKey: ec,
  identityKey,
  message,
  registrationId: 1,
  signedPreKeyId: 1,
  kem: { id: 1, ciphertext: kemCiphertext },
}

const serverCertificate = serializeCertificate(encodeServerCertificate({ id: 1, key: ec }), signature)
const sender = { sender: address, phoneNumber: undefined, identityKey, expiration: epochMillis(1), signer: serverCertificate }
const certificate = serializeCertificate(encodeSenderCertificate(sender), signature)
const content = { kind: 'ratchet', certificate, body: message, contentHint: 'resendable', groupId: utf8('group') } as const
const scannable = { version: 2, local: new Uint8Array(32), remote: new Uint8Array(32) }
const sent = serializeSentMessage({
  recipients: [{ user: address.user, devices: [{ device: 1, registrationId: 1 }], part: new Uint8Array(48) }],
  ...{ excluded: [], ephemeralKey: ec, ciphertext: message },
})
const groupFields = { distribution: address.user, chainId: 1, iteration: 2, ciphertext: message }
const groupMessage = wire.encodeSenderKeyMessage(groupFields).finish(signature)

/** Every function of the entry, with arguments that it takes. */
const CALLS: Readonly<Record<string, readonly unknown[]>> = {
  parseEcPublicKey: [ec],
  parseIdentityKey: [ec],
  parseKemPublicKey: [kem],
  parseKemCiphertext: [kemCiphertext],
  parseSignature: [signature],
  addressBinding: [address, address],
  checkAddress: [address],
  serviceIdOf: [address.user],
  parseServiceId: [serviceId],
  serviceIdBinary: [serviceId],
  parseServiceIdBinary: [serviceId],
  parseContent: [wire.serializeContent({ application: message, retry, accessKey: new Uint8Array(16) })],
  serializeContent: [{ application: message, sentAt: epochMillis(1), senderKey: message, accessKey: new Uint8Array(16), retry }],
  decryptionErrorFor: [{ kind: 'ratchet', body: message }, epochMillis(1), 1],
  parseDecryptionErrorMessage: [wire.serializeDecryptionErrorMessage(retry)],
  serializeDecryptionErrorMessage: [retry],
  parseEnvelope: [wire.serializeEnvelope({ kind: 'ratchet', sender: address, body: message })],
  serializeEnvelope: [{ kind: 'ratchet', sender: address, body: message }],
  extractDecryptionError: [wire.parsePlaintextContent(wire.serializePlaintextContent(retry))],
  parsePlaintextContent: [wire.serializePlaintextContent(retry)],
  serializePlaintextContent: [retry],
  parsePreKeyBundle: [wire.serializePreKeyBundle(bundle)],
  serializePreKeyBundle: [bundle],
  parsePreKeyUpload: [wire.serializePreKeyUpload(upload)],
  serializePreKeyUpload: [upload],
  parsePreKeySignalMessage: [firstMessage, 1e6],
  serializePreKeySignalMessage: [handshake],
  encodeSignalMessage: [fields],
  parseSignalMessage: [message, 1e6],
  parseSenderCertificate: [certificate],
  parseServerCertificate: [serverCertificate],
  parseScannable: [wire.serializeScannable(scannable)],
  serializeScannable: [scannable],
  parseSealedContent: [wire.serializeSealedContent(content)],
  serializeSealedContent: [content],
  parseSealedMessage: [concatBytes(Uint8Array.of(0x22), message), 1e6],
  parseSentMessage: [sent, 1e6],
  encodeSenderKeyMessage: [groupFields],
  parseSenderKeyMessage: [groupMessage],
}

/** A result without the functions in it: what they return instead. */
function plain(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || ArrayBuffer.isView(result)) return result
  if ('finish' in result)
    return (result as { readonly macInput?: Bytes; readonly signed?: Bytes }).macInput ?? { ...result, finish: undefined }
  if (!('recipientCount' in result)) return result
  const { recipients, excluded, ...rest } = result as wire.SentMessage
  return { ...rest, recipients: [...recipients()], excluded: [...excluded()] }
}

const entry: Readonly<Record<string, unknown>> = wire
const functions = Object.keys(entry).filter((name) => typeof entry[name] === 'function')
const call = (name: string, args: readonly unknown[]): unknown => (entry[name] as (...all: readonly unknown[]) => unknown)(...args)

const replaced = (list: readonly unknown[], at: number, value: unknown): unknown[] => list.map((one, i) => (i === at ? value : one))

/** `crypto/keys.ts` leaves wrong JavaScript types to the runtime, as the architecture allows. */
const MAY_THROW_TYPE_ERROR = ['parseEcPublicKey', 'parseIdentityKey', 'parseKemPublicKey', 'parseKemCiphertext', 'parseSignature']

describe('row 38: input of the wrong type', () => {
  it('row 38: is tried on every function of the entry', () => {
    expect(new Set(Object.keys(CALLS))).toEqual(new Set(functions))
    expect(ODD_VALUES.length).toBeGreaterThanOrEqual(30)
  })

  it.each(functions)('row 38: %s returns or throws a typed error, wherever the value stands', (name) => {
    const good = CALLS[name] ?? []
    expect(() => call(name, good)).not.toThrow()
    let tried = 0
    for (const [position, argument] of good.entries()) {
      for (const [oddName, odd] of ODD_VALUES) {
        for (const variant of variants(argument, () => [odd])) {
          tried++
          try {
            call(name, replaced(good, position, variant))
          } catch (error) {
            const typed = isBisikError(error) || (MAY_THROW_TYPE_ERROR.includes(name) && error instanceof TypeError)
            expect(typed, `${name} given ${oddName}: ${error}`).toBe(true)
          }
        }
      }
    }
    expect(tried).toBeGreaterThanOrEqual(ODD_VALUES.length)
  })

  it.each(functions.filter((name) => /^(parse|extract)/.test(name) && !MAY_THROW_TYPE_ERROR.includes(name)))(
    'row 38: %s takes nothing but bytes',
    (name) => {
      for (const [oddName, odd] of ODD_VALUES) {
        let code: string | undefined
        try {
          const result = call(name, [odd])
          code = result === undefined ? 'undefined' : 'ok'
        } catch (error) {
          code = isBisikError(error) ? error.code : String(error)
        }
        // Memory that is gone reads as no bytes at all, and where all fields are optional, no bytes are a message.
        const empty = name === 'parseContent' || name === 'parseScannable' ? ['ok'] : ['malformed-message', 'undefined']
        const expected = /detached|out of bounds/.test(oddName) ? empty : ['invalid-argument']
        expect(expected, `given ${oddName}`).toContain(code)
      }
    },
  )

  it.each(functions)('row 38: %s gives the same result for the same bytes in another dress', (name) => {
    const good = CALLS[name] ?? []
    const expected = plain(call(name, good))
    for (const [position, argument] of good.entries()) {
      for (const [, dress] of DRESSES) {
        const dressed = variants(argument, (part) => (part instanceof Uint8Array ? [dress(part)] : []))
        for (const variant of dressed) expect(plain(call(name, replaced(good, position, variant)))).toEqual(expected)
      }
    }
  })

  it('row 38: what is changed after the call changes nothing', () => {
    for (const name of functions.filter((one) => one.startsWith('parse'))) {
      const input = new Uint8Array(CALLS[name]?.[0] as Uint8Array)
      const result = call(name, [input])
      const before = structuredClone(plain(result))
      input.fill(0)
      expect(plain(result)).toEqual(before)
    }
    const ciphertext = utf8('ciphertext')
    const { macInput } = wire.encodeSignalMessage({ ...fields, version: 4, writerVersion: 4, ciphertext })
    const before = macInput.slice()
    ciphertext.fill(0)
    expect(macInput).toEqual(before)
  })
})
