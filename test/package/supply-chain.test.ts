import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildTarball, builtPackage, home, manifest, run } from '../support/built-package.js'

/** All that a user of bisik installs. Another name here, or a range in place of a version, is a decision for a review. */
const RUNTIME = {
  '@noble/ciphers': '2.4.0',
  '@noble/curves': '2.4.0',
  '@noble/hashes': '2.4.0',
  '@noble/post-quantum': '0.7.1',
  protobufjs: '8.8.1',
}
const AT_INSTALL = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare']

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

const { packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as { packages: { readonly [path: string]: Locked } }
const shipped = Object.entries(packages).filter(([path, one]) => path !== '' && one.dev !== true && one.devOptional !== true)

describe('what comes with the package', () => {
  it('row 36: depends at run time on five packages in exact versions', () => {
    expect(manifest.dependencies).toEqual(RUNTIME)
    for (const field of ['peerDependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies'])
      expect(manifest[field]).toBeUndefined()
  })

  it('row 36: brings nothing else through them, by the lock file', () => {
    expect(Object.fromEntries(shipped.map(([path, { version }]) => [path.replace('node_modules/', ''), version]))).toEqual({
      ...RUNTIME,
      // protobufjs names it; what the package takes of protobufjs does not load it.
      long: '5.3.2',
    })
    for (const [path, { integrity }] of shipped) expect(integrity, path).toMatch(/^sha512-/)
  })

  it("row 36: runs no script at installation, its own or a dependency's", () => {
    expect(AT_INSTALL.filter((name) => name in manifest.scripts)).toEqual([])
    expect(shipped.filter(([, one]) => one.hasInstallScript === true)).toEqual([])
    for (const name of Object.keys(RUNTIME)) {
      const { scripts = {} } = JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8')) as { scripts?: object }
      expect(
        AT_INSTALL.slice(0, 3).filter((script) => script in scripts),
        name,
      ).toEqual([])
    }
  })

  it('row 36: has a lock file that `npm ci` accepts', () => {
    expect(() => run('npm', ['ci', '--dry-run', '--ignore-scripts', '--offline'], home)).not.toThrow()
  })

  it('row 36: builds to the same tarball, byte for byte, in another folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bisik-again-'))
    try {
      expect(hashOf(buildTarball(folder))).toBe(hashOf(builtPackage().tarball))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
