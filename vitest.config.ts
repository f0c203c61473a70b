import { defineConfig } from 'vitest/config'

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

export default defineConfig({
  resolve: { conditions: ['@bisik/source'] },
  ssr: { resolve: { conditions: ['@bisik/source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/bench/**', 'test/long/**', 'node_modules/**'],
    setupFiles: ['test/support/setup.ts'],
    // The default leaves one core to a watcher that is not there.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
