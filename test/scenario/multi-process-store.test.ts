import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { fromUtf8 } from '../../src/bytes.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { ended, sqliteFiles, startWorker } from '../support/sqlite-file.js'

const files = sqliteFiles()
const number = async (store: KeyStore, key: string): Promise<number> =>
  Number(fromUtf8((await store.read([key])).get(key)?.value ?? new Uint8Array(0)))

describe('several processes on one SQLite file', () => {
  it('row 17: four processes that create it together and count 500 times each lose nothing', async () => {
    const file = files.next()
    const names = ['a', 'b', 'c', 'd']
    const start = performance.now()
    await Promise.all(names.map((name) => ended(startWorker(file, `${name}:500`))))
    const seconds = (performance.now() - start) / 1000
    const store = files.open(file)
    expect(await number(store, 'shared')).toBe(2000)
    for (const name of names) expect(await number(store, `own/${name}`)).toBe(500)
    console.log(`4,000 commits by 4 processes in ${seconds.toFixed(1)} s, start-up included`)
  })

  it('row 18: a process killed at any moment loses no commit that it announced, and tears none', async () => {
    const file = files.next()
    let announced = 0
    for (const patience of [1, 7, 40, 120]) {
      const worker = startWorker(file, 'pairs')
      if (worker.stdout === null) throw new Error('the worker has no output')
      const lines = createInterface({ input: worker.stdout })
      lines.on('line', (line) => {
        announced = Number(line)
        if (announced % patience === 0) worker.kill('SIGKILL')
      })
      await Promise.all([once(worker, 'exit'), once(lines, 'close')])
      const store = files.open(file)
      const [left, right] = [await number(store, 'left'), await number(store, 'right')]
      expect(left).toBe(right)
      expect(left).toBeGreaterThanOrEqual(announced)
    }
    expect(announced).toBeGreaterThanOrEqual(120)
  })
})
