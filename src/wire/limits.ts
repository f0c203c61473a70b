/**
 * How large each thing that comes from outside may be. Knows no format; the parsers enforce these before they read a byte.
 */

/** Bytes of one message (`SignalMessage`, `PreKeySignalMessage`), 1 MiB. Parsers take another limit as an argument. */
export const MAX_MESSAGE_LENGTH = 1_048_576
/** Bytes of an envelope: a message of the largest size, and 4 KiB for sender and framing. */
export const MAX_ENVELOPE_LENGTH: number = MAX_MESSAGE_LENGTH + 4_096
/**
 * Bytes of an envelope that a relay takes, and a client makes, unless they are told otherwise, 256 KiB: any text, and no attachment. One
 * number for both, so that nothing is refused on its way after the ratchet has advanced.
 */
export const DEFAULT_ENVELOPE_LENGTH = 262_144
/**
 * Bytes by which an envelope is longer than the plaintext in it, at most: 12 KiB. A sender's name (1 KiB), a certificate (4 KiB) and a
 * group's id (1 KiB) as long as they may be, and below 3 KiB for handshake, headers, padding and what a content says beside its bytes.
 */
export const ENVELOPE_OVERHEAD = 12_288
/** Bytes of a prekey bundle, 64 KiB; a real one has about 3.5 KB. */
export const MAX_BUNDLE_LENGTH = 65_536
/** Bytes of a prekey upload, 1 MiB; 100 one-time prekeys of both kinds take about 170 KB. */
export const MAX_UPLOAD_LENGTH = 1_048_576
/** One-time prekeys of each kind in one upload. Bounds the objects that a decoder makes out of tiny fields. */
export const MAX_ONE_TIME_PRE_KEYS = 1_000
/** Bytes of a user's name in UTF-8. */
export const MAX_USER_LENGTH = 1_024
/** Bytes of a certificate of sealed sender; a real one has about 300. */
export const MAX_CERTIFICATE_LENGTH = 4_096
/** Bytes of a group's id in a sealed message; Signal's have 32. */
export const MAX_GROUP_ID_LENGTH = 1_024
/** Devices that get one sealed message for many, and users excluded from it. */
export const MAX_RECIPIENTS = 100_000
/** Bytes of a sealed message for many, 8 MiB: as many recipients as may be, with one device each, and a message of the largest size. */
export const MAX_SENT_MESSAGE_LENGTH = 8_388_608
/** Bytes of a scannable safety number; a real one has 74. */
export const MAX_SCANNABLE_LENGTH = 4_096
/** Bytes of a list of devices, 8 KiB; one of 16 devices has about 3 KB. */
export const MAX_DEVICE_LIST_LENGTH = 8_192
/** Devices in a list: each is a session, and an envelope for each message. */
export const MAX_LISTED_DEVICES = 16
/** Lists that one list takes the place of, and so branches of a fork that are open at a time. */
export const MAX_PREVIOUS_LISTS = 4
/** Bytes of a stamp or a move; one has about 300, and a user's name may have 1 KiB. */
export const MAX_DEVICE_PROOF_LENGTH = 4_096

/** Bytes of a signed entry of a roster, 128 KiB; a thousand new members take about 80 KB. */
export const MAX_ROSTER_ENTRY_LENGTH = 131_072
/** Changes in one entry: each is a user to look up and a path of the roster's map to hash. */
export const MAX_ROSTER_CHANGES = 1_000
/** Devices of one user of which an entry says how far their messages count: as many as a list has. */
export const MAX_LAST_KEYS: number = MAX_LISTED_DEVICES
/** Bytes of one user of a roster, 16 KiB: a name, a list of devices and the keys of a right that ended. */
export const MAX_ROSTER_USER_LENGTH = 16_384

/** The most media that one message commits to. */
export const MAX_MEDIA = 32
