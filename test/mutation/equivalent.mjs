/**
 * Mutants that no test can notice, because the program does the same with them. Each by its file, the line as it stands there, and what
 * Stryker puts in place of a part of it.
 */
export const EQUIVALENT = [
  {
    file: 'src/store/key-queues.ts',
    line: 'for (const next of this.#behind) if (--next.#ahead === 0) next.#begin?.()',
    to: 'next.#begin()',
    why: 'whoever stands behind somebody has waited, and so has something to begin with',
  },
]
