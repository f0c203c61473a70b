/**
 * The tests of the conformance suite that use a store alone, as plain functions.
 */
import { toHex, utf8 } from '../../bytes.js'
import type { Revision } from '../key-store.js'
import { recordKey } from '../record-key.js'
import { type Case, check, contents, equal, one, type PlainBatch, revisions, sorted, withoutRevisions, write } from './tools.js'

/** What every store must pass: reading, writing and listing, one call after the other. */
export const CASES: readonly Case[] = [
  [
    'has no records at first',
    async ({ store }) => {
      equal((await store.read([])).size, 0, 'records for no keys')
      equal((await store.read(['a', 'a/b'])).size, 0, 'records')
      equal((await store.list('')).length, 0, 'keys')
    },
  ],
  [
    'returns the bytes that were committed, and no other record',
    async ({ store }) => {
      const all = Uint8Array.from({ length: 256 }, (_, i) => i)
      const values = { all, empty: new Uint8Array(0), view: all.subarray(100, 110), zeros: new Uint8Array(300) }
      await write(store, { put: values })
      for (const [key, value] of Object.entries(values)) {
        const found = await store.read([key, 'absent', key])
        equal([...found.keys()].join(), key, 'keys of the result')
        equal(toHex(found.get(key)?.value ?? all), toHex(value), `bytes of the value "${key}"`)
        equal(found.get(key)?.value.constructor.name, 'Uint8Array', 'class of a value')
        equal(typeof found.get(key)?.revision, 'string', 'type of a revision')
      }
      equal((await store.read(Object.keys(values))).size, 4, 'records read at once')
    },
  ],
  [
    'replaces a value by a shorter and a longer one',
    async ({ store }) => {
      for (const length of [100, 1, 0, 5000, 3]) {
        await write(store, { put: { a: new Uint8Array(length).fill(length) } })
        equal((await one(store, 'a')).value.length, length, 'length of the value')
      }
    },
  ],
  [
    'writes nothing of a batch when one expectation fails',
    async ({ store }) => {
      await write(store, { put: { a: utf8('a'), b: utf8('b'), c: utf8('c') } })
      const [a, b, c] = await revisions(store, ['a', 'b', 'c'])
      await write(store, { put: { c: utf8('c2') } })
      const before = await contents(store)
      const put = { a: utf8('A'), b: utf8('B'), c: utf8('C'), d: utf8('D') }
      const failing: PlainBatch['expect'][] = [{ a, b, c }, { c, a, b }, { a, b, d: c }, { a, c: null }, { a: null }, { c }]
      for (const expect of failing) {
        for (const batch of [{ put }, { delete: ['a', 'b', 'c'] }, { put: { d: utf8('D') }, delete: ['a'] }, {}]) {
          equal(await write(store, { ...batch, ...(expect && { expect }) }), false, 'answer to a failing expectation')
          equal(await contents(store), before, 'contents after a refused batch')
        }
      }
    },
  ],
  [
    'writes all of a batch when the expectations hold',
    async ({ store }) => {
      await write(store, { put: { a: utf8('a'), b: utf8('b') } })
      const [a, b] = await revisions(store, ['a', 'b'])
      equal(await write(store, { expect: { a, b, c: null }, put: { a: utf8('A'), c: utf8('C') }, delete: ['b'] }), true, 'answer')
      equal(sorted(await store.list('')), 'a c', 'keys afterwards')
      equal(toHex((await one(store, 'a')).value), toHex(utf8('A')), 'replaced value')
      equal(toHex((await one(store, 'c')).value), toHex(utf8('C')), 'new value')
    },
  ],
  [
    'compares expectations on records that the batch does not write (no write skew)',
    async ({ store }) => {
      await write(store, { put: { a: utf8('a'), b: utf8('b') } })
      const [a, b] = await revisions(store, ['a', 'b'])
      equal(await write(store, { expect: { a, b }, put: { a: utf8('A') } }), true, 'answer to the first')
      equal(await write(store, { expect: { a, b }, put: { b: utf8('B') } }), false, 'answer to the second, which read what the first wrote')
      equal(await write(store, { expect: { a: null }, put: { c: utf8('c') } }), false, 'answer to "must not exist"')
      equal(toHex((await one(store, 'b')).value), toHex(utf8('b')), 'value that a refused batch was to write')
    },
  ],
  [
    'confirms or refuses a batch that writes nothing, and changes nothing by it',
    async ({ store }) => {
      equal(await write(store, {}), true, 'answer to the empty batch')
      await write(store, { put: { a: utf8('a') } })
      const [a] = await revisions(store, ['a'])
      equal(await write(store, { expect: { a, b: null } }), true, 'answer when all holds')
      equal((await revisions(store, ['a']))[0], a, 'revision after a confirmation')
      await write(store, { put: { a: utf8('a') } })
      equal(await write(store, { expect: { a } }), false, 'answer when the record was written since')
      equal(await write(store, { expect: { a: null } }), false, 'answer when the record must not exist')
      await write(store, { delete: ['a'] })
      equal(await write(store, { expect: { a } }), false, 'answer when the record was deleted since')
      equal(await write(store, { expect: { a: null } }), true, 'answer when the record is absent as expected')
    },
  ],
  [
    'never gives a record a revision that it had before',
    async ({ store }) => {
      const seen = new Set<Revision>()
      for (let round = 0; round < 100; round++) {
        if (round % 3 === 2) await write(store, { delete: ['a'] })
        await write(store, { put: { a: utf8('same bytes') } })
        const { revision } = await one(store, 'a')
        check(!seen.has(revision), `the revision of write ${round} was used before`)
        for (const old of [...seen].slice(-3)) equal(await write(store, { expect: { a: old } }), false, 'answer to an old revision')
        seen.add(revision)
      }
    },
  ],
  [
    'writes and deletes without expectations',
    async ({ store }) => {
      equal(await write(store, { put: { a: utf8('1'), b: utf8('1') } }), true, 'answer to a first write')
      equal(await write(store, { put: { a: utf8('2') } }), true, 'answer to an overwrite')
      equal(toHex((await one(store, 'a')).value), toHex(utf8('2')), 'value')
      equal(await write(store, { delete: ['a', 'never there'] }), true, 'answer to a delete')
      equal((await store.read(['a'])).size, 0, 'deleted records')
      equal((await store.list('')).join(), 'b', 'keys afterwards')
    },
  ],
  [
    'keeps its own copy of what was committed',
    async ({ store }) => {
      const value = utf8('value')
      const put = new Map([['a', value]])
      await store.commit({ expect: new Map(), put, delete: new Set() })
      value.fill(0)
      put.set('b', value)
      equal(await contents(store).then(withoutRevisions), `a=${toHex(utf8('value'))}`, 'contents after the caller changed its batch')
    },
  ],
  [
    'hands out copies that belong to the reader',
    async ({ store }) => {
      await write(store, { put: { a: utf8('value') } })
      const [first, second] = [await one(store, 'a'), await one(store, 'a')]
      first.value.fill(0)
      equal(toHex(second.value), toHex(utf8('value')), 'another reader’s value')
      equal(toHex((await one(store, 'a')).value), toHex(utf8('value')), 'value after a reader changed its copy')
    },
  ],
  [
    'hands out each value in memory of its own',
    async ({ store }) => {
      await write(store, { put: { a: utf8('mine'), b: utf8('another record'), c: new Uint8Array(100_000) } })
      const found = await store.read(['a', 'b', 'c'])
      const buffers = [...found.values()].map(({ value }) => value.buffer)
      equal(new Set(buffers).size, 3, 'number of buffers of three values')
      for (const { value } of found.values()) equal(value.buffer.byteLength, value.length, 'length of the buffer of a value')
    },
  ],
  [
    'reads what was committed last',
    async ({ store, another }) => {
      const other = await another()
      for (let i = 0; i < 10; i++) {
        await write(i % 2 === 0 ? store : other, { put: { a: Uint8Array.of(i) } })
        equal((await one(store, 'a')).value[0], i, 'value')
        equal((await one(other, 'a')).value[0], i, 'value through another handle')
      }
    },
  ],
  [
    'lists by whole leading segments',
    async ({ store }) => {
      const keys = ['a', 'a/1', 'a/1/x', 'a/2', 'a-b/1', 'a0/1', 'ab/1', 'A/1', 'a_b/1', 'axb/1', 'a/%002e', 'a%002f/1', 'b/a/1']
      await write(store, { put: Object.fromEntries(keys.map((key) => [key, utf8(key)])) })
      const list = async (prefix: string): Promise<string> => sorted(await store.list(prefix))
      equal(await list(''), sorted(keys), 'all keys')
      equal(await list('a/'), 'a/%002e a/1 a/1/x a/2', 'keys below "a/"')
      equal(await list('a/1/'), 'a/1/x', 'keys below "a/1/"')
      equal(await list('a_b/'), 'a_b/1', 'keys below "a_b/"')
      equal(await list('a%002f/'), 'a%002f/1', 'keys below "a%002f/"')
      equal(await list('c/'), '', 'keys below "c/"')
    },
  ],
  [
    'tells all names apart',
    async ({ store }) => {
      const keys = ODD_NAMES.flatMap((name) => [recordKey(name), recordKey('user', name), recordKey(name, 1)])
      await write(store, { put: Object.fromEntries(keys.map((key, i) => [key, utf8(String(i))])) })
      equal(sorted(await store.list('')), sorted(keys), 'keys')
      for (const [i, key] of keys.entries()) equal(toHex((await one(store, key)).value), toHex(utf8(String(i))), `value of "${key}"`)
      equal((await store.list('user/')).length, ODD_NAMES.length, 'number of keys below "user/"')
    },
  ],
  [
    'takes values of a mebibyte and batches of 1,000 records',
    async ({ store }) => {
      const big = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31) >> 3)
      await write(store, { put: { big } })
      check(toHex((await one(store, 'big')).value) === toHex(big), 'the value of a mebibyte came back changed')
      const keys = Array.from({ length: 1000 }, (_, i) => recordKey('many', i))
      equal(
        await write(store, {
          expect: Object.fromEntries(keys.map((key) => [key, null])),
          put: Object.fromEntries(keys.map((key) => [key, utf8(key)])),
        }),
        true,
        'answer',
      )
      equal((await store.read(keys)).size, 1000, 'records')
      equal(await write(store, { delete: keys }), true, 'answer to the delete')
      equal((await store.list('')).join(), 'big', 'keys afterwards')
    },
  ],
]

const ODD_NAMES = [
  ...['', ' ', '.', '..', '/', '//', '%', '%0', '%002f', '0', '00', '1', '-1', '\0', 'a\0', 'a', 'A', 'a ', ' a', 'a/1', 'a.1', 'a.11'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'undefined', '*', '?', '_', '\\', '"', "'", ';', '\n'],
  ...[
    'é',
    'e\u0301',
    'ß',
    'ss',
    'İ',
    'i',
    '\u202eabc',
    '\u200b',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\udc00\ud800',
    '😀',
    '\uffff',
    'x'.repeat(500),
  ],
]
