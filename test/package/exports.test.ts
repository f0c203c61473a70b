import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, entries, home, run } from '../support/built-package.js'

/** Prints the names that each entry exports; `load` is how the code gets at one. */
const listExports = (load: string): string => `
  const names = {}
  for (const entry of ${JSON.stringify(entries)}) names[entry] = Object.keys(${load}).filter((name) => name !== '__esModule').sort()
  console.log(JSON.stringify(names))
`

function exportsSeenBy(type: 'module' | 'commonjs', load: string): { readonly [entry: string]: readonly string[] } {
  return JSON.parse(run(process.execPath, ['--no-warnings', `--input-type=${type}`, '--eval', listExports(load)], builtPackage().project))
}

beforeAll(() => {
  builtPackage()
})

describe('the packed package', () => {
  it('gives every entry to import, with nothing installed but the declared dependencies', () => {
    const names = exportsSeenBy('module', 'await import(entry)')
    for (const entry of entries) expect(names[entry]?.length, entry).toBeGreaterThan(0)
  })

  it('gives the same names to require()', () => {
    expect(exportsSeenBy('commonjs', 'require(entry)')).toEqual(exportsSeenBy('module', 'await import(entry)'))
  })

  it('has one error class, whichever entry it comes from', () => {
    const same = `import { BisikError } from 'bisik'; import * as errors from 'bisik/errors'; console.log(BisikError === errors.BisikError)`
    expect(run(process.execPath, ['--input-type=module', '--eval', same], builtPackage().project)).toBe('true\n')
  })

  it('refuses to give what is no entry', () => {
    const peek = `await import('bisik/dist/crypto/secret.js').then(() => console.log('open'), (error) => console.log(error.code))`
    expect(run(process.execPath, ['--input-type=module', '--eval', peek], builtPackage().project)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
  })

  it('shows `expose` at no entry', () => {
    for (const [entry, names] of Object.entries(exportsSeenBy('module', 'await import(entry)')))
      expect(names, entry).not.toContain('expose')
  })

  it('contains what the list of files names and nothing else', () => {
    const { folder } = builtPackage()
    expect(readdirSync(folder).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'dist', 'package.json', 'proto', 'src'].sort(),
    )
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const strange = files.filter((path) => /\.[^/]+$/.test(path) && !/\.(?:js|js\.map|d\.ts|d\.ts\.map|ts|proto|md|json)$/.test(path))
    expect(strange).toEqual([])
  })

  it('has the source and the declaration beside every module', () => {
    const { folder } = builtPackage()
    const made = new Set(readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }))
    const built = [...made].filter((path) => path.endsWith('.js'))
    const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    expect(built.length).toBeGreaterThan(20)
    for (const path of built) {
      expect(made).toContain(path.replace(/\.js$/, '.d.ts'))
      expect(sources).toContain(path.replace(/\.js$/, '.ts'))
    }
  })

  it('has source maps that name its own sources, and no path of the machine that built it', () => {
    const { folder } = builtPackage()
    const maps = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.map'))
    for (const path of maps) {
      const { sources } = JSON.parse(readFileSync(join(folder, 'dist', path), 'utf8')) as { sources: readonly string[] }
      for (const source of sources) expect(source, path).toMatch(/^(?:\.\.\/)+src\//)
    }
  })

  it('type-checks in a strict program of a user that checks the declarations of libraries too', () => {
    const { project } = builtPackage()
    const program = entries.map(
      (entry, i) => `import * as entry${i} from '${entry}'\nexport const names${i}: string[] = Object.keys(entry${i})\n`,
    )
    writeFileSync(join(project, 'program.mts'), program.join(''))
    const settings = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022', '--types', '', '--skipLibCheck', 'false']
    const tsc = join(home, 'node_modules', 'typescript', 'bin', 'tsc')
    expect(run(process.execPath, [tsc, '--noEmit', ...settings, 'program.mts'], project)).toBe('')
  })
})
