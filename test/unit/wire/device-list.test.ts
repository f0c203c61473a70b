import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes.js'
import { parseDeviceList, serializeDeviceList, usedWith } from '../../../src/wire/device-list.js'
import { parseAccountMove, parseDeviceStamp } from '../../../src/wire/device-proofs.js'
import { MAX_DEVICE_LIST_LENGTH } from '../../../src/wire/limits.js'
import { hex } from '../../support/vectors.js'
import { field, varint, verdict } from './messages.js'

const keyOf = (last: number): Bytes => hex(`05${'3f'.repeat(31)}${last.toString(16).padStart(2, '0')}`)
const hash = new Uint8Array(32).fill(7)
const signature = new Uint8Array(64).fill(9)
const MALFORMED = 'malformed-message'

interface Device {
  readonly device: number
  readonly key?: Bytes
}
const deviceField = ({ device, key = keyOf(device) }: Device): Bytes =>
  field(10, concatBytes(field(1, device), field(2, key), field(3, 7), field(4, 1), field(6, signature)))
const numbers = (...devices: readonly number[]): Bytes => usedWith([], devices)
const FIELDS = {
  user: field(1, utf8('alice')),
  lineage: field(2, hash),
  accountKey: field(3, keyOf(0)),
  version: field(5, 2),
  previous: field(6, hash),
  signer: field(7, 1),
  issuedAt: field(8, 1000),
  used: field(9, numbers(1, 2)),
  devices: concatBytes(deviceField({ device: 1 }), deviceField({ device: 2 })),
}
const around = (fields: object): Bytes =>
  concatBytes(field(1, concatBytes(...(Object.values(fields) as Bytes[]))), field(2, signature), field(3, signature))
const judge = (fields: object): string => verdict(() => parseDeviceList(around(fields)))

describe('row 40: the bytes of a list of devices', () => {
  it('come back with every field, and share no memory', () => {
    const bytes = around(FIELDS)
    const list = parseDeviceList(bytes)
    bytes.fill(0)
    expect(list).toMatchObject({
      user: 'alice',
      lineage: hash,
      version: 2,
      previous: [hash],
      signer: 1,
      issuedAt: 1000,
      recovery: undefined,
    })
    expect(list.devices.map(({ device, admin, registrationId, capabilities }) => [device, admin, registrationId, capabilities])).toEqual([
      [1, true, 7, 0],
      [2, true, 7, 0],
    ])
    expect(serializeDeviceList(list)).toEqual(around(FIELDS))
  })

  it('may have fields that are not known here', () => {
    expect(judge({ ...FIELDS, later: field(99, 1) })).toBe('ok')
  })

  it('are refused without any field but that of the recovery key', () => {
    for (const name of Object.keys(FIELDS)) expect(judge({ ...FIELDS, [name]: hex('') }), name).toBe(MALFORMED)
  })

  it.each([
    ['a hash of another length', { lineage: field(2, new Uint8Array(31)) }],
    ['a recovery key of another length', { recovery: field(4, new Uint8Array(33)) }],
    ['a version of 0', { version: field(5, 0), previous: hex('') }],
    ['a version of 1 with a list before', { version: field(5, 1) }],
    ['a further version without a list before', { previous: hex('') }],
    ['a list before twice', { previous: concatBytes(field(6, hash), field(6, hash)) }],
    ['five lists before', { previous: concatBytes(...[1, 2, 3, 4, 5].map((byte) => field(6, new Uint8Array(32).fill(byte)))) }],
    ['a signer that is no device', { signer: field(7, 128) }],
    ['a signer of 0', { signer: field(7, 0) }],
    ['numbers of another length', { used: field(9, new Uint8Array(15)) }],
    ['a device whose number was not given', { used: field(9, numbers(1)) }],
    ['device 0', { used: field(9, numbers(0, 1, 2)) }],
    ['devices in another order', { devices: concatBytes(deviceField({ device: 2 }), deviceField({ device: 1 })) }],
    ['a device twice', { devices: concatBytes(deviceField({ device: 1 }), deviceField({ device: 1, key: keyOf(2) })) }],
    ['two devices of one key', { devices: concatBytes(deviceField({ device: 1 }), deviceField({ device: 2, key: keyOf(1) })) }],
    ['device 128', { devices: concatBytes(deviceField({ device: 1 }), deviceField({ device: 128 })) }],
    [
      'seventeen devices',
      {
        used: field(9, new Uint8Array(16).fill(0xfe)),
        devices: concatBytes(...Array.from({ length: 17 }, (_, i) => deviceField({ device: i + 1 }))),
      },
    ],
    ['a time beyond 2^53', { issuedAt: concatBytes(varint(64), varint(2n ** 53n)) }],
    ['a user that is no UTF-8', { user: field(1, hex('ff')) }],
  ])('are refused with %s', (_, wrong) => {
    expect(judge({ ...FIELDS, ...wrong })).toBe(MALFORMED)
  })

  it('are refused over 8 KiB, and with keys or signatures of another length', () => {
    expect(judge({ ...FIELDS, later: field(99, new Uint8Array(MAX_DEVICE_LIST_LENGTH)) })).toBe('message-too-large')
    expect(judge({ ...FIELDS, accountKey: field(3, new Uint8Array(32)) })).toBe('invalid-key')
    expect(verdict(() => parseDeviceList(concatBytes(field(1, hex('00')), field(2, signature))))).toBe(MALFORMED)
  })
})

