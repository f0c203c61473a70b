/**
 * Which releases there are and what each speaks, and from that what any two must agree on. Adding a release, or a capability of bisik, is
 * a line here. Spec: libsignal wire, "Version history".
 */

export interface Capabilities {
  /** Starts and accepts sessions without KEM prekey. */
  readonly x3dh: boolean
  /** Starts and accepts sessions with KEM prekey. */
  readonly pqxdh: boolean
  /** The post-quantum ratchet: not spoken, offered, or a condition. */
  readonly spqr: 'none' | 'offered' | 'required'
}

export interface Release extends Capabilities {
  readonly version: string
  /** The caller's choice in releases that leave it to the caller. */
  readonly usePqRatchet?: boolean
}

export const RELEASES: readonly Release[] = [
  { version: '0.22.0', x3dh: true, pqxdh: false, spqr: 'none' },
  { version: '0.28.0', x3dh: true, pqxdh: true, spqr: 'none' },
  { version: '0.47.0', x3dh: true, pqxdh: true, spqr: 'none' },
  { version: '0.72.1', x3dh: true, pqxdh: true, spqr: 'none' },
  { version: '0.76.7', x3dh: false, pqxdh: true, spqr: 'none', usePqRatchet: false },
  { version: '0.76.7', x3dh: false, pqxdh: true, spqr: 'offered', usePqRatchet: true },
  { version: '0.86.0', x3dh: false, pqxdh: true, spqr: 'offered' },
  { version: '0.92.2', x3dh: false, pqxdh: true, spqr: 'required' },
  { version: '0.96.4', x3dh: false, pqxdh: true, spqr: 'required' },
  { version: '0.103.0', x3dh: false, pqxdh: true, spqr: 'required' },
]

/** bisik by the kinds of session weaker than `triple` that its user allows. */
export interface BisikMode extends Capabilities {
  readonly name: string
  readonly allow: readonly ('x3dh' | 'pqxdh')[]
}

export const BISIK_MODES: readonly BisikMode[] = [
  { name: 'bisik', allow: ['x3dh', 'pqxdh'], x3dh: true, pqxdh: true, spqr: 'offered' },
  { name: 'strict bisik', allow: [], x3dh: false, pqxdh: true, spqr: 'required' },
]

/** `triple` is PQXDH with the post-quantum ratchet in use. */
export type SessionKind = 'x3dh' | 'pqxdh' | 'triple'

/** What must come of a bundle of `responder`, used by `initiator`. */
export function sessionKind(initiator: Capabilities, responder: Capabilities, kem: boolean): SessionKind | 'refused' {
  // A release that knows no KEM prekey does not see the one in the bundle.
  if (!kem || !initiator.pqxdh) return initiator.x3dh && responder.x3dh ? 'x3dh' : 'refused'
  const ratchets = [initiator.spqr, responder.spqr]
  if (!ratchets.includes('none')) return 'triple'
  return ratchets.includes('required') ? 'refused' : 'pqxdh'
}
