/**
 * The entry `bisik/store`: the port, the store in memory, and what authors and users of stores need. Stores
 * for one platform have entries of their own.
 */

export { MemoryStore } from './engines/memory.js'
export type { Batch, KeyStore, RecordKey, Revision, StoredRecord } from './key-store.js'
export { checkPrefix } from './key-store.js'
export { parseRecordKey, recordKey } from './record-key.js'
export { scoped } from './scoped.js'
export type { TransactOptions } from './transact.js'
export { transact } from './transact.js'
export type { Need, NotPromise, Part, Step, Transaction } from './transaction.js'
