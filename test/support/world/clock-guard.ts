/** Sees whether the sources under `src/` read the runtime's clock. O10: all time comes in through `clock`. */
import { join } from 'node:path'

const SOURCES = join(import.meta.dirname, '../../../src')

/** Replaces the global `Date` until `end` is called, which returns where it was read from. */
export function guardClock(): { readonly end: () => readonly string[] } {
  const Real = globalThis.Date
  const readings: string[] = []
  const note = (): void => {
    const place = new Error('the clock was read').stack?.split('\n').find((line) => line.includes(SOURCES))
    if (place !== undefined) readings.push(place.trim())
  }
  globalThis.Date = new Proxy(Real, {
    get: (target, name, receiver) => {
      if (name === 'now') note()
      return Reflect.get(target, name, receiver) as unknown
    },
    construct: (target, parameters) => {
      if (parameters.length === 0) note()
      return Reflect.construct(target, parameters) as object
    },
  })
  return {
    end: () => {
      globalThis.Date = Real
      return readings
    },
  }
}
