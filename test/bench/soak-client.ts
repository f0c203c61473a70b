/** A client of the soak that can be restarted: opened again from its store, in memory or in a file of SQLite. */
import { join } from 'node:path'
import Database from 'libsql'
import type { Client, Clock, KeyStore } from '../../src/index.js'
import type { BuiltBisik } from './subjects.js'

export interface Surroundings {
  readonly bisik: BuiltBisik
  readonly clock: Clock
  /** For the files. */
  readonly folder: string
}

export class SoakClient {
  client: Client
  readonly name: string
  readonly #around: Surroundings
  #store: KeyStore
  #database: Database.Database | undefined

  private constructor(
    name: string,
    around: Surroundings,
    opened: { store: KeyStore; database: Database.Database | undefined; client: Client },
  ) {
    this.name = name
    this.#around = around
    this.#store = opened.store
    this.#database = opened.database
    this.client = opened.client
  }

  static async create(name: string, around: Surroundings, onDisk: boolean): Promise<SoakClient> {
    const { main, sqlite } = around.bisik
    const database = onDisk ? new Database(join(around.folder, `${name}.db`)) : undefined
    const store = database ? sqlite.SqliteStore.open(database) : new main.MemoryStore()
    const client = await main.Client.create({ store, clock: around.clock })
    return new SoakClient(name, around, { store, database, client })
  }

  /** Nothing but what is stored goes on. */
  async restart(): Promise<void> {
    const { main, sqlite } = this.#around.bisik
    if (this.#database) {
      this.#database.close()
      this.#database = new Database(join(this.#around.folder, `${this.name}.db`))
      this.#store = sqlite.SqliteStore.open(this.#database)
    }
    this.client = await main.Client.open({ store: this.#store, clock: this.#around.clock })
  }

  close(): void {
    this.#database?.close()
  }
}
