import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../../../src/bytes.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { decryptBody } from '../../../src/crypto/group-cipher.js'
import { type EcPublicKey, type IdentityKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { signWith } from '../../../src/crypto/signing-key.js'
import {
  advanceSenderChain,
  type OpenedSenderKeyMessage,
  openSenderKeyMessage,
  sealSenderKeyMessage,
  senderCheckpoints,
} from '../../../src/protocol/groups/messages.js'
import {
  acceptDistribution,
  chainIdOf,
  createSenderKey,
  distributionOf,
  type SenderKeyChain,
  type SenderKeyState,
  wipeSenderKey,
} from '../../../src/protocol/groups/sender-key.js'
import { MAX_SKIPPED_KEYS } from '../../../src/protocol/limits.js'
import { encodeSenderKeyMessage, parseSenderKeyDistribution, parseSenderKeyMessage } from '../../../src/wire/sender-key-message.js'
import { answering, firstJump, walked } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'

const DISTRIBUTION = '185a574c-1f97-4f26-aaf4-924f8bce4bb9'
const random = seededRandom('sender keys')

/** Freezes a state with all below it; secrets keep their bytes in private fields, which no freezing reaches. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Secret) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

/** What a state holds, secrets included, as text. */
function held({ chains }: SenderKeyState): string {
  return JSON.stringify(
    chains.map((chain) => ({
      ...chain,
      chainKey: toHex(expose(chain.chainKey)),
      signingKey: toHex(chain.signingKey),
      signer: chain.signer?.kind,
    })),
  )
}

class Sender {
  state = createSenderKey(random)

  handOut() {
    return parseSenderKeyDistribution(distributionOf(this.state, DISTRIBUTION))
  }

  send(text: string) {
    const sealed = sealSenderKeyMessage(frozen(this.state), DISTRIBUTION, utf8(text), random)
    if (sealed === undefined) throw new Error('nothing to send with')
    this.state = sealed.state
    return parseSenderKeyMessage(sealed.body)
  }

  /** As if so many messages had been sent. */
  skip(count: number): void {
    const [chain] = this.state.chains as [SenderKeyChain]
    const { key, counter } = advanceSenderChain({ key: chain.chainKey, counter: chain.iteration }, count)
    this.state = { chains: [{ ...chain, chainKey: key, iteration: counter }] }
  }
}

/** Keeps skipped keys in a map, and checkpoints when asked to. */
class Receiver {
  state: SenderKeyState
  readonly kept = new Map<string, Secret<'SenderMessageSeed'>>()
  reads = 0
  checkpoints = 0

  constructor(sender: Sender) {
    this.state = acceptDistribution(undefined, sender.handOut()).state
  }

  open(message: ReturnType<Sender['send']>): string | undefined {
    const skippedKey = answering(({ chainId }: SenderKeyChain, iteration: number) => {
      this.reads++
      return this.kept.get(`${chainId}/${iteration}`)?.clone()
    })
    const opened = walked(
      (checkpoints) => openSenderKeyMessage(frozen(this.state), message, { skippedKey, owner: 'the sender', checkpoints }),
      () => this.checkpoints++,
    )
    if (opened.kind === 'opened') return this.#commit(opened)
    return opened.first === undefined ? undefined : `before ${opened.first}`
  }

  #commit({ state, plaintext, changes: { chain, keep, used } }: OpenedSenderKeyMessage): string {
    for (const [i, seed] of keep.seeds.entries()) this.kept.set(`${chain.chainId}/${keep.from + i}`, seed)
    const names = [...this.kept.keys()].filter((name) => name.startsWith(`${chain.chainId}/`))
    for (const name of names.slice(0, Math.max(0, names.length - 2000))) this.kept.delete(name)
    if (used !== undefined) this.kept.delete(`${chain.chainId}/${used}`)
    this.state = state
    return Buffer.from(plaintext).toString()
  }
}

