/** The compilers of TypeScript: a strict program that leaves no declaration of the package unchecked, in every resolution of modules. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Consumer, Outcome, Workspace } from './outcome.js'

/** Each compiler, and whether it lets CommonJS `require` an ES module under `nodenext`. */
const COMPILERS: Readonly<Record<string, boolean>> = { '5.7': false, '5.8': true, '5.9': true, '6.0': true, '7.0': true }

/** A program that CommonJS may not `require` as it does. */
const REFUSED = 'TS1479'

interface Program {
  readonly name: string
  readonly module: string
  readonly resolution: string
  readonly lib: readonly string[]
  readonly files: readonly string[]
}

const PROGRAMS: readonly Program[] = [
  { name: 'bundler', module: 'esnext', resolution: 'bundler', lib: ['es2022', 'dom'], files: ['program.ts', 'browser.ts'] },
  ...['node16', 'nodenext'].map((module) => ({
    name: module,
    module,
    resolution: module,
    lib: ['es2022'],
    files: ['program.ts', 'dynamic.cts'],
  })),
]

const REQUIRING: readonly Program[] = ['node16', 'nodenext'].map((module) => ({
  name: `require-${module}`,
  module,
  resolution: module,
  lib: ['es2022'],
  files: ['required.cts'],
}))

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2022',
  types: [],
}

/** Checks a program. @returns what the compiler says of it, empty if nothing. */
async function complaints({ folder, tool }: Workspace, line: string, { name, module, resolution, lib, files }: Program): Promise<string> {
  const config = { compilerOptions: { ...STRICT, module, moduleResolution: resolution, lib }, files }
  writeFileSync(join(folder, 'types', `${name}.json`), JSON.stringify(config))
  return tool(`typescript-${line}/bin/tsc`, ['--project', join('types', `${name}.json`), '--pretty', 'false']).then(
    () => '',
    (error: Error) => error.message,
  )
}

/** A program that must be refused for one reason is refused for no other. */
function isRefused(text: string): boolean {
  const codes = [...text.matchAll(/error (TS\d+)/g)].map(([, code]) => code)
  return codes.length > 0 && codes.every((code) => code === REFUSED)
}

async function checked(workspace: Workspace, line: string): Promise<Outcome> {
  for (const program of PROGRAMS) {
    const text = await complaints(workspace, line, program)
    if (text !== '') return { error: `${program.name}: ${text}` }
  }
  const requiring: string[] = []
  for (const program of REQUIRING) {
    const text = await complaints(workspace, line, program)
    if (text === '') requiring.push(program.module)
    else if (!isRefused(text)) return { error: `${program.name}: ${text}` }
  }
  const expected = COMPILERS[line] === true ? 'nodenext' : ''
  if (requiring.join() !== expected) return { error: `CommonJS may require under "${requiring}", where it was "${expected}"` }
  const names = PROGRAMS.map(({ name }) => `\`${name}\``).join(', ')
  const commonjs =
    expected === '' ? `\`import()\` (\`require\` is ${REFUSED})` : `\`require\` under \`${expected}\`, \`import()\` under \`node16\``
  return { checks: PROGRAMS.map(({ name }) => name), result: `${names}; from CommonJS ${commonjs}` }
}

export const compilers: readonly Consumer[] = Object.keys(COMPILERS).map((line) => ({
  name: `typescript-${line}`,
  title: `TypeScript ${line}`,
  tool: `typescript-${line}`,
  run: (workspace) => checked(workspace, line),
}))
