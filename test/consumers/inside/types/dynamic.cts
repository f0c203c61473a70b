/** What CommonJS can write where `import` may not become `require`. */
import type { Client } from 'bisik' with { 'resolution-mode': 'import' }

export async function open(): Promise<Client> {
  const { Client, MemoryStore } = await import('bisik')
  return Client.openOrCreate({ store: new MemoryStore() })
}