describe('the derivation', () => {
  it('gives the keys that an independent implementation gave (libsignal wire 11.3)', () => {
    const chainKey = Secret.own<'SenderChainKey'>(Uint8Array.from({ length: 32 }, (_, i) => i + 1))
    expect(toHex(expose(advanceSenderChain({ key: chainKey, counter: 0 }, 1).key))).toBe(
      'c3be13bf45e16a709331a4bf7e37a150232d84f60227cdf491884be860389c74',
    )
    const seed = Secret.own<'SenderMessageSeed'>(
      fromHex('e8ad8c1d8e445d45f79f2258b38297fc247dd7b03c7a5f6b098ac8519d5a1559') ?? new Uint8Array(),
    )
    const sender = new Sender()
    const [own] = sender.state.chains as [SenderKeyChain]
    sender.state = { chains: [{ ...own, chainKey }] }
    expect(toHex(decryptBody(seed, sender.send('from there').ciphertext))).toBe(toHex(utf8('from there')))
  })
})

describe('a sender key', () => {
  it('opens in any order, each message once', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    const messages = ['0', '1', '2', '3', '4'].map((text) => sender.send(text))
    for (const i of [3, 0, 1, 4, 2]) expect(receiver.open(messages[i] as never)).toBe(`${i}`)
    for (const message of messages) expect(() => receiver.open(message)).toThrow(expect.objectContaining({ code: 'duplicate-message' }))
    expect(receiver.kept.size).toBe(0)
  })

  it('opens nothing that is our own', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    receiver.state = sender.state
    const copy = expect.objectContaining({ code: 'duplicate-message', details: { counter: 0 } })
    expect(() => receiver.open(sender.send('once'))).toThrow(copy)
    expect(receiver.reads).toBe(0)
  })

  it("far ahead asks for checkpoints under a name of its own, along a chain that is no forger's", () => {
    const sender = new Sender()
    const { state } = new Receiver(sender)
    const [{ chainId, signingKey }] = state.chains as [SenderKeyChain]
    sender.skip(5_000)
    const options = {
      skippedKey: answering(() => undefined),
      owner: 'the sender',
      checkpoints: { get: () => undefined, budget: { hmacs: 0 } },
    }
    const { name, isNew } = firstJump(openSenderKeyMessage(state, sender.send('far'), options))
    expect([name, isNew]).toEqual([senderCheckpoints('the sender', { chainId, signingKey }), false])
    expect(name).toBe(`sender/the sender/${chainId}/${toHex(signingKey)}`)
  })

  it('says of a message from before it was handed out where it began, but only if the message is signed', () => {
    const sender = new Sender()
    const before = sender.send('before')
    sender.send('before too')
    const receiver = new Receiver(sender)
    expect(receiver.open(before)).toBe('before 2')
    const { chainId, iteration, ciphertext } = before
    const { signature } = new Sender().send('of somebody else')
    const forged = encodeSenderKeyMessage({ distribution: DISTRIBUTION, chainId, iteration, ciphertext }).finish(signature)
    const refused = expect.objectContaining({ code: 'bad-signature', details: { signed: 'group message' } })
    expect(() => receiver.open(parseSenderKeyMessage(forged))).toThrow(refused)
    // A second look at the same key changes nothing of that; what was imported does not know, and calls it a duplicate as libsignal does.
    receiver.state = acceptDistribution(receiver.state, sender.handOut()).state
    expect(receiver.open(before)).toBe('before 2')
    receiver.state = { chains: receiver.state.chains.map((chain) => ({ ...chain, first: undefined })) }
    expect(() => receiver.open(before)).toThrow(expect.objectContaining({ code: 'duplicate-message' }))
  })

  it('in order reads no kept key', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    for (let i = 0; i < 20; i++) receiver.open(sender.send(`${i}`))
    expect(receiver.reads).toBe(0)
  })

  it('opens a message 25,000 ahead, in slices, and refuses 25,001 before it derives anything', () => {
    const sender = new Sender()
    const [receiver, other] = [new Receiver(sender), new Receiver(sender)]
    sender.skip(25_000)
    const [far, further] = [sender.send('far'), sender.send('further')]
    const before = held(other.state)
    expect(() => other.open(further)).toThrow(expect.objectContaining({ code: 'too-far-ahead', details: { counter: 25_001, expected: 0 } }))
    expect([other.checkpoints, held(other.state)]).toEqual([0, before])
    expect(receiver.open(far)).toBe('far')
    expect(receiver.checkpoints).toBe(1)
    expect([...receiver.kept.keys()].map((name) => Number(name.split('/')[1]))).toEqual(
      Array.from({ length: MAX_SKIPPED_KEYS }, (_, i) => 23_000 + i),
    )
    expect(receiver.open(further)).toBe('further')
  })

  it('keeps 2,000 skipped keys: the oldest go', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    const first = sender.send('first')
    sender.skip(1998)
    const late = sender.send('late')
    receiver.open(sender.send('2000 are skipped'))
    expect(receiver.state.chains[0]?.skipped).toBe(2000)
    sender.skip(1)
    receiver.open(sender.send('one more is skipped'))
    expect([receiver.state.chains[0]?.skipped, receiver.kept.size]).toEqual([2000, 2000])
    expect(() => receiver.open(first)).toThrow(expect.objectContaining({ code: 'duplicate-message', details: { counter: 0 } }))
    expect(receiver.open(late)).toBe('late')
    expect(receiver.state.chains[0]?.skipped).toBe(1999)
  })

  it('asks for nothing and derives nothing for a message that is not signed by its key', () => {
    const [sender, forger] = [new Sender(), new Sender()]
    const receiver = new Receiver(sender)
    sender.skip(3)
    receiver.open(sender.send('three are skipped'))
    const [chain] = sender.state.chains as [SenderKeyChain]
    for (const iteration of [0, 5, 20_000, 30_000]) {
      const fields = { distribution: DISTRIBUTION, chainId: chain.chainId, iteration, ciphertext: new Uint8Array(16) }
      const { signature } = forger.send('any')
      const forged = parseSenderKeyMessage(encodeSenderKeyMessage(fields).finish(signature))
      expect(() => receiver.open(forged)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
    }
    expect([receiver.reads, receiver.checkpoints]).toEqual([0, 0])
  })

  it('keeps its state when what its sender signed does not decrypt', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    const [chain] = sender.state.chains as [SenderKeyChain]
    // The right signature around a ciphertext of another key.
    const other = new Sender()
    other.state = { chains: [{ ...chain, chainKey: Secret.copy(new Uint8Array(32)) }] }
    const before = held(receiver.state)
    expect(() => receiver.open(other.send('not to be read'))).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
    expect(held(receiver.state)).toBe(before)
    expect(receiver.open(sender.send('fine'))).toBe('fine')
  })

  it('is not ours to send with when somebody handed it to us, nor past the last iteration', () => {
    const sender = new Sender()
    expect(sealSenderKeyMessage(new Receiver(sender).state, DISTRIBUTION, utf8('?'), random)).toBeUndefined()
    expect(sealSenderKeyMessage({ chains: [] }, DISTRIBUTION, utf8('?'), random)).toBeUndefined()
    const [chain] = sender.state.chains as [SenderKeyChain]
    expect(sealSenderKeyMessage({ chains: [{ ...chain, iteration: 0xffff_ffff }] }, DISTRIBUTION, utf8('?'), random)).toBeUndefined()
    expect(() => distributionOf({ chains: [] }, DISTRIBUTION)).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('does not follow a chain past the last iteration, where its number would begin again', () => {
    const sender = new Sender()
    const [chain] = sender.state.chains as [SenderKeyChain]
    sender.state = { chains: [{ ...chain, iteration: 0xffff_fffe }] }
    const receiver = new Receiver(sender)
    expect(receiver.open(sender.send('the last'))).toBe('the last')
    const fields = { distribution: DISTRIBUTION, chainId: chain.chainId, iteration: 0xffff_ffff, ciphertext: new Uint8Array(16) }
    const { signatureInput, finish } = encodeSenderKeyMessage(fields)
    const pair = { publicKey: chain.signingKey, signer: chain.signer as NonNullable<typeof chain.signer> }
    const beyond = parseSenderKeyMessage(finish(signWith(pair, signatureInput, random)))
    expect(() => receiver.open(beyond)).toThrow(expect.objectContaining({ code: 'too-far-ahead' }))
  })

  it('has a chain id of 31 bits and new keys each time', () => {
    const many = Array.from({ length: 50 }, () => createSenderKey(random).chains[0] as SenderKeyChain)
    expect(many.every(({ chainId }) => chainId < 2 ** 31)).toBe(true)
    expect(new Set(many.map(({ chainId }) => chainId)).size).toBe(50)
    expect(new Set(many.map(({ signingKey }) => toHex(signingKey))).size).toBe(50)
  })

  it('has a chain id that names its owner, if there is one', () => {
    const [owner, other] = [generateKeyPair(random), generateKeyPair(random)].map(({ publicKey }) => parseIdentityKey(publicKey))
    const [{ chainId, signingKey }] = createSenderKey(random, owner).chains as [SenderKeyChain]
    expect(chainId).toBe(chainIdOf(signingKey, owner as IdentityKey))
    expect(chainId).toBeLessThan(2 ** 31)
    expect(chainIdOf(signingKey, other as IdentityKey)).not.toBe(chainId)
    // Written down: what was handed out stays its owner's in later releases.
    const fixed = parseIdentityKey(Uint8Array.from({ length: 33 }, (_, i) => (i === 0 ? 5 : i)))
    expect(chainIdOf(fixed as unknown as EcPublicKey, fixed)).toBe(1_185_418_123)
  })

  it('wipes every secret it holds', () => {
    const { state } = new Sender()
    const [{ chainKey, signer }] = state.chains as [SenderKeyChain]
    wipeSenderKey(state)
    expect(() => expose(chainKey)).toThrow('used after it was wiped')
    expect(() => expose((signer as NonNullable<typeof signer>).secret)).toThrow('used after it was wiped')
  })
})

