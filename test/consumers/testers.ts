/** Test runners, which run the same conversation with fake timers too, and Node itself for CommonJS. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Consumer, Environment, Outcome, Workspace } from './outcome.js'

/** What both runners write when asked for JSON. */
interface Report {
  readonly success: boolean
  readonly testResults: readonly { readonly message?: string; readonly assertionResults: readonly Test[] }[]
}

interface Test {
  readonly status: string
  readonly title: string
  readonly failureMessages?: readonly string[] | null
}

interface Runner {
  readonly script: string
  readonly parameters: readonly string[]
  readonly environment?: Environment
}

/** Runs the tests. A runner that fails says why in its report, if it came so far as to write one. */
async function tested({ folder, tool }: Workspace, { script, parameters, environment = {} }: Runner): Promise<Outcome> {
  rmSync(join(folder, 'report.json'), { force: true })
  const failure = await tool(script, parameters, environment).then(
    () => undefined,
    (error: Error) => error.message,
  )
  const report = JSON.parse(reported(folder, failure)) as Report
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = tests.filter(({ status }) => status !== 'passed')
  if (failure === undefined && report.success && failed.length === 0) return { checks: tests.map(({ title }) => title) }
  const words = failed.map(({ title, failureMessages }) => `${title}: ${failureMessages?.[0]?.split('\n')[0]}`)
  return { error: [...words, ...report.testResults.map(({ message = '' }) => message.trim())].join('; ') || String(failure) }
}

function reported(folder: string, failure: string | undefined): string {
  try {
    return readFileSync(join(folder, 'report.json'), 'utf8')
  } catch {
    throw new Error(failure ?? 'no report')
  }
}

const ESM = { NODE_OPTIONS: '--experimental-vm-modules' }
const toReport = ['--json', '--outputFile', 'report.json']

function jest(config: string, parameters: readonly string[], environment: Environment): Runner {
  return { script: 'jest/bin/jest.js', parameters: ['--config', config, '--no-cache', ...toReport, ...parameters], environment }
}

function vitest(environment: string): Runner {
  const parameters = ['run', '--dir', 'vitest', '--environment', environment, '--reporter', 'json', '--outputFile', 'report.json']
  return { script: 'vitest/vitest.mjs', parameters }
}

function runner(name: string, title: string, of: Runner): Consumer {
  return { name, title, tool: name.split('-')[0] ?? name, run: (workspace) => tested(workspace, of) }
}

async function inNode({ folder, tool }: Workspace): Promise<Outcome> {
  const output = await tool(join(folder, 'commonjs', 'two-users.cjs'), [])
  return JSON.parse(output)
}

export const testers: readonly Consumer[] = [
  runner('jest-node', 'Jest, ES modules, `node`', jest('jest/jest.config.mjs', ['--env', 'node'], ESM)),
  runner('jest-jsdom', 'Jest, ES modules, `jsdom`', jest('jest/jest.config.mjs', ['--env', 'jsdom'], ESM)),
  runner('jest-commonjs', 'Jest, turned into CommonJS', jest('jest-commonjs/jest.config.js', [], {})),
  runner('vitest-node', 'Vitest, `node`', vitest('node')),
  runner('vitest-jsdom', 'Vitest, `jsdom`', vitest('jsdom')),
  { name: 'commonjs', title: `\`require\` in Node ${process.versions.node.split('.')[0]}`, run: inNode },
]
