export default {
  testMatch: ['**/*.test.mjs'],
  setupFiles: ['./text-encoder.mjs', './real-timers.mjs'],
  fakeTimers: { enableGlobally: true },
}
