import { resolve } from 'node:path'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex } from '../../../src/bytes.js'
import * as devices from '../../../src/wire/device-codecs.js'
import * as codec from '../../../src/wire/protobuf.js'
import { hex } from '../../support/vectors.js'
import { byteStringsIn, field, recordedOf, varint, verdict } from './messages.js'

const CODECS: ReadonlyMap<string, { decode(bytes: Bytes): unknown }> = new Map<string, { decode(bytes: Bytes): unknown }>([
  ['bisik.wire.SignalMessage', codec.signalMessage],
  ['bisik.wire.PreKeySignalMessage', codec.preKeySignalMessage],
  ['bisik.wire.DecryptionErrorMessage', codec.decryptionErrorMessage],
  ['bisik.content.Content', codec.content],
  ['bisik.sealed.Certificate', codec.certificate],
  ['bisik.sealed.ServerCertificate', codec.serverCertificate],
  ['bisik.sealed.SenderCertificate', codec.senderCertificate],
  ['bisik.sealed.Content', codec.sealedContent],
  ['bisik.sealed.ForOne', codec.sealedForOne],
  ['bisik.fingerprint.Combined', codec.combinedFingerprints],
  ['bisik.envelope.Envelope', codec.envelope],
  ['bisik.bundle.PreKeyBundle', codec.preKeyBundle],
  ['bisik.bundle.PreKeyUpload', codec.preKeyUpload],
  ['bisik.devices.SignedDeviceList', devices.signedDeviceList],
  ['bisik.devices.DeviceList', devices.deviceList],
  ['bisik.devices.SignedStamp', devices.signedStamp],
  ['bisik.devices.Stamp', devices.stamp],
  ['bisik.devices.SignedMove', devices.signedMove],
  ['bisik.devices.Move', devices.move],
])
const proto = new protobuf.Root().loadSync(
  ['wire', 'content', 'sealed-sender', 'fingerprint', 'envelope', 'bundle', 'device-list'].map((name) =>
    resolve(import.meta.dirname, `../../../proto/${name}.proto`),
  ),
)

/** Every field of a message and of the messages in it: how to reach it, and its wire type. */
function fieldsOf(
  type: protobuf.Type,
  wrap = (bytes: Uint8Array): Uint8Array => bytes,
): { wrap: typeof wrap; id: number; wireType: 0 | 1 | 2 }[] {
  return type.fieldsArray.flatMap((one) => {
    const resolved = one.resolve().resolvedType
    const wireType: 0 | 1 | 2 =
      one.type === 'fixed64' ? 1 : one.type === 'bytes' || one.type === 'string' || resolved instanceof protobuf.Type ? 2 : 0
    const here = { wrap, id: one.id, wireType }
    return resolved instanceof protobuf.Type ? [here, ...fieldsOf(resolved, (bytes) => wrap(field(one.id, bytes)))] : [here]
  })
}

function reason(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  return 'none'
}

