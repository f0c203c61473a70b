import { describe, expect, it } from 'vitest'
import { type Export, lineOf, type Module, type Node, namesUsed, readModules, walk } from '../support/source.js'

const modules = readModules('src')
const below = (...layers: string[]): Module[] => modules.filter(({ path }) => layers.some((layer) => path.startsWith(`src/${layer}/`)))

/** The only modules that may know `node:crypto`; all others run wherever ES2022 does. */
const NODE_PORTS = /^src\/crypto\/(kem|platform)\/node\.ts$/

/** What a runtime offers and the core does without. */
const PLATFORM = [
  'Buffer',
  'process',
  'console',
  'require',
  'global',
  'window',
  'navigator',
  'TextDecoder',
  'TextEncoder',
  'setImmediate',
  'setInterval',
]
/** Ways to the network, to files and to code made of text (threat row 37). */
const DOORS = [
  'eval',
  'Function',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'importScripts',
  'Worker',
  'WebAssembly',
  'localStorage',
  'indexedDB',
  'Deno',
  'Bun',
]
/** What a pure and synchronous function cannot name: waiting, time, chance and output. */
const IMPURE = ['Promise', 'Date', 'performance', 'crypto', 'setTimeout', 'queueMicrotask', 'systemRandom', 'systemClock', 'globalThis']

/**
 * What ES2022 has and Hermes 0.12 has not, with the engines that ended there; `test/runtimes` runs there. Names, methods, syntax.
 */
const BEYOND_HERMES = {
  names: ['WeakRef', 'FinalizationRegistry', 'AggregateError', 'Intl', 'SharedArrayBuffer', 'Atomics'],
  methods: ['at', 'allSettled', 'any'],
}

function uses(among: readonly Module[], names: readonly string[]): string[] {
  return among.flatMap((module) =>
    [...namesUsed(module.tree)]
      .filter(({ name }) => names.includes(name))
      .map(({ name, at }) => `${module.path}:${lineOf(module, at)} uses ${name}`),
  )
}

/** `Uint8Array.from(map.keys())` and the like: there nothing comes out of an iterator. */
function fillsFromIterator(node: Node): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false
  const callee = node.callee as { name?: string; object?: { name?: string } }
  const [source] = node.arguments as Node[]
  const isTypedArray = /^(?:Ui|I)nt(?:8|16|32)Array$/.test(callee.name ?? callee.object?.name ?? '')
  return isTypedArray && source !== undefined && ['keys', 'values', 'entries'].includes(calledMethod(source) ?? '')
}

function calledMethod(node: Node): string | undefined {
  return (node.callee as { property?: { name?: string } } | undefined)?.property?.name
}

function places(among: readonly Module[], isOne: (node: Node) => boolean): string[] {
  return among.flatMap((module) =>
    [...walk(module.tree)]
      .filter(({ node }) => isOne(node))
      .map(({ node }) => `${module.path}:${lineOf(module, node.start)} has ${node.type}`),
  )
}