describe('the add-state rule', () => {
  it('keeps the chain that is there for the same id and key, and puts it first', () => {
    const sender = new Sender()
    const receiver = new Receiver(sender)
    const first = sender.handOut()
    receiver.open(sender.send('on'))
    const second = new Sender()
    const two = acceptDistribution(receiver.state, second.handOut())
    expect(two.state.chains.map(({ chainId }) => chainId)).toEqual([second.state.chains[0]?.chainId, sender.state.chains[0]?.chainId])
    const again = acceptDistribution(frozen(two.state), first)
    expect(again.state.chains[0]).toBe(receiver.state.chains[0])
    expect(again.state.chains[0]?.iteration).toBe(1)
    expect([again.state.chains.length, again.dropped]).toEqual([2, []])
  })

  it('row 26: replaces a chain of the same id and another key', () => {
    const [sender, other] = [new Sender(), new Sender()]
    const { state } = new Receiver(sender)
    const chainId = sender.state.chains[0]?.chainId ?? 0
    const replaced = acceptDistribution(state, { ...other.handOut(), chainId })
    expect(replaced.state.chains.map(({ signingKey }) => toHex(signingKey))).toEqual([
      toHex(other.state.chains[0]?.signingKey ?? new Uint8Array()),
    ])
    expect(replaced.dropped).toEqual(state.chains)
  })

  it('adds a chain of another id and the same key', () => {
    const sender = new Sender()
    const { state } = new Receiver(sender)
    const message = sender.handOut()
    const added = acceptDistribution(state, { ...message, chainId: message.chainId + 1 })
    expect(added.state.chains.map(({ chainId }) => chainId)).toEqual([message.chainId + 1, message.chainId])
  })

  it('keeps five chains, the newest', () => {
    let state: SenderKeyState | undefined
    const ids: number[] = []
    const dropped: number[] = []
    for (let i = 0; i < 7; i++) {
      const message = new Sender().handOut()
      ids.unshift(message.chainId)
      const accepted = acceptDistribution(state, message)
      dropped.push(...accepted.dropped.map(({ chainId }) => chainId))
      state = accepted.state
    }
    expect(state?.chains.map(({ chainId }) => chainId)).toEqual(ids.slice(0, 5))
    expect(dropped).toEqual([ids[6], ids[5]])
  })
})

