/**
 * Which devices handed out a chain as their own. A chain id can prove whose it is; where none does, nobody can tell who hands on what is
 * not theirs, so nobody's claim stands in another's way. Knows no key but the public one, and deletes no sender key.
 */
import type { IdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { chainIdOf, type SenderKeyChain } from '../../protocol/groups/sender-key.js'
import { MAX_CHAIN_CLAIMS } from '../../protocol/limits.js'
import { chainClaimsKey, oldSigningKeyOwnerKey } from '../../records/names.js'
import { type ChainClaim, decodeChainClaims, decodeSigningKeyOwner, encodeChainClaims } from '../../records/sender-key-record.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress, sameAddress } from '../../wire/address.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'

/** What a claim is about: the chain's messages name its id and are signed by its key. */
export type ClaimedChain = Pick<SenderKeyChain, 'chainId' | 'signingKey'>

/** Reads which devices handed out a chain. A damaged record says nothing. */
export function* readClaims(draft: Draft, chain: ClaimedChain): Part<readonly ChainClaim[]> {
  const [record, old] = yield* draft.read(chainClaimsKey(chain), oldSigningKeyOwnerKey(chain.signingKey))
  const decoded = record === undefined ? [] : decodedOf(() => decodeChainClaims(record))
  const claims = isDamage(decoded) ? [] : decoded
  const claimant = old === undefined ? undefined : decodedOf(() => checkAddress(decodeSigningKeyOwner(old)))
  if (claimant === undefined || isDamage(claimant) || claims.some((claim) => sameAddress(claim.claimant, claimant))) return claims
  return [...claims, { claimant, proven: false }]
}

/**
 * Notes that a device handed out a chain.
 *
 * @param claim - `self`: our own address; what is ours needs no proof.
 * @returns the devices whose claim this one refutes.
 * @throws BisikError `sender-key-claimed` if the chain is proven to be another's.
 */
export function* enterClaim(
  draft: Draft,
  chain: ClaimedChain,
  { self, sender, identity }: { readonly self: CanonicalAddress; readonly sender: CanonicalAddress; readonly identity: IdentityKey },
): Part<readonly CanonicalAddress[]> {
  const claims = yield* readClaims(draft, chain)
  const others = claims.filter(({ claimant }) => !sameAddress(claimant, sender))
  const owners = others.filter(({ claimant, proven }) => proven || sameAddress(claimant, self))
  const proven = chainIdOf(chain.signingKey, identity) === chain.chainId
  const owner = owners[0]
  if (!proven && owner !== undefined) throw claimed('signing-key', owner.claimant)
  const standing = proven ? owners : others
  draft.put(chainClaimsKey(chain), encodeChainClaims([{ claimant: sender, proven }, ...standing].slice(0, MAX_CHAIN_CLAIMS)))
  return others.filter((claim) => !standing.includes(claim)).map(({ claimant }) => claimant)
}

/** Notes a chain that was made here just now: nobody can have claimed it. */
export function claimOwn(draft: Draft, chain: ClaimedChain, address: CanonicalAddress): void {
  draft.put(chainClaimsKey(chain), encodeChainClaims([{ claimant: address, proven: true }]))
}

/** Forgets that a device handed out a chain. */
export function* releaseClaim(draft: Draft, chain: ClaimedChain, address: CanonicalAddress): Part<void> {
  const claims = yield* readClaims(draft, chain)
  const others = claims.filter(({ claimant }) => !sameAddress(claimant, address))
  if (others.length === 0) draft.delete(chainClaimsKey(chain))
  else draft.put(chainClaimsKey(chain), encodeChainClaims(others))
  if (others.length < claims.length) draft.delete(oldSigningKeyOwnerKey(chain.signingKey))
}

/** The refusal of a sender key that is another's. */
export function claimed(what: 'distribution' | 'signing-key', { user, device }: DeviceAddress): BisikError {
  return new BisikError('sender-key-claimed', { claimed: what, by: { user, device } })
}
