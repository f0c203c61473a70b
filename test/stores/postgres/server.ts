/** A PostgreSQL server of one's own: started in a folder, reached through a socket in it, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foundOrInstalled } from '../debian.js'

const DEBIAN = '/usr/lib/postgresql'

export interface Server {
  /** The folder of its socket. */
  readonly folder: string
  stop(): Promise<void>
}

function programs(): string | undefined {
  if (process.env.POSTGRES_BIN !== undefined) return process.env.POSTGRES_BIN
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export async function startServer(): Promise<Server> {
  const bin = foundOrInstalled('postgresql', programs)
  if (bin === undefined) throw new Error('no PostgreSQL: install it, or set POSTGRES_BIN to the folder of initdb and postgres')
  const user = owner()
  const folder = mkdtempSync(join(tmpdir(), 'bisik-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const place = join(folder, 'data')
  const settings = ['-U', 'postgres', '-A', 'trust', '--encoding', 'UTF8', '--locale', 'C.UTF-8']
  execFileSync(join(bin, 'initdb'), ['-D', place, ...settings], { ...user, cwd: folder, stdio: 'ignore' })
  const server = spawn(join(bin, 'postgres'), ['-D', place, '-k', folder, '-c', 'listen_addresses='], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  })
  // A run that breaks off, or that somebody ends, leaves no server behind.
  process.once('exit', () => server.kill('SIGQUIT'))
  process.once('SIGTERM', () => process.exit(143))
  await ready(bin, folder, server)
  return {
    folder,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      // "Fast": open connections are ended.
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ready(bin: string, folder: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`)
    try {
      execFileSync(join(bin, 'pg_isready'), ['-q', '-h', folder])
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error('postgres does not answer')
}
