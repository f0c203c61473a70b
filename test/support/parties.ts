/** Parties for tests: clients on memory stores, with reproducible randomness and a clock that tests set. */
import { createHash } from 'node:crypto'
import type { PreKeyBundle } from '../../src/index.js'
import {
  type Bytes,
  Client,
  type ClientOptions,
  type EpochMillis,
  epochMillis,
  MemoryStore,
  type PreKeyUpload,
  type RandomSource,
} from '../../src/index.js'

/** Reproducible bytes: SHA-256 of the seed and a counter, each used once. */
export function deterministicRandom(seed: string): RandomSource {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length) as Bytes
    for (let offset = 0; offset < length; offset += 32) {
      bytes.set(
        createHash('sha256')
          .update(`${seed}/${counter++}`)
          .digest()
          .subarray(0, Math.min(32, length - offset)),
        offset,
      )
    }
    return bytes
  }
}

/** A clock that stands at 2026-01-01 until it is moved. */
export function fakeClock(): { (): EpochMillis; advance(milliseconds: number): void } {
  let now = 1_767_225_600_000
  return Object.assign(() => epochMillis(now), {
    advance: (milliseconds: number) => {
      now += milliseconds
    },
  })
}

/** The bundle that a relay would hand out first. */
export function bundleOf(upload: PreKeyUpload, options: { oneTime?: boolean; kem?: boolean; index?: number } = {}): PreKeyBundle {
  const { oneTime = true, kem = true, index = 0 } = options
  return {
    address: upload.address,
    registrationId: upload.registrationId,
    identityKey: upload.identityKey,
    signedPreKey: upload.signedPreKey,
    oneTimePreKey: oneTime ? upload.oneTimePreKeys[index] : undefined,
    kemPreKey: kem ? ((oneTime ? upload.oneTimeKemPreKeys[index] : undefined) ?? upload.kemPreKey) : undefined,
  }
}

/** A fresh client on a store of its own. */
export async function newClient(options: Partial<ClientOptions> = {}): Promise<Client> {
  return Client.create({ store: new MemoryStore(), allow: ['pqxdh', 'x3dh'], ...options })
}

/** Two clients; alice has a session with bob, nothing was sent yet. */
export async function pair(
  options: { kem?: boolean; oneTime?: boolean; alice?: Partial<ClientOptions>; bob?: Partial<ClientOptions> } = {},
): Promise<{
  alice: Client
  bob: Client
}> {
  const alice = await newClient(options.alice)
  const bob = await newClient(options.bob)
  await alice.startSession(bundleOf(await bob.generatePreKeys(2), options))
  return { alice, bob }
}
