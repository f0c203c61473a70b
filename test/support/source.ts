/**
 * The project's modules as syntax trees, for tests about the sources themselves: who imports whom, what is exported, which names are
 * used, what the comments say.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A node of the syntax tree (ESTree with TypeScript's additions). */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** One name that a module takes from another; `*` stands for all of them. */
export interface Import {
  /** Path from the root of the repository if it is a module of ours, else the bare specifier. */
  readonly from: string
  readonly name: string
  readonly typeOnly: boolean
  /** `export … from`: passed on rather than used. */
  readonly reExport: boolean
}

/** One name that a module exports. */
export interface Export {
  readonly name: string
  /** The text of the doc comment right before it, if there is one. */
  readonly doc: string | undefined
  /** What is declared here, absent for a name passed on from another module. */
  readonly declaration: Node | undefined
}

export interface Module {
  /** Path from the root of the repository. */
  readonly path: string
  readonly text: string
  readonly tree: Node
  readonly imports: readonly Import[]
  readonly exports: readonly Export[]
}

/** Every module below the folders, without installed packages, caches and declarations. */
export function readModules(...folders: readonly string[]): Module[] {
  return folders.flatMap((folder) => [...filesBelow(folder)].sort().map(readModule))
}

/** The nodes of a tree with their parents, outermost first. */
export function* walk(node: Node, parent?: Node, field?: string): Generator<{ node: Node; parent: Node | undefined; field: string }> {
  yield { node, parent, field: field ?? '' }
  for (const [name, child] of childrenOf(node)) yield* walk(child, node, name)
}

/** The nodes right below one, each with the field in which it stands. */
export function childrenOf(node: Node): [field: string, child: Node][] {
  return Object.entries(node).flatMap(([field, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child): [string, Node] => [field, child]),
  )
}

/** The names that a tree refers to: not property names, not the names it declares for export or import. */
export function* namesUsed(tree: Node): Generator<{ name: string; at: number }> {
  for (const { node, parent, field } of walk(tree)) {
    if (node.type !== 'Identifier' || parent === undefined) continue
    const isLabel = (field === 'property' || field === 'key') && parent.computed !== true && parent.shorthand !== true
    if (isLabel || parent.type === 'ImportSpecifier' || parent.type === 'ExportSpecifier') continue
    yield { name: node.name as string, at: node.start }
  }
}

/** The comments of a module, each with its place. Directives to tools are none. */
export function commentsOf({ text, tree }: Module): { text: string; at: number }[] {
  const strings = [...walk(tree)].filter(({ node }) => node.type === 'TemplateElement' || node.type === 'Literal').map(({ node }) => node)
  const isCode = (at: number): boolean => !strings.some(({ start, end }) => start <= at && at < end)
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g)]
    .filter(({ 0: comment, index }) => isCode(index) && !/^\/[/*]\s*(biome-ignore|@__PURE__|@ts-)/.test(comment))
    .map(({ 0: comment, index }) => ({ text: comment, at: index }))
}

/** The line number of an offset, for messages. */
export function lineOf(module: Module, offset: number): number {
  return module.text.slice(0, offset).split('\n').length
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(home, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name)
    if (entry.name === 'node_modules' || entry.name === '.cache' || entry.name === 'generated' || entry.name.endsWith('.d.ts')) continue
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (/\.[mc]?[jt]s$/.test(entry.name)) yield path
  }
}

function readModule(path: string): Module {
  return parseModule(path, readFileSync(join(home, path), 'utf8'))
}

/** A module made of a text, which need not be on disk. */
export function parseModule(path: string, text: string): Module {
  const tree = parseAst(text, { lang: path.endsWith('ts') ? 'ts' : 'js' }) as unknown as Node
  const imports: Import[] = []
  const exports: Export[] = []
  let end = 0
  const take = (source: unknown, names: readonly string[], typeOnly: boolean, reExport: boolean): void => {
    const from = resolve(path, (source as { value: string }).value)
    for (const name of names) imports.push({ from, name, typeOnly, reExport })
  }
  for (const statement of tree.body as Node[]) {
    const { type, source, specifiers, declaration } = statement as Node & { specifiers?: Node[]; declaration?: Node | null }
    if (type === 'ImportDeclaration') {
      for (const specifier of specifiers ?? []) {
        const typeOnly = statement.importKind === 'type' || specifier.importKind === 'type'
        const isNamespace = specifier.type === 'ImportNamespaceSpecifier'
        const names = isNamespace ? membersUsed(tree, nameOf(specifier.local)) : [nameOf(specifier.imported) || 'default']
        take(source, names, typeOnly, false)
      }
      if ((specifiers ?? []).length === 0) take(source, ['*'], false, false)
    } else if (type === 'ExportAllDeclaration') {
      take(source, ['*'], statement.exportKind === 'type', true)
    } else if (type === 'ExportNamedDeclaration' && source) {
      for (const specifier of specifiers ?? []) {
        take(source, [nameOf(specifier.local)], statement.exportKind === 'type' || specifier.exportKind === 'type', true)
        exports.push({ name: nameOf(specifier.exported), doc: undefined, declaration: undefined })
      }
    } else if (type.startsWith('Export')) {
      const doc = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(end, statement.start))?.[1]
      for (const name of declaredNames(statement)) exports.push({ name, doc, declaration: declaration ?? statement })
    }
    end = statement.end
  }
  for (const { node } of walk(tree)) {
    const source = node.source
    if ((node.type === 'ImportExpression' || node.type === 'TSImportType') && isNode(source) && typeof source.value === 'string') {
      take(source, ['*'], node.type === 'TSImportType', false)
    }
  }
  return { path, text, tree, imports, exports }
}

/** The members of a namespace that a module names, or `*` if it uses the namespace in another way. */
function membersUsed(tree: Node, namespace: string): string[] {
  const names = new Set<string>()
  for (const { node, parent, field } of walk(tree)) {
    if (node.type !== 'Identifier' || node.name !== namespace || parent === undefined || parent.type === 'ImportNamespaceSpecifier')
      continue
    const member =
      field === 'object' && parent.computed !== true
        ? parent.property
        : field === 'left' && parent.type === 'TSQualifiedName'
          ? parent.right
          : undefined
    names.add(nameOf(member) || '*')
  }
  return [...names]
}

function declaredNames(statement: Node): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return ['default']
  const declaration = statement.declaration as Node | null
  if (declaration === null) return (statement.specifiers as Node[]).map((specifier) => nameOf(specifier.exported))
  if (declaration.type !== 'VariableDeclaration') return [nameOf(declaration.id)]
  return (declaration.declarations as Node[]).map((variable) => nameOf(variable.id))
}

function resolve(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const target = posix.join(posix.dirname(path), specifier)
  const source = target.replace(/\.js$/, '.ts')
  return existsSync(join(home, source)) ? source : target
}

function nameOf(identifier: unknown): string {
  const { name, value } = (identifier ?? {}) as { name?: string; value?: string }
  return name ?? value ?? ''
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}
