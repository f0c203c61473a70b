/** A program in CommonJS, whose `import` becomes `require`. */
import { Client, MemoryStore } from 'bisik'
import { SqliteStore } from 'bisik/store/sqlite'

export const made: Promise<Client> = Client.openOrCreate({ store: new MemoryStore() })
export const used = [SqliteStore]
