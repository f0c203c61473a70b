/** One task on one peer in a process of its own: `child.ts TASK PEER SESSION`; sends its report to the parent and ends. */
import { GROWTH_TASKS } from './growth-tasks.js'
import { Meter } from './meter.js'
import { openPeer } from './subjects.js'
import { TASKS } from './tasks.js'

const [name, peer, session] = process.argv.slice(2)
const task = [...TASKS, ...GROWTH_TASKS].find((known) => known.name === name)
const send = process.send?.bind(process)
if (!task || !peer || !send) throw new Error('child.ts is started by run.ts')

const meter = new Meter()
await task.run(await openPeer(peer), session !== 'x3dh', meter)
send(meter.report())
process.disconnect?.()
