/** Every committed conversation of libsignal's releases, replayed in every mode that its file names: see `npm run replay -- --help`. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf } from '../support/replay/files.js'
import { replayFile } from '../support/replay/replay.js'

const FOLDER = join(import.meta.dirname, '../vectors/data/libsignal/sessions')

/** How many checks pass: one for each step a party takes in each mode, and one a mode for the prekeys used up. */
const PASSED: Readonly<Record<string, number>> = {
  'duplex-v3-015-072-t': 392,
  'duplex-v3-022-t': 620,
  'duplex-v4-058-072-t': 310,
  'duplex-v4-nospqr-072-t': 308,
  'limits-chains-v3-t': 110,
  'multisession-v3-t': 39,
  'oneway-v3-028-nokyber-t': 113,
  'oneway-v3-chaos-t': 431,
  'oneway-v3-cross-t': 93,
  'oneway-v3-inorder-t': 333,
  'oneway-v3-no-otk-t': 93,
  'oneway-v4-from-old-sender-t': 93,
  'oneway-v4-nospqr-058-t': 183,
  'oneway-v4-nospqr-072-t': 185,
  'simultaneous-v3-t': 124,
}

/** Files that are not covered, wholly or in part, with what passes and why the rest does not count. */
const NOT_COVERED: Readonly<Record<string, readonly [passed: number, reason: string]>> = {
  'duplex-v4-spqr-pingpong-t': [0, 'the post-quantum ratchet'],
  'oneway-v4-inorder-t': [0, 'the post-quantum ratchet'],
  'oneway-v4-pni-t': [0, 'the post-quantum ratchet'],
  'oneway-v4-to-old-receiver-t': [62, 'sender-with-entropy'],
}

describe('conversations of libsignal', () => {
  it.each(Object.entries(PASSED))('%s: %i checks pass and none fails', async (name, passed) => {
    const report = await replayFile(join(FOLDER, `${name}.json.gz`))
    expect(report.failures).toEqual([])
    expect([report.passed, report.declared.size, report.notCovered]).toEqual([passed, 0, []])
  })

  it.each(Object.entries(NOT_COVERED))('%s: not applicable, and not counted as passed', async (name, [passed, reason]) => {
    const report = await replayFile(join(FOLDER, `${name}.json.gz`))
    expect(report.failures).toEqual([])
    expect(report.passed).toBe(passed)
    expect(report.notCovered).toEqual([expect.stringContaining(reason)])
  })

  it('no committed file is left out', () => {
    const names = Object.keys({ ...PASSED, ...NOT_COVERED }).map((name) => `${name}.json.gz`)
    expect(new Set(filesOf(FOLDER))).toEqual(new Set(names.map((name) => join(FOLDER, name))))
    const states = readdirSync(FOLDER).filter((name) => name.endsWith('.states.json.gz'))
    expect(states.map((name) => name.replace('.states', '')).filter((name) => !names.includes(name))).toEqual([])
  })
})
