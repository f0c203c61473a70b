/** Loads what a tool has built in the Chromium of the machine, under a policy without eval. What is started here is ended here. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, debianBrowser } from '../support/debian-browser.js'
import type { Outcome } from './outcome.js'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' }
const PATIENCE = 60_000

/** No eval, and of what stands in the page itself only what it has now, by hash: Parcel writes its import map there. */
function policyFor(page: string): string {
  const hashes = [...page.matchAll(/<script[^>]*>([^<]+)<\/script>/g)].map(
    ([, text = '']) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  return `default-src 'none'; script-src 'self'${hashes.join('')}; worker-src 'self'`
}

/** A folder behind a port of this machine. */
interface Site {
  readonly address: string
  /** Of the scripts that the page loaded before its worker, in bytes after gzip. */
  readonly weight: () => number
}

/** Serves a folder to `visit`, and nothing longer. */
async function served<T>(folder: string, visit: (site: Site) => Promise<T>): Promise<T> {
  const policy = policyFor(readFileSync(join(folder, 'index.html'), 'utf8'))
  let weight = 0
  let isWeighed = false
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(folder, path === '/' ? 'index.html' : path)
    const type = TYPES[extname(file)]
    if (type === undefined || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    const content = readFileSync(file)
    isWeighed ||= request.headers['sec-fetch-dest'] === 'worker'
    if (!isWeighed && path !== '/') weight += gzipSync(content).length
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy })
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await visit({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, weight: () => weight })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const outcome = (): Promise<Outcome> | undefined => (globalThis as { readonly outcome?: Promise<Outcome> }).outcome
const hasOutcome = (): boolean => 'outcome' in globalThis

/** What the page at an address says of itself. @throws Error with the errors of the page, if it says nothing. */
export async function visited(address: string): Promise<Outcome> {
  const browser = await chromium.launch({ executablePath: debianBrowser('chromium'), args: [...CHROMIUM_FLAGS] })
  const words: string[] = []
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(PATIENCE)
    page.on('console', (message) => message.type() === 'error' && words.push(message.text()))
    const failed = new Promise<never>((_resolve, reject) => page.on('pageerror', reject))
    const said = page.goto(address).then(async () => {
      await page.waitForFunction(hasOutcome)
      return page.evaluate(outcome)
    })
    return (await Promise.race([said, failed])) ?? { error: 'the page says nothing' }
  } catch (error) {
    throw new Error([error instanceof Error ? error.message : String(error), ...words].join('\n'))
  } finally {
    await browser.close()
  }
}

/** What the page in a folder says of itself. */
export function visitedFolder(folder: string): Promise<Outcome> {
  return served(folder, async ({ address, weight }) => ({ ...(await visited(address)), weight: weight() }))
}
