/**
 * How much a state weighs, whatever record it is written to.
 */
import { expose, Secret } from '../../../src/crypto/secret.js'

/** Bytes of all byte strings, secrets and names in a value, and 8 for each number. */
export function statesSize(value: unknown): number {
  if (typeof value === 'number') return 8
  if (typeof value === 'string') return value.length
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Secret) return expose(value).length
  if (value instanceof Map) return [...value.values()].reduce((sum: number, inner) => sum + 8 + statesSize(inner), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, inner) => sum + statesSize(inner), 0)
}
