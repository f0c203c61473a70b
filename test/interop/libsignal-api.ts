/**
 * What of `@signalapp/libsignal-client` is called here, and how that changed from 0.22 to 0.103. The package is a black box: these shapes
 * say what we pass and use, nothing of what is inside.
 */

export type Argument = unknown
export interface Serializable {
  serialize(): Uint8Array
}
export interface PublicKey extends Serializable {}
export interface PrivateKey extends Serializable {
  getPublicKey(): PublicKey
  sign(message: Uint8Array): Uint8Array
}
export interface IdentityKeyPair extends Serializable {
  readonly privateKey: PrivateKey
}
export interface PreKey extends Serializable {
  id(): number
}
export interface KemKeyPair {
  getPublicKey(): Serializable
}
export interface Codec<T> {
  deserialize(bytes: Uint8Array): T
}
export interface Maker<T> {
  new: (...parts: Argument[]) => T
}
export interface ProtocolAddress {
  name(): string
  deviceId(): number
}
export type Store = abstract new () => object

/** The part of the package that is called here. */
export interface Libsignal {
  readonly ProtocolAddress: Maker<ProtocolAddress>
  readonly PublicKey: Codec<PublicKey>
  readonly PrivateKey: Codec<PrivateKey> & { generate(): PrivateKey }
  readonly IdentityKeyPair: Codec<IdentityKeyPair> & { generate(): IdentityKeyPair }
  readonly KEMKeyPair?: { generate(): KemKeyPair }
  readonly KEMPublicKey?: Codec<Serializable>
  readonly PreKeyRecord: Codec<PreKey> & Maker<PreKey>
  readonly SignedPreKeyRecord: Codec<PreKey> & Maker<PreKey>
  readonly KyberPreKeyRecord?: Codec<PreKey> & Maker<PreKey>
  readonly PreKeyBundle: Maker<object>
  readonly SessionRecord: Codec<Serializable>
  readonly SignalMessage: Codec<Serializable>
  readonly PreKeySignalMessage: Codec<Serializable>
  readonly SessionStore: Store
  readonly IdentityKeyStore: Store
  readonly PreKeyStore: Store
  readonly SignedPreKeyStore: Store
  readonly KyberPreKeyStore?: Store
  readonly LibSignalErrorBase: abstract new (...parts: never[]) => Error & { readonly code: number }
  processPreKeyBundle(...parts: Argument[]): Promise<void>
  signalEncrypt(...parts: Argument[]): Promise<Serializable & { type(): number }>
  signalDecrypt(...parts: Argument[]): Promise<Uint8Array>
  signalDecryptPreKey(...parts: Argument[]): Promise<Uint8Array>
}

/** Loads `libsignal-<version>` through the importing package's own dependencies. */
export async function loadLibsignal(version: string, importPackage: (name: string) => Promise<unknown>): Promise<Libsignal> {
  const loaded = (await importPackage(`libsignal-${version}`)) as Libsignal & { default: Libsignal }
  // Releases before 0.82 are CommonJS, and Node does not see their named exports.
  return loaded.PrivateKey ? loaded : loaded.default
}

/** What changed in the calls, from which minor version on. */
export class Library {
  readonly api: Libsignal
  readonly hasKem: boolean
  readonly needsKem: boolean
  readonly numbersIdentityChange: boolean
  readonly takesPqFlag: boolean
  readonly usePqRatchet: 0 | 1
  readonly localAddressFirst: boolean
  readonly localAddressEverywhere: boolean
  readonly #wantsBuffer: boolean

  constructor(api: Libsignal, version: string, usePqRatchet: boolean) {
    const minor = Number(version.split('.')[1])
    this.api = api
    this.hasKem = minor >= 27
    this.needsKem = minor >= 75
    this.numbersIdentityChange = minor >= 71
    this.takesPqFlag = minor >= 74 && minor <= 82
    this.usePqRatchet = usePqRatchet ? 0 : 1
    this.localAddressFirst = minor >= 91
    this.localAddressEverywhere = minor >= 93
    this.#wantsBuffer = minor < 75
  }

  bytes(source: Uint8Array): Uint8Array {
    return this.#wantsBuffer ? Buffer.from(source.buffer, source.byteOffset, source.length) : source
  }
}
