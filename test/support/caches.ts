/** Tests about caches themselves, in a run that has switched them off. */
import { afterAll, beforeAll } from 'vitest'
import { switchCaches } from '../../src/caches.js'

/** Called in a file or a `describe`: there caches are on, whatever the run says. */
export function withCaches(): void {
  beforeAll(() => switchCaches(true))
  afterAll(() => switchCaches(process.env.BISIK_CACHES !== 'off'))
}
