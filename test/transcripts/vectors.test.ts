/** libsignal's files of vectors outside conversations, through the same code as `npm run replay`. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deviations } from '../support/deviations.js'
import { replayFile } from '../support/replay/replay.js'

const FOLDER = join(import.meta.dirname, '../vectors/data')

const FILES: readonly (readonly [file: string, passed: number])[] = [
  ['addresses.json', 96],
  ['basekey-validity.json', 113],
  ['curve.json', 135],
  ['hkdf.json', 61],
  ['kem.json.gz', 14],
  ['negative-session.json.gz', 157],
  ['plaintext-content.json', 61],
  ['xeddsa.json.gz', 1085],
]

it.each(FILES)('%s: %i checks pass, none fails, and what differs is in the register', async (name, passed) => {
  const report = await replayFile(join(FOLDER, 'libsignal', name))
  expect(report.failures).toEqual([])
  expect(report.passed).toBe(passed)
  expect(report.notCovered).toEqual([])
  const declared = deviations.flatMap(({ id, vectors }) => (vectors?.file === `libsignal/${name}` ? [[id, vectors.count]] : []))
  expect(Object.fromEntries(report.declared)).toEqual(Object.fromEntries(declared))
})
