import { resolve } from 'node:path'

// Next writes its own scripts into the page; they may run there, and no text becomes code.
const policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; worker-src 'self'"

// An application of its own needs none of this: here the tools are installed two folders above, and what Turbopack reads of the folder that
// it takes for the root must not name one above that. It is the repository.
const root = resolve(import.meta.dirname, '../../../../..')

export default {
  turbopack: { root },
  outputFileTracingRoot: root,
  headers: async () => [{ source: '/(.*)', headers: [{ key: 'content-security-policy', value: policy }] }],
}
