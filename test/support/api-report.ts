/**
 * The public surface as the reports in `api/` have it: every function, constructor and method that a caller can reach. Knows no rule about
 * them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'
import type { Node } from './source.js'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'api')

/** One thing to call, as `bisik: Client.encrypt`, `bisik/relay: new Relay` or `bisik/wire: parseEnvelope`. */
export interface PublicCall {
  readonly name: string
  /** The names of its parameters, of its longest overload. */
  readonly parameters: readonly string[]
}

/** All calls of all entries. Methods of interfaces are there too: whose they are, ours or the caller's, no report says. */
export function publicCalls(): PublicCall[] {
  const calls = readdirSync(folder).flatMap((file) => callsIn(readFileSync(join(folder, file), 'utf8')))
  const longest = new Map<string, PublicCall>()
  for (const call of calls) {
    if ((longest.get(call.name)?.parameters.length ?? -1) < call.parameters.length) longest.set(call.name, call)
  }
  return [...longest.values()]
}

function callsIn(report: string): PublicCall[] {
  const [, entry = ''] = /^# (\S+)/.exec(report) ?? []
  const [, declarations = ''] = /```ts\n([\s\S]*?)```/.exec(report) ?? []
  const { body } = parseAst(declarations, { lang: 'dts' }) as unknown as { readonly body: readonly Node[] }
  return body.flatMap((statement) =>
    callsOf(statement.declaration as Node | null).map(({ name, parameters }) => ({ name: `${entry}: ${name}`, parameters })),
  )
}

function callsOf(declaration: Node | null): PublicCall[] {
  if (declaration === null) return []
  const name = nameOf(declaration.id)
  const { type } = declaration
  if (type === 'TSDeclareFunction' || type === 'FunctionDeclaration') return [{ name, parameters: parametersOf(declaration) }]
  if (type === 'TSInterfaceDeclaration') {
    const { body } = declaration.body as { readonly body: readonly Node[] }
    return body
      .filter((member) => member.type === 'TSMethodSignature')
      .map((member) => ({ name: `${name}.${nameOf(member.key)}`, parameters: parametersOf(member) }))
  }
  if (type !== 'ClassDeclaration') return []
  const { body } = declaration.body as { readonly body: readonly Node[] }
  return body.flatMap((member) => {
    const { kind, key, accessibility } = member as Node & { readonly kind?: string; readonly key?: Node; readonly accessibility?: string }
    if ((kind !== 'method' && kind !== 'constructor') || accessibility === 'private') return []
    const call = kind === 'constructor' ? `new ${name}` : `${name}.${nameOf(key)}`
    return [{ name: call, parameters: parametersOf(member.value as Node) }]
  })
}

function parametersOf(node: Node): string[] {
  const list = (node.params ?? node.parameters) as readonly Node[]
  return list.map((parameter) => {
    if (parameter.type === 'RestElement') return nameOf(parameter.argument)
    return parameter.type === 'ObjectPattern' ? 'object' : nameOf(parameter)
  })
}

const nameOf = (node: unknown): string => String((node as Node | undefined)?.name)
