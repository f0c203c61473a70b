/**
 * Sealed messages whose content and certificates the harness makes itself, so that they are wrong under a right signature and a right seal;
 * the newest release and bisik open them and judge the certificate. Knows their fields, no rule.
 */
import { randomUUID } from 'node:crypto'
import { generateKeyPair } from '../../src/crypto/dh.js'
import type { IdentityKey, IdentityKeyPair } from '../../src/crypto/keys.js'
import { expose } from '../../src/crypto/secret.js'
import { epochMillis, isBisikError, type RandomSource } from '../../src/index.js'
import { parseIdentityKey, sealForMany, sealForOne, sign, unseal, validateCertificate } from '../../src/protocol/index.js'
import { canonicalUser } from '../../src/wire/address.js'
import type { SenderCertificate } from '../../src/wire/certificate.js'
import * as codec from '../../src/wire/protobuf.js'
import { parseSealedMessage } from '../../src/wire/sealed-message.js'
import { parseSentMessage } from '../../src/wire/sent-message.js'
import { seededRandom } from '../support/random.js'
import { type Classes, excerpt } from './differential-formats.js'
import { Judge } from './differential-judge.js'
import { mutate, pick } from './differential-mutations.js'
import { Library } from './libsignal-api.js'
import { SEALING_VERSION } from './libsignal-sealer.js'
import { openShelves, openStores } from './libsignal-stores.js'
import type { Dice } from './random.js'

/** Judges so many sealed messages. */
export async function judgeSealed(api: Classes, dice: Dice, cases: number): Promise<string> {
  const judge = new Judge()
  const random = seededRandom(String(dice.below(2 ** 31)))
  const [root, server, stranger, sender, recipient] = [0, 1, 2, 3, 4].map(() => ownKeys(random)) as [Keys, Keys, Keys, Keys, Keys]
  const library = new Library(api, SEALING_VERSION, false)
  const { privateKey } = recipient
  const identity = new api.IdentityKeyPair(
    api.PublicKey.deserialize(recipient.publicKey),
    api.PrivateKey.deserialize(Uint8Array.from(expose(privateKey))),
  )
  const stores = openStores(library, { ...openShelves(library, undefined), identity })
  const now = Date.now()
  for (let i = 0; i < cases; i++) {
    const { names, content } = spoiledContent({ root, server, stranger, sender }, now, dice, random)
    const one = dice.chance(0.5)
    const whole = one
      ? sealForOne(content, { ourIdentity: sender, theirIdentity: recipient.publicKey }, random)
      : sealedForMany(content, sender, recipient, random)
    const spoiled = dice.chance(0.2) ? mutate({ bytes: whole, before: one ? 1 : whole.length, after: 0 }, dice) : { name: '', bytes: whole }
    const body = Uint8Array.from(spoiled.bytes)
    await judge.ask(
      `${[...names, spoiled.name].join(', ')}: ${excerpt(body)}`,
      async () => {
        const opened = await api.sealedSenderDecryptToUsmc(body, stores.identities)
        const certificate = opened.senderCertificate()
        const valid = certificate.validate(api.PublicKey.deserialize(root.publicKey), now)
        // As it is written there; here, a service id is in its canonical form.
        const user = canonicalUser(certificate.senderUuid())
        return [opened.contents(), opened.contentHint(), user, certificate.senderDeviceId(), valid]
      },
      () => {
        const { body: contents, contentHint, certificate } = unseal(parseSealedMessage(body), recipient)
        const hint = typeof contentHint === 'number' ? contentHint : ['default', 'resendable', 'implicit'].indexOf(contentHint)
        return [contents, hint, certificate.sender.user, certificate.sender.device, isValid(certificate, root.publicKey, now)]
      },
    )
  }
  return judge.summary()
}

type Keys = IdentityKeyPair

function ownKeys(random: RandomSource): Keys {
  const pair = generateKeyPair(random)
  return { ...pair, publicKey: parseIdentityKey(pair.publicKey) }
}

function spoiledContent(
  { root, server, stranger, sender }: Readonly<Record<'root' | 'server' | 'stranger' | 'sender', Keys>>,
  now: number,
  dice: Dice,
  random: RandomSource,
): { readonly names: string[]; readonly content: Uint8Array } {
  const names: string[] = []
  const spoil = (share: number, what: string, bytes: Uint8Array): Uint8Array => {
    if (!dice.chance(share)) return bytes
    const spoiled = mutate({ bytes, before: 0, after: 0 }, dice)
    names.push(`${what}: ${spoiled.name}`)
    return spoiled.bytes
  }
  const certified = (certificate: Uint8Array, by: Keys) =>
    codec.certificate.encode({ certificate, signature: sign(by.privateKey, certificate, random) })
  const id = pick([1, 1, 1, 0, 0xdead_c357, 0x7357_c357], dice)
  const issuer = certified(
    spoil(0.05, 'server', codec.serverCertificate.encode({ id, key: server.publicKey })),
    dice.chance(0.05) ? stranger : root,
  )
  const claims = codec.senderCertificate.encode({
    device: dice.chance(0.05) ? pick([0, 127, 128], dice) : 3,
    expiration: now + (dice.chance(0.1) ? -1 : 0),
    identityKey: dice.chance(0.05) ? stranger.publicKey : sender.publicKey,
    user: pick([randomUUID(), randomUUID().toUpperCase(), 'alice', `PNI:${randomUUID()}`], dice),
    signer: spoil(0.03, 'server certificate', issuer),
  })
  const certificate = certified(spoil(0.1, 'sender', claims), dice.chance(0.05) ? stranger : server)
  const content = codec.sealedContent.encode({
    type: dice.chance(0.05) ? pick([0, 2, 3, 7, 8, 9], dice) : 1,
    certificate: spoil(0.04, 'certificate', certificate),
    content: dice.bytes(20),
    contentHint: pick([null, 1, 2, 3, 77], dice),
    groupId: pick([null, dice.bytes(32)], dice),
  })
  return { names, content: Uint8Array.from(spoil(0.1, 'content', content)) }
}

function sealedForMany(content: Uint8Array, sender: Keys, recipient: Keys, random: RandomSource): Uint8Array {
  const destinations = [{ address: { user: randomUUID(), device: 1 }, registrationId: 1, identityKey: recipient.publicKey }]
  const [only] = parseSentMessage(sealForMany(content, { ourIdentity: sender, destinations, excluded: [] }, random)).recipients()
  if (only === undefined) throw new Error('sealed for nobody')
  return only.message
}

function isValid(certificate: SenderCertificate, root: IdentityKey, now: number): boolean {
  try {
    return validateCertificate(certificate, { trustRoots: [root], now: epochMillis(now) }) !== undefined
  } catch (error) {
    if (isBisikError(error, 'certificate-untrusted') || isBisikError(error, 'certificate-expired')) return false
    throw error
  }
}
