/**
 * The suite in browsers of the machine: a page with a strict policy, served from here, driven by Playwright or by WebDriver BiDi. What is
 * started here is ended here.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { launch } from 'puppeteer-core'
import { CHROMIUM_FLAGS } from '../support/debian-browser.js'
import type { Outcome } from './outcome.js'

const POLICY = "default-src 'none'; script-src 'self'"
const PAGE = '<!doctype html><meta charset="utf-8"><title>bisik</title><script src="/suite.js"></script>'
const PATIENCE = 120_000

/** Serves the page to `visit`, and nothing longer. */
async function served<T>(script: string, visit: (address: string) => Promise<T>): Promise<T> {
  const server: Server = createServer((request, response) => {
    const isScript = request.url === '/suite.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html', 'content-security-policy': POLICY })
    response.end(isScript ? script : PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const outcome = (): Promise<Outcome> => (globalThis as unknown as { outcome: Promise<Outcome> }).outcome

export function inChromium(executablePath: string, script: string): Promise<Outcome> {
  return served(script, async (address) => {
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
    try {
      const page = await browser.newPage()
      page.setDefaultTimeout(PATIENCE)
      await page.goto(address)
      return { ...(await page.evaluate(outcome)), version: browser.version() }
    } finally {
      await browser.close()
    }
  })
}

export function inFirefox(executablePath: string, script: string): Promise<Outcome> {
  return served(script, async (address) => {
    const browser = await launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: PATIENCE })
    try {
      const page = await browser.newPage()
      await page.goto(address)
      return { ...(await page.evaluate(outcome)), version: (await browser.version()).replace(/^firefox\//i, '') }
    } finally {
      await browser.close()
    }
  })
}
