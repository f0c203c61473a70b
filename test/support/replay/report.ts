/**
 * What came of replaying files: checks that passed, failures with their place, declared deviations, and what is not covered. Knows
 * nothing of what is checked.
 */
import { deviations } from '../deviations.js'

/** Thrown by a check whose outcome is not the recorded one. */
export class Mismatch extends Error {}

/** Fails the check unless both values print alike. */
export function same(what: string, actual: unknown, expected: unknown): undefined {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (a !== b) throw new Mismatch(`${what}: ${shorten(a)}, recorded ${shorten(b)}`)
}

function shorten(text: string | undefined): string {
  return text === undefined || text.length <= 100 ? String(text) : `${text.slice(0, 80)}… (${text.length} characters)`
}

/** A check: returns nothing if the outcome is the recorded one, or the id of the deviation that declares why it is not. */
export type Check = () => string | undefined | Promise<string | undefined>

/** What came of one file. */
export class FileReport {
  readonly failures: string[] = []
  /** Deviations by id, with the number of cases. */
  readonly declared = new Map<string, number>()
  /** What in the file is not covered, and why. */
  readonly notCovered: string[] = []
  #passed = 0

  get passed(): number {
    return this.#passed
  }

  /** Runs one check. Whatever it throws is a failure at `where`. */
  async check(where: string, check: Check): Promise<void> {
    try {
      const deviation = await check()
      if (deviation === undefined) this.#passed++
      else this.#declare(where, deviation)
    } catch (error) {
      this.fail(where, error)
    }
  }

  /** Notes a failure. */
  fail(where: string, error: unknown): void {
    this.failures.push(`${where}: ${error instanceof Error ? error.message : String(error)}`)
  }

  #declare(where: string, id: string): void {
    if (deviations.some((deviation) => deviation.id === id)) this.declared.set(id, (this.declared.get(id) ?? 0) + 1)
    else this.fail(where, `deviation "${id}" is not in the register`)
  }
}

// So many failures of one file are printed: after the first, a conversation rarely recovers.
const FAILURES_SHOWN = 5

/** The lines for one file, called `name`. */
export function linesOf({ passed, failures, declared, notCovered }: FileReport, name: string): string[] {
  const figures: string[] = []
  if (passed > 0) figures.push(`${passed} passed`)
  if (failures.length > 0) figures.push(`${failures.length} FAILED`)
  for (const [id, count] of declared) figures.push(`${count} declared (${id})`)
  for (const reason of notCovered) figures.push(`not applicable: ${reason}`)
  const lines = [`${name}  ${figures.join(', ')}`]
  for (const failure of failures.slice(0, FAILURES_SHOWN)) lines.push(`    ${failure}`)
  if (failures.length > FAILURES_SHOWN) lines.push(`    and ${failures.length - FAILURES_SHOWN} more`)
  return lines
}

/** The last line, and whether anything failed. */
export function summaryOf(reports: readonly FileReport[]): { readonly line: string; readonly failed: boolean } {
  let [passed, failed, declared, notCovered] = [0, 0, 0, 0]
  for (const report of reports) {
    passed += report.passed
    failed += report.failures.length
    for (const count of report.declared.values()) declared += count
    if (report.notCovered.length > 0) notCovered++
  }
  const rest = notCovered === 0 ? '' : ` (${notCovered} of ${reports.length} files not covered, wholly or in part)`
  return { line: `${passed} passed, ${failed} failed, ${declared} declared deviations${rest}`, failed: failed > 0 }
}
