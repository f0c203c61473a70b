/** What each peer is: its package with the version that is installed, its licence, and what a reader must know of how it is driven. */
import { readFileSync } from 'node:fs'
import { BISIK } from './task.js'

interface Package {
  /** Where it is installed, from here; default `node_modules` and the name. */
  readonly folder?: string
  readonly name: string
  readonly note: string
}

const LIBSIGNAL = '@signalapp/libsignal-client'
const X3DH_ONLY = 'X3DH without a post-quantum part'

export const PACKAGES: { readonly [peer: string]: Package } = {
  [BISIK]: { folder: '../..', name: 'bisik', note: 'As built. `triple`: PQXDH and the post-quantum ratchet; `x3dh`: neither.' },
  '0.22.0': { folder: 'node_modules/libsignal-0.22.0', name: LIBSIGNAL, note: `Native. ${X3DH_ONLY}.` },
  '0.72.1': { folder: 'node_modules/libsignal-0.72.1', name: LIBSIGNAL, note: 'Native. PQXDH, no post-quantum ratchet.' },
  '0.103.0': {
    folder: 'node_modules/libsignal-0.103.0',
    name: LIBSIGNAL,
    note: 'Native. PQXDH and the post-quantum ratchet. All ratios are to it.',
  },
  privacyresearch: {
    name: '@privacyresearch/libsignal-protocol-typescript',
    note: `JavaScript. ${X3DH_ONLY}. No sender keys.`,
  },
  baileys: {
    name: 'libsignal',
    note: `JavaScript; what Baileys uses. ${X3DH_ONLY}, and no check of a bundle's signature. No sender keys.`,
  },
  matrix: {
    name: '@matrix-org/matrix-sdk-crypto-wasm',
    note: 'WebAssembly. Olm and Megolm, reached through its machine only: a message is an event in JSON, each decrypted in a sync of its own. Its own store in memory.',
  },
  'core-crypto': {
    name: '@wireapp/core-crypto',
    note: 'WebAssembly, its build for browsers. Proteus between two, MLS in groups; each call is a transaction of its own database in memory.',
  },
  'ts-mls': {
    name: 'ts-mls',
    note: 'JavaScript. MLS with X25519; two people are a group of two, and a turn of the ratchet is a commit. States are held as objects, not as bytes. Skipped keys: 2,000 in place of 10.',
  },
}

/** @returns the fields of its `package.json`. */
export function manifestOf(peer: string): { readonly version: string; readonly license: string } {
  const { folder, name } = PACKAGES[peer] as Package
  return JSON.parse(readFileSync(new URL(`${folder ?? `node_modules/${name}`}/package.json`, import.meta.url), 'utf8'))
}

/** What a table or chart calls a peer. */
export function labelOf(peer: string): string {
  return /^\d/.test(peer) ? `libsignal-client ${peer}` : peer
}
