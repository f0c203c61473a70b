/** The `./relay` entry: what a server needs. */
export type { Account, Registration } from './accounts.js'
export { TOKEN_LENGTH } from './accounts.js'
export type { PreKeyCounts } from './directory.js'
export { RELAY_LIMITS, type RelayLimits } from './limits.js'
export type { Delivery } from './mailbox.js'
export { Relay, type RelayOptions } from './relay.js'
export { ACCESS_KEY_LENGTH, type SealedDelivery } from './sealed.js'
export { SLOT_ADDRESS_LENGTH, type Slot } from './slots.js'
