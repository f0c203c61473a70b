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
  'duplex-v4-103-076-t': 390,
  'duplex-v4-nospqr-072-t': 308,
  'duplex-v4-self-t': 120,
  'duplex-v4-spqr-bursts-t': 488,
  'duplex-v4-spqr-pingpong-t': 440,
  'duplex-v4-spqr-t': 620,
  'identity-change-v4-t': 11,
  'limits-chains-v3-t': 110,
  'limits-chains-v4-t': 110,
  'limits-stored-keys-v4-t': 9,
  'limits-v4-t': 12,
  'multisession-v3-t': 39,
  'multisession-v4-archive-limit-t': 163,
  'multisession-v4-t': 43,
  'oneway-v3-028-nokyber-t': 113,
  'oneway-v3-chaos-t': 431,
  'oneway-v3-cross-t': 93,
  'oneway-v3-inorder-t': 333,
  'oneway-v3-no-otk-t': 93,
  'oneway-v4-076-t': 131,
  'oneway-v4-big-t': 21,
  'oneway-v4-chaos-t': 437,
  'oneway-v4-firstlost-t': 29,
  'oneway-v4-from-old-sender-t': 93,
  'oneway-v4-inorder-t': 363,
  'oneway-v4-lossy-t': 249,
  'oneway-v4-names-e164-t': 33,
  'oneway-v4-no-otk-t': 63,
  'oneway-v4-nospqr-058-t': 183,
  'oneway-v4-nospqr-072-t': 185,
  'oneway-v4-pni-t': 33,
  'oneway-v4-reverse-t': 123,
  'oneway-v4-to-old-receiver-t': 93,
  'self-same-account-jump-t': 4,
  'simultaneous-v3-t': 124,
  'simultaneous-v4-t': 124,
  'stale-unacked-v4-t': 8,
}

describe('conversations of libsignal', () => {
  it.each(Object.entries(PASSED))('%s: %i checks pass and none fails', async (name, passed) => {
    const report = await replayFile(join(FOLDER, `${name}.json.gz`))
    expect(report.failures).toEqual([])
    expect([report.passed, report.declared.size, report.notCovered]).toEqual([passed, 0, []])
  })

  it('no committed file is left out', () => {
    const names = Object.keys(PASSED).map((name) => `${name}.json.gz`)
    expect(new Set(filesOf(FOLDER))).toEqual(new Set(names.map((name) => join(FOLDER, name))))
    const states = readdirSync(FOLDER).filter((name) => name.endsWith('.states.json.gz'))
    expect(states.map((name) => name.replace('.states', '')).filter((name) => !names.includes(name))).toEqual([])
  })
})
