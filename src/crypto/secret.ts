/**
 * Holds secret bytes so that they cannot be printed, serialized or mistaken for another kind of secret by accident.
 * `expose` is for `crypto/` and `records/` only (a test checks who imports it).
 */
import { bytesArgument, invalidArgument, readArgument } from '../arguments.js'
import { type Bytes, copyBytes } from '../bytes.js'
import { BisikError } from '../errors.js'

type Read = (secret: Secret<string>) => Bytes

let read: Read

function lend(look: Read): Read {
  read = look
  return look
}

/**
 * Secret bytes of one `Kind`. Printing, `JSON.stringify` and `structuredClone` show nothing of them.
 *
 * @remarks Trap: the equality matchers of tests cannot see private fields and call any two secrets equal: compare what
 * {@link exposeSecret} gives. Developer tools of browsers can show private fields.
 */
export class Secret<Kind extends string> {
  declare private readonly kind: Kind
  #bytes: Bytes | undefined

  private constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  /** Lends the look inside to this module; in a static block it would be syntax that React Native's preset refuses. */
  static readonly #read = lend((secret) => {
    const bytes = secret.#bytes
    if (bytes === undefined) throw new BisikError('internal', { reason: 'a secret was used after it was wiped' })
    return bytes
  })

  /** Takes ownership of `bytes`: the caller must not use the array again. @throws BisikError `invalid-argument`. */
  static own<Kind extends string>(bytes: Bytes): Secret<Kind> {
    return new Secret<Kind>(bytesArgument(bytes, 'bytes'))
  }

  /** Copies `bytes`; the argument stays the caller's to wipe. @throws BisikError `invalid-argument`. */
  static copy<Kind extends string>(bytes: Uint8Array): Secret<Kind> {
    return new Secret<Kind>(copyBytes(bytesArgument(bytes, 'bytes')))
  }

  /** A copy with a life of its own. */
  clone(): Secret<Kind> {
    return Secret.copy(Secret.#read(this))
  }

  /** Overwrites the bytes with zeros. Using the secret afterwards throws `internal`. Wiping twice is harmless. */
  wipe(): void {
    this.#bytes?.fill(0)
    this.#bytes = undefined
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'Secret'
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}

/** The bytes inside, not a copy: they go when the secret is wiped. */
export function expose(secret: Secret<string>): Bytes {
  return read(secret)
}

/** Checks that an argument is a secret. @throws BisikError `invalid-argument`. */
export function secretArgument<T extends Secret<string>>(secret: T, argument: string): T {
  if (!readArgument(secret, argument, isSecret)) throw invalidArgument(argument, 'a Secret')
  return secret
}

const isSecret = (value: unknown): boolean => value instanceof Secret

/**
 * Hands out a copy of the bytes of an agreement, a KEM's shared secret or a private key, for a caller who builds or keeps something
 * of its own: from here on nothing prevents that they are printed, and nothing wipes them.
 *
 * @returns 32 bytes; 3169 of a KEM's secret key.
 * @throws BisikError `internal` if the secret was wiped; `invalid-argument` if it is none.
 */
export function exposeSecret(secret: Secret<'DhOutput' | 'KemSharedSecret' | 'EcPrivateKey' | 'KemSecretKey'>): Bytes {
  return copyBytes(read(secretArgument(secret, 'secret')))
}

/** Compares two secrets without an early exit; lengths are public. */
export function sameSecret(a: Secret<string>, b: Secret<string>): boolean {
  const x = read(a)
  const y = read(b)
  if (x.length !== y.length) return false
  let difference = 0
  for (let i = 0; i < x.length; i++) difference |= (x[i] as number) ^ (y[i] as number)
  return difference === 0
}
