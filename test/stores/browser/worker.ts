/** The script of a worker: answers calls. Runs in a browser. */
import { CALLS } from './page.js'

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: { readonly id: number; readonly name: keyof typeof CALLS; readonly parameters: never[] } }) => void
  postMessage(answer: unknown): void
}

scope.onmessage = ({ data: { id, name, parameters } }) => {
  const call = CALLS[name] as (...values: never[]) => Promise<unknown>
  call(...parameters).then(
    (value) => scope.postMessage({ id, value }),
    (error: unknown) => scope.postMessage({ id, error: String(error) }),
  )
}
