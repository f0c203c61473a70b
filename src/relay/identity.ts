/** What happens when an account's identity key changes: the prekeys signed by the old one go with it. */
import { equalBytes } from '../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../crypto/keys.js'
import { transact } from '../store/transact.js'
import { type Account, decodeAccount, encodeAccount } from './accounts.js'
import type { RelayContext } from './context.js'
import { oneTimeKeysOf } from './directory.js'
import { accountKey, directoryKey } from './records.js'

/** Gives an account another identity key; see `Relay.replaceIdentity`. */
export async function replaceIdentity({ store }: RelayContext, { address }: Account, identity: IdentityKey): Promise<void> {
  const identityKey = parseIdentityKey(identity)
  const account = accountKey(address)
  const directory = directoryKey(address)
  return transact<void>(store, function* (tx) {
    const [record, published] = yield* tx.read(account, directory)
    const { hash, identityKey: known } = decodeAccount(record)
    if (equalBytes(known, identityKey)) return
    tx.put(account, encodeAccount(hash, identityKey))
    for (const key of [directory, ...oneTimeKeysOf(address, published)]) tx.delete(key)
  })
}
