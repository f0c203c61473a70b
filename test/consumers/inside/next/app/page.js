/** A server component: it talks before it is sent. */
import { MemoryStore } from 'bisik'
import { createElement as h } from 'react'
import { converse } from '../../conversation.mjs'

export const dynamic = 'force-dynamic'

export default async function Page() {
  return h('pre', null, JSON.stringify({ checks: await converse(() => new MemoryStore()) }))
}
