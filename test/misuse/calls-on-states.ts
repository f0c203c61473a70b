/**
 * The calls of `bisik/protocol` that take what other calls make: a part of the table in `public-surface.ts`. Of a state only the field is
 * looked at that tells it from other objects: they run for every message.
 */
import { generateKeyPair } from '../../src/crypto/dh.js'
import { epochMillis, systemRandom } from '../../src/env.js'
import { utf8 } from '../../src/index.js'
import * as protocol from '../../src/protocol/index.js'
import { parseSenderCertificate } from '../../src/wire/certificate.js'
import * as wire from '../../src/wire/index.js'
import { answering } from '../support/opening.js'
import { bytes, called, choice, count, flag, fn, instance, type Kind, limit, list, maybe, object, state, text, uuid } from './kinds.js'

const local = { user: 'a97a0b6c-e551-4f03-876a-f7e1e7e21370', device: 1 }
const remote = { user: '00000000-0000-4000-8000-00000000000b', device: 2 }
const distribution = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'
const now = epochMillis(1_000)
const message = utf8('a text of some length')
const random = fn(systemRandom)
const noKey = fn(answering(() => undefined))
const identityOf = (): protocol.IdentityKeyPair => generateKeyPair(systemRandom) as protocol.IdentityKeyPair
const [us, them] = [identityOf(), identityOf()]

const pair = ({ publicKey, privateKey }: protocol.KeyPair): Kind =>
  object({ publicKey: bytes(publicKey), privateKey: instance(privateKey) })
const typesOf = ({ user, device }: wire.DeviceAddress): Kind => object({ user: text(user), device: count(device) })
const ends = (one: protocol.Ends): Kind => object({ local: typesOf(one.local), remote: typesOf(one.remote) })
const checkpoints = object({ get: fn(() => undefined), budget: object({ hmacs: limit(1_000) }) })

function handshake() {
  const signed = protocol.generateSignedPreKey(1, them, now, systemRandom)
  const oneTime = protocol.generateOneTimePreKey(2, systemRandom)
  const kem = protocol.generateKemPreKey({ id: 3, identity: them, createdAt: now, lastResort: true }, systemRandom)
  const bundle = protocol.verifyPreKeyBundle({
    ...{ address: remote, registrationId: 2, identityKey: them.publicKey },
    signedPreKey: { id: 1, publicKey: signed.keyPair.publicKey, signature: signed.signature },
    oneTimePreKey: { id: 2, publicKey: oneTime.keyPair.publicKey },
    kemPreKey: { id: 3, publicKey: kem.keyPair.publicKey, signature: kem.signature },
  })
  const input = { bundle, ourIdentity: us, ourRegistrationId: 1, ends: { local, remote }, pqRatchet: 'required', now } as const
  const session = protocol.initiateSession(input, systemRandom)
  const first = wire.parsePreKeySignalMessage(protocol.sendOnSession(session, message, input.ends, systemRandom).body)
  const ciphertext = protocol.parseKemCiphertext(first.kem?.ciphertext ?? new Uint8Array(0))
  const keys = { signedPreKey: signed.keyPair, oneTimePreKey: oneTime.keyPair, kem: { keyPair: kem.keyPair, ciphertext } }
  return { bundle, session, first, keys }
}

/** A session that was begun and not answered. */
export const theirSession = (): protocol.SessionState => handshake().session

/** What these calls take, by their names in the report. */
export function callsOnStates(): Readonly<Record<string, readonly Kind[]>> {
  return { ...callsOfSecrets(), ...callsOfSessions(), ...callsOfSenderKeys(), ...callsOfSeals() }
}

function callsOfSecrets(): ReturnType<typeof callsOnStates> {
  return {
    'bisik/protocol: Secret.own': [bytes(new Uint8Array(32))],
    'bisik/protocol: Secret.copy': [bytes(new Uint8Array(32))],
    'bisik/protocol: Secret.clone': [],
    'bisik/protocol: Secret.wipe': [],
    'bisik/protocol: Secret.toString': [],
    'bisik/protocol: Secret.toJSON': [],
  }
}

