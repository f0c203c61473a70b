/** Flips single bits of signed triples; used with a small count by `npm test` and with the full count by the long tests. */
import { copyBytes } from '../../src/bytes.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import type { EcPublicKey } from '../../src/crypto/keys.js'
import { sign, verify } from '../../src/crypto/xeddsa.js'
import { seededRandom } from './random.js'

/** Verifies `flips` triples that differ from a genuine one in one random bit of the key, the message or the signature. */
export function flipRandomBits(flips: number, seed: string): { flips: number; accepted: number } {
  const random = seededRandom(seed)
  const number = (below: number) => new DataView(random(4).buffer).getUint32(0) % below
  let accepted = 0
  for (let n = 0; n < flips; ) {
    const { privateKey, publicKey } = generateKeyPair(random)
    const message = random(1 + number(64))
    const signature = sign(privateKey, message, random)
    if (!verify(publicKey, message, signature)) throw new Error('a genuine signature is refused')
    for (let k = 0; k < 1000 && n < flips; k++, n++) {
      const triple = [copyBytes(publicKey), copyBytes(message), copyBytes(signature)] as const
      // Bit 7 of the key's type byte and its neighbours are not part of the point: the first byte is left alone.
      const target = triple[number(3)] as Uint8Array
      const first = target === triple[0] ? 1 : 0
      const at = first + number(target.length - first)
      target[at] = (target[at] as number) ^ (1 << number(8))
      if (verify(triple[0] as EcPublicKey, triple[1], triple[2])) accepted++
    }
  }
  return { flips, accepted }
}
