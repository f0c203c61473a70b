/** Makes the folder that the runtimes run in: the packed package beside its dependencies, the suite, and the database driver for Node 20. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { builtPackage } from '../support/built-package.js'
import type { Workspace } from './outcome.js'

/** What is installed beside this file. */
export const installed: string = join(import.meta.dirname, 'node_modules')

/** Lends a workspace to `use`, and removes it afterwards. */
export async function withWorkspace(use: (workspace: Workspace) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bisik-runtimes-'))
  try {
    cpSync(join(builtPackage().project, 'node_modules'), join(folder, 'node_modules'), { recursive: true })
    cpSync(join(import.meta.dirname, 'inside'), folder, { recursive: true })
    symlinkSync(join(installed, 'libsql'), join(folder, 'node_modules', 'libsql'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
    await use({ folder, bundle: bundleIn(folder) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function bundleIn(folder: string): Workspace['bundle'] {
  return async (entry, { format, conditions, external = [] }) => {
    const outfile = join(folder, `${entry}.bundle.js`)
    await build({
      entryPoints: [join(folder, entry)],
      outfile,
      bundle: true,
      format,
      platform: 'browser',
      conditions: [...conditions],
      external: [...external],
      logLevel: 'error',
    })
    return outfile
  }
}
