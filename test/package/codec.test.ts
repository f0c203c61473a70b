import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { encode, MessageType, type Row } from '../../src/codec/message.js'
import { builtPackage, home } from '../support/built-package.js'

// What the package carries of protobufjs is cut out of it by the build; the sources run with all of it.

type Types = Readonly<Record<string, unknown>>

const schemas = ['wire', 'records', 'migration'].flatMap((floor) =>
  readdirSync(join(home, 'src', floor, 'schema')).map((file) => `${floor}/schema/${file.replace(/\.ts$/, '')}`),
)

/** A value of each kind that takes the longest way of its writer; byte strings beyond the writer's memory among them. */
function value({ kind }: Row): unknown {
  if (typeof kind !== 'string') return sample(kind)
  if (kind === 'bytes') return new Uint8Array(20_000).fill(7)
  if (kind === 'string') return 'née 中文'
  if (kind === 'bool') return true
  if (kind === 'double') return 1.5e12
  if (kind === 'int32') return -(2 ** 31)
  return kind === 'uint32' ? 2 ** 32 - 1 : Number.MAX_SAFE_INTEGER
}

function sample(type: MessageType<unknown>): object {
  const chosen = new Set<string>()
  const fields = type.rows.flatMap((row) => {
    if (row.choice !== undefined && chosen.has(row.choice)) return [[row.name, null]]
    if (row.choice !== undefined) chosen.add(row.choice)
    return [[row.name, row.isList ? [value(row), value(row)] : value(row)]]
  })
  return Object.fromEntries(fields)
}

describe("the built package's codec", () => {
  let theirs: { encode: typeof encode }
  const load = (path: string): Promise<Types> => import(/* @vite-ignore */ pathToFileURL(join(builtPackage().folder, 'dist', path)).href)
  beforeAll(async () => {
    theirs = (await load('codec/message.js')) as { encode: typeof encode }
  })

  it.each(schemas)('writes the messages of %s as the sources do, and reads them', async (schema) => {
    const built = await load(`${schema}.js`)
    const types = Object.entries((await import(/* @vite-ignore */ join(home, 'src', `${schema}.ts`))) as Types).filter(
      ([, type]) => type instanceof MessageType,
    )
    expect(types.length).toBeGreaterThan(0)
    for (const [name, type] of types as [string, MessageType<object>][]) {
      const message = sample(type)
      const bytes = theirs.encode(built[name] as MessageType<object>, message)
      expect(Buffer.from(bytes).equals(encode(type, message)), name).toBe(true)
      expect((built[name] as MessageType<object>).read(bytes), name).toEqual(type.read(bytes))
      expect(type.read(bytes), name).toEqual(message)
    }
  })
})
