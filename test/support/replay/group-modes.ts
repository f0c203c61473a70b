/**
 * Transcripts of sender keys: what libsignal's sender made is made again, byte for byte as far as its key is recorded, and what its
 * receiver opened or refused goes through a client of ours. Knows the shape of the files, and no message.
 */
import { equalBytes, toHex } from '../../../src/bytes.js'
import { keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import type { EcPublicKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { verify } from '../../../src/crypto/xeddsa.js'
import { Client, type DeviceAddress, MemoryStore } from '../../../src/index.js'
import { exportSenderKey, importSenderKey } from '../../../src/migration/libsignal.js'
import { decodeLibsignalSenderKey } from '../../../src/migration/sender-key-record.js'
import { advanceSenderChain, sealSenderKeyMessage } from '../../../src/protocol/groups/messages.js'
import { createSenderKey, distributionOf, type SenderKeyChain } from '../../../src/protocol/groups/sender-key.js'
import { parseSenderKeyDistribution, parseSenderKeyMessage } from '../../../src/wire/sender-key-message.js'
import { recordedRandom, seededRandom } from '../random.js'
import { snapshot } from '../snapshot.js'
import { hex } from './files.js'
import { isSameRefusal } from './refusals.js'
import { type FileReport, Mismatch, same } from './report.js'
import { refusalOf } from './steps.js'
import type { Expectation } from './transcript.js'

type Outcome = Expectation & { readonly plaintext?: string }
type Step = { readonly n: number } & (
  | {
      readonly op: 'create_distribution'
      readonly entropy: readonly string[]
      readonly bytes: string
      readonly chainId: number
      readonly chainKey: string
      readonly senderRecordAfter: string
    }
  | ({ readonly op: 'process_distribution' | 'parse_distribution'; readonly bytes: string } & Expectation)
  | { readonly op: 'encrypt'; readonly plaintext: string; readonly ciphertext: string; readonly entropy: readonly string[] }
  | ({ readonly op: 'decrypt'; readonly message?: number; readonly ciphertext?: string } & Outcome)
)

interface SenderKeyFile {
  readonly sender: { readonly name: string; readonly deviceId: number }
  readonly distributionId: string
  readonly steps: readonly Step[]
  readonly receiverRecordAfter: string
}

/** Replays the sender's half and the receiver's, and compares the records they end with. */
export async function replaySenderKeys(file: SenderKeyFile, report: FileReport): Promise<void> {
  const sender = new Sender(file.distributionId)
  const receiver = await Receiver.create({ user: file.sender.name, device: file.sender.deviceId })
  const made = new Map<number, string>()
  for (const step of file.steps) {
    await report.check(`steps ${step.n} (${step.op})`, async () => {
      switch (step.op) {
        case 'create_distribution':
          return sender.create(step)
        case 'encrypt':
          made.set(step.n, step.ciphertext)
          return sender.encrypt(step)
        case 'process_distribution':
          sender.distribute(step.bytes)
          return receiver.accept(hex(step.bytes), step)
        case 'parse_distribution':
          await answer(step, () => parseSenderKeyDistribution(hex(step.bytes)))
          return
        case 'decrypt':
          return receiver.decrypt(hex(step.ciphertext ?? made.get(step.message ?? -1) ?? 'missing'), step)
      }
    })
  }
  await report.check('receiverRecordAfter', () => receiver.compareRecord(file.distributionId, hex(file.receiverRecordAfter)))
}

/** The sender's chains as far as the file tells them: the first with its signing key, later ones as they were handed out. */
class Sender {
  readonly #distribution: string
  readonly #chains: SenderKeyChain[] = []

  constructor(distribution: string) {
    this.#distribution = distribution
  }

  create({ entropy, bytes, chainId, chainKey, senderRecordAfter }: Extract<Step, { op: 'create_distribution' }>): undefined {
    const [chain] = decodeLibsignalSenderKey(hex(senderRecordAfter))
    if (chain === undefined) throw new Mismatch('the record is empty')
    const [id = '', ...rest] = entropy
    // An array is drawn byte by byte: the first of each four is used.
    const key = rest.slice(0, 32).map((word) => word.slice(0, 2))
    const ours = createSenderKey(recordedRandom(hex(id), hex(key.join('')), hex(rest[32] ?? '')))
    same('chain id', [ours.chains[0]?.chainId, chain.chain.chainId], [chainId, chainId])
    same('chain key', [toHex(exposed(ours.chains[0])), toHex(exposed(chain.chain))], [chainKey, chainKey])
    same('signing key', toHex(chain.chain.signingKey), toHex(keyPairFromPrivateKey(hex(rest[32] ?? '')).publicKey))
    this.#chains.push(chain.chain)
    same('distribution', toHex(distributionOf({ chains: [chain.chain] }, this.#distribution)), bytes)
  }

  /** Takes note of a chain; what is handed out of a known one must be what the chain gives at that iteration. */
  distribute(bytes: string): void {
    const { chainId, iteration, chainKey, signingKey } = parseSenderKeyDistribution(hex(bytes))
    const known = this.#chain(chainId, signingKey)
    if (known === undefined) {
      this.#chains.push({ chainId, chainKey: Secret.own(chainKey), iteration, signingKey, signer: undefined, skipped: 0, first: iteration })
    } else if (iteration >= known.iteration) {
      same('distribution', toHex(distributionOf({ chains: [at(known, iteration)] }, this.#distribution)), bytes)
    }
  }

  encrypt({ plaintext, ciphertext, entropy }: Extract<Step, { op: 'encrypt' }>): undefined {
    const message = parseSenderKeyMessage(hex(ciphertext))
    const chain = this.#chains.find(
      ({ chainId, signingKey }) => chainId === message.chainId && verify(signingKey, message.authenticated, message.signature),
    )
    // The chain of a later key may be handed out only after it was used.
    const held = chain ?? this.#chains.find(({ chainId }) => chainId === message.chainId)
    if (held === undefined) throw new Mismatch('the chain was never handed out')
    const random = recordedRandom(hex(entropy.at(-1) ?? ''))
    const signer = held.signer ?? ({ kind: 'private-key', secret: keyPairFromPrivateKey(new Uint8Array(32).fill(1)).privateKey } as const)
    const sealed = sealSenderKeyMessage(
      { chains: [{ ...at(held, message.iteration), signer }] },
      this.#distribution,
      hex(plaintext),
      random,
    )
    const length = held.signer === undefined ? -64 : undefined
    same('message', toHex(sealed?.body.slice(0, length) ?? new Uint8Array()), toHex(hex(ciphertext).slice(0, length)))
    same('entropy left', random.remaining(), 0)
  }

  #chain(chainId: number, signingKey: EcPublicKey): SenderKeyChain | undefined {
    return this.#chains.find((chain) => chain.chainId === chainId && equalBytes(chain.signingKey, signingKey))
  }
}

function at(chain: SenderKeyChain, iteration: number): SenderKeyChain {
  const { key } = advanceSenderChain({ key: chain.chainKey, counter: chain.iteration }, iteration - chain.iteration)
  return { ...chain, chainKey: key, iteration }
}

function exposed(chain: SenderKeyChain | undefined): Uint8Array {
  return chain === undefined ? new Uint8Array() : expose(chain.chainKey)
}

/** A client of ours that knows the sender. */
class Receiver {
  readonly #client: Client
  readonly #store: MemoryStore
  readonly #from: { readonly kind: 'message'; readonly sender: DeviceAddress; readonly identity: ReturnType<typeof parseIdentityKey> }

  private constructor(client: Client, store: MemoryStore, sender: DeviceAddress) {
    this.#client = client
    this.#store = store
    this.#from = { kind: 'message', sender, identity: client.identityKey }
  }

  static async create(sender: DeviceAddress): Promise<Receiver> {
    const store = new MemoryStore()
    const client = await Client.create({ store, random: seededRandom('receiver') })
    const receiver = new Receiver(client, store, sender)
    await receiver.#trust(client)
    return receiver
  }

  async accept(bytes: Uint8Array, expected: Expectation): Promise<undefined> {
    await this.#unchangedIfRefused(expected, () => this.#client.acceptSenderKey(this.#from, bytes))
  }

  async decrypt(body: Uint8Array, expected: Outcome): Promise<undefined> {
    const received = await this.#unchangedIfRefused(expected, () =>
      this.#client.decrypt({ kind: 'sender-key', sender: this.#from.sender, body: Uint8Array.from(body) }),
    )
    if (received !== undefined) same('plaintext', toHex(received.plaintext), expected.plaintext)
  }

  /** The record in libsignal's form, byte for byte; and once more after it was imported elsewhere. */
  async compareRecord(distribution: string, recorded: Uint8Array): Promise<undefined> {
    const exported = await exportSenderKey(this.#client, distribution)
    same('record', toHex(exported), toHex(recorded))
    const heir = await Client.create({ store: new MemoryStore(), random: seededRandom('heir') })
    await this.#trust(heir)
    await importSenderKey(heir, this.#from.sender, distribution, exported)
    same('record after import', toHex(await exportSenderKey(heir, distribution)), toHex(recorded))
  }

  // Which identity key the sender has is not recorded: any will do.
  #trust(client: Client): Promise<void> {
    return client.acceptIdentity(this.#from.sender, this.#from.identity, 'accepted')
  }

  async #unchangedIfRefused<T>(expected: Expectation, call: () => Promise<T>): Promise<T | undefined> {
    const before = expected.expect === 'error' ? await snapshot(this.#store) : undefined
    const result = await answer(expected, call)
    if (before !== undefined) same('records after a refusal', await snapshot(this.#store), before)
    return result
  }
}

async function answer<T>(expected: Expectation, call: () => T | Promise<T>): Promise<T | undefined> {
  let result: T | undefined
  const refusal = await refusalOf(async () => {
    result = await call()
  })
  if (expected.expect === 'ok') same('refused with', refusal?.code, undefined)
  else if (refusal === undefined) throw new Mismatch(`not refused, recorded "${expected.error.message}"`)
  else if (!isSameRefusal(refusal, expected.error)) {
    throw new Mismatch(`refused with ${refusal.code} ${JSON.stringify(refusal.details)}, recorded "${expected.error.message}"`)
  }
  return result
}
