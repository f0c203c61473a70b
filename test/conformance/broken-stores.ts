/**
 * Stores that break one promise of the port each: what a conformance suite is for. `SoundStore` keeps them all.
 */
import { copyBytes, toHex } from '../../src/bytes.js'
import type { Batch, KeyStore, RecordKey, Revision, StoredRecord } from '../../src/store/key-store.js'

/** What lies on the "disk", shared by all handles. */
export class Disk {
  readonly records = new Map<RecordKey, { value: Uint8Array; revision: Revision }>()
  commits = 0
}

/** Written for being broken: each promise in a method of its own. */
export class SoundStore implements KeyStore {
  readonly disk: Disk

  constructor(disk: Disk) {
    this.disk = disk
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = new Map<RecordKey, StoredRecord>()
    for (const key of keys) {
      const record = this.disk.records.get(this.place(key))
      if (record !== undefined) found.set(key, { value: this.copyOut(record.value), revision: record.revision })
    }
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    if (!this.allHold(batch)) return false
    this.disk.commits++
    for (const [key, value] of batch.put) this.put(key, value)
    for (const key of batch.delete) this.remove(key)
    return true
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    return [...this.disk.records.keys()].filter((key) => key.startsWith(prefix))
  }

  allHold(batch: Batch): boolean {
    return [...batch.expect].every(([key, revision]) => this.holds(key, revision))
  }

  holds(key: RecordKey, revision: Revision | null): boolean {
    return (this.disk.records.get(this.place(key))?.revision ?? null) === revision
  }

  put(key: RecordKey, value: Uint8Array): void {
    this.disk.records.set(this.place(key), { value: this.copyIn(value), revision: this.nextRevision(key, value) })
  }

  remove(key: RecordKey): void {
    this.disk.records.delete(this.place(key))
  }

  place(key: RecordKey): string {
    return key
  }

  nextRevision(_key: RecordKey, _value: Uint8Array): Revision {
    return String(this.disk.commits)
  }

  copyIn(value: Uint8Array): Uint8Array {
    return copyBytes(value)
  }

  copyOut(value: Uint8Array): Uint8Array {
    return copyBytes(value)
  }
}

class IgnoresExpectations extends SoundStore {
  override allHold(): boolean {
    return true
  }
}

class IgnoresThatARecordMustNotExist extends SoundStore {
  override holds(key: RecordKey, revision: Revision | null): boolean {
    return revision === null || super.holds(key, revision)
  }
}

class IgnoresThatARecordWasDeleted extends SoundStore {
  override holds(key: RecordKey, revision: Revision | null): boolean {
    return !this.disk.records.has(key) || super.holds(key, revision)
  }
}

class ComparesOnlyTheFirstKey extends SoundStore {
  override allHold(batch: Batch): boolean {
    return [...batch.expect].slice(0, 1).every(([key, revision]) => this.holds(key, revision))
  }
}

class ComparesOnlyWhatItWrites extends SoundStore {
  override allHold(batch: Batch): boolean {
    return [...batch.expect].every(([key, revision]) => !(batch.put.has(key) || batch.delete.has(key)) || this.holds(key, revision))
  }
}

class ConfirmsEveryEmptyBatch extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    return (batch.put.size === 0 && batch.delete.size === 0) || super.commit(batch)
  }
}

class WritesWhenItConfirms extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    const expected = (await super.read([...batch.expect.keys()])).entries()
    return super.commit({ ...batch, put: new Map([...Array.from(expected, ([key, { value }]) => [key, value] as const), ...batch.put]) })
  }
}

class WritesUntilAnExpectationFails extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    this.disk.commits++
    for (const [key, value] of batch.put) {
      const expected = batch.expect.get(key)
      if (expected !== undefined && !this.holds(key, expected)) return false
      this.put(key, value)
    }
    if (![...batch.expect].every(([key, revision]) => batch.put.has(key) || this.holds(key, revision))) return false
    for (const key of batch.delete) this.remove(key)
    return true
  }
}

