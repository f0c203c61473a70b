/**
 * What the codec is held to: protobufjs's generated code behind a scanner of its own, which is how bisik read the wire at 2ed979b. The code
 * is generated from `proto/` when a test asks for it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import protobuf from 'protobufjs/minimal.js'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** A type of message as protobufjs generates it. */
export interface GeneratedType {
  encode(message: object, writer: protobuf.Writer): protobuf.Writer
  decode(reader: protobuf.Reader): Record<string, unknown>
}

/** Generates the code of .proto files. @returns the types by their full names. */
export async function generated(names: readonly string[]): Promise<ReadonlyMap<string, GeneratedType>> {
  const pbjs = promisify(createRequire(import.meta.url)('protobufjs-cli/pbjs').main) as (args: readonly string[]) => Promise<string>
  // Inside the project, so that the generated import of protobufjs resolves.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.oracle-'))
  try {
    const flags = '-t static-module -w esm --null-semantics --no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service'
    const protos = names.map((name) => join(ROOT, 'proto', `${name}.proto`))
    const file = join(folder, 'generated.mjs')
    await pbjs([...flags.split(' '), '--root', `oracle_${names.join('_')}`, '-o', file, ...protos])
    writeFileSync(join(folder, 'package.json'), '{}')
    const { bisik } = (await import(/* @vite-ignore */ file)) as { bisik: Record<string, Record<string, GeneratedType>> }
    const types = new Map<string, GeneratedType>()
    for (const [space, members] of Object.entries(bisik)) {
      for (const [name, type] of Object.entries(members)) if (typeof type.decode === 'function') types.set(`${space}.${name}`, type)
    }
    return types
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The reader that read what the scanner had passed. */
export class ScannedReader extends protobuf.Reader {
  constructor(bytes: Uint8Array) {
    super(bytes)
    this.discardUnknown = true
  }

  override tag(): number {
    return this.uint32()
  }

  override size(): number {
    return this.uint32()
  }

  override raw(start: number, end: number): Uint8Array {
    return this.buf.slice(start, end)
  }
}
