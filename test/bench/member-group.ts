/** Groups of {@link Member}s: a sender key, sent to each in the session with them, sealed. */
import { randomUUID } from 'node:crypto'
import { type Member, meet } from './member.js'
import type { Group } from './task.js'

/** Groups that share their founder and members. */
export async function groupsOf(newMember: () => Promise<Member>, sizes: readonly number[]): Promise<Group[]> {
  const founder = await newMember()
  const others: Member[] = []
  for (let i = 1; i < Math.max(...sizes); i++) {
    const other = await newMember()
    await meet(founder, other)
    others.push(other)
  }
  return sizes.map((size) => new MemberGroup(founder, others.slice(0, size - 1)))
}

class MemberGroup implements Group {
  readonly #founder: Member
  readonly #others: readonly Member[]
  readonly #reader: Member
  #id = ''
  #forReader = new Uint8Array()

  constructor(founder: Member, others: readonly Member[]) {
    this.#founder = founder
    this.#others = others
    this.#reader = others[0] as Member
  }

  async create(): Promise<number> {
    this.#id = randomUUID()
    const distribution = await this.#founder.distribute(this.#id)
    let sent = 0
    for (const other of this.#others) {
      const body = await this.#founder.encrypt(other.address, distribution)
      if (other === this.#reader) this.#forReader = Uint8Array.from(body)
      sent += body.length
    }
    return sent
  }

  async join(): Promise<void> {
    await this.#reader.acceptSenderKey(this.#founder, await this.#reader.decrypt(this.#forReader))
  }

  encrypt(plaintext: Uint8Array): Promise<Uint8Array> {
    return this.#founder.encryptForGroup(this.#id, plaintext)
  }

  decrypt(body: Uint8Array): Promise<Uint8Array> {
    return this.#reader.decryptFromGroup(this.#founder.address, body)
  }
}
