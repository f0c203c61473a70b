/** The suite in a page whose policy forbids that text becomes code, on the page's IndexedDB. */
import { IndexedDbStore } from 'bisik/store/indexeddb'
import { run } from './suite.mjs'

let count = 0
const names = new WeakMap()

async function openDatabase(name) {
  const store = await IndexedDbStore.open(indexedDB, name)
  names.set(store, name)
  return store
}

function textBecomesCode() {
  try {
    return new Function('return true')()
  } catch {
    return false
  }
}

async function everything() {
  if (textBecomesCode()) throw new Error('the policy of the page lets text become code')
  const results = await run({
    open: openDatabase,
    fresh: () => openDatabase(`fresh-${count++}`),
    reopen: (store) => openDatabase(names.get(store)),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    now: () => performance.now(),
  })
  return { results, store: 'IndexedDB' }
}

window.outcome = everything().catch((error) => ({ error: String(error?.stack ?? error) }))
