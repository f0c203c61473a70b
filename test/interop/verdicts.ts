/** The same alteration of a bundle or a message is put to bisik and to a release: both must accept or both refuse, and go on unharmed. */
import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { openAccounts } from './conversation.js'
import type { Message, Peer, PeerAccount, PlainBundle } from './peer.js'
import { Refusal } from './peer.js'
import type { Speaker, Story } from './plan.js'
import { Dice } from './random.js'
import { alterationsOf } from './wire.js'

/**
 * Releases whose verdicts count, and a release that writes the messages both must judge. Not 0.72.1 for KEM: it reads a PQXDH first message
 * under the version byte of X3DH, which later releases and bisik refuse.
 */
const JUDGES = [
  { writer: '0.72.1', judge: '0.72.1', bisik: 'bisik', kem: false },
  { writer: '0.72.1', judge: '0.86.0', bisik: 'bisik', kem: true },
  { writer: '0.103.0', judge: '0.103.0', bisik: 'strict bisik', kem: true },
] as const

export function verdicts(seed: string, releases: readonly Speaker[], modes: readonly Speaker[]): Story[] {
  const find = (name: string): Peer => {
    const found = [...releases, ...modes].find(({ peer }) => peer.name === name)?.peer
    if (!found) throw new Error(`no release ${name}`)
    return found
  }
  return JUDGES.flatMap(({ writer, judge, bisik, kem }) => {
    const judges = [find(judge), find(bisik)] as const
    const title = `${judge} and ${bisik} judge alike, ${kem ? 'KEM' : 'no KEM'}`
    const dice = (): Dice => new Dice(`${seed} ${title}`)
    return [
      { name: `${title}: bundles`, run: () => judgeBundles(find(writer), judges, kem) },
      { name: `${title}: first messages`, run: () => judgeMessages(find(writer), judges, kem, 3, dice()) },
      { name: `${title}: later messages`, run: () => judgeMessages(find(writer), judges, kem, 2, dice()) },
    ]
  })
}

type Verdict = 'accepted' | 'refused'

async function verdictOf(call: () => Promise<unknown>): Promise<Verdict> {
  try {
    await call()
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return 'refused'
    throw error
  }
}

function summaryOf(verdicts: readonly Verdict[]): string {
  const refused = verdicts.filter((verdict) => verdict === 'refused').length
  notEqual(refused, 0, 'nothing was refused')
  return `${refused} refused, ${verdicts.length - refused} accepted`
}

async function judgeBundles(writer: Peer, judges: readonly Peer[], kem: boolean): Promise<string> {
  const owner = await writer.newAccount({ user: 'bob', device: 1 })
  const stranger = await writer.newAccount({ user: 'mallory', device: 1 })
  const bundle = await owner.bundle({ oneTime: true, kem })
  const verdicts: Verdict[] = []
  for (const [name, changed] of alteredBundles(bundle, await stranger.bundle({ oneTime: true, kem }))) {
    const given: Verdict[] = []
    for (const judge of judges) {
      const account = await judge.newAccount({ user: 'alice', device: 1 })
      const verdict = await verdictOf(() => account.startSession(changed))
      given.push(verdict)
      if (verdict === 'accepted') continue
      equal(await account.sessionRecord(owner.address), undefined, `${name}: a refused bundle left a session`)
      await account.startSession(bundle)
    }
    equal(given[1], given[0], `${name}: ${judges[0]?.name} says ${given[0]}, ${judges[1]?.name} says ${given[1]}`)
    verdicts.push(given[0] as Verdict)
  }
  return summaryOf(verdicts)
}

