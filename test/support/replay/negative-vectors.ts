/**
 * Altered messages and bundles: what libsignal refuses must be refused, for the same reason and without a trace, and what it accepts
 * must be accepted. Knows the shape of libsignal's file.
 */
import { toHex } from '../../../src/bytes.js'
import { seededRandom } from '../random.js'
import { hex } from './files.js'
import { addressOf, Party } from './party.js'
import { profileOf } from './profiles.js'
import { type FileReport, Mismatch, same } from './report.js'
import { bundleOf, refuse } from './steps.js'
import type { Expectation, RecordedBundle, RecordedError, RecordedParty } from './transcript.js'

interface NegativeFile {
  readonly generator: { readonly version: string }
  readonly parties: readonly { readonly receiver: RecordedParty; readonly sender: { readonly name: string; readonly deviceId: number } }[]
  readonly cases: readonly ({
    readonly kind: string
    readonly type: 2 | 3
    readonly bytes: string
    /** Which of the parties receives. */
    readonly receiver: number
    /** Its sessions with the sender beforehand. */
    readonly recordBefore: string | null
    readonly preKeysRemoved: readonly number[]
  } & ({ readonly expect: 'ok'; readonly plaintext: string } | { readonly expect: 'error'; readonly error: RecordedError }))[]
  readonly bundles: readonly ({
    readonly kind: string
    readonly bundle: RecordedBundle
    readonly to: { readonly name: string; readonly deviceId: number }
    readonly sessionCreated: boolean
  } & Expectation)[]
}

/** Messages and bundles, altered and whole. */
export async function replayNegative(file: NegativeFile, report: FileReport): Promise<void> {
  const profile = profileOf(file.generator.version)
  const partiesOf = (index: number) => {
    const parties = file.parties[index]
    if (parties === undefined) throw new Mismatch(`there is no party ${index}`)
    return parties
  }
  for (const [i, message] of file.cases.entries()) {
    await report.check(`cases ${i} (${message.kind})`, async () => {
      const { receiver, sender } = partiesOf(message.receiver)
      const party = await Party.create(receiver, profile, { random: seededRandom(message.kind) })
      const peer = addressOf(sender)
      if (message.recordBefore !== null) await party.import(peer, hex(message.recordBefore))
      const kind = message.type === 3 ? 'pre-key' : 'ratchet'
      const decrypt = () => party.decrypt({ kind, sender: peer, body: hex(message.bytes) })
      if (message.expect === 'error') return refuse({ op: 'decrypt', error: message.error }, decrypt, { party, tape: undefined })
      same('plaintext', toHex((await decrypt()).plaintext), message.plaintext)
      // Of messages without handshake the file lists what the handshake before them used up.
      if (message.type === 3) same('one-time prekeys used up', await party.usedOneTimePreKeys(receiver), message.preKeysRemoved)
      return undefined
    })
  }
  for (const [i, { kind, bundle, to, sessionCreated, ...expected }] of file.bundles.entries()) {
    await report.check(`bundles ${i} (${kind})`, async () => {
      const party = await Party.create(partiesOf(0).receiver, profile, { random: seededRandom(kind) })
      // Also the parsing of the bundle's parts is part of the operation.
      const start = async () => party.start(bundleOf(bundle, addressOf(to)))
      if (expected.expect === 'error') await refuse({ op: 'process_bundle', error: expected.error }, start, { party, tape: undefined })
      else await start()
      same('a session was created', (await party.sessions(addressOf(to))).current !== undefined, sessionCreated)
      return undefined
    })
  }
}