class DeletesThoughItRefuses extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    for (const key of batch.delete) if (batch.expect.size > 0) this.remove(key)
    return super.commit(batch)
  }
}

class TearsAfterTheFirstWrite extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    return super.commit({ ...batch, put: new Map([...batch.put].slice(0, 1)) })
  }
}

class ComparesThenWaitsThenWrites extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    if (!this.allHold(batch)) return false
    await new Promise((resolve) => setTimeout(resolve, 0))
    return super.commit({ ...batch, expect: new Map() })
  }
}

class WritesOneRecordAfterTheOther extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    if (!this.allHold(batch)) return false
    this.disk.commits++
    for (const [key, value] of batch.put) {
      this.put(key, value)
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    for (const key of batch.delete) this.remove(key)
    return true
  }
}

class SaysNoThoughItWrote extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    await super.commit(batch)
    return batch.put.size !== 1
  }
}

class RejectsInsteadOfRefusing extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    if (!(await super.commit(batch))) throw new Error('conflict')
    return true
  }
}

class NumbersTheVersionsOfARecord extends SoundStore {
  override nextRevision(key: RecordKey): Revision {
    return String(Number(this.disk.records.get(key)?.revision ?? 0) + 1)
  }
}

class NumbersAboveTheHighestPresent extends SoundStore {
  override nextRevision(): Revision {
    return String(Math.max(0, ...[...this.disk.records.values()].map((record) => Number(record.revision))) + 1)
  }
}

class HashesTheValue extends SoundStore {
  override nextRevision(_key: RecordKey, value: Uint8Array): Revision {
    return `"${toHex(value)}"`
  }
}

class TakesTheTimeAsRevision extends SoundStore {
  override nextRevision(): Revision {
    return String(Date.now())
  }
}

class CountsRevisionsFromItsOpening extends SoundStore {
  #count = 0
  override nextRevision(): Revision {
    return String(++this.#count)
  }
}

class ReturnsNumbersAsRevisions extends SoundStore {
  override nextRevision(): Revision {
    return this.disk.commits as unknown as Revision
  }
}

class KeepsTheCallersArray extends SoundStore {
  override copyIn(value: Uint8Array): Uint8Array {
    return value
  }
}

export class HandsOutItsOwnArray extends SoundStore {
  override copyOut(value: Uint8Array): Uint8Array {
    return value
  }
}

export class HandsOutOneCopyEverAgain extends SoundStore {
  readonly #copies = new WeakMap<Uint8Array, Uint8Array>()
  override copyOut(value: Uint8Array): Uint8Array {
    const copy = this.#copies.get(value) ?? super.copyOut(value)
    this.#copies.set(value, copy)
    return copy
  }
}

class HandsOutViewsOfOneBuffer extends SoundStore {
  readonly #memory = new Uint8Array(1 << 22)
  #used = 0
  override copyOut(value: Uint8Array): Uint8Array {
    if (this.#used + value.length > this.#memory.length) this.#used = 0
    const copy = this.#memory.subarray(this.#used, this.#used + value.length)
    this.#used += value.length
    copy.set(value)
    return copy
  }
}

class HandsOutBuffers extends SoundStore {
  override copyOut(value: Uint8Array): Uint8Array {
    return Buffer.from(value)
  }
}

class KeepsTheWholeBufferOfAView extends SoundStore {
  override copyIn(value: Uint8Array): Uint8Array {
    return new Uint8Array(value.buffer.slice(0))
  }
}

class CutsAtZeroBytes extends SoundStore {
  override copyIn(value: Uint8Array): Uint8Array {
    const end = value.indexOf(0)
    return value.slice(0, end === -1 ? undefined : end)
  }
}

class LosesEmptyValues extends SoundStore {
  override put(key: RecordKey, value: Uint8Array): void {
    if (value.length > 0) super.put(key, value)
  }
}

class CutsLargeValues extends SoundStore {
  override copyIn(value: Uint8Array): Uint8Array {
    return value.slice(0, 65_535)
  }
}

class OverwritesWithoutCutting extends SoundStore {
  override put(key: RecordKey, value: Uint8Array): void {
    const longer = copyBytes(this.disk.records.get(key)?.value ?? value)
    super.put(key, longer.length > value.length ? Uint8Array.from([...value, ...longer.slice(value.length)]) : value)
  }
}

class ReadsFromACache extends SoundStore {
  readonly #cache = new Map<RecordKey, StoredRecord>()
  override async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    for (const [key, record] of await super.read(keys)) if (!this.#cache.has(key)) this.#cache.set(key, record)
    return new Map([...this.#cache].filter(([key]) => keys.includes(key)))
  }
}

class ReadsMoreThanWasAsked extends SoundStore {
  override async read(): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    return super.read([...this.disk.records.keys()])
  }
}

class ReadsAbsentRecordsAsUndefined extends SoundStore {
  override async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = await super.read(keys)
    return new Map(keys.map((key) => [key, found.get(key) as StoredRecord]))
  }
}

class WritesOnlyWhatIsExpected extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    return super.commit({ ...batch, put: new Map([...batch.put].filter(([key]) => batch.expect.has(key) || !this.disk.records.has(key))) })
  }
}

