/**
 * Random sources for tests, none of them fit for anything else: recorded bytes, and bytes that follow from a seed.
 */
import { createHash } from 'node:crypto'
import { copyBytes } from '../../src/bytes.js'
import type { RandomSource } from '../../src/env.js'

/** Hands out `recorded` in order, one entry a draw; throws when the length differs or nothing is left. */
export function recordedRandom(...recorded: readonly Uint8Array[]): RandomSource & { readonly remaining: () => number } {
  const left = [...recorded]
  const source = (length: number) => {
    const next = left.shift()
    if (next?.length !== length) throw new Error(`drew ${length} bytes, recorded were ${next?.length}`)
    return copyBytes(next)
  }
  return Object.assign(source, { remaining: () => left.length })
}

/** An endless source that depends on `seed` alone: SHA-512 in counter mode. */
export function seededRandom(seed: string): RandomSource {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let offset = 0; offset < length; offset += 64) {
      bytes.set(
        createHash('sha512')
          .update(`${seed}/${counter++}`)
          .digest()
          .subarray(0, length - offset),
        offset,
      )
    }
    return bytes
  }
}
