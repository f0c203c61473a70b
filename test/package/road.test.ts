import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPackage, home } from '../support/built-package.js'

describe('a message', () => {
  let status: number | null
  let printed = ''
  /** The files that each call runs through. */
  const files = new Map<string, string[]>()

  beforeAll(() => {
    const command = [join(home, 'scripts', 'road.mjs'), '--check', '--files', builtPackage().folder]
    const result = spawnSync(process.execPath, command, { encoding: 'utf8' })
    status = result.status
    printed = result.stdout + result.stderr
    for (const line of printed.split('\n')) {
      const [, call] = /^(\w[\w ]*?) +\d+ files, at most \d+/.exec(line) ?? []
      const [, file] = /^ +\d+ {2}(\S+\.js)$/.exec(line) ?? []
      if (call !== undefined) files.set(call, [])
      else if (file !== undefined) [...files.values()].at(-1)?.push(file)
    }
  })

  const passes = (call: string, folder: string): boolean => files.get(call)?.some((file) => file.startsWith(folder)) ?? false

  it('goes through no more files of the package than scripts/road.mjs allows', () => {
    expect(status, printed).toBe(0)
  })

  it('is followed where it goes, and nowhere else', () => {
    expect([...files.keys()]).toEqual(['encrypt', 'decrypt', 'group encrypt', 'group decrypt', 'relay send'])
    const ROADS: Readonly<Record<string, readonly string[]>> = {
      'client/': ['encrypt', 'decrypt', 'group encrypt', 'group decrypt'],
      'store/': ['encrypt', 'decrypt', 'group encrypt', 'group decrypt', 'relay send'],
      'protocol/ratchet/': ['encrypt', 'decrypt'],
      'protocol/groups/': ['group encrypt', 'group decrypt'],
      'protocol/handshake/': [],
      'relay/': ['relay send'],
    }
    for (const [folder, calls] of Object.entries(ROADS)) {
      expect(
        [...files.keys()].filter((call) => passes(call, folder)),
        folder,
      ).toEqual(calls)
    }
  })
})
