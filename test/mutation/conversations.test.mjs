/** Recorded conversations of libsignal, the few that are short and say much: the others take longer than a mutant is worth. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { replayFile } from '../support/replay/replay.js'

const FOLDER = join(import.meta.dirname, '../vectors/data/libsignal/sessions')

it.each([
  'identity-change-v4-t',
  'limits-chains-v4-t',
  'limits-stored-keys-v4-t',
  'multisession-v4-t',
  'oneway-v3-no-otk-t',
  'oneway-v4-firstlost-t',
  'oneway-v4-pni-t',
  'stale-unacked-v4-t',
])('%s is replayed without a failure', async (name) => {
  const { failures, passed } = await replayFile(join(FOLDER, `${name}.json.gz`))
  expect(failures).toEqual([])
  expect(passed).toBeGreaterThan(0)
})
