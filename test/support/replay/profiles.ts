/**
 * How each release of libsignal behaves, as far as a transcript of it shows. Knows release numbers and the knobs that bisik has for
 * tests; spec: libsignal wire 4.4, 4.6, 5.5 and 12.
 */
import type { Allowance } from '../../../src/client/frame/context.js'
import type { WriterProfile } from '../../../src/protocol/session/messages.js'
import type { SessionKind } from '../../../src/protocol/session/session.js'
import type { PqRatchetMode } from '../../../src/protocol/session/start.js'

/** What a release does. */
export interface Profile {
  /** How it writes, and its use of the post-quantum ratchet: never, offered (minimum version 0), required (minimum version 1). */
  readonly writer: WriterProfile & { readonly pqRatchet: PqRatchetMode }
  readonly allow: Allowance
  /** Whether a session that nobody answered ends after 30 days; older releases were not told the time. */
  readonly expires: boolean
  /** Whether it keeps skipped keys as seeds, as 0.103 does; older releases expanded them. */
  readonly keepsSeeds: boolean
  /** Whether the base keys of first messages with a KEM are remembered; older releases were not told them. */
  readonly remembersBaseKeys: boolean
  /** Whether a pre-key message that its session does not open is tried on the archived ones too. */
  readonly firstMessagesTryAll: boolean
}

/** The profile of a release such as `0.72.1`. */
export function profileOf(release: string): Profile {
  const from = (other: string) => isAtLeast(release, other)
  const pqRatchet = from('0.92.0') ? 'required' : from('0.74.0') ? 'offered' : 'none'
  const kinds = new Set<SessionKind>(['triple'])
  if (pqRatchet !== 'required') kinds.add('pqxdh')
  if (!from('0.75.0')) kinds.add('x3dh')
  return {
    writer: { writerVersion: from('0.24.0') ? 4 : 3, addresses: from('0.91.0'), pqRatchet },
    allow: { kinds, explicit: true },
    expires: from('0.32.0'),
    keepsSeeds: from('0.67.2'),
    remembersBaseKeys: from('0.81.0'),
    firstMessagesTryAll: !from('0.68.1'),
  }
}

function isAtLeast(release: string, other: string): boolean {
  const [a, b] = [parts(release), parts(other)]
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference > 0
  }
  return true
}

function parts(release: string): readonly number[] {
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(release)?.slice(1).map(Number)
  if (numbers === undefined) throw new Error(`"${release}" is no release of libsignal-client`)
  return numbers
}
