import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { CACHE_BOUNDS } from '../../../src/caches.js'
import { generateKeyPair, keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { type EcPublicKey, parseEcPublicKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { type EpochMillis, epochMillis } from '../../../src/env.js'
import { isBisikError } from '../../../src/errors.js'
import {
  checkOwnCertificate,
  issueSenderCertificate,
  issueServerCertificate,
  refuseSelfSend,
  VouchedMemo,
  validateCertificate,
} from '../../../src/protocol/sealed/certificates.js'
import {
  parseSenderCertificate,
  parseServerCertificate,
  type SenderCertificate,
  serializeCertificate,
} from '../../../src/wire/certificate.js'
import { withCaches } from '../../support/caches.js'
import { seededRandom } from '../../support/random.js'
import { committedVectors, hex } from '../../support/vectors.js'
import { verdict } from '../wire/messages.js'

const random = seededRandom('certificates')
const root = generateKeyPair(random)
const server = generateKeyPair(random)
const identity = generateKeyPair(random)
const EXPIRATION = epochMillis(1_800_000_000_000)
const sender = { user: '9d0652a3-dcc3-4d11-975f-74d61598733f', device: 3 }

const serverCertificate = (id = 7): Uint8Array => issueServerCertificate({ id, key: server.publicKey }, root.privateKey, random)
const issue = (signer = serverCertificate(), expiration = EXPIRATION): SenderCertificate =>
  parseSenderCertificate(
    issueSenderCertificate(
      { sender, phoneNumber: '+14155550100', identityKey: parseIdentityKey(identity.publicKey), expiration, signer },
      server.privateKey,
      random,
    ),
  )
const judge = (certificate: SenderCertificate, now: number, trustRoots: readonly EcPublicKey[] = [root.publicKey], tolerance = 0) =>
  verdict(() => validateCertificate(certificate, { trustRoots, now: now as EpochMillis, tolerance }))

describe('row 24: clock skew in certificates', () => {
  it('row 24: a certificate is valid at exactly its expiration and one millisecond later no more', () => {
    const certificate = issue()
    expect([EXPIRATION - 1, EXPIRATION, EXPIRATION + 1].map((now) => judge(certificate, now))).toEqual(['ok', 'ok', 'certificate-expired'])
  })

  it("row 24: the verdicts at 15 times and roots are libsignal's", () => {
    const file = committedVectors<{
      readonly roots: { readonly trustRoot: { readonly public: string }; readonly otherRoot: { readonly public: string } }
      readonly certificates: Readonly<Record<string, { readonly bytes: string }>>
      readonly certificateValidation: readonly {
        readonly cert: string
        readonly time: number
        readonly valid: boolean
        readonly validOtherRoot: boolean
        readonly validEither: boolean
      }[]
    }>('libsignal/sealed-sender-v1.json.gz')
    const [ours, other] = [file.roots.trustRoot, file.roots.otherRoot].map((one) => parseEcPublicKey(hex(one.public))) as [
      EcPublicKey,
      EcPublicKey,
    ]
    expect(file.certificateValidation.length).toBe(15)
    for (const { cert, time, valid, validOtherRoot, validEither } of file.certificateValidation) {
      const certificate = parseSenderCertificate(hex(file.certificates[cert]?.bytes ?? ''))
      const verdicts = [[ours], [other], [ours, other]].map((roots) => judge(certificate, time, roots) === 'ok')
      expect(verdicts).toEqual([valid, validOtherRoot, validEither])
    }
  })

  it('row 24: a tolerance moves the end, and there is none unless asked for', () => {
    expect(judge(issue(), EXPIRATION + 1000, undefined, 1000)).toBe('ok')
    expect(judge(issue(), EXPIRATION + 1001, undefined, 1000)).toBe('certificate-expired')
  })

  it('row 24: what is no time is refused, in the clock, the tolerance and the certificate', () => {
    for (const no of [Number.NaN, -1, 2 ** 53, 1.5, Number.POSITIVE_INFINITY]) {
      expect(judge(issue(), no)).toBe('invalid-argument')
      expect(judge(issue(), EXPIRATION, undefined, no)).toBe('invalid-argument')
      expect(verdict(() => issue(undefined, no as EpochMillis))).toBe('invalid-argument')
    }
  })
})

describe('row 25: who vouches', () => {
  it('row 25: another root, another signer and no root are refused', () => {
    const other = generateKeyPair(random)
    expect(judge(issue(), 0, [other.publicKey])).toBe('certificate-untrusted')
    expect(judge(issue(), 0, [])).toBe('certificate-untrusted')
    expect(judge(issue(), 0, [other.publicKey, root.publicKey])).toBe('ok')
    const stranger = issueServerCertificate({ id: 1, key: other.publicKey }, root.privateKey, random)
    expect(judge(issue(stranger), 0)).toBe('certificate-untrusted')
  })

  it('row 25: an expired certificate that nobody vouches for is untrusted, not expired', () => {
    expect(judge(issue(), EXPIRATION + 1, [])).toBe('certificate-untrusted')
  })

  it('a revoked server certificate is refused whatever signed it', () => {
    expect(judge(issue(serverCertificate(0xdeadc357)), 0)).toBe('certificate-untrusted')
  })

  it('every altered byte of certificate and signature is refused', () => {
    const { serialized } = issue()
    for (let i = 0; i < serialized.length; i++) {
      const altered = Uint8Array.from(serialized)
      altered[i] = (altered[i] as number) ^ 0x01
      expect(
        verdict(() => validateCertificate(parseSenderCertificate(altered), { trustRoots: [root.publicKey], now: epochMillis(0) })),
      ).not.toBe('ok')
    }
  })
})

describe('certificates that libsignal published', () => {
  const testRoot = keyPairFromPrivateKey(new Uint8Array(32)).publicKey
  const published: readonly (readonly [what: string, data: string, signature: string])[] = [
    [
      'with a field that nobody knows',
      '100119697a0000000000002221056c9d1f8deb82b9a898f9c277a1b74989ec009afb5c0acb5e8e69e3d5ca29d6322a690a2508011221053b03ca070e6f6b2f271d32f27321689cdf4e59b106c10b58fbe15063ed868a5a124024bc92954e52ad1a105b5bda85c9db410dcfeb42a671b45a523b3a46e9594a8bde0efc671d8e8e046b32c67f59b80a46ffdf24071850779bc21325107902af89322461616161616161612d373030302d313165622d623332612d333362386138613438376136ba3e136372617368696e6720726967687420646f776e',
      'a22d8f86f5d00794f319add821e342c6ffffb6b34f741e569f8b321ab0255f2d1757ecf648e53a3602cae8f09b3fc80dcf27534d67efd272b6739afc31f75c8c',
    ],
    [
      'with the UUID in bytes',
      '100119697a000000000000222105e083a8ce423d1c1955174107a85a6a7f3bcbf566723624077f75eafe8e0a07752a690a25080112210507a24397ae27d06fa76d2f02cfb5546e0b23a7e0c3670c1eb1e73b135a8e1e4d12407d127509ae1f5e9dcaa511793d3e94350dcb269e4ca54500da6e1f4dc13d95940c15badef019edfe8666315500c54e4489d4b83f6ce79c7f65c9772a1a83d88c3a10aaaaaaaa700011ebb32a33b8a8a487a6',
      '755c428e9bf6ba367152f1e545834649b4e8f70df8383a352a953fdb774862af5d42fab573fc52b90ad47c331c36f93b1a4fa7a2504917d895452ffe7f44bd0e',
    ],
    [
      'with a signer that everybody knows',
      '100119697a000000000000222105d75b13e15c7700079dd226f51e5a790ba395e819e88a74d0cf5cedfad8b4334840d786df9a07322461616161616161612d373030302d313165622d623332612d333362386138613438376136',
      'e62667bce627caed56ca2ab309b6ae7bc890a30a7482c0e1fd77ec9c3b7528abfd45c8c42b240509a71d973ef5e0f1dbd2685fe01410f0fdbaa8fb247a67e08f',
    ],
  ]

  it.each(published)('%s: valid until its end', (_, data, signature) => {
    const certificate = parseSenderCertificate(serializeCertificate(hex(data), hex(signature)))
    expect(certificate.sender).toEqual({ user: 'aaaaaaaa-7000-11eb-b32a-33b8a8a487a6', device: 1 })
    expect([31336, 31337, 31338].map((now) => judge(certificate, now, [testRoot]))).toEqual(['ok', 'ok', 'certificate-expired'])
    expect(judge(certificate, 31336)).toBe('certificate-untrusted')
  })
})

it('row 25: a signer whom nobody knows is refused, by number', () => {
  for (const signer of [0, 1, 5]) expect(judge({ ...issue(), signer }, 0)).toBe('certificate-untrusted')
})

describe('what is refused', () => {
  const refusal = (act: () => unknown): object => {
    try {
      act()
    } catch (error) {
      if (isBisikError(error)) return { code: error.code, ...error.details }
      throw error
    }
    return { code: 'ok' }
  }
  const judged = { trustRoots: [root.publicKey], now: epochMillis(0) }
  const own = { address: sender, identityKey: parseIdentityKey(identity.publicKey), now: epochMillis(0) }

  it.each([
    ['trustRoot', () => issueServerCertificate({ id: 1, key: server.publicKey }, 7 as never, random)],
    ['server', () => issueSenderCertificate({} as never, 7 as never, random)],
    ['certificate', () => validateCertificate(undefined as never, judged)],
    ['judged', () => validateCertificate(issue(), undefined as never)],
    ['certificate', () => refuseSelfSend(7 as never, { address: sender })],
    ['self', () => refuseSelfSend(issue(), 7 as never)],
    ['seal', () => checkOwnCertificate(issue(), { ...own, address: { ...sender, device: 9 } })],
  ])('says that it was the %s', (argument, act) => {
    const expected = argument === 'seal' ? "a certificate of this device's address and identity key" : expect.any(String)
    expect(refusal(act)).toEqual({ code: 'invalid-argument', argument, expected })
  })

  it('for coming too late says when the end was', () => {
    const expired = { code: 'certificate-expired', expiration: EXPIRATION }
    const now = epochMillis(EXPIRATION + 1)
    expect(refusal(() => validateCertificate(issue(), { ...judged, now }))).toEqual(expired)
    expect(refusal(() => checkOwnCertificate(issue(), { ...own, now }))).toEqual(expired)
  })
})

describe('row 25: self send', () => {
  const certificate = issue()
  const judgeSelf = (address: { user: string; device: number }, phoneNumber?: string) =>
    verdict(() => refuseSelfSend(certificate, { address, phoneNumber }))

  it('row 25: this device is told by user and device, in every spelling, or by phone number', () => {
    expect(judgeSelf(sender)).toBe('self-send')
    expect(judgeSelf({ ...sender, user: sender.user.toUpperCase() })).toBe('self-send')
    expect(judgeSelf({ user: 'someone else', device: 3 }, '+14155550100')).toBe('self-send')
  })

  it('row 25: a user who is no service id is told by the text, and is no user who is one', () => {
    const named = { ...certificate, sender: { user: 'alice', device: 3 } }
    const judgeNamed = (user: string) => verdict(() => refuseSelfSend(named, { address: { user, device: 3 } }))
    expect([judgeNamed('alice'), judgeNamed('Alice'), judgeNamed(sender.user)]).toEqual(['self-send', 'ok', 'ok'])
  })

  it('another device of the same user is not this one', () => {
    expect(judgeSelf({ ...sender, device: 4 })).toBe('ok')
    expect(judgeSelf({ user: 'someone else', device: 3 })).toBe('ok')
    expect(judgeSelf({ user: 'someone else', device: 3 }, '+14155550101')).toBe('ok')
  })
})

describe('a certificate of our own', () => {
  const own = (self: Partial<Parameters<typeof checkOwnCertificate>[1]>) =>
    verdict(() =>
      checkOwnCertificate(issue(), { address: sender, identityKey: parseIdentityKey(identity.publicKey), now: EXPIRATION, ...self }),
    )

  it('speaks for this address and this identity key, in any spelling and until it expires, and for no other', () => {
    expect([own({}), own({ address: { ...sender, user: sender.user.toUpperCase() } })]).toEqual(['ok', 'ok'])
    const other = parseIdentityKey(generateKeyPair(random).publicKey)
    expect(own({ identityKey: other })).toBe('invalid-argument')
    expect(own({ address: { ...sender, device: 4 } })).toBe('invalid-argument')
    expect(own({ address: { ...sender, user: 'someone else' } })).toBe('invalid-argument')
    expect(own({ now: epochMillis(EXPIRATION + 1) })).toBe('certificate-expired')
  })
})

it('a server certificate says which key it is for', () => {
  const { id, key } = parseServerCertificate(serverCertificate(0xffffffff))
  expect([id, key]).toEqual([0xffffffff, server.publicKey])
})

describe('a memo of certificates', () => {
  withCaches()

  let memo: VouchedMemo
  beforeEach(() => {
    memo = new VouchedMemo()
  })
  const remembered = (certificate: SenderCertificate, now: number, trustRoots: readonly EcPublicKey[] = [root.publicKey]) =>
    verdict(() => validateCertificate(certificate, { trustRoots, now: epochMillis(now), memo }))

  it('row 24: remembers signatures, never times', () => {
    const certificate = issue()
    expect([0, EXPIRATION, EXPIRATION + 1].map((now) => remembered(certificate, now))).toEqual(['ok', 'ok', 'certificate-expired'])
  })

  it('row 25: remembers for the same roots and bytes only, and nothing that was refused', () => {
    const certificate = issue()
    const other = generateKeyPair(random).publicKey
    expect(remembered(certificate, 0)).toBe('ok')
    expect([[], [other]].map((roots) => remembered(certificate, 0, roots))).toEqual(['certificate-untrusted', 'certificate-untrusted'])
    const bytes = Uint8Array.from(certificate.serialized)
    const last = bytes.length - 1
    bytes[last] = (bytes[last] as number) ^ 1
    for (let time = 0; time < 2; time++) expect(remembered(parseSenderCertificate(bytes), 0)).toBe('certificate-untrusted')
  })

  it('is what says whether the signatures are checked again', () => {
    const checked: boolean[] = []
    const asked = { vouches: (_: unknown, __: unknown, check: () => boolean) => checked.push(check()) > 1 } as never
    const judgeBy = () => verdict(() => validateCertificate(issue(), { trustRoots: [], now: epochMillis(0), memo: asked }))
    expect([judgeBy(), judgeBy()]).toEqual(['certificate-untrusted', 'ok'])
    expect(checked).toEqual([false, false])
  })

  it('forgets the oldest', () => {
    const checks: string[] = []
    const ask = (name: string): boolean =>
      memo.vouches({ ...issued, serialized: utf8(name) }, [], () => {
        checks.push(name)
        return true
      })
    const issued = issue()
    for (let i = 0; i < CACHE_BOUNDS.vouchedCertificates; i++) ask(String(i))
    ask('0')
    ask('one more')
    ask('0')
    ask('1')
    expect(checks.slice(CACHE_BOUNDS.vouchedCertificates)).toEqual(['one more', '1'])
  })
})
