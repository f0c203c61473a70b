/** How text fits a terminal: its width in cells, and what must not reach the terminal at all. */
import { stripVTControlCharacters } from 'node:util'

// Control characters steer a terminal (ESC), and bidirectional controls reorder what is around them: a peer must do neither.
const DANGEROUS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const STYLE_OR_CONTROL = /\u001b\[[\d;]{1,20}m|[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu
// Scripts and signs whose characters take one cell, but for terminals set to wide ones; the blocks draw QR codes. All others take two at most.
const NARROW = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2190-\u21ff\u2500-\u259f\u2713]$/

/** Text of a stranger, safe to print on one line. */
export function printable(text: string): string {
  return text.replace(DANGEROUS, '\ufffd')
}

/** Our own lines, whatever is in them: line breaks and the styles of `style.ts` stay, nothing else steers the terminal. */
export function withoutControls(styled: string): string {
  return styled.replace(STYLE_OR_CONTROL, (found) => (found === '\n' || found.length > 1 ? found : '\ufffd'))
}

/** Text as it will stand in a terminal. */
export interface Layout {
  /** Broken between words where it reaches the edge. */
  readonly text: string
  /** The rows it takes, or `undefined` if terminals differ about it (emoji, combining marks or wide characters at the edge). */
  readonly rows: number | undefined
}

/** Lays out text with our own styles in a terminal of so many columns. */
export function layout(text: string, columns: number): Layout {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && widthOf(line + word.trimEnd()).most >= columns) {
      lines.push(line)
      line = ''
    }
    line += word
  }
  lines.push(line)
  let rows = 0
  for (const each of lines) rows += rowsOf(each, columns)
  return { text: lines.join('\n'), rows: Number.isNaN(rows) ? undefined : rows }
}

/** The rows that the terminal makes of one line, NaN if it depends on the terminal. */
export function rowsOf(line: string, columns: number): number {
  const { most, exact } = widthOf(line)
  if (most < columns) return 1
  return exact ? Math.ceil(most / columns) : Number.NaN
}

/** The most cells that text with our own styles takes, and whether it takes exactly these however it is broken. */
function widthOf(text: string): { readonly most: number; readonly exact: boolean } {
  let most = 0
  let exact = true
  for (const character of stripVTControlCharacters(text)) {
    const narrow = NARROW.test(character)
    most += narrow ? 1 : 2
    exact &&= narrow
  }
  return { most, exact }
}
