/** The bundlers: each builds the same page of two users and its worker, as its own documentation says. */
import { cpSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Consumer, Outcome, Workspace } from './outcome.js'
import { visitedFolder } from './page.js'

/** What the page must say: whoever builds another page than ours has not passed. */
const CHECKS_OF_PAGE = 15

interface Bundler {
  readonly name: string
  readonly title: string
  /** Builds into `out-NAME`. */
  readonly build: (workspace: Workspace) => Promise<unknown>
}

async function outcomeOf(bundler: Bundler, workspace: Workspace): Promise<Outcome> {
  await bundler.build(workspace)
  const outcome = await visitedFolder(join(workspace.folder, `out-${bundler.name}`))
  const count = outcome.checks?.length ?? 0
  return outcome.error === undefined && count !== CHECKS_OF_PAGE ? { error: `${count} checks in place of ${CHECKS_OF_PAGE}` } : outcome
}

const BUNDLERS: readonly Bundler[] = [
  {
    name: 'vite',
    title: 'Vite',
    build: async ({ folder, tool }) => {
      await tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])
      renameSync(join(folder, 'out-production'), join(folder, 'out-vite'))
    },
  },
  {
    name: 'webpack',
    title: 'webpack 5',
    build: async (workspace) => {
      await workspace.tool('webpack/bin/webpack.js', [])
      addPage(workspace, 'out-webpack')
    },
  },
  {
    name: 'rollup',
    title: 'Rollup, not minified',
    build: async (workspace) => {
      await workspace.tool('rollup/dist/bin/rollup', ['--config', '--failAfterWarnings'])
      addPage(workspace, 'out-rollup')
    },
  },
  {
    name: 'esbuild',
    title: 'esbuild',
    build: async (workspace) => {
      const form = ['--bundle', '--minify', '--format=esm', '--splitting', '--out-extension:.js=.mjs', '--log-level=warning']
      await workspace.tool('esbuild/bin/esbuild', ['page.mjs', 'worker.mjs', ...form, '--outdir=out-esbuild'])
      addPage(workspace, 'out-esbuild')
    },
  },
  {
    name: 'parcel',
    title: 'Parcel',
    build: ({ tool }) => {
      const form = ['--public-url', './', '--no-autoinstall', '--no-source-maps']
      return tool('parcel/lib/bin.js', ['build', 'index.html', ...form, '--dist-dir', 'out-parcel', '--cache-dir', '.parcel'])
    },
  },
]

/** For a bundler that begins with a script. */
function addPage({ folder }: Workspace, out: string): void {
  cpSync(join(folder, 'index.html'), join(folder, out, 'index.html'))
}

export const bundlers: readonly Consumer[] = BUNDLERS.map((bundler) => ({
  name: bundler.name,
  title: bundler.title,
  tool: bundler.name,
  run: (workspace) => outcomeOf(bundler, workspace),
}))
