/**
 * Primitives against what libsignal printed or answered: its published values, and the recorded verdicts of its npm package.
 * Cases where bisik answers otherwise must be in the register of deviations, and every case of the register must occur.
 */
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex, utf8 } from '../../src/bytes.js'
import { agree, generateKeyPair, isCanonicalBaseKey, keyPairFromPrivateKey } from '../../src/crypto/dh.js'
import { hkdfBytes, hmacSecret } from '../../src/crypto/kdf.js'
import { encapsulate, kemKeyPairFromSecretKey } from '../../src/crypto/kem/kem.js'
import { type EcPublicKey, parseEcPublicKey, parseKemPublicKey } from '../../src/crypto/keys.js'
import { beginEncrypting, openOnce } from '../../src/crypto/message-cipher.js'
import { expose, Secret } from '../../src/crypto/secret.js'
import { sign, verify } from '../../src/crypto/xeddsa.js'
import { deviationOf, deviations } from '../support/deviations.js'
import { kyberRound3KeyPair } from '../support/kyber-round3.js'
import { onEachPlatform } from '../support/platforms.js'
import { recordedRandom, seededRandom } from '../support/random.js'
import { committedVectors, hex } from '../support/vectors.js'

type Expectation = { readonly expect: 'ok' | 'error' }

interface Published {
  agreement: { alice_public: string; alice_private: string; bob_public: string; bob_private: string; shared: string }
  xeddsa: { private: string; public: string; message: string; signature: string }
  chainKey: { chainKey: string; cipherKey: string; macKey: string; nextChainKey: string }
  kyber1024KeyPair: { public: string; secret: string }
  mlkem1024KeyPairWithTypeByte: { public: string; secret: string }
}
interface Curve {
  generate: { entropy: string[]; private: string; public: string }[]
  agree: { private: string; peer: string; shared: string }[]
  lowOrder: { private: string; peer: string; parse: { reserialized: string }; agree: Expectation & { shared?: string } }[]
  parsePublic: ({ name: string; bytes: string; reserialized?: string } & Expectation)[]
  parsePrivate: ({ name: string; bytes: string; reserialized?: string; public?: string } & Expectation)[]
}
interface Xeddsa {
  sign: { private: string; public: string; message: string; entropy: string[]; signature: string }[]
  verifyCases: { kind: string; public: string; message: string; signature: string; verify: boolean }[]
  alternateIdentity: { identityPrivate: string; identityPublic: string; other: string; entropy: string[]; signature: string }[]
}
interface Kem {
  keys: { entropy: string[]; public: string; secret: string }[]
  parsePublic: ({ name: string; bytes?: string; length: number } & Expectation)[]
}

const published = committedVectors<Published>('libsignal-published/libsignal-published.json')
const curve = committedVectors<Curve>('libsignal/curve.json')
const xeddsa = committedVectors<Xeddsa>('libsignal/xeddsa.json.gz')
const kem = committedVectors<Kem>('libsignal/kem.json.gz')
const hkdf = committedVectors<{
  cases: { length: number; ikm: string; info: string; salt: string | null; okm: string }[]
}>('libsignal/hkdf.json')
const baseKeys = committedVectors<{ cases: { kind: string; publicKey: string; acceptable: boolean }[] }>('libsignal/basekey-validity.json')

const publicKeyOf = (u: string): EcPublicKey => parseEcPublicKey(hex(`05${u}`))
const agreed = (privateKey: string, peer: string): string =>
  toHex(expose(agree(keyPairFromPrivateKey(hex(privateKey)).privateKey, parseEcPublicKey(hex(peer)))))

