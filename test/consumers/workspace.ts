/** Makes the folder of the application: the packed package beside its dependencies, and the files of `inside`. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { builtPackage } from '../support/built-package.js'
import { printed } from '../support/processes.js'
import type { Environment, Workspace } from './outcome.js'

/** What is installed beside this file. */
export const installed: string = join(import.meta.dirname, 'node_modules')

/** Some tools use other ways where a terminal or the package manager is, and some would report who uses them. */
export const ENVIRONMENT: Environment = { CI: '1', NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' }

/** The installed version, or a dash for what could not be had. */
export function versionOf(name: string): string {
  const manifest = join(installed, name, 'package.json')
  return existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version : '–'
}

/** Lends a workspace to `use`, and removes it afterwards. It is below this folder, for there the tools are found. */
export async function withWorkspace(use: (workspace: Workspace) => Promise<void>): Promise<void> {
  const cache = join(import.meta.dirname, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'application-'))
  try {
    cpSync(join(builtPackage().project, 'node_modules'), join(folder, 'node_modules'), { recursive: true })
    cpSync(join(import.meta.dirname, 'inside'), folder, { recursive: true })
    // By such a file tools know where a project begins.
    writeFileSync(join(folder, 'package-lock.json'), '{}\n')
    await use({
      folder,
      tool: (script, parameters, environment = {}) =>
        printed(process.execPath, [resolve(installed, script), ...parameters], { folder, environment: { ...ENVIRONMENT, ...environment } }),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
