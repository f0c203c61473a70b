import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPackage } from '../support/built-package.js'
import { BUDGETS, entryFiles, weigh } from '../support/weight.js'

const sizes: string[] = []
beforeAll(() => {
  builtPackage()
})

afterAll(() => console.log(sizes.join('\n')))

describe('the weight of an import under browser conditions', () => {
  it('has a budget for every entry', () => {
    const budgeted = new Set(Object.values(BUDGETS).map(({ entry }) => entry))
    expect([...entryFiles(builtPackage().folder).keys()].filter((entry) => !budgeted.has(entry))).toEqual([])
  })

  it.each(Object.entries(BUDGETS))('%s stays within its budget and carries nothing foreign', async (what, budget) => {
    const weight = await weigh(builtPackage().folder, budget)
    if (weight === undefined) throw new Error(`no entry ${budget.entry}`)
    const { minified, gzip, files } = weight
    sizes.push(`${what.padEnd(24)} ${String(minified).padStart(7)} B minified ${String(gzip).padStart(6)} B gzip, budget ${budget.gzip}`)
    expect(files.filter((path) => budget.without?.test(path))).toEqual([])
    expect(gzip).toBeLessThanOrEqual(budget.gzip)
  })
})
