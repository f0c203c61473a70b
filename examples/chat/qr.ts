/** A safety number as a QR code: drawn in the terminal and as a picture, and read from such a picture. Knows no key. */
import encodeQR, { type QrOpts } from 'qr'
import decodeQR from 'qr/decode.js'

/** A safety number is bytes, and the code must hold exactly these: text here is one character for each of them. */
const OPTIONS: QrOpts = { encoding: 'byte', textEncoder: bytesOf, ecc: 'medium', border: 4 }
/** Pixels for each square of a code that is read: what the decoder is used to see. */
const SCALE = 4

/** Draws in half blocks, light on dark: two squares in each character, one row of text for two of the code. */
export function drawn(bytes: Uint8Array): readonly string[] {
  return encodeQR(textOf(bytes), 'ascii', OPTIONS).trimEnd().split('\n')
}

export function svgOf(bytes: Uint8Array): string {
  const code = encodeQR(textOf(bytes), 'svg', OPTIONS)
  // Without this, a viewer with a dark background shows dark on dark.
  return code.replace('<path', '<rect width="100%" height="100%" fill="white"/><path')
}

/** Reads what {@link svgOf} wrote. @returns `undefined` if this is no such picture. */
export function readSvg(svg: string): Uint8Array | undefined {
  const size = Number(/viewBox="0 0 (\d{1,3}) \1"/.exec(svg)?.[1])
  if (!(size > 0)) return undefined
  const dark = new Set<number>()
  let [x, y] = [0, 0]
  // One square after the other, each from a corner that is told whole (M) or from the corner of the one before (m).
  for (const [, move, dx, dy] of svg.matchAll(/([Mm])(-?\d+)[ ,]?(-?\d+)/g)) {
    x = Number(dx) + (move === 'm' ? x : 0)
    y = Number(dy) + (move === 'm' ? y : 0)
    dark.add(y * size + x)
  }
  return readSquares(size, (column, row) => dark.has(row * size + column))
}

/** Reads a code of `size` squares each way, its margin included. */
export function readSquares(size: number, isDark: (column: number, row: number) => boolean): Uint8Array | undefined {
  const side = size * SCALE
  const data = new Uint8Array(side * side * 4).fill(255)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (isDark(Math.floor(column / SCALE), Math.floor(row / SCALE)))
        data.fill(0, 4 * (row * side + column), 4 * (row * side + column) + 3)
    }
  }
  try {
    return bytesOf(decodeQR({ width: side, height: side, data }, { textDecoder: textOf }))
  } catch {
    return undefined
  }
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
