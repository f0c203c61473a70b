/** The suite in the VM of Hermes, bundled by Metro, in memory. What a React Native app imports before bisik stands in the first import. */
import './polyfills.mjs'
import { MemoryStore } from 'bisik'
import { run } from './suite.mjs'

run({
  fresh: () => new MemoryStore(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  now: () => Date.now(),
}).then(
  (results) => print(JSON.stringify({ results, store: 'memory' })),
  (error) => print(JSON.stringify({ error: String(error?.stack ?? error) })),
)
