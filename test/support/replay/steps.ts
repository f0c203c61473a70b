/**
 * One step of a transcript: a party takes it, and what came of it is compared with what libsignal recorded, down to the randomness
 * drawn and the records left behind. Knows steps and parties, not in which order or from which states a mode runs them.
 */
import { type Bytes, equalBytes, toHex } from '../../../src/bytes.js'
import { parseEcPublicKey, parseIdentityKey, parseKemPublicKey, type Signature } from '../../../src/crypto/keys.js'
import { type BisikError, isBisikError } from '../../../src/errors.js'
import { idOf, type SessionState, sessionId } from '../../../src/protocol/session/session.js'
import { checkAddress, type DeviceAddress } from '../../../src/wire/address.js'
import type { PreKeyBundle } from '../../../src/wire/pre-key-bundle.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { parseSignalMessage } from '../../../src/wire/signal-message.js'
import { type Candidate, type EntropyTape, entropyForDecryption, entropyForEncryption, entropyForStart, keysDrawn } from './entropy.js'
import { hex } from './files.js'
import { inOrder } from './held-sessions.js'
import { addressOf, type Party } from './party.js'
import { declaredDifference, isSameRefusal } from './refusals.js'
import { Mismatch, same } from './report.js'
import {
  type ActingStep,
  type BundleStep,
  type DecryptStep,
  type EncryptStep,
  keepsPreKeys,
  messageOf,
  partyOf,
  type RecordedBundle,
  type RecordedError,
  type Transcript,
} from './transcript.js'

/** A party at a step, with its tape of recorded randomness, or without one where its draws cannot be compared. */
export interface Actor {
  readonly party: Party
  readonly tape: EntropyTape | undefined
}

/** Takes a step. @returns the deviation that explains why it did not go as recorded, if one does. @throws Mismatch if it did not go as recorded. */
export async function takeStep(transcript: Transcript, step: ActingStep, actor: Actor): Promise<string | undefined> {
  const recordedPeer = partyOf(transcript, step.peer)
  const peer = addressOf(recordedPeer)
  if ('now' in step) actor.party.at(step.now)
  switch (step.op) {
    case 'process_bundle':
      return start(transcript, step, actor, peer)
    case 'encrypt':
      return encrypt(step, actor, peer)
    case 'decrypt':
      return decrypt(transcript, step, actor, peer)
    case 'trust_new_identity':
      await actor.party.accept(peer, hex(recordedPeer.identityPublic))
      return
    default:
      throw new Mismatch(`no such operation: ${JSON.stringify((step as ActingStep).op)}`)
  }
}

async function start(transcript: Transcript, step: BundleStep, { party, tape }: Actor, peer: DeviceAddress): Promise<string | undefined> {
  const recorded = transcript.bundles[step.bundle]
  if (recorded === undefined) throw new Mismatch(`there is no bundle ${step.bundle}`)
  const operation = () => party.start(bundleOf(recorded, peer))
  if (step.expect === 'error') return refuse(step, operation, { party, tape })
  tape?.load(entropyForStart(step.entropy ?? [], recorded.kyberPreKey === null ? 3 : 4))
  await operation()
  same('entropy left', tape?.left ?? 0, 0)
}

async function encrypt(step: EncryptStep, { party, tape }: Actor, peer: DeviceAddress): Promise<string | undefined> {
  const operation = () => party.encrypt(peer, hex(step.plaintext))
  if (step.expect === 'error') return refuse(step, operation, { party, tape })
  tape?.load(entropyForEncryption(step.entropy ?? []))
  const { kind, body } = await operation()
  same('type', kind === 'pre-key' ? 3 : 2, step.type)
  same('ciphertext', toHex(body), step.ciphertext)
  same('entropy left', tape?.left ?? 0, 0)
}

async function decrypt(transcript: Transcript, step: DecryptStep, actor: Actor, peer: DeviceAddress): Promise<string | undefined> {
  const { party, tape } = actor
  const { type, ciphertext } = messageOf(transcript, step)
  const body = hex(ciphertext)
  const operation = () => party.decrypt({ kind: type === 3 ? 'pre-key' : 'ratchet', sender: peer, body })
  const recorded = entropyForDecryption(step.entropy ?? [])
  const held = inOrder(await party.sessions(peer))
  if (step.expect === 'error') {
    // Whose identity key a session has is looked at when it has opened the message.
    const expected = { op: step.op, error: expectedError(transcript, step.error, body) }
    const deviation = await refuse(expected, operation, actor, isUntrusted(step.error) ? recorded.bytes : undefined)
    if (tape === undefined) return deviation
    const candidates = candidatesFor(type, body, held, party, step.error)
    const duplicated = /^message with old counter/.test(step.error.message)
    // A session that calls a message a duplicate is the first that knows its ratchet key.
    const last = duplicated ? candidates.find(({ knowsKey }) => knowsKey)?.id : undefined
    same('ratchet keys that libsignal draws', keysDrawn(candidates, last), recorded.draws)
    return deviation
  }
  let plaintext: Uint8Array | undefined
  const attempt = () => {
    tape?.load(recorded.bytes)
    return refusalOf(async () => {
      plaintext = (await operation()).plaintext
    })
  }
  let deviation: string | undefined
  let refusal = await attempt()
  if (refusal?.code === 'pre-key-not-found' && refusal.details.preKey === 'one-time' && keepsPreKeys(transcript)) {
    await party.restoreOneTimePreKey(partyOf(transcript, step.by), refusal.details.id)
    refusal = await attempt()
  }
  if (refusal?.code === 'replayed-base-key' && !party.profile.remembersBaseKeys) {
    deviation = 'x3dh-base-key-ledger'
    // Opened all the same: what comes later was recorded with this session.
    await party.forgetBaseKey(parsePreKeySignalMessage(body))
    refusal = await attempt()
  }
  if (refusal !== undefined) throw refusal
  same('plaintext', toHex(plaintext ?? new Uint8Array(0)), step.plaintext)
  if (tape === undefined) return deviation
  const candidates = candidatesFor(type, body, held, party)
  const [opened] = inOrder(await party.sessions(peer))
  if (opened === undefined) throw new Mismatch('there is no session after a message was opened')
  same('ratchet keys that libsignal draws', keysDrawn(candidates, idOf(opened)), recorded.draws)
  same('bytes drawn', tape.drawn, candidates.find(({ id }) => id === idOf(opened))?.knowsKey === false ? 32 : 0)
  return deviation
}

