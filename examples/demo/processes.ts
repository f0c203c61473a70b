/** The three processes of the demo, each in a file of its own and killed without warning. Knows nothing of what they say. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export class Process {
  readonly #script: string
  readonly #heard: (line: string) => void
  #child: ChildProcess | undefined
  #ended: Promise<unknown> = Promise.resolve()

  /** @param script - relative to this file, without its extension, which is this file's. @param heard - called with each line that it prints. */
  constructor(script: string, heard: (line: string) => void) {
    this.#script = fileURLToPath(new URL(script + extname(import.meta.url), import.meta.url))
    this.#heard = heard
  }

  /** @param crashed - called when it ends without having been asked to. */
  start(options: readonly string[], crashed: (status: string) => void): void {
    // The same way to run TypeScript as this process; no shell or tsx in between that would outlive a kill.
    const child = spawn(process.execPath, [...process.execArgv, this.#script, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    this.#ended = once(child, 'exit')
    child.on('exit', (code, signal) => {
      if (this.#child === child) crashed(signal ?? `status ${code}`)
    })
    createInterface({ input: child.stdout }).on('line', this.#heard)
  }

  /** Sends a signal and waits for the end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    child?.kill(signal)
    await this.#ended
  }
}
