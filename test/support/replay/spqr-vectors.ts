/**
 * Vectors of the parts of the post-quantum ratchet, and a conversation in lock-step. Knows the shape of the file and which function
 * answers each part.
 */
import { createHash } from 'node:crypto'
import { type Bytes, concatBytes, toHex } from '../../../src/bytes.js'
import {
  decapsulateIncremental,
  finishEncapsulation,
  generateIncrementalKeyPair,
  startEncapsulation,
} from '../../../src/crypto/kem/incremental-kem.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import {
  ciphertextTag,
  type EpochSecret,
  epochSecretOf,
  headerTag,
  startAuthenticator,
  updateAuthenticator,
} from '../../../src/protocol/spqr/authenticator.js'
import { addEpoch, type EpochChains, receiveKey, sendKey, startChains } from '../../../src/protocol/spqr/epoch-chains.js'
import { chunkAt } from '../../../src/protocol/spqr/erasure-code.js'
import { divide, multiply } from '../../../src/protocol/spqr/gf.js'
import { LIMITS, NOTHING_KEPT, Party, start } from '../../unit/spqr/party.js'
import { answering, atOnce } from '../opening.js'
import { recordedRandom } from '../random.js'
import { hex } from './files.js'
import { type FileReport, Mismatch, same } from './report.js'

type Chunks = Readonly<Record<string, string>>

interface LockStep {
  readonly i: number
  readonly msg: string
  readonly key: string
}
interface Milestone {
  readonly after: number
  readonly sha256_of_all_msgs_and_keys: string
  readonly epochA: number
  readonly epochB: number
  readonly nextRootA: string
}

/** A file of this kind. */
export interface SpqrVectors {
  readonly gf: { readonly mul: readonly (readonly [number, number, number])[]; readonly inv: readonly (readonly [number, number])[] }
  readonly erasure: Readonly<Record<string, { readonly chunks: Chunks }>>
  readonly erasure_random: Readonly<Record<string, Chunks | string>>
  readonly kem: Readonly<
    Record<'seed_d_z' | 'm' | 'hdr' | 'ek_sha256' | 'dk_sha256' | 'ct1_first32' | 'ct1_sha256' | 'ct2' | 'ss' | 'epochSecret1', string>
  >
  readonly auth: {
    readonly authKey: string
    readonly root1: string
    readonly mac1: string
    readonly macHdr_epoch1: string
    readonly after_update_epoch1: { readonly root: string; readonly mac: string }
    readonly macCt_epoch1: string
  }
  readonly chain: {
    readonly authKey: string
    readonly start: { readonly nextRoot: string; readonly a2b: string; readonly b2a: string }
    readonly a2b_keys: readonly (readonly [number, string])[]
    readonly a2b_recv_3_then_1: readonly string[]
    readonly b2a_key1: string
    readonly add_epoch1_with_kem_epochSecret1: {
      readonly nextRoot: string
      readonly a2b: string
      readonly b2a: string
      readonly a2b_key1: string
      readonly links: number
    }
  }
  readonly lockstep: { readonly authKey: string; readonly transcript: readonly (LockStep | Milestone)[] }
}

/** Replays all parts. */
export async function replaySpqrVectors(file: SpqrVectors, report: FileReport): Promise<void> {
  await replayErasureCode(file, report)
  const { kem, auth, chain, lockstep } = file
  const pair = generateIncrementalKeyPair(recordedRandom(hex(kem.seed_d_z)))
  const { ct1, sharedSecret, pending } = startEncapsulation(pair.header, recordedRandom(hex(kem.m)))
  const ct2 = finishEncapsulation(pair.vector, pending)
  const secret = shown(sharedSecret)
  // Wipes the shared secret.
  const epochSecret = epochSecretOf(1, sharedSecret)
  await report.check('kem: key pair', () => {
    same('header', toHex(pair.header), kem.hdr)
    same('vector', sha256(pair.vector), kem.ek_sha256)
    same('secret key', sha256(expose(pair.secretKey)), kem.dk_sha256)
  })
  await report.check('kem: encapsulation', () => {
    same('ct1', [toHex(ct1.subarray(0, 32)), sha256(ct1)], [kem.ct1_first32, kem.ct1_sha256])
    same('ct2', toHex(ct2), kem.ct2)
    same('shared secrets', [secret, shown(decapsulateIncremental(pair.secretKey, { ct1, ct2 }))], [kem.ss, kem.ss])
    same('secret of the epoch', shown(epochSecret.secret), kem.epochSecret1)
  })
  await report.check('auth', () => {
    const first = startAuthenticator(Secret.own(hex(auth.authKey)))
    same('first keys', [shown(first.root), shown(first.mac)], [auth.root1, auth.mac1])
    same('tag of the header', toHex(headerTag(first, 1, pair.header)), auth.macHdr_epoch1)
    const second = updateAuthenticator(first, epochSecret)
    same('keys of epoch 1', { root: shown(second.root), mac: shown(second.mac) }, auth.after_update_epoch1)
    same('tag of the ciphertext', toHex(ciphertextTag(second, 1, { ct1, ct2 })), auth.macCt_epoch1)
  })
  await replayChains(chain, epochSecret, report)
  await replayLockStep(lockstep, report)
}

