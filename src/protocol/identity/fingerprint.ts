/**
 * Safety numbers: what two people compare to know that nobody stands between them.
 */
import { bytesArgument, countArgument, objectArgument, uint32Argument } from '../../arguments.js'
import { type Bytes, concatBytes, equalBytes } from '../../bytes.js'
import { iterateSha512 } from '../../crypto/iterated-hash.js'
import { EC_PUBLIC_KEY_LENGTH, type IdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { parseScannable, serializeScannable } from '../../wire/fingerprint.js'
import { MAX_FINGERPRINT_ITERATIONS } from '../limits.js'

/** One of the two. */
export interface FingerprintParty {
  /** What both sides call this party: a service id in its short form, or a name in UTF-8. */
  readonly id: Uint8Array
  readonly identityKey: IdentityKey
}

/** A party's hash, finished or on its way. */
export interface FingerprintHash {
  /** 64 bytes. */
  readonly hash: Bytes
  /** 1 to the number wanted. */
  readonly iterations: number
}

/** A safety number in both of its forms. */
export interface Fingerprint {
  /** 60 digits, the same on both sides. */
  readonly displayable: string
  /** For a QR code; what one side shows, the other compares with its own by {@link compareScannable}. */
  readonly scannable: Bytes
}

/** The version of the scannable form; the digits do not depend on it. 2: parties are named by service ids. */
export const FINGERPRINT_VERSION = 2

const PREFIX = new Uint8Array(2)
const SCANNED_LENGTH = 32
const HASH_LENGTH = 64
const GROUPS = 6
const GROUP_LENGTH = 5

/**
 * Hashes a party, at once. 5,200 iterations take about 10 ms on a computer and a second on a slow phone: see {@link continueHash}.
 *
 * Spec: libsignal wire, "Fingerprints"; differs: none.
 *
 * @param iterations - 2 to 1,000,000; Signal's number is 5,200.
 * @throws BisikError `invalid-argument`.
 */
export function hashParty(party: FingerprintParty, iterations: number): FingerprintHash {
  checkIterations(iterations)
  return continueHash(beginHash(party), party, iterations - 1)
}

/** Begins the hash of a party: one iteration. Spec: libsignal wire, "Fingerprints"; differs: none. */
export function beginHash(party: FingerprintParty): FingerprintHash {
  const { id, identityKey } = partyArgument(party)
  return { hash: iterateSha512(concatBytes(PREFIX, identityKey, id), identityKey, 1), iterations: 1 }
}

/** Goes on with the hash of a party by some iterations. Spec: libsignal wire, "Fingerprints"; differs: none. */
export function continueHash(state: FingerprintHash, party: FingerprintParty, iterations: number): FingerprintHash {
  const before = hashArgument(state, 'state')
  const { identityKey } = partyArgument(party)
  countArgument(iterations, 'iterations')
  return { hash: iterateSha512(before.hash, identityKey, iterations), iterations: before.iterations + iterations }
}

/**
 * Makes a safety number of both parties' hashes.
 *
 * Spec: libsignal wire, "Fingerprints"; differs: none.
 *
 * @param version - of the scannable form, 32 bits.
 * @throws BisikError `invalid-argument` if the hashes are not of the same number of iterations, or not of an allowed one.
 */
export function combineHashes(local: FingerprintHash, remote: FingerprintHash, version: number = FINGERPRINT_VERSION): Fingerprint {
  const [ours, theirs] = [hashArgument(local, 'local'), hashArgument(remote, 'remote')]
  uint32Argument(version, 'version')
  checkIterations(ours.iterations)
  if (ours.iterations !== theirs.iterations) {
    throw new BisikError('invalid-argument', { argument: 'remote', expected: 'as many iterations as the local hash has' })
  }
  return {
    displayable: [digitsOf(ours.hash), digitsOf(theirs.hash)].sort().join(''),
    scannable: serializeScannable({
      version,
      local: ours.hash.slice(0, SCANNED_LENGTH),
      remote: theirs.hash.slice(0, SCANNED_LENGTH),
    }),
  }
}

/**
 * Compares what was scanned from the other side's screen with our own scannable safety number.
 *
 * Spec: libsignal wire, "Fingerprints"; differs: none.
 *
 * @returns `false` if somebody stands between, or the code belongs to another conversation; a code of one's own is not a match.
 * @throws BisikError `malformed-message`, also if a half is missing; `unsupported-version` if the other side's is of another version; `message-too-large`.
 */
export function compareScannable(ours: Uint8Array, theirs: Uint8Array): boolean {
  const [mine, scanned] = [parseScannable(ours), parseScannable(theirs)]
  if (scanned.version !== mine.version) throw new BisikError('unsupported-version', { version: scanned.version })
  const halves = [isSameHalf(scanned.local, mine.remote), isSameHalf(scanned.remote, mine.local)]
  return halves.every((same) => same)
}

function isSameHalf(a: Bytes | undefined, b: Bytes | undefined): boolean {
  if (a === undefined || b === undefined) throw new BisikError('malformed-message', { reason: 'half a safety number' })
  return equalBytes(a, b)
}

function partyArgument(party: FingerprintParty): FingerprintParty {
  const { id, identityKey } = objectArgument(party, 'party', ({ id, identityKey }) => ({ id, identityKey }))
  return { id: bytesArgument(id, 'id'), identityKey: bytesArgument(identityKey, 'identityKey', EC_PUBLIC_KEY_LENGTH) }
}

function hashArgument(state: FingerprintHash, argument: string): FingerprintHash {
  const { hash, iterations } = objectArgument(state, argument, ({ hash, iterations }) => ({ hash, iterations }))
  return { hash: bytesArgument(hash, 'hash', HASH_LENGTH), iterations: countArgument(iterations, 'iterations') }
}

function checkIterations(iterations: number): void {
  if (!Number.isInteger(iterations) || iterations < 2 || iterations > MAX_FINGERPRINT_ITERATIONS) {
    throw new BisikError('invalid-argument', { argument: 'iterations', expected: `a whole number from 2 to ${MAX_FINGERPRINT_ITERATIONS}` })
  }
}

/** 30 digits: six groups of five bytes, each a number modulo 100,000. */
function digitsOf(hash: Bytes): string {
  const groups = Array.from({ length: GROUPS }, (_, i) => hash.subarray(i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH))
  return groups.map((group) => String(group.reduce((value, byte) => value * 256 + byte, 0) % 100_000).padStart(5, '0')).join('')
}
