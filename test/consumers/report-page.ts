/** The page `docs/consumers.md`. */
import { type Row, tableOf } from './report.js'

export function pageOf(rows: readonly Row[]): string {
  return `# Tools

Written by \`npm run consumers\`, which packs bisik and tries it in the tools that applications are built, typed and tested with. Each bundler
builds the same page: Alice and Bob with a relay between them, on IndexedDB and again in a worker. They write both ways, sealed and to a
group, compare safety numbers, and know an error again that came through \`structuredClone\` or \`postMessage\`. Chromium loads it.

${tableOf(rows)}

KB are the gzip of the scripts that the page loads: client, store, and the relay's half. The files of each row are in \`test/consumers/inside\`.

## What a tool wants

- **Vite, webpack, esbuild**: nothing. **Rollup**: \`@rollup/plugin-node-resolve\`, as for every package.
- **Parcel** reads the entries of a package after \`"@parcel/resolver-default": { "packageExports": true }\` in the \`package.json\` beside the
  lock file. With a worker it writes an import map into the page: allow that by its hash.
- **Next**: nothing. A client is for one user, so keep none in a module of the server. Next itself calls its edge runtime deprecated.
- **TypeScript** 5.7 and later, strict and without \`skipLibCheck\`, under each \`moduleResolution\` that reads entries.
- **CommonJS**: \`require('bisik')\` works in Node 20.19 and later. TypeScript accepts it from 5.8 on under \`module: nodenext\`. Where it says
  TS1479, write \`await import('bisik')\`.
- **Jest** runs ES modules under \`NODE_OPTIONS=--experimental-vm-modules\`. Where tests are turned into CommonJS, have bisik turned too:
  \`transformIgnorePatterns: ['/node_modules/(?!(bisik|@noble)/)']\`, and a \`transform\` that takes \`.js\`.
- **jsdom inside Jest** has no \`TextEncoder\`. A file of \`setupFiles\` takes it from \`node:util\`, before bisik is imported.
- **Vitest**: nothing.
- **Fake timers** stop nothing here that was imported before them. With \`fakeTimers: { enableGlobally: true }\`, import bisik in a file of
  \`setupFiles\`.
- **Vue**: \`ref(client)\` holds the client itself, not a proxy of it. **React**: \`StrictMode\` opens an account twice, and both clients work.

## Policies

The pages have \`default-src 'none'; script-src 'self'; worker-src 'self'\`, and so no text becomes code. Next writes scripts of its own into
its pages, which need \`'unsafe-inline'\` or a nonce; bisik needs neither, and nothing needs \`'unsafe-eval'\`.

What the runtimes below these tools must bring is in [Runtimes](runtimes.md).
`
}
