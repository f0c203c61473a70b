/** One task on one peer in a process of its own: `child.ts TASK PEER SESSION`; sends its report to the parent and ends. */
import { Meter } from './meter.js'
import { openPeer } from './subjects.js'
import { TASKS } from './tasks.js'

const [name, peer, session] = process.argv.slice(2)
const task = TASKS.find((known) => known.name === name)
if (!task || !peer || !process.send) throw new Error('child.ts is started by main.ts')

const meter = new Meter()
await task.run(await openPeer(peer), session !== 'x3dh', meter)
process.send(meter.report())
process.disconnect()
