/** The suite under Deno without a single permission: on its SQLite in memory, since it may not write a file. */
import { DatabaseSync } from 'node:sqlite'
import { SqliteStore } from 'bisik/store/sqlite'
import { run } from './suite.mjs'

for (const name of ['read', 'write', 'net', 'env', 'run', 'sys', 'ffi']) {
  const { state } = Deno.permissions.querySync({ name })
  if (state === 'granted') throw new Error(`the permission "${name}" is there`)
}
const open = () => SqliteStore.open(new DatabaseSync(':memory:'))
const results = await run({
  open,
  fresh: open,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  now: () => performance.now(),
})
console.log(JSON.stringify({ results, store: 'SQLite in memory (`node:sqlite`)', version: Deno.version.deno }))
