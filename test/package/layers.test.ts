import { describe, expect, it } from 'vitest'
import { type Import, type Module, readModules } from '../support/source.js'

const modules = readModules('src')

/** What a layer may import besides itself and the foundation. `types`: only `import type`. */
const LAYERS: { readonly [layer: string]: readonly { readonly to: string; readonly only?: 'types' }[] } = {
  crypto: [],
  codec: [],
  // Keys parse without a curve, so that reading a message pulls no arithmetic.
  wire: [{ to: 'src/crypto/keys.ts' }, { to: 'codec' }],
  protocol: [{ to: 'crypto' }, { to: 'wire' }],
  // Disk is not network: records and wire never meet, but for the type of an address, which is the same to both. The keys of records
  // are written by the store's rule.
  records: [
    { to: 'codec' },
    { to: 'crypto' },
    { to: 'protocol' },
    { to: 'src/wire/address.ts', only: 'types' },
    { to: 'src/store/key-store.ts', only: 'types' },
    { to: 'src/store/record-key.ts' },
  ],
  store: [],
  client: [{ to: 'crypto' }, { to: 'wire' }, { to: 'protocol' }, { to: 'records' }, { to: 'store' }],
  // Another program's records come in here, and nowhere else.
  migration: [{ to: 'codec' }, { to: 'crypto' }, { to: 'wire' }, { to: 'protocol' }, { to: 'records' }, { to: 'store' }, { to: 'client' }],
  relay: [
    { to: 'src/crypto/keys.ts' },
    { to: 'src/crypto/hash.ts' },
    // A relay vouches for its accounts, and so signs.
    { to: 'src/crypto/dh.ts' },
    { to: 'src/protocol/sealed/certificates.ts' },
    { to: 'wire' },
    { to: 'store' },
    { to: 'client', only: 'types' },
  ],
}
/** Of the stores, the wrapper that encrypts what another keeps; they know opaque bytes only. */
const ENCRYPTED_STORE = 'src/store/engines/encrypted.ts'
const FOUNDATION = ['src/arguments.ts', 'src/bytes.ts', 'src/caches.ts', 'src/diagnosis.ts', 'src/errors.ts', 'src/env.ts', 'src/faults.ts']
const ENTRY = 'src/index.ts'
/** Entries pass on from any layer. */
const ENTRIES = [ENTRY, 'src/protocol/index.ts']

const layerOf = (path: string): string => (FOUNDATION.includes(path) ? 'foundation' : (/^src\/([^/]+)\//.exec(path)?.[1] ?? path))

function isAllowed(module: Module, { from, typeOnly }: Import): boolean {
  const layer = layerOf(module.path)
  if (ENTRIES.includes(module.path) || FOUNDATION.includes(from) || layerOf(from) === layer) return true
  if (module.path === ENCRYPTED_STORE && layerOf(from) === 'crypto') return true
  return (LAYERS[layer] ?? []).some(({ to, only }) => (to === from || to === layerOf(from)) && (only !== 'types' || typeOnly))
}

/** Packages and platform names, and the only modules that may know them. */
const OUTSIDE: readonly { readonly name: RegExp; readonly importers: RegExp }[] = [
  { name: /^@noble\//, importers: /^src\/crypto\// },
  { name: /^#(lattice|platform)$/, importers: /^src\/crypto\// },
  { name: /^protobufjs\/minimal\.js$/, importers: /^src\/codec\/protobufjs\.ts$/ },
  { name: /^node:crypto$/, importers: /^src\/crypto\/(kem|platform)\/node\.ts$/ },
]

const outside = modules.flatMap((module) =>
  module.imports.filter(({ from }) => !from.startsWith('src/')).map((one) => ({ module, ...one })),
)
const inside = modules.flatMap((module) => module.imports.filter(({ from }) => from.startsWith('src/')).map((one) => ({ module, ...one })))

describe('layers', () => {
  it('belong to the plan, every one', () => {
    const unknown = modules
      .map(({ path }) => path)
      .filter((path) => path !== ENTRY && !['foundation', ...Object.keys(LAYERS)].includes(layerOf(path)))
    expect(unknown).toEqual([])
  })

  it('import downwards only', () => {
    const upwards = inside
      .filter((one) => !isAllowed(one.module, one))
      .map(({ module, from, name }) => `${module.path} takes ${name} from ${from}`)
    expect(upwards).toEqual([])
  })

  it('import nothing from outside but what they own', () => {
    const strange = outside
      .filter(({ module, from }) => !OUTSIDE.some(({ name, importers }) => name.test(from) && importers.test(module.path)))
      .map(({ module, from }) => `${module.path} imports ${from}`)
    expect(strange).toEqual([])
  })

  it('leave tables to the layer whose messages they are', () => {
    const strange = inside
      .filter(({ module, from }) => from.includes('/schema/') && layerOf(module.path) !== layerOf(from))
      .map(({ module, from }) => `${module.path} imports ${from}`)
    expect(strange).toEqual([])
  })

  it('open secrets in crypto/, records/ and migration/ only, and pass the key on from nowhere', () => {
    const opened = inside.filter(({ from, name }) => from === 'src/crypto/secret.ts' && (name === 'expose' || name === '*'))
    expect(opened.length).toBeGreaterThan(0)
    const strange = opened
      .filter(({ module, reExport }) => reExport || !/^src\/(crypto|records|migration)\//.test(module.path))
      .map(({ module }) => module.path)
    expect(strange).toEqual([])
  })

  it('form no cycle', () => {
    expect(cyclesOf(new Map(modules.map(({ path, imports }) => [path, new Set(imports.map(({ from }) => from))])))).toEqual([])
  })

  it('are made of rooms that form no cycle either', () => {
    const rooms = new Map<string, Set<string>>()
    for (const { module, from } of inside) {
      const [room, other] = [roomOf(module.path), roomOf(from)]
      if (ENTRIES.includes(module.path) || room === other) continue
      rooms.set(room, (rooms.get(room) ?? new Set()).add(other))
    }
    expect(rooms.size).toBeGreaterThan(20)
    expect(cyclesOf(rooms)).toEqual([])
  })
})

/** A module's folder. What stands beside rooms, as `client/client.ts` does, is a room of its own. */
function roomOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/'))
  return modules.some((other) => other.path.startsWith(`${folder}/`) && other.path.slice(folder.length + 1).includes('/')) ? path : folder
}

function cyclesOf(next: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (done.has(path) || trail.includes(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}
