/**
 * What opens the commitment on an envelope, inside the content: its format. What it commits to is for `protocol/frank.ts` to say.
 */
import { bytesArgument, type Checks, countArgument, fieldsArgument, listArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { BisikError } from '../errors.js'
import { MAX_MEDIA } from './limits.js'
import type * as schema from './schema/content.js'

/** Bytes of a commitment, and of the key that opens it. */
export const COMMITMENT_LENGTH = 32
const SIGNATURE_LENGTH = 64

/** A file beside a message, by what commits to its bytes. */
export interface Media {
  /** 32 bytes. */
  readonly root: Bytes
  /** Bytes of the file. */
  readonly size: number
  /** Bytes of a chunk, but for the last one. */
  readonly chunk: number
}

/** What opens a commitment. Where more than `key` is there, the commitment is also to that. */
export interface Frank {
  /** 32 bytes, fresh for every envelope. */
  readonly key: Bytes
  readonly number?: number | undefined
  /** 64 bytes. */
  readonly signature?: Bytes | undefined
  readonly flags?: number | undefined
  /** Seconds. */
  readonly lifetime?: number | undefined
  /** The commitment of another message, 32 bytes. */
  readonly refersTo?: Bytes | undefined
  readonly media?: readonly Media[] | undefined
}

const MEDIA: Checks<Media> = {
  root: (root, name) => bytesArgument(root, name, COMMITMENT_LENGTH),
  size: countArgument,
  chunk: uint32Argument,
}

const CHECKS: Checks<Frank> = {
  key: (key, name) => bytesArgument(key, name, COMMITMENT_LENGTH),
  number: uint32Argument,
  signature: (signature, name) => bytesArgument(signature, name, SIGNATURE_LENGTH),
  flags: uint32Argument,
  lifetime: uint32Argument,
  refersTo: (target, name) => bytesArgument(target, name, COMMITMENT_LENGTH),
  media: mediaArgument,
}

/** The fields of a frank on the wire. @throws BisikError `invalid-argument`. */
export function frankFields(frank: Frank): Writable<schema.Frank> {
  const { key, number, signature, flags, lifetime, refersTo, media } = fieldsArgument(frank, 'frank', CHECKS)
  return {
    key: bytesArgument(key as Bytes, 'key'),
    number: number ?? null,
    signature: signature ?? null,
    flags: flags ?? null,
    lifetime: lifetime ?? null,
    refersTo: refersTo ?? null,
    media: media ?? [],
  }
}

/** A frank as it came. @throws BisikError `malformed-message`. */
export function receivedFrank({ key, number, signature, flags, lifetime, refersTo, media }: schema.Frank): Frank {
  const isWellFormed =
    key.length === COMMITMENT_LENGTH &&
    (signature === null || signature.length === SIGNATURE_LENGTH) &&
    (refersTo === null || refersTo.length === COMMITMENT_LENGTH) &&
    media.every(({ root, size }) => root.length === COMMITMENT_LENGTH && Number.isSafeInteger(size))
  if (!isWellFormed) throw new BisikError('malformed-message', { reason: 'no frank' })
  return {
    key,
    number: number ?? undefined,
    signature: signature ?? undefined,
    flags: flags ?? undefined,
    lifetime: lifetime ?? undefined,
    refersTo: refersTo ?? undefined,
    media,
  }
}

function mediaArgument(media: readonly Media[], name: string): readonly Media[] {
  return listArgument(media, name, MAX_MEDIA).map((one) => {
    const { root, size, chunk } = fieldsArgument(one, name, MEDIA)
    return {
      root: bytesArgument(root as Bytes, 'root'),
      size: countArgument(size as number, 'size'),
      chunk: uint32Argument(chunk as number, 'chunk'),
    }
  })
}
