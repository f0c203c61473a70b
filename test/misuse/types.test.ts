import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const tsc = join(here, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc')

function compile(project: string): string[] {
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', project, '--noEmit'], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes('error TS'))
}

it('every misuse in types.ts is an error to the compiler', () => {
  expect(compile(here)).toEqual([])
})

it('each of them alone, and nothing else: without their marks as many errors appear', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bisik-misuse-'))
  try {
    const source = join(here, '..', '..', 'src')
    const text = readFileSync(join(here, 'types.ts'), 'utf8')
    writeFileSync(join(folder, 'types.mts'), text.replaceAll('@ts-expect-error', 'here:').replaceAll(`'../../src/`, `'${source}/`))
    const files = ['types.mts', join(source, 'globals.d.ts')]
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(here, 'tsconfig.json'),
        compilerOptions: { rootDir: '/', typeRoots: [join(here, '..', '..', 'node_modules', '@types')] },
        files,
      }),
    )
    expect(compile(folder)).toHaveLength(text.split('// @ts-expect-error').length - 1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
