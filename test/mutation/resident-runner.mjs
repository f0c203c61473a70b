/**
 * Runs tests for Stryker in one Vitest worker that stays: the tests are loaded once, a mutant is switched on in what is loaded, and the
 * quickest tests that meet it run first. Stryker's own runner for Vitest starts a worker for each mutant, which takes far longer.
 */
import { once } from 'node:events'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import { createVitest } from 'vitest/node'

const ENTRY = 'test/mutation/resident.mjs'

class ResidentRunner {
  #worker

  capabilities() {
    return { reloadEnvironment: false }
  }

  async init() {
    this.#worker = await startWorker()
  }

  async dryRun() {
    return await this.#worker.ask({})
  }

  async mutantRun({ testFilter, activeMutant, hitLimit }) {
    const asked = { ids: testFilter, mutant: activeMutant.id, hitLimit }
    let answer = await this.#worker.ask(asked)
    // What a mutant did to what stays is not to be held against the next one.
    if (answer.isSpoiled) {
      await this.#renew()
      answer = await this.#worker.ask(asked)
      if (answer.isSpoiled) await this.#renew()
    }
    return toMutantRunResult(determineHitLimitReached(answer.hitCount, hitLimit) ?? answer)
  }

  async #renew() {
    await this.#worker.end()
    this.#worker = await startWorker()
  }
}

async function startWorker() {
  process.env.NODE_ENV = 'test'
  const vitest = await createVitest('test', {
    config: 'test/mutation/vitest.config.mjs',
    pool: 'threads',
    watch: false,
    bail: 1,
    reporters: [{}],
  })
  const tests = await vitest.globTestSpecifications()
  const name = `resident-${performance.now()}`
  const channel = new BroadcastChannel(name)
  const ask = async (question) => {
    channel.postMessage(question)
    const [{ data }] = await once(channel, 'message')
    return data
  }
  vitest.provide('resident', { name, files: tests.map(({ moduleId }) => moduleId) })
  const ready = once(channel, 'message')
  const running = vitest.runTestSpecifications([vitest.getRootProject().createSpecification(ENTRY)])
  await Promise.race([
    ready,
    running.then(() => {
      const errors = [...vitest.state.getFiles().flatMap((file) => file.result?.errors ?? []), ...vitest.state.errorsSet]
      throw new Error(`the tests did not load: ${errors.map((error) => error.stack ?? error.message).join('\n')}`)
    }),
  ])
  const end = async () => {
    channel.postMessage('end')
    await running
    channel.close()
    await vitest.close()
  }
  return { ask, end }
}

const create = () => new ResidentRunner()
create.inject = []

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'resident', create)]
