/**
 * The suite that authors of stores run: every promise of the port that can be tested from outside. What it cannot see (durability through a
 * power cut, whether deleted bytes are gone) the author must prove.
 *
 * ```ts
 * import { test } from 'vitest'
 * keyStoreConformance({ test, factory: () => new MyStore(freshPlace()), reopen: (store) => new MyStore(store.place) })
 * ```
 */
import { fieldsArgument, functionArgument, invalidArgument, textArgument } from '../../arguments.js'
import { type KeyStore, storeArgument } from '../key-store.js'
import { recordKey } from '../record-key.js'
import { CASES } from './cases.js'
import { RACING_CASES, REOPEN_CASES } from './shared-cases.js'
import { behind, type Case, count, equal, increment } from './tools.js'

/** What the suite needs from the author of a store. */
export interface ConformanceOptions<Store extends KeyStore = KeyStore> {
  /** Registers a test: `test` of vitest, jest, mocha, `node:test` … */
  readonly test: (name: string, run: () => Promise<void>) => unknown
  /** Makes a store without records, seen by no other test. */
  readonly factory: () => Store | Promise<Store>
  /** Opens the records of `store` once more, as another tab or process does. Left out: the store has one handle. */
  readonly reopen?: (store: Store) => KeyStore | Promise<KeyStore>
  /**
   * Starts a process (worker, tab) that opens the records of `store` and calls {@link runConformanceTask} with `task`; resolves
   * when that ended well. Left out: the store belongs to one process.
   */
  readonly spawn?: (store: Store, task: string) => Promise<void>
}

/** Registers the tests of the suite. */
export function keyStoreConformance<Store extends KeyStore>(options: ConformanceOptions<Store>): void {
  const { test, factory, reopen, spawn } = fieldsArgument<ConformanceOptions<Store>>(options, 'options', {
    test: functionArgument,
    factory: functionArgument,
    reopen: functionArgument,
    spawn: functionArgument,
  })
  functionArgument(test, 'test')
  functionArgument(factory, 'factory')
  const register = (cases: readonly Case[]): void => {
    for (const [name, run] of cases) {
      test(name, async () => {
        const store = await factory()
        await run({ store, another: async () => (reopen ? reopen(store) : behind(store)) })
      })
    }
  }
  register(CASES)
  register(RACING_CASES)
  if (reopen) register(REOPEN_CASES)
  if (spawn) {
    test('loses no increment of four processes', async () => {
      const store = await factory()
      const names = ['a', 'b', 'c', 'd']
      await Promise.all(names.map((name) => spawn(store, `${name}:${PROCESS_INCREMENTS}`)))
      equal(await count(store, 'shared'), names.length * PROCESS_INCREMENTS, 'increments of the shared record')
      for (const name of names)
        equal(await count(store, recordKey('own', name)), PROCESS_INCREMENTS, 'increments of a process of its own record')
    })
  }
}

const PROCESS_INCREMENTS = 100

/**
 * What a process does that the suite started: increments a record that all share, and one of its own.
 *
 * @param task - the text that `spawn` was given: a name for the own record, a colon, the number of increments.
 */
export async function runConformanceTask(store: KeyStore, task: string): Promise<void> {
  storeArgument(store)
  const [, name, times] = /^([a-z]+):(\d+)$/.exec(textArgument(task, 'task')) ?? []
  if (name === undefined) throw invalidArgument('task', 'the text that spawn was given')
  for (let i = 0; i < Number(times); i++) {
    await increment(store, 'shared')
    await increment(store, recordKey('own', name))
  }
}
