// Fills homepage, repository and bugs of package.json from scripts/project.json, the one place that knows the project's public address:
// {"url": "https://host/owner/name"}, or null as long as there is none, and then the fields are left out.
//   node scripts/project.mjs           write them
//   node scripts/project.mjs --check   exit 1 when package.json differs
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const path = join(home, 'package.json')
const text = readFileSync(path, 'utf8')
const { url } = JSON.parse(readFileSync(join(home, 'scripts', 'project.json'), 'utf8'))
if (url !== null && !/^https:\/\/[\w.-]+(\/[\w.-]+)+$/.test(url))
  throw new Error('scripts/project.json: url is null or https://host/owner/name')

const fields = url === null ? {} : { homepage: `${url}#readme`, repository: { type: 'git', url: `git+${url}.git` }, bugs: `${url}/issues` }
const { homepage, repository, bugs, ...manifest } = JSON.parse(text)
// They stand before the license, where npm puts them.
const entries = Object.entries(manifest)
entries.splice(
  entries.findIndex(([name]) => name === 'license'),
  0,
  ...Object.entries(fields),
)
const filled = Object.fromEntries(entries)

if (JSON.stringify(filled) === JSON.stringify(JSON.parse(text))) process.exit(0)
if (process.argv.includes('--check')) {
  console.error('package.json does not have the addresses of scripts/project.json: run "npm run project" and commit it')
  process.exit(1)
}
writeFileSync(path, `${JSON.stringify(filled, null, 2)}\n`)
