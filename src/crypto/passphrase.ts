/**
 * Makes a key of a passphrase, slowly, so that each guess costs as much.
 */
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { utf8 } from '../bytes.js'
import { Secret } from './secret.js'

const BLOCK_SIZE = 8
const KEY_LENGTH = 32
/** Milliseconds of work between two pauses in which others run. */
const SLICE = 10

/**
 * Stretches a passphrase by scrypt, with pauses: it takes as long as its cost, but does not block.
 *
 * Spec: RFC 7914, "The scrypt Algorithm", r = 8, p = 1; differs: none. The passphrase is put into Unicode's form NFKC and UTF-8 first.
 *
 * @param salt - 16 random bytes.
 * @param cost - the logarithm of N: it takes 2^(cost + 10) bytes of memory.
 */
export async function stretchPassphrase(passphrase: string, salt: Uint8Array, cost: number): Promise<Secret<'StoreKey'>> {
  const text = utf8(passphrase.normalize('NFKC'))
  try {
    const settings = { N: 2 ** cost, r: BLOCK_SIZE, p: 1, dkLen: KEY_LENGTH, asyncTick: SLICE }
    return Secret.own(new Uint8Array(await scryptAsync(text, salt, settings)))
  } finally {
    text.fill(0)
  }
}
