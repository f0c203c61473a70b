import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// vitest 5 declares Node >= 22.12. On Node 20 everything passes, but its reporter calls Map.groupBy to print failures.
if (!('groupBy' in Map)) {
  Object.defineProperty(Map, 'groupBy', {
    configurable: true,
    writable: true,
    value: (items: Iterable<unknown>, key: (value: unknown, index: number) => unknown) => {
      const groups = new Map<unknown, unknown[]>()
      let index = 0
      for (const item of items) {
        const name = key(item, index++)
        const group = groups.get(name)
        if (group) group.push(item)
        else groups.set(name, [item])
      }
      return groups
    },
  })
}

/** What takes longest, longest first: begun last, one of them would keep one core busy while the other has nothing left to do. */
const LONGEST = ['test/scenario/chat-terminal.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((path) => moduleId.endsWith(path))
      return place === -1 ? LONGEST.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/** Functions without a store, a clock or a process: these files share a process, which saves loading the sources for each of them. */
const PURE = ['test/unit/{codec,crypto,protocol,records,spqr,wire}/**/*.test.ts', 'test/unit/*.test.ts', 'test/vectors/**/*.test.ts']

const ELSEWHERE = ['test/interop/**', 'test/bench/**', 'test/long/**', 'test/mutation/**', 'node_modules/**']

export default defineConfig({
  resolve: { conditions: ['@bisik/source'] },
  ssr: { resolve: { conditions: ['@bisik/source'] } },
  test: {
    projects: [
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: [...ELSEWHERE, ...PURE] } },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/build-programs.ts'],
    sequence: { sequencer: LongestFirst },
    // The default leaves one core to a watcher that is not there.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
