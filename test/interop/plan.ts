/** The list of stories: who talks to whom, how they start and over which network. Knows no rule of the protocol but `releases.ts`. */

import * as main from '../../src/index.js'
import * as libsignal from '../../src/migration/libsignal.js'
import * as store from '../../src/store/index.js'
import * as wire from '../../src/wire/index.js'
import { alternateIdentities } from './alternate-identity.js'
import { openBisik } from './bisik-peer.js'
import { converse, type Network, ROUGH, refuseEachOther, SMOOTH, type Start, type Talk } from './conversation.js'
import { differential } from './differential.js'
import { groups } from './groups.js'
import { loadLibsignal } from './libsignal-api.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { liveTakeOvers } from './live-take-over.js'
import type { Peer } from './peer.js'
import { Dice } from './random.js'
import { BISIK_MODES, type Capabilities, RELEASES, sessionKind } from './releases.js'
import { retryStories } from './retry.js'
import { sealedStories } from './sealed.js'
import { takeOvers } from './take-over.js'
import { verdicts } from './verdicts.js'

export interface Story {
  readonly name: string
  run(): Promise<string>
}

/** A peer with what it can do. */
export interface Speaker extends Capabilities {
  readonly peer: Peer
}

type StoryMaker = (a: Speaker, b: Speaker, manner: string, start: Start, network: Network, talk: Talk) => Story

export interface Counts {
  /** Each way, instead of the numbers below. */
  readonly messages: number | undefined
  /** At which running conversations are taken over, in each direction with the newest release. */
  readonly points: number
  /** Of altered messages that the newest release and bisik judge. */
  readonly rounds: number
}

export async function planOf(seed: string, { messages, points, rounds }: Counts): Promise<readonly Story[]> {
  const releases: Speaker[] = []
  for (const release of RELEASES) {
    const api = await loadLibsignal(release.version, (name) => import(name))
    releases.push({ ...release, peer: new LibsignalPeer(api, release.version, release.usePqRatchet) })
  }
  const modes = BISIK_MODES.map((mode): Speaker => ({ ...mode, peer: openBisik({ main, libsignal, store, wire }, mode) }))
  const story: StoryMaker = (a, b, manner, start, network, talk) => {
    const kind = sessionKind(a, b, start.kem)
    const name = `${a.peer.name} → ${b.peer.name}, ${start.kem ? 'KEM' : 'no KEM'}: ${kind}, ${manner}`
    const dice = new Dice(`${seed} ${name}`)
    return {
      name,
      run: () => (kind === 'refused' ? refuseEachOther(a.peer, b.peer, start) : converse(a.peer, b.peer, start, network, talk, kind, dice)),
    }
  }

  return [
    ...modes.flatMap((bisik) => releases.flatMap((release) => conversations(bisik, release, story, messages))),
    ...verdicts(seed, releases, modes),
    ...differential(seed, rounds),
    ...takeOvers(releases, modes),
    ...liveTakeOvers(seed, releases, modes, points),
    ...groups(seed, RELEASES),
    ...sealedStories(seed),
    ...retryStories(seed),
    ...alternateIdentities(RELEASES),
    ...releases.map((release) => amongReleases(release, releases, story, messages)),
  ]
}

/** bisik and a release over a rough network: with and without KEM prekey, either side first, and both at once. */
function conversations(bisik: Speaker, release: Speaker, story: StoryMaker, messages: number | undefined): Story[] {
  return (release.pqxdh ? [false, true] : [false]).flatMap((kem) => {
    const kind = sessionKind(bisik, release, kem)
    const full = { messages: kind === 'triple' ? 1000 : 200, epochs: kind === 'triple' ? 5 : 0 }
    const talk: Talk = { opening: 20, turn: 100, ...(messages === undefined ? full : { messages, epochs: 0 }) }
    const stories = [
      story(bisik, release, 'rough', { kem, oneTime: true, simultaneous: false, serviceIds: true }, ROUGH, talk),
      story(release, bisik, 'rough', { kem, oneTime: false, simultaneous: false, serviceIds: true }, ROUGH, talk),
    ]
    if (kind === 'refused') return stories
    return [
      ...stories,
      story(bisik, release, 'both start, rough', { kem, oneTime: true, simultaneous: true, serviceIds: false }, ROUGH, talk),
    ]
  })
}

/** The releases among themselves: what is found wrong there is wrong in this harness or in the table of capabilities. */
function amongReleases(a: Speaker, releases: readonly Speaker[], story: StoryMaker, messages = 15): Story {
  const stories = releases.flatMap((b) =>
    (b.pqxdh ? [false, true] : [false]).map((kem) =>
      story(a, b, 'smooth', { kem, oneTime: true, simultaneous: false, serviceIds: true }, SMOOTH, {
        messages,
        opening: 0,
        turn: 1,
        epochs: 0,
      }),
    ),
  )
  return {
    name: `${a.peer.name} → every release, smooth`,
    run: async () => {
      for (const { name, run } of stories) {
        await run().catch((cause: unknown) => {
          throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause })
        })
      }
      return `${stories.length} pairs`
    },
  }
}
