import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, home, manifest, run } from '../support/built-package.js'

const readme = existsSync(join(home, 'README.md')) ? readFileSync(join(home, 'README.md'), 'utf8') : ''

/** A fenced block: its language, what stands behind it on the fence (`no-run`), its text, and the line where it begins. */
const blocks = [...readme.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, language = '', marks = '', text = ''], i, all) => ({
  language,
  marks: marks.trim().split(/\s+/),
  text,
  line: readme.slice(0, all[i]?.index).split('\n').length,
}))
const programs = blocks.filter(({ language }) => language === 'ts')

/** The first group of every match. */
function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group)
}

/** What a reader is told to type: shell blocks, and code inside the text that begins like a command. */
const commands = [
  ...blocks.filter(({ language }) => /^(?:sh|bash|console|shell)$/.test(language)).map(({ text }) => text),
  ...firstGroups(readme, /`(np[mx] [^`\n]+)`/g),
].join('\n')

describe('the README', () => {
  it('is there, and begins with a program of at most twelve lines', () => {
    expect(programs.length).toBeGreaterThan(0)
    expect(programs[0]?.text.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(12)
  })

  it('names only scripts that exist', () => {
    const named = [...firstGroups(commands, /\bnpm run ([\w:-]+)/g), ...firstGroups(commands, /\bnpm (test|start)\b/g)]
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([])
  })

  it('names only files that exist', () => {
    const links = firstGroups(readme, /\]\((?!https?:|#|mailto:)([^)#\s]+)/g)
    const paths = firstGroups(commands, /(?:^|\s)((?:examples|test|scripts|docs)\/[\w./-]+)/gm)
    expect([...links, ...paths].filter((path) => !existsSync(join(home, path)))).toEqual([])
  })
})

describe('the programs in the README', () => {
  let folder = ''

  beforeAll(() => {
    // Inside a user's project, so that `bisik` is the packed package.
    folder = mkdtempSync(join(builtPackage().project, 'readme-'))
    mkdirSync(join(folder, 'node_modules'))
    for (const { text } of programs) for (const specifier of firstGroups(text, /from '([^']+)'/g)) link(specifier)
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  /** Other packages that a program imports come from this repository's installation. */
  function link(specifier: string): void {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
    const target = join(folder, 'node_modules', name)
    if (/^(?:node:|bisik|\.)/.test(name) || existsSync(target)) return
    if (name.startsWith('@')) mkdirSync(join(target, '..'), { recursive: true })
    symlinkSync(join(home, 'node_modules', name), target)
  }

  it.each(programs)('line $line compiles, and runs unless it is marked no-run', ({ text, marks, line }) => {
    const name = `line-${line}`
    // A program without imports would be a script, and could not await.
    writeFileSync(join(folder, `${name}.mts`), `${text}\nexport {}\n`)
    const settings = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', '--types', 'node']
    const tsc = join(home, 'node_modules', 'typescript', 'bin', 'tsc')
    const roots = ['--typeRoots', join(home, 'node_modules', '@types')]
    expect(run(process.execPath, [tsc, ...settings, ...roots, `${name}.mts`], folder)).toBe('')
    if (!marks.includes('no-run')) run(process.execPath, [`${name}.mjs`], folder)
  })
})
