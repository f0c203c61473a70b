/**
 * The register of declared deviations: where bisik answers otherwise than libsignal, on purpose. Whoever replays vectors counts these
 * apart from failures; a vector test fails when a case of the register no longer differs, and `test/transcripts/deviations.test.ts`
 * when an entry has no test.
 */
export interface Deviation {
  readonly id: string
  readonly reason: string
  /** Document and section that say what libsignal does. */
  readonly spec: string
  /** The test that shows it: its file, relative to the repository, and its name or how that begins. */
  readonly test: { readonly file: string; readonly name: string }
  /** The vector file, relative to `test/vectors/data`, and the cases in it that differ; absent when no vector shows it. */
  readonly vectors?: { readonly file: string; readonly list: string; readonly kinds: readonly string[]; readonly count: number }
}

const VERDICTS = { file: 'test/vectors/libsignal-primitives.test.ts', name: "row 14: gives libsignal's verdict in" }
const KEM = 'test/unit/crypto/kem.test.ts'
const ADDRESS = 'test/unit/wire/address.test.ts'
const CHUNKS = 'test/unit/spqr/chunk-message.test.ts'
const GROUPS = 'test/scenario/groups.test.ts'
const CERTIFICATE = 'test/unit/wire/certificate.test.ts'
const HERE = 'test/transcripts/deviations.test.ts'

