// A message's road: how many files of the package run for one call, in the steady state of a conversation. Functions that were called
// count, by V8's precise coverage; what a file does when it is imported does not.
//   node scripts/road.mjs            the counts
//   node scripts/road.mjs --files    and the files, with the number of calls into each
//   node scripts/road.mjs --check    exit 1 when a call takes more files than its bound
//   … FOLDER                         of the package in this folder, not of this checkout's dist
import { randomBytes, randomUUID } from 'node:crypto'
import { Session } from 'node:inspector/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

/** So many files at most. Lower a bound when a call needs fewer; a higher one wants a reason. Files of at most 300 lines made
 *  the last five grow; what was opened lately is marked, named and kept, each in a file of its layer. */
const BOUNDS = { encrypt: 57, decrypt: 67, 'group encrypt': 42, 'group decrypt': 55, 'relay send': 19 }

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'boolean' }, check: { type: 'boolean' } },
})
const dist = pathToFileURL(join(resolve(positionals[0] ?? join(dirname(fileURLToPath(import.meta.url)), '..')), 'dist/')).href
const { Client, MemoryStore, utf8 } = await import(`${dist}index.js`)
const { Relay } = await import(`${dist}relay/index.js`)
const text = utf8('hello')

const inspector = new Session()
inspector.connect()
await inspector.post('Profiler.enable')

/** Runs a call. @returns what it returned, and `[file, calls]` of each file of the package that ran. */
async function trace(call) {
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const result = await call()
  const coverage = await inspector.post('Profiler.takePreciseCoverage')
  await inspector.post('Profiler.stopPreciseCoverage')
  const files = coverage.result
    .filter(({ url }) => url.startsWith(dist))
    .map(({ url, functions }) => [
      url.slice(dist.length),
      functions.filter(isNoModule).reduce((sum, { ranges: [whole] }) => sum + whole.count, 0),
    ])
    .filter(([, calls]) => calls > 0)
  return { result, files: files.sort(([, a], [, b]) => b - a) }
}

/** The body of a module is a function too, without a name and from its first character on. */
function isNoModule({ functionName, ranges: [whole] }) {
  return functionName !== '' || whole.startOffset !== 0
}

/** Two clients whose messages carry no handshake any more. */
async function conversation() {
  const [alice, bob] = [await Client.create({ store: new MemoryStore() }), await Client.create({ store: new MemoryStore() })]
  const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await bob.generatePreKeys(1)
  await alice.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] })
  for (const [from, to] of [
    [alice, bob],
    [bob, alice],
    [alice, bob],
  ]) {
    await to.decrypt(await from.encrypt(to.address, text))
  }
  return { alice, bob }
}

async function traceAll() {
  const { alice, bob } = await conversation()
  const to = bob.address
  const encrypt = await trace(() => alice.encrypt(to, text))
  const decrypt = await trace(() => bob.decrypt(encrypt.result))

  const group = alice.group(randomUUID())
  const invitation = await bob.decrypt(await alice.encrypt(to, await group.distribute()))
  await bob.acceptSenderKey(invitation, invitation.plaintext)
  await bob.decrypt(await group.encrypt(text))
  const groupEncrypt = await trace(() => group.encrypt(text))
  const groupDecrypt = await trace(() => bob.decrypt(groupEncrypt.result))

  const relay = new Relay({ store: new MemoryStore() })
  const register = ({ address, identityKey }) => relay.register({ address, identityKey, token: new Uint8Array(randomBytes(32)) })
  const [sender] = [await register(alice), await register(bob)]
  await relay.send(sender, to, await alice.encrypt(to, text))
  const envelope = await alice.encrypt(to, text)
  const relaySend = await trace(() => relay.send(sender, to, envelope))
  return { encrypt, decrypt, 'group encrypt': groupEncrypt, 'group decrypt': groupDecrypt, 'relay send': relaySend }
}

for (const [call, { files }] of Object.entries(await traceAll())) {
  const bound = BOUNDS[call]
  const remark = files.length > bound ? '  TOO MANY' : files.length < bound ? '  lower its bound' : ''
  console.log(`${call.padEnd(14)}${String(files.length).padStart(3)} files, at most ${bound}${remark}`)
  if (flags.files) for (const [file, calls] of files) console.log(`${String(calls).padStart(8)}  ${file}`)
  if (flags.check && files.length > bound) process.exitCode = 1
}
if (process.exitCode === 1) console.error('A call runs through more files than before: --files says which.')
