/** Runs the stores on their engines: `npm run test:stores`, and `-- --only TEXT` for the engines with this in their name. */
import { parseArgs } from 'node:util'
import { indexedDbInChromium } from './browser/chromium.js'
import { runAll } from './suite.js'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const groups = [indexedDbInChromium].filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()))
process.exitCode = (await runAll(groups)) ? 0 : 1
