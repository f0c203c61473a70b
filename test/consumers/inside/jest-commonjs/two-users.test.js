const { MemoryStore } = require('bisik')
const { converse } = require('../conversation.mjs')

test('two users talk', async () => {
  expect(await converse(() => new MemoryStore())).toContain('safety number')
})

test('two users talk while a test has fake timers', async () => {
  jest.useFakeTimers({ now: Date.now() })
  expect(setTimeout).toHaveProperty('clock')
  expect(await converse(() => new MemoryStore())).toContain('safety number')
})
