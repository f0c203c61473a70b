/**
 * ML-KEM and its hashes on the noble packages: every runtime without `node:crypto`. All it adds to noble's hashes is the shape
 * of the port.
 */
import { sha3_256, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js'
import type { Bytes } from '../../bytes.js'
import { ML_KEM_768, ML_KEM_1024, mlKem } from './ml-kem.js'
import type { Lattice, LatticeHashes } from './port.js'

const hashes: LatticeHashes = {
  sha3_256: (...parts) => digest(sha3_256.create(), parts),
  sha3_512: (...parts) => digest(sha3_512.create(), parts),
  shake128: (length, ...parts) => digest(shake128.create({ dkLen: length }), parts),
  shake256: (length, ...parts) => digest(shake256.create({ dkLen: length }), parts),
}

/** The port on noble: what `#lattice` resolves to without the `node` condition. */
export const lattice: Lattice = {
  name: 'noble',
  ...hashes,
  mlKem768: mlKem(ML_KEM_768, hashes),
  mlKem1024: mlKem(ML_KEM_1024, hashes),
}

function digest(state: { update(part: Uint8Array): unknown; digest(): Uint8Array }, parts: readonly Uint8Array[]): Bytes {
  for (const part of parts) state.update(part)
  return state.digest() as Bytes
}
