import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { endAll, Program } from './chat-processes.js'

afterAll(endAll)

describe('the demo', () => {
  const data = temporaryDirectory()

  it('loses nothing and repeats nothing while a client and the relay are killed', { timeout: 180_000 }, async () => {
    const lines = Array.from({ length: 90 }, (_, i) => (i % 7 === 0 ? '' : `line ${i} – ünïcode ✓ ${'x'.repeat(i * 10)}`))
    const file = join(data, 'text.txt')
    writeFileSync(file, lines.join('\n'))
    const demo = new Program('demo/main.ts', '--file', file)
    const status = await demo.ended()
    expect(demo.output).toMatch(/bob was killed \(SIGKILL\)/)
    expect(demo.output).toMatch(/the relay was killed \(SIGKILL\)/)
    const row = (name: string) => new RegExp(`^${name} +(\\d+) +(\\d+) +(\\d+)$`, 'm').exec(demo.output)?.slice(1).map(Number)
    expect(row('messages sent'), demo.output).toEqual([90, 90, 180])
    expect(row('delivered')).toEqual([90, 90, 180])
    expect(row('sealed: the relay cannot see who sent it')).toEqual([90, 90, 180])
    // Whoever is heard first has no access key of the other yet; who that is, and for how many messages, is chance. That it ends with
    // the answer is shown in chat-messenger.test.ts.
    const [aliceNamed = 0, bobNamed = 0, bothNamed = 0] = row("of these, sent in the sender's name") ?? []
    expect(bothNamed).toBeGreaterThan(0)
    expect(bothNamed).toBe(aliceNamed + bobNamed)
    const epochs = /^post-quantum epoch reached +(\d+) +(\d+)/m.exec(demo.output)?.slice(1).map(Number)
    expect(epochs, demo.output).toEqual([expect.any(Number), expect.any(Number)])
    expect(row('duplicated')).toEqual([0, 0, 0])
    expect(row('lost')).toEqual([0, 0, 0])
    expect(demo.output).toMatch(/equal to the original +yes +yes +yes/)
    expect(status).toBe(0)
  })

  it('fails with a word, not with a stack, when there is nothing to send', async () => {
    const missing = new Program('demo/main.ts', '--file', join(data, 'missing.txt'))
    expect(await missing.ended()).toBe(1)
    expect(missing.output).toMatch(/^The text cannot be read: ENOENT/)
    writeFileSync(join(data, 'empty.txt'), '')
    const empty = new Program('demo/main.ts', '--file', join(data, 'empty.txt'))
    expect(await empty.ended()).toBe(1)
    expect(empty.output).toContain('has no line to send')
  })
})