export const deviations: readonly Deviation[] = [
  {
    id: 'xeddsa-scalar-range',
    reason: 's >= L is refused: with it, anybody can turn a signature into a second one of the same message.',
    spec: 'libsignal wire, "XEdDSA"; RFC 8032, "Verify"',
    test: VERDICTS,
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['s-plus-order'], count: 25 },
  },
  {
    id: 'xeddsa-key-encoding',
    reason: 'A public key with the top bit set or u >= p is refused: one key, one encoding.',
    spec: 'libsignal wire, "XEdDSA"',
    test: VERDICTS,
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['public-key-high-bit'], count: 10 },
  },
  {
    id: 'xeddsa-small-order',
    reason: 'A public key of small order is refused: without knowing any secret, one signature fits many messages under it.',
    spec: 'libsignal wire, "XEdDSA"',
    test: VERDICTS,
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['identity-R-zero-s-zero-key'], count: 4 },
  },
  {
    id: 'kem-key-generation',
    reason: 'KEM keys are expanded from their seed as in FIPS 203, not as in round 3: nobody but the owner of the seed can tell.',
    spec: 'libsignal wire, "KEM keys"',
    test: { file: VERDICTS.file, name: "takes libsignal's" },
    vectors: { file: 'libsignal/kem.json.gz', list: 'keys', kinds: ['generated'], count: 4 },
  },
  {
    id: 'kem-coefficient-range',
    reason: 'A KEM public key with a coefficient of 3329 or more parses, as in libsignal, but nothing is encapsulated to it.',
    spec: 'libsignal wire, "KEM keys"; FIPS 203, "ML-KEM.Encaps"',
    test: { file: KEM, name: 'with a coefficient out of range get no ciphertext' },
    vectors: { file: 'libsignal/kem.json.gz', list: 'parsePublic', kinds: ['coeffOutOfRange'], count: 1 },
  },
  {
    id: 'kem-secret-key-hash',
    reason: 'A KEM secret key whose embedded hash does not match its public key is refused.',
    spec: 'libsignal wire, "KEM keys"; FIPS 203, "ML-KEM.Decaps"',
    test: { file: KEM, name: 'are refused when type or length is wrong, or when hash and public key inside do not match' },
  },
  {
    id: 'address-well-formed',
    reason: 'A name with half of a surrogate pair is refused: libsignal replaces the half, so that two names become one.',
    spec: 'libsignal wire, "Addresses and identifiers"',
    test: { file: ADDRESS, name: 'address "$name" $deviceId: $expect' },
    vectors: { file: 'libsignal/addresses.json', list: 'protocolAddress', kinds: ['half a surrogate pair'], count: 1 },
  },
  {
    id: 'address-length',
    reason: 'A name of more than 1,024 bytes is refused: strangers choose names, and stores keep them in the names of records.',
    spec: 'libsignal wire, "Addresses and identifiers"',
    test: { file: ADDRESS, name: 'address "$name" $deviceId: $expect' },
    vectors: { file: 'libsignal/addresses.json', list: 'protocolAddress', kinds: ['over 1,024 bytes'], count: 1 },
  },
  {
    id: 'own-device-jump',
    reason: 'Between devices of one account a jump of more than 250,000 is refused: without a limit a relay buys 2^32 steps of hashing.',
    spec: 'libsignal wire, "Finding the message key"',
    test: { file: HERE, name: 'deviation own-device-jump' },
  },
  {
    id: 'archived-session-jump',
    reason:
      'A new ratchet key with a jump of more than 2,000, or 6,000 HMACs on all of them together, is refused on archived sessions: a forgery would cost a walk on each.',
    spec: 'libsignal wire, "Decrypting against a record"',
    test: { file: HERE, name: 'deviation archived-session-jump' },
  },
  {
    id: 'first-message-jump',
    reason:
      'A first message more than 2,200 ahead is refused: nothing has authenticated its handshake, and anybody could buy 75,000 HMACs with it.',
    spec: 'libsignal wire, "Responder processing of a PreKeySignalMessage"',
    test: { file: HERE, name: 'deviation first-message-jump' },
  },
  {
    id: 'x3dh-base-key-ledger',
    reason:
      'A first message without one-time key opens once, also after its session is gone; libsignal has a ledger for PQXDH only, from 0.81 on.',
    spec: 'libsignal wire, "Kyber prekey replay protection"',
    test: { file: 'test/scenario/replay-and-limits.test.ts', name: 'row 6: a first message without one-time key cannot be replayed' },
  },
  {
    id: 'replaced-identity-session',
    reason:
      'To encrypt on a session whose identity key was replaced is refused as `no-session`, not as untrusted: who accepts what an error shows would accept the old key again.',
    spec: 'libsignal wire, "Sending"',
    test: { file: HERE, name: 'deviation replaced-identity-session' },
  },
  {
    id: 'session-kind-first',
    reason:
      'A first message without post-quantum ratchet is refused for that before its keys are looked at: libsignal names a missing prekey or a bad base key first.',
    spec: 'libsignal wire, "Responder processing of a PreKeySignalMessage"',
    test: { file: HERE, name: 'deviation session-kind-first' },
  },
  {
    id: 'message-length',
    reason: 'A message of more than 1 MiB is refused before it is parsed: libsignal leaves the limit to the application.',
    spec: 'libsignal wire, "SignalMessage bytes"',
    test: { file: 'test/unit/wire/signal-message.test.ts', name: 'refuses more bytes than the limit, one MiB unless told otherwise' },
  },
  {
    id: 'unknown-group-depth',
    reason: 'Unknown groups in a message nest 10 deep at most, libsignal: 100; no schema has any.',
    spec: 'Protocol Buffers, "Encoding"',
    test: { file: 'test/unit/codec/message.test.ts', name: 'lets groups nest ten deep' },
  },
  {
    id: 'retry-request-time',
    reason: 'A retry request for a message of the year 287,396 or later (2^53 ms) is refused: such a time has no exact number here.',
    spec: 'libsignal wire, "PlaintextContent and DecryptionErrorMessage"',
    test: { file: 'test/unit/wire/protobuf.test.ts', name: 'refuses times from 2^53 on' },
  },
  {
    id: 'spqr-unkeyed-window',
    reason:
      'A message without post-quantum key is refused once the keys of epoch 0 are gone: whoever breaks the classical ratchet could send it for ever.',
    spec: 'SPQR, "recv"',
    test: { file: 'test/unit/spqr/spqr.test.ts', name: 'deviation spqr-unkeyed-window' },
  },
  {
    id: 'spqr-epoch-range',
    reason: 'A post-quantum epoch from 2^53 on is refused, and a number with bits that libsignal would drop: no conversation reaches it.',
    spec: 'SPQR, "Message bytes on the wire"',
    test: { file: CHUNKS, name: 'deviation spqr-epoch-range' },
  },
  {
    id: 'spqr-repeated-chunk',
    reason: 'Of two chunks with one index the first counts, with the reference implementation the last: only a dishonest peer sends both.',
    spec: 'SPQR, "Erasure code"',
    test: { file: 'test/unit/spqr/robustness.test.ts', name: 'deviation spqr-repeated-chunk' },
  },
  {
    id: 'spqr-trailing-bytes',
    reason: 'None: bytes after the post-quantum part are ignored, as libsignal does, though no honest peer sends any; the MAC covers them.',
    spec: 'SPQR, "Message bytes on the wire"',
    test: { file: CHUNKS, name: 'deviation spqr-trailing-bytes' },
  },
  {
    id: 'sender-key-binding',
    reason:
      'A sender key whose chain id names another device, or that is our own, is refused: in libsignal its messages open as those of whoever hands it on. Keys that libsignal made name nobody, and are taken from whoever hands them out, as it does.',
    spec: 'libsignal wire, "Sender keys", "Operations"',
    test: { file: GROUPS, name: "lessons L5 and L10: one sender's key handed on does not make its messages another's" },
  },
  {
    id: 'sender-key-before-first',
    reason:
      'A group message from before its sender key was handed out is no duplicate, as libsignal says, but has no key here: it was never read.',
    spec: 'libsignal wire, "Sender keys", "Operations"',
    test: { file: GROUPS, name: 'a late joiner reads what comes after, and nothing from before' },
  },
  {
    id: 'sender-key-identity',
    reason: 'A sender key opens nothing once its device has another identity key: libsignal does not know whose identity delivered it.',
    spec: 'libsignal wire, "Sender keys", "Operations"',
    test: { file: GROUPS, name: 'when the identity key of a member changed, its old sender key opens nothing' },
  },
  {
    id: 'certificate-time',
    reason: 'A sender certificate that expires in the year 287,396 or later (2^53 ms) is refused: such a time has no exact number here.',
    spec: 'libsignal wire, "Certificates"',
    test: { file: CERTIFICATE, name: 'certificate-time' },
  },
  {
    id: 'certificate-one-of-each',
    reason: 'A sender certificate with two users or two signers is refused: libsignal takes the last of them, another parser the first.',
    spec: 'libsignal wire, "Certificates"',
    test: { file: CERTIFICATE, name: 'certificate-one-of-each' },
  },
  {
    id: 'sealed-identity',
    reason: 'A sealed message whose session or sender key belongs to another identity than its certificate is refused: libsignal opens it.',
    spec: 'libsignal wire, "Decrypt-message convenience"',
    test: { file: 'test/scenario/sealed-sender.test.ts', name: 'sealed-identity' },
  },
  {
    id: 'sealed-recipient-count',
    reason:
      'A message for many whose number of recipients is not written in its shortest form is refused: libsignal reads the number, then goes on inside it.',
    spec: 'libsignal wire, "v2", "SentMessage"',
    test: { file: 'test/unit/wire/sent-message.test.ts', name: 'sealed-recipient-count' },
  },
  {
    id: 'sealed-recipients',
    reason: 'A message for many with a device twice, or over 100,000 recipients, is refused: libsignal would have it delivered twice.',
    spec: 'libsignal wire, "v2", "SentMessage"',
    test: { file: 'test/unit/wire/sent-message.test.ts', name: 'row 27: a device that is there twice' },
  },
]

/** The deviation that covers the cases of this kind in this vector file, if any. */
export function deviationOf(file: string, kind: string): Deviation | undefined {
  return deviations.find(({ vectors }) => vectors?.file === file && vectors.kinds.includes(kind))
}
