/** The whole content of a store, to show that something left it byte-identical. */
import { toHex } from '../../src/bytes.js'
import type { KeyStore } from '../../src/store/key-store.js'

/** Every record, by name, in hexadecimal. */
export async function snapshot(store: KeyStore): Promise<Record<string, string>> {
  const keys = [...(await store.list(''))].sort()
  const records = await store.read(keys)
  return Object.fromEntries(keys.map((key) => [key, toHex(records.get(key)?.value ?? new Uint8Array())]))
}
