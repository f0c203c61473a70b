/**
 * What was computed once and would come out the same again, remembered by the exact bytes it was computed from. Knows no message, no
 * session and no store; a memo that is lost costs time and nothing else.
 */
import { byteText } from '../../bytes.js'
import { agree } from '../../crypto/dh.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import type { Secret } from '../../crypto/secret.js'
import { MAX_REMEMBERED_AGREEMENTS } from '../limits.js'

/**
 * What one identity key agreed on with those of others: the same with every message under a seal, and a third of what a seal costs.
 *
 * Nothing is given away that memory did not hold before: the identity key lies beside it, and all agreements follow from that. They last
 * as long as the client, or until {@link MAX_REMEMBERED_AGREEMENTS} newer ones have taken their place; then they are wiped.
 */
export class AgreementMemo {
  /** In the order of last use, by public key; what is first goes first. */
  readonly #agreed = new Map<string, { readonly privateKey: Secret<'EcPrivateKey'>; readonly agreement: Secret<'DhOutput'> }>()

  /** As `agree` of `dh.ts`; the result is the caller's, to wipe. @throws BisikError as `agree`: what is refused is not remembered. */
  agree(privateKey: Secret<'EcPrivateKey'>, publicKey: EcPublicKey): Secret<'DhOutput'> {
    const name = byteText(publicKey)
    const known = this.#agreed.get(name)
    const agreement = known?.privateKey === privateKey ? known.agreement : agree(privateKey, publicKey)
    if (agreement !== known?.agreement) known?.agreement.wipe()
    this.#agreed.delete(name)
    this.#agreed.set(name, { privateKey, agreement })
    const [oldest] = this.#agreed
    if (oldest !== undefined && this.#agreed.size > MAX_REMEMBERED_AGREEMENTS) {
      oldest[1].agreement.wipe()
      this.#agreed.delete(oldest[0])
    }
    return agreement.clone()
  }
}
