/** An account on disk: one SQLite file that holds the keys, the relay's token and whatever a program keeps beside them. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AppRecords, Client, type ClientOptions, type DeviceAddress, fromUtf8, isBisikError, type KeyStore, utf8 } from 'bisik'
import { parseRecordKey, recordKey, transact } from 'bisik/store'
import { SqliteStore } from 'bisik/store/sqlite'
import Database from 'libsql'

export interface OpenAccount {
  readonly client: Client
  readonly store: KeyStore
  /** What the relay knows this account by; secret. */
  readonly token: Uint8Array
  close(): void
}

/** Opens the account in a file, or creates one. */
export async function openAccount(file: string): Promise<OpenAccount> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const isNew = !existsSync(file)
  const database = new Database(file)
  if (isNew) chmodSync(file, 0o600)
  const store = SqliteStore.open(database)
  const options = { store }
  const former = await readRecord(store, FORMER_ADDRESS)
  const client = former === undefined ? await Client.openOrCreate(options) : await recreate(options, former)
  return { client, store, token: await tokenIn(store), close: () => database.close() }
}

/**
 * Gives an account new keys, as after the theft of a device: all keys and sessions go; the address and the program's records stay.
 * The account must be closed and opened again after this.
 */
export async function forgetKeys({ client, store }: OpenAccount, records: AppRecords): Promise<void> {
  const keys = (await store.list('')).filter((key) => !key.startsWith('app/'))
  const address = utf8(JSON.stringify(client.address))
  await write(store, new Map([[FORMER_ADDRESS, address], ...records]), keys)
}

// There while an account is between its old keys and its new ones.
const FORMER_ADDRESS = 'former-address'

async function recreate(options: ClientOptions, former: Uint8Array): Promise<Client> {
  const address = JSON.parse(fromUtf8(former) ?? '') as DeviceAddress
  const client = await Client.create({ ...options, address }).catch((error: unknown) => {
    if (isBisikError(error, 'account-exists')) return Client.open(options)
    throw error
  })
  await writeRecords(options.store, new Map([[FORMER_ADDRESS, null]]))
  return client
}

/** The key under which the record `app/{name}` is stored: what `persist` calls `name`. */
export function appKey(name: string): string {
  return recordKey('app', ...name.split('/'))
}

/** Writes records of the program in a commit of their own; `null` deletes. */
export async function writeRecords(store: KeyStore, records: AppRecords): Promise<void> {
  await write(store, records)
}

async function write(store: KeyStore, records: AppRecords, gone: readonly string[] = []): Promise<void> {
  // biome-ignore lint/correctness/useYield: it writes, whatever was there
  await transact<void>(store, function* (tx) {
    for (const key of gone) tx.delete(key)
    for (const [name, value] of records) {
      if (value === null) tx.delete(appKey(name))
      else tx.put(appKey(name), value)
    }
  })
}

/** Reads one record of the program. */
export async function readRecord(store: KeyStore, name: string): Promise<Uint8Array | undefined> {
  const key = appKey(name)
  return (await store.read([key])).get(key)?.value
}

/** Reads all records of the program, or those under `{prefix}/`, in the order of their names, which lack the `app/`. */
export async function readRecords(store: KeyStore, prefix = ''): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = [...(await store.list(prefix === '' ? 'app/' : `${appKey(prefix)}/`))].sort()
  const found = await store.read(keys)
  const records = new Map<string, Uint8Array>()
  for (const key of keys) {
    const record = found.get(key)
    if (record !== undefined) records.set(parseRecordKey(key).slice(1).join('/'), record.value)
  }
  return records
}

// The device draws the token and keeps it before the relay hears of it: a registration whose answer is lost can be repeated.
async function tokenIn(store: KeyStore): Promise<Uint8Array> {
  const key = appKey('token')
  const fresh = new Uint8Array(randomBytes(32))
  return transact<Uint8Array>(store, function* (tx) {
    const [known] = yield* tx.read(key)
    if (known !== undefined) return known.slice()
    tx.put(key, fresh)
    return fresh
  })
}
