/** `npm run relay`: starts a relay on this machine. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Relay } from 'bisik/relay'
import { SqliteStore } from 'bisik/store/sqlite'
import Database from 'libsql'
import { createServer } from './server.js'

const HELP = `Runs a relay: it keeps accounts, prekeys and undelivered messages, and cannot read any of them. Most messages come sealed: then it is
not told who sends them. It vouches for its accounts with a trust root, made at the first start and printed at each.

  npm run relay -- [options]

  --port N      port to listen on, 0 for any that is free   (default 7777)
  --host NAME   address to listen on; think before you open it to a network: there is no TLS here   (default 127.0.0.1)
  --data DIR    directory of its database   (default ~/.bisik/relay)
  --quiet       only log when it starts, stops and fails
  --help        this text

Stop it with Ctrl-C; everything it holds is there again when it starts the next time.
`

const { values } = readArguments()
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port ${values.port} is not a port: give a number from 0 to 65535`)

const directory = resolve(values.data)
mkdirSync(directory, { recursive: true, mode: 0o700 })
const database = new Database(join(directory, 'relay.db'))
const print = (line: string): void => console.log(`${new Date().toTimeString().slice(0, 8)}  ${line}`)
const relay = new Relay({ store: SqliteStore.open(database) })
const trustRoot = Buffer.from(await relay.trustRoot()).toString('hex')
const server = await createServer({
  relay,
  log: (line) => {
    if (!values.quiet || line.startsWith('error')) print(line)
  },
})

let address: string
try {
  address = await server.listen({ port, host: values.host })
} catch (error) {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') fail(`Port ${port} is in use. Is a relay running already? Choose another with --port.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') fail(`This machine has no address ${values.host}. Leave --host away for 127.0.0.1.`)
  if (code === 'EACCES') fail(`Port ${port} is not allowed for this user. Choose one above 1023 with --port.`)
  throw error
}
print(`relay listening on ${address}, data in ${directory}`)
print(`trust root ${trustRoot}   (clients pin it at first contact, or before: npm run chat -- NAME --trust-root ...)`)

let stopping = false
async function stop(): Promise<void> {
  if (stopping) process.exit(1)
  stopping = true
  await server.close()
  database.close()
  print('relay stopped')
  process.exit(0)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '7777' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: join(homedir(), '.bisik', 'relay') },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
