/**
 * From an envelope of any kind to what opens it: the seal first, then by what the envelope says it is.
 */
import { checkAddress } from '../wire/address.js'
import type { NamedEnvelope, PlaintextEnvelope } from '../wire/envelope.js'
import type { Checked, envelopeCopy } from './frame/arguments.js'
import type { Allowance, Context } from './frame/context.js'
import type { Persist, Received } from './frame/results.js'
import { decryptFromGroup } from './groups/messages.js'
import { type OpenedSeal, openRetryRequest, openSeal, withSeal } from './sealed/sealed.js'
import { decryptFromDevice, type Join } from './sessions/receive.js'

/** An envelope that says whom it is from: by itself, or by the seal that was on it. */
export interface Unsealed {
  readonly envelope: Checked<NamedEnvelope> | Checked<PlaintextEnvelope>
  readonly seal: OpenedSeal | undefined
}

/** Takes the seal off, if there is one. */
export function unsealed(context: Context, envelope: ReturnType<typeof envelopeCopy>, judged: Parameters<typeof openSeal>[2]): Unsealed {
  if (envelope.kind !== 'sealed') return { envelope, seal: undefined }
  const seal = openSeal(context, envelope.body, judged)
  const { commitment } = envelope
  // What is said on the outer envelope is about what is inside.
  return { envelope: { kind: seal.kind, sender: checkAddress(seal.certificate.sender), body: seal.body, commitment }, seal }
}

/** Opens what is in an envelope. */
export async function openEnvelope(
  context: Context,
  { envelope, seal }: Unsealed,
  {
    persist,
    allow,
    join,
  }: { readonly allow: Allowance; readonly persist?: Persist<Received> | undefined; readonly join?: Join | undefined },
): Promise<Received> {
  const { sender, body } = envelope
  try {
    if (envelope.kind === 'plaintext') return await openRetryRequest(context, { sender, body, seal }, persist)
    if (envelope.kind === 'sender-key') return await decryptFromGroup(context, envelope, { persist, seal })
    return await decryptFromDevice(context, envelope, { allow, persist, seal, join })
  } catch (error) {
    throw withSeal(error, seal)
  }
}
