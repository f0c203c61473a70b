/** Safety numbers of libsignal's. Knows the shape of its file, not what the numbers are made of. */
import { toHex } from '../../../src/bytes.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import { combineHashes, compareScannable, type FingerprintParty, hashParty } from '../../../src/protocol/identity/fingerprint.js'
import { hex } from './files.js'
import { answer } from './key-vectors.js'
import { type FileReport, same } from './report.js'
import type { Expectation } from './transcript.js'

interface FingerprintFile {
  readonly cases: readonly {
    readonly version: number
    readonly iterations: number
    readonly localId: string
    readonly localKey: string
    readonly remoteId: string
    readonly remoteKey: string
    readonly displayable: string
    readonly displayableRemoteSide: string
    readonly scannable: string
    readonly scannableRemoteSide: string
    readonly compare: boolean
  }[]
  readonly compare: readonly ({
    readonly kind: string
    readonly ours: string
    readonly theirs: string
    readonly equal?: boolean
  } & Expectation)[]
  readonly parameterEdges: readonly ({
    readonly iterations: number
    readonly version: number
    readonly key: string
    readonly localId?: string
    readonly remoteId?: string
    readonly displayable?: string
    readonly scannable?: string
  } & Expectation)[]
}

/** Both sides' numbers, comparisons, and what iterations and versions are allowed. */
export async function replayFingerprints(file: FingerprintFile, report: FileReport): Promise<void> {
  for (const [i, vector] of file.cases.entries()) {
    const { version, iterations } = vector
    await report.check(`cases ${i}`, () => {
      const local = hashParty(party(vector.localId, vector.localKey), iterations)
      const remote = hashParty(party(vector.remoteId, vector.remoteKey), iterations)
      const ours = combineHashes(local, remote, version)
      const theirs = combineHashes(remote, local, version)
      same('digits', [ours.displayable, theirs.displayable], [vector.displayable, vector.displayableRemoteSide])
      same('codes', [toHex(ours.scannable), toHex(theirs.scannable)], [vector.scannable, vector.scannableRemoteSide])
      same('comparison', compareScannable(ours.scannable, theirs.scannable), vector.compare)
    })
  }
  for (const [i, { kind, ours, theirs, equal, ...expected }] of file.compare.entries()) {
    await report.check(`compare ${i} (${kind})`, () => answer(expected, () => compareScannable(hex(ours), hex(theirs)), equal))
  }
  for (const [i, { iterations, version, key, displayable, scannable, ...expected }] of file.parameterEdges.entries()) {
    await report.check(`parameterEdges ${i} (${iterations} iterations, version ${version})`, () => {
      const make = () => {
        const [a, b] = EDGE_IDS.map((id) => hashParty(party(id, key), iterations)) as [
          ReturnType<typeof hashParty>,
          ReturnType<typeof hashParty>,
        ]
        const fingerprint = combineHashes(a, b, version)
        return [fingerprint.displayable, toHex(fingerprint.scannable)]
      }
      return answer(expected, make, [displayable, scannable])
    })
  }
}

// What the recording called the two, who share a key, is not in the file; it follows from the numbers.
const EDGE_IDS = ['01', '02']

function party(id: string, key: string): FingerprintParty {
  return { id: hex(id), identityKey: parseIdentityKey(hex(key)) }
}
