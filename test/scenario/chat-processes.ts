/** The programs of `examples/` as child processes that are talked to through their standard input and output. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { program } from '../support/programs.js'

const RUNNING = new Set<Program>()

/** Ends whatever is still running. */
export async function endAll(): Promise<void> {
  await Promise.all([...RUNNING].map((program) => program.kill()))
}

export class Program {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<[number | null, NodeJS.Signals | null]>
  /** Everything printed so far. */
  output = ''
  #read = 0

  /** @param script - under `examples/`. */
  constructor(script: string, ...options: readonly string[]) {
    this.#child = spawn(process.execPath, [...program(`examples/${script}`), ...options])
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
    this.#ended = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    RUNNING.add(this)
    void this.#ended.then(() => RUNNING.delete(this))
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`)
  }

  /** Waits until something new was printed, and takes note of it: the next wait looks behind it. */
  async sees(pattern: RegExp, seconds = 40): Promise<string> {
    const end = Date.now() + seconds * 1_000
    for (;;) {
      const match = pattern.exec(this.output.slice(this.#read))
      if (match !== null) {
        this.#read += match.index + match[0].length
        return match[1] ?? match[0]
      }
      if (Date.now() > end || !RUNNING.has(this)) throw new Error(`waited in vain for ${pattern}; printed so far:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** As {@link sees}, for what comes in no certain order. */
  async seesAll(...patterns: readonly RegExp[]): Promise<void> {
    const start = this.#read
    let end = start
    for (const pattern of patterns) {
      this.#read = start
      await this.sees(pattern)
      end = Math.max(end, this.#read)
    }
    this.#read = end
  }

  /** How often something was printed. */
  count(text: string): number {
    return this.output.split(text).length - 1
  }

  /** Ends it without warning. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  /** Asks it to end. @returns its exit status. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    return (await this.#ended)[0]
  }

  /** Waits for its end. @returns its exit status. */
  async ended(): Promise<number | null> {
    return (await this.#ended)[0]
  }
}

/** Starts a relay whose data is under a directory. */
export async function startRelay(data: string, port = '0') {
  const relay = new Program('relay-server/main.ts', '--data', join(data, 'relay'), '--port', port)
  const url = await relay.sees(/listening on (http:\S+),/)
  return { relay, url, trustRoot: await relay.sees(/trust root ([0-9a-f]{66})/) }
}
