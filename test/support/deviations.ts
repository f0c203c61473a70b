/**
 * The register of declared deviations: where bisik answers a libsignal vector otherwise than libsignal, on purpose. Whoever replays
 * vectors counts these apart from failures; a vector test fails when a case of the register no longer differs.
 */
export interface Deviation {
  readonly id: string
  readonly reason: string
  /** Document and section that say what libsignal does. */
  readonly spec: string
  /** The vector file, relative to `test/vectors/data`, and the cases in it that differ; absent when no vector shows it. */
  readonly vectors?: { readonly file: string; readonly list: string; readonly kinds: readonly string[]; readonly count: number }
}

export const deviations: readonly Deviation[] = [
  {
    id: 'xeddsa-scalar-range',
    reason: 's >= L is refused: with it, anybody can turn a signature into a second one of the same message.',
    spec: 'libsignal wire, "XEdDSA"; RFC 8032, "Verify"',
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['s-plus-order'], count: 25 },
  },
  {
    id: 'xeddsa-key-encoding',
    reason: 'A public key with the top bit set or u >= p is refused: one key, one encoding.',
    spec: 'libsignal wire, "XEdDSA"',
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['public-key-high-bit'], count: 10 },
  },
  {
    id: 'xeddsa-small-order',
    reason: 'A public key of small order is refused: without knowing any secret, one signature fits many messages under it.',
    spec: 'libsignal wire, "XEdDSA"',
    vectors: { file: 'libsignal/xeddsa.json.gz', list: 'verifyCases', kinds: ['identity-R-zero-s-zero-key'], count: 4 },
  },
  {
    id: 'kem-key-generation',
    reason: 'KEM keys are expanded from their seed as in FIPS 203, not as in round 3: nobody but the owner of the seed can tell.',
    spec: 'libsignal wire, "KEM keys"',
    vectors: { file: 'libsignal/kem.json.gz', list: 'keys', kinds: ['generated'], count: 4 },
  },
  {
    id: 'kem-coefficient-range',
    reason: 'A KEM public key with a coefficient of 3329 or more parses, as in libsignal, but nothing is encapsulated to it.',
    spec: 'libsignal wire, "KEM keys"; FIPS 203, "ML-KEM.Encaps"',
  },
  {
    id: 'kem-secret-key-hash',
    reason: 'A KEM secret key whose embedded hash does not match its public key is refused.',
    spec: 'libsignal wire, "KEM keys"; FIPS 203, "ML-KEM.Decaps"',
  },
]

/** The deviation that covers the cases of this kind in this vector file, if any. */
export function deviationOf(file: string, kind: string): Deviation | undefined {
  return deviations.find(({ vectors }) => vectors?.file === file && vectors.kinds.includes(kind))
}
