/** NIST's ACVP vectors for what the platform port has: every HMAC, and AES-CBC with 256-bit keys, the one size the port takes. */
import { expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex } from '../../src/bytes.js'
import { onEachPlatform } from '../support/platforms.js'
import { describeExternal, hex } from '../support/vectors.js'

interface Hmac {
  readonly testGroups: readonly { readonly tests: readonly { key: string; msg: string; mac: string; macLen: number }[] }[]
}

describeExternal<Hmac>('acvp/HMAC-SHA2-256-2.0.internalProjection.json.gz', 'ACVP HMAC-SHA-256', (file) => {
  const tests = file.testGroups.flatMap((group) => group.tests)
  onEachPlatform((platform) => {
    it(`${tests.length} tags`, () => {
      expect(tests.length).toBe(150)
      for (const { key, msg, mac, macLen } of tests) {
        expect(toHex(platform.hmacTag(macLen / 8, hex(key), hex(msg)))).toBe(mac.toLowerCase())
      }
    })
  })
})

interface AesCbc {
  readonly testGroups: readonly {
    readonly testType: 'AFT' | 'MCT'
    readonly direction: 'encrypt' | 'decrypt'
    readonly keyLen: number
    readonly tests: readonly { key: string; iv: string; pt: string; ct: string; resultsArray?: CbcResult[] }[]
  }[]
}
interface CbcResult {
  readonly key: string
  readonly iv: string
  readonly pt: string
  readonly ct: string
}

describeExternal<AesCbc>('acvp/ACVP-AES-CBC-1.0.internalProjection.json.gz', 'ACVP AES-256-CBC', (file) => {
  const groups = file.testGroups.filter((group) => group.keyLen === 256)
  const tests = groups.filter((group) => group.testType === 'AFT').flatMap((group) => group.tests)
  const results = groups.flatMap(({ direction, tests }) =>
    tests.flatMap(({ resultsArray }) => (resultsArray ?? []).map((round) => ({ direction, round }))),
  )

  onEachPlatform((platform) => {
    it(`${tests.length} raw vectors: encrypting gives the ciphertext and one block of padding, decrypting both gives the plaintext`, () => {
      expect(tests.length).toBe(834)
      for (const { key, iv, pt, ct } of tests) {
        const padded = withPadding(hex(key), hex(ct))
        expect(platform.aesCbcEncrypt(hex(key), hex(iv), hex(pt))).toEqual(padded)
        expect(platform.aesCbcDecrypt(hex(key), hex(iv), padded)).toEqual(hex(pt))
      }
    })

    it(`${results.length} Monte Carlo rounds: each result is reached by its thousand encryptions or decryptions`, () => {
      expect(results.length).toBe(200)
      for (const { direction, round } of results) {
        if (direction === 'encrypt') expect(monteCarlo(encryptBlock, round, round.pt)).toBe(round.ct.toLowerCase())
        else expect(monteCarlo(decryptBlock, round, round.ct)).toBe(round.pt.toLowerCase())
      }
    })

    /** The inner loop of ACVP's Monte Carlo test for CBC: each input is the output of two steps before. */
    function monteCarlo(step: (key: Bytes, chain: Bytes, input: Bytes) => [output: Bytes, chain: Bytes], round: CbcResult, start: string) {
      const key = hex(round.key)
      let [input, chain, previous] = [hex(start), hex(round.iv), hex(round.iv)]
      for (let i = 0; i < 1000; i++) {
        const [output, nextChain] = step(key, chain, input)
        ;[input, chain, previous] = [previous, nextChain, output]
      }
      return toHex(previous)
    }

    function encryptBlock(key: Bytes, chain: Bytes, input: Bytes): [Bytes, Bytes] {
      const output = platform.aesCbcEncrypt(key, chain, input).slice(0, 16)
      return [output, output]
    }

    function decryptBlock(key: Bytes, chain: Bytes, input: Bytes): [Bytes, Bytes] {
      const output = platform.aesCbcDecrypt(key, chain, withPadding(key, input))
      if (output === undefined) throw new Error('the padding block does not decrypt')
      return [output, input]
    }

    /** The vectors have no padding, the port wants it: encrypting nothing, chained to the ciphertext, gives the block that is missing. */
    function withPadding(key: Bytes, ciphertext: Bytes): Bytes {
      return concatBytes(ciphertext, platform.aesCbcEncrypt(key, ciphertext.slice(-16), new Uint8Array(0)))
    }
  })
})
