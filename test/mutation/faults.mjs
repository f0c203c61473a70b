/**
 * Faults put in by hand, one at a time, to see that these tests notice: a configuration that runs nothing, or not these sources, would
 * report that no mutant survives. Each text stands once in its file.
 */
export const FAULTS = [
  { file: 'src/protocol/identity/trust.ts', from: "level === 'verified' ? 'trusted'", to: "true ? 'trusted'" },
  { file: 'src/store/key-queues.ts', from: 'if (--next.#ahead === 0) next', to: 'next' },
  { file: 'src/protocol/hmac-chain.ts', from: '(chainKey, MESSAGE_STEP)', to: '(chainKey, CHAIN_STEP)' },
]
