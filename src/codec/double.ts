/**
 * Numbers with a fraction, as two halves of 32 bits. Owns the eight bytes in which they are turned into one another; they are times and
 * never secret.
 */
const eight: DataView = new DataView(new ArrayBuffer(8))

/** The number that two halves make. */
export function doubleOf(low: number, high: number): number {
  eight.setUint32(0, low, true)
  eight.setUint32(4, high, true)
  return eight.getFloat64(0, true)
}

/** The halves of a number, the low one first. */
export function halvesOf(double: number): readonly [low: number, high: number] {
  eight.setFloat64(0, double, true)
  return [eight.getUint32(0, true), eight.getUint32(4, true)]
}
