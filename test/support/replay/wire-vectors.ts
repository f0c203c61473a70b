/**
 * Vectors of what is around a message: addresses, service ids, retry requests. Knows the shape of libsignal's files and which
 * of bisik's functions answers each case.
 */
import { toHex } from '../../../src/bytes.js'
import { epochMillis } from '../../../src/env.js'
import { checkAddress, parseServiceId, parseServiceIdBinary, serviceIdBinary, serviceIdOf } from '../../../src/wire/address.js'
import {
  decryptionErrorFor,
  parseDecryptionErrorMessage,
  serializeDecryptionErrorMessage,
} from '../../../src/wire/decryption-error-message.js'
import { extractDecryptionError, parsePlaintextContent, serializePlaintextContent } from '../../../src/wire/plaintext-content.js'
import { hex } from './files.js'
import { answer } from './key-vectors.js'
import { type FileReport, Mismatch, same } from './report.js'
import { refusalOf } from './steps.js'
import type { Expectation } from './transcript.js'

interface AddressFile {
  readonly protocolAddress: readonly ({
    readonly name: string
    readonly deviceId: number | string
    readonly gotName?: string
    readonly gotDevice?: number
    readonly serviceId?: string | null
  } & Expectation)[]
  readonly serviceIdStrings: readonly ({
    readonly string: string
    readonly canonical?: string
    readonly binary?: string
    readonly fixedWidth?: string
  } & Expectation)[]
  readonly serviceIdBinary: readonly ({ readonly fn: string; readonly bytes: string; readonly canonical?: string } & Expectation)[]
}

/** Addresses of devices, and service ids in their three forms. */
export async function replayAddresses(file: AddressFile, report: FileReport): Promise<void> {
  for (const [i, { name: user, deviceId, gotName, gotDevice, serviceId, ...expected }] of file.protocolAddress.entries()) {
    await report.check(`protocolAddress ${i}`, async () => {
      const refusal = await refusalOf(() => checkAddress({ user, device: Number(deviceId) }))
      if (expected.expect === 'error') {
        // libsignal's are of three classes, the runtime's range error among them; ours is one.
        same('refused with', refusal?.code, 'invalid-argument')
        return undefined
      }
      if (refusal?.code === 'invalid-argument' && LONE_SURROGATE.test(user)) return 'address-well-formed'
      if (refusal?.code === 'invalid-argument' && Buffer.byteLength(user) > 1024) return 'address-length'
      if (refusal !== undefined) throw refusal
      // The name that libsignal keeps, or the service id that it reads in it.
      same('address', checkAddress({ user, device: Number(deviceId) }), { user: serviceId ?? gotName, device: gotDevice })
      const id = serviceIdOf(user)
      same('service id', id === undefined ? null : parseServiceId(id), serviceId)
      return undefined
    })
  }
  for (const [i, { string, canonical, binary, fixedWidth, ...expected }] of file.serviceIdStrings.entries()) {
    await report.check(`serviceIdStrings ${i}`, () => {
      const id = serviceIdOf(string)
      const forms = id && [parseServiceId(id), toHex(serviceIdBinary(id)), toHex(id)]
      same('service id', forms, expected.expect === 'ok' ? [canonical, binary, fixedWidth] : undefined)
    })
  }
  for (const [i, { fn, bytes, canonical, ...expected }] of file.serviceIdBinary.entries()) {
    await report.check(`serviceIdBinary ${i}`, () => {
      const parse = PARSERS[fn]
      if (parse === undefined) throw new Mismatch(`there is no function ${fn}`)
      same('service id', parse(hex(bytes)), expected.expect === 'ok' ? canonical : undefined)
    })
  }
}

// With the u flag a pair is one character, so only a half without its other half matches.
const LONE_SURROGATE = /[\ud800-\udfff]/u

const PARSERS: Readonly<Record<string, (bytes: Uint8Array) => string | undefined>> = {
  parseFromServiceIdBinary: parseServiceIdBinary,
  parseFromServiceIdFixedWidthBinary: parseServiceId,
}

interface PlaintextFile {
  readonly cases: readonly {
    readonly originalType: number
    readonly original: string
    readonly timestamp: number
    readonly originalSenderDeviceId: number
    readonly decryptionErrorMessage: string
    readonly ratchetKey: string | null
    readonly plaintextContent: string
    readonly plaintextContentBody: string
    readonly extracted: { readonly timestamp: number; readonly deviceId: number; readonly ratchetKey: string | null }
  }[]
  readonly parse: readonly ({
    readonly what: string
    readonly kind: string
    readonly bytes: string
    readonly value?: string | number
  } & Expectation)[]
  readonly forOriginalBad: readonly ({ readonly type: number; readonly bytes: string; readonly value?: string } & Expectation)[]
}

const KINDS: Readonly<Record<number, 'ratchet' | 'pre-key' | 'sender-key'>> = { 2: 'ratchet', 3: 'pre-key', 7: 'sender-key' }

/** Retry requests and the plaintext content that they travel in. */
export async function replayPlaintextContent(file: PlaintextFile, report: FileReport): Promise<void> {
  // A kind that is not encrypted has no name here; what the function makes of it is the case.
  const original = (type: number, body: string) => ({ kind: KINDS[type] as 'ratchet', body: hex(body) })
  for (const [i, vector] of file.cases.entries()) {
    await report.check(`cases ${i}`, () => {
      const { originalType, timestamp, originalSenderDeviceId: device } = vector
      const request = decryptionErrorFor(original(originalType, vector.original), epochMillis(timestamp), device)
      same('ratchet key', request.ratchetKey === undefined ? null : toHex(request.ratchetKey), vector.ratchetKey)
      same('request', toHex(serializeDecryptionErrorMessage(request)), vector.decryptionErrorMessage)
      same('content', toHex(serializePlaintextContent(request)), vector.plaintextContent)
      const body = parsePlaintextContent(hex(vector.plaintextContent))
      same('body', toHex(body), vector.plaintextContentBody)
      const { ratchetKey, ...rest } = extractDecryptionError(body)
      const extracted = {
        timestamp: rest.timestamp,
        deviceId: rest.device,
        ratchetKey: ratchetKey === undefined ? null : toHex(ratchetKey),
      }
      same('extracted', extracted, vector.extracted)
    })
  }
  const parsers: Readonly<Record<string, (bytes: Uint8Array) => string | number>> = {
    PlaintextContent: (bytes) => toHex(parsePlaintextContent(bytes)),
    DecryptionErrorMessage: (bytes) => parseDecryptionErrorMessage(bytes).timestamp,
    extract: (bytes) => extractDecryptionError(bytes).timestamp,
  }
  for (const { what, kind, bytes, value, ...expected } of file.parse) {
    const parse = parsers[what]
    await report.check(`parse ${what} ${kind}`, () => {
      if (parse === undefined) throw new Mismatch('there is no such parser')
      return answer(expected, () => parse(hex(bytes)), value)
    })
  }
  for (const [i, { type, bytes, value, ...expected }] of file.forOriginalBad.entries()) {
    const make = () => toHex(serializeDecryptionErrorMessage(decryptionErrorFor(original(type, bytes), epochMillis(1), 1)))
    await report.check(`forOriginalBad ${i}`, () => answer(expected, make, value))
  }
}
