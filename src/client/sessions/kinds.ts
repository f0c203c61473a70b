/**
 * Which kinds of session are stronger than which, and what is refused for being too weak.
 */
import { BisikError } from '../../errors.js'
import type { SessionKind } from '../../protocol/session/session.js'
import type { PqRatchetMode } from '../../protocol/session/start.js'
import type { Allowance, Context } from '../frame/context.js'

const STRENGTH: { readonly [Kind in SessionKind]: number } = { x3dh: 0, pqxdh: 1, triple: 2 }

/** Whether one kind is weaker than another. */
export function isWeaker(kind: SessionKind, than: SessionKind): boolean {
  return STRENGTH[kind] < STRENGTH[than]
}

/** The strongest of several kinds of session, none of none. */
export function strongest(kinds: readonly SessionKind[]): SessionKind | undefined {
  return [...kinds].sort((a, b) => STRENGTH[b] - STRENGTH[a])[0]
}

/**
 * Refuses a kind of session that is not allowed, or weaker than the one whose place it would take without the caller's word for it.
 *
 * @throws BisikError `session-kind-refused`.
 */
export function checkKind(kind: SessionKind, replaced: SessionKind | undefined, allow: Allowance): void {
  const weaker = replaced !== undefined && isWeaker(kind, replaced)
  if (!allow.kinds.has(kind) || (weaker && !allow.explicit)) throw new BisikError('session-kind-refused', { kind })
}

/** What a new session does about the post-quantum ratchet; one that takes the place of a session that has it must have it. */
export function pqRatchetMode(context: Context, replaced: SessionKind | undefined, allow: Allowance): PqRatchetMode {
  if (context.profile !== undefined) return context.profile.pqRatchet
  const mustHave = replaced === 'triple' && !allow.explicit
  return allow.kinds.has('pqxdh') && !mustHave ? 'offered' : 'required'
}
