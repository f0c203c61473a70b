import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import {
  addressBinding,
  checkAddress,
  type DeviceAddress,
  parseServiceId,
  parseServiceIdBinary,
  serviceIdBinary,
  serviceIdOf,
} from '../../../src/wire/address.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { committedVectors, hex } from '../../support/vectors.js'
import { verdict } from './messages.js'

interface Vectors {
  readonly protocolAddress: readonly {
    readonly name: string
    readonly deviceId: number | 'NaN'
    readonly expect: 'ok' | 'error'
    readonly serviceId?: string | null
  }[]
  readonly serviceIdStrings: readonly {
    readonly string: string
    readonly expect: 'ok' | 'error'
    readonly canonical?: string
    readonly binary?: string
    readonly fixedWidth?: string
  }[]
  readonly serviceIdBinary: readonly {
    readonly fn: 'parseFromServiceIdBinary' | 'parseFromServiceIdFixedWidthBinary'
    readonly bytes: string
    readonly expect: 'ok' | 'error'
    readonly canonical?: string
  }[]
}

const vectors = committedVectors<Vectors>('libsignal/addresses.json')
const ACI = 'a97a0b6c-e551-4f03-876a-f7e1e7e21370'

describe('libsignal vectors', () => {
  it.each(vectors.protocolAddress)('address "$name" $deviceId: $expect', ({ name, deviceId, expect: expected, serviceId }) => {
    const address: DeviceAddress = { user: name, device: Number(deviceId) }
    // Declared differences: half a surrogate pair (libsignal replaces it by U+FFFD, so that two names become one), and over 1,024 bytes.
    const refused = name === '\ud800' || name.length > 1024
    const ok = expected === 'ok' && !refused
    if (refused) expect(expected).toBe('ok')
    expect(verdict(() => checkAddress(address))).toBe(ok ? 'ok' : 'invalid-argument')
    const id = serviceIdOf(address.user)
    if (ok) expect(id && parseServiceId(id)).toBe(serviceId ?? undefined)
    // A name that is a service id becomes its canonical form.
    if (ok) expect(checkAddress(address).user).toBe(serviceId ?? name)
  })

  it.each(vectors.serviceIdStrings)('service id "$string": $expect', ({ string, expect: expected, canonical, binary, fixedWidth }) => {
    const id = serviceIdOf(string)
    if (expected === 'error') return expect(id).toBeUndefined()
    expect(id && toHex(id)).toBe(fixedWidth)
    expect(id && toHex(serviceIdBinary(id))).toBe(binary)
    expect(id && parseServiceId(id)).toBe(canonical)
  })

  it.each(vectors.serviceIdBinary)('$fn "$bytes": $expect', ({ fn, bytes, canonical }) => {
    const parse = fn === 'parseFromServiceIdBinary' ? parseServiceIdBinary : parseServiceId
    expect(parse(hex(bytes))).toBe(canonical)
  })

  it('are all here', () => {
    expect([vectors.protocolAddress.length, vectors.serviceIdStrings.length, vectors.serviceIdBinary.length]).toEqual([46, 32, 20])
  })
})

describe('checkAddress', () => {
  it('returns an address of its own, with nothing else in it', () => {
    const address = { user: ACI, device: 1, secret: 'x' }
    expect(checkAddress(address)).toEqual({ user: ACI, device: 1 })
    expect(checkAddress(address)).not.toBe(address)
  })

  it('gives a service id its canonical spelling, and leaves every other name as it is', () => {
    const spelt = (user: string) => checkAddress({ user, device: 1 }).user
    for (const user of [ACI, ACI.toUpperCase()]) expect(spelt(user)).toBe(ACI)
    expect(spelt(`PNI:${ACI.toUpperCase()}`)).toBe(`PNI:${ACI}`)
    const others = [`{${ACI}}`, ACI.replaceAll('-', ''), `ACI:${ACI}`, ` ${ACI}`, `${ACI}\n`, 'PNI:', 'Alice', 'é', 'é', `pni:${ACI}`]
    for (const user of others) expect(spelt(user)).toBe(user)
  })

  it('takes names of up to 1,024 bytes in UTF-8', () => {
    const judge = (user: string) => verdict(() => checkAddress({ user, device: 1 }))
    expect([judge('x'.repeat(1024)), judge('\u{1f510}'.repeat(256))]).toEqual(['ok', 'ok'])
    expect([judge('x'.repeat(1025)), judge('\u{1f510}'.repeat(257)), judge('ü'.repeat(513))]).toEqual(Array(3).fill('invalid-argument'))
  })

  it('refuses half a surrogate pair, and takes a whole one', () => {
    const judge = (user: string) => verdict(() => checkAddress({ user, device: 1 }))
    for (const user of ['\ud800', '\udc00', 'a\ud83d', '\udd10\ud83d', '\ud83d\ud83d\udd10']) expect(judge(user)).toBe('invalid-argument')
    expect(judge('\ud83d\udd10')).toBe('ok')
  })
})

describe('addressBinding', () => {
  it('is sender and recipient, 18 bytes each', () => {
    const binding = addressBinding({ user: ACI.toUpperCase(), device: 2 }, { user: `PNI:${ACI}`, device: 127 })
    const uuid = ACI.replaceAll('-', '')
    expect(binding && toHex(binding)).toBe(`00${uuid}02` + `01${uuid}7f`)
  })

  it('is absent unless both names are service ids', () => {
    const aci = { user: ACI, device: 1 }
    const name = { user: 'alice', device: 1 }
    expect([addressBinding(aci, name), addressBinding(name, aci), addressBinding(name, name)]).toEqual(Array(3).fill(undefined))
  })

  it('is absent if a device does not fit in a byte', () => {
    const [near, far] = [255, 256].map((device) => ({ user: ACI, device })) as [DeviceAddress, DeviceAddress]
    expect(addressBinding(near, near)).toHaveLength(36)
    expect([addressBinding(near, far), addressBinding(far, near)]).toEqual([undefined, undefined])
  })

  it('refuses addresses that are none', () => {
    expect(verdict(() => addressBinding({ user: ACI, device: 2 ** 32 }, { user: ACI, device: 1 }))).toBe('invalid-argument')
  })

  it('is in the recorded first messages of releases that write it', () => {
    interface Transcript {
      readonly parties: Readonly<Record<string, { readonly name: string; readonly deviceId: number }>>
      readonly steps: readonly {
        readonly op: string
        readonly by: string
        readonly peer: string
        readonly type?: number
        readonly ciphertext?: string
      }[]
    }
    const { parties, steps } = committedVectors<Transcript>('libsignal/sessions/oneway-v4-pni-t.json.gz')
    const messages = steps.filter(({ op, type }) => op === 'encrypt' && type === 3)
    expect(messages.length).toBe(10)
    for (const { by, peer, ciphertext } of messages) {
      const [sender, recipient] = [by, peer].map((who) => ({ user: parties[who]?.name ?? '', device: parties[who]?.deviceId ?? 0 }))
      if (!sender || !recipient) throw new Error('no such party')
      expect(parsePreKeySignalMessage(hex(ciphertext ?? '')).message.addresses).toEqual(addressBinding(sender, recipient))
    }
  })
})
