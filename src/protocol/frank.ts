/**
 * What an envelope's commitment commits to: who says what to whom, and which of a conversation's messages it is. Each side writes that from
 * what it knows itself, so nothing of it can be claimed. Two openings of one commitment would be a collision of SHA-256.
 *
 * Why: the ciphertext of a group message commits to nothing, so its sender can make one that two members, with two keys, read differently.
 */
import { type Bytes, concatBytes, utf8 } from '../bytes.js'
import type { IdentityKey } from '../crypto/keys.js'
import { hmac } from '../crypto/platform/hmac.js'
import type { DeviceAddress } from '../wire/address.js'
import type { Frank, Media } from '../wire/frank.js'
import { uuidBytes } from '../wire/uuid.js'

const HEADER = utf8('bisik frank header v1\0')
const CONTENT = utf8('bisik frank content v1\0')
const COMMITMENT = utf8('bisik frank commitment v1\0')
const NOTHING = new Uint8Array(0)

/** What is known of a group message beside its content. */
export interface GroupMessageContext {
  readonly sender: DeviceAddress
  /** The identity key whose session delivered the sender key. */
  readonly identity: IdentityKey
  /** A UUID. */
  readonly distribution: string
  readonly iteration: number
}

/** What of a content is committed to. */
export interface Franked {
  readonly frank: Frank
  readonly application?: Uint8Array | undefined
  /** 0 if there is none. */
  readonly sentAt?: number | undefined
}

/**
 * The commitment of a group message. Spec: none, ours: `HMAC(k, T || c)`, with `k` and `c` HMACs of a label, and of a label and the
 * application's bytes, under the frank's key.
 *
 * @returns 32 bytes.
 */
export function commitGroupMessage({ frank, application, sentAt }: Franked, context: GroupMessageContext): Bytes {
  const { sender, identity, distribution, iteration } = context
  const conversation = concatBytes(Uint8Array.of(2), uuidBytes(distribution) ?? NOTHING)
  const header = concatBytes(
    HEADER,
    withLength(utf8(sender.user)),
    Uint8Array.of(sender.device),
    withLength(identity),
    withLength(conversation),
    numbers(high(sentAt ?? 0), sentAt ?? 0, iteration, frank.flags ?? 0, frank.lifetime ?? 0),
    withLength(frank.refersTo ?? NOTHING),
    ...media(frank.media ?? []),
  )
  const content = hmac.sha256(frank.key, CONTENT, application ?? NOTHING)
  return hmac.sha256(hmac.sha256(frank.key, COMMITMENT), header, content)
}

function media(all: readonly Media[]): readonly Uint8Array[] {
  return [numbers(all.length), ...all.flatMap(({ root, size, chunk }) => [root, numbers(high(size), size, chunk)])]
}

/** Each in 4 bytes, big-endian; of a larger one the lower half. */
function numbers(...all: readonly number[]): Bytes {
  const bytes = new Uint8Array(4 * all.length)
  const view = new DataView(bytes.buffer)
  for (const [i, number] of all.entries()) view.setUint32(4 * i, number % 2 ** 32)
  return bytes
}

function high(number: number): number {
  return Math.floor(number / 2 ** 32)
}

function withLength(bytes: Uint8Array): Bytes {
  return concatBytes(numbers(bytes.length), bytes)
}
