/**
 * Delivers a mailbox over one WebSocket: pushes what waits, in order, and passes acknowledgements on. Knows no account and no envelope.
 *
 * A frame to the client is 8 bytes of sequence number, 8 bytes of the time when the relay took the envelope (both big-endian) and the
 * envelope. A frame from the client is 8 bytes: it has committed everything up to this sequence number, which may be deleted.
 */
import type { WebSocket } from 'ws'

export interface MailboxPort {
  /** The next envelopes after this sequence number, oldest first; empty if there is none. */
  read(after: number): Promise<readonly { readonly sequence: number; readonly receivedAt: number; readonly bytes: Uint8Array }[]>
  acknowledge(upTo: number): Promise<void>
  failed(error: unknown): void
}

/** Envelopes under way without acknowledgement: more would only fill the buffers of a client that is slower than its relay. */
const WINDOW = 200
/** Milliseconds between two signs of life. A client that answers none is gone, whatever TCP says. */
const HEARTBEAT = 20_000

export class Courier {
  readonly #socket: WebSocket
  readonly #mailbox: MailboxPort
  #pushed = 0
  #acknowledged = 0
  #wanted = 0
  #running: boolean = false
  #again: boolean = false

  constructor(socket: WebSocket, mailbox: MailboxPort) {
    this.#socket = socket
    this.#mailbox = mailbox
    let alive = true
    const heartbeat = setInterval(() => {
      if (!alive) socket.terminate()
      alive = false
      socket.ping()
    }, HEARTBEAT)
    socket.on('pong', () => {
      alive = true
    })
    socket.on('close', () => clearInterval(heartbeat))
    socket.on('error', () => socket.terminate())
    socket.on('message', (frame: Buffer) => {
      if (frame.length !== 8) return socket.close(1002, 'an acknowledgement has 8 bytes')
      this.#wanted = Math.max(this.#wanted, Number(frame.readBigUInt64BE()))
      this.wake()
    })
  }

  /** Looks whether there is something to delete or to push. */
  wake(): void {
    this.#again = true
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (this.#again && this.#socket.readyState === this.#socket.OPEN) {
        this.#again = false
        if (this.#wanted > this.#acknowledged) {
          const upTo = this.#wanted
          await this.#mailbox.acknowledge(upTo)
          this.#acknowledged = upTo
        }
        if (this.#pushed - this.#acknowledged >= WINDOW && this.#pushed > 0) continue
        for (const { sequence, receivedAt, bytes } of await this.#mailbox.read(this.#pushed)) {
          // What waited before this connection was acknowledged elsewhere: the window begins there.
          if (this.#pushed === 0) this.#acknowledged = sequence - 1
          const head = Buffer.alloc(16)
          head.writeBigUInt64BE(BigInt(sequence))
          head.writeBigUInt64BE(BigInt(receivedAt), 8)
          this.#socket.send(Buffer.concat([head, bytes]))
          this.#pushed = sequence
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
}
