/** libsignal's files of vectors outside conversations, through the same code as `npm run replay`. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deviations } from '../support/deviations.js'
import { replayFile } from '../support/replay/replay.js'

const FOLDER = join(import.meta.dirname, '../vectors/data')

const FILES: readonly (readonly [file: string, passed: number])[] = [
  ['libsignal/addresses.json', 96],
  ['libsignal/basekey-validity.json', 113],
  ['libsignal/curve.json', 135],
  ['libsignal/fingerprints.json', 87],
  ['libsignal/hkdf.json', 61],
  ['libsignal/kem.json.gz', 14],
  ['libsignal/negative-session.json.gz', 157],
  ['libsignal/plaintext-content.json', 61],
  ['libsignal/sealed-sender-v1.json.gz', 226],
  ['libsignal/sealed-sender-v2.json.gz', 197],
  ['libsignal/xeddsa.json.gz', 1085],
  ['spqr/spqr-trace-libsignal.json.gz', 968],
  ['spqr/spqr-vectors.json.gz', 350],
]

it.each(FILES)('%s: %i checks pass, none fails, and what differs is in the register', async (name, passed) => {
  const report = await replayFile(join(FOLDER, name))
  expect(report.failures).toEqual([])
  expect(report.passed).toBe(passed)
  expect(report.notCovered).toEqual([])
  const declared = deviations.flatMap(({ id, vectors }) => (vectors?.file === name ? [[id, vectors.count]] : []))
  expect(Object.fromEntries(report.declared)).toEqual(Object.fromEntries(declared))
})
