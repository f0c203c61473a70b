/** What the rules of the house look at: sizes of files and functions, names of parameters, the memory of modules, words. */
import { childrenOf, commentsOf, lineOf, type Module, type Node, walk } from './source.js'

/** Something that has a size: `place` is the file and what in it. */
export interface Sized {
  readonly place: string
  readonly size: number
}

/** A function or a signature. */
export interface Shape {
  readonly place: string
  readonly lines: number
  readonly parameters: readonly Node[]
}

const NAMED = /^(FunctionDeclaration|TSDeclareFunction|VariableDeclarator|ClassDeclaration|TSTypeAliasDeclaration|TSInterfaceDeclaration)$/
const KEYED = /^(MethodDefinition|PropertyDefinition|Property|TSMethodSignature|TSPropertySignature)$/

/** Lines of a module. */
export function linesOf({ path, text }: Module): Sized {
  return { place: path, size: text.split('\n').length - 1 }
}

/** Every function and every signature of a module. One without a name is called by the nearest name around it. */
export function shapesOf(module: Module): Shape[] {
  const owners = new Map<Node, string>()
  const shapes: Shape[] = []
  for (const { node, parent } of walk(module.tree)) {
    const key = NAMED.test(node.type) ? node.id : KEYED.test(node.type) ? node.key : undefined
    const owner = nameOf(key) ?? (parent && owners.get(parent)) ?? ''
    owners.set(node, owner)
    if (!Array.isArray(node.params) || /^TSTypeParameter/.test(node.type)) continue
    const lines = lineOf(module, node.end) - lineOf(module, node.start) + 1
    shapes.push({ place: `${module.path} ${owner}`.trimEnd(), lines, parameters: node.params as Node[] })
  }
  return shapes
}

/** The name of a parameter, also of one with a default; a pattern has none. */
export function parameterName(parameter: Node): string | undefined {
  return nameOf(parameter.type === 'AssignmentPattern' ? parameter.left : parameter)
}

const MEMORY = /^(Map|Set|WeakMap|WeakSet|WeakRef|\w*Array|ArrayBuffer|DataView|Writer)$/
const MUTATORS = /^(set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|digestInto)$/
const CONSTANT = /^[A-Z][A-Z0-9_]*$/

/**
 * What lives as long as its module and can change: variables, whatever the module writes to, and memory made at load, unless its name is
 * that of a constant (in capitals) and nothing writes to it.
 */
export function stateOf(module: Module): string[] {
  const found = new Set<string>()
  const written = writtenIn(module.tree)
  for (const statement of module.tree.body as Node[]) {
    const declaration = (statement.declaration ?? statement) as Node
    if (declaration.type === 'ClassDeclaration') for (const name of staticState(declaration)) found.add(name)
    if (declaration.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations as { id: Node; init: Node | null }[]) {
      const name = nameOf(id) ?? ''
      const isMemory = init !== null && makesMemory(init) && !isReadonly(module, id) && (!CONSTANT.test(name) || isWeak(init))
      if (declaration.kind !== 'const' || isMemory || written.has(name)) found.add(name)
    }
  }
  return [...found].map((name) => `${module.path} ${name}`)
}

function staticState(declaration: Node): string[] {
  const members = (declaration.body as Node).body as (Node & { value?: Node | null })[]
  return members
    .filter(({ type, static: isStatic, value }) => type === 'PropertyDefinition' && isStatic === true && value && makesMemory(value))
    .map(({ key }) => `${nameOf(declaration.id)}.${nameOf(key)}`)
}

/** Whether an expression makes memory when the module loads: not inside a function, which would make it anew at each call. */
function makesMemory(node: Node): boolean {
  if (/Function/.test(node.type) || node.type === 'MethodDefinition') return false
  if (node.type === 'NewExpression' && MEMORY.test(nameOf(node.callee) ?? '')) return true
  if (node.type === 'CallExpression' && /^(create|subarray)$/.test(nameOf((node.callee as Node).property) ?? '')) return true
  return childrenOf(node).some(([, child]) => makesMemory(child))
}

function isWeak(node: Node): boolean {
  return [...walk(node)].some((one) => one.node.type === 'NewExpression' && /^Weak/.test(nameOf(one.node.callee) ?? ''))
}

function isReadonly({ text }: Module, id: Node): boolean {
  const annotation = id.typeAnnotation as Node | null | undefined
  return annotation ? /^:\s*Readonly(Map|Set)</.test(text.slice(annotation.start, annotation.end)) : false
}

/** Names that are assigned to after they were declared, by whatever way: `x = `, `x.y = `, `x[0] = `, `x++`, `x.push()`. */
function writtenIn(tree: Node): Set<string> {
  const written = new Set<string>()
  const note = (target: Node): void => {
    let root = target
    while (root.type === 'MemberExpression') root = root.object as Node
    const name = nameOf(root)
    if (name !== undefined) written.add(name)
  }
  for (const { node } of walk(tree)) {
    if (node.type === 'AssignmentExpression') note(node.left as Node)
    if (node.type === 'UpdateExpression') note(node.argument as Node)
    const callee = node.type === 'CallExpression' ? (node.callee as Node) : undefined
    if (callee?.type === 'MemberExpression' && MUTATORS.test(nameOf(callee.property) ?? '')) note(callee)
  }
  // A local variable of the same name hides that of the module.
  for (const name of localsOf(tree)) written.delete(name)
  return written
}

function localsOf(tree: Node): Set<string> {
  const locals = new Set<string>()
  const outer = new Set((tree.body as Node[]).map((statement) => statement.declaration ?? statement))
  for (const { node, parent, field } of walk(tree)) {
    if (node.type === 'VariableDeclarator' && parent && !outer.has(parent)) for (const name of namesIn(node.id as Node)) locals.add(name)
    if (field === 'params') for (const name of namesIn(node)) locals.add(name)
  }
  return locals
}

function namesIn(pattern: Node): string[] {
  return [...walk(pattern)].map(({ node }) => nameOf(node)).filter((name) => name !== undefined)
}

/** Names and comments, in words: `keptKeys` is `kept keys`. */
export function wordsOf(module: Module): { readonly phrase: string; readonly isName: boolean }[] {
  const names = [...walk(module.tree)].flatMap(({ node }) => {
    const name = node.type === 'PrivateIdentifier' || node.type === 'Identifier' ? nameOf(node) : undefined
    return name === undefined ? [] : [{ phrase: splitName(name), isName: true }]
  })
  const comments = commentsOf(module).map(({ text }) => ({ phrase: splitComment(text), isName: false }))
  return [...names, ...comments]
}

function splitName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .toLowerCase()
}

/** A comment as one line of text; a name in it is split as in code. */
function splitComment(text: string): string {
  return text
    .replace(/^\s*\*/gm, ' ')
    .replace(/[A-Za-z_$][\w$]*/g, splitName)
    .replace(/\s+/g, ' ')
}

function nameOf(node: unknown): string | undefined {
  const name = (node as { name?: unknown } | null | undefined)?.name
  return typeof name === 'string' ? name : undefined
}
