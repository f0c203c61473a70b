/** A process of its own on an SQLite file: `worker <file> <task>`, the task as the conformance suite or the scenario names it. */
import Database from 'libsql'
import { runConformanceTask } from '../../src/store/conformance/suite.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { transact } from '../../src/store/transact.js'

const [file = '', task = ''] = process.argv.slice(2)
const store = SqliteStore.open(new Database(file))

if (task === 'pairs') {
  // Counts up in two records at once until it is killed, and says aloud what was committed.
  for (;;) {
    const value = await transact(store, ['left', 'right'], (view) => {
      const next = Number(new TextDecoder().decode(view.get('left'))) + 1
      const bytes = new TextEncoder().encode(String(next))
      const put = new Map([
        ['left', bytes],
        ['right', bytes],
      ])
      return { put, result: next }
    })
    process.stdout.write(`${value}\n`)
  }
} else await runConformanceTask(store, task)
