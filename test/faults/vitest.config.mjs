/** The tests that must notice a fault in the rules of rosters, and the fault. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import { FAULTS } from './rosters.mjs'

const { BISIK_FAULT } = process.env

/** Puts the fault of this number into the sources as they are loaded. */
function seed(number) {
  const { file, from, to } = FAULTS[Number(number)]
  return {
    name: 'seeded-fault',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith(file) ? code.replace(from, () => to) : null
    },
  }
}

/** The property takes longest. */
class PropertyLast extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => Number(moduleId.includes('/property/'))
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  resolve: { conditions: ['@bisik/source'] },
  ssr: { resolve: { conditions: ['@bisik/source'] } },
  plugins: BISIK_FAULT === undefined ? [] : [seed(BISIK_FAULT)],
  test: {
    include: [
      'test/unit/codec/form.test.ts',
      'test/unit/wire/roster-entry.test.ts',
      'test/unit/protocol/{user-map,rosters}.test.ts',
      'test/property/rosters.test.ts',
    ],
    bail: 1,
    // What was transformed is kept on disk under the name of the file: with another fault it would be the same.
    fsModuleCache: false,
    maxWorkers: 1,
    sequence: { sequencer: PropertyLast },
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
  },
})
