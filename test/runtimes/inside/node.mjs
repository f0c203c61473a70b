/** The suite under Node: the SQLite that comes with it, or libsql where none does; files of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteStore } from 'bisik/store/sqlite'
import { run } from './suite.mjs'

const builtIn = await import('node:sqlite').catch(() => undefined)
const Database = builtIn?.DatabaseSync ?? (await import('libsql')).default
const folder = mkdtempSync(join(tmpdir(), 'bisik-runtime-'))
const connections = []
const files = new WeakMap()
let count = 0

function openFile(file) {
  const connection = new Database(file)
  connections.push(connection)
  const store = SqliteStore.open(connection)
  files.set(store, file)
  return store
}

try {
  const results = await run({
    open: (name) => openFile(join(folder, `${name}.db`)),
    fresh: () => openFile(join(folder, `fresh-${count++}.db`)),
    reopen: (store) => openFile(files.get(store)),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    now: () => performance.now(),
  })
  console.log(JSON.stringify({ results, store: builtIn ? 'SQLite (`node:sqlite`)' : 'SQLite (libsql)', version: process.version.slice(1) }))
} finally {
  for (const connection of connections) connection.close()
  rmSync(folder, { recursive: true, force: true })
}
