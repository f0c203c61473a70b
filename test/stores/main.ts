/**
 * Runs the stores on their engines: `npm run test:stores`; `-- --only TEXT` for the engines with this in their name, `--share 1` for all
 * messages of the long runs instead of a tenth.
 */
import { parseArgs } from 'node:util'
import { indexedDbInChromium } from './browser/chromium.js'
import { leveldb } from './leveldb/group.js'
import { postgres } from './postgres/group.js'
import { sqlite } from './sqlite/group.js'
import { runAll } from './suite.js'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, share: { type: 'string', default: '0.1' } } })
const share = Number(values.share)
const groups = [indexedDbInChromium, leveldb, postgres(share), sqlite(share)].filter(({ name }) =>
  name.toLowerCase().includes(values.only.toLowerCase()),
)
process.exitCode = (await runAll(groups)) ? 0 : 1
