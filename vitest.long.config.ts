import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config.js'

// What takes minutes: full counts and many real kills. Not part of `npm test`.
export default mergeConfig(
  { ...config, test: { ...config.test, projects: undefined } },
  defineConfig({
    test: { include: ['test/long/**/*.test.ts'], exclude: ['node_modules/**'], testTimeout: 3_600_000, hookTimeout: 600_000 },
  }),
)