describe('src/', () => {
  it('finds what it looks for', () => {
    const tree = (names: string): Node => ({
      type: 'Program',
      start: 0,
      end: 0,
      body: [{ type: 'Call', start: 0, end: 0, callee: { type: 'Identifier', start: 0, end: 0, name: names } }],
    })
    expect(uses([{ path: 'x', text: '', tree: tree('eval'), imports: [], exports: [] }], DOORS)).toEqual(['x:1 uses eval'])
  })

  it('asks nothing that Hermes 0.12 or the presets of React Native lack: no built-in, no syntax', () => {
    expect(uses(modules, BEYOND_HERMES.names)).toEqual([])
    const isBeyond = (node: Node): boolean =>
      node.type === 'StaticBlock' ||
      (node.type === 'ForOfStatement' && node.await === true) ||
      (node.type === 'CallExpression' && BEYOND_HERMES.methods.includes(calledMethod(node) ?? '')) ||
      fillsFromIterator(node)
    expect(places(modules, isBeyond)).toEqual([])
  })

  it('asks nothing of one platform, except in the ports on node:crypto', () => {
    expect(
      uses(
        modules.filter(({ path }) => !NODE_PORTS.test(path)),
        PLATFORM,
      ),
    ).toEqual([])
  })

  it('row 37: names no door to the network, to files or to code made of text', () => {
    expect(uses(modules, DOORS)).toEqual([])
  })

  it('row 37: loads no module at run time', () => {
    expect(places(modules, ({ type }) => type === 'ImportExpression')).toEqual([])
  })

  it('row 24: reads the clock in env.ts only', () => {
    expect(
      uses(
        modules.filter(({ path }) => path !== 'src/env.ts'),
        ['Date', 'performance'],
      ),
    ).toEqual([])
  })

  it("row 32: reads the system's random source in env.ts only, and Math.random only to spread out retries", () => {
    expect(
      uses(
        modules.filter(({ path }) => path !== 'src/env.ts'),
        ['crypto'],
      ),
    ).toEqual([])
    const dice = modules.filter(({ path, text }) => path !== 'src/store/transact.ts' && text.includes('Math.random'))
    expect(dice.map(({ path }) => path)).toEqual([])
  })

  it('keeps the protocol pure: no waiting, no clock, no chance, no output', () => {
    expect(uses(below('protocol'), IMPURE)).toEqual([])
    const waits = (node: Node): boolean => node.type === 'AwaitExpression' || node.async === true
    expect(places(below('protocol'), waits)).toEqual([])
  })

  it('names what it passes on, one by one', () => {
    expect(places(modules, ({ type }) => type === 'ExportAllDeclaration')).toEqual([])
  })

  it('has no word in a name that says nothing', () => {
    const empty = /^(?:handle|process|manage)(?:[A-Z]|$)|(?:helper|util|manager|handler)s?$|^(?:data|info)$|(?:Data|Info)$/i
    const bad = modules.flatMap(({ path, exports }) => exports.filter(({ name }) => empty.test(name)).map(({ name }) => `${path}: ${name}`))
    expect(bad).toEqual([])
  })
})

describe('tests', () => {
  it('say which error they expect: `toThrow()` is content with any, that of a mistake in the test too', () => {
    const vague = readModules('test', 'examples').flatMap((module) =>
      [...module.text.matchAll(/(?<!\.not)\.toThrow(Error)?\(\)/g)].map(({ index }) => `${module.path}:${lineOf(module, index)}`),
    )
    expect(vague).toEqual([])
  })
})

