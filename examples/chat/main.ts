/** `npm run chat -- NAME`: puts the parts together; on the first start it creates the account. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fromUtf8, isBisikError, utf8 } from 'bisik'
import { forgetKeys, openAccount, readRecords, writeRecords } from '../shared/account.js'
import { Messenger } from '../shared/messenger.js'
import { isRefused } from '../shared/refusals.js'
import { OWN_ACCESS_KEY } from '../shared/sealing.js'
import { Chat } from './chat.js'
import { History, NAME } from './history.js'
import { takeLock } from './lock.js'
import { Screen } from './screen.js'
import { withoutControls } from './width.js'
import { USAGE } from './words.js'

const DEFAULT_RELAY = 'http://127.0.0.1:7777'
/** Milliseconds given to messages that are on their way when the user leaves. */
const FAREWELL = 2_000

const { name, values } = readArguments()
const trustRoot = trustRootIn(values['trust-root'])
const directory = resolve(values.data)
try {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
} catch (error) {
  fail(`No folder can be made at ${directory}: ${(error as Error).message}. Give another with --data.`)
}
const file = join(directory, `${name}.db`)
const lock = takeLock(join(directory, `${name}.lock`))
if ('holder' in lock) fail(`${name} is chatting in another terminal already (process ${lock.holder}).`)
process.on('exit', lock.release)

if (values['new-keys']) {
  if (!existsSync(file)) fail(`There are no keys of ${name} in ${directory} to replace. Leave --new-keys away.`)
  const old = await openAccount(file)
  // Whoever has the old keys may have the old access key.
  await forgetKeys(
    old,
    new Map([
      ['new-keys', new Uint8Array(0)],
      [OWN_ACCESS_KEY, null],
    ]),
  )
  old.close()
}
const account = await openAccount(file)
const { client, store } = account
const records = await readRecords(store)
const relayUrl = values.relay ?? textOf('relay') ?? DEFAULT_RELAY
if (!/^https?:\/\//.test(relayUrl) || !URL.canParse(relayUrl)) fail(`--relay ${relayUrl} is no URL like ${DEFAULT_RELAY}`)
await writeRecords(store, new Map([['relay', utf8(relayUrl)]]))

// Lines are taken one after the other. What is typed or piped in before all is ready waits for it; who wants to leave does not.
let ready: boolean = false
let leaving: boolean = false
let messenger: Messenger | undefined
let begin: () => void = () => undefined
let turn = new Promise<void>((resolve) => {
  begin = resolve
})
const afterwards = (task: () => Promise<void>): void => {
  turn = turn.then(task).catch(crash)
}
const end = (): void => {
  if (!ready && process.stdin.isTTY) void leave()
  else afterwards(leave)
}
const screen = new Screen({
  line: (line) => (line.trim() === '/quit' ? end() : afterwards(() => chat.typed(line))),
  interrupt: () => void leave(),
  end,
})
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => void leave())

const history = await History.load(store)
const stop = (reason: string): void => fail(`The chat stops: ${reason}\nWhat you wrote is kept.`)
const chat = new Chat({ client, name, relayUrl, store, history, screen, stop })
messenger = await Messenger.open({
  account,
  name,
  relayUrl,
  newKeys: records.has('new-keys'),
  trustRoot,
  events: chat.events,
})
history.markWaiting(messenger.outbox.tags())

if (!records.has('introduced') || records.has('new-keys')) {
  try {
    await messenger.introduce()
  } catch (error) {
    if (!isRefused(error, 'already-taken')) crash(error)
    account.close()
    if (!records.has('introduced')) rmSync(file)
    fail(
      `The name ${name} belongs to somebody else at this relay, or to keys of yours that are not in ${directory} any more: the relay cannot tell. ` +
        'Choose another: npm run chat -- OTHER',
    )
  }
  await writeRecords(
    store,
    new Map([
      ['introduced', utf8(name)],
      ['new-keys', null],
    ]),
  )
}
await chat.start(messenger, { lastPeer: textOf('talking-to'), newKeys: records.has('new-keys') })
await messenger.start()
ready = true
begin()

async function leave(): Promise<void> {
  // Who asks twice does not want to wait.
  if (leaving) process.exit(1)
  leaving = true
  const outbox = messenger?.outbox
  if (outbox !== undefined && outbox.waiting > 0 && !messenger?.relayAway) {
    await Promise.race([outbox.atMost(0), new Promise((resolve) => setTimeout(resolve, FAREWELL))])
  }
  messenger?.close()
  screen.close()
  const left = outbox?.waiting ?? 0
  process.stdout.write(`\nGoodbye, ${name}.${left > 0 ? ` Kept to be sent the next time: ${left}.` : ''}\n`)
  process.exit(0)
}

function textOf(record: string): string | undefined {
  const value = records.get(record)
  return value && fromUtf8(value)
}

function trustRootIn(value: string | undefined): Uint8Array | undefined {
  const hex = value?.toLowerCase()
  if (hex === undefined) return undefined
  if (!/^05[0-9a-f]{64}$/.test(hex)) fail('--trust-root takes the 66 hexadecimal digits that the relay prints when it starts')
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        relay: { type: 'string' },
        'trust-root': { type: 'string' },
        data: { type: 'string', default: join(homedir(), '.bisik') },
        'new-keys': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(USAGE)
      process.exit(0)
    }
    const [name, ...more] = positionals.map((text) => text.toLowerCase())
    if (name === undefined || more.length > 0) fail(`Who are you? Give one name, for instance: npm run chat -- alice\n\n${USAGE}`)
    if (!NAME.test(name)) fail('A name has 1 to 32 letters a-z, digits, "-" and "_", and begins with a letter or digit.')
    return { name, values }
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function fail(message: string): never {
  process.stderr.write(`${withoutControls(message)}\n`)
  process.exit(1)
}

function crash(error: unknown): never {
  if (isBisikError(error) || isRefused(error)) fail(`The chat stops: ${error.message}. What was sent and received so far is kept.`)
  throw error
}
