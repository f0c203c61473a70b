/**
 * Finds out at start-up what a store must not get wrong. A store that hands out its own arrays would lose the identity key to the first
 * transaction, which wipes what it read. One that does not compare before it writes would let two tabs use one message key twice. The full
 * examination is in `conformance/`.
 */
import { BisikError } from '../errors.js'
import type { KeyStore, RecordKey } from './key-store.js'

/**
 * Reads a record twice, and looks whether what is written into one array shows in the other. Before the first transaction that might read
 * the record; changes nothing, whatever the store does.
 *
 * @throws BisikError `store-failed` if the arrays share memory, or the store failed (then with its error as the cause).
 */
export async function checkOwnership(store: KeyStore, key: RecordKey): Promise<void> {
  let shared: boolean
  try {
    const [first, second] = [(await store.read([key])).get(key)?.value, (await store.read([key])).get(key)?.value]
    shared = first !== undefined && second !== undefined && sharesMemory(first, second)
  } catch (cause) {
    throw new BisikError('store-failed', { operation: 'read' }, { cause })
  }
  if (shared) {
    const cause = new Error(
      'the store returns its own array, or one array twice: what read returns must belong to the reader, who wipes it',
    )
    throw new BisikError('store-failed', { operation: 'read' }, { cause })
  }
}

/** Whether a change of one array shows in the other; it is taken back before anybody else can look. */
function sharesMemory(a: Uint8Array, b: Uint8Array): boolean {
  const [inA, inB] = [a[0], b[0]]
  if (inA === undefined || inB === undefined) return false
  a[0] = inA ^ 0xff
  const shared = b[0] !== inB
  a[0] = inA
  return shared
}

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