describe('row 40: the bytes of a stamp', () => {
  const stamp = (...fields: readonly Bytes[]): Bytes => concatBytes(field(1, concatBytes(...fields)), field(2, signature))
  it('come back, or are refused', () => {
    const good = [field(1, hash), field(2, 3), field(3, 1), field(4, 1000)] as const
    expect(parseDeviceStamp(stamp(...good))).toMatchObject({ list: hash, version: 3, signer: 1, issuedAt: 1000, signature })
    for (const i of good.keys()) expect(verdict(() => parseDeviceStamp(stamp(...good.filter((_, place) => place !== i))))).toBe(MALFORMED)
    expect(verdict(() => parseDeviceStamp(stamp(good[0], good[1], field(3, 128), good[3])))).toBe(MALFORMED)
    expect(verdict(() => parseDeviceStamp(stamp(field(1, signature), ...good.slice(1))))).toBe(MALFORMED)
    expect(verdict(() => parseDeviceStamp(new Uint8Array(5000)))).toBe('message-too-large')
  })
})

describe('row 40: the bytes of a move', () => {
  const FROM = [field(1, utf8('alice')), field(2, hash), field(3, keyOf(0)), field(4, hash), field(6, 1000)]
  const BY_ACCOUNT = [field(2, signature), field(3, signature)]
  const BY_RECOVERY = [field(4, keyOf(1)), field(5, signature)]
  const move = (signer: readonly Bytes[], proof: readonly Bytes[]): Bytes =>
    concatBytes(field(1, concatBytes(...FROM, ...signer)), ...proof)
  const judgeMove = (signer: readonly Bytes[], proof: readonly Bytes[]): string => verdict(() => parseAccountMove(move(signer, proof)))

  it('come back of either proof, and with none or both are refused', () => {
    expect(parseAccountMove(move([field(5, 2)], BY_ACCOUNT))).toMatchObject({
      user: 'alice',
      signer: 2,
      proof: { by: 'account', deviceSignature: signature },
    })
    expect(parseAccountMove(move([], BY_RECOVERY))).toMatchObject({ signer: undefined, proof: { by: 'recovery', recoveryKey: keyOf(1) } })
    expect(judgeMove([field(5, 2)], BY_RECOVERY)).toBe(MALFORMED)
    expect(judgeMove([], BY_ACCOUNT)).toBe(MALFORMED)
    expect(judgeMove([field(5, 128)], BY_ACCOUNT)).toBe(MALFORMED)
    for (const proof of [[], BY_ACCOUNT.slice(1), BY_RECOVERY.slice(1), [...BY_ACCOUNT, ...BY_RECOVERY]]) {
      expect(judgeMove([field(5, 2)], proof)).toBe(MALFORMED)
      expect(judgeMove([], proof)).toBe(MALFORMED)
    }
  })
})
