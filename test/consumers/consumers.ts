/** The lines of the table, in its order. */
import { bundlers } from './bundlers.js'
import { frameworks } from './frameworks.js'
import type { Consumer } from './outcome.js'
import { testers } from './testers.js'
import { compilers } from './types.js'

export const CONSUMERS: readonly Consumer[] = [...bundlers, ...frameworks, ...compilers, ...testers]