function callsOfSessions(): ReturnType<typeof callsOnStates> {
  const { bundle, session, first, keys } = handshake()
  const bundleKind = called(state(bundle, 'identityKey'), 'identityKey', 'address')
  const ours = { ourRegistrationId: count(1), pqRatchet: choice('required') }
  const kemPair = object({ secretKey: instance(keys.kem.keyPair.secretKey) })
  const kem = object({ keyPair: kemPair, ciphertext: bytes(keys.kem.ciphertext) })
  const theirs = {
    ourIdentity: pair(them),
    signedPreKey: pair(keys.signedPreKey),
    oneTimePreKey: maybe(pair(keys.oneTimePreKey)),
    kem: maybe(kem),
  }
  const accepting = { ...theirs, theirIdentity: bytes(us.publicKey), baseKey: bytes(first.baseKey) }
  const accepted = protocol.acceptSession(first, {
    ...{ ourIdentity: them, ourRegistrationId: 2, ends: { local: remote, remote: local }, pqRatchet: 'required', ...keys },
  })
  const open = object({
    ends: ends({ local: remote, remote: local }),
    ...{ random, skippedKey: noKey, pqSkippedKey: noKey, checkpoints },
    archivedBudget: maybe(object({ hmacs: limit(1_000) })),
  })
  const sessionKind = state(session, 'ratchet')
  const messageKind = state(first.message, 'ratchetKey')
  const profile = object({ writerVersion: count(4), addresses: flag(true) })
  return {
    'bisik/protocol: initiateHandshake': [object({ ourIdentity: pair(us), baseKey: pair(identityOf()), bundle: bundleKind }), random],
    'bisik/protocol: acceptHandshake': [object(accepting)],
    'bisik/protocol: initiateSession': [
      object({ bundle: bundleKind, ourIdentity: pair(us), ends: ends({ local, remote }), now: count(now), ...ours }),
      random,
    ],
    'bisik/protocol: acceptSession': [
      called(state(first, 'baseKey'), 'baseKey'),
      object({ ...theirs, ends: ends({ local: remote, remote: local }), ...ours }),
    ],
    'bisik/protocol: sendOnSession': [sessionKind, bytes(message), ends({ local, remote }), random, maybe(profile)],
    'bisik/protocol: openOnSession': [state(accepted, 'ratchet'), messageKind, open],
    'bisik/protocol: openOnAnySession': [
      object({
        current: maybe(state(accepted, 'ratchet')),
        archived: fn(answering(() => [])),
      }),
      messageKind,
      open,
    ],
    'bisik/protocol: archiveForm': [sessionKind],
    'bisik/protocol: idOf': [state(session, 'baseKey')],
    'bisik/protocol: kindOf': [sessionKind],
    'bisik/protocol: maySend': [sessionKind, count(now)],
    'bisik/protocol: sessionId': [count(4), bytes(session.baseKey)],
    'bisik/protocol: wipeSession': [state(theirSession(), 'ratchet'), maybe(sessionKind)],
    'bisik/protocol: decideTrust': [
      choice('first-use'),
      maybe(object({ key: bytes(them.publicKey), level: choice('verified') })),
      bytes(them.publicKey),
    ],
  }
}

function callsOfSenderKeys(): ReturnType<typeof callsOnStates> {
  const own = protocol.createSenderKey(systemRandom)
  const handedOut = protocol.parseSenderKeyDistribution(protocol.distributionOf(own, distribution))
  const { state: held } = protocol.acceptDistribution(undefined, handedOut)
  const { body = new Uint8Array(0) } = protocol.sealSenderKeyMessage(own, distribution, message, systemRandom) ?? {}
  const stateKind = state(own, 'chains')
  const { chainId, iteration, chainKey, signingKey } = handedOut
  const key = protocol.Secret.own<'SenderChainKey'>(systemRandom(32))
  return {
    'bisik/protocol: createSenderKey': [random, maybe(bytes(us.publicKey))],
    'bisik/protocol: chainIdOf': [bytes(signingKey), bytes(us.publicKey)],
    'bisik/protocol: distributionOf': [stateKind, uuid(distribution)],
    'bisik/protocol: acceptDistribution': [
      maybe(state(held, 'chains')),
      object({ chainId: count(chainId), iteration: count(iteration), chainKey: bytes(chainKey), signingKey: bytes(signingKey) }),
    ],
    'bisik/protocol: sealSenderKeyMessage': [stateKind, uuid(distribution), bytes(message), random],
    'bisik/protocol: openSenderKeyMessage': [
      state(held, 'chains'),
      state(wire.parseSenderKeyMessage(body), 'authenticated'),
      object({ skippedKey: noKey, owner: text('owner'), checkpoints }),
    ],
    'bisik/protocol: advanceSenderChain': [object({ key: instance(key), counter: count(0) }), count(2)],
    'bisik/protocol: wipeSenderKey': [state(protocol.createSenderKey(systemRandom), 'chains')],
  }
}

function callsOfSeals(): ReturnType<typeof callsOnStates> {
  const [root, server] = [identityOf(), identityOf()]
  const signer = protocol.issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, systemRandom)
  const fields = { sender: local, phoneNumber: undefined, identityKey: us.publicKey, expiration: now, signer }
  const certificate = protocol.issueSenderCertificate(fields, server.privateKey, systemRandom)
  const parsed = parseSenderCertificate(certificate)
  const content = wire.serializeSealedContent({ kind: 'ratchet', certificate, body: message })
  const sealed = protocol.sealForOne(content, { ourIdentity: us, theirIdentity: them.publicKey }, systemRandom)
  const destinations = list(object({ address: typesOf(remote), registrationId: count(2), identityKey: bytes(them.publicKey) }))
  const memo = (name: string): Kind => maybe(object({ [name]: fn(() => undefined) }))
  const many = object({
    ...{ ourIdentity: pair(us), destinations },
    excluded: called(list(uuid(distribution)), 'user'),
    agreements: memo('agree'),
  })
  return {
    'bisik/protocol: sealForOne': [
      bytes(content),
      object({ ourIdentity: pair(us), theirIdentity: bytes(them.publicKey), agreements: memo('agree') }),
      random,
    ],
    'bisik/protocol: sealForMany': [bytes(content), many, random],
    'bisik/protocol: beginSealForMany': [bytes(content), many, random],
    'bisik/protocol: refusalsOf': [destinations],
    'bisik/protocol: unseal': [state(wire.parseSealedMessage(sealed), 'ephemeralKey'), pair(them), memo('agree')],
    'bisik/protocol: validateCertificate': [
      state(parsed, 'signed'),
      object({ trustRoots: list(bytes(root.publicKey)), now: count(now), tolerance: maybe(count(1)), memo: memo('vouches') }),
    ],
    'bisik/protocol: refuseSelfSend': [state(parsed, 'sender'), object({ address: typesOf(remote), phoneNumber: maybe(text('+1')) })],
  }
}
