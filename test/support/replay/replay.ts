/**
 * Replays one file: finds the way by its schema. A file that no way is known for has failed; one that is known and not
 * replayed by itself is named as not covered.
 */
import { readJson } from './files.js'
import { replayFingerprints } from './fingerprint-vectors.js'
import { replaySenderKeys } from './group-modes.js'
import { replayBaseKeys, replayCurve, replayHkdf, replayKem, replayXeddsa } from './key-vectors.js'
import { replayNegative } from './negative-vectors.js'
import { FileReport } from './report.js'
import { replaySealedForMany, replaySealedForOne } from './sealed-vectors.js'
import { replayTranscript } from './session-modes.js'
import { replaySpqrTrace } from './spqr-trace.js'
import { replaySpqrVectors } from './spqr-vectors.js'
import { replayAddresses, replayPlaintextContent } from './wire-vectors.js'

// What follows a schema's name is its shape: the file is taken at its word, and what it lacks shows as a failure.
type Replay = (file: never, report: FileReport, path: string) => Promise<void>

const WAYS: Readonly<Record<string, Replay>> = {
  'libsignal-transcript/1': replayTranscript,
  'libsignal-curve/1': replayCurve,
  'libsignal-basekey/1': replayBaseKeys,
  'libsignal-xeddsa/1': replayXeddsa,
  'libsignal-kem/1': replayKem,
  'libsignal-hkdf/1': replayHkdf,
  'libsignal-addresses/1': replayAddresses,
  'libsignal-plaintext-content/1': replayPlaintextContent,
  'libsignal-negative/1': replayNegative,
  'libsignal-sealed-v1/1': replaySealedForOne,
  'libsignal-sealed-v2/1': replaySealedForMany,
  'libsignal-fingerprints/1': replayFingerprints,
  'libsignal-senderkey/1': replaySenderKeys,
  'spqr-vectors': replaySpqrVectors,
  'spqr-trace': replaySpqrTrace,
}

/** Files that are known and not replayed by themselves, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'libsignal-transcript-states/1': 'states are read with the transcript that names them',
}

/** Replays a file. Never throws: what goes wrong is in the report. */
export async function replayFile(path: string): Promise<FileReport> {
  const report = new FileReport()
  try {
    const file = readJson<{ readonly schema?: unknown }>(path)
    await replayContent(path, file, report)
    if (report.passed === 0 && report.failures.length === 0 && report.declared.size === 0 && report.notCovered.length === 0) {
      report.fail('file', 'there is nothing in it to replay')
    }
  } catch (error) {
    report.fail('file', error)
  }
  return report
}

async function replayContent(path: string, file: { readonly schema?: unknown }, report: FileReport): Promise<void> {
  const schema = file.schema ?? schemaOf(file)
  if (typeof schema !== 'string') throw new Error('it has no schema')
  const elsewhere = ELSEWHERE[schema]
  const way = WAYS[schema]
  if (elsewhere !== undefined) report.notCovered.push(elsewhere)
  else if (way !== undefined) await way(file as never, report, path)
  else throw new Error(`the schema "${schema}" is not known`)
}

/** The vectors of the post-quantum ratchet do not name their schema: what they hold tells. */
function schemaOf(file: object): string | undefined {
  if ('lockstep' in file && 'erasure' in file) return 'spqr-vectors'
  return 'authKey' in file && 'epochs' in file && 'steps' in file ? 'spqr-trace' : undefined
}
