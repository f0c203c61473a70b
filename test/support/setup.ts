import { expect } from 'vitest'
import { switchCaches } from '../../src/caches.js'
import { Secret, sameSecret } from '../../src/crypto/secret.js'

// Private fields are invisible to equality matchers: without this, any two secrets would be "equal" and tests would pass vacuously
// (test/misuse/secret.test.ts tests this tester).
expect.addEqualityTesters([
  (a: unknown, b: unknown) =>
    a instanceof Secret && b instanceof Secret ? sameSecret(a, b) : a instanceof Secret || b instanceof Secret ? false : undefined,
])

// A cache proves nothing: everything holds without them too, but for how often something is computed.
if (process.env.BISIK_CACHES === 'off') switchCaches(false)
