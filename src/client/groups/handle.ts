/**
 * Our side of a group as an app holds it. Holds no state: sender keys and their messages are in `group.ts` and in the store.
 */
import { fieldsArgument, invalidArgument } from '../../arguments.js'
import type { Bytes } from '../../bytes.js'
import type { NamedEnvelope } from '../../wire/envelope.js'
import { checkDistribution } from '../../wire/sender-key-message.js'
import { bytesCopy, checkEnvelopeLength, plaintextCopy } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import { type EncryptOptions, encryptOptions } from '../frame/options.js'
import * as distributions from './distributions.js'
import * as groups from './messages.js'

/**
 * Our sender key of one distribution id: a message is encrypted once for all who were sent the distribution. A handle; holds no state.
 *
 * Each member takes a fresh UUID for each group, and tells it with the distribution.
 */
export interface Group {
  /** A UUID in lower case. */
  readonly distribution: string
  /**
   * What lets a member read from the next message on; makes a sender key if there is none. Send it to each member's devices inside a
   * message: as `senderKey` of `Client.encryptContent`, which is all; or by `Client.encrypt`, and there to `Client.acceptSenderKey`.
   *
   * @returns bytes that hold the key: nobody who is no member may see them.
   * @throws BisikError `corrupt-record` if our key is damaged: {@link rotate} puts a new one in its place; `store-…`.
   */
  distribute(): Promise<Bytes>
  /**
   * Takes a new key, when somebody left: who has only what was handed out before reads nothing from here on. Send the result to all
   * who stay, as with {@link distribute}.
   *
   * @throws BisikError `store-…`.
   */
  rotate(): Promise<Bytes>
  /**
   * Encrypts once for all members: send the envelope to each of their devices, or let `Client.sealForMany` and the relay do it. The key
   * has advanced on disk before the envelope is returned.
   *
   * @param plaintext - if members open with `Client.decryptContent`: `serializeContent({ application })` of `bisik/wire`.
   * @throws BisikError `no-sender-key` before the first `distribute`; `corrupt-record` as there; `message-too-large`; `store-…`.
   */
  encrypt(plaintext: Uint8Array, options?: EncryptOptions): Promise<NamedEnvelope>
  /**
   * As {@link encrypt}, of a content, to be opened with `Client.decryptContent`. Its envelope commits to it: of two texts that were made to
   * look like one message, one opens and the other is refused with `frank-mismatch`. Two envelopes can still say different things.
   *
   * @param content - `application`: the app's bytes.
   * @throws BisikError as {@link encrypt}.
   */
  encryptContent(content: Application, options?: EncryptOptions): Promise<NamedEnvelope>
}

/** What a group may be told: the app's bytes. */
interface Application {
  readonly application: Uint8Array
}

/** Our sender key of a distribution id. @throws BisikError `invalid-argument` if it is no UUID. */
export function ownGroup(context: Context, distribution: string): Group {
  const id = checkDistribution(distribution)
  return {
    distribution: id,
    distribute: () => distributions.distribute(context, id),
    rotate: () => distributions.rotate(context, id),
    encrypt: async (plaintext, options = {}) => {
      const { persist } = encryptOptions(options)
      return groups.encryptForGroup(context, id, { plaintext: plaintextCopy(plaintext, context.limits), persist })
    },
    encryptContent: async (content, options = {}) => {
      const { persist } = encryptOptions(options)
      const { application } = fieldsArgument<Partial<Application>>(content, 'content', { application: bytesCopy })
      if (application === undefined) throw invalidArgument('content', 'application')
      checkEnvelopeLength(application.length, context.limits)
      return groups.encryptContentForGroup(context, id, { application: application as Bytes, persist })
    },
  }
}
