import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import { FAULTS } from './faults.mjs'

const ROOT = join(import.meta.dirname, '..', '..')

/** Puts the seeded fault of this number into the sources. */
function seed(number) {
  const fault = FAULTS[Number(number)]
  if (fault === undefined) throw new Error(`there is no fault ${number}`)
  return {
    name: 'seeded-fault',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(fault.file)) return null
      if (code.split(fault.from).length !== 2) throw new Error(`${fault.file} does not hold once: ${fault.from}`)
      return code.replace(fault.from, fault.to)
    },
  }
}

/** What noticed the mutant before this one, then the shortest first: most mutants are noticed by the first tests that meet them. */
class ShortestFirst extends BaseSequencer {
  async sort(files) {
    const rank = (file) => {
      const { failed = false, duration = 0 } = this.ctx.cache.getTestSpecificationResult(file) ?? {}
      return failed ? -1 : duration
    }
    return [...files].sort((a, b) => rank(a) - rank(b))
  }
}

const { BISIK_FAULT } = process.env

// The tests that answer within 20 seconds in one process: those of single modules, and a few that run through all of them.
export default defineConfig({
  root: ROOT,
  resolve: { conditions: ['@bisik/source'] },
  ssr: { resolve: { conditions: ['@bisik/source'] } },
  plugins: BISIK_FAULT === undefined ? [] : [seed(BISIK_FAULT)],
  test: {
    include: [
      'test/unit/{client,protocol,records,relay}/**/*.test.ts',
      'test/unit/store/{memory,scoped,transaction,transaction-faults,transaction-order,transaction-steps,turns}.test.ts',
      'test/unit/{spqr,wire}/**/!(worlds|sent-message).test.ts',
      'test/unit/*.test.ts',
      'test/unit/crypto/{aead,kdf,keys,sealed,signing-key}.test.ts',
      'test/vectors/spqr.test.ts',
      'test/scenario/{sealed-sender,two-parties}.test.ts',
      'test/cases/{kept-keys-of-two-ratchets,sender-keys}.test.ts',
      'test/misuse/wiping.test.ts',
      'test/mutation/conversations.test.mjs',
    ],
    // It takes a fifth of the time of all others together.
    testNamePattern: /^(?!.*row 30: long jumps that open)/,
    exclude: ['test/unit/client/skipped-keys.test.ts', 'test/unit/relay/shared-database.test.ts'],
    env: { BISIK_UNTIMED: '1' },
    setupFiles: ['test/support/setup.ts'],
    isolate: false,
    // What was transformed is kept on disk under the name of the file: with another fault it would be the same.
    fsModuleCache: false,
    sequence: { sequencer: ShortestFirst },
    maxWorkers: 1,
    testTimeout: 20_000,
  },
})