function alteredBundles(bundle: PlainBundle, other: PlainBundle): [string, PlainBundle][] {
  const flip = (bytes: Uint8Array, index: number, bit = 0): Uint8Array =>
    bytes.map((byte, i) => (i === (index + bytes.length) % bytes.length ? byte ^ (1 << bit) : byte))
  const { signedPreKey, oneTimePreKey, kemPreKey } = bundle
  const keyForms = (key: Uint8Array): [string, Uint8Array][] => [
    ['type byte', flip(key, 0)],
    ['first byte', flip(key, 1)],
    ['last byte', flip(key, -1)],
    ['cut short', key.slice(0, -1)],
    ['empty', new Uint8Array(0)],
  ]
  const signatureForms = (signature: Uint8Array): [string, Uint8Array][] => [
    ['first byte', flip(signature, 0)],
    ['middle', flip(signature, 32)],
    ['sign bit', flip(signature, -1, 7)],
    ['scalar beyond 2^253', flip(signature, -1, 6)],
    ['zero', new Uint8Array(64)],
    ['cut short', signature.slice(0, -1)],
  ]
  const changes: [string, PlainBundle][] = [
    ['unaltered', bundle],
    ['another registration id', { ...bundle, registrationId: bundle.registrationId ^ 1 }],
    ["another's identity", { ...bundle, identityKey: other.identityKey }],
    ["another's signed prekey", { ...bundle, signedPreKey: other.signedPreKey }],
    ["another's one-time prekey", { ...bundle, oneTimePreKey: other.oneTimePreKey }],
    ['no one-time prekey', { ...bundle, oneTimePreKey: undefined }],
  ]
  for (const [name, identityKey] of keyForms(bundle.identityKey)) changes.push([`identity: ${name}`, { ...bundle, identityKey }])
  for (const [name, publicKey] of keyForms(signedPreKey.publicKey)) {
    changes.push([`signed prekey: ${name}`, { ...bundle, signedPreKey: { ...signedPreKey, publicKey } }])
  }
  for (const [name, signature] of signatureForms(signedPreKey.signature)) {
    changes.push([`signature: ${name}`, { ...bundle, signedPreKey: { ...signedPreKey, signature } }])
  }
  if (oneTimePreKey) {
    for (const [name, publicKey] of keyForms(oneTimePreKey.publicKey)) {
      changes.push([`one-time prekey: ${name}`, { ...bundle, oneTimePreKey: { ...oneTimePreKey, publicKey } }])
    }
  }
  if (kemPreKey) {
    changes.push(["another's KEM prekey", { ...bundle, kemPreKey: other.kemPreKey }])
    for (const [name, publicKey] of keyForms(kemPreKey.publicKey)) {
      changes.push([`KEM prekey: ${name}`, { ...bundle, kemPreKey: { ...kemPreKey, publicKey } }])
    }
    for (const [name, signature] of signatureForms(kemPreKey.signature)) {
      changes.push([`KEM signature: ${name}`, { ...bundle, kemPreKey: { ...kemPreKey, signature } }])
    }
    changes.push(['signatures exchanged', { ...bundle, kemPreKey: { ...kemPreKey, signature: signedPreKey.signature } }])
  }
  return changes
}

/** @param type - 3: the message that brings the session; 2: one of an answered session. */
async function judgeMessages(writer: Peer, judges: readonly Peer[], kem: boolean, type: 2 | 3, dice: Dice): Promise<string> {
  const alterations = alterationsOf(type)
  const verdicts: Verdict[] = []
  // A judge's accounts are used until an altered message is accepted, which uses the message up.
  const desks = judges.map((judge) => ({ judge, open: undefined as Awaited<ReturnType<typeof openDesk>> | undefined }))
  for (const alteration of alterations) {
    const place = dice.below(0x1_0000_0000)
    const given: Verdict[] = []
    for (const desk of desks) {
      desk.open ??= await openDesk(writer, desk.judge, kem, type)
      const { sender, receiver, message } = desk.open
      const verdict = await verdictOf(() => receiver.decrypt(sender.address, { type, bytes: alteration.apply(message.bytes, place) }))
      given.push(verdict)
      if (verdict === 'accepted') desk.open = undefined
    }
    equal(given[1], given[0], `${alteration.name} (${place}): ${judges[0]?.name} says ${given[0]}, ${judges[1]?.name} says ${given[1]}`)
    verdicts.push(given[0] as Verdict)
  }
  for (const { open } of desks) {
    if (open)
      deepEqual(await open.receiver.decrypt(open.sender.address, open.message), new Uint8Array(Buffer.from('judge me')), 'the true message')
  }
  return summaryOf(verdicts)
}

async function openDesk(
  writer: Peer,
  judge: Peer,
  kem: boolean,
  type: 2 | 3,
): Promise<{ sender: PeerAccount; receiver: PeerAccount; message: Message }> {
  const [sender, receiver] = await openAccounts(writer, judge, true)
  await sender.startSession(await receiver.bundle({ oneTime: true, kem }))
  if (type === 2) {
    await receiver.decrypt(sender.address, await sender.encrypt(receiver.address, Buffer.from('hello')))
    await sender.decrypt(receiver.address, await receiver.encrypt(sender.address, Buffer.from('hello')))
  }
  const message = await sender.encrypt(receiver.address, Buffer.from('judge me'))
  equal(message.type, type)
  return { sender, receiver, message }
}
