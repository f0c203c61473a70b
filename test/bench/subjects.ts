/** Makes the peers that are measured: bisik as built, and releases of libsignal from this package's own dependencies. */
import { type Bisik, openBisik } from '../interop/bisik-peer.js'
import { loadLibsignal } from '../interop/libsignal-api.js'
import { LibsignalPeer } from '../interop/libsignal-peer.js'
import type { Peer } from '../interop/peer.js'

export async function openPeer(name: string): Promise<Peer> {
  if (name !== 'bisik') return new LibsignalPeer(await loadLibsignal(name, (alias) => import(alias)), name)
  // What users run: the built files, not the sources.
  const built = (entry: string): Promise<unknown> => import(new URL(`../../dist/${entry}.js`, import.meta.url).href)
  const entries = ['index', 'client/libsignal', 'store/index', 'wire/index'].map(built)
  const [main, libsignal, store, wire] = await Promise.all(entries)
  return openBisik({ main, libsignal, store, wire } as Bisik, { name, allow: ['x3dh', 'pqxdh'] })
}
