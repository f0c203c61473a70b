/**
 * Times repeated work in one process until the compiler has settled, by wall clock and by CPU. Knows nothing of what is timed.
 *
 * Garbage is collected as it comes, inside the timed parts. A collection forced before each round was tried and doubled the cost of
 * JavaScript, not of native code: it also throws away V8's hidden classes, so that optimized code is discarded and compiled anew all the time.
 */

/** Microseconds an operation. */
export interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** What a child process reports: medians over its rounds, and sizes. */
export interface Report {
  readonly costs: Record<string, Cost>
  readonly sizes: Record<string, number>
  /** Seconds of CPU time of the whole process. */
  readonly spent: number
}

export interface RoundOptions {
  /** Operations of the first round; later ones double until the timed part takes long enough. */
  readonly first?: number
  /** A fixed number of operations in every round instead. */
  readonly fixed?: number
  /** Microseconds of CPU time in timed work before the rounds that count. */
  readonly warmUp?: number
}

/** Rounds so short that their times mean nothing: for a look whether everything runs. */
const QUICK = process.env.BISIK_BENCH === 'quick'
/** Microseconds of CPU time that the timed work of a round takes at least. */
const ROUND = QUICK ? 1 : 150_000
/** Microseconds of CPU time in timed work before the rounds that count: V8 goes on optimizing for about this long. */
const WARM_UP = 2_000_000
const ROUNDS = QUICK ? 1 : 9
/** Microseconds of CPU time of the process, timed or not, after which warming up ends, and again the rounds once there are enough. */
const LONG = 6_000_000
const ENOUGH = 3

export class Meter {
  /** By metric, a cost for each round that counts. */
  readonly #costs = new Map<string, Cost[]>()
  readonly #sizes: Record<string, number> = {}
  #round = new Map<string, Cost>()
  #timed = 0

  /** Runs `round` with a number of operations, again and again: warm-up rounds, whose times are dropped, and then those that count. */
  async rounds(round: (operations: number) => Promise<void>, { first = 8, fixed, warmUp = WARM_UP }: RoundOptions = {}): Promise<void> {
    let operations = fixed ?? first
    const warming = process.cpuUsage()
    for (let warm = 0; warm < (QUICK ? 1 : warmUp) && process.cpuUsage(warming).user < LONG; warm += this.#timed) {
      await this.#run(round, operations)
      if (this.#timed < ROUND && !fixed) operations *= 2
    }
    const before = process.cpuUsage()
    for (let i = 0; i < ROUNDS && (i < ENOUGH || process.cpuUsage(before).user < LONG); i++) {
      await this.#run(round, operations)
      for (const [metric, cost] of this.#round) this.#costs.set(metric, [...(this.#costs.get(metric) ?? []), cost])
    }
  }

  /** Times `work`, which does `operations` of one thing. */
  async time(metric: string, operations: number, work: () => Promise<void>): Promise<Cost> {
    const cpuBefore = process.cpuUsage()
    const before = process.hrtime.bigint()
    await work()
    const wall = Number(process.hrtime.bigint() - before) / 1000
    const spent = process.cpuUsage(cpuBefore)
    const cpu = spent.user + spent.system
    this.#timed += cpu
    const cost = { wall: wall / operations, cpu: cpu / operations }
    this.record(metric, cost)
    return cost
  }

  record(metric: string, cost: Cost): void {
    this.#round.set(metric, cost)
  }

  size(metric: string, bytes: number): void {
    this.#sizes[metric] = bytes
  }

  report(): Report {
    const costs = [...this.#costs].map(([metric, all]) => {
      const cost = { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) }
      return [metric, cost] as const
    })
    const { user, system } = process.cpuUsage()
    return { costs: Object.fromEntries(costs), sizes: this.#sizes, spent: (user + system) / 1e6 }
  }

  async #run(round: (operations: number) => Promise<void>, operations: number): Promise<void> {
    this.#round = new Map()
    this.#timed = 0
    await round(operations)
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
