/** One word for each thing: what docs/inside/glossary.md refuses is in no name and no comment of src. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../support/house.js'
import { type Module, parseModule, readModules } from '../support/source.js'
import { REFUSED_WORDS } from './house-exceptions.js'

const page = readFileSync(new URL('../../docs/inside/glossary.md', import.meta.url), 'utf8')
const modules = readModules('src').filter(({ path }) => !path.includes('/schema/'))

interface Refused {
  readonly word: string
  readonly inComments: boolean
}

/** The last column of the tables. */
const refused: readonly Refused[] = [...page.matchAll(/^\|[^|]+\|[^|]+\|([^|]*)\|$/gm)]
  .slice(2)
  .flatMap(([, column = '']) => column.split(',').map((word) => word.trim()))
  .filter((word) => word !== '' && word !== 'not' && word !== '---')
  .map((word) => ({ word: word.replaceAll('`', ''), inComments: !word.startsWith('`') }))

/** How often a module uses each refused word, in any form of it: `walks` and `walked` are `walk`. */
function usesIn(module: Module): { readonly place: string; readonly size: number }[] {
  const words = wordsOf(module)
  return refused.flatMap(({ word, inComments }) => {
    const pattern = new RegExp(`\\b${word}(?:s|d|ed|er|ing)?\\b`, 'g')
    const size = words.reduce((sum, { phrase, isName }) => sum + (inComments || isName ? [...phrase.matchAll(pattern)].length : 0), 0)
    return size === 0 ? [] : [{ place: `${module.path}: ${word}`, size }]
  })
}

describe('the glossary', () => {
  it('refuses words that the project does not use', () => {
    const found = modules.flatMap(usesIn)
    const unlisted = found.filter(({ place, size }) => size > (REFUSED_WORDS[place] ?? 0)).map(({ place, size }) => `${place}: ${size}`)
    const stale = Object.keys(REFUSED_WORDS).filter((place) => !found.some((one) => one.place === place))
    expect({ unlisted, stale }).toEqual({ unlisted: [], stale: [] })
  })

  it('has each word once', () => {
    const words = [...page.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, words = '']) => words.split(', '))
    const terms = words.filter((word) => word !== 'word' && word !== '---')
    expect(terms.length).toBeGreaterThan(30)
    expect(terms.filter((word, i) => terms.indexOf(word) !== i)).toEqual([])
    expect(terms.filter((word) => refused.some((one) => one.word === word))).toEqual([])
  })

  it.each([
    ['const keptKeys = 1', 'kept key', 1],
    ['class A { #hot = 1 }', 'hot', 1],
    ['function walkTo() {} // walks `walkedAgain`', 'walk', 3],
    ['/* a key put\n * aside */', 'put aside', 1],
    ['const x = { taken: 1 } // taken over', 'taken', 1],
  ])('finds the words of %j', (text, word, size) => {
    expect(usesIn(parseModule('x.ts', text))).toEqual([{ place: `x.ts: ${word}`, size }])
  })

  it.each([['const mailbox = 1'], ['const shot = "walk"'], ['// taken for another']])('finds nothing in %j', (text) => {
    expect(usesIn(parseModule('x.ts', text))).toEqual([])
  })
})