onEachPlatform(() => {
  describe('key agreement', () => {
    it('gives the published secret from both sides', () => {
      const { alice_private, alice_public, bob_private, bob_public, shared } = published.agreement
      expect(keyPairFromPrivateKey(hex(alice_private)).publicKey).toEqual(publicKeyOf(alice_public))
      expect(keyPairFromPrivateKey(hex(bob_private)).publicKey).toEqual(publicKeyOf(bob_public))
      expect(agreed(alice_private, `05${bob_public}`)).toBe(shared)
      expect(agreed(bob_private, `05${alice_public}`)).toBe(shared)
    })

    it(`generates the same ${curve.generate.length} keys from the same entropy, and agrees ${curve.agree.length} times`, () => {
      for (const { entropy, private: privateKey, public: publicKey } of curve.generate) {
        const pair = generateKeyPair(recordedRandom(...entropy.map(hex)))
        expect(toHex(expose(pair.privateKey))).toBe(privateKey)
        expect(toHex(pair.publicKey)).toBe(publicKey)
      }
      for (const { private: privateKey, peer, shared } of curve.agree) expect(agreed(privateKey, peer)).toBe(shared)
    })

    it('row 12: refuses the seven points of small order among the twelve listed, as libsignal does, though all twelve parse', () => {
      let refused = 0
      for (const { private: privateKey, peer, parse, agree: expected } of curve.lowOrder) {
        expect(toHex(parseEcPublicKey(hex(peer)))).toBe(parse.reserialized)
        if (expected.expect === 'error') {
          refused++
          expect(() => agreed(privateKey, peer)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
        } else expect(agreed(privateKey, peer)).toBe(expected.shared)
      }
      expect([refused, curve.lowOrder.length]).toEqual([7, 12])
    })

    it('row 13: agrees with 113 of 113 verdicts on base keys', () => {
      expect(baseKeys.cases.length).toBe(113)
      for (const { kind, publicKey, acceptable } of baseKeys.cases) {
        expect([kind, publicKey, isCanonicalBaseKey(publicKeyOf(publicKey))]).toEqual([kind, publicKey, acceptable])
      }
    })
  })

  describe('XEdDSA', () => {
    it('verifies the published signature, and refuses it with one bit of any byte flipped', () => {
      const { private: privateKey, public: publicKey, message, signature } = published.xeddsa
      expect(keyPairFromPrivateKey(hex(privateKey)).publicKey).toEqual(publicKeyOf(publicKey))
      expect(verify(publicKeyOf(publicKey), hex(message), hex(signature))).toBe(true)
      for (let i = 0; i < 64; i++) {
        const altered = hex(signature)
        altered[i] = (altered[i] as number) ^ 1
        expect(verify(publicKeyOf(publicKey), hex(message), altered)).toBe(false)
      }
    })

    it(`row 14: makes the same ${xeddsa.sign.length} signatures from the same entropy, and verifies them`, () => {
      expect(xeddsa.sign.length).toBe(200)
      for (const { private: privateKey, public: publicKey, message, entropy, signature } of xeddsa.sign) {
        const random = recordedRandom(...entropy.map(hex))
        const pair = keyPairFromPrivateKey(hex(privateKey))
        expect(toHex(sign(pair.privateKey, hex(message), random))).toBe(signature)
        expect(random.remaining()).toBe(0)
        expect(verify(parseEcPublicKey(hex(publicKey)), hex(message), hex(signature))).toBe(true)
      }
    })

    it(`row 14: gives libsignal's verdict in ${xeddsa.verifyCases.length} cases, or refuses by a declared deviation`, () => {
      expect(xeddsa.verifyCases.length).toBe(914)
      const deviating = new Map<string, number>()
      for (const { kind, public: publicKey, message, signature, verify: expected } of xeddsa.verifyCases) {
        const actual = verify(parseEcPublicKey(hex(publicKey)), hex(message), hex(signature))
        if (actual === expected) continue
        const id = deviationOf('libsignal/xeddsa.json.gz', kind)?.id
        expect([kind, actual, id]).toEqual([kind, false, expect.any(String)])
        deviating.set(id as string, (deviating.get(id as string) ?? 0) + 1)
      }
      expect(Object.fromEntries(deviating)).toEqual(declaredCounts('verifyCases'))
    })

    it(`makes and verifies ${xeddsa.alternateIdentity.length} signatures of an alternate identity`, () => {
      const prefix = concatBytes(new Uint8Array(32).fill(0xff), utf8('Signal_PNI_Signature'))
      for (const { identityPrivate, identityPublic, other, entropy, signature } of xeddsa.alternateIdentity) {
        const message = concatBytes(prefix, hex(other))
        const { privateKey } = keyPairFromPrivateKey(hex(identityPrivate))
        expect(toHex(sign(privateKey, message, recordedRandom(...entropy.map(hex))))).toBe(signature)
        expect(verify(parseEcPublicKey(hex(identityPublic)), message, hex(signature))).toBe(true)
        expect(verify(parseEcPublicKey(hex(identityPublic)), hex(other), hex(signature))).toBe(false)
      }
    })
  })

  describe('key derivation', () => {
    it(`HKDF gives the recorded bytes in ${hkdf.cases.length} cases of 0 to 8160 bytes, and refuses 8161`, () => {
      expect(hkdf.cases.length).toBe(60)
      for (const { length, ikm, info, salt, okm } of hkdf.cases) {
        expect(hkdfBytes(salt === null ? undefined : hex(salt), [hex(ikm)], hex(info), length)).toEqual(hex(okm))
      }
      expect(() => hkdfBytes(undefined, [], new Uint8Array(0), 8161)).toThrow(expect.objectContaining({ code: 'internal' }))
    })

    it('a chain step and the keys of its message are the published ones', () => {
      const { chainKey, cipherKey, macKey, nextChainKey } = published.chainKey
      const chain = Secret.own<'ChainKey'>(hex(chainKey))
      expect(toHex(expose(hmacSecret(chain, Uint8Array.of(2), 'ChainKey')))).toBe(nextChainKey)
      const seed = hmacSecret(chain, Uint8Array.of(1), 'MessageSeed')
      const keys = toHex(hkdfBytes(undefined, [seed], utf8('WhisperMessageKeys'), 80))
      expect(keys.slice(0, 128)).toBe(cipherKey + macKey)
    })
  })

  describe('message bodies', () => {
    // Spec section 11.3: two messages ("test vector", counter 0) that real builds decrypt. The MAC covers both identity keys.
    const identities = [
      '0523b7bb8c91ae008711fb12846780bcdf1e065f821bdfec49f57e7c7dcd4c4823',
      '05d89e3bad79437dbed9f843418304f460ff05c7fe81fe4a9577a804cb9367ff66',
    ].map(hex)
    const ratchetKey = '053f3e5f6d86926c9c128cf84581574f96840d98ee5ab53b1ec3b76e2bb25b945e'
    const messages = [
      {
        session: 'X3DH',
        seed: '4b810c51aceefc04b1dc73c867fe22fee32a5e54c8773d3696fd421a28ceb86c',
        expanded:
          'a869dde069ba2738340439dfdee472f523b9bff8ee0e9370aea8e3985d0a4b2078d6cd71b5b7c7cc782fadbbcb2121a5ce5fd7a60448021b3cf61d868206552ada1ba644bd54ce8057453c0d2383ff70',
        message: `340a21${ratchetKey}100018002210fc706ca9dec326a6af409e7cff422609893a98f38e750304`,
      },
      {
        session: 'PQXDH',
        seed: '13ec076fb94654a2fe124a6ff9176049b543d916700f258e5531dc68e9ce406b',
        expanded:
          '7d21600f16bcd75f11e51b7405ddb4d5d2c1e230e48e2f47b3e32c417b22ccdc9fb00622e16576aceb8540daf300731e424cd0d76870a707474414354ef84fcf9615048eed476a5f2efd67c74b4bcab2',
        message: `440a21${ratchetKey}1000180022102680e9401de4bd02e8574882baa931324f46ec4077d99997`,
      },
    ]

    it.each(messages)('of an $session session are the ones real builds decrypt, sealed and opened, from seed and from stored keys', (m) => {
      const message = hex(m.message)
      const [body, tag] = [message.subarray(0, -8), message.slice(-8)]
      const macInput = [...identities, body]
      const sealing = beginEncrypting({ seed: Secret.own(hex(m.seed)), plaintext: utf8('test vector') })
      const sealed = { ciphertext: sealing.ciphertext, tag: sealing.tag(macInput) }
      sealing.end()
      expect(sealed).toEqual({ ciphertext: body.slice(-16), tag })
      const sources = [Secret.own<'MessageSeed'>(hex(m.seed)), Secret.own<'ExpandedMessageKeys'>(hex(m.expanded))]
      for (const source of sources) {
        expect(openOnce({ source, ciphertext: sealed.ciphertext, macInput, tag })).toEqual(utf8('test vector'))
      }
    })

    it('take the post-quantum key as salt of the derivation', () => {
      const keys = hkdfBytes(
        Secret.own<'PqMessageKey'>(hex('70d0c7c752a1e1ab7b5ac4efbf2e2b2517817c1cb596c8a14547248618c78bc8')),
        [Secret.own<'MessageSeed'>(hex('13ec076fb94654a2fe124a6ff9176049b543d916700f258e5531dc68e9ce406b'))],
        utf8('WhisperMessageKeys'),
        80,
      )
      expect(toHex(keys)).toBe(
        '27b0959fe9696591ab722c5dd806d565e0fb6f409ee280ed5df81a9786f05034d77e23d4f29f40455df4a85a7da4bcbf9f441fecf5789b0ed539b0423e65951a31290878cff28ea8a2659a39d38f4631',
      )
    })
  })
})

describe('AES-256-CBC', () => {
  onEachPlatform((platform) => {
    it('gives the published ciphertext, and with another IV the published plaintext', () => {
      const key = hex('4e22eb16d964779994222e82192ce9f747da72dc4abe49dfdeeb71d0ffe3796e')
      const iv = hex('6f8a557ddc0a140c878063a6d5f31d3d')
      const ciphertext = hex('dd3f573ab4508b9ed0e45e0baf5608f3')
      expect(platform.aesCbcEncrypt(key, iv, hex('30736294a124482a4159'))).toEqual(ciphertext)
      iv[0] = 0xef
      expect(platform.aesCbcDecrypt(key, iv, ciphertext)).toEqual(hex('b0736294a124482a4159'))
    })
  })
})

describe('row 9: a key of another type or length never becomes a key', () => {
  it(`EC public keys: libsignal's verdict in ${curve.parsePublic.length} cases`, () => {
    for (const { name, bytes, expect: expected, reserialized } of curve.parsePublic) {
      if (expected === 'ok') expect([name, toHex(parseEcPublicKey(hex(bytes)))]).toEqual([name, reserialized])
      else expect(() => parseEcPublicKey(hex(bytes)), name).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    }
  })

  it(`EC private keys: libsignal's verdict in ${curve.parsePrivate.length} cases`, () => {
    for (const { name, bytes, expect: expected, reserialized, public: publicKey } of curve.parsePrivate) {
      if (expected === 'ok') {
        const pair = keyPairFromPrivateKey(hex(bytes))
        expect([name, toHex(expose(pair.privateKey)), toHex(pair.publicKey)]).toEqual([name, reserialized, publicKey])
      } else expect(() => keyPairFromPrivateKey(hex(bytes)), name).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    }
  })

  it(`KEM public keys: libsignal's verdict in ${kem.parsePublic.length} cases`, () => {
    expect(kem.parsePublic.length).toBe(11)
    for (const { name, bytes, length, expect: expected } of kem.parsePublic) {
      const key = bytes === undefined ? derivedKemKey(name) : hex(bytes)
      expect([name, key.length]).toEqual([name, length])
      if (expected === 'ok') expect(parseKemPublicKey(key)).toEqual(key)
      else expect(() => parseKemPublicKey(key), name).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    }
  })

  it('EC keys are refused as KEM keys and KEM keys as EC keys', () => {
    const [ecKey, kemKey] = [hex(curve.agree[0]?.peer ?? ''), hex(kem.keys[0]?.public ?? '')]
    expect(parseEcPublicKey(ecKey)).toEqual(ecKey)
    expect(parseKemPublicKey(kemKey)).toEqual(kemKey)
    expect(() => parseEcPublicKey(kemKey)).toThrow('type byte')
    expect(() => parseKemPublicKey(ecKey)).toThrow('type byte')
  })

  /** The cases that the file describes by name alone, made from its first key. */
  function derivedKemKey(name: string): Uint8Array {
    const valid = hex(kem.keys[0]?.public ?? '')
    const type = /^type([0-9a-f]{2})$/.exec(name)?.[1]
    if (type !== undefined) return concatBytes(hex(type), valid.subarray(1))
    if (name === 'short') return valid.slice(0, -1)
    if (name === 'long') return concatBytes(valid, Uint8Array.of(0))
    if (name === 'noType') return valid.slice(1)
    if (name === 'valid') return valid
    throw new Error(`unknown case ${name}`)
  }
})

describe('Kyber1024', () => {
  it(`takes libsignal's ${kem.keys.length} secret keys, which round 3 generates from the recorded entropy`, () => {
    for (const key of kem.keys) {
      // libsignal draws these bytes one by one, each from four bytes of entropy.
      const seed = hex(key.entropy.map((draw) => draw.slice(0, 2)).join(''))
      const expected = kyberRound3KeyPair(seed)
      expect(toHex(expected.publicKey)).toBe(key.public.slice(2))
      expect(toHex(expected.secretKey)).toBe(key.secret.slice(2))
      expect(toHex(kemKeyPairFromSecretKey(hex(key.secret)).publicKey)).toBe(key.public)
    }
    expect(kem.keys.length).toBe(declaredCounts('keys')['kem-key-generation'])
  })

  it('takes the published Kyber1024 pair, and refuses the ML-KEM-1024 pair by its type byte', () => {
    const { public: publicKey, secret } = published.kyber1024KeyPair
    expect(toHex(kemKeyPairFromSecretKey(hex(`08${secret}`)).publicKey)).toBe(`08${publicKey}`)
    expect(() => kemKeyPairFromSecretKey(hex(published.mlkem1024KeyPairWithTypeByte.secret))).toThrow('type byte')
    expect(() => parseKemPublicKey(hex(published.mlkem1024KeyPairWithTypeByte.public))).toThrow('type byte')
  })

  it('encapsulates nothing to the key with a coefficient out of range, though it parses', () => {
    const key = kem.parsePublic.find(({ name }) => name === 'coeffOutOfRange')?.bytes ?? ''
    expect(() => encapsulate(parseKemPublicKey(hex(key)), seededRandom('coefficient'))).toThrow(
      expect.objectContaining({ code: 'invalid-key' }),
    )
  })
})

function declaredCounts(list: string): Record<string, number> {
  return Object.fromEntries(deviations.flatMap(({ id, vectors }) => (vectors?.list === list ? [[id, vectors.count]] : [])))
}
