/** A browser of Debian's, for whoever drives one. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What Chromium is started with in a container, and to ask nothing of the network. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** The path of a browser, installed if this machine lets us. @throws Error if it is not here and cannot be. */
export function debianBrowser(name: 'chromium' | 'firefox-esr'): string {
  const path = `/usr/bin/${name}`
  if (existsSync(path)) return path
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(`${path} is not here: install ${name}`)
  execFileSync('apt-get', ['update', '-qq'])
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore' })
  return path
}