class NeverDeletes extends SoundStore {
  override remove(): void {}
}

class ListsWhatWasDeleted extends SoundStore {
  readonly #deleted = new Set<RecordKey>()
  override remove(key: RecordKey): void {
    super.remove(key)
    this.#deleted.add(key)
  }
  override async list(prefix: string): Promise<readonly RecordKey[]> {
    return [...(await super.list(prefix)), ...this.#deleted]
  }
}

class FailsToDeleteWhatIsAbsent extends SoundStore {
  override remove(key: RecordKey): void {
    if (!this.disk.records.has(key)) throw new Error('not found')
    super.remove(key)
  }
}

class ListsByPattern extends SoundStore {
  override async list(prefix: string): Promise<readonly RecordKey[]> {
    const pattern = new RegExp(
      `^${prefix
        .replace(/[^A-Za-z0-9/%_-]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.')}`,
    )
    return [...this.disk.records.keys()].filter((key) => pattern.test(key))
  }
}

class ListsOneLevel extends SoundStore {
  override async list(prefix: string): Promise<readonly RecordKey[]> {
    return (await super.list(prefix)).filter((key) => !key.slice(prefix.length).includes('/'))
  }
}

class ListsWithoutTheSlash extends SoundStore {
  override async list(prefix: string): Promise<readonly RecordKey[]> {
    return super.list(prefix.replace(/\/$/, ''))
  }
}

class IgnoresCase extends SoundStore {
  override place(key: RecordKey): string {
    return key.toLowerCase()
  }
}

class CutsLongKeys extends SoundStore {
  override place(key: RecordKey): string {
    return key.slice(0, 255)
  }
}

class DecodesKeys extends SoundStore {
  override place(key: RecordKey): string {
    return key.replace(/%([0-9a-f]{4})/g, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
  }
}

class KeepsRecordsInAnObject extends SoundStore {
  readonly #object: Record<string, number> = {}
  override async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    return super.read(keys.filter((key) => Object.hasOwn(this.#object, key)))
  }
  override put(key: RecordKey, value: Uint8Array): void {
    this.#object[key] = value.length
    super.put(key, value)
  }
}

class TakesFewRecordsAtOnce extends SoundStore {
  override async commit(batch: Batch): Promise<boolean> {
    return super.commit({ ...batch, put: new Map([...batch.put].slice(0, 500)) })
  }
}

class ForgetsWhenOpenedAgain extends SoundStore {
  constructor(disk: Disk) {
    super(disk)
    disk.records.clear()
  }
}

class SeesOnlyItsOwnWrites extends SoundStore {
  constructor(disk: Disk) {
    super(Object.assign(new Disk(), { records: new Map(disk.records), commits: disk.commits }))
  }
}

const NEVER_REUSES = 'never gives a record a revision that it had before'
const ONE_FAILS = 'writes nothing of a batch when one expectation fails'
const RETURNS = 'returns the bytes that were committed, and no other record'
const EMPTY = 'confirms or refuses a batch that writes nothing, and changes nothing by it'
const RACE = 'lets exactly one of many simultaneous batches win'
const LISTS = 'lists by whole leading segments'
const NAMES = 'tells all names apart'
const BIG = 'takes values of a mebibyte and batches of 1,000 records'
const UNCONDITIONAL = 'writes and deletes without expectations'

/** Each broken store with the test that must fail on it. */
export const BROKEN_STORES: readonly (readonly [store: new (disk: Disk) => SoundStore, test: string])[] = [
  [IgnoresExpectations, ONE_FAILS],
  [IgnoresExpectations, RACE],
  [IgnoresExpectations, 'loses no increment of 50 at once'],
  [IgnoresExpectations, 'honours expectations across handles'],
  [IgnoresThatARecordMustNotExist, EMPTY],
  [IgnoresThatARecordWasDeleted, EMPTY],
  [ComparesOnlyTheFirstKey, ONE_FAILS],
  [ComparesOnlyWhatItWrites, 'compares expectations on records that the batch does not write (no write skew)'],
  [ConfirmsEveryEmptyBatch, EMPTY],
  [WritesWhenItConfirms, EMPTY],
  [WritesWhenItConfirms, 'is unchanged by a step that throws'],
  [WritesUntilAnExpectationFails, ONE_FAILS],
  [DeletesThoughItRefuses, ONE_FAILS],
  [TearsAfterTheFirstWrite, 'writes all of a batch when the expectations hold'],
  [ComparesThenWaitsThenWrites, RACE],
  [ComparesThenWaitsThenWrites, 'loses no increment of 50 at once'],
  [WritesOneRecordAfterTheOther, 'shows every transaction a state that existed (serializable)'],
  [SaysNoThoughItWrote, UNCONDITIONAL],
  [RejectsInsteadOfRefusing, ONE_FAILS],
  [NumbersTheVersionsOfARecord, NEVER_REUSES],
  [NumbersAboveTheHighestPresent, NEVER_REUSES],
  [HashesTheValue, NEVER_REUSES],
  [TakesTheTimeAsRevision, NEVER_REUSES],
  [CountsRevisionsFromItsOpening, 'never reuses a revision after it is opened again'],
  [ReturnsNumbersAsRevisions, RETURNS],
  [KeepsTheCallersArray, 'keeps its own copy of what was committed'],
  [HandsOutItsOwnArray, 'hands out copies that belong to the reader'],
  [HandsOutOneCopyEverAgain, 'hands out copies that belong to the reader'],
  [HandsOutViewsOfOneBuffer, 'hands out each value in memory of its own'],
  [HandsOutBuffers, RETURNS],
  [KeepsTheWholeBufferOfAView, RETURNS],
  [CutsAtZeroBytes, RETURNS],
  [LosesEmptyValues, RETURNS],
  [CutsLargeValues, BIG],
  [OverwritesWithoutCutting, 'replaces a value by a shorter and a longer one'],
  [ReadsFromACache, 'reads what was committed last'],
  [ReadsMoreThanWasAsked, RETURNS],
  [ReadsAbsentRecordsAsUndefined, 'has no records at first'],
  [WritesOnlyWhatIsExpected, UNCONDITIONAL],
  [NeverDeletes, UNCONDITIONAL],
  [ListsWhatWasDeleted, UNCONDITIONAL],
  [FailsToDeleteWhatIsAbsent, UNCONDITIONAL],
  [ListsByPattern, LISTS],
  [ListsOneLevel, LISTS],
  [ListsWithoutTheSlash, LISTS],
  [IgnoresCase, LISTS],
  [IgnoresCase, NAMES],
  [CutsLongKeys, NAMES],
  [DecodesKeys, NAMES],
  [KeepsRecordsInAnObject, NAMES],
  [TakesFewRecordsAtOnce, BIG],
  [ForgetsWhenOpenedAgain, 'finds everything again when it is opened again'],
  [SeesOnlyItsOwnWrites, 'honours expectations across handles'],
]
