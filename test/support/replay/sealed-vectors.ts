/**
 * Sealed sender: what libsignal sealed must come out byte for byte with its entropy, open here, and be refused where libsignal refuses.
 * Knows the shape of libsignal's files; the conversation inside is replayed by a {@link Party}.
 */
import { type Bytes, concatBytes, toHex } from '../../../src/bytes.js'
import { keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { type EcPublicKey, type IdentityKeyPair, parseEcPublicKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { epochMillis, type RandomSource } from '../../../src/env.js'
import { isBisikError } from '../../../src/errors.js'
import {
  issueSenderCertificate,
  issueServerCertificate,
  refuseSelfSend,
  validateCertificate,
} from '../../../src/protocol/sealed/certificates.js'
import { sealForMany, sealForOne, unseal } from '../../../src/protocol/sealed/sealed-sender.js'
import { parseSenderCertificate, parseServerCertificate } from '../../../src/wire/certificate.js'
import { parseSealedContent, parseSealedMessage, type SealedContent, serializeSealedContent } from '../../../src/wire/sealed-message.js'
import { parseSentMessage } from '../../../src/wire/sent-message.js'
import { recordedRandom, seededRandom } from '../random.js'
import { hex } from './files.js'
import { answer } from './key-vectors.js'
import { addressOf, Party } from './party.js'
import { profileOf } from './profiles.js'
import { isSameRefusal } from './refusals.js'
import { type FileReport, Mismatch, same } from './report.js'
import { refusalOf } from './steps.js'
import type { Expectation, RecordedParty } from './transcript.js'

interface Content {
  readonly msgType: number
  readonly contentHint: number
  readonly groupId: string | null
  readonly contents: string
  readonly senderUuid: string
  readonly senderDeviceId: number
}

interface Opened {
  readonly plaintext: string
  readonly senderUuid: string
  readonly senderE164: string | null
  readonly deviceId: number
}

type Answer<T> = { readonly expect: 'ok'; readonly value: T } | Extract<Expectation, { readonly expect: 'error' }>

interface Roots {
  readonly trustRoot: Pair
  readonly otherRoot: Pair
  readonly server: Pair
}

interface Pair {
  readonly private: string
  readonly public: string
}

interface Certificate {
  readonly bytes: string
  readonly certificate: string
  readonly signature: string
  readonly entropy: readonly string[]
  readonly senderUuid: string
  readonly senderE164: string | null
  readonly senderDeviceId: number
  readonly key: string
  readonly expiration: number
  readonly serverCertificate: string
}

interface SealedForOneFile {
  readonly generator: { readonly version: string }
  readonly now: number
  readonly roots: Roots
  readonly serverCertificate: { readonly bytes: string; readonly keyId: number; readonly entropy: readonly string[] }
  readonly certificates: Readonly<Record<string, Certificate>>
  readonly certificateValidation: readonly {
    readonly cert: string
    readonly when: string
    readonly time: number
    readonly valid: boolean
    readonly validOtherRoot: boolean
    readonly validEither: boolean
    readonly validNoRoots: Answer<boolean>
  }[]
  readonly certificateParse: readonly ({ readonly what: string; readonly kind: string; readonly bytes: string } & Answer<boolean>)[]
  readonly alice: RecordedParty
  readonly bob: RecordedParty
  readonly messages: readonly {
    readonly innerType: number
    readonly inner: string
    readonly contentHint: number
    readonly groupId: string | null
    readonly usmc: string
    readonly entropy: readonly string[]
    readonly sealed: string
    readonly decryptedToUsmc: Content
    readonly decryptMessage: Answer<Opened> | null
  }[]
  readonly negative: readonly {
    readonly kind: string
    readonly bytes: string
    readonly opts?: {
      readonly time?: number
      readonly root?: string
      readonly uuid?: string
      readonly dev?: number
      readonly e164?: string
    }
    readonly otherIdentityPrivate?: string
    readonly usmc: Answer<boolean>
    readonly full?: Answer<Opened>
  }[]
}

/** Certificates, messages for one recipient, and both spoiled. */
export async function replaySealedForOne(file: SealedForOneFile, report: FileReport): Promise<void> {
  await replayCertificates(file, report)
  const bob = await Party.create(file.bob, profileOf(file.generator.version), { random: seededRandom('sealed') })
  for (const [i, message] of file.messages.entries()) {
    await report.check(`messages ${i}: content`, () => {
      const { certificate } = parseSealedContent(hex(message.usmc))
      const content = serializeSealedContent({
        kind: kindOf(message.innerType),
        certificate: certificate.serialized,
        body: hex(message.inner),
        contentHint: message.contentHint,
        groupId: hex(message.groupId ?? ''),
      })
      same('content', toHex(content), message.usmc)
    })
    await report.check(`messages ${i}: seal`, () => {
      const random = recordedRandom(...message.entropy.map(hex))
      const ends = { ourIdentity: identityOf(file.alice), theirIdentity: identityOf(file.bob).publicKey }
      same('sealed', toHex(sealForOne(hex(message.usmc), ends, random)), message.sealed)
      same('entropy left', random.remaining(), 0)
    })
    await report.check(`messages ${i}: unseal`, () => {
      same('content', contentOf(unseal(parseSealedMessage(hex(message.sealed)), identityOf(file.bob))), message.decryptedToUsmc)
    })
    const recorded = message.decryptMessage
    if (recorded === null) continue
    await report.check(`messages ${i}: decrypt`, () => {
      bob.at(file.now)
      const open = async () => openedBy(bob, hex(message.sealed), { root: hex(file.roots.trustRoot.public) })
      return answerLater(recorded, open)
    })
  }
  for (const [i, negative] of file.negative.entries()) {
    const { kind, bytes, opts = {}, usmc, full } = negative
    await report.check(`negative ${i} (${kind}): unseal`, () => {
      const identity = negative.otherIdentityPrivate === undefined ? identityOf(file.bob) : ownIdentity(negative.otherIdentityPrivate)
      return answer(usmc, () => unseal(parseSealedMessage(hex(bytes)), identity) !== undefined, true)
    })
    if (full === undefined) continue
    await report.check(`negative ${i} (${kind}): decrypt`, async () => {
      const recipient = { ...file.bob, name: opts.uuid ?? file.bob.name, deviceId: opts.dev ?? file.bob.deviceId }
      const party = await Party.create(recipient, profileOf(file.generator.version), { random: seededRandom(kind) })
      party.at(opts.time ?? file.now)
      // Libsignal believes every device by itself; here, another device of one's own user must be accepted first.
      const isOwnUser = recipient.name === file.alice.name && recipient.deviceId !== file.alice.deviceId
      if (isOwnUser) await party.accept(addressOf(file.alice), identityOf(file.alice).publicKey)
      const before = await party.records()
      const options = { root: hex(opts.root ?? file.roots.trustRoot.public), phoneNumber: opts.e164 }
      await answerLater(full, () => openedBy(party, hex(bytes), options))
      if (full.expect === 'error') same('records', await party.records(), before)
    })
  }
}

async function replayCertificates(file: SealedForOneFile, report: FileReport): Promise<void> {
  const { roots, serverCertificate } = file
  await report.check('serverCertificate', () => {
    const random = recordedRandom(...serverCertificate.entropy.map(hex))
    const fields = { id: serverCertificate.keyId, key: parseEcPublicKey(hex(roots.server.public)) }
    same(
      'certificate',
      toHex(issueServerCertificate(fields, ownIdentity(roots.trustRoot.private).privateKey, random)),
      serverCertificate.bytes,
    )
  })
  for (const [name, recorded] of Object.entries(file.certificates)) {
    await report.check(`certificates ${name}: fields`, () => {
      const { sender, phoneNumber, identityKey, expiration, signer, signed, signature } = parseSenderCertificate(hex(recorded.bytes))
      same(
        'fields',
        [sender.user, sender.device, phoneNumber ?? null, toHex(identityKey), expiration, toHex(signed), toHex(signature)],
        [
          ...[recorded.senderUuid, recorded.senderDeviceId, recorded.senderE164, recorded.key],
          ...[recorded.expiration, recorded.certificate, recorded.signature],
        ],
      )
      same('signer', typeof signer === 'number' ? signer : toHex(signer.serialized), recorded.serverCertificate)
    })
    // Of others the file does not have the server's private key.
    if (recorded.serverCertificate !== serverCertificate.bytes || name === 'wrongSigner') continue
    await report.check(`certificates ${name}: issue`, () => {
      const random = recordedRandom(hex(recorded.entropy.at(-1) ?? ''))
      const issued = issueSenderCertificate(
        {
          sender: { user: recorded.senderUuid, device: recorded.senderDeviceId },
          phoneNumber: recorded.senderE164 ?? undefined,
          identityKey: parseIdentityKey(hex(recorded.key)),
          expiration: epochMillis(recorded.expiration),
          signer: hex(recorded.serverCertificate),
        },
        ownIdentity(roots.server.private).privateKey,
        random,
      )
      same('certificate', toHex(issued), recorded.bytes)
    })
  }
  for (const { cert, when, time, valid, validOtherRoot, validEither, validNoRoots } of file.certificateValidation) {
    await report.check(`certificateValidation ${cert} ${when}`, () => {
      const bytes = hex(file.certificates[cert]?.bytes ?? '')
      const [root, other] = [parseEcPublicKey(hex(roots.trustRoot.public)), parseEcPublicKey(hex(roots.otherRoot.public))]
      const verdicts = [[root], [other], [root, other], []].map((trustRoots) => isValid(bytes, trustRoots, time))
      same('verdicts', verdicts, [valid, validOtherRoot, validEither, validNoRoots.expect === 'ok' && validNoRoots.value])
    })
  }
  for (const { what, kind, bytes, ...expected } of file.certificateParse) {
    await report.check(`certificateParse ${what} ${kind}`, async () => {
      const validates = what.endsWith('+validate')
      const parse = what.startsWith('ServerCertificate') ? parseServerCertificate : parseSenderCertificate
      if (expected.expect === 'ok' && !expected.value) {
        const refusal = await refusalOf(() => parse(hex(bytes)))
        if (refusal?.code === 'malformed-message' && refusal.details.reason === 'a time beyond 2^53') return 'certificate-time'
      }
      const value = expected.expect === 'ok' ? expected.value : undefined
      const root = parseEcPublicKey(hex(roots.trustRoot.public))
      return answer(
        expected,
        () => (validates ? parse(hex(bytes)) && isValid(hex(bytes), [root], file.now) : parse(hex(bytes)) !== undefined),
        value,
      )
    })
  }
}

interface SealedForManyFile {
  readonly messages: readonly {
    readonly senderIdentityPrivate: string
    readonly usmc: string
    readonly entropy: readonly string[]
    readonly excluded: readonly string[]
    readonly recipients: readonly {
      readonly name: string
      readonly deviceId: number
      readonly registrationId: number
      readonly identityPrivate: string
      readonly identityPublic: string
    }[]
    readonly sent: string
    readonly perRecipient: readonly {
      readonly serviceId: string
      readonly deviceIds: readonly number[]
      readonly registrationIds: readonly number[]
      readonly received: string
      readonly usmc: Content
    }[]
    readonly forSingleRecipient?: Answer<string>
  }[]
  readonly negative: readonly ({
    readonly what: string
    readonly kind: string
    readonly bytes: string
    readonly identityPrivate?: string
  } & Answer<{ readonly recipients: readonly string[]; readonly excluded: readonly string[] } & Content>)[]
}

/** Messages for many recipients: as sent, split, received, and spoiled. */
export async function replaySealedForMany(file: SealedForManyFile, report: FileReport): Promise<void> {
  for (const [i, message] of file.messages.entries()) {
    await report.check(`messages ${i}: seal`, () => {
      const random = byteByByte(message.entropy)
      const destinations = message.recipients.map(({ name, deviceId, registrationId, identityPublic }) => ({
        address: { user: name, device: deviceId },
        registrationId,
        identityKey: parseIdentityKey(hex(identityPublic)),
      }))
      const options = { ourIdentity: ownIdentity(message.senderIdentityPrivate), destinations, excluded: message.excluded }
      same('sent', toHex(sealForMany(hex(message.usmc), options, random)), message.sent)
    })
    await report.check(`messages ${i}: split`, () => {
      const sent = parseSentMessage(hex(message.sent))
      const split = [...sent.recipients()]
      same('excluded', [...sent.excluded()], message.excluded)
      same('count', sent.recipientCount, message.perRecipient.length)
      const recorded = message.perRecipient.map(({ serviceId, deviceIds, registrationIds, received }) => [
        ...[serviceId, deviceIds, registrationIds, received],
      ])
      same(
        'recipients',
        split.map(({ user, devices, message }) => [
          user,
          devices.map(({ device }) => device),
          devices.map(({ registrationId }) => registrationId),
          toHex(message),
        ]),
        recorded,
      )
      if (message.forSingleRecipient?.expect === 'ok')
        same(
          'for one',
          split.map((one) => toHex(one.message)),
          [message.forSingleRecipient.value],
        )
    })
    for (const { serviceId, deviceIds, received, usmc } of message.perRecipient) {
      const recipient = message.recipients.find(({ name, deviceId }) => name === serviceId && deviceIds.includes(deviceId))
      await report.check(`messages ${i}: unseal by ${serviceId}`, () => {
        if (recipient === undefined) throw new Mismatch('its keys are not in the file')
        same('content', contentOf(unseal(parseSealedMessage(hex(received)), ownIdentity(recipient.identityPrivate))), usmc)
      })
    }
  }
  for (const [i, { what, kind, bytes, identityPrivate, ...expected }] of file.negative.entries()) {
    await report.check(`negative ${i} (${what}, ${kind})`, async () => {
      const value = expected.expect === 'ok' ? expected.value : undefined
      if (identityPrivate !== undefined) {
        return answer(expected, () => contentOf(unseal(parseSealedMessage(hex(bytes)), ownIdentity(identityPrivate))), value)
      }
      const parse = () => {
        const sent = parseSentMessage(hex(bytes))
        return { recipients: [...sent.recipients()].map(({ user }) => user), excluded: [...sent.excluded()] }
      }
      const reason = expected.expect === 'ok' ? (await refusalOf(parse))?.details : undefined
      return (reason && DECLARED.get(String('reason' in reason && reason.reason))) ?? answer(expected, parse, value)
    })
  }
}

/** Why bisik refuses what libsignal splits, and the deviation that says so. */
const DECLARED: ReadonlyMap<string, string> = new Map([
  ['the number of recipients is not in its shortest form', 'sealed-recipient-count'],
  ['a device is there twice', 'sealed-recipients'],
])

const KINDS = { 1: 'pre-key', 3: 'pre-key', 2: 'ratchet', 7: 'sender-key', 8: 'plaintext' } as const
const HINTS: readonly unknown[] = ['default', 'resendable', 'implicit']

function kindOf(type: number) {
  const kind = KINDS[type as keyof typeof KINDS]
  if (kind === undefined) throw new Mismatch(`there is no message of type ${type}`)
  return kind
}

/** Content in the words of the file. */
function contentOf({ kind, certificate, body, contentHint, groupId }: SealedContent): Content {
  return {
    msgType: { 'pre-key': 3, ratchet: 2, 'sender-key': 7, plaintext: 8 }[kind],
    contentHint: typeof contentHint === 'number' ? contentHint : HINTS.indexOf(contentHint),
    groupId: groupId === undefined ? null : toHex(groupId),
    contents: toHex(body),
    senderUuid: certificate.sender.user,
    senderDeviceId: certificate.sender.device,
  }
}

async function openedBy(
  party: Party,
  sealed: Bytes,
  o: { readonly root: Bytes; readonly phoneNumber?: string | undefined },
): Promise<Opened> {
  // A client has no phone number, so this comparison is the protocol's alone.
  const { certificate: claimed } = unseal(parseSealedMessage(sealed), party.identity)
  if (o.phoneNumber !== undefined) refuseSelfSend(claimed, { address: party.address, phoneNumber: o.phoneNumber })
  const { received, certificate } = await party.decryptSealed(sealed, parseEcPublicKey(o.root))
  const { sender, phoneNumber } = certificate
  return { plaintext: toHex(received.plaintext), senderUuid: sender.user, senderE164: phoneNumber ?? null, deviceId: sender.device }
}

/** As `answer`, for an operation that takes time. */
async function answerLater(expected: Answer<Opened>, open: () => Promise<Opened>): Promise<undefined> {
  let opened: Opened | undefined
  const refusal = await refusalOf(async () => {
    opened = await open()
  })
  if (expected.expect === 'ok') {
    if (refusal !== undefined) throw refusal
    same('opened', opened, expected.value)
  } else if (refusal === undefined) throw new Mismatch(`not refused, recorded "${expected.error.message}"`)
  else if (!isSameRefusal(refusal, expected.error)) throw new Mismatch(`refused with ${refusal.code}, recorded "${expected.error.message}"`)
}

function isValid(bytes: Bytes, trustRoots: readonly EcPublicKey[], now: number): boolean {
  try {
    return validateCertificate(parseSenderCertificate(bytes), { trustRoots, now: epochMillis(now) }) !== undefined
  } catch (error) {
    if (isBisikError(error, 'certificate-untrusted') || isBisikError(error, 'certificate-expired')) return false
    throw error
  }
}

function identityOf({ identityPrivate }: RecordedParty): IdentityKeyPair {
  return ownIdentity(identityPrivate)
}

function ownIdentity(privateKey: string): IdentityKeyPair {
  const pair = keyPairFromPrivateKey(hex(privateKey))
  return { ...pair, publicKey: parseIdentityKey(pair.publicKey) }
}

/** An array drawn byte by byte: of each entry of four bytes only the first counts. */
function byteByByte(entropy: readonly string[]): RandomSource {
  return recordedRandom(concatBytes(...entropy.map((entry) => hex(entry).subarray(0, 1))))
}
