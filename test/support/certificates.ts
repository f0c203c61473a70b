/** Sender certificates for tests, by a trust root that is made for each and believed by nobody. */
import { generateKeyPair } from '../../src/crypto/dh.js'
import { systemRandom } from '../../src/env.js'
import { type Bytes, type Client, epochMillis } from '../../src/index.js'
import { issueSenderCertificate, issueServerCertificate } from '../../src/protocol/sealed/certificates.js'

/** A certificate of a client, valid for ever. */
export function certificateOf(client: Client, { phoneNumber }: { readonly phoneNumber?: string } = {}): Bytes {
  const [root, server] = [generateKeyPair(systemRandom), generateKeyPair(systemRandom)]
  const signer = issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, systemRandom)
  const fields = { sender: client.address, identityKey: client.identityKey, expiration: epochMillis(2 ** 50), phoneNumber }
  return issueSenderCertificate({ ...fields, signer }, server.privateKey, systemRandom)
}
