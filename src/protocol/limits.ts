/**
 * Every bound of the protocol in one place, with its unit and its reason.
 *
 * The values are libsignal's (unchanged from 0.15 to 0.103), because two peers must agree on what still opens; those that are
 * ours alone say so.
 */

/** Furthest a message may be ahead of its chain, in messages. Beyond it a forger could buy unbounded hashing. */
export const MAX_FORWARD_JUMP = 25_000

/**
 * Furthest a message may be ahead between two devices of one account, in messages. Differs: libsignal sets no limit there, and so
 * lets a relay that alters a counter buy 2^32 steps of hashing; no honest device of one's own is this far ahead.
 */
export const MAX_OWN_DEVICE_JUMP = 250_000

/**
 * Ours: furthest a message may be ahead on an archived session when its ratchet key is new, in messages. An archived session is tried
 * because it might be the one; without this bound a forged message would cost one jump of {@link MAX_FORWARD_JUMP} for each of them.
 */
export const MAX_ARCHIVED_FORWARD_JUMP = 2_000

/** Ours: HMACs that such jumps may cost on all archived sessions of a device together: one jump on both ratchets. */
export const MAX_ARCHIVED_HMACS = 6_000

/**
 * Ours: furthest a first message may be ahead, in messages, on either ratchet. Nothing has authenticated its handshake: without this bound
 * anybody could cause jumps of {@link MAX_FORWARD_JUMP}. Of the messages before it no more than {@link MAX_SKIPPED_KEYS} could open anyway.
 */
export const MAX_FIRST_FORWARD_JUMP = 2_200

/** Skipped message keys kept per receiving chain; the oldest go first. Each of them is forward secrecy not yet gained. */
export const MAX_SKIPPED_KEYS = 2_000

/** Receiving chains kept per session, so that messages of the last turns of the conversation still open. */
export const MAX_RECEIVING_CHAINS = 5

/** Ours: receiving chains that are remembered per session after they are gone, 12 bytes each, so that a late copy is recognized. */
export const MAX_FORGOTTEN_CHAINS = 64

/**
 * Ours: messages of a session, or of a sender key, that are remembered after they were opened, 12 bytes each, so that another message in the
 * place of one is told from a copy.
 */
export const MAX_OPENED_MARKS = 1_000

/** Chains kept per sender key, so that messages from before a rotation still open. */
export const MAX_SENDER_KEY_CHAINS = 5

/** Ours: devices that are noted to have handed out one chain. The chain is one device's; the others pass it on. */
export const MAX_CHAIN_CLAIMS = 16

/** Archived sessions kept per device; a cloned device could come back through any of them. */
export const MAX_ARCHIVED_SESSIONS = 40

/** Milliseconds after which a session that the peer never answered no longer sends: 30 days. Exactly 30 days still sends. */
export const UNACKNOWLEDGED_SESSION_AGE: number = 30 * 24 * 60 * 60 * 1000

/**
 * Ours: milliseconds for which a session that another one replaced still opens messages: 30 days, as long as a message may have been under
 * way. Differs: libsignal keeps archived sessions for ever, and so lets a clone of a device come back through any of them.
 */
export const ARCHIVED_SESSION_AGE: number = 30 * 24 * 60 * 60 * 1000

/** Ours: milliseconds between two requests to one device to send again, and between two answers to its requests: an hour. */
export const RETRY_INTERVAL: number = 60 * 60 * 1000

/** Ours: devices that are not known here and are asked to send again in one interval: each may be an address that somebody made up. */
export const MAX_STRANGERS = 64

/** Ours: contents kept for one device, to be sent again, and names kept of those that came from it. The two must not differ. */
export const MAX_OUTBOX_ITEMS = 64

/** Ours: names kept of contents that came from one device a second time and were shown: their first copies may still come. */
export const MAX_AGAIN_NAMES = 256

/** Ours: bytes of the contents kept for one device: each is a plaintext that outlives its message key. */
export const MAX_OUTBOX_LENGTH: number = 1024 * 1024

/** Ours: milliseconds for which a content is kept to be sent again: 7 days. */
export const OUTBOX_AGE: number = 7 * 24 * 60 * 60 * 1000

/**
 * Ours: milliseconds between the two looks at the clock that must agree before something is deleted because of its age: an hour. A clock
 * that is wrong for a moment deletes nothing.
 */
export const SECOND_LOOK: number = 60 * 60 * 1000

/** Ours: ranges of times at which contents were sent whose names have been forgotten. Few, and a clock that was wrong once widens none. */
export const MAX_FORGOTTEN_RANGES = 8

/** Ours: HMACs that long jumps may cost one synchronous call before the event loop must run (about 3 ms in V8). */
export const HMACS_PER_SLICE = 1_000

/** Ours: steps between two checkpoints of a long jump, so that a second look at the same jump is cheap. */
export const CHECKPOINT_INTERVAL = 100

/** Ours: first messages without any one-time key that one last-resort prekey may serve before it must rotate. */
export const MAX_LEDGER_ENTRIES = 100_000

/** Ours: first messages after which a last-resort prekey is to be replaced, in time before {@link MAX_LEDGER_ENTRIES}. */
export const WORN_LEDGER_ENTRIES = 50_000

/** Largest registration id we make: 14 bits, the most that sealed sender v2 can carry. */
export const MAX_REGISTRATION_ID = 0x3fff

/** Iterations of the hash of a safety number; as many as Signal's apps make, so that their numbers are ours. */
export const FINGERPRINT_ITERATIONS = 5_200

/** The most iterations of the hash of a safety number. */
export const MAX_FINGERPRINT_ITERATIONS = 1_000_000

/** Ours: lists of devices of one user whose names and signers are remembered, about 150 bytes each: a branch off an older one waits for a join. */
export const MAX_KNOWN_LISTS = 256

/** Ours: account keys that one user had before, of which is remembered who could speak for them. */
export const MAX_PAST_ACCOUNTS = 8

/** Ours: milliseconds after which the newest stamp of a list no longer shows that it is the newest: 35 days, five of its weekly stamps. */
export const STAMP_AGE: number = 35 * 24 * 60 * 60 * 1000

/** Ours: milliseconds by which a stamp may be ahead of our clock: a day. Dated further ahead, it would keep an old list fresh. */
export const STAMP_TOLERANCE: number = 24 * 60 * 60 * 1000

/** Ours: members of a group. A message costs the same whatever their number; a new sender key costs one encrypt for each of their devices. */
export const MAX_GROUP_MEMBERS = 10_000

/** Ours: users that are or were members of a group: who was one stays in the map, with how far his messages count. */
export const MAX_ROSTER_USERS = 100_000
