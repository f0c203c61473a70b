import { MemoryStore } from 'bisik'
import { afterEach, expect, test, vi } from 'vitest'
import { converse } from '../conversation.mjs'

afterEach(() => {
  vi.useRealTimers()
})

test('two users talk', async () => {
  expect(await converse(() => new MemoryStore())).toContain('safety number')
})

test('two users talk while a test has fake timers', async () => {
  vi.useFakeTimers()
  expect(setTimeout).toHaveProperty('clock')
  expect(await converse(() => new MemoryStore())).toContain('safety number')
})
