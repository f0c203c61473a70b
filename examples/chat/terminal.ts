/**
 * The terminal itself: taken when the chat begins, given back whenever it does not run, be it stopped (Ctrl-Z), ended or failed. Knows
 * nothing of what is shown.
 */
import { PassThrough } from 'node:stream'
import { MARK_NO_PASTES, MARK_PASTES, pasteFilter } from './paste.js'

/** Milliseconds after which a process that asked to be stopped knows that it was not: there is nobody who could continue it. */
const NOT_STOPPED = 200
const WHOLE_JOB = 0

export class Terminal {
  /** What is typed, for readline. */
  readonly keys: PassThrough & { setRawMode: (raw: boolean) => void }
  readonly #redraw: () => void
  readonly #stopped = (): void => this.#stop(process.pid)
  #taken: boolean = false
  #waiting: NodeJS.Timeout | undefined

  /** @param redraw - called when the terminal is ours again, and shows what others wrote meanwhile. */
  constructor(redraw: () => void) {
    this.#redraw = redraw
    // Readline takes a stream with this method for a terminal; the mode is ours.
    this.keys = Object.assign(new PassThrough({ encoding: 'utf8' }), { setRawMode: () => undefined })
    const filter = pasteFilter()
    process.stdin.setEncoding('utf8')
    process.stdin.on('data', (piece: string) => this.keys.write(filter(piece)))
    process.stdin.on('end', () => this.keys.end())
    // The window was closed: there is nobody to read and nothing to write to.
    for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', () => process.exit(1))
    process.on('SIGCONT', () => this.#continue())
    process.on('exit', () => this.giveBack())
    this.#take()
  }

  /** Stops the chat and what started it (npm), as a terminal does on Ctrl-Z; the shell goes on. */
  stopJob(): void {
    this.#stop(WHOLE_JOB)
  }

  /** Leaves the terminal as it was found. */
  giveBack(): void {
    if (!this.#taken) return
    this.#taken = false
    process.removeListener('SIGTSTP', this.#stopped)
    process.stdin.pause()
    process.stdin.setRawMode(false)
    process.stdout.write(MARK_NO_PASTES)
  }

  #take(): void {
    this.#taken = true
    process.on('SIGTSTP', this.#stopped)
    process.stdin.setRawMode(true)
    process.stdin.resume()
    process.stdout.write(MARK_PASTES)
  }

  #stop(whom: number): void {
    this.giveBack()
    process.stdout.write('\n')
    // Without a listener the signal does what it does to every program. This line may take days.
    process.kill(whom, 'SIGTSTP')
    this.#waiting = setTimeout(() => this.#continue(), NOT_STOPPED)
  }

  #continue(): void {
    clearTimeout(this.#waiting)
    // Whoever stopped us without asking (SIGSTOP) has left the terminal in a mode of its own.
    this.giveBack()
    this.#take()
    this.#redraw()
  }
}
