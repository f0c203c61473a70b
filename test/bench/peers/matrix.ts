/**
 * `@matrix-org/matrix-sdk-crypto-wasm`: Olm between devices, Megolm in rooms. Olm is reached through its machine only, so a message is an
 * event in JSON, and a decrypted one is a sync of its own. Stores are its own, in memory. A payload travels in base64.
 */
import * as matrix from '@matrix-org/matrix-sdk-crypto-wasm'
import type { Address, Message } from '../../interop/peer.js'
import type { Abilities, Account, Bundle, Group } from '../task.js'

interface OlmBundle extends Bundle {
  readonly oneTimeKey: readonly [id: string, key: unknown]
}

/** What a homeserver has published: the keys of each user's device. */
const published = new Map<string, unknown>()

export async function openPeer(): Promise<Abilities> {
  await matrix.initAsync()
  return {
    name: 'matrix',
    newAccount: (address) => OlmAccount.open(address),
    newGroups: async (sizes) => {
      const address = (): Address => ({ user: crypto.randomUUID(), device: 1 })
      const [founder, reader] = [await OlmAccount.open(address()), await OlmAccount.open(address())]
      const others = [await reader.bundle()]
      for (let i = 2; i < Math.max(...sizes); i++) {
        const other = await OlmAccount.open(address())
        others.push(await other.bundle())
        other.close()
      }
      await founder.startSessions(others)
      const users = others.map((bundle) => bundle.address)
      return sizes.map((size) => new Room(founder, reader, users.slice(0, size - 1)))
    },
  }
}

const userOf = ({ user }: Address): string => `@${user}:example.org`
const deviceOf = ({ device }: Address): string => `D${device}`

class OlmAccount implements Account {
  readonly address: Address
  readonly machine: matrix.OlmMachine
  readonly #oneTimeKeys: (readonly [string, unknown])[]
  readonly #devices = new Map<string, matrix.Device>()

  private constructor(address: Address, machine: matrix.OlmMachine, oneTimeKeys: (readonly [string, unknown])[]) {
    this.address = address
    this.machine = machine
    this.#oneTimeKeys = oneTimeKeys
  }

  static async open(address: Address): Promise<OlmAccount> {
    const machine = await matrix.OlmMachine.initialize(new matrix.UserId(userOf(address)), new matrix.DeviceId(deviceOf(address)))
    const upload = (await machine.outgoingRequests()).find(({ type }) => type === matrix.RequestType.KeysUpload)
    if (!(upload instanceof matrix.KeysUploadRequest)) throw new Error('no keys to upload')
    const { device_keys, one_time_keys } = JSON.parse(upload.body) as { device_keys: unknown; one_time_keys: { [id: string]: unknown } }
    published.set(userOf(address), device_keys)
    await machine.markRequestAsSent(upload.id, upload.type, JSON.stringify({ one_time_key_counts: { signed_curve25519: 50 } }))
    return new OlmAccount(address, machine, Object.entries(one_time_keys))
  }

  async bundle(): Promise<OlmBundle> {
    const oneTimeKey = this.#oneTimeKeys.shift()
    if (oneTimeKey) return { address: this.address, oneTimeKey }
    await this.#upload()
    return this.bundle()
  }

  startSession(bundle: OlmBundle): Promise<void> {
    return this.startSessions([bundle])
  }

  async startSessions(bundles: readonly OlmBundle[]): Promise<void> {
    await this.#query(bundles.map(({ address }) => address))
    const claim = await this.machine.getMissingSessions(bundles.map(({ address }) => new matrix.UserId(userOf(address))))
    if (!claim) throw new Error('nothing to claim')
    const keys = bundles.map(({ address, oneTimeKey: [id, key] }) => [userOf(address), { [deviceOf(address)]: { [id]: key } }] as const)
    const response = JSON.stringify({ one_time_keys: Object.fromEntries(keys), failures: {} })
    await this.machine.markRequestAsSent(claim.id, claim.type, response)
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const device = await this.#deviceOf(to)
    const content = await device.encryptToDeviceEvent('example.message', { body: Buffer.from(plaintext).toString('base64') })
    return { type: 2, bytes: Buffer.from(content) }
  }

  async decrypt(from: Address, { bytes }: Message): Promise<Uint8Array> {
    const [event] = await this.receive(from, JSON.parse(Buffer.from(bytes).toString()))
    if (!(event instanceof matrix.DecryptedToDeviceEvent)) throw new Error('not decrypted')
    const { content } = JSON.parse(event.rawEvent) as { content: { body: string } }
    return Buffer.from(content.body, 'base64')
  }

