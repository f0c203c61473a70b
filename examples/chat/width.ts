/** How text fits a terminal: its width in cells, and what must not reach the terminal at all. */
import { stripVTControlCharacters } from 'node:util'

// Control characters steer a terminal (ESC), and bidirectional controls reorder what is around them: a peer must do neither.
const DANGEROUS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu
const SIMPLE =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2190-\u21ff\u2500-\u257f\u2713\u3000-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/
const WIDE = /[\u3000-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]/
const WIDES = new RegExp(WIDE, 'g')

/** Text of a stranger, safe to print on one line. */
export function printable(text: string): string {
  return text.replace(DANGEROUS, '\ufffd')
}

/** Text as it will stand in a terminal. */
export interface Layout {
  /** Broken between words where it reaches the edge. */
  readonly text: string
  /** The rows it takes, or `undefined` if terminals differ about it (emoji, combining marks, wide characters across the edge). */
  readonly rows: number | undefined
}

/** Lays out text with our own styles in a terminal of so many columns. */
export function layout(text: string, columns: number): Layout {
  if (widthOf(text) === undefined) return { text, rows: undefined }
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && (widthOf(line + word.trimEnd()) ?? 0) >= columns) {
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
  const width = widthOf(line)
  if (width === undefined || (width > columns && WIDE.test(line))) return Number.NaN
  return Math.max(1, Math.ceil(width / columns))
}

function widthOf(text: string): number | undefined {
  const plain = stripVTControlCharacters(text)
  return SIMPLE.test(plain) ? 2 * plain.length - plain.replace(WIDES, '').length : undefined
}
