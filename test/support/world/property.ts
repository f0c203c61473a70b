/** Runs many worlds with fast-check and says what happened in them. Knows how to choose and to report, not what must hold. */
import fc from 'fast-check'
import { guardClock } from './clock-guard.js'
import { KeyWatch } from './key-watch.js'
import { COMMANDS, type Command, type Step, Tally, World, type WorldOptions } from './world.js'

export { TAMPERINGS } from './tamper.js'
export { COMMANDS } from './world.js'

/** What to run. */
export interface Worlds {
  readonly title: string
  readonly worlds: number
  readonly commands: number
  readonly options: fc.Arbitrary<WorldOptions>
}

/** What happened. */
export interface Happened {
  readonly tally: Tally
  readonly worlds: number
  readonly commands: number
  /** Different message keys of messages that left. */
  readonly keys: number
  /** Where the sources read the runtime's clock. */
  readonly clockReadings: readonly string[]
}

const NUMBER = fc.nat(0xffff)
const STEP: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof(...Object.entries(COMMANDS).map(([command, weight]) => ({ arbitrary: fc.constant(command as Command), weight }))),
  NUMBER,
  NUMBER,
  NUMBER,
)

/** Always so many commands, and as few as will do when it is shrunk; without fast-check's preference for small numbers. */
class Steps extends fc.Arbitrary<readonly Step[]> {
  readonly #length: number

  constructor(length: number) {
    super()
    this.#length = length
  }

  generate(random: fc.Random): fc.Value<readonly Step[]> {
    return new fc.Value(
      Array.from({ length: this.#length }, () => STEP.generate(random, undefined).value),
      undefined,
    )
  }

  canShrinkWithoutContext(_value: unknown): _value is readonly Step[] {
    return true
  }

  shrink(steps: readonly Step[]): fc.Stream<fc.Value<readonly Step[]>> {
    return fc.stream(without(steps))
  }
}

/** The same steps with some of them left out: half of them, a quarter, …, one. */
function* without(steps: readonly Step[]): Generator<fc.Value<readonly Step[]>> {
  for (let length = steps.length >> 1; length >= 1; length >>= 1) {
    for (let at = 0; at < steps.length; at += length) {
      yield new fc.Value([...steps.slice(0, at), ...steps.slice(at + length)], undefined)
    }
  }
}

/** Options of a world of so many parties. */
export function worldsOf(min: number, max: number): fc.Arbitrary<WorldOptions> {
  return fc.record({
    seed: fc.nat(),
    parties: fc.integer({ min, max }),
    calm: fc.boolean(),
    protocol: fc.oneof(
      { arbitrary: fc.constant('triple' as const), weight: 6 },
      { arbitrary: fc.constant('offered' as const), weight: 1 },
      { arbitrary: fc.constant('x3dh' as const), weight: 1 },
    ),
  })
}

/**
 * Runs worlds, each with its commands. The seed is new each time and is printed, BISIK_SEED sets it; BISIK_WORLDS multiplies how many.
 *
 * @throws what fast-check throws: seed, path, and the smallest world that fails.
 */
export async function runWorlds({ title, worlds, commands, options }: Worlds): Promise<Happened> {
  const seed = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
  const numRuns = worlds * Number(process.env.BISIK_WORLDS ?? 1)
  const tally = new Tally()
  const happened = { worlds: 0, commands: 0, keys: 0 }
  console.log(`${title}: ${numRuns} worlds of ${commands} commands, BISIK_SEED=${seed}`)
  const clock = guardClock()
  const start = process.cpuUsage()
  try {
    await fc.assert(
      fc.asyncProperty(options, new Steps(commands), async (chosen, list) => {
        const world = await World.create(chosen, tally)
        for (const one of list) await world.run(one)
        await world.finish()
        happened.worlds++
        happened.commands += list.length
        happened.keys += world.keys.released
      }),
      { seed, numRuns },
    )
  } finally {
    KeyWatch.end()
    const { user, system } = process.cpuUsage(start)
    console.log(
      `${title}: ${happened.worlds} worlds, ${happened.commands} commands, ${((user + system) / 1e6).toFixed(1)} s of CPU\n${tally}`,
    )
  }
  return { ...happened, tally, clockReadings: clock.end() }
}
