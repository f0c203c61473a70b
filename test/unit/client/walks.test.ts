import { expect, it } from 'vitest'
import { WalkMemo, type WalkRequest, walkName, walkRequest } from '../../../src/client/frame/long-jumps.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import type { EcPublicKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { sessionId } from '../../../src/protocol/session/session.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('walks')
const SESSION = sessionId(4, generateKeyPair(random).publicKey)
const ABOVE_CAPACITY = 200

interface Asked {
  readonly name: string
  readonly request: WalkRequest
}

function chain(isNew: boolean): Asked {
  const ratchetKey: EcPublicKey = generateKeyPair(random).publicKey
  const from = { key: Secret.own<'ChainKey'>(random(32)), counter: 0 }
  const request = walkRequest({ session: SESSION, need: 'walk', ratchetKey, chain: from, target: 250, isNew }, false)
  return { name: walkName.chain(SESSION, ratchetKey), request: request as WalkRequest }
}

const chains = (count: number, isNew: boolean): Asked[] => Array.from({ length: count }, () => chain(isNew))
async function walkAlone(memo: WalkMemo, request: WalkRequest): Promise<void> {
  const held = memo.hold()
  await held.walk(request)
  held.release()
}

const isThere =
  (memo: WalkMemo) =>
  ({ name }: Asked): boolean =>
    memo.get(name) !== undefined

it.each([true, false])(
  'a walk stays until the message that asked for it is done, however many others there are (made up: %s)',
  async (isNew) => {
    const memo = new WalkMemo()
    const asked = chains(ABOVE_CAPACITY, isNew)
    const done: (() => void)[] = []
    let walked = 0
    let go = () => {}
    const all = new Promise<void>((resolve) => {
      go = resolve
    })
    const found = await Promise.all(
      asked.map(async (one) => {
        const held = memo.hold()
        await held.walk(one.request)
        if (++walked === asked.length) go()
        await all
        done.push(held.release)
        return isThere(memo)(one)
      }),
    )
    for (const release of done) release()
    expect(found.filter(Boolean)).toHaveLength(asked.length)
    // Nobody waits any more: then there is room for so many.
    expect(asked.filter(isThere(memo)).length).toBe(isNew ? 8 : 128)
  },
)

it('walks along chains that may be made up push out each other, and none along a chain that is real; what goes is wiped', async () => {
  const memo = new WalkMemo()
  const real = chains(20, false)
  const madeUp = chains(ABOVE_CAPACITY, true)
  for (const { request } of real) await walkAlone(memo, request)
  const wiped: Secret<string>[] = []
  for (const { request, name } of madeUp) {
    await walkAlone(memo, request)
    wiped.push(...(memo.get(name)?.keys ?? []))
  }
  expect(real.every(isThere(memo))).toBe(true)
  expect(madeUp.map(isThere(memo))).toEqual(madeUp.map((_, i) => i >= ABOVE_CAPACITY - 8))
  const gone = wiped.filter((key) => {
    try {
      return expose(key).length === 0
    } catch {
      return true
    }
  })
  expect(gone.length).toBe((wiped.length / ABOVE_CAPACITY) * (ABOVE_CAPACITY - 8))
})
