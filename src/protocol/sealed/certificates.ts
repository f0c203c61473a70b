/**
 * Who vouches for the sender of a sealed message: issuing certificates and judging them, at the time that the caller names.
 */

import { functionArgument, listOf, optional, type Shape, shapeArgument, stateArgument, textArgument } from '../../arguments.js'
import { type Bytes, byteText, equalBytes, fromHex } from '../../bytes.js'
import { Cache } from '../../caches.js'
import { type EcPublicKey, ecKeyArgument, type IdentityKey } from '../../crypto/keys.js'
import { type Secret, secretArgument } from '../../crypto/secret.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import { type EpochMillis, type RandomSource, timeArgument } from '../../env.js'
import { BisikError } from '../../errors.js'
import { addressArgument, type DeviceAddress, serviceIdOf } from '../../wire/address.js'
import {
  encodeSenderCertificate,
  encodeServerCertificate,
  parseServerCertificate,
  type SenderCertificate,
  type SenderCertificateFields,
  type ServerCertificate,
  type ServerCertificateFields,
  serializeCertificate,
} from '../../wire/certificate.js'

declare const valid: unique symbol

/** What a trust root vouched for at the time named: only {@link validateCertificate} makes one. */
export type Valid<T> = T & { readonly [valid]: true }

/** The public key that verifies server certificates; an app pins it. */
export type TrustRoot = EcPublicKey

/** Ids of server certificates whose keys are lost or stolen. */
const REVOKED: ReadonlySet<number> = new Set([0xdeadc357])

/** Server certificates that senders may name by id: Signal's, and the one of its tests, whose trust root nobody pins. */
const KNOWN: ReadonlyMap<number, string> = new Map([
  [
    2,
    '0a25080212210539450d63ebd0752c0fd4038b9d07a916f5e174b756d409b5ca79f4c97400631e124064c5a38b1e927497d3d4786b101a623ab34a7da3954fae126b04dba9d7a3604ed88cdc8550950f0d4a9134ceb7e19b94139151d2c3d6e1c81e9d1128aafca806',
  ],
  [
    3,
    '0a250803122105bc9d1d290be964810dfa7e94856480a3f7060d004c9762c24c575a1522353a5a1240c11ec3c401eb0107ab38f8600e8720a63169e0e2eb8a3fae24f63099f85ea319c3c1c46d3454706ae2a679d1fee690a488adda98a2290b66c906bb60295ed781',
  ],
  [
    0x7357c357,
    '0a2908d786df9a07122105847c0d2c375234f365e660955187a3735a0f7613d1609d3a6a4d8c53aeaa5a221240e0b9ebacdfc3aa2827f7924b697784d1c25e44ca05dd433e1a38dc6382eb2730d419ca9a250b1be9d5a9463e61efd6781777a91b83c97b844d014206e2829785',
  ],
])

/**
 * Issues a certificate to a server's key.
 *
 * Spec: libsignal wire, "Certificates"; differs: none.
 *
 * @param trustRoot - secret, not modified.
 * @param random - 64 bytes are drawn, once.
 */
export function issueServerCertificate(fields: ServerCertificateFields, trustRoot: Secret<'EcPrivateKey'>, random: RandomSource): Bytes {
  secretArgument(trustRoot, 'trustRoot')
  const signed = encodeServerCertificate(fields)
  return serializeCertificate(signed, sign(trustRoot, signed, random))
}

/**
 * Issues a certificate to a sender.
 *
 * Spec: libsignal wire, "Certificates"; differs: none. The user is written as text and the server's certificate put inside.
 *
 * @param server - the secret of the key in `fields.signer`, not modified.
 * @param random - 64 bytes are drawn, once.
 * @throws BisikError `invalid-argument`.
 */
export function issueSenderCertificate(fields: SenderCertificateFields, server: Secret<'EcPrivateKey'>, random: RandomSource): Bytes {
  secretArgument(server, 'server')
  const signed = encodeSenderCertificate(fields)
  return serializeCertificate(signed, sign(server, signed, random))
}

/** Certificates that a root vouched for. They are remembered because checking two signatures costs more than opening the message. */
export class VouchedMemo {
  /** Only good ones are in it: a forger cannot fill it. */
  readonly #vouched: Cache<true> = new Cache('vouchedCertificates')

