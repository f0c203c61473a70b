/**
 * Whether an identity key is to be believed, decided from data: a policy, what is known, what is presented. Nobody is asked, because a
 * decision that is awaited can be forgotten; that has happened in older libraries of the field.
 */
import { choiceArgument, optional, type Shape, shapeArgument } from '../../arguments.js'
import { equalBytes } from '../../bytes.js'
import { ecKeyArgument, type IdentityKey } from '../../crypto/keys.js'

/** How far a known identity key is trusted: seen first, accepted by the user after a change, or compared in person. */
export type TrustLevel = 'first-use' | 'accepted' | 'verified'

/** The levels, the weakest first. */
export const TRUST_LEVELS: readonly TrustLevel[] = ['first-use', 'accepted', 'verified']

/** `first-use`: a device seen for the first time is believed. `verified-only`: only keys that the user verified are. */
export type TrustPolicy = 'first-use' | 'verified-only'

const TRUST_POLICIES: readonly TrustPolicy[] = ['first-use', 'verified-only']
const STANDINGS: readonly Standing[] = ['listed', 'unlisted']
const KNOWN: Shape<KnownIdentity> = {
  key: ecKeyArgument,
  level: (level, name) => choiceArgument(level, TRUST_LEVELS, name),
  standing: optional((standing, name) => choiceArgument(standing, STANDINGS, name)),
}

/** What is known of a device's identity. */
export interface KnownIdentity {
  readonly key: IdentityKey
  readonly level: TrustLevel
  /** When the device last began a session with this one, if it was never answered; in milliseconds. */
  readonly unansweredSince?: number | undefined
  /** What the list of the user's devices says of it, if one is held: then the list decides, and not the user. */
  readonly standing?: Standing | undefined
}

/** Whether the list of a user's devices names a device under a key. */
export type Standing = 'listed' | 'unlisted'

/** `trusted`: as known. `new`: believed, and to be remembered. `untrusted`: the user must decide. `unlisted`: only a newer list can. */
export type TrustVerdict = 'trusted' | 'new' | 'untrusted' | 'unlisted'

/** Decides about a presented identity key, for sending and receiving alike. @throws BisikError `invalid-argument`. */
export function decideTrust(policy: TrustPolicy, known: KnownIdentity | undefined, presented: IdentityKey): TrustVerdict {
  choiceArgument(policy, TRUST_POLICIES, 'policy')
  ecKeyArgument(presented, 'presented')
  if (known === undefined) return policy === 'first-use' ? 'new' : 'untrusted'
  const { key, level, standing } = shapeArgument(known, 'known', KNOWN)
  const isSame = equalBytes(key, presented)
  if (standing !== undefined && (standing === 'unlisted' || !isSame)) return 'unlisted'
  if (!isSame) return 'untrusted'
  return policy === 'first-use' || level === 'verified' ? 'trusted' : 'untrusted'
}
