/** The worker of the page: the same two users, in memory, and an error that it sends to the page. */
import { Client, MemoryStore, utf8 } from 'bisik'
import { converse, errorOf } from './conversation.mjs'
import { port } from './port.mjs'

async function everything() {
  const checks = await converse(() => new MemoryStore(), { clone: structuredClone, port })
  const client = await Client.openOrCreate({ store: new MemoryStore() })
  const stranger = { user: '00000000-0000-4000-8000-000000000000', device: 1 }
  return { checks, error: await errorOf(() => client.encrypt(stranger, utf8('hello'))) }
}

// A rejection becomes the page's `onerror`.
everything().then(
  (message) => postMessage(message),
  (error) =>
    setTimeout(() => {
      throw error
    }),
)
