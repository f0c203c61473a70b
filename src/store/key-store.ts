/**
 * The port through which bisik keeps records: three methods over opaque keys and values, and the contract that binds them.
 */
import { bytesArgument, invalidArgument, listArgument, mapArgument, objectArgument, setArgument, textArgument } from '../arguments.js'

/**
 * The name of a record: segments joined by `/`, made by `recordKey` (printable ASCII, never empty, case matters). A store treats
 * it as an opaque string, except that `list` selects by leading segments.
 */
export type RecordKey = string

/** The version of one record, opaque outside the store that issued it. */
export type Revision = string

/** A record as `read` found it. */
export interface StoredRecord {
  /** The bytes written last: a plain `Uint8Array` that the caller owns. */
  readonly value: Uint8Array
  readonly revision: Revision
}

/** A conditional write. No key is in both `put` and `delete`. */
export interface Batch {
  /** What must hold for the batch to be applied: the record has this revision; `null`: there is no such record. */
  readonly expect: ReadonlyMap<RecordKey, Revision | null>
  /** Records to create or replace, with or without an expectation. */
  readonly put: ReadonlyMap<RecordKey, Uint8Array>
  /** Records to delete; one that is absent already is no error. */
  readonly delete: ReadonlySet<RecordKey>
}

/**
 * Where bisik keeps its records: three methods, and a contract.
 *
 * What a store must honour (the suite of `bisik/store/conformance` tests all of it that can be tested from outside):
 *
 * - **One commit is one step.** Everything in a batch is written, or nothing. The expectations of the whole batch, also those on
 *   keys that it does not write, are compared in the same atomic step as the writes: a batch that was accepted could have run
 *   alone at that moment (serializable). This holds for all handles, tabs and processes that share the records.
 * - **A commit that resolved to `true` is durable**: it survives the crash of the process and, if the medium can do it, of the
 *   machine. A lost commit means a message key used twice.
 * - **Revisions are never reused.** Every write of a record gives it a revision that no version of this record had before, also
 *   when the bytes are the same, also when the record was deleted and created again, also after a restart.
 * - **`read` need not be a snapshot**: other commits may fall between two of its keys. The expectations catch that.
 * - **A rejected promise means "unknown"**: the write may or may not have happened (all of it or nothing of it, even then). A
 *   refused expectation is not an error: it resolves to `false`.
 * - **Deletes are real**: the bytes of deleted and overwritten records are gone as far as the medium allows. Forward secrecy rests
 *   on it.
 * - **Arrays have one owner.** `commit` copies what it keeps: once it resolved, the caller may overwrite its arrays. What `read`
 *   returns belongs to the caller, who may overwrite that too (`transact` does), and has memory of its own: whoever sends a value to a
 *   worker sends the whole buffer that it lies in.
 *
 * Threat model: the store is trusted for integrity and freshness. It may fail at any call; it must not lie. Whoever can put back
 * an old copy of the records (a restored backup included) re-opens old keys; an anchor of the client keeps it from sending with them.
 * Secrecy can be added from outside by encrypting the values.
 */
export interface KeyStore {
  /** Reads records. Absent ones are absent from the result; the order and repetition of `keys` mean nothing. */
  read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>>
  /**
   * Applies a batch if all its expectations hold.
   *
   * @returns `true`: they held, and everything is written and durable; `false`: one failed, and nothing is written. A batch that
   *          writes nothing is answered in the same way: it confirms that what was read still holds.
   */
  commit(batch: Batch): Promise<boolean>
  /**
   * Names the records whose key begins with `prefix`, in any order. For maintenance: no protocol decision rests on it.
   *
   * @param prefix - whole segments, so it ends in `/`; the empty string names all records.
   */
  list(prefix: string): Promise<readonly RecordKey[]>
}

/**
 * Checks what `list` was given.
 *
 * @throws BisikError `invalid-argument` if `prefix` is neither empty nor ends in `/`.
 */
export function checkPrefix(prefix: string): void {
  if (textArgument(prefix, 'prefix') !== '' && !prefix.endsWith('/')) throw invalidArgument('prefix', 'whole segments, each ending in "/"')
}

/** Checks that a store has the three methods. @throws BisikError `invalid-argument`. */
export function storeArgument<Store extends KeyStore>(store: Store): Store {
  const { read, commit, list } = objectArgument(store, 'store', ({ read, commit, list }) => ({ read, commit, list }))
  if ([read, commit, list].some((method) => typeof method !== 'function')) {
    throw invalidArgument('store', 'a KeyStore: new MemoryStore(), SqliteStore.open(database), …')
  }
  return store
}

/** Checks what `read` was given: a text would be taken for a list of its letters. @throws BisikError `invalid-argument`. */
export function keysArgument(keys: readonly RecordKey[]): readonly RecordKey[] {
  const list = listArgument(keys, 'keys')
  // Not `every`, which leaves out holes.
  for (const key of list) textArgument(key, 'keys')
  return list
}

/** Checks what `commit` was given: anything else than bytes would be stored as something else. @throws BisikError `invalid-argument`. */
export function batchArgument(batch: Batch): Batch {
  const { expect, put, deleted } = objectArgument(batch, 'batch', ({ expect, put, delete: deleted }) => ({ expect, put, deleted }))
  mapArgument(expect, 'batch.expect', 'a Map of keys and revisions')
  mapArgument(put, 'batch.put', 'a Map of keys and bytes')
  setArgument(deleted, 'batch.delete', 'a Set of keys')
  for (const [key, value] of put) {
    textArgument(key, 'batch.put')
    bytesArgument(value, 'batch.put')
  }
  return batch
}
