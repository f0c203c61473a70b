/**
 * Two parties who talk both ways, for runtimes that offer less than a test runner needs. Knows only the package's main
 * entry, and asks the runtime for nothing but what bisik asks for.
 */
import { Client, fromUtf8, isBisikError, MemoryStore, parseEnvelope, serializeEnvelope, utf8 } from 'bisik'

const TURNS = 4
const MESSAGES_A_TURN = 3

/** Returns how many messages went through; throws at the first that did not. */
export async function converse(initiator, recipient) {
  const [alice, bob] = await Promise.all(
    [initiator, recipient].map((user) => Client.create({ address: { user, device: 1 }, store: new MemoryStore() })),
  )
  const upload = await bob.generatePreKeys(1)
  await alice.startSession({ ...upload, oneTimePreKey: upload.oneTimePreKeys[0], kemPreKey: upload.oneTimeKemPreKeys[0] })
  let opened = 0
  for (let turn = 0; turn < TURNS; turn++) {
    const [from, to] = turn % 2 === 0 ? [alice, bob] : [bob, alice]
    for (let i = 0; i < MESSAGES_A_TURN; i++) {
      const text = `${turn}.${i} \u{1f98a} whispered`
      const envelope = parseEnvelope(serializeEnvelope(await from.encrypt(to.address, utf8(text))))
      const { plaintext, sender } = await to.decrypt(envelope)
      if (fromUtf8(plaintext) !== text || sender.user !== from.address.user) throw new Error(`message ${text} came out as another`)
      opened++
    }
  }
  return opened
}

/** Lets each name talk to the next; returns how many messages went through, and which names were refused as such. */
export async function converseInTurn(names) {
  let opened = 0
  const refused = []
  for (let i = 0; i < names.length; i++) {
    try {
      opened += await converse(names[i], names[(i + 1) % names.length])
    } catch (error) {
      if (!isBisikError(error, 'invalid-argument')) throw error
      refused.push(names[i])
    }
  }
  return { opened, refused }
}