describe('over a network that loses, repeats, alters and reorders', () => {
  it('every message that arrives opens once to what was sent, and what is refused changes nothing', () => {
    const seed = Number(process.env.BISIK_SEED ?? Date.now() % 2 ** 31)
    console.log(`sender keys: n = 30, seed ${seed}`)
    const event = fc.record({
      what: fc.constantFrom('send', 'send', 'send', 'deliver', 'deliver', 'deliver', 'repeat', 'alter', 'rotate', 'hand out'),
      at: fc.nat(1000),
      byte: fc.integer({ min: 1, max: 255 }),
    })
    fc.assert(
      fc.property(fc.array(event, { minLength: 30, maxLength: 120 }), (events) => {
        const sender = new Sender()
        const receiver = new Receiver(sender)
        const waiting: { text: string; message: ReturnType<Sender['send']>; chain: number }[] = []
        const opened: typeof waiting = []
        let sent = 0
        let chains = 0
        for (const { what, at, byte } of events) {
          const one = waiting[at % Math.max(1, waiting.length)]
          const old = opened[at % Math.max(1, opened.length)]
          const before = held(receiver.state)
          if (what === 'send') {
            const text = `message ${sent++}`
            waiting.push({ text, message: sender.send(text), chain: chains })
          } else if (what === 'rotate' && at % 3 === 0) {
            sender.state = createSenderKey(random)
            receiver.state = acceptDistribution(frozen(receiver.state), sender.handOut()).state
            chains++
          } else if (what === 'hand out') {
            receiver.state = acceptDistribution(frozen(receiver.state), sender.handOut()).state
            expect(held(receiver.state)).toBe(before)
          } else if (what === 'alter' && one !== undefined) {
            const { distribution, chainId, iteration, ciphertext } = one.message
            const altered = {
              distribution,
              chainId,
              iteration,
              ciphertext: ciphertext.map((b, i) => (i === at % ciphertext.length ? b ^ byte : b)),
            }
            const forged = parseSenderKeyMessage(encodeSenderKeyMessage(altered).finish(one.message.signature))
            if (chains - one.chain < 5) expect(() => receiver.open(forged)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
            else expect(receiver.open(forged)).toBeUndefined()
            expect(held(receiver.state)).toBe(before)
          } else if (what === 'repeat' && old !== undefined) {
            if (chains - old.chain < 5)
              expect(() => receiver.open(old.message)).toThrow(expect.objectContaining({ code: 'duplicate-message' }))
            else expect(receiver.open(old.message)).toBeUndefined()
            expect(held(receiver.state)).toBe(before)
          } else if (what === 'deliver' && one !== undefined) {
            waiting.splice(waiting.indexOf(one), 1)
            if (at % 10 === 0) continue
            expect(receiver.open(one.message)).toBe(chains - one.chain < 5 ? one.text : undefined)
            if (chains - one.chain < 5) opened.push(one)
          }
        }
      }),
      { numRuns: 30, seed },
    )
  })
})
