import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it, onTestFinished } from 'vitest'
import { SqliteStore } from '../../src/store/engines/sqlite.js'

it('opening a file that another process has locked waits for as long as it was told, and no shorter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bisik-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'busy.db')
  const holder = new Database(path)
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (x)')
  const begin = performance.now()
  expect(() => SqliteStore.open(new Database(path), { busyTimeout: 300 })).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }))
  expect(performance.now() - begin).toBeGreaterThan(250)
  holder.close()
})
