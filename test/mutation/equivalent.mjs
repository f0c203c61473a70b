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
  {
    file: 'src/protocol/ratchet/double-ratchet.ts',
    line: 'if (known !== undefined && header.counter < counter)',
    to: 'true',
    why: 'without a chain, the counter is 0, and none is below it',
  },
  {
    file: 'src/protocol/ratchet/double-ratchet.ts',
    line: 'const seeds = from < near.counter ? seedsBetween(known.nearest(from), from, near.counter) : []',
    to: 'true',
    why: 'between two places of which the second is not behind the first lie no seeds: this only saves the call',
  },
  {
    file: 'src/protocol/ratchet/double-ratchet.ts',
    line: 'const seeds = from < near.counter ? seedsBetween(known.nearest(from), from, near.counter) : []',
    to: 'from <= near.counter',
    why: 'as above',
  },
  {
    file: 'src/protocol/ratchet/double-ratchet.ts',
    line: 'const way = keysOnTheWay(origin, to - 1)',
    to: 'to + 1',
    why: 'two keys more are derived and wiped, and none of them is used',
  },
  {
    file: 'src/protocol/ratchet/forgotten-chains.ts',
    line: 'for (let at = 0; at < forgotten.length; at += FORGOTTEN_CHAIN_LENGTH) {',
    to: 'at <= forgotten.length',
    why: 'behind the last entry lies an empty tag, which is like no other',
  },
  {
    file: 'src/protocol/ratchet/triple-ratchet.ts',
    line: 'const kept = except === undefined ? [] : secretsOf(except)',
    to: '["Stryker was here"]',
    why: 'no secret is a text',
  },
  {
    file: 'src/protocol/session/session.ts',
    line: 'if (known !== undefined) return known',
    to: 'false',
    why: 'a cache: the name is made anew, and is the same',
  },
  {
    file: 'src/protocol/session/session.ts',
    line: 'names.set(baseKey, id)',
    to: ';',
    why: 'a cache: the name is made anew, and is the same',
  },
  {
    file: 'src/protocol/session/messages.ts',
    line: "return { kind: 'refused', tooFar: undefined }",
    to: '{}',
    why: 'only the other kinds are asked for, and there is no reason to be found',
  },
  {
    file: 'src/protocol/session/messages.ts',
    line: "return { kind: 'refused', tooFar: undefined }",
    to: '""',
    why: 'as above',
  },
  {
    file: 'src/protocol/groups/messages.ts',
    line: "if (first !== undefined && iteration < first) return { kind: 'no-key', first }",
    to: 'true',
    why: 'nothing is below undefined',
  },
  {
    file: 'src/protocol/session/start.ts',
    line: 'kem: kemPreKey === undefined || ciphertext === undefined ? undefined : { id: kemPreKey.id, ciphertext },',
    to: 'kemPreKey === undefined && ciphertext === undefined',
    why: 'a ciphertext is there exactly if the bundle has a KEM prekey',
  },
  {
    file: 'src/protocol/session/start.ts',
    line: 'kem: kemPreKey === undefined || ciphertext === undefined ? undefined : { id: kemPreKey.id, ciphertext },',
    to: 'false',
    why: 'a ciphertext is there exactly if the bundle has a KEM prekey',
  },
]
