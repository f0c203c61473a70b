/**
 * Damaged records of a device: an error says whose record it is, and who can do without one goes on without it. Knows no kind of record
 * and no remedy.
 */
import { BisikError, isBisikError } from '../../errors.js'
import type { DeviceAddress } from '../../wire/address.js'

/** An error that says that a record does not decode. */
export type Damage = Extract<BisikError, { readonly code: 'corrupt-record' }>

/** Lets the error of a damaged record say whose it is. */
export function ofPeer<T>({ user, device }: DeviceAddress, decode: () => T): T {
  const decoded = decodedOf(decode)
  if (!isDamage(decoded)) return decoded
  throw new BisikError('corrupt-record', { ...decoded.details, user, device })
}

/**
 * What `decode` returns, or the error if the record is damaged. One that a newer release wrote is not: it is left alone.
 *
 * @throws what `decode` throws besides.
 */
export function decodedOf<T>(decode: () => T): T | Damage {
  try {
    return decode()
  } catch (error) {
    if (isDamage(error)) return error
    throw error
  }
}

/** Whether this is the error of a damaged record. */
export function isDamage(value: unknown): value is Damage {
  return isBisikError(value, 'corrupt-record')
}

/** What a record says; `undefined` if there is none, or it is damaged. @throws BisikError `record-too-new`. */
export function readable<T>(record: Uint8Array | undefined, decode: (bytes: Uint8Array) => T): T | undefined {
  const decoded = record === undefined ? undefined : decodedOf(() => decode(record))
  return isDamage(decoded) ? undefined : decoded
}
