/** `npm run replay`: replays files of recorded vectors, one line each, and says at the end how many checks passed. */
import { relative } from 'node:path'
import { filesOf } from './files.js'
import { replayFile } from './replay.js'
import { type FileReport, linesOf, summaryOf } from './report.js'

const USAGE = `npm run replay -- FILE_OR_FOLDER…

Replays recorded vectors of libsignal (JSON, also gzipped; folders with all below them) with this library.
Transcripts are replayed in every mode that they name, each party as the release of libsignal that it ran.

A line per file says how many checks passed and failed, how many differ by a declared deviation (see
test/support/deviations.ts), and what is not applicable: known, and not covered yet. The last line has the sums.
Exit code: 0, or 1 if anything failed.`

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(USAGE)
    return 0
  }
  const option = args.find((arg) => arg.startsWith('-'))
  if (option !== undefined || args.length === 0) {
    console.error(option === undefined ? USAGE : `unknown option ${option}\n\n${USAGE}`)
    return 1
  }
  const reports: FileReport[] = []
  for (const path of args) {
    let files: string[]
    try {
      files = filesOf(path)
    } catch (error) {
      console.error(`${path}: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
      return 1
    }
    if (files.length === 0) {
      console.error(`${path}: no .json or .json.gz file in it`)
      return 1
    }
    for (const file of files) {
      const report = await replayFile(file)
      reports.push(report)
      for (const line of linesOf(report, relative('', file))) console.log(line)
    }
  }
  const { line, failed } = summaryOf(reports)
  console.log(line)
  return failed ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
