/** Reads a QR code from what a terminal shows, as a camera would: rows of half blocks, light on dark. */
import decodeQR from 'qr/decode.js'

const SCALE = 3

/** @returns the bytes in the code. @throws if there is no code. */
export function readDrawing(rows: readonly string[]): Uint8Array {
  const width = [...(rows[0] ?? '')].length
  const side = { width: width * SCALE, height: 2 * rows.length * SCALE }
  const data = new Uint8Array(side.width * side.height * 4).fill(255)
  for (const [row, line] of rows.entries()) {
    for (const [column, block] of [...line].entries()) {
      if (block === ' ' || block === '\u2584') blacken(column, 2 * row)
      if (block === ' ' || block === '\u2580') blacken(column, 2 * row + 1)
    }
  }
  const text = decodeQR({ ...side, data }, { textDecoder: (bytes) => String.fromCharCode(...bytes) })
  return Uint8Array.from(text, (character) => character.charCodeAt(0))

  function blacken(column: number, row: number): void {
    for (let y = row * SCALE; y < (row + 1) * SCALE; y++) {
      const start = 4 * (y * side.width + column * SCALE)
      data.fill(0, start, start + 4 * SCALE)
    }
  }
}
