/** What is run here: tests by name, in groups, one after the other. Knows no engine. */

export interface Test {
  readonly name: string
  /** @returns what is worth a remark, such as figures. */
  readonly run: () => Promise<string | undefined>
}

/** The tests of an engine, which is started for them and stopped after them. */
export interface Group {
  readonly name: string
  start(): Promise<Running>
}

export interface Running {
  readonly tests: readonly Test[]
  stop(): Promise<void>
}

/** Collects what a conformance suite registers. */
export function collected(register: (test: (name: string, run: () => Promise<void>) => void) => void): Test[] {
  const tests: Test[] = []
  register((name, run) =>
    tests.push({
      name,
      run: async () => {
        await run()
        return undefined
      },
    }),
  )
  return tests
}

/** Runs groups and prints a line for each test that failed or has a remark. @returns whether all passed, and there were any. */
export async function runAll(groups: readonly Group[]): Promise<boolean> {
  let [passed, failed] = [0, 0]
  const fail = (name: string, error: unknown): void => {
    failed++
    console.log(`FAIL  ${name}: ${error instanceof Error ? error.stack : String(error)}`)
  }
  for (const group of groups) {
    const start = performance.now()
    const before = passed
    try {
      const { tests, stop } = await group.start()
      try {
        for (const { name, run } of tests) {
          try {
            const remark = await run()
            passed++
            if (remark !== undefined) console.log(`ok    ${group.name}: ${name}: ${remark}`)
          } catch (error) {
            fail(`${group.name}: ${name}`, error)
          }
        }
      } finally {
        await stop()
      }
    } catch (error) {
      fail(group.name, error)
    }
    console.log(`${group.name}: ${passed - before} passed in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0
}
