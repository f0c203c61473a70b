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
    const value = await transact<number>(store, function* (tx) {
      const [left] = yield* tx.read('left', 'right')
      const next = Number(new TextDecoder().decode(left)) + 1
      const bytes = new TextEncoder().encode(String(next))
      tx.put('left', bytes)
      tx.put('right', bytes)
      return next
    })
    process.stdout.write(`${value}\n`)
  }
} else await runConformanceTask(store, task)
