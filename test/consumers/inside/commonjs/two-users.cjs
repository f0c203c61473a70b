/** A program in CommonJS: Node gives it the modules that everybody else has. */
const { BisikError, MemoryStore } = require('bisik')
const errors = require('bisik/errors')
const { converse } = require('../conversation.mjs')
const { port } = require('../port.mjs')

async function everything() {
  const checks = await converse(() => new MemoryStore(), { clone: structuredClone, port })
  const imported = await import('bisik')
  if (imported.BisikError !== BisikError || errors.BisikError !== BisikError) throw new Error('require and import give two classes')
  return { checks: [...checks, 'one class of errors for require and import'] }
}

everything().then(
  (outcome) => console.log(JSON.stringify(outcome)),
  (error) => {
    console.error(error)
    process.exitCode = 1
  },
)
