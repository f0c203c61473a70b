/** The replay itself: whatever in a recording is not as the library does it must come out as a failure, at its step. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BisikError } from '../../src/errors.js'
import { readJson } from '../support/replay/files.js'
import { profileOf } from '../support/replay/profiles.js'
import { codesOf, declaredDifference, isSameRefusal } from '../support/replay/refusals.js'
import { replayFile } from '../support/replay/replay.js'
import type { FileReport } from '../support/replay/report.js'
import type { RecordedState } from '../support/replay/transcript.js'

const ALICE = { user: 'alice', device: 1 }
const FOLDER = join(import.meta.dirname, '../vectors/data/libsignal/sessions')
let scratch: string

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bisik-replay-'))
})
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

interface Step {
  op: string
  by: string
  expect: string
  type: number
  plaintext: string
  ciphertext: string
  message: number
  entropy?: string[]
  error: { message: string }
  state: number
}
interface Loose {
  replay: string[]
  statesFile?: string
  protocolVersion: number
  generator: { versions: Record<string, string> }
  parties: Record<string, { deviceId: number }>
  consumed: { preKeysRemoved: number[] }
  summary: { decryptOk: number; decryptError: number }
  steps: Step[]
}

/** Replays a committed transcript in one mode after `alter` has changed it and its states. */
async function altered(id: string, mode: string, alter: (file: Loose, states: RecordedState[]) => void): Promise<FileReport> {
  const file = readJson<Loose>(join(FOLDER, `${id}.json.gz`))
  const states = file.statesFile === undefined ? undefined : readJson<{ states: RecordedState[] }>(join(FOLDER, file.statesFile))
  file.replay = [mode]
  if (states !== undefined) file.statesFile = `${id}.states.json`
  alter(file, states?.states ?? [])
  if (states !== undefined) writeFileSync(join(scratch, `${id}.states.json`), JSON.stringify(states))
  const path = join(scratch, `${id}.json`)
  writeFileSync(path, JSON.stringify(file))
  return replayFile(path)
}

/** Flips the last bit of a hexadecimal text. */
const flip = (text: string): string => text.slice(0, -1) + (Number.parseInt(text.slice(-1), 16) ^ 1).toString(16)

function find(file: Loose, wanted: (step: Step) => boolean): Step {
  const step = file.steps.find(wanted)
  if (step === undefined) throw new Error('the transcript has no such step')
  return step
}

const sends = (step: Step) => step.op === 'encrypt' && step.type === 2
const opens = (step: Step) => step.op === 'decrypt' && step.expect === 'ok'
const turns = (step: Step) => opens(step) && step.entropy !== undefined
const inOrder = (step: Step) => opens(step) && step.entropy === undefined
const refuses = (text: string) => (step: Step) => step.op === 'decrypt' && step.expect === 'error' && step.error.message.includes(text)

describe('full-with-entropy notices', () => {
  const cases: readonly (readonly [what: string, alter: (file: Loose) => void, failure: RegExp])[] = [
    ['another plaintext sent', (file) => Object.assign(find(file, sends), { plaintext: '00' }), /ciphertext: /],
    ['another ciphertext', (file) => Object.assign(find(file, sends), { ciphertext: flip(find(file, sends).ciphertext) }), /ciphertext: /],
    ['another type', (file) => Object.assign(find(file, sends), { type: 3 }), /type: 2, recorded 3/],
    ['another plaintext received', (file) => Object.assign(find(file, opens), { plaintext: '00' }), /plaintext: /],
    [
      'a refusal where none was',
      (file) => {
        Object.assign(find(file, inOrder), { expect: 'error', error: { message: 'message with old counter 1 / 0' } })
        Object.assign(file.summary, { decryptOk: file.summary.decryptOk - 1, decryptError: file.summary.decryptError + 1 })
      },
      /not refused/,
    ],
    [
      'no refusal where one was',
      (file) => {
        Object.assign(find(file, refuses('old counter')), { expect: 'ok', plaintext: '' })
        Object.assign(file.summary, { decryptOk: file.summary.decryptOk + 1, decryptError: file.summary.decryptError - 1 })
      },
      /received before/,
    ],
    [
      'a refusal of another kind',
      (file) => Object.assign(find(file, refuses('old counter')).error, { message: 'invalid Whisper message: decryption failed' }),
      /refused with duplicate-message/,
    ],
    [
      'a duplicate of another message',
      (file) => Object.assign(find(file, refuses('old counter')).error, { message: 'message with old counter 9 / 8' }),
      /refused with duplicate-message/,
    ],
    [
      'an error that the table does not know',
      (file) => Object.assign(find(file, refuses('old counter')).error, { message: 'something else' }),
      /does not know "something else"/,
    ],
    ['other entropy', (file) => Object.assign(find(file, turns), { entropy: find(file, turns).entropy?.map(flip) }), /ciphertext: /],
    [
      'entropy that is not drawn',
      (file) => Object.assign(find(file, sends), { entropy: ['00'.repeat(32)] }),
      /entropy left: 32, recorded 0/,
    ],
    ['entropy that is missing', (file) => Object.assign(find(file, turns), { entropy: [] }), /drew 32 bytes, 0 are left/],
    [
      'a key too many',
      (file) => Object.assign(find(file, turns), { entropy: ['00'.repeat(32), ...(find(file, turns).entropy ?? [])] }),
      /ratchet keys that libsignal draws: 1, recorded 2/,
    ],
    ['another release', (file) => Object.assign(file.generator.versions, { alice: '0.28.0' }), /ciphertext: /],
    [
      'another bundle',
      (file) =>
        Object.assign(
          find(file, ({ op }) => op === 'process_bundle'),
          { bundle: 7 },
        ),
      /there is no bundle 7/,
    ],
    ['a message that was never sent', (file) => Object.assign(find(file, opens), { message: 0 }), /step 0 sent no message/],
    ['a step too few', (file) => file.steps.pop(), /its summary says otherwise/],
    ['a mode that it does not know', (file) => Object.assign(file, { replay: ['backwards'] }), /there is no such mode/],
    ['that it is to replay nothing', (file) => Object.assign(file, { replay: [] }), /names no way to replay/],
  ]

  it('nothing in a transcript that was not altered', async () => {
    const report = await altered('duplex-v3-022-t', 'full-with-entropy', () => {})
    expect([report.failures, report.passed]).toEqual([[], 310])
  })

  it.each(cases)('%s', async (_, alter, failure) => {
    const report = await altered('duplex-v3-022-t', 'full-with-entropy', alter)
    expect(report.failures[0]).toMatch(failure)
  })
})

