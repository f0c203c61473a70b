import { expect, it } from 'vitest'
import { CheckpointMemory } from '../../../src/client/frame/long-jumps.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import type { EcPublicKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { askForCheckpoints, type Checkpoints, type LongJump } from '../../../src/protocol/checkpoints.js'
import { advance } from '../../../src/protocol/hmac-chain.js'
import { chainCheckpoints } from '../../../src/protocol/ratchet/double-ratchet.js'
import { sessionId } from '../../../src/protocol/session/session.js'
import { firstJump } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('checkpoints')
const SESSION = sessionId(4, generateKeyPair(random).publicKey)
const ABOVE_CAPACITY = 200

function jump(isNew: boolean): LongJump {
  const ratchetKey: EcPublicKey = generateKeyPair(random).publicKey
  const from = { key: Secret.own<'ChainKey'>(random(32)), counter: 0 }
  const chain = { name: () => chainCheckpoints(SESSION, ratchetKey), from, advance, hmacsPerStep: 1 }
  return firstJump(askForCheckpoints(chain, 250, isNew))
}

const jumps = (count: number, isNew: boolean): LongJump[] => Array.from({ length: count }, () => jump(isNew))
async function walkAlone(memo: CheckpointMemory, one: LongJump, isMadeUp = false): Promise<void> {
  const held = memo.hold()
  await held.take([one], isMadeUp)
  held.release()
}

function lookUp(memo: CheckpointMemory, name: string): Checkpoints<string> | undefined {
  const held = memo.hold()
  const known = held.get(name)
  held.release()
  return known
}

const isThere =
  (memo: CheckpointMemory) =>
  ({ name }: LongJump): boolean =>
    lookUp(memo, name) !== undefined

it.each([true, false])(
  'a walk stays until the message that asked for it is done, however many others there are (made up: %s)',
  async (isNew) => {
    const memo = new CheckpointMemory()
    const asked = jumps(ABOVE_CAPACITY, isNew)
    const done: (() => void)[] = []
    let derived = 0
    let go = () => {}
    const all = new Promise<void>((resolve) => {
      go = resolve
    })
    const found = await Promise.all(
      asked.map(async (one) => {
        const held = memo.hold()
        await held.take([one], false)
        if (++derived === asked.length) go()
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

it('checkpoints along chains that may be made up push out each other, and none along a chain that is real; what goes is wiped', async () => {
  const memo = new CheckpointMemory()
  const real = jumps(20, false)
  // That a chain may be made up is said by the jump, or by whoever runs the step.
  const madeUp = Array.from({ length: ABOVE_CAPACITY }, (_, i) => jump(i % 2 === 0))
  for (const one of real) await walkAlone(memo, one)
  const wiped: Secret<string>[] = []
  for (const one of madeUp) {
    await walkAlone(memo, one, true)
    wiped.push(...(lookUp(memo, one.name)?.keys ?? []))
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
