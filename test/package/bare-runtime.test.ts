import { webcrypto } from 'node:crypto'
import { copyFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, home, run } from '../support/built-package.js'

/** Messages of one conversation in `conversation.mjs`. */
const MESSAGES = 12
let project = ''

beforeAll(() => {
  project = realpathSync(builtPackage().project)
  copyFileSync(join(home, 'test', 'package', 'conversation.mjs'), join(project, 'conversation.mjs'))
})

/** All that the browser build may ask of its surroundings. */
const SURROUNDINGS = {
  crypto: { getRandomValues: (bytes: Uint8Array) => webcrypto.getRandomValues(bytes) },
  setTimeout,
  // Not ours: protobufjs makes one when it loads. A runtime without it (old Hermes) needs a polyfill.
  TextDecoder,
}

async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: project, sourcefile: 'entry.mjs' },
    bundle: true,
    format: 'iife',
    globalName: 'entry',
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Runs a bundle in a realm of its own, where text cannot become code. */
function runBare(code: string, surroundings: object, expression: string): unknown {
  const context = createContext({ ...surroundings }, { codeGeneration: { strings: false, wasm: false } })
  // V8 puts a console into every realm.
  new Script('delete globalThis.console').runInContext(context)
  new Script(code).runInContext(context)
  return new Script(expression).runInContext(context)
}

describe('a runtime with ES2022, random values, a timer and a text decoder, and code generation forbidden', () => {
  it('row 37: is bare indeed: text does not become code, and no platform is there', () => {
    expect(() => runBare('', SURROUNDINGS, `new Function('return 1')`)).toThrow('Code generation from strings disallowed')
    const names = ['Buffer', 'process', 'require', 'console', 'fetch', 'TextEncoder', 'URL', 'performance', 'queueMicrotask']
    for (const name of names) expect(runBare('', SURROUNDINGS, `typeof ${name}`), name).toBe('undefined')
  })

  it('row 37: holds a conversation of two parties', async () => {
    const code = await bundle(`export { converse } from './conversation.mjs'`)
    expect(await runBare(code, SURROUNDINGS, `entry.converse('alice', 'bob')`)).toBe(MESSAGES)
  })

  it('needs nothing at all to load the store and the errors', async () => {
    const code = await bundle(`export { MemoryStore, transact } from 'bisik/store'\nexport { BisikError } from 'bisik/errors'`)
    expect(runBare(code, {}, `typeof entry.MemoryStore + typeof entry.transact + typeof entry.BisikError`)).toBe('functionfunctionfunction')
  })

  it('says what is missing where there are no random values', async () => {
    const { crypto, ...rest } = SURROUNDINGS
    const code = await bundle(`export { converse } from './conversation.mjs'`)
    await expect(runBare(code, rest, `entry.converse('alice', 'bob')`)).rejects.toMatchObject({ code: 'random-unavailable' })
  })
})

describe('Node with its doors shut', () => {
  const ODD_NAMES = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    'then',
    'a/b',
    '..',
    ' ',
    '%',
    '\u202e',
    '\ud800',
  ]

  function runNode(flags: readonly string[], code: string): unknown {
    return JSON.parse(run(process.execPath, ['--no-warnings', ...flags, '--input-type=module', '--eval', code], project))
  }

  it('row 28: talks under names that are traps, with frozen intrinsics and without __proto__, and leaves Object.prototype alone', () => {
    const code = `
      const before = JSON.stringify(Reflect.ownKeys(Object.prototype).map(String))
      const { converseInTurn } = await import('./conversation.mjs')
      const { opened, refused } = await converseInTurn(${JSON.stringify(ODD_NAMES)})
      console.log(JSON.stringify({ opened, refused, clean: before === JSON.stringify(Reflect.ownKeys(Object.prototype).map(String)) }))
    `
    const { opened, refused, clean } = runNode(['--frozen-intrinsics', '--disable-proto=throw'], code) as {
      opened: number
      refused: readonly string[]
      clean: boolean
    }
    expect(clean).toBe(true)
    expect(opened).toBe(MESSAGES * (ODD_NAMES.length - refused.length))
    expect(refused.length).toBeLessThan(3)
  })

  it('row 37: talks with permission to read its own files and nothing else, and with code generation forbidden', () => {
    const permission = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'
    const flags = [permission, `--allow-fs-read=${project}/*`, '--disallow-code-generation-from-strings']
    const code = `
      import { converse } from './conversation.mjs'
      const opened = await converse('alice', 'bob')
      const may = ['fs.write', 'child', 'worker'].filter((door) => process.permission.has(door))
      console.log(JSON.stringify({ opened, may, readsElsewhere: process.permission.has('fs.read', '/etc/hosts') }))
    `
    expect(runNode(flags, code)).toEqual({ opened: MESSAGES, may: [], readsElsewhere: false })
  })
})
