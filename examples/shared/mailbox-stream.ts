/**
 * Delivery: envelopes arrive over a WebSocket, in order, and are acknowledged once they have been taken. Reconnects for ever. Reads no
 * faster than they are taken, and does not look into them.
 */
import { on, once } from 'node:events'
import { type EpochMillis, epochMillis } from 'bisik'
import { WebSocket } from 'ws'
import { RelayNonsense } from './answers.js'
import { type Link, RelayAway } from './link.js'
import { type RelayApi, reasonOf } from './relay-api.js'

/** Where and when an envelope reached the relay. */
export interface Place {
  readonly sequence: number
  readonly receivedAt: EpochMillis
}

export interface MailboxStreamOptions {
  readonly api: RelayApi
  readonly link: Link
  readonly signal: AbortSignal
  /** Called before each connection, for instance to register at a relay that has forgotten everything. */
  readonly introduce: () => Promise<void>
  /** Called for one serialized envelope at a time. When it resolves the envelope is deleted at the relay; when it throws it comes again. */
  readonly take: (envelope: Uint8Array, place: Place) => Promise<void>
}

/** Milliseconds without a sign of life from the relay (it pings every 20 seconds) after which the connection is given up. */
const SILENCE = 45_000
const NUMBER_LENGTH = 8
/** Bytes of a frame; a relay takes no envelope that is nearly as long. */
const LONGEST_FRAME = 1_114_112
/** Frames that wait here to be taken; then the relay waits. */
const WAITING = { highWaterMark: 8, lowWaterMark: 4 }

/** Runs until the signal. */
export async function receiveMail(options: MailboxStreamOptions): Promise<void> {
  const { link, signal } = options
  while (!signal.aborted) {
    try {
      await receive(await link.untilReached(() => connect(options)), options)
    } catch (error) {
      if (signal.aborted) return
      // The connection, our store, or a relay that does not want us: wait a moment, and try all of it again.
      const isConnection = error instanceof RelayAway
      link.lost(error instanceof Error ? error.message : String(error))
      await link.sleep(isConnection ? 100 : 2_000)
    }
  }
}

interface Connection {
  readonly socket: WebSocket
  readonly frames: AsyncIterable<[Buffer, boolean]>
}

async function connect({ api, introduce }: MailboxStreamOptions): Promise<Connection> {
  await introduce()
  const { url, headers } = api.mailbox
  const socket = new WebSocket(url, {
    headers,
    handshakeTimeout: SILENCE,
    maxPayload: LONGEST_FRAME,
    perMessageDeflate: false,
    followRedirects: false,
  })
  // Collects from now on: a frame may come in the same packet as the answer to the handshake.
  const frames = on(socket, 'message', { close: ['close'], ...WAITING }) as AsyncIterable<[Buffer, boolean]>
  try {
    await once(socket, 'open')
  } catch (error) {
    throw new RelayAway(reasonOf(error), { cause: error })
  }
  return { socket, frames }
}

async function receive({ socket, frames }: Connection, { signal, take }: MailboxStreamOptions): Promise<void> {
  const close = (): void => socket.terminate()
  let silence = setTimeout(close, SILENCE)
  socket.on('ping', () => {
    clearTimeout(silence)
    silence = setTimeout(close, SILENCE)
  })
  socket.on('error', close)
  signal.addEventListener('abort', close)
  try {
    for await (const [frame, isBinary] of frames) {
      if (signal.aborted) return
      const place = isBinary ? placeIn(frame) : undefined
      if (place === undefined) throw new RelayNonsense('frame of a mailbox')
      await take(frame.subarray(2 * NUMBER_LENGTH), place)
      if (socket.readyState === WebSocket.OPEN) socket.send(frame.subarray(0, NUMBER_LENGTH))
    }
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', close)
    close()
  }
  if (!signal.aborted) throw new RelayAway('the connection broke')
}

function placeIn(frame: Buffer): Place | undefined {
  if (frame.length < 2 * NUMBER_LENGTH) return undefined
  const [sequence, receivedAt] = [Number(frame.readBigUInt64BE()), Number(frame.readBigUInt64BE(NUMBER_LENGTH))]
  return Number.isSafeInteger(sequence) && Number.isSafeInteger(receivedAt) ? { sequence, receivedAt: epochMillis(receivedAt) } : undefined
}
