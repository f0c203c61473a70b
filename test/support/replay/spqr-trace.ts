/**
 * A conversation of two post-quantum ratchets recorded from libsignal, without the Double Ratchet around them: every message, and the
 * state after every step. The key pairs are recorded as secret keys, not as seeds, so they are put into the state where the ratchet
 * would make them.
 */
import { concatBytes, toHex } from '../../../src/bytes.js'
import { incrementalKeyPairFromSecretKey } from '../../../src/crypto/kem/incremental-kem.js'
import { expose, type Secret } from '../../../src/crypto/secret.js'
import { headerTag } from '../../../src/protocol/spqr/authenticator.js'
import { startEncoder } from '../../../src/protocol/spqr/erasure-code.js'
import type { SpqrState } from '../../../src/protocol/spqr/state.js'
import { Party, start } from '../../unit/spqr/party.js'
import { hex } from './files.js'
import { type FileReport, Mismatch, same } from './report.js'

/** A file of this kind. */
export interface SpqrTrace {
  readonly authKey: string
  readonly epochs: Readonly<Record<string, { readonly dk: string; readonly m: string }>>
  readonly steps: readonly {
    readonly op: 'send' | 'recv'
    readonly by: 'A' | 'B'
    readonly id: number
    /** Of a step that sends. */
    readonly msg?: string
    readonly after: {
      readonly state: string
      readonly epoch: number
      readonly chainEpoch: number
      readonly sendEpoch: number
      readonly nextRoot?: string
      readonly authRoot?: string
      readonly authMac?: string
      readonly links?: readonly { readonly send: readonly [number, string]; readonly recv: readonly [number, string] }[]
    }
  }[]
}

/** Replays the conversation step by step. */
export async function replaySpqrTrace(trace: SpqrTrace, report: FileReport): Promise<void> {
  const authKey = hex(trace.authKey)
  let encapsulation = ''
  const random = () => hex(encapsulation)
  const parties = { A: new Party(start('A2B', { authKey }), random), B: new Party(start('B2A', { authKey }), random) }
  const sent = new Map<number, { readonly message: Uint8Array; readonly key: string }>()
  for (const [n, { op, by, id, msg, after }] of trace.steps.entries()) {
    await report.check(`step ${n}`, () => {
      const party = parties[by]
      const recorded = trace.epochs[party.state?.braid.epoch ?? 0]
      if (op === 'send') {
        encapsulation = recorded?.m ?? ''
        party.state = withKeyPair(party.state, recorded?.dk ?? '')
        const { message, key } = party.send()
        same('message', toHex(message), msg)
        sent.set(id, { message, key: shown(key) })
      } else {
        const original = sent.get(id)
        if (original === undefined) throw new Mismatch(`message ${id} was never sent`)
        same('key', shown(party.receive(original.message)), original.key)
      }
      const { braid, chains } = party.state ?? {}
      const { state, epoch, chainEpoch, sendEpoch, nextRoot, authRoot, authMac, links } = after
      same('state', [braid?.name, braid?.epoch, chains?.currentEpoch, chains?.sendEpoch], [state, epoch, chainEpoch, sendEpoch])
      // The recording has these where libsignal's state has them.
      if (nextRoot !== undefined) same('next root', shown(chains?.nextRoot), nextRoot)
      if (authRoot !== undefined) same('root of the authenticator', shown(braid?.auth.root), authRoot)
      if (authMac !== undefined) same('MAC key of the authenticator', shown(braid?.auth.mac), authMac)
      if (links === undefined) return
      const held = chains?.links.map(({ sending, receiving }) => ({
        send: [sending.counter, shown(sending.key)],
        recv: [receiving.counter, shown(receiving.key)],
      }))
      same('chains', held, links)
    })
  }
}

/** The state with the key pair made, if the next message is to make one. */
function withKeyPair(state: SpqrState | undefined, secretKey: string): SpqrState | undefined {
  if (state?.braid.name !== 'KeysUnsampled') return state
  const { epoch, auth } = state.braid
  const { header, secretKey: dk } = incrementalKeyPairFromSecretKey(hex(secretKey))
  return {
    ...state,
    braid: { name: 'KeysSampled', epoch, auth, dk, header: startEncoder(concatBytes(header, headerTag(auth, epoch, header))) },
  }
}

function shown(secret: Secret<string> | undefined): string {
  return secret === undefined ? '' : toHex(expose(secret))
}
