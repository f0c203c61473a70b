/** The runtimes of the table, and how each is made to run the suite. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { debianBrowser } from '../support/debian-browser.js'
import { printed, withServer } from '../support/processes.js'
import { inChromium, inFirefox } from './browsers.js'
import type { Outcome, Runtime, Workspace } from './outcome.js'
import { installed } from './workspace.js'

const require = createRequire(import.meta.url)
const NODE_LINES = ['20', '22', '24', '26']
const HERMES = join(installed, 'hermes-engine-cli', 'linux64-bin', 'hermes')
const HERMESC = join(installed, 'hermes-compiler', 'hermesc', 'linux64-bin', 'hermesc')

/** The binary inside a package of npm. @throws Error if npm has none for this machine. */
function binary(...path: readonly string[]): string {
  const found = join(installed, ...path)
  if (!existsSync(found)) throw new Error(`${path[0]} has no binary for ${process.platform} on ${process.arch}`)
  return found
}

/** What a program printed last is its outcome. */
async function outcomeOf(command: string, parameters: readonly string[], { folder }: Workspace): Promise<Outcome> {
  const output = await printed(command, parameters, { folder })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '')
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(installed, name, 'package.json'), 'utf8')) as { version: string }).version
}

function nodeLine(line: string): Runtime {
  return {
    name: `node-${line}`,
    title: `Node ${line}`,
    run: (workspace) => outcomeOf(binary(`node-${line}`, 'bin', 'node'), ['node.mjs'], workspace),
  }
}

async function inWorkerd({ folder, bundle }: Workspace): Promise<Outcome> {
  await bundle('workerd.mjs', { format: 'esm', conditions: ['workerd', 'worker'], external: ['cloudflare:workers'] })
  mkdirSync(join(folder, 'durable-objects'))
  const command = [binary('@cloudflare', 'workerd-linux-64', 'bin', 'workerd'), 'serve', 'workerd.capnp', '--control-fd=1'] as const
  const outcome = await withServer(command, { folder, ready: /"port":(\d+)/ }, async (port) => {
    const response = await fetch(`http://127.0.0.1:${port}/`)
    const text = await response.text()
    return response.ok ? (JSON.parse(text) as Outcome) : { error: text }
  })
  return { ...outcome, version: versionOf('workerd') }
}

/** Which preset of Babel, and for which engine: `default` is for any Hermes, `hermes-stable` for the newest. */
interface MetroOptions {
  readonly preset: string
  readonly profile: 'default' | 'hermes-stable'
}

/** Bundles with Metro, which asks for Node 22.13. @returns the path of the bundle. */
async function metroBundle({ folder }: Workspace, { preset, profile }: MetroOptions): Promise<string> {
  const out = join(folder, 'metro.bundle.js')
  const program = join(import.meta.dirname, 'metro.mjs')
  await printed(binary('node-24', 'bin', 'node'), [program, folder, 'hermes.mjs', out, require.resolve(preset), profile], { folder })
  return out
}

function hermes(name: string, title: string, preset: string): Runtime {
  return {
    name,
    title: `Hermes VM, ${title} ${versionOf(preset)}`,
    run: async (workspace) => {
      const bundle = await metroBundle(workspace, { preset, profile: 'default' })
      return { ...(await outcomeOf(HERMES, ['-O', '-w', bundle], workspace)), version: versionOf('hermes-engine-cli') }
    },
  }
}

const hermesCompiler: Runtime = {
  name: 'hermes-compiler',
  title: `Hermes compiler, React Native's preset for it ${versionOf('@react-native/babel-preset')}`,
  run: async (workspace) => {
    const bundle = await metroBundle(workspace, { preset: '@react-native/babel-preset', profile: 'hermes-stable' })
    const out = join(workspace.folder, 'hermes.hbc')
    await printed(HERMESC, ['-O', '-w', '-emit-binary', '-out', out, bundle], workspace)
    return { compiled: `${statSync(out).size} bytes of bytecode`, version: versionOf('hermes-compiler') }
  },
}

export const RUNTIMES: readonly Runtime[] = [
  ...NODE_LINES.map(nodeLine),
  {
    name: 'chromium',
    title: 'Chromium',
    run: async ({ bundle }) => inChromium(debianBrowser('chromium'), await pageScript(bundle)),
  },
  {
    name: 'firefox',
    title: 'Firefox ESR',
    run: async ({ bundle }) => inFirefox(debianBrowser('firefox-esr'), await pageScript(bundle)),
  },
  {
    name: 'bun',
    title: 'Bun',
    run: (workspace) => outcomeOf(binary('@oven', 'bun-linux-x64', 'bin', 'bun'), ['bun.mjs'], workspace),
  },
  {
    name: 'deno',
    title: 'Deno, without permissions',
    run: (workspace) => {
      const parameters = ['run', '--no-prompt', '--cached-only', '--no-remote', 'deno.mjs']
      return outcomeOf(binary('@deno', 'linux-x64-glibc', 'deno'), parameters, workspace)
    },
  },
  { name: 'workerd', title: 'workerd, a Durable Object', run: inWorkerd },
  hermes('hermes', "React Native's preset", '@react-native/babel-preset'),
  hermes('hermes-rn-0.76', "React Native's preset", 'react-native-preset-0.76'),
  hermes('hermes-expo', "Expo's preset", 'babel-preset-expo'),
  hermesCompiler,
]

async function pageScript(bundle: Workspace['bundle']): Promise<string> {
  return readFileSync(await bundle('browser.mjs', { format: 'iife', conditions: [] }), 'utf8')
}
