/** Clients with an account at a relay, and what they do with each other over it. */
import { systemRandom } from '../../src/env.js'
import { Client, type ClientOptions, fromUtf8, isBisikError, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import type { Account, Relay } from '../../src/relay/index.js'

export interface Member {
  readonly client: Client
  readonly store: KeyStore
  readonly account: Account
}

/** A client on a store of its own, with an account at the relay and no prekeys there. */
export async function join(relay: Relay, options: Partial<ClientOptions> = {}): Promise<Member> {
  const { store = new MemoryStore() } = options
  const client = await Client.openOrCreate({ ...options, store })
  const { address, identityKey } = client
  return { client, store, account: await relay.register({ address, identityKey, token: systemRandom(32) }) }
}

/** Somebody new writes to a member for the first time, over the relay. @returns what comes of it there: the text, or an error's code. */
export async function firstContact(relay: Relay, member: Pick<Member, 'client' | 'account'>, text: string): Promise<string> {
  const carol = await join(relay)
  const to = member.client.address
  await carol.client.startSession(await relay.fetchBundle(carol.account, to))
  await relay.send(carol.account, to, await carol.client.encrypt(to, utf8(text)))
  return (await readMail(relay, member)).join()
}

/** Reads and acknowledges a member's mail. @returns the texts, or the codes of errors. */
export async function readMail(relay: Relay, { client, account }: Pick<Member, 'client' | 'account'>): Promise<string[]> {
  const texts: string[] = []
  for (const { envelope, sequence } of await relay.messages(account)) {
    try {
      const received = await client.decrypt(envelope)
      texts.push(fromUtf8(received.plaintext) ?? '')
    } catch (error) {
      if (!isBisikError(error)) throw error
      texts.push(error.code)
    }
    await relay.acknowledge(account, sequence)
  }
  return texts
}
