/** The IndexedDB store in Chromium: the conformance suite, what only a browser does, and two tabs with a worker on one account. */

import { deepEqual, equal, ok } from 'node:assert/strict'
import { closeSync, existsSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { type DeviceAddress, parseEnvelope } from '../../../src/index.js'
import { signalMessageOf } from '../../support/forge.js'
import { foundOrInstalled } from '../debian.js'
import type { Group, Running, Test } from '../suite.js'

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** No code made of text: a strict page. */
const POLICY = "default-src 'self'; script-src 'self'"
const MESSAGES = 2_000
const COMMITS = 200

/** Calls a function of the page by its name. */
type Call = <T>(name: string, ...parameters: readonly unknown[]) => Promise<T>

const callerOf =
  (page: Page): Call =>
  (name, ...parameters) =>
    page.evaluate(([called, values]) => (globalThis as unknown as { call(name: unknown, values: unknown): never }).call(called, values), [
      name,
      parameters,
    ] as const)

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const entry = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry('tab'), entry('worker')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['@bisik/source'],
    outdir: '/',
    write: false,
  })
  return new Map(outputFiles.map(({ path, text }) => [path, text]))
}

/** @returns the address of the page, and what ends the server. */
async function serve(): Promise<{ readonly address: string; readonly end: () => void }> {
  const files = await bundle()
  const server = createServer(({ url = '/' }, response) => {
    const script = files.get(url)
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script ?? '<!doctype html><script src="/tab.js"></script>')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const end = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, end }
}

export const indexedDbInChromium: Group = {
  name: 'IndexedDB in Chromium',
  async start(): Promise<Running> {
    const executablePath = foundOrInstalled('chromium', () => PLACES.find((path) => path !== undefined && existsSync(path)))
    if (executablePath === undefined) throw new Error('no Chromium: install the package "chromium", or set CHROMIUM_PATH')
    const profile = mkdtempSync(join(tmpdir(), 'bisik-chromium-'))
    const { address, end } = await serve()
    const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: ['--no-sandbox'] })
    const first = callerOf(await openTab(context, address))
    const second = callerOf(await openTab(context, address))
    const names = await first<readonly string[]>('conformanceTests')
    return {
      tests: [
        ...names.map((name) => conformanceTest(first, name)),
        ...browserTests(first),
        rolledBack(first),
        together(first, second),
        figures(first, profile),
      ],
      stop: async () => {
        await context.close()
        end()
        rmSync(profile, { recursive: true, force: true })
      },
    }
  },
}

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`in the page: ${error.stack}`))
  await page.goto(address)
  await page.waitForFunction(() => 'call' in globalThis)
  return page
}

function conformanceTest(call: Call, name: string): Test {
  return { name, run: () => call('conformanceTest', name) }
}

function browserTests(call: Call): Test[] {
  const test = (name: string, asked: string, check: (answer: never) => void): Test => ({
    name,
    run: async () => {
      check(await call<never>(asked))
      return undefined
    },
  })
  return [
    test('refuses what is not its own, by name', 'strangers', ({ newer, foreign, none }) => {
      deepEqual([newer, foreign, none] as { code: string; details: unknown }[], [
        { code: 'record-too-new', details: { record: 'schema', version: 7 }, name: 'BisikError' },
        {
          code: 'invalid-argument',
          details: { argument: 'name', expected: 'the name of a database that nothing else uses' },
          name: 'BisikError',
        },
        { code: 'invalid-argument', details: { argument: 'factory', expected: 'indexedDB' }, name: 'BisikError' },
      ])
    }),
    test('makes way for another tab that deletes the database', 'deletes', (refusal: { name: string }) => {
      equal(refusal.name, 'InvalidStateError')
    }),
    test('writes the neighbours of a batch that the browser refuses', 'badNeighbour', (seen) => {
      deepEqual(seen, { told: [true, 'QuotaExceededError', true, false], keys: ['a', 'b', 'zero'] })
    }),
    test('asks for one strict transaction for 64 commits of a turn', 'transactions', (seen) => {
      deepEqual(seen, { asked: [['readwrite', 'strict']], keys: 64 })
    }),
  ]
}

function rolledBack(call: Call): Test {
  return {
    name: 'an old copy that is put back is recognized by an anchor, and sends on nothing old',
    run: async () => {
      deepEqual(await call('putBack', 'rolled back', 'its peer'), { before: undefined, sessions: 1, said: ['hello', 'no-session', 'anew'] })
      return undefined
    },
  }
}

/** The lists that three get who share what there is; a tenth goes to two of them. */
function dealt<T>(all: readonly T[]): readonly (readonly T[])[] {
  return [0, 1, 2].map((i) => all.filter((_, j) => j % 3 === i || (j % 10 === 0 && (j + 1) % 3 === i)))
}

function together(first: Call, second: Call): Test {
  return {
    name: `two tabs and a worker on one account, ${MESSAGES} messages`,
    run: async () => {
      const places: readonly Call[] = [first, second, (name, ...parameters) => first('inWorker', name, ...parameters)]
      const everywhere = <T>(name: string, parameters: (i: number) => readonly unknown[]): Promise<T[]> =>
        Promise.all(places.map((call, i) => call<T>(name, ...parameters(i))))
      const to = await first<DeviceAddress>('meet', 'alice', 'bob')
      const texts = Array.from({ length: MESSAGES }, (_, i) => `message ${i}`)
      const start = performance.now()
      const sent = (await everywhere<string[]>('send', (i) => ['alice', to, texts.filter((_, j) => j % 3 === i)])).flat()
      const counterOf = (hex: string): number => signalMessageOf(parseEnvelope(Buffer.from(hex, 'hex'))).counter
      const inOrder = [...sent].sort((a, b) => counterOf(a) - counterOf(b))
      const counters = inOrder.map(counterOf)
      deepEqual(
        counters,
        Array.from({ length: MESSAGES }, (_, i) => i + (counters[0] ?? 0)),
        'a counter came twice, or is left out',
      )
      const shares = dealt(inOrder)
      const said = (await everywhere<string[]>('receive', (i) => ['bob', shares[i]])).flat()
      const read = said.filter((one) => one.startsWith('message '))
      deepEqual([...read].sort(), [...texts].sort(), 'a message came twice, or is lost')
      const others = said.filter((one) => !one.startsWith('message '))
      ok(others.length === said.length - MESSAGES && others.every((one) => one === 'duplicate-message'), others.slice(0, 5).join())
      const refused = (await Promise.all(['alice', 'bob'].map((name) => everywhere<number>('refused', () => [name])))).flat()
      return `${others.length} duplicates refused, ${refused.reduce((a, b) => a + b)} retries, ${((performance.now() - start) / 1000).toFixed(1)} s`
    },
  }
}

function figures(call: Call, folder: string): Test {
  return {
    name: 'a read and a commit',
    run: async () => {
      const times = await call<number[]>('commits', 'figures', COMMITS)
      return `median ${median(times).toFixed(2)} ms, fdatasync of this machine ${median(syncTimes(folder)).toFixed(2)} ms`
    },
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

function syncTimes(folder: string): number[] {
  const file = openSync(join(folder, 'sync'), 'w')
  const times = Array.from({ length: COMMITS }, () => {
    const start = performance.now()
    writeSync(file, new Uint8Array(4096))
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  return times
}