describe('stepwise-from-states notices', () => {
  const cases: readonly (readonly [what: string, alter: (file: Loose, states: RecordedState[]) => void, failure: RegExp])[] = [
    [
      'a state of another step',
      (_, states) => states.splice(8, 1, states[6] as RecordedState),
      /what differs from the recorded state: \["current session: /,
    ],
    [
      'a state of another party',
      (_, states) => states.splice(4, 1, { ...(states[4] as RecordedState), by: 'bob' }),
      /belongs to other parties/,
    ],
    ['a missing state', (file) => Object.assign(find(file, opens), { state: undefined }), /no recorded state after this step/],
    ['states of another transcript', (file) => Object.assign(file, { id: 'another' }), /does not hold the states of another/],
    ['missing states', (file) => Object.assign(file, { statesFile: undefined }), /names no file of states/],
  ]

  it.each(cases)('%s', async (_, alter, failure) => {
    const report = await altered('duplex-v3-022-t', 'stepwise-from-states', alter)
    expect(report.failures[0]).toMatch(failure)
  })
})

describe('the receiver alone', () => {
  it('must be there', async () => {
    const report = await altered('duplex-v3-022-t', 'receiver-from-prekeys', () => {})
    expect(report.failures).toEqual(['receiver-from-prekeys: no party acts in it'])
  })

  it('notices a one-time prekey that was not used up', async () => {
    const report = await altered('oneway-v3-cross-t', 'receiver-from-prekeys', (file) => {
      file.consumed.preKeysRemoved = []
    })
    expect(report.failures).toEqual([expect.stringMatching(/prekeys used up: \[883695\], recorded \[\]/)])
  })

  it('notices messages for another device', async () => {
    const report = await altered('oneway-v4-nospqr-072-t', 'receiver-from-prekeys', (file) => {
      find(file, opens).message = 2
    })
    expect(report.failures[0]).toMatch(/plaintext: /)
  })
})

describe('what belongs to no release', () => {
  it('is no profile', () => {
    expect(() => profileOf('next')).toThrow('is no release')
    expect(profileOf('0.9.0').writer.writerVersion).toBe(3)
    expect(profileOf('0.100.0').writer).toEqual({ writerVersion: 4, addresses: true, pqRatchet: 'required' })
  })

  it('is no refusal', () => {
    expect(codesOf({ name: 'LibSignalError', message: 'invalid Whisper message: decryption failed' }, profileOf('0.72.1'))).not.toContain(
      'session-kind-refused',
    )
    expect(() => codesOf({ name: 'Error', message: 'out of memory' })).toThrow('does not know')
  })

  it('is no deviation either, but at the operation and with the code that one declares', () => {
    const [noSession, weaker] = [new BisikError('no-session', ALICE), new BisikError('session-kind-refused', { kind: 'pqxdh' })]
    const said = (message: string) => ({ name: 'LibSignalError', message })
    const cases: readonly (readonly [operation: 'encrypt' | 'decrypt', refusal: BisikError, text: string, deviation?: string])[] = [
      ['encrypt', noSession, 'untrusted identity for address alice.1', 'replaced-identity-session'],
      ['decrypt', noSession, 'untrusted identity for address alice.1'],
      ['encrypt', weaker, 'untrusted identity for address alice.1'],
      ['encrypt', noSession, 'invalid Whisper message: decryption failed'],
      ['decrypt', weaker, "error in method call 'loadPreKey': Error: pre-key 1 not found", 'session-kind-first'],
      ['decrypt', weaker, 'invalid PreKey message: incoming base key is invalid', 'session-kind-first'],
      ['decrypt', weaker, 'invalid Whisper message: decryption failed'],
      ['decrypt', noSession, "error in method call 'loadPreKey': Error: pre-key 1 not found"],
    ]
    for (const [operation, refusal, text, deviation] of cases) {
      expect(declaredDifference(operation, refusal, said(text)), text).toBe(deviation)
      expect(isSameRefusal(refusal, said(text), profileOf('0.103.0')), text).toBe(false)
    }
  })

  it('is not the same when a key is invalid for another reason than the one that libsignal meets as late', () => {
    const failed = { name: 'LibSignalError', message: 'invalid Whisper message: decryption failed' }
    expect(isSameRefusal(new BisikError('invalid-key', { reason: 'a point of small order' }), failed)).toBe(true)
    expect(isSameRefusal(new BisikError('invalid-key', { reason: 'wrong length' }), failed)).toBe(false)
  })
})
