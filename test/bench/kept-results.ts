/** What was measured last, in a folder that git ignores, so that a page can be drawn again without measuring again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Measurement } from './run.js'
import type { Task } from './task.js'

export interface KeptResults {
  readonly measurements: readonly Measurement[]
  readonly circumstances: string
}

const FOLDER = new URL('.cache/', import.meta.url)

/** @param name - of the page. */
export function keepResults(name: string, { measurements, circumstances }: KeptResults): void {
  mkdirSync(FOLDER, { recursive: true })
  const kept = measurements.map(({ task, results }) => ({ task: task.name, results: [...results] }))
  writeFileSync(new URL(`${name}.json`, FOLDER), JSON.stringify({ kept, circumstances }))
}

/** @throws if nothing was kept, or of a task that is not among `tasks`. */
export function keptResults(name: string, tasks: readonly Task[]): KeptResults {
  const { kept, circumstances } = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as {
    readonly kept: readonly { readonly task: string; readonly results: [Task['subjects'][number], []][] }[]
    readonly circumstances: string
  }
  const measurements = kept.map(({ task: wanted, results }) => {
    const task = tasks.find((known) => known.name === wanted)
    if (!task) throw new Error(`no task "${wanted}" any more: measure again`)
    return { task: { ...task, subjects: results.map(([subject]) => subject) }, results: new Map(results) }
  })
  return { measurements, circumstances }
}
