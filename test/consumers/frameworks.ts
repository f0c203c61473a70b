/** Vue and React in a page that Vite built, and Next on its server, in its edge runtime and in the browser. */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { withServer } from '../support/processes.js'
import type { Consumer, Outcome, Workspace } from './outcome.js'
import { visited, visitedFolder } from './page.js'
import { ENVIRONMENT, installed } from './workspace.js'

/** React mounts twice in its build for development alone. */
async function inVite({ folder, tool }: Workspace, mode: string): Promise<Outcome> {
  await tool('vite/bin/vite.js', ['build', '--mode', mode, '--logLevel', 'warn'], { NODE_ENV: 'development' })
  const out = join(folder, `out-${mode}`)
  renameSync(join(out, `${mode}.html`), join(out, 'index.html'))
  const { checks, error } = await visitedFolder(out)
  return { ...(checks && { checks }), ...(error !== undefined && { error }) }
}

/** What Next's server answers at a path, as the application wrote it. */
async function answer(address: string): Promise<Outcome & { readonly runtime?: string }> {
  const text = await (await fetch(address)).text()
  const json = /<pre>(.*?)<\/pre>/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? text
  try {
    return JSON.parse(json)
  } catch {
    return { error: `${address} answers: ${text.slice(0, 200)}` }
  }
}

async function inNext(workspace: Workspace): Promise<Outcome> {
  const script = join(installed, 'next', 'dist', 'bin', 'next')
  await workspace.tool('next/dist/bin/next', ['build', 'next'])
  const command = [process.execPath, script, 'start', 'next', '--port', '0', '--hostname', '127.0.0.1'] as const
  const ready = /http:\/\/127\.0\.0\.1:(\d+)[\s\S]*Ready/
  const parts = await withServer(command, { folder: workspace.folder, ready, environment: ENVIRONMENT }, async (port) => {
    const home = `http://127.0.0.1:${port}`
    return {
      'server component': await answer(`${home}/`),
      'route on Node': await answer(`${home}/node`),
      'route on edge': await answer(`${home}/edge`),
      'client component': await visited(`${home}/client`),
    }
  })
  const runtimes = [parts['route on Node'].runtime, parts['route on edge'].runtime].join()
  const errors = Object.entries(parts).filter(([, { checks }]) => checks === undefined)
  if (errors.length > 0) return { error: errors.map(([part, { error }]) => `${part}: ${error}`).join('; ') }
  if (runtimes !== 'nodejs,edge') return { error: `the routes ran on ${runtimes}` }
  return { checks: Object.entries(parts).flatMap(([part, { checks = [] }]) => checks.map((check) => `${part}: ${check}`)) }
}

export const frameworks: readonly Consumer[] = [
  { name: 'vue', title: 'Vue: `ref()`, `reactive()`', tool: 'vue', run: (workspace) => inVite(workspace, 'vue') },
  { name: 'react', title: 'React: StrictMode, mounted twice', tool: 'react', run: (workspace) => inVite(workspace, 'react') },
  { name: 'next', title: 'Next: server component, routes on Node and edge, client component', tool: 'next', run: inNext },
]
