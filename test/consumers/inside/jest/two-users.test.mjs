import { jest } from '@jest/globals'
import { MemoryStore } from 'bisik'
import { converse } from '../conversation.mjs'

// jsdom has no `structuredClone`.
const crossings = typeof structuredClone === 'function' ? { clone: structuredClone } : {}
const conversation = () => converse(() => new MemoryStore(), crossings)

test('two users talk while all timers are fake from the start', async () => {
  expect(setTimeout).toHaveProperty('clock')
  expect(await conversation()).toContain('safety number')
})

test('two users talk with real timers', async () => {
  jest.useRealTimers()
  expect(await conversation()).toContain('safety number')
})

test('two users talk while a test has fake timers', async () => {
  jest.useFakeTimers({ now: Date.now() })
  expect(setTimeout).toHaveProperty('clock')
  expect(await conversation()).toContain('safety number')
})
