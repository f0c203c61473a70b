import { beforeAll, describe, expect, it } from 'vitest'
import * as errors from '../../src/errors.js'
import * as main from '../../src/index.js'
import * as libsignal from '../../src/migration/libsignal.js'
import * as protocol from '../../src/protocol/index.js'
import * as relay from '../../src/relay/index.js'
import * as conformance from '../../src/store/conformance/suite.js'
import * as encrypted from '../../src/store/engines/encrypted.js'
import * as indexeddb from '../../src/store/engines/indexeddb.js'
import * as leveldb from '../../src/store/engines/leveldb.js'
import * as postgres from '../../src/store/engines/postgres.js'
import * as sqlite from '../../src/store/engines/sqlite.js'
import * as store from '../../src/store/index.js'
import * as wire from '../../src/wire/index.js'
import { publicCalls } from '../support/api-report.js'
import { snapshot } from '../support/snapshot.js'
import { DRESSES, ODD_VALUES, variants } from '../support/world/odd-values.js'
import type { Kind } from './kinds.js'
import { NOT_CALLED, publicSurface, type Surface } from './public-surface.js'

type Callable = (...args: readonly unknown[]) => unknown
const ENTRIES: Readonly<Record<string, object>> = {
  bisik: main,
  'bisik/errors': errors,
  'bisik/libsignal': libsignal,
  'bisik/protocol': protocol,
  'bisik/relay': relay,
  'bisik/store': store,
  'bisik/store/conformance': conformance,
  'bisik/store/encrypted': encrypted,
  'bisik/store/indexeddb': indexeddb,
  'bisik/store/leveldb': leveldb,
  'bisik/store/postgres': postgres,
  'bisik/store/sqlite': sqlite,
  'bisik/wire': wire,
}
const CALLS = publicCalls().filter(({ name }) => {
  const [, call = ''] = name.split(': ')
  return !NOT_CALLED.includes(call.split('.')[0] ?? '')
})

let surface: Surface
beforeAll(async () => {
  surface = await publicSurface()
})

/** Finds what a report names. */
function callableOf(name: string): Callable {
  const [entryName = '', call = ''] = name.split(': ')
  const entry = ENTRIES[entryName] as Readonly<Record<string, unknown>>
  if (call.startsWith('new ')) return (...args) => Reflect.construct(entry[call.slice(4)] as new () => object, args)
  const [owner = '', method] = call.split('.')
  if (method === undefined) return entry[call] as Callable
  const statics = entry[owner] as Readonly<Record<string, Callable>> | undefined
  const target =
    statics !== undefined && Object.hasOwn(statics, method) ? statics : (surface.targets[owner] as Readonly<Record<string, Callable>>)
  return (...args) => target[method]?.(...args)
}

async function attempt(call: Callable, args: readonly unknown[]): Promise<unknown> {
  try {
    return await end(call(...args))
  } catch (error) {
    return error
  }
}

/** Runs a step to its end: nothing that it reads is there. */
function end(result: unknown): unknown {
  if (Object.prototype.toString.call(result) !== '[object Generator]') return result
  const step = result as Generator<unknown, unknown, void>
  for (let next = step.next(); ; next = step.next()) if (next.done === true) return next.value
}

const snapshots = () => Promise.all(surface.stores.map(snapshot))

/** Whether `argument` is what a refusal of `parameter` may name: the parameter, a field of it, or how its kind is called everywhere. */
function isNamed(argument: unknown, parameter: string, { names }: Kind): boolean {
  return (
    typeof argument === 'string' &&
    [parameter, ...names].some((name) => argument === name || argument.startsWith(`${name}.`) || argument.startsWith(`${name}:`))
  )
}

