/** Keeps two terminals from being the same person at once: each would show only half of the messages. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

/** Takes the lock. @returns how to give it back, or the process id of who has it. */
export function takeLock(file: string): { readonly release: () => void } | { readonly holder: number } {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
      return { release: () => rmSync(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(readFileSync(file, 'utf8'))
    if (isRunning(holder)) return { holder }
    // Its holder was killed.
    rmSync(file, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
