/** Makes the peers that are measured: bisik as built, and releases of libsignal from this package's own dependencies. */
import { type Bisik, openBisik } from '../interop/bisik-peer.js'
import { LibsignalPeer, loadLibsignal } from '../interop/libsignal-peer.js'
import type { Peer } from '../interop/peer.js'

export async function openPeer(name: string): Promise<Peer> {
  if (name !== 'bisik') return new LibsignalPeer(await loadLibsignal(name, (alias) => import(alias)), name)
  // What users run: the built files, not the sources.
  const built = (entry: string): Promise<unknown> => import(new URL(`../../dist/${entry}.js`, import.meta.url).href)
  const [main, store, wire] = await Promise.all([built('index'), built('store/index'), built('wire/index')])
  return openBisik({ main, store, wire } as Bisik)
}
