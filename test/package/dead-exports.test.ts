import { expect, it } from 'vitest'
import { entries, manifest } from '../support/built-package.js'
import { type Module, namesUsed, readModules } from '../support/source.js'

const modules = readModules('src')
const byPath = new Map(modules.map((module) => [module.path, module]))
const entryPaths = entries.map((entry) => {
  const targets = manifest.exports[entry.replace('bisik', '.')] as { readonly '@bisik/source': string }
  return targets['@bisik/source'].replace('./', '')
})

/** `path: name` for all that is used: by an entry, by another module, by a test or an example, or in the signature of what is used. */
function usedExports(): Set<string> {
  const used = new Set<string>()
  const use = (path: string, name: string): void => {
    const module = byPath.get(path)
    if (module === undefined || used.has(`${path}: ${name}`)) return
    used.add(`${path}: ${name}`)
    if (name === '*') for (const one of module.exports) use(path, one.name)
    // Passed on from elsewhere, or declared here with types of the same module in its signature.
    for (const one of module.imports) if (one.reExport && (one.name === name || one.name === '*')) use(one.from, one.name)
    for (const { declaration } of module.exports.filter((one) => one.name === name)) {
      if (declaration === undefined) continue
      for (const mentioned of namesUsed(declaration)) if (isType(module, mentioned.name)) use(path, mentioned.name)
    }
  }
  for (const path of entryPaths) use(path, '*')
  for (const { imports } of [...modules, ...readModules('test', 'examples', 'scripts')]) {
    for (const { from, name, reExport } of imports) if (!reExport) use(from, name)
  }
  return used
}

function isType(module: Module, name: string): boolean {
  return module.exports.some((one) => one.name === name && /^TS(?:Interface|TypeAlias)/.test(one.declaration?.type ?? ''))
}

it('exports nothing that nobody uses', () => {
  const used = usedExports()
  const dead = modules.flatMap(({ path, exports }) => exports.map(({ name }) => `${path}: ${name}`)).filter((one) => !used.has(one))
  expect(dead).toEqual([])
})

it('has every entry in the sources', () => {
  expect(entryPaths.filter((path) => !byPath.has(path))).toEqual([])
})