describe('decode', () => {
  it.each([...CODECS])('knows every field of %s with its wire type, and no other', (name, { decode }) => {
    const fields = fieldsOf(proto.lookupType(name))
    expect(fields.length).toBeGreaterThan(0)
    for (const { wrap, id, wireType } of fields) {
      const wrong = wireType === 0 ? field(id, hex('')) : field(id, 0)
      const right = wireType === 0 ? field(id, 0) : wireType === 1 ? concatBytes(varint(id * 8 + 1), new Uint8Array(8)) : field(id, hex(''))
      expect(reason(() => decode(concatBytes(wrap(wrong))))).toContain('wrong wire type')
      expect(reason(() => decode(concatBytes(wrap(right))))).not.toContain('wire type')
    }
    const ids = fields.filter(({ wrap }) => wrap(hex('')).length === 0).map(({ id }) => id)
    for (let id = 1; id < 20; id++) {
      if (!ids.includes(id)) expect(reason(() => decode(concatBytes(field(id, 0), field(id, hex('')))))).not.toContain('wire type')
    }
  })

  it('reads what protobufjs reads', () => {
    const stock = proto.lookupType('bisik.wire.SignalMessage')
    for (const bytes of recordedOf(2)) {
      const body = bytes.slice(1, -8)
      const fields = Object.entries(codec.signalMessage.decode(body)).filter(([, value]) => value !== null)
      expect(Object.fromEntries(fields)).toEqual({ ...stock.decode(body) })
    }
  })

  it('takes the last of duplicates and the low 32 bits of a long counter, as libsignal does', () => {
    const key = field(1, hex('05'))
    const decode = (...parts: readonly Uint8Array[]) => codec.signalMessage.decode(concatBytes(key, field(4, hex('')), ...parts))
    expect(decode(field(2, 1), field(2, 2), field(1, hex('06')))).toMatchObject({ counter: 2, ratchetKey: hex('06') })
    expect(decode(field(2, 2n ** 63n)).counter).toBe(0)
    expect(decode(field(2, 2n ** 64n - 1n)).counter).toBe(0xffff_ffff)
    expect(decode(hex('10'), varint(7, 10)).counter).toBe(7)
    expect(decode(varint(2 * 8, 7), varint(5)).counter).toBe(5)
    expect(toHex(decode(field(2, 0), hex('2a'), varint(2, 6), hex('aabb')).pqRatchet as Uint8Array)).toBe('aabb')
  })

  it('refuses a message without one of its required fields, also inside', () => {
    const sender = field(3, concatBytes(field(1, hex('61')), field(2, 5)))
    const parts = [field(1, 1), field(2, 1), sender, field(4, hex(''))]
    const judge = (fields: readonly Uint8Array[]) => verdict(() => codec.envelope.decode(concatBytes(...fields)))
    expect(judge(parts)).toBe('ok')
    for (const missing of parts) {
      // A sealed envelope has no sender; that others must have one, `parseEnvelope` sees to.
      expect(judge(parts.filter((part) => part !== missing))).toBe(missing === sender ? 'ok' : 'malformed-message')
    }
    for (const sender of [field(1, hex('61')), field(2, 5)]) {
      expect(judge([...parts.filter((_, i) => i !== 2), field(3, sender)])).toBe('malformed-message')
    }
  })

  it('refuses a second sender', () => {
    const sender = field(3, concatBytes(field(1, hex('61')), field(2, 5)))
    const bytes = concatBytes(field(1, 1), field(2, 1), sender, field(4, hex('')), sender)
    expect(reason(() => codec.envelope.decode(bytes))).toContain('too many parts')
  })

  it('leaves the prototype of what it returns alone', () => {
    const decoded = codec.content.decode(concatBytes(field(99, new TextEncoder().encode('__proto__'))))
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
    expect(decoded).toEqual(codec.content.decode(hex('')))
  })

  it('copies every byte string', () => {
    const bytes = recordedOf(3).at(-1)?.slice(1) ?? hex('')
    const strings = byteStringsIn({ ...codec.preKeySignalMessage.decode(bytes) })
    expect(strings.length).toBe(4)
    for (const one of strings) expect(one.length).toBe(one.buffer.byteLength)
  })

  it('says nothing of protobufjs when a required field is missing', () => {
    expect(reason(() => codec.signalMessage.decode(hex('')))).toBe('BisikError: malformed message: a required field is missing')
  })
})

describe('encode', () => {
  it('leaves room for framing, in a plain byte string of its own', () => {
    const bytes = codec.content.encode({ decryptionErrorMessage: hex('aa') }, 2, 3)
    expect(toHex(bytes)).toBe('0000' + '4201aa' + '000000')
    expect(bytes.constructor).toBe(Uint8Array)
    expect(bytes.length).toBe(bytes.buffer.byteLength)
  })
})

describe('receivedMillis', () => {
  it('refuses times from 2^53 on', () => {
    const decode = (time: bigint) => codec.receivedMillis(codec.decryptionErrorMessage.decode(field(2, time)).timestamp)
    for (const time of [0n, 2n ** 32n, 2n ** 53n - 1n]) expect(decode(time)).toBe(Number(time))
    for (const time of [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) expect(verdict(() => decode(time))).toBe('malformed-message')
    expect(codec.receivedMillis(7)).toBe(7)
    expect(verdict(() => codec.receivedMillis(2 ** 53))).toBe('malformed-message')
  })
})
