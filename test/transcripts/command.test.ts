/** `npm run replay` as a program: lines, sums and exit codes. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { program } from '../support/programs.js'

const ROOT = join(import.meta.dirname, '../..')
const DATA = 'test/vectors/data/libsignal'
let scratch: string

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bisik-replay-'))
})
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

/** Runs the program; gives what it printed and its exit code. */
function replay(
  ...args: readonly string[]
): Promise<{ readonly lines: readonly string[]; readonly errors: string; readonly code: number }> {
  const command = [...program('test/support/replay/main.ts'), ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: ROOT }, (error, stdout, errors) => {
      resolve({ lines: stdout.trimEnd().split('\n'), errors, code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1 })
    })
  })
}

it('prints a line per file and the sums, and exits 0 when nothing failed', async () => {
  const { lines, code } = await replay(`${DATA}/sessions/oneway-v3-no-otk-t.json.gz`, `${DATA}/kem.json.gz`, `${DATA}/hkdf.json`)
  expect(lines).toEqual([
    `${DATA}/sessions/oneway-v3-no-otk-t.json.gz  93 passed`,
    `${DATA}/kem.json.gz  14 passed, 4 declared (kem-key-generation), 1 declared (kem-coefficient-range)`,
    `${DATA}/hkdf.json  61 passed`,
    '168 passed, 0 failed, 5 declared deviations',
  ])
  expect(code).toBe(0)
})

it('exits 1 when a check failed, and says which', async () => {
  writeFileSync(
    join(scratch, 'wrong.json'),
    '{"schema":"libsignal-hkdf/1","cases":[{"length":1,"ikm":"","info":"","salt":null,"okm":"00"}]}',
  )
  writeFileSync(join(scratch, 'unknown.json'), '{"schema":"libsignal-next/1"}')
  writeFileSync(join(scratch, 'broken.json'), '{')
  writeFileSync(join(scratch, 'notes.txt'), 'not a vector')
  const { lines, code } = await replay(scratch)
  const text = lines.join('\n')
  expect(text).toMatch(/wrong\.json {2}.*FAILED\n {4}cases 0: output: "[0-9a-f]{2}", recorded "00"/)
  expect(text).toMatch(/unknown\.json {2}1 FAILED\n {4}file: the schema "libsignal-next\/1" is not known/)
  expect(text).toMatch(/broken\.json {2}1 FAILED/)
  expect(text).not.toContain('notes.txt')
  expect(lines.at(-1)).toBe('0 passed, 4 failed, 0 declared deviations')
  expect(code).toBe(1)
})

it('names what is not covered, and counts it nowhere', async () => {
  writeFileSync(join(scratch, 'alone.json'), '{"schema":"libsignal-transcript-states/1"}')
  const { lines, code } = await replay(join(scratch, 'alone.json'))
  expect(lines[0]).toMatch(/alone\.json {2}not applicable: states are read with the transcript that names them/)
  expect(lines.at(-1)).toBe('0 passed, 0 failed, 0 declared deviations (1 of 1 files not covered, wholly or in part)')
  expect(code).toBe(0)
})

it('explains itself, and refuses what it does not understand', async () => {
  const help = await replay('--help')
  expect([help.lines[0], help.code]).toEqual(['npm run replay -- FILE_OR_FOLDER…', 0])
  expect((await replay()).code).toBe(1)
  expect(await replay('--fast')).toMatchObject({ code: 1, errors: expect.stringContaining('unknown option --fast') })
  expect(await replay(join(scratch, 'absent'))).toMatchObject({ code: 1, errors: expect.stringContaining('absent') })
})
