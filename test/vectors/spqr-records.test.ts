/**
 * Post-quantum ratchets out of session records that libsignal wrote in the middle of conversations (`data/spqr/libsignal-states.json.gz`,
 * our own runs): read, judged, and written back to the same bytes.
 */
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { isBisikError } from '../../src/errors.js'
import { exportPqRatchetState, importPqRatchetState } from '../../src/migration/spqr-record.js'
import { RecordStructure } from '../support/libsignal-records.js'
import { committedVectors, describeExternal, hex } from '../support/vectors.js'

const { states } = committedVectors<{ states: { source: string; state: string; form: number; record: string }[] }>(
  'spqr/libsignal-states.json.gz',
)

describe('states recorded from libsignal', () => {
  it('are of all eleven kinds, with messages being sent in both forms', () => {
    expect(new Set(states.map(({ state }) => state)).size).toBe(11)
    expect(new Set(states.map(({ form }) => form))).toEqual(new Set([0, 2, 3]))
  })

  it.each(states)('$state of $source is written back byte for byte', ({ state, record }) => {
    const imported = importPqRatchetState(hex(record))
    expect(imported.state?.braid.name).toBe(state)
    expect(toHex(exportPqRatchetState(imported))).toBe(record)
  })

  it('a session without the ratchet has an empty record', () => {
    expect(importPqRatchetState(new Uint8Array(0))).toEqual({ state: undefined, skipped: [] })
    expect(exportPqRatchetState({ state: undefined, skipped: [] })).toEqual(new Uint8Array(0))
  })

  it('cut short or altered are refused as corrupt, or read as another state, but never fail otherwise', () => {
    let refused = 0
    for (const { record } of states) {
      const bytes = hex(record)
      for (let i = 0; i < 60; i++) {
        const position = (i * 7919) % bytes.length
        const altered = i % 2 === 0 ? bytes.slice(0, position) : bytes.map((byte, at) => (at === position ? byte ^ (1 << (i % 8)) : byte))
        try {
          exportPqRatchetState(importPqRatchetState(altered))
        } catch (error) {
          expect(isBisikError(error, 'corrupt-record')).toBe(true)
          refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(states.length * 30)
  })
})

for (const id of ['spqr', 'spqr-bursts', 'spqr-pingpong', '103-076', 'self']) {
  const file = `libsignal/sessions/duplex-v4-${id}-t.states.json.gz`
  describeExternal<{ states: { record: string | null }[] }>(file, `all states of duplex-v4-${id}`, (recorded) => {
    it('are written back byte for byte', () => {
      let count = 0
      for (const { record } of recorded.states) {
        if (record === null) continue
        const session = RecordStructure.decode(hex(record)).currentSession
        const bytes = session?.pqRatchetState
        if (!bytes?.length) continue
        expect(toHex(exportPqRatchetState(importPqRatchetState(bytes)))).toBe(toHex(bytes))
        count++
      }
      expect(count).toBeGreaterThan(50)
    })
  })
}
