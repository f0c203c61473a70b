/**
 * Memory that others fill: so many bytes for each of them, and for all together. Where there is no more room, what has been held longest
 * gives way: who is slow, or does not read at all, shuts out nobody. Does not know what is held.
 */

export interface Hold {
  /** The bytes are needed no more. Repeating it is harmless. */
  end(): void
}

export interface Wish {
  /** In whose name. */
  readonly owner: string
  readonly bytes: number
  /** Called when this must give way: lets go of the bytes. */
  readonly giveWay: () => void
}

export class Room {
  readonly #each: number
  readonly #all: number
  /** The oldest first. */
  readonly #holds = new Set<Wish>()
  readonly #owned = new Map<string, number>()
  #held = 0

  /** @param limits - in bytes. */
  constructor({ each, all }: { readonly each: number; readonly all: number }) {
    this.#each = each
    this.#all = all
  }

  /** Bytes held now. */
  get held(): number {
    return this.#held
  }

  /** What is larger than a limit has all of it alone. */
  take(wish: Wish): Hold {
    const { owner, bytes } = wish
    for (const old of this.#holds) {
      if (this.#held + bytes <= this.#all && this.#ownedBy(owner) + bytes <= this.#each) break
      // It is the owner who has too much, or everybody together.
      if (this.#held + bytes > this.#all || old.owner === owner) this.#drop(old)
    }
    this.#holds.add(wish)
    this.#count(owner, bytes)
    return { end: () => this.#end(wish) }
  }

  #drop(wish: Wish): void {
    this.#end(wish)
    wish.giveWay()
  }

  #end(wish: Wish): void {
    if (this.#holds.delete(wish)) this.#count(wish.owner, -wish.bytes)
  }

  #count(owner: string, bytes: number): void {
    this.#held += bytes
    const owned = this.#ownedBy(owner) + bytes
    if (owned === 0) this.#owned.delete(owner)
    else this.#owned.set(owner, owned)
  }

  #ownedBy(owner: string): number {
    return this.#owned.get(owner) ?? 0
  }
}
