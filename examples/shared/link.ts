/** Whether the relay can be reached, and patience when it cannot. Knows no request. */

/** The relay did not answer, or answered that it cannot work now. Trying again is right. */
export class RelayAway extends Error {
  override readonly name = 'RelayAway'
}

export type LinkState = { readonly away: false } | { readonly away: true; readonly reason: string }

// Milliseconds between tries: doubled from the first to the longest, with jitter so that clients do not come back all at once.
const FIRST_WAIT = 250
const LONGEST_WAIT = 5_000

export class Link {
  readonly #report: (state: LinkState) => void
  readonly #signal: AbortSignal
  readonly #sleepers = new Set<() => void>()
  #away: boolean = false

  /** @param report - called when the state changes. @param signal - ends all waiting. */
  constructor(report: (state: LinkState) => void, signal: AbortSignal) {
    this.#report = report
    this.#signal = signal
  }

  get away(): boolean {
    return this.#away
  }

  /** Repeats a task until it does not fail with {@link RelayAway}. Whatever else it throws is passed on. */
  async untilReached<T>(task: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures++) {
      this.#signal.throwIfAborted()
      try {
        const result = await task()
        this.reached()
        return result
      } catch (error) {
        if (!(error instanceof RelayAway)) {
          this.reached()
          throw error
        }
        this.lost(error.message)
        await this.sleep(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures) * (0.5 + Math.random() / 2))
      }
    }
  }

  /** The relay answered. If it was away, everybody who sleeps tries again at once. */
  reached(): void {
    if (!this.#away) return
    this.#away = false
    this.#report({ away: false })
    for (const wake of this.#sleepers) wake()
  }

  lost(reason: string): void {
    if (this.#away || this.#signal.aborted) return
    this.#away = true
    this.#report({ away: true, reason })
  }

  /** Waits, or less when the relay comes back, or when all ends. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#sleepers.delete(wake)
        this.#signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      this.#sleepers.add(wake)
      this.#signal.addEventListener('abort', wake)
    })
  }
}
