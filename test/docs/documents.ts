/** The documents for readers, and what is in them: programs, commands and links. Runs nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { home } from '../support/built-package.js'

export interface Block {
  readonly language: string
  readonly text: string
  /** The line of the document where it begins. */
  readonly line: number
}

export interface Document {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

/** The first group of every match. */
export function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group)
}

function readDocument(path: string): Document {
  const text = readFileSync(join(home, path), 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: block = '', index }) => ({
    language,
    text: block,
    line: text.slice(0, index).split('\n').length,
  }))
  return { path, text, blocks }
}

function pagesOf(folder: string): Document[] {
  const names = existsSync(join(home, folder)) ? readdirSync(join(home, folder)).sort() : []
  return names.filter((name) => name.endsWith('.md')).map((name) => readDocument(`${folder}/${name}`))
}

export const readme: Document = readDocument('README.md')
export const guide: readonly Document[] = pagesOf('docs/guide')
export const documents: readonly Document[] = [
  readme,
  ...['SECURITY.md', 'CHANGELOG.md', 'examples/README.md'].map(readDocument),
  ...guide,
  ...pagesOf('docs/inside'),
  ...pagesOf('docs/bench'),
]

/** The programs of a document: all blocks of TypeScript. */
export function programsOf({ blocks }: Document): readonly Block[] {
  return blocks.filter(({ language }) => language === 'ts')
}

/** What a reader is told to type: shell blocks, and code inside the text that begins like a command. */
export function commandsOf({ text, blocks }: Document): string {
  const shell = blocks.filter(({ language }) => language === 'sh').map((block) => block.text)
  return [...shell, ...firstGroups(text, /`(np[mx] [^`\n]+)`/g)].join('\n')
}

/** Links of a document to files of the repository, relative to it. */
export function linksOf({ path, text }: Document): string[] {
  return firstGroups(text, /\]\((?!https?:|#|mailto:)([^)#\s]+)/g).map((link) => join(dirname(path), link))
}

/** The words that a reader reads: text, tables and programs. */
export function wordsOf({ text }: Document): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** The paragraphs of a document that somebody wrote: no programs, no tables, and nothing that a script adds. */
export function paragraphsOf({ text }: Document): string[] {
  const written = text.split('<!-- What follows is written by ')[0] ?? ''
  return written
    .replaceAll(/```[\s\S]*?```/g, '')
    .split(/\n\s*\n|\n(?=[-|#>]|\d+\. )/)
    .filter((paragraph) => !paragraph.startsWith('|'))
}
