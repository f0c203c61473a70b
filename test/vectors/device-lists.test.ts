/**
 * Lists, stamps and moves of our own, with the keys and the random bytes that made them: whoever reads or writes this format can check
 * himself, and a change of it does not go unseen. `BISIK_WRITE_VECTORS=1` writes the file anew.
 */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { exposeSecret } from '../../src/crypto/secret.js'
import {
  applyAccountMove,
  applyUserList,
  type HeldUser,
  signAccountMove,
  signRecoveryMove,
} from '../../src/protocol/identity/account-moves.js'
import { hashOfKey, hashOfList } from '../../src/protocol/identity/device-list.js'
import { applyDeviceStamp, signDeviceStamp } from '../../src/protocol/identity/stamps.js'
import { type DeviceList, parseDeviceList } from '../../src/wire/device-list.js'
import { parseAccountMove, parseDeviceStamp } from '../../src/wire/device-proofs.js'
import { ISSUED, keyNamed, listOf, over, publicKeyNamed } from '../support/devices.js'
import { seededRandom } from '../support/random.js'
import { committedVectors, hex } from '../support/vectors.js'

interface Vectors {
  readonly keys: Readonly<Record<string, { readonly public: string; readonly private: string }>>
  /** What comes, in this order, to somebody who knows nothing of the user, and what is answered. */
  readonly steps: readonly {
    readonly what: string
    readonly kind: 'list' | 'stamp' | 'move'
    readonly bytes: string
    /** Of a move: the first list of the next account key. */
    readonly list?: string
    readonly hash?: string
    readonly answer: string
    readonly devices: readonly number[]
  }[]
}

const FILE = 'device-lists/device-lists.json'
const NAMES = ['account', 'next account', 'recovered account', 'recovery', 'phone', 'laptop', 'tablet', 'thief']

type Step = Omit<Vectors['steps'][number], 'answer' | 'devices'>

function steps(): readonly Step[] {
  const listStep = (what: string, list: DeviceList): Step => ({
    what,
    kind: 'list',
    bytes: toHex(list.serialized),
    hash: toHex(hashOfList(list)),
  })
  const recovery = hashOfKey(publicKeyNamed('recovery'))
  const alone = listOf({ devices: [{ device: 1, name: 'account', admin: true }], recovery })
  const rekeyed = over([alone], { add: [{ device: 1, name: 'phone', admin: true }] })
  const linked = over([rekeyed], { add: [{ device: 2, name: 'laptop', admin: true }] })
  const added = over([linked], { add: [{ device: 3, name: 'tablet' }] })
  const removed = over([linked], { remove: [2] })
  const thief = over([linked], { signer: 2, add: [{ device: 4, name: 'thief' }] })
  const join = over([added, removed], {})
  const stampFields = { list: hashOfList(join), version: join.version, signer: 1, issuedAt: ISSUED }
  const stamp = signDeviceStamp(stampFields, keyNamed('phone'), seededRandom('vector stamp'))
  const devices = [{ device: 1, name: 'tablet', admin: true, account: 'account' }]
  const next = { account: 'next account', accountKey: publicKeyNamed('next account'), lineage: join.lineage, recovery }
  const first = listOf({ devices, ...next, version: join.version + 1, previous: [hashOfList(join)] })
  const moveFields = { user: join.user, lineage: join.lineage, accountKey: join.accountKey, list: hashOfList(first), issuedAt: ISSUED }
  const signers = { account: keyNamed('account'), device: keyNamed('phone') }
  const move = signAccountMove({ ...moveFields, signer: 1 }, signers, seededRandom('vector move'))
  const other = { ...next, account: 'recovered account', accountKey: publicKeyNamed('recovered account') }
  const second = listOf({ devices, ...other, version: join.version + 1, previous: [hashOfList(join)] })
  const recovered = signRecoveryMove({ ...moveFields, list: hashOfList(second) }, keyNamed('recovery'), seededRandom('vector recovery'))
  const moveStep = (what: string, bytes: Uint8Array, list: DeviceList): Step => ({
    what,
    kind: 'move',
    bytes: toHex(bytes),
    list: toHex(list.serialized),
  })
  return [
    listStep('an account of one device, whose key is the account key', alone),
    listStep('the device takes a key of its own', rekeyed),
    listStep('a newer list, of which the one before is missing', added),
    listStep('the one before: a second admin', linked),
    listStep('a branch that removes the second admin', removed),
    listStep('a list of the removed admin', thief),
    listStep('both branches joined', join),
    listStep('an old list', linked),
    { what: 'a stamp', kind: 'stamp', bytes: toHex(stamp.serialized) },
    moveStep('another account key', move.serialized, first),
    listStep('a list of the account key before', over([join], {})),
    moveStep('another one, of the recovery key', recovered.serialized, second),
  ]
}

/** What is answered to each step. */
function answersTo(all: readonly Step[]): Vectors['steps'] {
  let held: HeldUser | undefined
  return all.map((step) => {
    const bytes = hex(step.bytes)
    let refusal: string | undefined
    if (step.kind === 'list') ({ held, refusal } = applyUserList(held, parseDeviceList(bytes)))
    else if (step.kind === 'move')
      ({ held, refusal } = applyAccountMove(held as HeldUser, parseAccountMove(bytes), parseDeviceList(hex(step.list ?? ''))))
    else {
      const { lists, ...rest } = held as HeldUser
      const stamped = applyDeviceStamp(lists, parseDeviceStamp(bytes), ISSUED)
      held = { ...rest, lists: stamped.held }
      refusal = stamped.refusal
    }
    const devices = held?.lists.tips.map((tip) => tip.devices.map(({ device }) => device)) ?? []
    const [first = [], ...others] = devices
    return { ...step, answer: refusal ?? 'accepted', devices: first.filter((device) => others.every((other) => other.includes(device))) }
  })
}

if (process.env.BISIK_WRITE_VECTORS !== undefined) {
  const keys = Object.fromEntries(
    NAMES.map((name) => [name, { public: toHex(publicKeyNamed(name)), private: toHex(exposeSecret(keyNamed(name).privateKey)) }]),
  )
  const file = new URL(`data/${FILE}`, import.meta.url)
  writeFileSync(file, `${JSON.stringify({ keys, steps: answersTo(steps()) }, undefined, 1)}\n`)
}
const vectors = committedVectors<Vectors>(FILE)

describe('row 40: committed lists, stamps and moves', () => {
  it('are what the keys make of them today', () => {
    for (const name of NAMES) expect(toHex(publicKeyNamed(name))).toBe(vectors.keys[name]?.public)
    expect(vectors.steps.map(({ answer: _, devices: __, ...step }) => step)).toEqual(steps())
  })

  it(`are answered as recorded, ${vectors.steps.length} of them`, () => {
    expect(answersTo(vectors.steps)).toEqual(vectors.steps)
    const answers = ['accepted', 'list-gap', 'signer-not-admin', 'list-rolled-back', 'list-wrong-account']
    for (const answer of answers) expect(vectors.steps.map((step) => step.answer)).toContain(answer)
  })
})
