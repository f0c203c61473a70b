/**
 * `ts-mls`: MLS with X25519. A conversation of two is a group of two. Who speaks after having listened commits first, which brings new
 * keys as a turn of the ratchet does. Its states are objects and are held as such: they become bytes only to be weighed.
 */
import * as mls from 'ts-mls'
import { type Address, addressKey, type Message } from '../../interop/peer.js'
import type { Abilities, Account, Bundle, Group } from '../task.js'

type Keys = Awaited<ReturnType<typeof mls.generateKeyPackage>>
interface MlsBundle extends Bundle {
  /** A key package as it travels. */
  readonly bytes: Uint8Array
}
interface Conversation {
  state: mls.ClientState
  /** Parts to send before the next message: a Welcome, or nothing. */
  readonly before: Uint8Array[]
  /** Has read since it committed. */
  behind: boolean
}

const suite = await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName('MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'))
/** As many skipped keys as the tasks have, where 10 are the default. */
const config: mls.ClientConfig = {
  keyRetentionConfig: { ...mls.defaultKeyRetentionConfig, retainKeysForGenerations: 2000, maximumForwardRatchetSteps: 2000 },
  lifetimeConfig: mls.defaultLifetimeConfig,
  keyPackageEqualityConfig: mls.defaultKeyPackageEqualityConfig,
  paddingConfig: mls.defaultPaddingConfig,
  authService: mls.defaultAuthenticationService,
}

export async function openPeer(): Promise<Abilities> {
  return {
    name: 'ts-mls',
    newAccount: async (address) => new MlsAccount(address),
    newGroups: async (sizes) => {
      const all: Keys[] = []
      for (let i = 0; i < Math.max(...sizes); i++) all.push(await newKeys(crypto.randomUUID()))
      return sizes.map((size) => new MlsGroup(all.slice(0, size)))
    },
  }
}

function newKeys(name: string): Promise<Keys> {
  const credential = { credentialType: 'basic', identity: Buffer.from(name) } as const
  return mls.generateKeyPackage(credential, mls.defaultCapabilities(), mls.defaultLifetime, [], suite)
}

/** A group with one commit that adds all the others. */
async function found(own: Keys, others: readonly mls.KeyPackage[]): Promise<{ state: mls.ClientState; welcome: Uint8Array }> {
  const id = crypto.getRandomValues(new Uint8Array(16))
  const state = await mls.createGroup(id, own.publicPackage, own.privatePackage, [], suite, config)
  const extraProposals = others.map((keyPackage) => ({ proposalType: 'add' as const, add: { keyPackage } }))
  const { newState, welcome } = await mls.createCommit({ state, cipherSuite: suite }, { extraProposals, ratchetTreeExtension: true })
  if (!welcome) throw new Error('no Welcome')
  return { state: newState, welcome: mls.encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome }) }
}

async function join(welcome: Uint8Array, { publicPackage, privatePackage }: Keys): Promise<mls.ClientState> {
  const message = parse(welcome)
  if (message.wireformat !== 'mls_welcome') throw new Error('no Welcome')
  return mls.joinGroup(message.welcome, publicPackage, privatePackage, mls.emptyPskIndex, suite, undefined, undefined, config)
}

function parse(bytes: Uint8Array): mls.MLSMessage {
  const [message] = mls.decodeMlsMessage(bytes, 0) ?? []
  if (!message) throw new Error('no MLS message')
  return message
}

async function encrypt(state: mls.ClientState, plaintext: Uint8Array): Promise<{ state: mls.ClientState; bytes: Uint8Array }> {
  const { newState, privateMessage } = await mls.createApplicationMessage(state, plaintext, suite)
  const bytes = mls.encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage })
  return { state: newState, bytes }
}

async function process(state: mls.ClientState, bytes: Uint8Array): Promise<mls.ProcessMessageResult> {
  const message = parse(bytes)
  if (message.wireformat !== 'mls_private_message') throw new Error('no private message')
  return mls.processPrivateMessage(state, message.privateMessage, mls.emptyPskIndex, suite)
}

