/** A shell in a terminal, typed into as a person does. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const HOME = fileURLToPath(new URL('../..', import.meta.url))

/** Why there can be no terminal here, if that is so. */
export function whyNoTerminal(): string | undefined {
  for (const [command, ...options] of [
    ['python3', '-c', 'import pty, termios'],
    ['bash', '--version'],
  ] as const) {
    if (spawnSync(command, options).status !== 0) return `${command} is not here`
  }
  return undefined
}

const OPEN = new Set<Shell>()

export async function closeAll(): Promise<void> {
  await Promise.all([...OPEN].map((shell) => shell.close()))
}

export class Shell {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<unknown>
  /** All that was shown. */
  output = ''
  #read = 0
  #modes = ''

  constructor() {
    const program = fileURLToPath(new URL('terminal.py', import.meta.url))
    const env = { ...process.env, TERM: 'xterm', NO_COLOR: '1', HISTFILE: '' }
    this.#child = spawn('python3', [program, 'bash', '--norc', '--noprofile', '--noediting', '-i'], { cwd: HOME, env })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#modes += text
    })
    this.#ended = once(this.#child, 'exit')
    OPEN.add(this)
    // Not as it is echoed.
    this.enter("PS1='rea''dy$ '")
  }

  /** Presses these keys. */
  press(keys: string): void {
    this.#child.stdin.write(keys)
  }

  enter(line: string): void {
    this.press(`${line}\r`)
  }

  /** Waits until something new is shown, and takes note of it. */
  async sees(pattern: RegExp, seconds = 60): Promise<string> {
    return this.#until(() => {
      const match = pattern.exec(this.output.slice(this.#read))
      if (match !== null) this.#read += match.index + match[0].length
      return match?.[0]
    }, [`${pattern}`, seconds])
  }

  /** Makes the window narrower. */
  narrow(): void {
    this.#child.kill('SIGUSR1')
  }

  /** How the terminal takes what is typed: `lines echo` is how a shell's command finds it, `keys silent` how the chat has it. */
  async mode(): Promise<string> {
    this.#modes = ''
    this.#child.kill('SIGUSR2')
    return this.#until(() => /mode (\w+ \w+)\n/.exec(this.#modes)?.[1], ['the mode', 10])
  }

  /** Closes the window. */
  async close(): Promise<void> {
    OPEN.delete(this)
    this.#child.stdin.end()
    await this.#ended
  }

  async #until(found: () => string | undefined, [what, seconds]: readonly [string, number]): Promise<string> {
    const end = Date.now() + seconds * 1_000
    for (;;) {
      const one = found()
      if (one !== undefined) return one
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; shown so far:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
