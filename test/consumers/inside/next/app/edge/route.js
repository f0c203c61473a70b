import { MemoryStore } from 'bisik'
import { converse } from '../../../conversation.mjs'

export const runtime = 'edge'
export const dynamic = 'force-dynamic'

export async function GET() {
  return Response.json({ checks: await converse(() => new MemoryStore()), runtime: process.env.NEXT_RUNTIME })
}
