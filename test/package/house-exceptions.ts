/**
 * What does not keep the rules of the house yet, and what modules remember, each with its reason and its bound. These lists only shrink:
 * an entry that is needed no longer fails the test too.
 */

type Sizes = Readonly<Record<string, number>>

/** Files that are too long, and how many lines they may have. */
export const LONG_FILES: Sizes = {
  'src/client/client.ts': 502,
  'src/protocol/ratchet/double-ratchet.ts': 353,
  'src/protocol/spqr/epoch-chains.ts': 361,
  'src/records/names.ts': 304,
  'src/wire/sent-message.ts': 327,
}

/** Functions that are too long, and how many lines they may have. */
export const LONG_FUNCTIONS: Sizes = {
  'src/protocol/session/start.ts initiateSession': 41,
}

/** Functions with too many parameters, and how many they may have. */
export const LONG_LISTS: Sizes = {
  'src/client/account/pre-keys.ts makeOneTimePreKeys': 4,
  'src/client/identity/safety-numbers.ts acceptIdentity': 4,
  'src/client/identity/safety-numbers.ts verify': 4,
  'src/client/sealed/sealed.ts sealEnvelope': 4,
  'src/client/sealed/sealed.ts sealForMany': 4,
  'src/client/sessions/diagnosis.ts causeOf': 4,
  'src/client/state/peer-transaction.ts transactPeer': 4,
  'src/crypto/kdf.ts hkdfBlocks': 4,
  'src/crypto/kdf.ts hkdfBytes': 4,
  'src/crypto/platform/hmac.ts hkdf': 4,
  'src/migration/sender-keys.ts importSenderKey': 4,
  'src/protocol/groups/messages.ts sealSenderKeyMessage': 4,
  'src/protocol/handshake/pre-keys.ts generateSignedPreKey': 4,
  'src/protocol/session/door.ts sendOnSession': 5,
  'src/protocol/session/start.ts startPqRatchet': 4,
  'src/protocol/spqr/epoch-chains.ts keptRange': 4,
  'src/protocol/spqr/epoch-chains.ts keysBetween': 4,
  'src/records/names.ts pqSkippedSegmentKey': 4,
  'src/records/protobuf.ts decodeForeign': 4,
  'src/records/protobuf.ts decodeRecord': 4,
}

/** Functions whose options are called `o`. */
export const UNNAMED_OPTIONS: readonly string[] = ['src/crypto/message-cipher.ts openOnce']

/** What modules remember: why, and what bounds it. */
export const STATE: Readonly<Record<string, string>> = {
  'src/caches.ts isOn': 'the switch of all caches, for tests',
  'src/client/frame/context.ts contexts': 'the private half of a client; goes with the client',
  'src/client/sealed/sealed.ts ownCertificates': 'the certificate that a client sealed with last; one for each client, goes with it',
  'src/client/sessions/strangers.ts watches': 'two counts and the look under way for each client, go with it',
  'src/codec/double.ts eight': 'scratch, 8 bytes, of times: never secret',
  'src/codec/message.ts writer': 'scratch, 16 KiB, zeroed after each use',
  'src/crypto/dh.ts coordinates': '32 bytes for each key array, go with it: the platform remembers its import by them',
  'src/crypto/message-cipher.ts expanded': 'scratch, 80 bytes, zeroed after each use',
  'src/crypto/message-cipher.ts cipherKey': 'a part of `expanded`',
  'src/crypto/message-cipher.ts macKey': 'a part of `expanded`',
  'src/crypto/message-cipher.ts iv': 'a part of `expanded`',
  'src/crypto/platform/hmac.ts blank': 'a hash of nothing, copied and never written to',
  'src/crypto/platform/hmac.ts running': 'scratch, one hash, wiped after each use',
  'src/crypto/platform/hmac.ts keyed': 'scratch, two hashes, wiped after each use',
  'src/crypto/platform/hmac.ts memory': 'scratch, 128 bytes, zeroed after each use',
  'src/crypto/platform/hmac.ts half': 'a part of `memory`',
  'src/crypto/platform/hmac.ts digest': 'a part of `memory`',
  'src/crypto/platform/hmac.ts counter': 'a part of `memory`',
  'src/crypto/platform/hmac.ts unsalted': 'two hashes of a public block, written once at load',
  'src/crypto/platform/node.ts inner': 'scratch, 4,096 bytes, zeroed after each use',
  'src/crypto/platform/node.ts outer': 'scratch, 96 bytes, zeroed after each use',
  'src/crypto/platform/node.ts padded': 'scratch, 4,096 bytes, zeroed after each use',
  'src/crypto/platform/node.ts privateKeys': 'one import for each key array, goes with it',
  'src/crypto/platform/node.ts publicKeys': 'one import for each key array, goes with it',
  'src/crypto/secret.ts read': 'the way to the bytes of a secret; written once at load',
  'src/crypto/signing-key.ts signBits': 'one bit for each secret, goes with it',
  'src/crypto/xeddsa.ts ownEdwardsKeys': '32 bytes for each private key, go with it',
  'src/protocol/session/session.ts names': 'one name for each base key, goes with it',
  'src/protocol/spqr/erasure-code.ts points': 'public tables, one for each length of a message: there are four',
  'src/protocol/spqr/gf.ts tables': 'a public table of 384 kB, made at first use',
  'src/records/names.ts chainNames': 'a few names for each ratchet key, go with it',
  'src/store/engines/leveldb.ts queues': 'the commits that wait, for each database; go with it',
  'src/store/key-queues.ts queues': 'keys in use now, for each store; go with it',
}

