/**
 * The package as a user gets it: built from a copy of the working tree, packed, and unpacked in a folder outside the repository beside
 * its declared dependencies and nothing else. Done once for one state of the sources, however many test files ask.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const home: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** What the build and the tarball are made of. */
const INPUTS = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.node.json',
  'tsup.config.ts',
  'scripts',
  'src',
  'proto',
  'README.md',
  'LICENSE',
  'SECURITY.md',
  'CHANGELOG.md',
]
const HOUR = 60 * 60 * 1000

export interface Manifest {
  readonly version: string
  readonly exports: { readonly [entry: string]: string | { readonly [condition: string]: string } }
  readonly dependencies: { readonly [name: string]: string }
  readonly scripts: { readonly [name: string]: string }
  readonly [field: string]: unknown
}

export const manifest: Manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))

/** The entries that can be imported: `bisik`, `bisik/store`, … */
export const entries: readonly string[] = Object.keys(manifest.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => entry.replace('.', 'bisik'))

export interface BuiltPackage {
  readonly tarball: string
  /** A user's project, with the package and its dependencies in `node_modules`. */
  readonly project: string
  /** The package itself, as installed. */
  readonly folder: string
}

/** The package of the present sources, built at most once. */
export function builtPackage(): BuiltPackage {
  const final = join(tmpdir(), `bisik-package-${digest()}`)
  if (!existsSync(final)) alone(`${final}.lock`, () => makePackage(final))
  const tarball = join(final, `bisik-${manifest.version}.tgz`)
  return { tarball, project: join(final, 'user'), folder: join(final, 'user', 'node_modules', 'bisik') }
}

function makePackage(final: string): void {
  // Another test file was faster.
  if (existsSync(final)) return
  removeOld()
  const folder = mkdtempSync(join(tmpdir(), 'bisik-package-new-'))
  try {
    install(buildTarball(folder), join(folder, 'user'))
    renameSync(folder, final)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Runs `work` once no other process runs under the same lock: builds side by side take longer than one after the other. */
function alone(lock: string, work: () => void): void {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    }
    if (isAbandoned(lock)) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Whether the process that holds the lock was killed. */
function isAbandoned(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder === 0) return false
    process.kill(holder, 0)
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH'
  }
}

/** Builds and packs a copy of the sources inside `folder`; returns the tarball's path. */
export function buildTarball(folder: string): string {
  const copy = join(folder, 'copy')
  mkdirSync(copy, { recursive: true })
  for (const input of INPUTS.filter((one) => existsSync(join(home, one)))) cpSync(join(home, input), join(copy, input), { recursive: true })
  symlinkSync(join(home, 'node_modules'), join(copy, 'node_modules'))
  run('npm', ['run', 'build'], copy)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], copy)
  rmSync(copy, { recursive: true })
  return join(folder, `bisik-${manifest.version}.tgz`)
}

/** Runs a command and returns what it printed; a failure shows the command's own words. */
export function run(command: string, parameters: readonly string[], folder: string): string {
  try {
    return execFileSync(command, parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${parameters.join(' ')} failed:\n${stdout ?? ''}\n${stderr ?? ''}`)
  }
}

function install(tarball: string, project: string): void {
  const modules = join(project, 'node_modules')
  mkdirSync(modules, { recursive: true })
  run('tar', ['-xzf', tarball, '-C', modules], project)
  renameSync(join(modules, 'package'), join(modules, 'bisik'))
  for (const name of Object.keys(manifest.dependencies)) {
    cpSync(join(home, 'node_modules', name), join(modules, name), { recursive: true })
  }
}

function digest(): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(`${path}\n`).update(readFileSync(path))
  }
  for (const input of [...INPUTS, 'package-lock.json']) add(join(home, input))
  return hash.digest('hex').slice(0, 16)
}

function removeOld(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith('bisik-package-'))) {
    const path = join(tmpdir(), name)
    // Absent when another process has just removed or renamed it.
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && Date.now() - found.mtimeMs > HOUR) rmSync(path, { recursive: true, force: true })
  }
}
