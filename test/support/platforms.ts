/**
 * Runs tests on both implementations of the platform port, whichever of the two `#platform` resolves to here.
 */
import { afterAll, beforeAll, describe } from 'vitest'
import { lattice as activeLattice } from '#lattice'
import { platform as active } from '#platform'
import { ML_KEM_768, ML_KEM_1024, mlKem } from '../../src/crypto/kem/ml-kem.js'
import { lattice as nobleLattice } from '../../src/crypto/kem/noble.js'
import { lattice as nodeLattice } from '../../src/crypto/kem/node.js'
import type { Lattice } from '../../src/crypto/kem/port.js'
import { platform as noble } from '../../src/crypto/platform/noble.js'
import { platform as node } from '../../src/crypto/platform/node.js'
import type { Platform } from '../../src/crypto/platform/port.js'

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

/** The two implementations of the port for ML-KEM, as {@link platforms}. */
export const lattices: { readonly noble: Lattice; readonly node: Lattice } = { noble: { ...nobleLattice }, node: { ...nodeLattice } }

/** Whether this Node has an ML-KEM of its own, so that ours is only what it falls back on; if not, the reason is printed. */
export const hasNativeMlKem: boolean = nodeLattice.mlKem1024.encapsulateFresh !== undefined
if (!hasNativeMlKem) console.warn(`ML-KEM of node:crypto is not tested: Node ${process.version} has none, 24.7 and later do`)

/** What the port for ML-KEM is on a Node that has none. */
const olderNode: Lattice = { ...nodeLattice, mlKem768: mlKem(ML_KEM_768, nodeLattice), mlKem1024: mlKem(ML_KEM_1024, nodeLattice) }

/** Declares the tests of `body` for every implementation that differs here, as {@link onEachPlatform}. */
export function onEachLattice(body: (lattice: Lattice) => void): void {
  const implementations: Record<string, Lattice> = { noble: lattices.noble, node: olderNode }
  if (hasNativeMlKem) implementations['node with native ML-KEM'] = lattices.node
  for (const [name, lattice] of Object.entries(implementations)) {
    describe(`on ${name}`, () => {
      beforeAll(() => {
        Object.assign(activeLattice, lattice)
      })
      afterAll(() => {
        Object.assign(activeLattice, lattices.node)
      })
      body(lattice)
    })
  }
}
