/** Reading what a relay answers: no more bytes than a limit, and nothing but the form that is expected. Knows no request. */
import { isBisikError } from 'bisik'
import { RelayAway } from './link.js'

/** The relay answered what no relay answers. Trying again is as right as when it is away. */
export class RelayNonsense extends RelayAway {
  constructor(what: string) {
    super(`its answer is no ${what}`)
  }
}

/** Reads a body. @throws RelayNonsense if it is longer than the limit; what the connection throws. */
export async function collect(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const read: Uint8Array[] = []
  let length = 0
  // Leaving the loop early ends the connection.
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limit) throw new RelayNonsense(`answer of ${limit} bytes at most`)
    read.push(chunk)
  }
  return new Uint8Array(Buffer.concat(read))
}

/** Reads JSON. @returns `undefined` if it is none. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Turns what a parser of the library says of a relay's bytes into what it means: they are nonsense. */
export function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (isBisikError(error)) throw new RelayNonsense(what)
    throw error
  }
}

/** The fields of an object from JSON that are whole numbers from 0 on. @throws RelayNonsense if one is not. */
export function numbersIn<const Names extends readonly string[]>(
  value: unknown,
  names: Names,
): { readonly [Name in Names[number]]: number } {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as { readonly [Name in Names[number]]: number }
  if (!names.every((name: Names[number]) => Number.isSafeInteger(fields[name]) && fields[name] >= 0)) throw new RelayNonsense('count')
  return fields
}

/** Whether this is the form of the users that a relay knows. */
export function isUser(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}
