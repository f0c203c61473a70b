/** What a page writes, with the types of the DOM. */
import type { Client, KeyStore } from 'bisik'
import { IndexedDbStore } from 'bisik/store/indexeddb'

export const open = async (): Promise<KeyStore> => IndexedDbStore.open(indexedDB, 'alice')
export const show = (client: Client): Text => document.createTextNode(client.address.user)
export const send = async (client: Client, socket: WebSocket): Promise<void> =>
  socket.send((await client.encrypt(client.address, new Uint8Array(1))).body)
