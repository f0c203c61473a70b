/**
 * Bundles what tests start as processes, once for a run: a process then starts in a fifth of the time that it takes to load the sources
 * file by file and compile them. Knows no test.
 */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundles. */
    readonly programs: string
  }
}

const HOME = join(import.meta.dirname, '..', '..')
const PROGRAMS = [
  'examples/chat/main.ts',
  'examples/demo/main.ts',
  'examples/demo/party.ts',
  'examples/relay-server/main.ts',
  'test/cases/open-twice.worker.ts',
  'test/scenario/multi-process-store.worker.ts',
  'test/support/replay/main.ts',
  'test/support/world/killed-worker.ts',
  'test/support/world/worker.ts',
  'test/unit/relay/shared-database.worker.ts',
]

export default async function buildPrograms({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'bisik-programs-'))
  symlinkSync(join(HOME, 'node_modules'), join(folder, 'node_modules'))
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'))
  await build({
    entryPoints: PROGRAMS.map((one) => join(HOME, one)),
    outdir: folder,
    outbase: HOME,
    bundle: true,
    splitting: true,
    sourcemap: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@bisik/source'],
    external: Object.keys({ ...dependencies, ...devDependencies }),
  })
  provide('programs', folder)
  return () => rmSync(folder, { recursive: true })
}
