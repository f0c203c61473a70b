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
  {
    file: 'src/client/state/identities.ts',
    line: 'const devices = isDamaged ? [] : yield* devicesOf(draft, peer)',
    to: '["Stryker was here"]',
    why: 'what stands in place of a damaged list is not written',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'const isNoted = overAt > 0 && overAt <= now',
    to: 'overAt < now',
    why: 'noted at this very moment: it is not an hour ago, and is noted again at the same moment',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'const isOver = !mayGo && oldest !== undefined && isOld(oldest, 0)',
    to: 'true',
    why: 'an index without segments is deleted, whatever is noted in it',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'for (const [segment, count] of mayGo ? [...counts] : []) {',
    to: '["Stryker was here"]',
    why: 'there is no segment of that name',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'else if (stored === undefined || !equalBytes(stored, index)) draft.put(records.index, index)',
    to: 'false',
    why: 'an index that has segments was read, and so is stored: the types do not know',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'const [index] = counts.size === 0 ? [] : yield* draft.read(name)',
    to: '["Stryker was here"]',
    why: 'without segments, nothing is looked up in an index',
  },
  {
    file: 'src/client/state/skipped-chain.ts',
    line: 'const keptAt = new Map([...counts.keys()].map((segment) => [segment, known?.keptAt.get(segment) || now]))',
    to: 'known.keptAt',
    why: 'where there are segments the index was read',
  },
]
