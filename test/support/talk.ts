/** Two devices in the middle of a conversation of contents, with clocks, a relay's bundles and what users would see. */
import {
  Client,
  type DeviceAddress,
  type Envelope,
  fromUtf8,
  type Incoming,
  MemoryStore,
  type PreKeyBundle,
  parseEnvelope,
  type ReceivedRetryRequest,
  serializeEnvelope,
  utf8,
} from '../../src/index.js'
import { bundleOf, fakeClock } from './parties.js'

export const ALICE: DeviceAddress = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
export const BOB: DeviceAddress = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
export const HOUR: number = 60 * 60 * 1000
export const DAY: number = 24 * HOUR

/** A conversation in which both have answered. Each has a clock of its own. */
export interface Talk {
  readonly clocks: { readonly alice: ReturnType<typeof fakeClock>; readonly bob: ReturnType<typeof fakeClock> }
  readonly stores: { readonly alice: MemoryStore; readonly bob: MemoryStore }
  readonly alice: Client
  readonly bob: Client
  /** A bundle of bob's or of alice's, as the relay would hand it out. */
  readonly fetchBundle: (address: DeviceAddress) => Promise<PreKeyBundle>
}

/** Begins a conversation. */
export async function talk(): Promise<Talk> {
  const clocks = { alice: fakeClock(), bob: fakeClock() }
  const stores = { alice: new MemoryStore(), bob: new MemoryStore() }
  const alice = await Client.create({ store: stores.alice, address: ALICE, clock: clocks.alice })
  const bob = await Client.create({ store: stores.bob, address: BOB, clock: clocks.bob })
  const fetchBundle = async ({ user }: DeviceAddress) => bundleOf(await (user === BOB.user ? bob : alice).generatePreKeys(1))
  await alice.startSession(await fetchBundle(BOB))
  await take(bob, [await alice.encryptContent(BOB, said('hello'))])
  await take(alice, [await bob.encryptContent(ALICE, said('hello yourself'))])
  return { clocks, stores, alice, bob, fetchBundle }
}

/** A content of one line. */
export const said = (text: string): { readonly application: Uint8Array } => ({ application: utf8(text) })

/** What a user would see. */
export function shown(incoming: readonly Incoming[]): string[] {
  return incoming.flatMap((one) => (one.kind === 'content' && one.application !== undefined ? [fromUtf8(one.application) ?? ''] : []))
}

/** Decrypts contents, one after the other. */
export async function take(client: Client, envelopes: readonly Envelope[]): Promise<Incoming[]> {
  const incoming: Incoming[] = []
  for (const envelope of envelopes) incoming.push(await client.decryptContent(parseEnvelope(serializeEnvelope(envelope))))
  return incoming
}

/** A message that was damaged on its way. */
export function altered(envelope: Envelope): Envelope {
  const body = Uint8Array.from(envelope.body)
  body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1
  return { ...envelope, body }
}

/** The request that came of a message which did not open, as its receiver gets it. */
export async function asked(client: Client, incoming: Incoming | undefined): Promise<ReceivedRetryRequest> {
  if (incoming?.kind !== 'unreadable' || incoming.request === undefined) throw new Error(`no request, but ${incoming?.kind}`)
  const request = await client.decryptContent(parseEnvelope(serializeEnvelope(incoming.request)))
  if (request.kind !== 'retry-request') throw new Error(`not a request, but ${request.kind}`)
  return request
}

/** Lets bob miss a message of alice's and ask for it; gives what alice sends again, and has bob answer so that the session stands. */
export async function healing(
  { alice, bob, fetchBundle }: Pick<Talk, 'alice' | 'bob' | 'fetchBundle'>,
  hit: Envelope,
): Promise<Envelope[]> {
  const [failed] = await take(bob, [altered(hit)])
  return [...(await alice.answerRetry(await asked(alice, failed), fetchBundle)).envelopes]
}
