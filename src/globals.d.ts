// All that bisik asks of a JavaScript runtime beyond ES2022. Everything else (Buffer, process, timers) is a compile error
// in `src`, so that the library runs unchanged in Node, browsers, React Native, Bun, Deno and Workers.

interface Crypto {
  getRandomValues<T extends Uint8Array>(array: T): T
}
declare var crypto: Crypto | undefined
declare function setTimeout(callback: () => void, milliseconds: number): unknown
