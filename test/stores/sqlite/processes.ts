/** Many processes on one SQLite file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { together } from '../processes/together.js'
import type { Group } from '../suite.js'

const PROCESSES = 8

/** @param share - of the counts of the long run. */
export function sqliteProcesses(share: number): Group {
  const messages = Math.round(10_000 * share)
  return {
    name: 'SQLite',
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bisik-sqlite-'))
      const run = (): Promise<string> => together({ place: `sqlite:${join(folder, 'alice.db')}`, folder, processes: PROCESSES, messages })
      return {
        tests: [{ name: `${PROCESSES} processes, ${messages} messages each`, run }],
        stop: async () => rmSync(folder, { recursive: true, force: true }),
      }
    },
  }
}
