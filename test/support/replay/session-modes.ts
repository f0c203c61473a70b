/**
 * The ways to replay a transcript: which parties act, from which states, with whose randomness. Knows the modes that a file may name;
 * how a step is taken and judged is in `steps.ts`.
 */
import { toHex } from '../../../src/bytes.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { seededRandom } from '../random.js'
import { EntropyTape } from './entropy.js'
import { hex } from './files.js'
import { isOrdered } from './held-sessions.js'
import { addressOf, Party } from './party.js'
import { profileOf } from './profiles.js'
import { type FileReport, Mismatch, same } from './report.js'
import { type Actor, takeStep } from './steps.js'
import {
  type ActingStep,
  actingSteps,
  keepsPreKeys,
  MODES,
  type Mode,
  messageOf,
  partyOf,
  type RecordedState,
  readStates,
  type Transcript,
} from './transcript.js'

/** Replays a transcript in every mode that it names. */
export async function replayTranscript(transcript: Transcript, report: FileReport, path: string): Promise<void> {
  const steps = actingSteps(transcript)
  if (transcript.replay.length === 0) throw new Error('the file names no way to replay it')
  for (const name of transcript.replay) {
    const mode = MODES.find((known) => known === name)
    if (mode === undefined) {
      report.fail(name, 'there is no such mode')
      continue
    }
    const acting = steps.filter(({ by }) => acts(mode, by, steps))
    if (acting.length === 0) report.fail(mode, 'no party acts in it')
    else if (mode === 'stepwise-from-states') await replayStepwise(transcript, acting, readStates(path, transcript), report)
    else await replayContinuously(transcript, mode, acting, report)
  }
}

/** Whether a party acts in a mode: a sender is who starts sessions or encrypts, anybody else is a receiver. */
function acts(mode: Mode, party: string, steps: readonly ActingStep[]): boolean {
  const sends = steps.some(({ op, by }) => by === party && (op === 'process_bundle' || op === 'encrypt'))
  if (mode === 'sender-with-entropy') return sends
  return mode === 'full-with-entropy' || mode === 'stepwise-from-states' || !sends
}

/** Every party acts continuously from its prekeys. */
async function replayContinuously(transcript: Transcript, mode: Mode, acting: readonly ActingStep[], report: FileReport): Promise<void> {
  const actors = new Map<string, Actor>()
  for (const step of acting) {
    let actor = actors.get(step.by)
    if (actor === undefined) {
      actor = await newActor(transcript, step.by, mode !== 'receiver-from-prekeys')
      actors.set(step.by, actor)
      await acceptDevices(transcript, step.by, actor.party)
    }
    const current = actor
    await report.check(`${mode}, step ${step.n}`, () => takeStep(transcript, step, current))
  }
  if (mode !== 'sender-with-entropy' && transcript.consumed !== undefined) {
    await report.check(`${mode}, prekeys used up`, () => checkConsumed(transcript, actors))
  }
}

/** Before each step the acting party is made anew from its last recorded state, and afterwards compared with the next. */
async function replayStepwise(
  transcript: Transcript,
  acting: readonly ActingStep[],
  states: readonly RecordedState[],
  report: FileReport,
): Promise<void> {
  const last = new Map<string, RecordedState>()
  // A recorded state holds no prekeys.
  const used = new Map<string, number[]>()
  for (const step of acting) {
    const conversation = `${step.by} ${step.peer}`
    const before = last.get(conversation)
    const after = step.state === undefined ? undefined : states[step.state]
    await report.check(`stepwise-from-states, step ${step.n}`, async () => {
      if (after === undefined && 'expect' in step && step.expect === 'ok') throw new Mismatch('there is no recorded state after this step')
      if (after !== undefined && (after.by !== step.by || after.peer !== step.peer)) {
        throw new Mismatch('the recorded state belongs to other parties')
      }
      const actor = await newActor(transcript, step.by, true, used.get(step.by))
      const peer = addressOf(partyOf(transcript, step.peer))
      if (before?.record != null) {
        // Archived sessions age from when they are taken over.
        if ('now' in step) actor.party.at(step.now)
        await actor.party.import(peer, hex(before.record))
      } else await acceptDevices(transcript, step.by, actor.party)
      await takeStep(transcript, step, actor)
      if (after === undefined) return
      same('what differs from the recorded state', await actor.party.differencesFrom(peer, after.record), [])
      if (after.record !== null && actor.party.profile.keepsSeeds && isOrdered(await actor.party.sessions(peer))) {
        same('exported record', toHex(await actor.party.export(peer)), after.record)
      }
    })
    if (after !== undefined) last.set(conversation, after)
    const id = usedBy(transcript, step)
    if (id !== undefined) used.set(step.by, [...(used.get(step.by) ?? []), id])
  }
}

/** The one-time prekey that is gone after a step, if it took one. */
function usedBy(transcript: Transcript, step: ActingStep): number | undefined {
  if (step.op !== 'decrypt' || step.expect !== 'ok' || keepsPreKeys(transcript)) return undefined
  const { type, ciphertext } = messageOf(transcript, step)
  return type === 3 ? parsePreKeySignalMessage(hex(ciphertext)).preKeyId : undefined
}

/** @param used - one-time prekeys that are gone. */
async function newActor(transcript: Transcript, name: string, withEntropy: boolean, used: readonly number[] = []): Promise<Actor> {
  const all = partyOf(transcript, name)
  const recorded = { ...all, preKeys: all.preKeys.filter(({ id }) => !used.includes(id)) }
  const profile = profileOf(releaseOf(transcript, name))
  if (!withEntropy) return { party: await Party.create(recorded, profile, { random: seededRandom(name) }), tape: undefined }
  const tape = new EntropyTape()
  return { party: await Party.create(recorded, profile, tape), tape }
}

/** Libsignal believes every device by itself; here, another device of one's own user under another key must be accepted first. */
async function acceptDevices(transcript: Transcript, name: string, party: Party): Promise<void> {
  const own = partyOf(transcript, name)
  for (const other of Object.values(transcript.parties)) {
    const isOtherDevice = other.name === own.name && other.deviceId !== own.deviceId
    if (isOtherDevice && other.identityPublic !== own.identityPublic) await party.accept(addressOf(other), hex(other.identityPublic))
  }
}

function releaseOf(transcript: Transcript, name: string): string {
  const release = transcript.generator.versions[name]
  if (release === undefined) throw new Error(`the file does not say which release ${name} ran`)
  return release
}

/** The one-time prekeys that are gone must be those that libsignal's receiver removed. */
async function checkConsumed(transcript: Transcript, actors: ReadonlyMap<string, Actor>): Promise<undefined> {
  const gone = await Promise.all([...actors].map(([name, { party }]) => party.usedOneTimePreKeys(partyOf(transcript, name))))
  const rising = (ids: readonly number[]) => [...ids].sort((a, b) => a - b)
  same('one-time prekeys used up', rising(gone.flat()), rising(transcript.consumed?.preKeysRemoved ?? []))
}
