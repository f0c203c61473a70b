/**
 * What a conversation needs of one side, in plain bytes and numbers: the common face of bisik and of every libsignal release.
 * Knows neither of them.
 */

export interface Address {
  readonly user: string
  readonly device: number
}

/** A prekey bundle as a server hands it out; keys are serialized with their type byte. */
export interface PlainBundle {
  readonly address: Address
  readonly registrationId: number
  readonly identityKey: Uint8Array
  readonly signedPreKey: { readonly id: number; readonly publicKey: Uint8Array; readonly signature: Uint8Array }
  readonly oneTimePreKey: { readonly id: number; readonly publicKey: Uint8Array } | undefined
  readonly kemPreKey: { readonly id: number; readonly publicKey: Uint8Array; readonly signature: Uint8Array } | undefined
}

/** libsignal's numbers: 3 is a PreKeySignalMessage, 2 a SignalMessage. */
export interface Message {
  readonly type: 2 | 3
  readonly bytes: Uint8Array
}

export interface BundleOptions {
  /** With a one-time prekey. */
  readonly oneTime: boolean
  /** With a KEM prekey. */
  readonly kem: boolean
}

/** An account in libsignal's own record bytes: what moves when another implementation takes it over. */
export interface AccountRecords {
  readonly identityKeyPair: Uint8Array
  readonly registrationId: number
  /** By {@link addressKey}. */
  readonly sessions: ReadonlyMap<string, Uint8Array>
  /** Others' identity keys, by {@link addressKey}; one that is not there is believed when it is seen. */
  readonly identities?: ReadonlyMap<string, Uint8Array>
  readonly preKeys: readonly Uint8Array[]
  readonly signedPreKeys: readonly Uint8Array[]
  readonly kyberPreKeys: readonly { readonly record: Uint8Array; readonly lastResort: boolean }[]
}

export interface PeerAccount {
  readonly address: Address
  /** Generates and stores the prekeys of one bundle. */
  bundle(options: BundleOptions): Promise<PlainBundle>
  startSession(bundle: PlainBundle): Promise<void>
  encrypt(to: Address, plaintext: Uint8Array): Promise<Message>
  decrypt(from: Address, message: Message): Promise<Uint8Array>
  /** The stored bytes of the session with `peer`; `undefined` if there is none. */
  sessionRecord(peer: Address): Promise<Uint8Array | undefined>
  /** Bytes in its stores altogether. */
  stored(): Promise<number>
  /** Gives the account away: it is not used here any more. */
  moveOut(): Promise<AccountRecords>
}

export interface Peer {
  readonly name: string
  /** @param records - the account to go on with, instead of a new identity. */
  newAccount(address: Address, records?: AccountRecords): Promise<PeerAccount>
}

/** The peer looked at the bytes and said no. Whatever else is thrown is a fault of the harness or of the peer. */
export class Refusal extends Error {
  readonly verdict: 'duplicate' | 'refused'

  constructor(verdict: 'duplicate' | 'refused', cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.verdict = verdict
  }
}

/** `user.device`: the key of everything kept for one device. */
export function addressKey(address: Address): string {
  return `${address.user}.${address.device}`
}

export function addressOf(key: string): Address {
  const dot = key.lastIndexOf('.')
  return { user: key.slice(0, dot), device: Number(key.slice(dot + 1)) }
}
