/** StrictMode mounts twice: two clients open one account at the same time. */
import { Client, fromUtf8 } from 'bisik'
import { IndexedDbStore } from 'bisik/store/indexeddb'
import { createElement, StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { assert, says, twoUsers } from './conversation.mjs'

const DATABASE = 'account-of-a-component'
let mounts = 0

/** Every client that a mount has opened. */
function useClients() {
  const [clients, setClients] = useState([])
  useEffect(() => {
    mounts++
    const open = async () => {
      const client = await Client.openOrCreate({ store: await IndexedDbStore.open(indexedDB, DATABASE) })
      setClients((others) => [...others, client])
    }
    open().catch(fail)
  }, [])
  return clients
}

function Conversation() {
  const clients = useClients()
  const [text, setText] = useState('')
  useEffect(() => {
    if (clients.length === 2) everything(clients, setText).then(pass, fail)
  }, [clients])
  return createElement('p', null, text)
}

let pass
let fail
window.outcome = new Promise((resolve, reject) => {
  pass = resolve
  fail = reject
}).catch((error) => ({ error: String(error?.stack ?? error) }))

async function everything([first, second], setText) {
  assert(mounts === 2, `StrictMode mounts twice, not ${mounts} times`)
  assert(first !== second && first.address.user === second.address.user, 'both clients are of one account')
  const { alice, bob } = await twoUsers((name) => IndexedDbStore.open(indexedDB, name))
  await says(alice, bob, 'while mounted')
  // Neither of the two knows of the other, and both go on.
  const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await first.generatePreKeys(1)
  await alice.client.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] })
  const envelopes = []
  for (const word of ['one', 'two']) envelopes.push(await alice.client.encrypt(first.address, new TextEncoder().encode(word)))
  const received = await Promise.all([first.decrypt(envelopes[0]), second.decrypt(envelopes[1])])
  const words = received.map(({ plaintext }) => fromUtf8(plaintext))
  assert(words.join() === 'one,two', `both decrypt at once, not ${words}`)
  setText(words.join())
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert(document.querySelector('p')?.textContent === 'one,two', 'the page shows the messages')
  return { checks: ['two mounts', 'one account', 'both clients at once', 'messages shown'] }
}

createRoot(document.querySelector('#app')).render(createElement(StrictMode, null, createElement(Conversation)))