/** Refused words of the glossary that a file still uses, and how often. Those of the published API and of stored records stay. */
export const REFUSED_WORDS: Sizes = {
  'src/client/groups/distributions.ts: kept key': 3,
  'src/client/groups/distributions.ts: claimed': 7,
  'src/client/groups/distributions.ts: taken': 3,
  'src/client/state/archive.ts: kept key': 13,
  'src/client/client.ts: taken': 6,
  'src/client/frame/limits.ts: kept key': 6,
  'src/client/frame/long-jumps.ts: kept key': 3,
  'src/client/frame/results.ts: taken': 2,
  'src/client/groups/messages.ts: kept key': 9,
  'src/client/healing/contents.ts: taken': 3,
  'src/client/account/old-strangers.ts: kept key': 4,
  'src/client/sessions/strangers.ts: kept key': 19,
  'src/client/sessions/unanswered.ts: kept key': 12,
  'src/client/state/chain-claims.ts: claimant': 22,
  'src/client/state/chain-claims.ts: claimed': 8,
  'src/client/state/outbox.ts: taken': 2,
  'src/client/state/repair.ts: kept key': 4,
  'src/client/state/sender-keys.ts: kept key': 16,
  'src/client/state/skipped-keys.ts: kept key': 15,
  'src/errors.ts: claimed': 2,
  'src/index.ts: taken': 2,
  'src/migration/foreign-pre-keys.ts: taken': 3,
  'src/migration/libsignal.ts: kept key': 6,
  'src/migration/moved-pre-keys.ts: taken': 1,
  'src/migration/pre-keys.ts: taken': 12,
  'src/migration/sender-keys.ts: deliverer': 3,
  'src/migration/sender-keys.ts: kept key': 8,
  'src/migration/sender-keys.ts: claimant': 3,
  'src/migration/sender-keys.ts: claimed': 5,
  'src/migration/session-record.ts: receiver': 2,
  'src/protocol/checkpoints.ts: taken': 6,
  'src/protocol/groups/messages.ts: kept key': 1,
  'src/protocol/groups/sender-key.ts: kept key': 4,
  'src/protocol/groups/sender-key.ts: taken': 2,
  'src/protocol/ratchet/double-ratchet.ts: kept key': 5,
  'src/protocol/ratchet/double-ratchet.ts: put aside': 1,
  'src/protocol/ratchet/triple-ratchet.ts: receiver': 3,
  'src/protocol/ratchet/triple-ratchet.ts: kept key': 4,
  'src/protocol/session/messages.ts: receiver': 2,
  'src/protocol/session/messages.ts: kept key': 5,
  'src/protocol/session/session.ts: kept key': 6,
  'src/protocol/spqr/epoch-chains.ts: kept key': 9,
  'src/protocol/spqr/epoch-chains.ts: put aside': 3,
  'src/protocol/spqr/epoch-chains.ts: taken': 7,
  'src/protocol/spqr/spqr.ts: kept key': 1,
  'src/records/identity-record.ts: kept key': 5,
  'src/records/names.ts: kept key': 4,
  'src/records/sender-key-record.ts: claimant': 3,
  'src/records/session-record.ts: kept key': 9,
  'src/wire/signal-message.ts: receiver': 1,
}