  receive(from: Address, content: unknown): Promise<matrix.ProcessedToDeviceEvent[]> {
    const events = JSON.stringify([{ type: 'm.room.encrypted', sender: userOf(from), content }])
    const counts = new Map([['signed_curve25519', 50]])
    return this.machine.receiveSyncChanges(events, new matrix.DeviceLists(), counts, undefined, untrusted())
  }

  async sessionRecord(): Promise<undefined> {
    return undefined
  }

  close(): void {
    this.machine.close()
  }

  async #deviceOf(peer: Address): Promise<matrix.Device> {
    const known = this.#devices.get(userOf(peer))
    if (known) return known
    const get = () => this.machine.getDevice(new matrix.UserId(userOf(peer)), new matrix.DeviceId(deviceOf(peer)))
    let device = await get()
    if (!device) {
      await this.#query([peer])
      device = await get()
    }
    if (!device) throw new Error('no such device')
    this.#devices.set(userOf(peer), device)
    return device
  }

  async #query(peers: readonly Address[]): Promise<void> {
    const query = this.machine.queryKeysForUsers(peers.map((peer) => new matrix.UserId(userOf(peer))))
    const keys = peers.map((peer) => [userOf(peer), { [deviceOf(peer)]: published.get(userOf(peer)) }] as const)
    await this.machine.markRequestAsSent(query.id, query.type, JSON.stringify({ device_keys: Object.fromEntries(keys), failures: {} }))
  }

  /** Tells that no one-time key is left, and publishes what the machine then makes. */
  async #upload(): Promise<void> {
    const counts = new Map([['signed_curve25519', 0]])
    await this.machine.receiveSyncChanges('[]', new matrix.DeviceLists(), counts, undefined, untrusted())
    const upload = (await this.machine.outgoingRequests()).find(({ type }) => type === matrix.RequestType.KeysUpload)
    if (!(upload instanceof matrix.KeysUploadRequest)) throw new Error('no keys to upload')
    const { one_time_keys } = JSON.parse(upload.body) as { one_time_keys: { [id: string]: unknown } }
    this.#oneTimeKeys.push(...Object.entries(one_time_keys))
    await this.machine.markRequestAsSent(upload.id, upload.type, JSON.stringify({ one_time_key_counts: { signed_curve25519: 50 } }))
  }
}

function untrusted(): matrix.DecryptionSettings {
  return new matrix.DecryptionSettings(matrix.TrustRequirement.Untrusted)
}

class Room implements Group {
  readonly #founder: OlmAccount
  readonly #reader: OlmAccount
  readonly #members: readonly Address[]
  #id = ''
  #forReader: unknown

  constructor(founder: OlmAccount, reader: OlmAccount, members: readonly Address[]) {
    this.#founder = founder
    this.#reader = reader
    this.#members = members
  }

  async create(): Promise<number> {
    const { machine } = this.#founder
    const settings = new matrix.EncryptionSettings()
    settings.sharingStrategy = matrix.CollectStrategy.allDevices()
    this.#id = `!${crypto.randomUUID()}:example.org`
    const users = this.#members.map((member) => new matrix.UserId(userOf(member)))
    const requests = await machine.shareRoomKey(new matrix.RoomId(this.#id), users, settings)
    for (const { id, type, body } of requests) {
      const { messages } = JSON.parse(body) as { messages: { [user: string]: { [device: string]: unknown } } }
      this.#forReader = messages[userOf(this.#reader.address)]?.[deviceOf(this.#reader.address)] ?? this.#forReader
      await machine.markRequestAsSent(id, type, '{}')
    }
    return requests.reduce((sum, { body }) => sum + body.length, 0)
  }

  async join(): Promise<void> {
    await this.#reader.receive(this.#founder.address, this.#forReader)
  }

  async encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    const content = JSON.stringify({ body: Buffer.from(plaintext).toString('base64') })
    return Buffer.from(await this.#founder.machine.encryptRoomEvent(new matrix.RoomId(this.#id), 'example.message', content))
  }

  async decrypt(body: Uint8Array): Promise<Uint8Array> {
    const event = JSON.stringify({
      type: 'm.room.encrypted',
      event_id: `$${crypto.randomUUID()}`,
      sender: userOf(this.#founder.address),
      origin_server_ts: 1,
      room_id: this.#id,
      content: JSON.parse(Buffer.from(body).toString()),
    })
    const decrypted = await this.#reader.machine.decryptRoomEvent(event, new matrix.RoomId(this.#id), untrusted())
    const { content } = JSON.parse(decrypted.event) as { content: { body: string } }
    return Buffer.from(content.body, 'base64')
  }
}
