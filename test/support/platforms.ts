/**
 * Runs tests on both implementations of the platform port, whichever of the two `#platform` resolves to here.
 */
import { afterAll, beforeAll, describe } from 'vitest'
import { platform as active } from '#platform'
import type { Platform } from '../../src/crypto/platform.js'
import { platform as noble } from '../../src/crypto/platform-noble.js'
import { platform as node } from '../../src/crypto/platform-node.js'

/** Copies, because {@link onEachPlatform} replaces the methods of the active one. */
export const platforms: { readonly noble: Platform; readonly node: Platform } = { noble: { ...noble }, node: { ...node } }

/** What `#platform` resolved to before any test replaced it. */
export const resolvedPlatform: Platform['name'] = active.name

/** Declares the tests of `body` twice; while they run, everything that imports `#platform` uses the implementation given. */
export function onEachPlatform(body: (platform: Platform) => void): void {
  for (const platform of [platforms.noble, platforms.node]) {
    describe(`on ${platform.name}`, () => {
      beforeAll(() => {
        Object.assign(active, platform)
      })
      afterAll(() => {
        Object.assign(active, platforms[resolvedPlatform])
      })
      body(platform)
    })
  }
}
