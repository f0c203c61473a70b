import { createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromUtf8, utf8 } from '../../src/bytes.js'
import { type Client, type Envelope, parseEnvelope, serializeEnvelope } from '../../src/index.js'
import { type Account, Relay } from '../../src/relay/index.js'
import { MemoryStore } from '../../src/store/index.js'
import { parseContent, parseSenderKeyMessage, serializeContent } from '../../src/wire/index.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { makeTwoTexts, type TwoTexts } from '../support/two-texts.js'
import { party } from '../unit/relay/parties.js'

const DISTRIBUTION = '5d9a8f3e-0000-4000-8000-00000000abcd'
const random = (length: number) => new Uint8Array(randomBytes(length))

/** T of the paper, written down a second time. */
function header(sender: { user: string; device: number }, identity: Uint8Array, of: { sentAt: number; iteration: number }): Buffer {
  const lv = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const numbers = Buffer.alloc(8 + 4 * 3)
  numbers.writeBigUInt64BE(BigInt(of.sentAt))
  numbers.writeUInt32BE(of.iteration, 8)
  const group = Buffer.concat([Buffer.of(2), Buffer.from(DISTRIBUTION.replaceAll('-', ''), 'hex')])
  const head = [Buffer.from('bisik frank header v1\0'), lv(Buffer.from(sender.user)), Buffer.of(sender.device), lv(identity)]
  return Buffer.concat([...head, lv(group), numbers, lv(Buffer.alloc(0)), Buffer.alloc(4)])
}

function commitment(key: Uint8Array, head: Uint8Array, application: Uint8Array): Uint8Array {
  const mac = (under: Uint8Array, ...parts: Uint8Array[]) => createHmac('sha256', under).update(Buffer.concat(parts)).digest()
  const content = mac(key, Buffer.from('bisik frank content v1\0'), application)
  return new Uint8Array(mac(mac(key, Buffer.from('bisik frank commitment v1\0')), head, content))
}

/** Mallory, who gives two members each a key of her own choice. */
async function given(two: TwoTexts) {
  const one = await pair()
  const other = await pair()
  const malice: {
    readonly envelope: Omit<Envelope & { kind: 'sender-key' }, 'commitment'>
    readonly reader: Client
    readonly identity: Uint8Array
  }[] = []
  for (const [i, { alice, bob }] of [one, other].entries()) {
    await bob.decryptContent(await alice.encryptContent(bob.address, { senderKey: two.distributions[i] as Uint8Array }))
    malice.push({
      envelope: { kind: 'sender-key', sender: alice.address, body: two.body as never },
      reader: bob,
      identity: alice.identityKey,
    })
  }
  return malice as [(typeof malice)[0], (typeof malice)[0]]
}

const read = async (reader: Client, envelope: Envelope) => {
  const received = await reader.decryptContent(envelope)
  if (received.kind !== 'content') throw new Error(received.kind)
  return { text: fromUtf8(received.application as Uint8Array), committed: received.committed }
}

describe('row 26: one signed group message, two texts', () => {
  const texts = ['I kill you!', 'see you at6'] as const

  it('row 26: without a commitment both open, and are marked: the message that was found first, 137 bytes', async () => {
    const file = new URL('../vectors/data/two-texts.json', import.meta.url)
    const { body, distributions } = JSON.parse(await readFile(file, 'utf8')) as { body: string; distributions: [string, string] }
    const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
    expect(bytes(body)).toHaveLength(137)
    const malice = await given({ body: bytes(body), distributions: [bytes(distributions[0]), bytes(distributions[1])] })
    for (const [i, { envelope, reader }] of malice.entries())
      expect(await read(reader, envelope)).toEqual({ text: texts[i], committed: false })
  })

  it('row 26: under a commitment exactly one opens; what is refused changes nothing, and is not asked for again', async () => {
    const key = random(32)
    const fields = serializeContent({ frank: { key } })
    const malice = await given(makeTwoTexts({ distribution: DISTRIBUTION, texts, fields }, random as never))
    const [{ envelope, identity, reader: bob }, { envelope: toCarol, identity: seenByCarol, reader: carol }] = malice
    const committed = commitment(key, header(envelope.sender, identity, { sentAt: 0, iteration: 0 }), utf8(texts[0]))
    expect(await read(bob, { ...envelope, commitment: committed as never })).toEqual({ text: texts[0], committed: true })
    for (const head of [
      header(envelope.sender, identity, { sentAt: 0, iteration: 0 }),
      header(toCarol.sender, seenByCarol, { sentAt: 0, iteration: 0 }),
    ]) {
      for (const text of texts) {
        const refused = carol.decryptContent({ ...toCarol, commitment: commitment(key, head, utf8(text)) as never })
        await expect(refused).rejects.toMatchObject({ code: 'frank-mismatch' })
      }
    }
    // Nothing was used up: a true copy may still come.
    expect(await read(carol, toCarol)).toEqual({ text: texts[1], committed: false })
  })
})

async function talk() {
  const { alice, bob } = await pair()
  const group = alice.group(DISTRIBUTION)
  await bob.decryptContent(await alice.encryptContent(bob.address, { senderKey: await group.distribute() }))
  return { alice, bob, group }
}

