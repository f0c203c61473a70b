/**
 * What it takes to send without telling the relay who sends: its trust root, pinned at first contact; our certificate, renewed in time;
 * the access key that lets our contacts send to us, and theirs, as they come in their messages.
 */
import { randomBytes } from 'node:crypto'
import { type AppRecords, type Client, type DeviceAddress, epochMillis, isBisikError, type KeyStore } from 'bisik'
import { parseEcPublicKey, validateCertificate } from 'bisik/protocol'
import { ACCESS_KEY_LENGTH } from 'bisik/relay'
import { readRecord, readRecords, writeRecords } from './account.js'
import { RelayNonsense } from './answers.js'
import type { RelayApi } from './relay-api.js'

/** There is no certificate to send with, and trying again does not help: the user must decide or repair something first. */
export class NoCertificate extends Error {
  override readonly name = 'NoCertificate'
}

const TRUST_ROOT = 'trust-root'
/** The record of our own access key; contacts' are `access-key/{user}`. */
export const OWN_ACCESS_KEY = 'own-access-key'
/** Milliseconds before the end of a certificate from which on it is not used any more: clocks differ. */
const MARGIN = 10 * 60 * 1000

export class Sealing {
  /** Tells the relay to admit a message for us without a name; it goes to contacts with every message. */
  readonly accessKey: Uint8Array<ArrayBuffer>
  readonly #store: KeyStore
  readonly #accessKeys = new Map<string, Uint8Array>()
  #trustRoot: Uint8Array | undefined
  #certificate: { readonly bytes: Uint8Array; readonly expiration: number } | undefined

  private constructor(store: KeyStore, accessKey: Uint8Array, trustRoot: Uint8Array | undefined) {
    this.#store = store
    this.accessKey = new Uint8Array(accessKey)
    this.#trustRoot = trustRoot
  }

  /** @param pinned - a trust root that the user has from elsewhere; it takes the place of the one that is known. */
  static async load(store: KeyStore, pinned?: Uint8Array): Promise<Sealing> {
    const accessKey = (await readRecord(store, OWN_ACCESS_KEY)) ?? new Uint8Array(randomBytes(ACCESS_KEY_LENGTH))
    await writeRecords(store, new Map([[OWN_ACCESS_KEY, accessKey], ...(pinned === undefined ? [] : [[TRUST_ROOT, pinned] as const])]))
    const sealing = new Sealing(store, accessKey, pinned ?? (await readRecord(store, TRUST_ROOT)))
    for (const [name, key] of await readRecords(store, 'access-key')) sealing.#accessKeys.set(name.split('/')[1] ?? '', key)
    return sealing
  }

  get trustRoots(): readonly Uint8Array[] {
    return this.#trustRoot === undefined ? [] : [this.#trustRoot]
  }

  /** Our certificate; none if there is none yet, or it is about to end: {@link Sealing.renew} it. */
  get certificate(): Uint8Array | undefined {
    const certificate = this.#certificate
    return certificate !== undefined && certificate.expiration - MARGIN > Date.now() ? certificate.bytes : undefined
  }

  /** What lets us send to a user without a name, if we were told. */
  accessKeyOf(to: DeviceAddress): Uint8Array | undefined {
    return this.#accessKeys.get(to.user)
  }

  /** What to keep of a contact's access key, in the commit of the message that brought it. */
  record(from: DeviceAddress, accessKey: Uint8Array | undefined): AppRecords {
    return accessKey === undefined || this.#knows(from, accessKey) ? new Map() : new Map([[`access-key/${from.user}`, accessKey]])
  }

  /** To be called after that commit. */
  learn(from: DeviceAddress, accessKey: Uint8Array | undefined): void {
    if (accessKey !== undefined) this.#accessKeys.set(from.user, accessKey)
  }

  /** The relay refused a contact's access key: there is a new one, which their next message brings. */
  async forget(to: DeviceAddress): Promise<void> {
    this.#accessKeys.delete(to.user)
    await writeRecords(this.#store, new Map([[`access-key/${to.user}`, null]]))
  }

  /**
   * Pins the trust root at first contact, tells the relay our access key, and fetches our certificate: the relay gives the same one
   * until half of its life is over.
   *
   * @throws NoCertificate; Refused `unauthorized` if the relay does not know the account; RelayAway.
   */
  async renew(api: RelayApi, { address, identityKey }: Pick<Client, 'address' | 'identityKey'>): Promise<void> {
    await api.setAccessKey(this.accessKey)
    const trustRoot = this.#trustRoot ?? (await this.#pin(await api.trustRoot()))
    const { bytes, certificate } = await api.senderCertificate()
    const { user, device } = certificate.sender
    const isOurs = user === address.user && device === address.device && Buffer.compare(certificate.identityKey, identityKey) === 0
    if (!isOurs) throw new RelayNonsense('certificate of ours')
    try {
      validateCertificate(certificate, { trustRoots: [parseEcPublicKey(trustRoot)], now: epochMillis(Date.now() + MARGIN) })
    } catch (error) {
      if (isBisikError(error, 'certificate-untrusted')) throw new NoCertificate(otherRoot(await api.trustRoot()))
      if (isBisikError(error, 'certificate-expired')) throw new NoCertificate(wrongClock(certificate.expiration))
      throw error
    }
    this.#certificate = { bytes, expiration: certificate.expiration }
  }

  async #pin(trustRoot: Uint8Array): Promise<Uint8Array> {
    await writeRecords(this.#store, new Map([[TRUST_ROOT, trustRoot]]))
    this.#trustRoot = trustRoot
    return trustRoot
  }

  #knows({ user }: DeviceAddress, accessKey: Uint8Array): boolean {
    const known = this.#accessKeys.get(user)
    return known !== undefined && Buffer.compare(known, accessKey) === 0
  }
}

function otherRoot(trustRoot: Uint8Array): string {
  return [
    'the relay vouches for its accounts with another key than the one that was pinned at first contact.',
    'Either it has lost its data and begun anew, or somebody has taken its place.',
    'Ask whoever runs it, in another way, for its trust root (it prints it when it starts). If it is the one below, start again with:',
    `  --trust-root ${Buffer.from(trustRoot).toString('hex')}`,
  ].join('\n')
}

function wrongClock(expiration: number): string {
  const [end, now] = [expiration, Date.now()].map((time) => new Date(time).toISOString())
  return `the relay's certificate ended at ${end}, and the clock of this computer says ${now}: set the clock, and start again.`
}
