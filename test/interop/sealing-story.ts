/** Stories of the newest release and bisik. Knows how the release is loaded, and nothing of what is told. */
import { loadLibsignal } from './libsignal-api.js'
import { SEALING_VERSION } from './libsignal-sealer.js'
import type { Story } from './plan.js'
import { Dice } from './random.js'

/**
 * What makes such stories: each is given the release's classes, and dice of its own.
 *
 * @param title - how their names begin, after the release.
 */
export function storyMaker<Api>(seed: string, title: string): (what: string, run: (api: Api, dice: Dice) => Promise<string>) => Story {
  return (what, run) => {
    const name = `${SEALING_VERSION} ${title}: ${what}`
    return { name, run: async () => run((await loadLibsignal(SEALING_VERSION, (pkg) => import(pkg))) as Api, new Dice(`${seed} ${name}`)) }
  }
}
