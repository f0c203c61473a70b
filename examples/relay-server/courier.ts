/**
 * Delivers a mailbox over one WebSocket: pushes what waits, in order and no faster than it is taken, and passes acknowledgements on.
 * Knows no account and no envelope.
 *
 * A frame to the client is 8 bytes of sequence number, 8 bytes of the time when the relay took the envelope (both big-endian) and the
 * envelope. A frame from the client is 8 bytes: it has committed everything up to this sequence number, which may be deleted.
 */
import type { WebSocket } from 'ws'
import type { Hold, Room } from './room.js'

interface Waiting {
  readonly sequence: number
  readonly receivedAt: number
  readonly bytes: Uint8Array
}

export interface MailboxPort {
  /** Whose it is. */
  readonly owner: string
  /** The next envelopes after this sequence number, oldest first; empty if there is none. */
  read(after: number): Promise<readonly Waiting[]>
  acknowledge(upTo: number): Promise<void>
  failed(error: unknown): void
}

/** A frame that was pushed, until it is acknowledged and no buffer of ours has it any more: who acknowledges need not have read. */
interface Frame {
  readonly sequence: number
  readonly length: number
  readonly hold: Hold
  acknowledged: boolean
  written: boolean
}

/** Frames under way on one connection: more would only fill the buffers of a client that is slower than its relay. */
const WINDOW = 200
/** Bytes of these; one frame goes whatever its length. */
export const WINDOW_BYTES = 1_048_576
/** Milliseconds between two signs of life. A client that answers none is gone, whatever TCP says. */
const HEARTBEAT = 20_000

export class Courier {
  readonly #socket: WebSocket
  readonly #mailbox: MailboxPort
  readonly #room: Room
  readonly #underWay = new Set<Frame>()
  #bytes = 0
  #pushed = 0
  #acknowledged = 0
  #wanted = 0
  #running: boolean = false
  #again: boolean = false
  /** What is next in the mailbox has no room: it is not read again before something under way has arrived. */
  #full: boolean = false

  /** @param room - what all connections together may have under way. */
  constructor(socket: WebSocket, mailbox: MailboxPort, room: Room) {
    this.#socket = socket
    this.#mailbox = mailbox
    this.#room = room
    let alive = true
    const heartbeat = setInterval(() => {
      if (!alive) socket.terminate()
      alive = false
      socket.ping()
    }, HEARTBEAT)
    socket.on('pong', () => {
      alive = true
    })
    socket.on('close', () => {
      clearInterval(heartbeat)
      for (const { hold } of this.#underWay) hold.end()
    })
    socket.on('error', () => socket.terminate())
    socket.on('message', (frame: Buffer) => {
      if (frame.length !== 8) return socket.close(1002, 'an acknowledgement has 8 bytes')
      const upTo = Number(frame.readBigUInt64BE())
      if (upTo > this.#pushed) return socket.close(1002, 'this was not sent')
      this.#wanted = Math.max(this.#wanted, upTo)
      this.wake()
    })
  }

  /** Looks whether there is something to delete or to push. */
  wake(): void {
    this.#again = true
    if (!this.#running) void this.#run()
  }

  /** Ends the connection at once, with all that it buffers. */
  end(): void {
    this.#socket.terminate()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (this.#again && this.#isOpen) {
        this.#again = false
        if (this.#wanted > this.#acknowledged) await this.#acknowledge(this.#wanted)
        if (this.#full) continue
        for (const waiting of await this.#mailbox.read(this.#pushed)) {
          this.#full = !this.#hasRoom(waiting.bytes.length)
          // It may have ended meanwhile, or right now to make room: nobody would let go of what is pushed then.
          if (this.#full || !this.#isOpen) break
          this.#push(waiting)
          this.#again = true
        }
      }
    } catch (error) {
      // The client connects again and goes on where it was; nothing was deleted that it did not acknowledge.
      this.#mailbox.failed(error)
      this.#socket.close(1011, 'try again')
    } finally {
      this.#running = false
    }
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  #hasRoom(length: number): boolean {
    return this.#underWay.size === 0 || (this.#underWay.size < WINDOW && this.#bytes + length < WINDOW_BYTES)
  }

  #push({ sequence, receivedAt, bytes }: Waiting): void {
    const head = Buffer.alloc(16)
    head.writeBigUInt64BE(BigInt(sequence))
    head.writeBigUInt64BE(BigInt(receivedAt), 8)
    const length = head.length + bytes.length
    const hold = this.#room.take({ owner: this.#mailbox.owner, bytes: length, giveWay: () => this.end() })
    const frame: Frame = { sequence, length, hold, acknowledged: false, written: false }
    this.#underWay.add(frame)
    this.#bytes += length
    this.#pushed = sequence
    this.#socket.send(Buffer.concat([head, bytes]), () => {
      frame.written = true
      if (this.#settle(frame)) this.wake()
    })
  }

  async #acknowledge(upTo: number): Promise<void> {
    await this.#mailbox.acknowledge(upTo)
    this.#acknowledged = upTo
    for (const frame of this.#underWay) {
      if (frame.sequence > upTo) break
      frame.acknowledged = true
      this.#settle(frame)
    }
  }

  /** @returns whether there is room for more. */
  #settle(frame: Frame): boolean {
    if (!frame.acknowledged || !frame.written || !this.#underWay.delete(frame)) return false
    this.#bytes -= frame.length
    this.#full = false
    frame.hold.end()
    return true
  }
}
