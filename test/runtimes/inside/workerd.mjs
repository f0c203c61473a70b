/** The suite inside a Durable Object of workerd, on the SQLite that it has: one database, a part of it for each user. */
import { DurableObject } from 'cloudflare:workers'
import { scoped } from 'bisik/store'
import { SqliteStore } from 'bisik/store/sqlite'
import { run } from './suite.mjs'

/** Its clock stands still while it computes, and goes on at I/O. */
async function now() {
  await new Promise((resolve) => setTimeout(resolve, 1))
  return Date.now()
}

export class Box extends DurableObject {
  async fetch() {
    const { storage } = this.ctx
    const store = SqliteStore.open(storage)
    const fresh = () => {
      for (const { name } of storage.sql
        .exec(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`)
        .toArray())
        storage.sql.exec(`DROP TABLE ${name}`)
      return SqliteStore.open(storage)
    }
    try {
      const results = await run({
        open: (name) => scoped(store, name),
        fresh,
        reopen: () => SqliteStore.open(storage),
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
        now,
      })
      return Response.json({ results, store: 'SQLite of a Durable Object' })
    } catch (error) {
      return new Response(String(error.stack), { status: 500 })
    }
  }
}

export default { fetch: (request, env) => env.BOX.get(env.BOX.idFromName('suite')).fetch(request) }
