/**
 * ML-KEM and its hashes on the noble packages: every runtime without a native ML-KEM. Knows no protocol; all it adds to noble is the
 * shape of the port.
 */
import { sha3_256, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js'
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { type Bytes, copyBytes } from '../bytes.js'
import type { Lattice, MlKem } from './lattice.js'

/** The port on noble: what `#lattice` resolves to without the `node` condition. */
export const lattice: Lattice = {
  name: 'noble',
  sha3_256: (...parts) => digest(sha3_256.create(), parts),
  sha3_512: (...parts) => digest(sha3_512.create(), parts),
  shake128: (length, ...parts) => digest(shake128.create({ dkLen: length }), parts),
  shake256: (length, ...parts) => digest(shake256.create({ dkLen: length }), parts),
  mlKem768: /* @__PURE__ */ ported(ml_kem768),
  mlKem1024: /* @__PURE__ */ ported(ml_kem1024),
}

function ported(kem: typeof ml_kem768): MlKem {
  return {
    secretKey: (seed) => kem.keygen(seed).secretKey as Bytes,

    encapsulate: (publicKey, message) =>
      unlessRefused(() => {
        const { cipherText, sharedSecret } = kem.encapsulate(publicKey, message)
        return { ciphertext: cipherText as Bytes, sharedSecret: owned(sharedSecret) }
      }),

    decapsulate: (secretKey, ciphertext) => unlessRefused(() => owned(kem.decapsulate(ciphertext, secretKey))),
  }
}

/** noble throws for one reason alone: its checks of the arguments. */
function unlessRefused<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}

function digest(state: { update(part: Uint8Array): unknown; digest(): Uint8Array }, parts: readonly Uint8Array[]): Bytes {
  for (const part of parts) state.update(part)
  return state.digest() as Bytes
}

/** noble returns a view into memory that holds more. */
function owned(secret: Uint8Array): Bytes {
  const copy = copyBytes(secret)
  secret.fill(0)
  return copy
}
