/** libsignal's transcripts of sender keys, through the same code as `npm run replay`. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf } from '../support/replay/files.js'
import { replayFile } from '../support/replay/replay.js'

const FOLDER = join(import.meta.dirname, '../vectors/data/libsignal/groups')

/** How many checks pass: one for each step, and one for the record that the receiver ends with. */
const PASSED: Readonly<Record<string, number>> = {
  'senderkey-300-chaos-t': 621,
  'senderkey-inorder-t': 243,
  'senderkey-late-join-t': 89,
  'senderkey-limits-t': 32,
  'senderkey-negative-t': 39,
  'senderkey-rotation-t': 38,
}

describe("libsignal's sender keys", () => {
  it.each(Object.entries(PASSED))('%s: %i checks pass and none fails', async (name, passed) => {
    const report = await replayFile(join(FOLDER, `${name}.json.gz`))
    expect(report.failures).toEqual([])
    expect([report.passed, report.declared.size, report.notCovered]).toEqual([passed, 0, []])
  })

  it('no committed file is left out', () => {
    expect(new Set(filesOf(FOLDER))).toEqual(new Set(Object.keys(PASSED).map((name) => join(FOLDER, `${name}.json.gz`))))
  })
})
