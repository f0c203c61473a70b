/** The table of the tools, for the terminal and for `docs/consumers.md`. */
import type { Consumer, Outcome } from './outcome.js'
import { versionOf } from './workspace.js'

/** A tool and what came of it. */
export interface Row {
  readonly consumer: Consumer
  readonly outcome: Outcome
}

export function hasPassed({ outcome: { checks = [], error } }: Row): boolean {
  return error === undefined && checks.length > 0
}

const HEADS = ['Tool', 'Version', 'Result', 'KB']

function cellsOf(row: Row): string[] {
  const { consumer, outcome } = row
  const version = consumer.tool === undefined ? process.versions.node : versionOf(consumer.tool)
  const passed = outcome.result ?? `${outcome.checks?.length} checks passed`
  const weight = outcome.weight === undefined ? '–' : (outcome.weight / 1000).toFixed(0)
  return [consumer.title, version, hasPassed(row) ? passed : `FAILED: ${inOneLine(outcome.error)}`, weight]
}

/** The line that says most: the first that names an error, or the first. */
function inOneLine(text = 'nothing was checked'): string {
  const lines = text.split('\n')
  return (lines.find((line) => /error/i.test(line)) ?? text).trim().slice(0, 160).replaceAll('|', '\\|')
}

export function tableOf(rows: readonly Row[]): string {
  const lines = [HEADS, HEADS.map(() => '---'), ...rows.map(cellsOf)]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
