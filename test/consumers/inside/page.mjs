/** The page that every bundler builds: two users on IndexedDB, and a worker whose errors come by message. */
import { isBisikError } from 'bisik'
import { IndexedDbStore } from 'bisik/store/indexeddb'
import { assert, converse } from './conversation.mjs'
import { port } from './port.mjs'

function textBecomesCode() {
  try {
    return new Function('return true')()
  } catch {
    return false
  }
}

/** What the worker sends, once it has done its part. */
function fromWorker() {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`))
  })
}

async function everything() {
  assert(!textBecomesCode(), 'the policy of the page forbids that text becomes code')
  const checks = await converse((name) => IndexedDbStore.open(indexedDB, name), { clone: structuredClone, port })
  const { checks: inWorker, error } = await fromWorker()
  assert(isBisikError(error, 'no-session') && error.details.device === 1, `an error of a worker is known, not ${error}`)
  return { checks: [...checks, ...inWorker.map((check) => `${check} in a worker`), 'error of a worker'] }
}

window.outcome = everything().catch((error) => ({ error: String(error?.stack ?? error) }))
