// Writes api/*.md: what each entry of the package offers, from the declarations in dist. A change of the public surface is then a
// change that a reviewer sees.
//   node scripts/api-report.mjs           write them
//   node scripts/api-report.mjs --check   exit 1 when the committed files differ
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(home, 'api')
const { exports: entries } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))

/** A module of dist: the statements that declare each name, and where each name comes from or goes to. */
const modules = new Map()
function moduleAt(path) {
  if (!modules.has(path)) modules.set(path, readDeclarations(path))
  return modules.get(path)
}

function readDeclarations(path) {
  const text = readFileSync(path, 'utf8')
  const target = (source) => (source.value.startsWith('.') ? join(dirname(path), source.value.replace(/\.js$/, '.d.ts')) : source.value)
  const module = { path, declared: new Map(), imported: new Map(), exported: new Map(), all: [] }
  const declare = (name, statement) => {
    const written = text.slice(statement.start, statement.end).replaceAll(/\s*\/\*\*?[\s\S]*?\*\//g, '')
    module.declared.set(name, [...(module.declared.get(name) ?? []), { statement, text: written }])
  }
  for (const statement of parseAst(text, { lang: 'dts' }).body) {
    const { type, source, specifiers } = statement
    if (type === 'ImportDeclaration') {
      for (const one of specifiers) {
        module.imported.set(one.local.name, {
          from: target(source),
          name: one.imported?.name ?? (one.type === 'ImportDefaultSpecifier' ? 'default' : '*'),
        })
      }
    } else if (type === 'ExportAllDeclaration') module.all.push(target(source))
    else if (type === 'ExportNamedDeclaration' && statement.declaration === null) {
      for (const one of specifiers) module.exported.set(one.exported.name, { from: source ? target(source) : path, name: one.local.name })
    } else {
      const declaration = type === 'ExportNamedDeclaration' ? statement.declaration : statement
      for (const one of declaration.declarations ?? [declaration]) {
        declare(one.id.name, statement)
        if (type === 'ExportNamedDeclaration') module.exported.set(one.id.name, { from: path, name: one.id.name })
      }
    }
  }
  return module
}

/** Names that a module offers. */
function namesOf(path) {
  const module = moduleAt(path)
  return [...module.exported.keys(), ...module.all.flatMap(namesOf)]
}

/** Where a name that a module offers, or uses inside, is declared. Names of other packages keep their specifier. */
function originOf(path, name, inside) {
  if (!path.endsWith('.d.ts')) return { path, name }
  const module = moduleAt(path)
  if (inside && module.declared.has(name)) return { path, name }
  const next = inside ? module.imported.get(name) : module.exported.get(name)
  if (next?.from === path) return originOf(path, next.name, true)
  if (next !== undefined) return originOf(next.from, next.name, false)
  return inside ? undefined : module.all.map((star) => originOf(star, name, false)).find(Boolean)
}

function* mentioned(node) {
  if (node === null || typeof node !== 'object') return
  if (node.type === 'Identifier') yield node.name
  for (const [field, value] of Object.entries(node)) {
    const isLabel = (field === 'key' && !node.computed) || field === 'label' || (field === 'right' && node.type === 'TSQualifiedName')
    if (!isLabel) for (const child of Array.isArray(value) ? value : [value]) yield* mentioned(child)
  }
}

const titleOf = (entry) => entry.replace('.', 'bisik')
const idOf = ({ path, name }) => `${relative(join(home, 'dist'), path)}: ${name}`
const offers = new Map()
for (const [entry, targets] of Object.entries(entries)) {
  if (typeof targets === 'string') continue
  const path = join(home, targets.types)
  if (!existsSync(path)) throw new Error(`${entry} has no declarations at ${targets.types}: run "npm run build" first`)
  const names = [...new Set(namesOf(path))].sort()
  offers.set(entry, new Map(names.map((name) => [name, originOf(path, name, false)])))
}

function report(entry) {
  const offered = [...offers.get(entry)]
  const own = new Set(offered.map(([, origin]) => idOf(origin)))
  const unnamed = new Map()
  const elsewhere = new Set()
  const follow = (origin) => {
    for (const { statement } of moduleAt(origin.path).declared.get(origin.name) ?? []) {
      for (const name of mentioned(statement)) {
        const other = originOf(origin.path, name, true)
        if (other === undefined || own.has(idOf(other)) || unnamed.has(idOf(other))) continue
        const owners = [...offers].filter(([, names]) => [...names.values()].some((one) => idOf(one) === idOf(other)))
        if (!other.path.endsWith('.d.ts')) elsewhere.add(`\`${other.name}\` of \`${other.path}\``)
        else if (owners.length > 0) elsewhere.add(`\`${other.name}\` of \`${titleOf(owners[0][0])}\``)
        else {
          unnamed.set(idOf(other), textOf(other))
          follow(other)
        }
      }
    }
  }
  for (const [, origin] of offered) follow(origin)

  const block = (texts) => ['```ts', texts.join('\n\n'), '```', '']
  const lines = [
    `# ${titleOf(entry)}`,
    '',
    'Written by `npm run api` from the declarations; a change here is a change of the public surface.',
    '',
  ]
  lines.push(...block(offered.map(([name, origin]) => (origin.name === name ? textOf(origin) : `export { ${origin.name} as ${name} }`))))
  const internal = [...unnamed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, text]) => `// ${id}\n${text}`)
  if (internal.length > 0) lines.push('## In signatures, but exported by no entry', '', ...block(internal))
  if (elsewhere.size > 0) lines.push('## In signatures, exported elsewhere', '', ...[...elsewhere].sort().map((one) => `- ${one}`), '')
  return lines.join('\n')
}

function textOf({ path, name }) {
  return (moduleAt(path).declared.get(name) ?? []).map(({ text }) => text).join('\n')
}

const reports = new Map(
  [...offers.keys()].map((entry) => [`${titleOf(entry).replace('bisik/', '').replaceAll('/', '-')}.md`, report(entry)]),
)
const committed = existsSync(folder) ? readdirSync(folder) : []
if (process.argv.includes('--check')) {
  const stale = [...new Set([...committed, ...reports.keys()])].filter(
    (name) => !reports.has(name) || !committed.includes(name) || readFileSync(join(folder, name), 'utf8') !== reports.get(name),
  )
  for (const name of stale) console.error(`api/${name} is not what the sources give: run "npm run api", read the difference, commit it`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  mkdirSync(folder, { recursive: true })
  for (const name of committed) if (!reports.has(name)) rmSync(join(folder, name))
  for (const [name, text] of reports) writeFileSync(join(folder, name), text)
}
