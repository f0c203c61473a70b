/**
 * Conversations that we recorded with releases of libsignal-client, in the form of the other vectors: what those do not contain, such as a
 * late message of a replaced identity, a message under another sender's name, a session that ages between two seconds, and what comes late
 * for sessions that were dropped from a full archive.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf } from '../support/replay/files.js'
import { replayFile } from '../support/replay/replay.js'

/**
 * What differs as declared: a party encrypts for somebody whose key it has accepted anew, on the session with the old one; a first message
 * without one-time key comes again when its session is gone (three of them, in two modes).
 */
const DECLARED: Readonly<Record<string, object>> = {
  'dropped-sessions-072.json.gz': { 'x3dh-base-key-ledger': 6 },
  'dropped-sessions-keeping-072.json.gz': { 'x3dh-base-key-ledger': 6 },
  'identity-change-late-086.json.gz': { 'replaced-identity-session': 1 },
  'identity-change-late-103.json.gz': { 'replaced-identity-session': 1 },
}

describe('recorded by us', () => {
  const files = filesOf(join(import.meta.dirname, 'data'))

  it('are all here', () => {
    expect(files).toHaveLength(8)
  })

  it.each(files.map((file) => file.slice(file.lastIndexOf('/') + 1)))('%s goes as recorded', async (name) => {
    const report = await replayFile(join(import.meta.dirname, 'data', name))
    expect({ failures: report.failures, declared: Object.fromEntries(report.declared) }).toEqual({
      failures: [],
      declared: DECLARED[name] ?? {},
    })
    expect(report.passed).toBeGreaterThan(10)
  })
})