async function replayErasureCode({ gf, erasure, erasure_random: random }: SpqrVectors, report: FileReport): Promise<void> {
  for (const [a, b, product] of gf.mul) await report.check(`gf: ${a} times ${b}`, () => same('product', multiply(a, b), product))
  for (const [a, inverse] of gf.inv) await report.check(`gf: inverse of ${a}`, () => same('inverse', divide(1, a), inverse))
  const check = async (what: string, message: Bytes, chunks: Chunks) => {
    for (const [index, chunk] of Object.entries(chunks)) {
      await report.check(`${what}, chunk ${index}`, () => same('chunk', toHex(chunkAt(message, Number(index))), chunk))
    }
  }
  for (const [name, { chunks }] of Object.entries(erasure)) {
    await check(
      `erasure: ${name}`,
      Uint8Array.from({ length: Number(/\d+$/.exec(name)) }, (_, i) => i),
      chunks,
    )
  }
  for (const [length, chunks] of Object.entries(random)) {
    // One entry says in words how the messages are made.
    if (typeof chunks === 'string') continue
    await check(`erasure_random: ${length}`, stream(Number(length)), chunks)
  }
}

async function replayChains(chain: SpqrVectors['chain'], epochSecret: EpochSecret, report: FileReport): Promise<void> {
  const authKey = Secret.own<'PqAuthKey'>(hex(chain.authKey))
  const [a, b] = [startChains(authKey, 'A2B', LIMITS), startChains(authKey, 'B2A', LIMITS)]
  const newest = ({ nextRoot, links }: EpochChains) => {
    const link = links.at(-1)
    return { nextRoot: shown(nextRoot), sending: shown(link?.sending.key), receiving: shown(link?.receiving.key) }
  }
  await report.check('chain: start', () => {
    const { nextRoot, a2b, b2a } = chain.start
    same('chains of A', newest(a), { nextRoot, sending: a2b, receiving: b2a })
    same('chains of B', newest(b), { nextRoot, sending: b2a, receiving: a2b })
    same('first key of B', shown(sendKey(b, 0).key), chain.b2a_key1)
  })
  await report.check('chain: keys in order', () => {
    let sending = a
    for (const [index, key] of chain.a2b_keys) {
      const sent = sendKey(sending, 0)
      same('key', [sent.index, shown(sent.key)], [index, key])
      sending = sent.chains
    }
  })
  await report.check('chain: keys out of order', () => {
    const third = atOnce(receiveKey(b, { epoch: 0, index: 3 }, NOTHING_KEPT))
    const { chains, changes } = third.commit()
    const kept = answering(() => changes.keep?.keys[0])
    const first = atOnce(receiveKey(chains, { epoch: 0, index: 1 }, { ...NOTHING_KEPT, skippedKey: kept }))
    same('keys', [shown(third.key), shown(first.key)], chain.a2b_recv_3_then_1)
  })
  await report.check('chain: next epoch', () => {
    const added = addEpoch(a, epochSecret)
    const { nextRoot, a2b, b2a, a2b_key1: key, links } = chain.add_epoch1_with_kem_epochSecret1
    same('chains', newest(added), { nextRoot, sending: a2b, receiving: b2a })
    const sent = sendKey(added, 1)
    same('first key and links', [shown(sent.key), sent.chains.links.length], [key, links])
  })
}

async function replayLockStep({ authKey, transcript }: SpqrVectors['lockstep'], report: FileReport): Promise<void> {
  const steps = new Map(transcript.flatMap((entry) => ('i' in entry ? [[entry.i, entry] as const] : [])))
  const milestones = new Map(transcript.flatMap((entry) => ('after' in entry ? [[entry.after, entry] as const] : [])))
  let draws = 0
  const random = (length: number) => stream(length, be32(++draws))
  const a = new Party(start('A2B', { authKey: hex(authKey) }), random)
  const b = new Party(start('B2A', { authKey: hex(authKey) }), random)
  const all = createHash('sha256')
  for (let i = 0; i <= Math.max(...steps.keys(), ...milestones.keys()); i++) {
    await report.check(`lockstep: message ${i}`, () => {
      const [sender, receiver] = i % 2 === 0 ? [a, b] : [b, a]
      const { message, key } = sender.send()
      same('keys of both sides', shown(receiver.receive(message)), shown(key))
      if (key === undefined) throw new Mismatch('there is no key')
      all.update(message).update(expose(key))
      const step = steps.get(i)
      if (step !== undefined) same('message and key', [toHex(message), shown(key)], [step.msg, step.key])
      const milestone = milestones.get(i)
      if (milestone === undefined) return
      same('all messages and keys', all.copy().digest('hex'), milestone.sha256_of_all_msgs_and_keys)
      same('epochs', [a.state?.braid.epoch, b.state?.braid.epoch], [milestone.epochA, milestone.epochB])
      same('next root', shown(a.state?.chains?.nextRoot), milestone.nextRootA)
    })
  }
}

/** `length` bytes: the SHA-256 of `prefix` and a counter, one after the other. */
function stream(length: number, ...prefix: readonly Uint8Array[]): Bytes {
  return concatBytes(...Array.from({ length: length / 32 }, (_, i) => hex(sha256(...prefix, be32(i)))))
}

function be32(value: number): Bytes {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function shown(secret: Secret<string> | undefined): string {
  return secret === undefined ? '' : toHex(expose(secret))
}