  /** As `check`, which is not called again once it said yes to this certificate and these roots. */
  vouches(certificate: SenderCertificate, trustRoots: readonly TrustRoot[], check: () => boolean): boolean {
    // With the length in front, and roots that are all of one length, no other certificate and roots make the same text.
    const key = `${certificate.serialized.length} ${[certificate.serialized, ...trustRoots].map(byteText).join('')}`
    if (this.#vouched.take(key) === undefined && !check()) return false
    this.#vouched.put(key, true)
    return true
  }
}

const MEMO: Shape<VouchedMemo> = { vouches: functionArgument }
const JUDGED: Shape<Parameters<typeof validateCertificate>[1]> = {
  trustRoots: listOf(ecKeyArgument<TrustRoot>),
  now: timeArgument,
  tolerance: optional(timeArgument),
  memo: optional((memo, name) => shapeArgument(memo, name, MEMO)),
}
const SELF: Shape<Parameters<typeof refuseSelfSend>[1]> = { address: addressArgument, phoneNumber: optional(textArgument) }

/**
 * Judges a sender certificate.
 *
 * Spec: libsignal wire, "Certificates", "Validate"; differs: an optional tolerance for clocks, none unless asked for.
 *
 * @param judged - `now`: whole milliseconds; `tolerance`: milliseconds that the certificate is believed beyond its expiration; `memo`: remembers
 *        signatures, never times.
 * @throws BisikError `certificate-untrusted` if no trust root vouches for it, `certificate-expired` if one does and it is too late: at
 *         exactly its expiration it is valid; `invalid-argument`.
 */
export function validateCertificate(
  certificate: SenderCertificate,
  judged: {
    readonly trustRoots: readonly TrustRoot[]
    readonly now: EpochMillis
    readonly tolerance?: number
    readonly memo?: VouchedMemo
  },
): Valid<SenderCertificate> {
  const { expiration } = stateArgument(certificate, 'certificate', 'signed')
  const { trustRoots, now, tolerance = 0, memo } = shapeArgument(judged, 'judged', JUDGED)
  const check = (): boolean => isVouchedFor(certificate, trustRoots)
  if (!(memo === undefined ? check() : memo.vouches(certificate, trustRoots, check))) throw new BisikError('certificate-untrusted', {})
  if (now > expiration + tolerance) throw new BisikError('certificate-expired', { expiration })
  return certificate as Valid<SenderCertificate>
}

/**
 * Refuses a sealed message that comes from this very device: a relay that returns it must not make the device talk to itself.
 *
 * Spec: libsignal wire, "Decrypt-message convenience"; differs: two spellings of one service id are one user.
 *
 * @throws BisikError `self-send`; `invalid-argument`.
 */
export function refuseSelfSend(
  certificate: SenderCertificate,
  self: { readonly address: DeviceAddress; readonly phoneNumber?: string | undefined },
): void {
  const { sender, phoneNumber } = stateArgument(certificate, 'certificate', 'sender')
  const { address, phoneNumber: ourNumber } = shapeArgument(self, 'self', SELF)
  const sameUser = isSameUser(sender.user, address.user) || (phoneNumber !== undefined && phoneNumber === ourNumber)
  if (sameUser && sender.device === address.device) throw new BisikError('self-send', {})
}

/**
 * Refuses a certificate that does not speak for this device: nobody would open what is sealed with it.
 *
 * Spec: libsignal wire, "Sealed sender"; differs: libsignal seals with any certificate, and its peers refuse the message.
 *
 * @throws BisikError `invalid-argument`; `certificate-expired` after its expiration.
 */
export function checkOwnCertificate(
  certificate: SenderCertificate,
  self: { readonly address: DeviceAddress; readonly identityKey: IdentityKey; readonly now: EpochMillis },
): void {
  const { sender, identityKey, expiration } = certificate
  const ours = isSameUser(sender.user, self.address.user) && sender.device === self.address.device
  if (!ours || !equalBytes(identityKey, self.identityKey)) {
    throw new BisikError('invalid-argument', { argument: 'seal', expected: "a certificate of this device's address and identity key" })
  }
  if (self.now > expiration) throw new BisikError('certificate-expired', { expiration })
}

function isVouchedFor({ signer, signed, signature }: SenderCertificate, trustRoots: readonly TrustRoot[]): boolean {
  const server = typeof signer === 'number' ? knownServer(signer) : signer
  return (
    server !== undefined &&
    !REVOKED.has(server.id) &&
    trustRoots.some((root) => verify(root, server.signed, server.signature)) &&
    verify(server.key, signed, signature)
  )
}

function knownServer(id: number): ServerCertificate | undefined {
  const known = fromHex(KNOWN.get(id) ?? '')
  return known === undefined || known.length === 0 ? undefined : parseServerCertificate(known)
}

function isSameUser(a: string, b: string): boolean {
  if (a === b) return true
  const [first, second] = [serviceIdOf(a), serviceIdOf(b)]
  return first !== undefined && second !== undefined && equalBytes(first, second)
}
