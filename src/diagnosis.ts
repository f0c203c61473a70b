/**
 * Why a message did not open, as errors carry it. Types alone.
 */

/** Why a message did not open, as far as this device can tell. It says nothing about the network that was not in the message. */
export interface Diagnosis {
  /** Whose session or sender key was looked for; what is under a seal has been unsealed. */
  readonly sender: { readonly user: string; readonly device: number }
  /** The session the message names, else the current one: 16 hexadecimal digits, the same on both sides. `undefined` if there is none. */
  readonly session: string | undefined
  /** The distribution id of a group message. */
  readonly distribution: string | undefined
  /** The message's number on its chain. */
  readonly counter: number
  /** The ratchet key that the message names, 33 bytes; none in a group message. */
  readonly ratchetKey: Uint8Array<ArrayBuffer> | undefined
  readonly cause: DiagnosisCause
  readonly remedy: DiagnosisRemedy
}

/** The likely cause. */
export type DiagnosisCause =
  /** There is no session with the sender: it was deleted, or a backup without it was restored. */
  | 'session-missing'
  /** The message belongs to another session, or to a step of this one that never took place here: one side lost or restored state. */
  | 'session-diverged'
  /** It names a chain that is here: it was altered on its way, or the chain differs on the two sides. */
  | 'altered'
  /** It began a session with a prekey that is used up or gone: it came late, or the sender's bundle was old. */
  | 'pre-key-gone'
  /** Its handshake does not agree with our prekeys: altered, or made for another device. */
  | 'handshake-differs'
  /** Too many messages before it are missing. */
  | 'gap-too-large'
  /** It is a copy of one that was opened, or its key was dropped as one of too many. */
  | 'seen-before'
  /** Another message with its number was opened: the sender used the number again, or it was altered on its way. Not proven: its key is gone. */
  | 'counter-reused'
  /** It came so late that its key was deleted: it never opened. */
  | 'key-expired'
  /** The sender's key for this group has not arrived, or it is damaged here. */
  | 'sender-key-missing'
  /** The sender's key for this group began after this message: it was handed out later, and no key of it opens this. */
  | 'sender-key-began-later'
  /** It was sealed by another identity than the one whose sender key it names, or the owner of this key did not encrypt it. */
  | 'sender-key-foreign'
  /** A record of ours that the message needs does not decode: of the session, its skipped keys or a prekey. */
  | 'record-damaged'

/** What to do: `Client.decryptContent` does the second and the third by itself. */
export type DiagnosisRemedy = 'drop' | 'ask-again' | 'ask-for-sender-key' | 'acknowledge'

/** What the seal of a message said. The certificate is valid: that much is known even of a message that did not open. */
export interface ReceivedSeal {
  /** Who sealed it, as the certificate says. */
  readonly sender: { readonly user: string; readonly device: number }
  /** The sender's phone number (E.164), if the issuer put it into the certificate. */
  readonly phoneNumber: string | undefined
  /**
   * What to do about a message that does not open: `resendable`, ask for it, it is kept; `implicit`, say nothing, nobody would miss it;
   * `default`, say that it is lost. A number if it is a hint that this release has no name for.
   */
  readonly contentHint: 'default' | 'resendable' | 'implicit' | number
  /** The group that the message is of, by the sender's word. */
  readonly groupId: Uint8Array<ArrayBuffer> | undefined
}
