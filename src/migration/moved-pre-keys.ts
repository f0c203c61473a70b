/** What a move of prekeys takes and gives; types alone. */

/** Prekeys of a libsignal-client installation, as serialized records. */
export interface LibsignalPreKeys {
  readonly preKeys: readonly Uint8Array[]
  readonly signedPreKeys: readonly Uint8Array[]
  readonly kyberPreKeys: readonly { readonly record: Uint8Array; readonly lastResort: boolean }[]
  /**
   * What `markKyberPreKeyUsed` was told: with these, a first message that was delivered there is not delivered again here. At most 100,000
   * base keys in all.
   */
  readonly usedBaseKeys?: readonly UsedBaseKeys[] | undefined
}

/** The base keys of first messages that used the same two prekeys. */
export interface UsedBaseKeys {
  /** None for first messages without Kyber (X3DH). */
  readonly kyberPreKeyId?: number | undefined
  readonly signedPreKeyId: number
  /** 33 bytes each. */
  readonly baseKeys: readonly Uint8Array[]
}

/** What became of prekeys that were to be taken over. */
export interface ImportedPreKeys {
  /** How many were. */
  readonly taken: { readonly preKeys: number; readonly signedPreKeys: number; readonly kyberPreKeys: number; readonly usedBaseKeys: number }
  readonly dropped: readonly DroppedPreKey[]
}

/** A prekey, or base keys, that could not be used. */
export interface DroppedPreKey {
  readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key' | 'used-base-keys'
  /** The prekey's id (of base keys, that of the Kyber prekey), if it can be read. */
  readonly id: number | undefined
  /** The place in its list. */
  readonly index: number
  /** `corrupt`: does not decode. `already-taken`: the id is in use here. `not-needed`: no prekey is here that could be used with them again. */
  readonly reason: 'corrupt' | 'already-taken' | 'not-needed'
}

/** {@link LibsignalPreKeys}, and the kinds and ids of those that are damaged here: they are gone as well. */
export interface ExportedPreKeys extends LibsignalPreKeys {
  readonly usedBaseKeys: readonly UsedBaseKeys[]
  readonly damaged: readonly { readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key'; readonly id: number }[]
}
