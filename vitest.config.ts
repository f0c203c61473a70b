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
const LONGEST = [
  'property/worlds-of-two',
  'property/worlds-of-many',
  'scenario/chat-terminal',
  'scenario/chat',
  'cases/growth-by-strangers',
  'cases/prekey-lifetime',
  'scenario/long-jumps',
  'misuse/parsers-fuzz',
  'scenario/chat-trust',
  'scenario/demo',
  'docs/documents',
  'transcripts/sessions',
  'transcripts/vectors',
  'unit/codec/differential',
  'unit/crypto/platform',
].map((path) => `/test/${path}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Files that share a process stay together, at the end.
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const place = LONGEST.findIndex((path) => moduleId.endsWith(path))
      return (project.config.isolate ? 0 : LONGEST.length + 1) + (place === -1 ? LONGEST.length : place)
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

/**
 * Functions without a clock, a process or a database: these files share a process, which saves loading the sources for each of them.
 * Two files replace modules, which works where nobody has loaded them yet, and stay outside.
 */
const PURE = [
  'test/unit/{codec,crypto,protocol,records,spqr,wire}/**/!(hmac).test.ts',
  'test/unit/*.test.ts',
  'test/transcripts/*.test.ts',
  'test/vectors/!(spqr-trace).test.ts',
]

const ELSEWHERE = ['test/interop/**', 'test/bench/**', 'test/long/**', 'test/mutation/**', '**/node_modules/**']

export default defineConfig({
  resolve: { conditions: ['@bisik/source'] },
  ssr: { resolve: { conditions: ['@bisik/source'] } },
  test: {
    projects: [
      { extends: true, test: { name: 'isolated', include: ['test/**/*.test.ts'], exclude: [...ELSEWHERE, ...PURE] } },
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
