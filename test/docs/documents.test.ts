/** The README and the guide tell the truth: their programs run on the packed package and print what they say, and what they name is there. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, entries, home, manifest, run } from '../support/built-package.js'
import { type Block, commandsOf, documents, firstGroups, guide, linksOf, paragraphsOf, programsOf, readme, wordsOf } from './documents.js'

const MOST_WORDS = 900
const MOST_LINES = 12
const LONGEST_SENTENCE = 28
const LONGEST_PARAGRAPH = 60

describe('the README', () => {
  it('is read in a minute: it begins with a short program, and is short', () => {
    expect(
      programsOf(readme)[0]
        ?.text.split('\n')
        .filter((line) => line.trim() !== '').length,
    ).toBeLessThanOrEqual(MOST_LINES)
    expect(wordsOf(readme)).toBeLessThanOrEqual(MOST_WORDS)
  })

  it('names each page of the guide, each entry, and each package that comes along', () => {
    expect(guide.map(({ path }) => path).filter((path) => !linksOf(readme).includes(path))).toEqual([])
    expect([...entries, ...Object.keys(manifest.dependencies)].filter((name) => !readme.text.includes(`\`${name}\``))).toEqual([])
  })
})

describe('the guide', () => {
  it('has a program on every page, and shows every entry', () => {
    expect(guide.length).toBeGreaterThan(0)
    expect(guide.filter((page) => programsOf(page).length === 0).map(({ path }) => path)).toEqual([])
    const shown = guide.flatMap(programsOf).flatMap(({ text }) => firstGroups(text, /from '([^']+)'/g))
    expect(entries.filter((entry) => !shown.includes(entry))).toEqual([])
  })
})

describe.each(documents.map((document) => [document.path, document] as const))('%s', (_, document) => {
  it('names only scripts and files that exist', () => {
    const commands = commandsOf(document)
    const scripts = [...firstGroups(commands, /\bnpm run ([\w:-]+)/g), ...firstGroups(commands, /\bnpm (test|start)\b/g)]
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([])
    const paths = firstGroups(commands, /(?:^|\s)((?:examples|test|scripts|docs)\/[\w./-]+)/gm)
    expect([...linksOf(document), ...paths].filter((path) => !existsSync(join(home, path)))).toEqual([])
  })
})

describe('what is read', () => {
  const pages = documents.filter(({ path }) => /^(?:README|docs\/)/.test(path))
  const length = (text: string): number => text.trim().split(/\s+/).length

  it('has short sentences and short paragraphs', () => {
    const paragraphs = pages.flatMap(paragraphsOf)
    const sentences = paragraphs.flatMap((paragraph) => paragraph.split(/(?<=[.:;?!])\s+/))
    expect(sentences.length).toBeGreaterThan(100)
    expect(paragraphs.filter((one) => length(one) > LONGEST_PARAGRAPH)).toEqual([])
    expect(sentences.filter((one) => length(one) > LONGEST_SENTENCE)).toEqual([])
  })
})

describe('the programs', () => {
  const programs = [readme, ...guide].flatMap((document) =>
    programsOf(document).map((block) => ({
      ...block,
      path: document.path,
      name: `${document.path.replaceAll(/[/.]/g, '-')}-${block.line}`,
    })),
  )
  let folder = ''
  let complaints = ''

  beforeAll(() => {
    // Inside a user's project, so that `bisik` is the packed package.
    folder = mkdtempSync(join(builtPackage().project, 'documents-'))
    mkdirSync(join(folder, 'node_modules'))
    for (const { name, text } of programs) {
      for (const specifier of firstGroups(text, /from '([^']+)'/g)) link(specifier)
      // A program without imports would be a script, and could not await.
      writeFileSync(join(folder, `${name}.mts`), `${text}\nexport {}\n`)
    }
    complaints = compile(programs.map(({ name }) => `${name}.mts`))
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

  /** @returns what the compiler says; it writes the programs in any case. */
  function compile(files: readonly string[]): string {
    const settings = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', '--types', 'node']
    const tsc = join(home, 'node_modules', 'typescript', 'bin', 'tsc')
    const roots = ['--typeRoots', join(home, 'node_modules', '@types')]
    try {
      return run(process.execPath, [tsc, ...settings, ...roots, ...files], folder)
    } catch (error) {
      return String(error)
    }
  }

  it('compile', () => {
    expect(complaints).toBe('')
  })

  it.each(programs)('of $path, line $line, prints what it says', ({ name, text }) => {
    const printed = run(process.execPath, [`${name}.mjs`], folder)
      .split('\n')
      .slice(0, -1)
    const said = saidOf({ text })
    expect(printed.filter((line) => !said.some((one) => isSaid(line, one)))).toEqual([])
    expect(said.filter((one) => !printed.some((line) => isSaid(line, one)))).toEqual([])
  })

  /** What the comments behind `console.log(…)` say that it prints. */
  function saidOf({ text }: Pick<Block, 'text'>): string[] {
    return firstGroups(text, /console\.log\(.*\) \/\/ (.+)$/gm)
  }

  /** A comment is what is printed, and may go on behind a colon. */
  function isSaid(line: string, comment: string): boolean {
    return comment === line || comment.startsWith(`${line}: `)
  }
})
