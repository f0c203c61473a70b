import { expect, it } from 'vitest'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { decideTrust, type TrustLevel, type TrustPolicy, type TrustVerdict } from '../../../src/protocol/identity/trust.js'
import { deterministicRandom } from '../../support/parties.js'

const [key, another] = ['a key', 'another'].map((seed) => generateKeyPair(deterministicRandom(seed)).publicKey) as [never, never]

/** What each policy says of a key that is presented, by what is known. */
const VERDICTS: readonly (readonly [policy: TrustPolicy, level: TrustLevel | undefined, sameKey: TrustVerdict, otherKey: TrustVerdict])[] =
  [
    ['first-use', undefined, 'new', 'new'],
    ['first-use', 'first-use', 'trusted', 'untrusted'],
    ['first-use', 'accepted', 'trusted', 'untrusted'],
    ['first-use', 'verified', 'trusted', 'untrusted'],
    ['verified-only', undefined, 'untrusted', 'untrusted'],
    ['verified-only', 'first-use', 'untrusted', 'untrusted'],
    ['verified-only', 'accepted', 'untrusted', 'untrusted'],
    ['verified-only', 'verified', 'trusted', 'untrusted'],
  ]

it.each(VERDICTS)('under the policy %s, with a key that is known as %s: the same is %s, another is %s', (policy, level, same, other) => {
  const known = level === undefined ? undefined : { key, level }
  expect(decideTrust(policy, known, key)).toBe(same)
  expect(decideTrust(policy, known, another)).toBe(other)
})
