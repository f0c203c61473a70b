/** Installs what an engine needs where that may be done: as root, on Debian or what is like it. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** @returns what `find` finds, if need be after an installation of `name`; `undefined` if it finds nothing then either. */
export function foundOrInstalled(name: string, find: () => string | undefined): string | undefined {
  const found = find()
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found
  execFileSync('apt-get', ['update'], { stdio: 'ignore' })
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'ignore' })
  return find()
}