class MlsAccount implements Account {
  readonly address: Address
  readonly #conversations = new Map<string, Conversation>()
  /** Of the bundles that are out, oldest first. */
  readonly #keys: Keys[] = []

  constructor(address: Address) {
    this.address = address
  }

  async bundle(): Promise<MlsBundle> {
    const keys = await newKeys(addressKey(this.address))
    this.#keys.push(keys)
    const message = { version: 'mls10', wireformat: 'mls_key_package', keyPackage: keys.publicPackage } as const
    return { address: this.address, bytes: mls.encodeMlsMessage(message) }
  }

  async startSession({ address, bytes }: MlsBundle): Promise<void> {
    const message = parse(bytes)
    if (message.wireformat !== 'mls_key_package') throw new Error('no key package')
    const { state, welcome } = await found(await newKeys(addressKey(this.address)), [message.keyPackage])
    this.#conversations.set(addressKey(address), { state, before: [welcome], behind: false })
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const conversation = this.#with(to)
    const parts = conversation.before.splice(0)
    const type = parts.length > 0 ? 3 : 2
    if (conversation.behind) {
      const { newState, commit } = await mls.createCommit({ state: conversation.state, cipherSuite: suite })
      parts.push(mls.encodeMlsMessage(commit))
      conversation.state = newState
      conversation.behind = false
    }
    const { state, bytes } = await encrypt(conversation.state, plaintext)
    conversation.state = state
    return { type, bytes: joined([...parts, bytes]) }
  }

  async decrypt(from: Address, { type, bytes }: Message): Promise<Uint8Array> {
    const parts = split(bytes)
    if (type === 3) {
      const keys = this.#keys.shift()
      const welcome = parts.shift()
      if (!keys || !welcome) throw new Error('no key package for this Welcome')
      this.#conversations.set(addressKey(from), { state: await join(welcome, keys), before: [], behind: true })
    }
    const conversation = this.#with(from)
    conversation.behind = true
    for (const part of parts) {
      const result = await process(conversation.state, part)
      conversation.state = result.newState
      if (result.kind === 'applicationMessage') return result.message
    }
    throw new Error('no application message')
  }

  async sessionRecord(peer: Address): Promise<Uint8Array | undefined> {
    return mls.encodeGroupState(this.#with(peer).state)
  }

  #with(peer: Address): Conversation {
    const conversation = this.#conversations.get(addressKey(peer))
    if (!conversation) throw new Error('no session')
    return conversation
  }
}

class MlsGroup implements Group {
  readonly #founder: Keys
  readonly #others: readonly Keys[]
  #ours: mls.ClientState | undefined
  #theirs: mls.ClientState | undefined
  #welcome = new Uint8Array()

  constructor([founder, ...others]: readonly Keys[]) {
    this.#founder = founder as Keys
    this.#others = others
  }

  async create(): Promise<number> {
    const packages = this.#others.map(({ publicPackage }) => publicPackage)
    const { state, welcome } = await found(this.#founder, packages)
    this.#ours = state
    this.#welcome = Uint8Array.from(welcome)
    return welcome.length
  }

  async join(): Promise<void> {
    this.#theirs = await join(this.#welcome, this.#others[0] as Keys)
  }

  async encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    const { state, bytes } = await encrypt(this.#ours as mls.ClientState, plaintext)
    this.#ours = state
    return bytes
  }

  async decrypt(body: Uint8Array): Promise<Uint8Array> {
    const result = await process(this.#theirs as mls.ClientState, body)
    this.#theirs = result.newState
    if (result.kind !== 'applicationMessage') throw new Error('no application message')
    return result.message
  }
}

/** Parts with their lengths in front. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(Uint32Array.of(part.length).buffer), part]))
}

function split(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true)
    parts.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return parts
}
