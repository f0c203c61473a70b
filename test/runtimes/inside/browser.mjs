/** The suite in a page whose policy forbids that text becomes code, in memory. */
import { MemoryStore } from 'bisik'
import { run } from './suite.mjs'

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
    fresh: () => new MemoryStore(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    now: () => performance.now(),
  })
  return { results, store: 'memory' }
}

window.outcome = everything().catch((error) => ({ error: String(error?.stack ?? error) }))
