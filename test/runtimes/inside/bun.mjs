/** The suite under Bun, on the SQLite that comes with it; files of its own. */
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteStore } from 'bisik/store/sqlite'
import { run } from './suite.mjs'

const folder = mkdtempSync(join(tmpdir(), 'bisik-runtime-'))
const files = new WeakMap()
let count = 0

function openFile(file) {
  const store = SqliteStore.open(new Database(file))
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
  console.log(JSON.stringify({ results, store: 'SQLite (`bun:sqlite`)', version: Bun.version }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
