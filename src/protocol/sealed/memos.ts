/**
 * What was computed once and would come out the same again, remembered by the exact bytes it was computed from. Knows no message, no
 * session and no store; a memo that is lost costs time and nothing else.
 */

import { byteText } from '../../bytes.js'
import { Cache } from '../../caches.js'
import { agree } from '../../crypto/dh.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import type { Secret } from '../../crypto/secret.js'

/**
 * What one identity key agreed on with those of others: the same with every message under a seal, and a third of what a seal costs.
 *
 * Nothing is given away that memory did not hold before: the identity key lies beside it, and all agreements follow from that. They last
 * as long as the client, or until as many newer ones as there is room for have taken their place; then they are wiped.
 */
export class AgreementMemo {
  /** By public key. */
  readonly #agreed: Cache<Agreed> = new Cache('agreements', ({ agreement }) => agreement.wipe())

  /** As `agree` of `dh.ts`; the result is the caller's, to wipe. @throws BisikError as `agree`: what is refused is not remembered. */
  agree(privateKey: Secret<'EcPrivateKey'>, publicKey: EcPublicKey): Secret<'DhOutput'> {
    const name = byteText(publicKey)
    const known = this.#agreed.take(name)
    const isOf = known?.privateKey === privateKey
    if (!isOf) known?.agreement.wipe()
    const agreement = isOf ? known.agreement : agree(privateKey, publicKey)
    const result = agreement.clone()
    this.#agreed.put(name, { privateKey, agreement })
    return result
  }
}

interface Agreed {
  readonly privateKey: Secret<'EcPrivateKey'>
  readonly agreement: Secret<'DhOutput'>
}
