/** SQLite on the disk: many processes on one file, and what a content for many devices takes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { together } from '../processes/together.js'
import type { Group } from '../suite.js'
import { fanOut } from './fan-out.js'

const PROCESSES = 8
const DEVICES = [64, 256]

/** @param share - of the counts of the long run. */
export function sqlite(share: number): Group {
  const messages = Math.round(10_000 * share)
  return {
    name: 'SQLite',
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bisik-sqlite-'))
      const run = (): Promise<string> => together({ place: `sqlite:${join(folder, 'alice.db')}`, folder, processes: PROCESSES, messages })
      const fanOuts = DEVICES.map((devices) => ({ name: `a content for ${devices} devices`, run: () => timed(folder, devices) }))
      return {
        tests: [{ name: `${PROCESSES} processes, ${messages} messages each`, run }, ...fanOuts],
        stop: async () => rmSync(folder, { recursive: true, force: true }),
      }
    },
  }
}

async function timed(folder: string, devices: number): Promise<string> {
  const { shared, alone } = await fanOut(folder, devices)
  // A figure to look at: on a busy machine it says little, so it fails nothing.
  return `${shared.toFixed(1)} ms in a shared transaction, ${alone.toFixed(1)} ms in one each, ${(shared / alone).toFixed(2)}x`
}
