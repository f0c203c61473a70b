/**
 * The tests of the conformance suite in which several handles share the records of a store: at once, or one after the other.
 */

import { utf8 } from '../../bytes.js'
import type { KeyStore, RecordKey, Revision } from '../key-store.js'
import { transact } from '../transact.js'
import { behind, type Case, check, contents, count, equal, increment, one, revisions, write } from './tools.js'

/** What every store must pass: many calls at once. */
export const RACING_CASES: readonly Case[] = [
  [
    'lets exactly one of many simultaneous batches win',
    async ({ store, another }) => {
      const handles = [store, await another(), await another()]
      for (let round = 0; round < 10; round++) {
        const a = (await store.read(['a'])).get('a')?.revision ?? null
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            write(handles[i % 3] as KeyStore, { expect: { a }, put: { a: Uint8Array.of(i), b: Uint8Array.of(i) } }),
          ),
        )
        equal(answers.filter(Boolean).length, 1, 'number of winners')
        const winner = answers.indexOf(true)
        equal(`${(await one(store, 'a')).value} ${(await one(store, 'b')).value}`, `${winner} ${winner}`, 'what the winner wrote')
      }
    },
  ],
  [
    'loses no increment of 50 at once',
    async ({ store, another }) => {
      // A handle each, so that the queue inside transact does not protect the store from them.
      await Promise.all(Array.from({ length: 50 }, async () => increment(behind(await another()), 'n')))
      equal(await count(store, 'n'), 50, 'increments')
      await Promise.all(Array.from({ length: 50 }, () => increment(store, 'n')))
      equal(await count(store, 'n'), 100, 'increments through one handle')
    },
  ],
  [
    'shows every transaction a state that existed (serializable)',
    async ({ store, another }) => {
      const accounts = ['a', 'b', 'c', 'd']
      await write(store, { put: Object.fromEntries(accounts.map((account) => [account, Uint8Array.of(50)])) })
      const transfer = async (i: number): Promise<void> => {
        const [from, to] = [accounts[i % 4] as RecordKey, accounts[(i + 1 + (i % 3)) % 4] as RecordKey]
        await transact<void>(behind(await another()), function* (tx) {
          const [payer, payee] = yield* tx.read(from, to)
          tx.put(from, Uint8Array.of((payer?.[0] ?? 0) - 1))
          tx.put(to, Uint8Array.of((payee?.[0] ?? 0) + 1))
        })
      }
      const audit = async (): Promise<void> => {
        const sum = await transact<number>(behind(await another()), function* (tx) {
          const values: readonly (Uint8Array | undefined)[] = yield* tx.read(...accounts)
          return values.reduce((total, value) => total + (value?.[0] ?? 0), 0)
        })
        equal(sum, 200, 'sum that a confirmed reader saw')
      }
      await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? audit() : transfer(i))))
      await audit()
    },
  ],
  [
    'is unchanged by a step that throws',
    async ({ store }) => {
      await increment(store, 'n')
      const before = await contents(store)
      const refusal = new Error('no')
      const thrown = await transact<void>(store, function* (tx) {
        yield* tx.read('n', 'm')
        tx.put('n', utf8('7'))
        throw refusal
      }).catch((error: unknown) => error)
      check(thrown === refusal, 'the error of the step was not released')
      equal(await contents(store), before, 'contents')
    },
  ],
]

/** What a store with several handles must pass as well. */
export const REOPEN_CASES: readonly Case[] = [
  [
    'finds everything again when it is opened again',
    async ({ store, another }) => {
      await write(store, { put: { a: utf8('a'), b: utf8('b'), c: utf8('c') } })
      await write(store, { delete: ['b'] })
      const before = await contents(store)
      equal(await contents(await another()), before, 'contents')
    },
  ],
  [
    'never reuses a revision after it is opened again',
    async ({ store, another }) => {
      const seen = new Set<Revision>()
      let handle = store
      for (let round = 0; round < 6; round++) {
        await write(handle, { put: { a: utf8('a') } })
        const { revision } = await one(handle, 'a')
        check(!seen.has(revision), `the revision of opening ${round} was used before`)
        seen.add(revision)
        await write(handle, { delete: ['a'] })
        handle = await another()
      }
    },
  ],
  [
    'honours expectations across handles',
    async ({ store, another }) => {
      const other = await another()
      await write(store, { put: { a: utf8('a') } })
      const [a] = await revisions(other, ['a'])
      equal(await write(store, { expect: { a }, put: { a: utf8('b') } }), true, 'answer to a revision read through another handle')
      equal(await write(other, { expect: { a }, put: { a: utf8('c') } }), false, 'answer to a revision that another handle replaced')
      equal(await write(other, { expect: { b: null }, put: { b: utf8('b') } }), true, 'answer to a creation')
      equal(await write(store, { expect: { b: null }, put: { b: utf8('c') } }), false, 'answer to a creation that came second')
    },
  ],
]
