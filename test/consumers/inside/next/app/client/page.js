'use client'
import { IndexedDbStore } from 'bisik/store/indexeddb'
/** A client component: built for the server too, where it is rendered first, and mounted in the browser. */
import { createElement as h, useEffect } from 'react'
import { assert, converse } from '../../../conversation.mjs'
import { port } from '../../../port.mjs'

function textBecomesCode() {
  try {
    return new Function('return true')()
  } catch {
    return false
  }
}

async function everything() {
  assert(!textBecomesCode(), 'the policy of the page forbids that text becomes code')
  return { checks: await converse((name) => IndexedDbStore.open(indexedDB, name), { clone: structuredClone, port }) }
}

export default function Page() {
  useEffect(() => {
    window.outcome = everything().catch((error) => ({ error: String(error?.stack ?? error) }))
  }, [])
  return h('p', null, 'two users')
}