describe('comments', () => {
  it('begin every module with what it owns', () => {
    const bare = modules.filter(({ text }) => !/^\/\*\*[\s\S]*?\w[\s\S]*?\*\//.test(text)).map(({ path }) => path)
    expect(bare).toEqual([])
  })

  it('stand before every export of crypto/, protocol/ and store/', () => {
    const bare = below('crypto', 'protocol', 'store').flatMap(({ path, exports }) =>
      firsts(exports)
        .filter(({ declaration, doc }) => declaration !== undefined && doc === undefined)
        .map(({ name }) => `${path}: ${name}`),
    )
    expect(bare).toEqual([])
  })

  it('name the specification of every exported function of crypto/ and protocol/, or the function is listed here with a reason', () => {
    const silent = below('crypto', 'protocol').flatMap(({ path, exports }) =>
      firsts(exports)
        .filter(({ declaration, doc }) => /Function/.test(declaration?.type ?? '') && !/\bSpec: \S/.test(doc ?? ''))
        .map(({ name }) => `${path.slice('src/'.length)}: ${name}`),
    )
    const listed = [...NO_SPECIFICATION.keys()]
    const covers = (one: string, name: string): boolean => name === one || name.startsWith(`${one}: `)
    const unlisted = silent.filter((name) => !listed.some((one) => covers(one, name)))
    const stale = listed.filter((one) => !silent.some((name) => covers(one, name)))
    expect({ unlisted, stale }).toEqual({ unlisted: [], stale: [] })
  })
})

/** Exported functions that implement no text from outside, or all of a module's, each with the reason why there is nothing to cite. */
const NO_SPECIFICATION: ReadonlyMap<string, string> = new Map([
  ['crypto/platform/node.ts', 'what both ports on node:crypto need of Node itself'],
  ['crypto/secret.ts', 'our container of secrets'],
  ['protocol/identity/trust.ts', 'our policy: the specifications leave the decision to the application'],
  ['protocol/checkpoints.ts', 'a shortcut over steps that cite theirs'],
  ['protocol/spqr/gf.ts', 'the arithmetic of a field whose polynomial is cited where it stands'],
  ['crypto/platform/port.ts: requireLength', 'a guard'],
  ['crypto/dh.ts: keyPairArgument', 'a guard'],
  ['crypto/keys.ts: ecKeyArgument', 'a length'],
  ['crypto/keys.ts: parseIdentityKey', 'as parseEcPublicKey, which cites'],
  ['crypto/keys.ts: parseKemCiphertext', 'as parseKemPublicKey, which cites'],
  ['crypto/keys.ts: checkKemSecretKey', 'as parseKemPublicKey, which cites'],
  ['crypto/keys.ts: parseSignature', 'a length'],
  ['crypto/kem/incremental-kem.ts: vectorOf', 'a piece of a key whose layout is cited'],
  ['crypto/kem/incremental-kem.ts: randomnessOf', 'a piece of a record whose layout is cited'],
  ['crypto/kem/ml-kem.ts: wipeNoise', 'wiping'],
  ['crypto/kem/polynomials.ts: wipe', 'wiping'],
  ['crypto/kem/polynomials.ts: encodeAll', 'many of what cites'],
  ['crypto/kem/polynomials.ts: decodeAll', 'many of what cites'],
  ['crypto/kem/polynomials.ts: add', 'an addition'],
  ['crypto/kem/polynomials.ts: subtract', 'a subtraction'],
  ['protocol/hmac-chain.ts: advance', 'many of nextChainKey, which cites'],
  ['protocol/ratchet/double-ratchet.ts: receivingChain', 'a look at the state'],
  ['protocol/ratchet/triple-ratchet.ts: hmacsToTurn', 'our count of work'],
  ['protocol/ratchet/triple-ratchet.ts: wipeRatchet', 'wiping'],
  ['protocol/spqr/epoch-chains.ts: secretsOfChains', 'wiping'],
  ['protocol/spqr/epoch-chains.ts: wipeChains', 'wiping'],
  ['protocol/groups/sender-key.ts: wipeSenderKey', 'wiping'],
  ['protocol/checkpoints.ts: checkpointsArgument', 'a guard'],
  ['protocol/checkpoints.ts: budgetArgument', 'a guard'],
  ['protocol/handshake/handshake.ts: kemArgument', 'a guard'],
  ['protocol/session/door.ts: idOf', 'as in session.ts'],
  ['protocol/session/door.ts: kindOf', 'as in session.ts'],
  ['protocol/session/door.ts: archiveForm', 'as in session.ts'],
  ['protocol/session/door.ts: wipeSession', 'as in session.ts'],
  ['protocol/session/session.ts: endsArgument', 'a guard'],
  ['protocol/session/session.ts: sessionId', 'our name of a session'],
  ['protocol/session/session.ts: idOf', 'our name of a session'],
  ['protocol/session/session.ts: isSameSession', 'as idOf'],
  ['protocol/session/session.ts: kindOf', 'our words for what protects a session'],
  ['protocol/session/session.ts: announcedKind', 'our words for what protects a session'],
  ['protocol/session/session.ts: epochOf', 'a number to show'],
  ['protocol/session/session.ts: keptKeysOf', 'what our records need to know'],
  ['protocol/session/session.ts: keptKeyBound', 'what our records need to know'],
  ['protocol/session/session.ts: archiveForm', 'what our records keep of a session'],
  ['protocol/session/session.ts: withMessage', 'a copy'],
  ['protocol/session/session.ts: wipeSession', 'wiping'],
  ['protocol/spqr/epoch-chains.ts: allKeptKeys', 'what our records need to know'],
  ['protocol/spqr/epoch-chains.ts: secretsOfChains', 'a look at the state'],
  ['protocol/spqr/epoch-chains.ts: wipeChains', 'wiping'],
  ['protocol/spqr/epoch-chains.ts: holdsEpoch', 'a look at the state'],
  ['protocol/spqr/epoch-chains.ts: receivingChainOf', 'a look at the state'],
  ['protocol/spqr/spqr.ts: hmacsToPqKey', 'our count of work'],
  ['protocol/spqr/spqr.ts: keyPositionIn', 'a part of parseChunkMessage, which cites'],
])

/** Overloads share the comment of the first. */
function firsts(exports: readonly Export[]): Export[] {
  return exports.filter(({ name }, i) => exports.findIndex((other) => other.name === name) === i)
}
