/** What is asked of a session without opening anything. */
import { expect, it } from 'vitest'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import type { IdentityKey } from '../../../src/crypto/keys.js'
import { epochMillis } from '../../../src/env.js'
import { MAX_SKIPPED_KEYS, UNACKNOWLEDGED_SESSION_AGE } from '../../../src/protocol/limits.js'
import {
  announcedKind,
  archiveForm,
  type Ends,
  epochOf,
  idOf,
  isOwnDevice,
  isSameSession,
  keptKeyBound,
  keptKeysOf,
  kindOf,
  maySend,
  type SessionState,
  sessionId,
  withMessage,
} from '../../../src/protocol/session/session.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('session')
const key = () => generateKeyPair(random).publicKey

/** A session, as far as it is looked at here. */
function session(parts: object = {}): SessionState {
  const ratchet = { double: { receiving: [] }, pq: undefined }
  return { version: 4, baseKey: key(), pending: undefined, usedOneTimePreKey: true, ratchet, ...parts } as unknown as SessionState
}

const pq = (minVersion?: number, chains?: object) => ({ negotiation: minVersion === undefined ? undefined : { minVersion }, chains })
const withPq = (...of: Parameters<typeof pq>) => session({ ratchet: { double: { receiving: [] }, pq: pq(...of) } })

it('a session is named by its version and its base key, and by nothing else', () => {
  const [one, other] = [session(), session()]
  expect(idOf(one)).toBe(sessionId(4, one.baseKey))
  expect(idOf(one)).toMatch(/^4[0-9a-f]{64}$/)
  // Asked again, and of another state of it.
  expect([idOf(one), idOf({ ...one, usedOneTimePreKey: false })]).toEqual([idOf(one), idOf(one)])
  expect(idOf(other)).not.toBe(idOf(one))
  const copy = { ...one, baseKey: Uint8Array.from(one.baseKey) } as SessionState
  expect([copy, other, { ...one, version: 3 as const }].map((it) => isSameSession(one, it))).toEqual([true, false, false])
})

it('the kind of a session is what protects it for good', () => {
  expect(kindOf({ ...withPq(1), version: 3 })).toBe('x3dh')
  expect([session(), withPq(0), withPq(1), withPq()].map(kindOf)).toEqual(['pqxdh', 'pqxdh', 'triple', 'triple'])
  const first = (version: number, length: number) => ({ version, message: { pqRatchet: new Uint8Array(length) } })
  const announced = [first(3, 9), first(4, 0), first(4, 9)] as unknown as Parameters<typeof announcedKind>[0][]
  expect(announced.map(announcedKind)).toEqual(['x3dh', 'pqxdh', 'triple'])
})

it('what nobody answered may be sent for thirty days and no longer; what was answered, for ever', () => {
  const pending = { createdAt: epochMillis(1_000) }
  const after = (age: number) => epochMillis(1_000 + age)
  const unanswered = session({ pending })
  expect([0, 1].map((late) => maySend(unanswered, after(UNACKNOWLEDGED_SESSION_AGE + late)))).toEqual([true, false])
  expect(maySend(session(), after(UNACKNOWLEDGED_SESSION_AGE + 1))).toBe(true)
  expect(archiveForm(unanswered)).toEqual({ ...unanswered, pending: undefined })
})

it('the kept keys of a session are bounded by what its chains skipped, each at most by what a chain keeps', () => {
  const receiving = (counter: number, lastSkipped: number) => ({ receiving: { counter, lastSkipped } })
  const chains = { currentEpoch: 4, limits: { maxSkippedKeys: MAX_SKIPPED_KEYS }, links: [receiving(9, 5), receiving(8, 0)] }
  const double = { receiving: [{ skippedEnd: 0 }, { skippedEnd: 3 }, { skippedEnd: MAX_SKIPPED_KEYS + 7 }] }
  const both = session({ ratchet: { double, pq: pq(1, chains) } })
  expect(keptKeysOf(both)).toMatchObject([{ epoch: 3, from: 1, to: 6 }])
  expect(keptKeyBound(both)).toBe(3 + MAX_SKIPPED_KEYS + 5)
  expect([epochOf(both), epochOf(withPq(1)), epochOf(session())]).toEqual([4, 0, 0])
  expect([keptKeysOf(withPq(1)), keptKeysOf(session()), keptKeyBound(session())]).toEqual([[], [], 0])
})

it('a step changes of a session what it names, and nothing else', () => {
  const before = session({
    localRegistrationId: 1,
    remoteRegistrationId: 2,
    localIdentity: key(),
    remoteIdentity: key(),
    opened: new Map(),
  })
  const [ratchet, pending, opened] = [{}, {}, {}] as [SessionState['ratchet'], NonNullable<SessionState['pending']>, never]
  expect(withMessage(before, { ratchet, pending, opened })).toEqual({ ...before, ratchet, pending, opened })
})

it('another device is our own if it has our key and our service id', () => {
  const [ours, others] = [key(), key()] as unknown as [IdentityKey, IdentityKey]
  const [id, otherId] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
  const ends = (local: string, remote: string) => ({ local: { user: local, device: 1 }, remote: { user: remote, device: 2 } }) as Ends
  expect(isOwnDevice(ours, ours, ends(id, id))).toBe(true)
  expect(isOwnDevice(ours, others, ends(id, id))).toBe(false)
  expect(isOwnDevice(ours, ours, ends(id, otherId))).toBe(false)
  for (const [local, remote] of [
    ['anna', 'anna'],
    ['anna', id],
    [id, 'anna'],
  ] as const)
    expect(isOwnDevice(ours, ours, ends(local, remote))).toBe(false)
})
