/** The table of the runtimes, for the terminal and for `docs/runtimes.md`. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Milliseconds, Outcome, Runtime } from './outcome.js'

/** A runtime and what came of it. */
export interface Row {
  readonly runtime: Runtime
  readonly outcome: Outcome
}

export function hasPassed({ outcome }: Row): boolean {
  return outcome.error === undefined && (outcome.results !== undefined || outcome.compiled !== undefined)
}

const HEADS = ['Runtime', 'Version', 'Result', 'First', 'In order', 'Shuffled', 'Ping-pong', 'On its store', 'Store']

function cellsOf(row: Row): string[] {
  const { runtime, outcome } = row
  const { version = '–', store = '–', results, compiled, error } = outcome
  const times = (of: Milliseconds | undefined, ...steps: readonly string[]) => steps.map((step) => figure(of?.[step]))
  const result = hasPassed(row)
    ? results
      ? `${results.checks} checks passed`
      : `compiles only: ${compiled}`
    : `FAILED: ${firstLine(error)}`
  const inMemory = times(results?.inMemory, 'first message', 'in order', 'shuffled, both ways, with gaps', 'ping-pong')
  return [runtime.title, version, result, ...inMemory, ...times(results?.onStore, 'in order'), store]
}

function figure(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '–' : milliseconds.toFixed(milliseconds < 10 ? 2 : 0)
}

function firstLine(text = 'no outcome'): string {
  return (text.split('\n')[0] ?? '').slice(0, 160).replaceAll('|', '\\|')
}

export function tableOf(rows: readonly Row[]): string {
  const lines = [HEADS, HEADS.map(() => '---'), ...rows.map(cellsOf)]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** The median time in milliseconds to write 4 KiB and have them on the disk. */
function diskMilliseconds(): number {
  const folder = mkdtempSync(join(tmpdir(), 'bisik-disk-'))
  const file = openSync(join(folder, 'file'), 'w')
  const times = Array.from({ length: 101 }, () => {
    const start = performance.now()
    writeSync(file, Buffer.alloc(4096), 0, 4096, 0)
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return times.sort((a, b) => a - b)[50] as number
}

/** Where the figures come from; a load above the number of processors says that it did other things beside. */
export function machine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const disk = diskMilliseconds().toFixed(1)
  return `${processors.length} × ${processors[0]?.model.trim()}, ${memory} GiB, ${process.platform} ${process.arch}, fdatasync ${disk} ms, load ${loadavg()[0]?.toFixed(1)}`
}

export function pageOf(rows: readonly Row[]): string {
  return `# Runtimes

Written by \`npm run runtimes\`, which packs bisik, installs the runtimes from npm and Debian, and runs one suite in each: three accounts,
200 messages of the Triple Ratchet in blocks of ten, shuffled, with one of each block lost; messages in order, ping-pong, sealed for one
and for many, a group, safety numbers, contents and retry, refusals, and the conformance suite of the store.

${tableOf(rows)}

Milliseconds for one message, encrypted and decrypted: in memory, and at last in order on the store of that runtime. "First" begins a session
and answers; "in order" and "ping-pong" are the quickest of three. Measured on ${machine()}.

- **Chromium and Firefox** load a page under \`default-src 'none'; script-src 'self'\`: no text becomes code.
- **Deno** has no permission at all, so its database is in memory.
- **Hermes** runs bundles of Metro. 0.12 is of 2022 and the last VM in npm; of later ones npm has the compiler only.

## What a runtime must bring

ES2022 after its bundler, \`setTimeout\`, and \`crypto.getRandomValues\`. Two things may be missing on React Native:

- \`crypto.getRandomValues\`: import \`react-native-get-random-values\` before bisik. Without it the first use throws \`random-unavailable\`.
- \`TextEncoder\`, which \`@noble/curves\` asks for when it loads. Where it is missing, loading fails with its name; import a polyfill before
  bisik.

What else an engine lacks comes out as \`internal\` or as the engine's own error. It is never taken for a forgery.

What bundlers, compilers and test runners want is in [Tools](consumers.md).

## What was not run

- **Electron**: its binary is not in npm. Its main process is Node, its pages are Chromium.
- **Safari**: there is none for Linux. Bun shares its engine, not its IndexedDB.
- **A phone**: React Native's own bundle ran on the VM of Hermes, not inside an app.
- **Windows and macOS.**
`
}
