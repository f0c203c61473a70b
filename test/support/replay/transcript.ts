/**
 * A recorded conversation between parties that ran libsignal, in the schema `libsignal-transcript/1`. Knows the shape of the files;
 * all byte strings are lower-case hexadecimal, times are milliseconds since 1970.
 */
import { dirname, join } from 'node:path'
import { readJson } from './files.js'

/** An error as libsignal's Node package threw it. */
export interface RecordedError {
  readonly name: string
  readonly message: string
}

/** What libsignal answered. */
export type Expectation = { readonly expect: 'ok' } | { readonly expect: 'error'; readonly error: RecordedError }

/** A party with its private keys. */
export interface RecordedParty {
  readonly name: string
  readonly deviceId: number
  readonly registrationId: number
  readonly identityPrivate: string
  readonly identityPublic: string
  readonly libsignalVersion: string
  readonly preKeys: readonly RecordedPreKey[]
  readonly signedPreKeys: readonly RecordedPreKey[]
  readonly kyberPreKeys: readonly RecordedPreKey[]
}

/** A prekey: its id, and libsignal's serialized record of it. */
export interface RecordedPreKey {
  readonly id: number
  readonly record: string
}

/** A bundle as it was handed to the initiator; `null` where there is no such prekey. */
export interface RecordedBundle {
  readonly registrationId: number
  readonly deviceId: number
  readonly preKeyId: number | null
  readonly preKey: string | null
  readonly signedPreKeyId: number
  readonly signedPreKey: string
  readonly signedPreKeySignature: string
  readonly identityKey: string
  readonly kyberPreKeyId: number | null
  readonly kyberPreKey: string | null
  readonly kyberPreKeySignature: string | null
}

interface StepOf<Op extends string> {
  readonly n: number
  readonly op: Op
  readonly by: string
  readonly peer: string
  /** What the library drew from its random source, in order; absent if nothing. */
  readonly entropy?: readonly string[]
  /** Which of the recorded states is the acting party's after this step. */
  readonly state?: number
}

/** A session is started from a bundle. */
export type BundleStep = StepOf<'process_bundle'> & { readonly bundle: number; readonly now: number } & Expectation
/** A message is encrypted. */
export type EncryptStep = StepOf<'encrypt'> & { readonly plaintext: string; readonly now: number } & (
    | { readonly expect: 'ok'; readonly type: 2 | 3; readonly ciphertext: string }
    | Extract<Expectation, { readonly expect: 'error' }>
  )
/** A message is decrypted: that of an earlier step, or altered bytes. */
export type DecryptStep = StepOf<'decrypt'> & { readonly type: 2 | 3 } & (
    | { readonly message: number }
    | { readonly message?: undefined; readonly ciphertext: string }
  ) &
  ({ readonly expect: 'ok'; readonly plaintext: string } | Extract<Expectation, { readonly expect: 'error' }>)
/** The user accepts the identity key that the peer has now. */
export type TrustStep = StepOf<'trust_new_identity'>
/** A message is lost. */
export interface DropStep {
  readonly n: number
  readonly op: 'drop'
  readonly message: number
}

/** A step that a party takes. */
export type ActingStep = BundleStep | EncryptStep | DecryptStep | TrustStep

/** How a transcript may be replayed. */
export const MODES = [
  'receiver-from-prekeys',
  'stepwise-from-states',
  'full-with-entropy',
  'sender-with-entropy',
  'receiver-with-entropy',
] as const
/** See {@link MODES}. */
export type Mode = (typeof MODES)[number]

/** A transcript file. */
export interface Transcript {
  readonly schema: 'libsignal-transcript/1'
  readonly id: string
  readonly replay: readonly string[]
  readonly protocolVersion: 3 | 4
  /** Whether messages carry the post-quantum ratchet. */
  readonly spqr: boolean
  readonly generator: { readonly versions: Readonly<Record<string, string>> }
  readonly parties: Readonly<Record<string, RecordedParty>>
  readonly bundles: readonly RecordedBundle[]
  readonly steps: readonly (ActingStep | DropStep)[]
  readonly summary: { readonly steps: number; readonly encrypt: number; readonly decryptOk: number; readonly decryptError: number }
  readonly statesFile?: string
  /** Which prekeys the receiver's library removed. */
  readonly consumed?: { readonly preKeysRemoved: readonly number[] }
  /** `false`: the parties' stores kept one-time prekeys after use. */
  readonly oneTimePreKeysDeletedOnUse?: boolean
}

/** The acting party's record of sessions after a step. */
export interface RecordedState {
  readonly by: string
  readonly peer: string
  /** `null`: there is none. */
  readonly record: string | null
}

/** Reads the states that belong to a transcript. @throws if the file names none or they are another transcript's. */
export function readStates(path: string, transcript: Transcript): readonly RecordedState[] {
  if (transcript.statesFile === undefined) throw new Error('the transcript names no file of states')
  const file = readJson<{ schema: string; id: string; states: RecordedState[] }>(join(dirname(path), transcript.statesFile))
  if (file.schema !== 'libsignal-transcript-states/1' || file.id !== transcript.id) {
    throw new Error(`${transcript.statesFile} does not hold the states of ${transcript.id}`)
  }
  return file.states
}

/** The steps that parties take, in order. @throws if the steps are not those that the file's summary counts. */
export function actingSteps(transcript: Transcript): readonly ActingStep[] {
  const { steps, summary } = transcript
  const acting = steps.filter((step) => step.op !== 'drop')
  const count = (op: string, expected?: string) =>
    acting.filter((step) => step.op === op && (expected === undefined || ('expect' in step && step.expect === expected))).length
  const counted = {
    steps: steps.length,
    encrypt: count('encrypt'),
    decryptOk: count('decrypt', 'ok'),
    decryptError: count('decrypt', 'error'),
  }
  for (const [what, number] of Object.entries(counted)) {
    if (summary[what as keyof typeof counted] !== number) throw new Error(`the file has ${number} ${what}, its summary says otherwise`)
  }
  return acting
}

/** The party of this name. */
export function partyOf(transcript: Transcript, name: string): RecordedParty {
  const party = transcript.parties[name]
  if (party === undefined) throw new Error(`no party is called ${name}`)
  return party
}

/** Whether the recorded stores never deleted a one-time prekey. */
export function keepsPreKeys({ oneTimePreKeysDeletedOnUse }: Transcript): boolean {
  return oneTimePreKeysDeletedOnUse === false
}

/** The bytes and type of the message that a step decrypts. */
export function messageOf(transcript: Transcript, step: DecryptStep): { readonly type: 2 | 3; readonly ciphertext: string } {
  if (step.message === undefined) return step
  const sent = transcript.steps[step.message]
  if (sent?.n !== step.message || sent.op !== 'encrypt' || sent.expect !== 'ok') throw new Error(`step ${step.message} sent no message`)
  if (sent.type !== step.type) throw new Error(`step ${step.message} sent a message of another type`)
  return sent
}