describe('a group content that commits', () => {
  it('opens, and commits as the paper says', async () => {
    const { alice, bob, group } = await talk()
    for (let i = 0; i < 3; i++) {
      const envelope = parseEnvelope(serializeEnvelope(await group.encryptContent({ application: utf8(`hello ${i}`) })))
      expect(await read(bob, envelope)).toEqual({ text: `hello ${i}`, committed: true })
      expect(parseSenderKeyMessage(envelope.body).iteration).toBe(i)
    }
    const envelope = await group.encryptContent({ application: utf8('bare') })
    const received = await bob.decrypt(envelope)
    if (received.kind !== 'group-message') throw new Error(received.kind)
    expect(received.committed).toBe(true)
    const { frank, sentAt = 0 } = parseContent(received.plaintext)
    const head = header(alice.address, alice.identityKey, { sentAt, iteration: 3 })
    expect(envelope.commitment).toEqual(commitment(frank?.key as Uint8Array, head, utf8('bare')))
  })

  it('is refused by decrypt and decryptContent under any other commitment, and opens under its own afterwards', async () => {
    const { bob, group } = await talk()
    const envelope = await group.encryptContent({ application: utf8('x') })
    const other = await group.encryptContent({ application: utf8('x') })
    for (const wrong of [random(32), other.commitment as Uint8Array]) {
      const altered = { ...envelope, commitment: wrong as never }
      await expect(bob.decrypt(altered)).rejects.toMatchObject({ code: 'frank-mismatch' })
      await expect(bob.decryptContent(altered)).rejects.toMatchObject({ code: 'frank-mismatch' })
    }
    expect((await read(bob, envelope)).committed).toBe(true)
  })

  it('opens without its commitment, marked; and a plaintext that is no content fits none', async () => {
    const { bob, group } = await talk()
    const { commitment: _, ...bare } = await group.encryptContent({ application: utf8('x') })
    expect(await read(bob, bare)).toEqual({ text: 'x', committed: false })
    const raw = await group.encrypt(utf8('no content'))
    await expect(bob.decrypt({ ...raw, commitment: random(32) as never })).rejects.toMatchObject({ code: 'frank-mismatch' })
    expect(await bob.decrypt(raw)).toMatchObject({ committed: false })
  })

  it('commits also under what a later release says beside the key', async () => {
    const { bob, group } = await talk()
    const frank = {
      key: random(32) as never,
      flags: 1,
      lifetime: 60,
      refersTo: random(32) as never,
      media: [{ root: random(32) as never, size: 2 ** 33, chunk: 65_536 }],
    }
    const plaintext = serializeContent({ application: utf8('x'), frank })
    const envelope = await group.encrypt(plaintext)
    await expect(bob.decrypt({ ...envelope, commitment: random(32) as never })).rejects.toMatchObject({ code: 'frank-mismatch' })
    expect(parseContent(plaintext).frank).toEqual({ number: undefined, signature: undefined, ...frank })
  })

  it('comes whole through a relay, named and sealed', async () => {
    const relay = new Relay({ store: new MemoryStore() })
    const [sender, recipient] = [await party(relay), await party(relay)]
    const accessKey = random(16)
    await relay.setAccessKey(recipient.account, accessKey)
    const { group } = await talk()
    const envelope = await group.encryptContent({ application: utf8('x') })
    await relay.send(sender.account, recipient.address, envelope)
    await relay.sendSealed(recipient.address, accessKey, { kind: 'sealed', body: envelope.body, commitment: envelope.commitment })
    const waiting = await relay.messages(recipient.account)
    for (const delivery of waiting) expect(delivery.envelope.commitment).toEqual(envelope.commitment)
    expect(waiting).toHaveLength(2)
  })

  it('comes whole to many, sealed, and opens there', async () => {
    const relay = new Relay({ store: new MemoryStore() })
    const trustRoots = [await relay.trustRoot()]
    const members = await Promise.all([1, 2, 3].map(() => newClient({ trustRoots })))
    const [alice, ...others] = members as [Client, Client, Client]
    const accounts = await Promise.all(
      members.map(({ address, identityKey }) => relay.register({ address, identityKey, token: random(32) })),
    )
    const seal = await relay.senderCertificate(accounts[0] as Account)
    const group = alice.group(DISTRIBUTION)
    const keys = new Map<string, Uint8Array>()
    for (const [i, member] of others.entries()) {
      await alice.startSession(bundleOf(await member.generatePreKeys(1)))
      await member.decryptContent(await alice.encryptContent(member.address, { senderKey: await group.distribute() }))
      keys.set(member.address.user, random(16))
      await relay.setAccessKey(accounts[i + 1] as Account, keys.get(member.address.user) as Uint8Array)
    }
    const message = await group.encryptContent({ application: utf8('to all') })
    const many = await alice.sealForMany(
      message,
      others.map(({ address }) => address),
      { seal },
    )
    expect(many.commitment).toEqual(message.commitment)
    await relay.sendToMany(many, keys, { commitment: many.commitment })
    for (const [i, member] of others.entries()) {
      const [delivery] = await relay.messages(accounts[i + 1] as Account)
      expect(await read(member, delivery?.envelope as Envelope)).toEqual({ text: 'to all', committed: true })
      const stripped = { ...(delivery?.envelope as Envelope), commitment: random(32) as never }
      await expect(member.decryptContent(stripped)).rejects.toMatchObject({
        code: expect.stringMatching(/frank-mismatch|duplicate-message/),
      })
    }
  })

  it('has a commitment of 32 bytes, or is refused by name', async () => {
    const { bob, group } = await talk()
    const envelope = await group.encryptContent({ application: utf8('x') })
    for (const length of [0, 31, 33]) {
      const wrong = { ...envelope, commitment: random(length) as never }
      expect(() => serializeEnvelope(wrong)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
      await expect(bob.decrypt(wrong)).rejects.toMatchObject({ code: 'invalid-argument' })
      const bytes = concatBytes(serializeEnvelope({ ...envelope, commitment: undefined }), Uint8Array.of(0x2a, length), random(length))
      expect(() => parseEnvelope(bytes)).toThrow(expect.objectContaining({ code: 'malformed-message' }))
    }
    await expect(group.encryptContent({} as never)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})