describe('row 38: the public surface', () => {
  it('row 38: is in the table, call by call and parameter by parameter, as the reports of the API have it', () => {
    const expected = CALLS.map(({ name, parameters }) => `${name} ${parameters.length}`)
    const listed = Object.entries(surface.calls).map(([name, kinds]) => `${name} ${kinds.length}`)
    expect(new Set(listed)).toEqual(new Set(expected))
  })

  it.each(CALLS)('row 38: $name takes its example, and returns bytes that share their memory with nothing', async ({ name }) => {
    const result = await attempt(
      callableOf(name),
      (surface.calls[name] ?? []).map(({ example }) => example),
    )
    if (result instanceof Error) expect(main.isBisikError(result) && result.code !== 'invalid-argument', `${result.stack}`).toBe(true)
    // Two stages of one message: the first is the front of the second, as their documentation says.
    if (name.includes('wire: encode')) return
    for (const bytes of bytesIn(result)) expect([bytes.byteOffset, bytes.buffer.byteLength], name).toEqual([0, bytes.length])
  })

  it.each(CALLS.filter(({ parameters }) => parameters.length > 0))(
    'row 38: $name refuses by name whatever is of another kind, and nothing changes',
    async ({ name, parameters }) => {
      const call = callableOf(name)
      const kinds = surface.calls[name] ?? []
      const examples = kinds.map(({ example }) => example)
      const before = await snapshots()
      const wrong: string[] = []
      for (const [place, kind] of kinds.entries()) {
        for (const [what, value] of kind.wrong) {
          const result = await attempt(
            call,
            examples.map((example, i) => (i === place ? value : example)),
          )
          const parameter = parameters[place] ?? ''
          const refused = main.isBisikError(result, 'invalid-argument') && isNamed(result.details.argument, parameter, kind)
          if (!refused) wrong.push(`${parameter} as ${what}: ${result instanceof Error ? result.message : 'taken'}`)
        }
      }
      expect(wrong).toEqual([])
      expect(await snapshots()).toEqual(before)
    },
  )
})

it('row 38: isBisikError says no of whatever it is given, and throws nothing', () => {
  for (const [name, value] of ODD_VALUES) expect(main.isBisikError(value), name).toBe(false)
})

const PARSERS_AND_WRITERS = CALLS.filter(({ name }) => name.startsWith('bisik/wire: '))

describe('row 38: bytes in parsers and writers', () => {
  it.each(PARSERS_AND_WRITERS)('row 38: $name gives the same result for the same bytes in another dress', ({ name }) => {
    const call = callableOf(name)
    const good = (surface.calls[name] ?? []).map(({ example }) => example)
    const expected = plain(call(...good))
    for (const [place, argument] of good.entries()) {
      for (const [, dress] of DRESSES) {
        const dressed = variants(argument, (part) => (part instanceof Uint8Array ? [dress(part)] : []))
        for (const variant of dressed) expect(plain(call(...good.map((one, i) => (i === place ? variant : one))))).toEqual(expected)
      }
    }
  })

  it('row 38: what is changed after the call changes nothing', () => {
    for (const { name } of PARSERS_AND_WRITERS.filter((one) => one.name.includes(': parse'))) {
      const input = new Uint8Array(surface.calls[name]?.[0]?.example as Uint8Array)
      const result = callableOf(name)(input)
      const before = structuredClone(plain(result))
      input.fill(0)
      expect(plain(result), name).toEqual(before)
    }
    const [kind] = surface.calls['bisik/wire: encodeSignalMessage'] ?? []
    const ciphertext = main.utf8('ciphertext')
    const { macInput } = wire.encodeSignalMessage({ ...(kind?.example as wire.SignalMessageFields), ciphertext })
    const before = macInput.slice()
    ciphertext.fill(0)
    expect(macInput).toEqual(before)
  })
})

/** A result without the functions in it: what they return instead. */
function plain(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || ArrayBuffer.isView(result)) return result
  if ('finish' in result) return { ...result, finish: undefined }
  if (!('recipientCount' in result)) return result
  const { recipients, excluded, ...rest } = result as wire.SentMessage
  return { ...rest, recipients: [...recipients()], excluded: [...excluded()] }
}

/** All byte strings in a value. */
function* bytesIn(value: unknown, seen = new Set<unknown>()): Generator<Uint8Array> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof Uint8Array) yield value
  else if (value instanceof Map) for (const one of value.values()) yield* bytesIn(one, seen)
  else for (const one of Object.values(value)) yield* bytesIn(one, seen)
}
