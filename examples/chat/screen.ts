/**
 * The terminal: lines appear above the prompt while the user types, and a message's mark changes where it stands. Without a terminal
 * (a pipe) it is plain lines in and out, and a changed message is printed again.
 */
import { createInterface, type Interface } from 'node:readline'
import { Terminal } from './terminal.js'
import { layout, rowsOf, withoutControls } from './width.js'

interface Block {
  readonly id: string | undefined
  readonly rows: number | undefined
}

/** Blocks remembered: more than any screen shows. */
const REMEMBERED = 200

export class Screen {
  readonly #lines: Interface
  readonly #terminal: Terminal | undefined
  /** What stands above the prompt, newest last. */
  #blocks: Block[] = []
  #prompt = ''
  #shown: boolean = false

  /** @param on - `line`: one was typed; `interrupt`: Ctrl-C; `end`: no more lines will come. */
  constructor(on: { readonly line: (line: string) => void; readonly interrupt: () => void; readonly end: () => void }) {
    const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
    this.#terminal = isTerminal ? new Terminal(() => this.#redraw()) : undefined
    const input = this.#terminal?.keys ?? process.stdin
    this.#lines = createInterface({ input, output: process.stdout, terminal: isTerminal, historySize: 100 })
    this.#lines.on('SIGTSTP', () => this.#terminal?.stopJob())
    this.#lines.on('line', (line) => {
      this.#eraseTyped(line)
      on.line(line)
    })
    this.#lines.on('SIGINT', on.interrupt)
    this.#lines.on('close', on.end)
    // A resized terminal has wrapped everything anew: what stands where is not known any more.
    process.stdout.on('resize', () => {
      this.#blocks = []
    })
  }

  /** Shows or changes the prompt. */
  prompt(text: string): void {
    this.#prompt = text
    this.#shown = true
    this.#lines.setPrompt(text)
    if (this.#terminal !== undefined) this.#lines.prompt(true)
  }

  /** Prints a line; `id` names it for {@link Screen.change}. */
  print(styled: string, id?: string): void {
    const text = withoutControls(styled)
    const laid = this.#terminal === undefined ? { text, rows: undefined } : layout(text, this.#columns)
    this.#blocks.push({ id, rows: laid.rows })
    if (this.#blocks.length > REMEMBERED) this.#blocks.shift()
    this.#above(`${laid.text}\n`)
  }

  /** Prints other text, of the same length, where the line `id` stands, or again if that is out of reach. */
  change(id: string, styled: string): void {
    const text = withoutControls(styled)
    const place = this.#blocks.map((block) => block.id).lastIndexOf(id)
    let rows = 0
    for (const block of this.#blocks.slice(Math.max(0, place))) rows += block.rows ?? Number.POSITIVE_INFINITY
    const laid = layout(text, this.#columns)
    const own = this.#blocks[place]?.rows
    if (this.#terminal === undefined || own === undefined || own !== laid.rows || rows > process.stdout.rows - 1 - this.#promptRows()) {
      this.print(text, id)
      return
    }
    const down = rows - own
    this.#above(`\u001b[${rows}A${laid.text}\n${down > 0 ? `\u001b[${down}B` : ''}`)
  }

  close(): void {
    this.#lines.removeAllListeners('close')
    this.#lines.close()
    this.#terminal?.giveBack()
  }

  // Others have written since: what stands where is not known any more.
  #redraw(): void {
    this.#blocks = []
    if (this.#shown) this.#lines.prompt(true)
  }

  get #columns(): number {
    return process.stdout.columns || 80
  }

  #promptRows(): number {
    return rowsOf(this.#prompt + this.#lines.line, this.#columns) || 2
  }

  // Writes where the prompt begins, and draws the prompt again below. Readline moves up by the rows above its cursor before it draws.
  #above(text: string): void {
    if (this.#terminal === undefined || !this.#shown) {
      process.stdout.write(text)
      return
    }
    const { rows } = this.#lines.getCursorPos()
    process.stdout.write(`\r${rows > 0 ? `\u001b[${rows}A` : ''}\u001b[J${text}${'\n'.repeat(rows)}`)
    this.#lines.prompt(true)
  }

  // What was typed is on the screen already; the chat prints it in its own form.
  #eraseTyped(line: string): void {
    if (this.#terminal === undefined) return
    const rows = rowsOf(this.#prompt + line, this.#columns)
    if (Number.isNaN(rows)) this.#blocks.push({ id: undefined, rows: undefined })
    else process.stdout.write(`\u001b[${rows}A\r\u001b[J`)
  }
}
