/**
 * Finds out at start-up whether a store compares before it writes: one that does not must be caught here and not by two tabs
 * that use one message key twice. Knows only the port; the full examination is `conformance.ts`.
 */
import { BisikError } from '../errors.js'
import type { KeyStore, RecordKey } from './key-store.js'

/**
 * Offers the store a batch that it must refuse. Writes nothing, and to a store that fails the test only what was there.
 *
 * @param key - of a record that exists.
 * @throws BisikError `store-failed` if the store accepted the batch, or failed (then with its error as the cause).
 */
export async function checkExpectations(store: KeyStore, key: RecordKey): Promise<void> {
  let accepted: unknown
  try {
    const record = (await store.read([key])).get(key)
    if (record === undefined) throw new Error('the store does not return a record that it holds')
    accepted = await store.commit({ expect: new Map([[key, null]]), put: new Map([[key, record.value]]), delete: new Set() })
  } catch (cause) {
    throw new BisikError('store-failed', { operation: 'commit' }, { cause })
  }
  if (accepted !== false) {
    throw new BisikError('store-failed', { operation: 'commit' }, { cause: new Error('the store ignores the expectations of a batch') })
  }
}
