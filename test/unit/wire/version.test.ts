import { expect, it } from 'vitest'
import { parseVersionByte, type SessionVersion, versionByte } from '../../../src/wire/version.js'
import { verdict } from './messages.js'

it('writes the session version high and the newest version the writer knows low', () => {
  expect([versionByte(3), versionByte(4), versionByte(3, 3)]).toEqual([0x34, 0x44, 0x33])
  for (const version of [2, 5, '4', Number.NaN, undefined]) {
    expect(verdict(() => versionByte(version as SessionVersion))).toBe('invalid-argument')
  }
  expect(verdict(() => versionByte(4, 0 as SessionVersion))).toBe('invalid-argument')
})

it('names the version it does not speak', () => {
  expect(() => parseVersionByte(0x24)).toThrow(expect.objectContaining({ code: 'unsupported-version', details: { version: 2 } }))
  expect(() => parseVersionByte(0xf4)).toThrow(expect.objectContaining({ code: 'unsupported-version', details: { version: 15 } }))
})
