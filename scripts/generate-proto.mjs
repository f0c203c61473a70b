// Generates the static protobuf modules of wire/ and records/ from proto/. One module and one private root per layer: disk is not network.
//   node scripts/generate-proto.mjs           write them
//   node scripts/generate-proto.mjs --check   exit 1 when the committed files differ from what proto/ gives
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const pbjs = promisify(createRequire(import.meta.url)('protobufjs-cli/pbjs').main)
const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')

const MODULES = [
  {
    out: 'src/wire/generated/wire',
    root: 'bisik_wire_v1',
    sources: ['wire', 'content', 'envelope', 'bundle', 'sealed-sender', 'fingerprint'],
  },
  { out: 'src/records/generated/records', root: 'bisik_records_v1', sources: ['records'] },
  { out: 'src/records/generated/libsignal', root: 'bisik_libsignal_v1', sources: ['libsignal-records', 'libsignal-spqr'] },
]
// Static code only (reflection needs eval). --null-semantics keeps "absent" apart from "zero"; comments stay, since the types come from them.
const FLAGS =
  '-t static-module -w esm --dts --null-semantics --no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service'.split(' ')

const temporary = mkdtempSync(join(tmpdir(), 'bisik-proto-'))
let different = false
for (const { out, root, sources } of MODULES) {
  const protos = sources.map((name) => join(home, 'proto', `${name}.proto`))
  const target = check ? join(temporary, root) : join(home, out)
  mkdirSync(dirname(target), { recursive: true })
  await pbjs([...FLAGS, '--root', root, '-o', `${target}.js`, ...protos])
  if (!check) continue
  for (const extension of ['.js', '.d.ts']) {
    const committed = join(home, out + extension)
    if (existsSync(committed) && readFileSync(committed, 'utf8') === readFileSync(target + extension, 'utf8')) continue
    different = true
    console.error(`${out}${extension} is not what proto/ gives: run "npm run gen" and commit the result`)
  }
}
rmSync(temporary, { recursive: true })
process.exitCode = different ? 1 : 0