const PRE_KEY_GONE: RecordedError = { name: 'LibSignalError', message: "error in method call 'loadPreKey': Error: pre-key not found" }

/** The refusal to expect: what a store that keeps one-time prekeys refuses by its ledger is refused here by the prekey that is gone. */
function expectedError(transcript: Transcript, error: RecordedError, body: Uint8Array): RecordedError {
  const isReused = keepsPreKeys(transcript) && error.message.endsWith('reused base key')
  return isReused && parsePreKeySignalMessage(body).preKeyId !== undefined ? PRE_KEY_GONE : error
}

// libsignal says so once it has tried sessions; anything else it gives up before it looks at one.
const TRIED_IN_VAIN = /decryption failed$|^message with old counter |reused base key$/

function isUntrusted({ message }: RecordedError): boolean {
  return message.startsWith('untrusted identity')
}

/** The sessions on which libsignal tries a message, in its order. Spec: libsignal wire 3.4 and 5.5. */
function candidatesFor(
  type: 2 | 3,
  body: Uint8Array,
  held: readonly SessionState[],
  { profile }: Party,
  error?: RecordedError,
): readonly Candidate[] {
  // The identity key of a first message is judged unread, that of a session when it has opened the message.
  if (error !== undefined && !TRIED_IN_VAIN.test(error.message) && (type === 3 || !isUntrusted(error))) return []
  const outer = type === 3 ? parsePreKeySignalMessage(body) : undefined
  const message = outer?.message ?? parseSignalMessage(body)
  const all = held
    .filter(({ version }) => version === message.version)
    .map((session) => ({
      id: idOf(session),
      knowsKey: session.ratchet.double.receiving.some(({ ratchetKey }) => equalBytes(ratchetKey, message.ratchetKey)),
    }))
  if (outer === undefined) return all
  const id = sessionId(outer.version, outer.baseKey)
  const known = all.find((candidate) => candidate.id === id)
  if (known === undefined) return [{ id, knowsKey: false }, ...(profile.firstMessagesTryAll ? all : [])]
  return profile.firstMessagesTryAll ? all : [known]
}

/**
 * The operation must be refused as libsignal refused it, and leave every record as it was.
 *
 * @param op - what was tried.
 * @param entropy - what it may draw: nothing, whatever libsignal drew, unless it is refused when all is ready to be committed.
 * @returns the deviation that declares another reason, if one does.
 */
export async function refuse(
  { op, error }: { readonly op: ActingStep['op']; readonly error: RecordedError },
  operation: () => Promise<unknown>,
  { party, tape }: Actor,
  entropy: Bytes = new Uint8Array(0),
): Promise<string | undefined> {
  tape?.load(entropy)
  const before = await party.records()
  const refusal = await refusalOf(operation)
  if (refusal === undefined) throw new Mismatch(`not refused, recorded "${error.message}"`)
  const deviation = declaredDifference(op, refusal, error)
  if (deviation === undefined && !isSameRefusal(refusal, error, party.profile)) {
    throw new Mismatch(`refused with ${refusal.code} ${JSON.stringify(refusal.details)}, recorded "${error.message}"`)
  }
  same('records after a refusal', await party.records(), before)
  return deviation
}

/** The error with which an operation is refused, if it is. Any other error is thrown on. */
export async function refusalOf(operation: () => unknown): Promise<BisikError | undefined> {
  try {
    await operation()
    return undefined
  } catch (error) {
    if (isBisikError(error)) return error
    throw error
  }
}

/**
 * The bundle as the client takes it: a bundle of ours names one address, that of the device it was asked for.
 *
 * @throws BisikError as the parsers of its parts.
 */
export function bundleOf(recorded: RecordedBundle, peer: DeviceAddress): PreKeyBundle {
  checkAddress({ user: peer.user, device: recorded.deviceId })
  const { preKeyId, preKey, kyberPreKeyId, kyberPreKey, kyberPreKeySignature } = recorded
  return {
    address: peer,
    registrationId: recorded.registrationId,
    identityKey: parseIdentityKey(hex(recorded.identityKey)),
    signedPreKey: {
      id: recorded.signedPreKeyId,
      publicKey: parseEcPublicKey(hex(recorded.signedPreKey)),
      // Not parsed: a signature of the wrong length is for `startSession` to refuse.
      signature: hex(recorded.signedPreKeySignature) as Signature,
    },
    oneTimePreKey: preKeyId === null ? undefined : { id: preKeyId, publicKey: parseEcPublicKey(hex(preKey ?? '')) },
    kemPreKey:
      kyberPreKeyId === null
        ? undefined
        : {
            id: kyberPreKeyId,
            publicKey: parseKemPublicKey(hex(kyberPreKey ?? '')),
            signature: hex(kyberPreKeySignature ?? '') as Signature,
          },
  }
}
