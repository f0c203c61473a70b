/** SQLite stores in files of their own, and processes that work on them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll } from 'vitest'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { program } from './programs.js'

/** A directory that goes when the tests of the file are over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'bisik-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Opens new connections, all closed when the tests of the file are over. */
export function sqliteFiles(): { readonly next: () => string; readonly open: (file: string) => SqliteStore } {
  const directory = temporaryDirectory()
  const connections: Database.Database[] = []
  afterAll(() => {
    for (const connection of connections) connection.close()
  })
  let count = 0
  return {
    next: () => join(directory, `${++count}.db`),
    open: (file) => {
      const connection = new Database(file)
      connections.push(connection)
      return SqliteStore.open(connection)
    },
  }
}

/** Starts a process that does `task` on the store in `file`. */
export function startWorker(file: string, task: string): ChildProcess {
  return spawn(process.execPath, [...program('test/scenario/multi-process-store.worker.ts'), file, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Resolves when the process ended well. */
export function ended(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('exit', (code, signal) => (code === 0 ? resolve() : reject(new Error(`the worker ended with ${code ?? signal}`))))
  })
}
