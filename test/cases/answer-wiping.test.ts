/** Sending again goes through one state of a session for each content: what the answer does not leave in the store, it leaves nowhere. */
import { afterEach, expect, it, vi } from 'vitest'
import { expose, Secret } from '../../src/crypto/secret.js'
import type { MemoryStore } from '../../src/index.js'
import { altered, asked, BOB, said, take, talk } from '../support/talk.js'

afterEach(() => vi.restoreAllMocks())

/** Every secret that is made from now on. */
function watchSecrets(): Secret<string>[] {
  const made: Secret<string>[] = []
  for (const how of ['own', 'copy'] as const) {
    const make = Secret[how].bind(Secret)
    vi.spyOn(Secret, how).mockImplementation(((bytes: never) => {
      const secret = make(bytes)
      made.push(secret)
      return secret
    }) as never)
  }
  return made
}

/** What a secret still holds; nothing, if it was wiped. */
function bytesOf(secret: Secret<string>): Uint8Array[] {
  try {
    return [expose(secret)]
  } catch {
    return []
  }
}

async function bytesIn(store: MemoryStore): Promise<Buffer> {
  return Buffer.concat([...(await store.read(await store.list(''))).values()].map(({ value }) => Buffer.from(value)))
}

it.each(['on a fresh session', 'on a session that is there'])(
  'answerRetry with 5 contents leaves no secret but in the store: %s',
  async (how) => {
    const { alice, bob, stores, fetchBundle } = await talk()
    for (let i = 0; i < 4; i++) await alice.encryptContent(BOB, said(`${i}`))
    const [failed] = await take(bob, [altered(await alice.encryptContent(BOB, said('4')))])
    const request = await asked(alice, failed)
    const bundle = await fetchBundle(BOB)
    if (how === 'on a session that is there') await alice.startSession(bundle)
    const made = watchSecrets()
    const { envelopes } = await alice.answerRetry(request, async () => bundle)
    expect(envelopes.length).toBeGreaterThanOrEqual(5)
    const kept = await bytesIn(stores.alice)
    expect(made.length).toBeGreaterThan(20)
    const left = made.flatMap(bytesOf).filter((bytes) => !kept.includes(Buffer.from(bytes)))
    expect(left).toHaveLength(0)
  },
)
