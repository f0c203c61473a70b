/**
 * Every format that strangers' bytes come in, as libsignal writes it, and what either side reads in it. Knows the names of both sides'
 * parsers, no rule. Records are not here: nobody alters them but their owner.
 */
import { randomUUID } from 'node:crypto'
import { concatBytes, toHex } from '../../src/bytes.js'
import { kemKeyPairFromSecretKey } from '../../src/crypto/kem/kem.js'
import { expose } from '../../src/crypto/secret.js'
import { compareScannable, keyPairFromPrivateKey, parseEcPublicKey, parseKemPublicKey } from '../../src/protocol/index.js'
import { canonicalUser } from '../../src/wire/address.js'
import { parseSenderCertificate, parseServerCertificate } from '../../src/wire/certificate.js'
import { parseDecryptionErrorMessage } from '../../src/wire/decryption-error-message.js'
import { extractDecryptionError, parsePlaintextContent } from '../../src/wire/plaintext-content.js'
import { parsePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { parseSealedContent, type SealedContent } from '../../src/wire/sealed-message.js'
import { parseSenderKeyDistribution, parseSenderKeyMessage } from '../../src/wire/sender-key-message.js'
import { parseSentMessage } from '../../src/wire/sent-message.js'
import { parseSignalMessage } from '../../src/wire/signal-message.js'
import type { Material } from './differential-mutations.js'
import type { Codec, IdentityKeyPair, Maker, PrivateKey, PublicKey, Serializable } from './libsignal-api.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { issuedByLibsignal, LibsignalSealer, plain, type RetryApi, SEALING_VERSION, type SealingApi } from './libsignal-sealer.js'

/** One format: bytes of it, and what each side reads. */
export interface Format {
  readonly name: string
  readonly material: readonly Material[]
  theirs(bytes: Bytes): unknown
  ours(bytes: Bytes): unknown
}

type Bytes = Uint8Array<ArrayBuffer>
type Parsed = { readonly [getter: string]: () => unknown }
type Scannable = { compare(other: object): boolean; toBuffer(): Uint8Array }

/** Classes of the release by name. */
export type Classes = Omit<SealingApi, 'IdentityKeyPair' | 'KEMKeyPair' | 'sealedSenderDecryptToUsmc'> &
  RetryApi & {
    readonly IdentityKeyPair: SealingApi['IdentityKeyPair'] & (new (publicKey: PublicKey, privateKey: PrivateKey) => IdentityKeyPair)
    sealedSenderDecryptToUsmc(message: Uint8Array, identities: object): Promise<Unsealed>
    readonly Fingerprint: Maker<{ scannableFingerprint(): Scannable }>
    readonly ScannableFingerprint: { _fromBuffer(bytes: Uint8Array): object }
    readonly KEMSecretKey: Codec<Serializable>
    readonly KEMKeyPair: { generate(): { getPublicKey(): Serializable; getSecretKey(): Serializable } }
  }

interface Unsealed {
  contents(): Uint8Array
  msgType(): number
  groupId(): Uint8Array | null
  contentHint(): number
  senderCertificate(): {
    senderUuid(): string
    senderDeviceId(): number
    validate(trustRoot: PublicKey, time: number): boolean
  }
}

interface SentMessage {
  recipientsByServiceIdString(): Readonly<Record<string, { readonly deviceIds: number[]; readonly registrationIds: number[] }>>
  messageForRecipient(recipient: object): Uint8Array
  excludedRecipientServiceIdStrings(): readonly string[]
}

const KINDS: Readonly<Record<SealedContent['kind'], number>> = { 'pre-key': 3, ratchet: 2, 'sender-key': 7, plaintext: 8 }
const HINTS: readonly unknown[] = ['default', 'resendable', 'implicit']

/** Makes fresh material with the release, and pairs the parsers. */
export async function formatsOf(api: Classes): Promise<readonly Format[]> {
  const read =
    (name: string, ...getters: readonly string[]) =>
    (bytes: Bytes): unknown => {
      const parsed = (api as unknown as Readonly<Record<string, Codec<Parsed>>>)[name]?.deserialize(bytes)
      return getters.map((getter) => parsed?.[getter]?.())
    }
  const sender = await LibsignalSealer.open(api)
  const others = [await LibsignalSealer.open(api), await LibsignalSealer.open(api)] as const
  for (const other of others) await sender.startSession(other.bundle)
  const { first, inner } = await sessionMessages(api)
  const distribution = await sender.distribute(randomUUID())
  const { distribution: id } = parseSenderKeyDistribution(distribution)
  const groupMessage = await sender.encryptForGroup(id, Buffer.from('to all'))
  const certificate = await issuedByLibsignal(api, Date.now() + 86_400_000).certify(sender.address, sender.identityKey)
  const { signer } = parseSenderCertificate(certificate)
  if (typeof signer === 'number') throw new TypeError('the certificate names its signer only')
  const content = api.UnidentifiedSenderMessageContent.new(
    ...[groupMessage, api.SenderCertificate.deserialize(certificate), 1, Buffer.from('a group')],
  )
  const to = others.map(({ address }) => address)
  const sent = await sender.sealForMany(groupMessage, to, { certificate, contentHint: 1, excluded: [randomUUID()] })
  const request = api.DecryptionErrorMessage.forOriginal(first, 3, 45, 7)
  const plaintext = api.PlaintextContent.from(request)
  const [ours, theirs] = [api.PrivateKey.generate(), api.PrivateKey.generate()]
  const numbers = (local: typeof ours, remote: typeof ours) =>
    api.Fingerprint.new(2, 2, Buffer.from([1]), local.getPublicKey(), Buffer.from([2]), remote.getPublicKey()).scannableFingerprint()
  const [mine, scanned] = [numbers(ours, theirs), numbers(theirs, ours)]
  const kem = api.KEMKeyPair.generate()
  // Not among the exports of the package.
  const { default: Sent } = (await import(`libsignal-${SEALING_VERSION}/dist/SealedSenderMultiRecipientMessage.js`)) as {
    readonly default: new (bytes: Uint8Array) => SentMessage
  }
  const of = (bytes: Uint8Array, before = 0, after = 0): Material => ({ bytes: plain(bytes), before, after })

  return [
    {
      name: 'SignalMessage',
      material: [of(inner, 1, 8)],
      theirs: read('SignalMessage', 'body', 'counter', 'messageVersion', 'pqRatchet'),
      ours: (bytes) => {
        const { ciphertext, counter, version, pqRatchet } = parseSignalMessage(bytes)
        return [ciphertext, counter, version, pqRatchet]
      },
    },
    {
      name: 'PreKeySignalMessage',
      material: [of(first, 1)],
      theirs: read('PreKeySignalMessage', 'preKeyId', 'registrationId', 'signedPreKeyId', 'version'),
      ours: (bytes) => {
        const { preKeyId, registrationId, signedPreKeyId, version } = parsePreKeySignalMessage(bytes)
        return [preKeyId, registrationId, signedPreKeyId, version]
      },
    },
    {
      name: 'SenderKeyMessage',
      material: [of(groupMessage.serialize(), 1, 64)],
      theirs: read('SenderKeyMessage', 'ciphertext', 'iteration', 'chainId', 'distributionId'),
      ours: (bytes) => {
        const message = parseSenderKeyMessage(bytes)
        return [message.ciphertext, message.iteration, message.chainId, message.distribution]
      },
    },
    {
      name: 'SenderKeyDistributionMessage',
      material: [of(distribution, 1)],
      theirs: read('SenderKeyDistributionMessage', 'chainKey', 'iteration', 'chainId', 'distributionId'),
      ours: (bytes) => {
        const message = parseSenderKeyDistribution(bytes)
        return [message.chainKey, message.iteration, message.chainId, message.distribution]
      },
    },
    {
      name: 'ServerCertificate',
      material: [of(signer.serialized)],
      theirs: read('ServerCertificate', 'certificateData', 'keyId', 'key', 'signature'),
      ours: (bytes) => {
        const { signed, id, key, signature } = parseServerCertificate(bytes)
        return [signed, id, key, signature]
      },
    },
    {
      name: 'SenderCertificate',
      material: [of(certificate)],
      theirs: (bytes) => {
        const fields = ['certificate', 'senderUuid', 'senderE164', 'senderDeviceId', 'expiration', 'key', 'signature']
        const [signed, user, ...others] = read('SenderCertificate', ...fields)(bytes) as unknown[]
        // As it is written there; here, a service id is in its canonical form.
        return [signed, canonicalUser(user as string), ...others]
      },
      ours: (bytes) => {
        const { signed, sender, phoneNumber, expiration, identityKey, signature } = parseSenderCertificate(bytes)
        return [signed, sender.user, phoneNumber, sender.device, expiration, identityKey, signature]
      },
    },
    {
      name: 'UnidentifiedSenderMessageContent',
      material: [of(content.serialize())],
      theirs: (bytes) => {
        const fields = read('UnidentifiedSenderMessageContent', 'contents', 'msgType', 'contentHint', 'groupId')(bytes) as unknown[]
        // An empty group id is none.
        return fields.map((field) => (field instanceof Uint8Array && field.length === 0 ? null : field))
      },
      ours: (bytes) => {
        const { body, kind, contentHint, groupId } = parseSealedContent(bytes)
        return [
          body.length === 0 ? null : body,
          KINDS[kind],
          typeof contentHint === 'number' ? contentHint : HINTS.indexOf(contentHint),
          groupId,
        ]
      },
    },
    {
      name: 'SealedSenderMultiRecipientMessage',
      // The second is spoiled among the recipients only.
      material: [of(sent, 1), { bytes: sent, before: 2, after: sent.length - 160 }],
      theirs: (bytes) => {
        const message = new Sent(bytes)
        const recipients = Object.entries(message.recipientsByServiceIdString())
        return [
          sorted(recipients.map(([user, one]) => [user, one.deviceIds, one.registrationIds, message.messageForRecipient(one)])),
          [...message.excludedRecipientServiceIdStrings()],
        ]
      },
      ours: (bytes) => {
        const message = parseSentMessage(bytes)
        const recipients = [...message.recipients()].map((one) => [
          ...[one.user, one.devices.map(({ device }) => device), one.devices.map(({ registrationId }) => registrationId), one.message],
        ])
        return [sorted(recipients), [...message.excluded()]]
      },
    },
    {
      name: 'DecryptionErrorMessage',
      material: [of(request.serialize())],
      theirs: read('DecryptionErrorMessage', 'timestamp', 'deviceId', 'ratchetKey'),
      ours: (bytes) => {
        const { timestamp, device, ratchetKey } = parseDecryptionErrorMessage(bytes)
        return [timestamp, device, ratchetKey]
      },
    },
    {
      name: 'PlaintextContent',
      material: [of(plaintext.serialize(), 1, 1)],
      theirs: read('PlaintextContent', 'body'),
      ours: (bytes) => [parsePlaintextContent(bytes)],
    },
    {
      name: 'a retry request in content',
      material: [of(plaintext.body(), 0, 1)],
      theirs: (bytes) => {
        const extracted = api.DecryptionErrorMessage.extractFromSerializedBody(bytes)
        return [extracted.timestamp(), extracted.deviceId(), extracted.ratchetKey()]
      },
      ours: (bytes) => {
        const { timestamp, device, ratchetKey } = extractDecryptionError(bytes)
        return [timestamp, device, ratchetKey]
      },
    },
    {
      name: 'ScannableFingerprint',
      material: [of(scanned.toBuffer()), of(mine.toBuffer())],
      theirs: (bytes) => mine.compare(api.ScannableFingerprint._fromBuffer(bytes)),
      ours: (bytes) => compareScannable(mine.toBuffer(), bytes),
    },
    {
      name: 'PublicKey',
      material: [of(sender.identityKey, 1)],
      theirs: (bytes) => api.PublicKey.deserialize(bytes),
      ours: parseEcPublicKey,
    },
    {
      name: 'PrivateKey',
      material: [of(ours.serialize())],
      theirs: (bytes) => {
        const key = api.PrivateKey.deserialize(bytes)
        return [key, key.getPublicKey()]
      },
      ours: (bytes) => {
        const { privateKey, publicKey } = keyPairFromPrivateKey(bytes)
        return [expose(privateKey), publicKey]
      },
    },
    {
      name: 'KEMPublicKey',
      material: [of(kem.getPublicKey().serialize(), 1)],
      theirs: (bytes) => api.KEMPublicKey?.deserialize(bytes),
      ours: parseKemPublicKey,
    },
    {
      name: 'KEMSecretKey',
      material: [of(kem.getSecretKey().serialize(), 1)],
      theirs: (bytes) => api.KEMSecretKey.deserialize(bytes),
      ours: (bytes) => expose(kemKeyPairFromSecretKey(bytes).secretKey),
    },
  ]
}

/** A first message, and a message of its session. */
async function sessionMessages(api: Classes): Promise<{ readonly first: Bytes; readonly inner: Bytes }> {
  const peer = new LibsignalPeer(api, SEALING_VERSION)
  const [alice, bob] = [await peer.newAccount({ user: randomUUID(), device: 1 }), await peer.newAccount({ user: randomUUID(), device: 2 })]
  await alice.startSession(await bob.bundle({ oneTime: true, kem: true }))
  const first = plain((await alice.encrypt(bob.address, Buffer.from('hello'))).bytes)
  const { message } = parsePreKeySignalMessage(first)
  return { first, inner: concatBytes(message.authenticated, message.tag) }
}

function sorted(list: readonly unknown[][]): unknown[][] {
  return [...list].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}

/** For the report of a difference. */
export function excerpt(bytes: Uint8Array): string {
  return toHex(bytes.subarray(0, 2000))
}
