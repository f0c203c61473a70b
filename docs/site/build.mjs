// Builds the site into docs/site/out: the README, the guide, what is inside, and the reference of every entry, by typedoc.
// Fails on warnings, and on links that lead nowhere. Asks nothing of the network.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter, ReflectionKind } from 'typedoc'
import { deadLinks } from './links.mjs'

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const out = join(home, 'docs', 'site', 'out')
const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
/** The name of each entry by its source. */
const entries = new Map(
  Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry, target]) => [join(home, target['@bisik/source']), entry.replace(/^\./, 'bisik')]),
)

/** Documents in the order of the navigation, by their group. */
const GROUPS = {
  Guide: pagesOf('docs/guide'),
  Inside: pagesOf('docs/inside'),
  Project: [
    'examples/README.md',
    'SECURITY.md',
    'docs/threats.md',
    'docs/runtimes.md',
    'docs/consumers.md',
    ...pagesOf('docs/bench'),
    'CHANGELOG.md',
  ],
}

function pagesOf(folder) {
  const names = readdirSync(join(home, folder)).filter((name) => name.endsWith('.md'))
  return names.sort().map((name) => `${folder}/${name}`)
}

/** Words by which a comment sends its reader to a file: none is at hand beside a published type. */
const ELSEWHERE = /head of (?:this|the) (?:module|file)|`[\w/-]+\.(?:ts|mjs)`|[\w-]+\.test\.ts/

function textOf(comment) {
  const parts = [...(comment?.summary ?? []), ...(comment?.blockTags ?? []).flatMap(({ content }) => content)]
  return parts.map(({ text }) => text).join('')
}

const app = await Application.bootstrap({
  name: 'bisik',
  readme: join(home, 'README.md'),
  entryPoints: [...entries.keys()],
  projectDocuments: Object.values(GROUPS)
    .flat()
    .map((path) => join(home, path)),
  tsconfig: join(home, 'tsconfig.json'),
  basePath: home,
  // There is no public address that a line of the sources could be linked to.
  disableSources: true,
  // What a signature names and no entry exports is listed, with its text, in api/*.md.
  validation: { notExported: false },
  treatWarningsAsErrors: true,
  sort: ['kind', 'alphabetical-ignoring-documents'],
  groupOrder: [...Object.keys(GROUPS), 'Modules', '*'],
  navigation: { includeGroups: true },
  out,
})

// A document is named by its heading, and a module by what is written behind `from`.
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
  const path = relative(home, document.project.files.getReflectionPath(document))
  const [group] = Object.entries(GROUPS).find(([, paths]) => paths.includes(path))
  const [begin] = document.content
  const [heading, title] = /^\s*# (.+)\n/.exec(begin.text)
  begin.text = begin.text.slice(heading.length)
  document.name = title
  document.frontmatter.group = group
})
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, declaration) => {
  if (declaration.kind === ReflectionKind.Module) declaration.name = entries.get(context.project.files.getReflectionPath(declaration))
})

const project = await app.convert()
if (project !== undefined) {
  app.validate(project)
  for (const { name, comment } of Object.values(project.reflections)) {
    const place = ELSEWHERE.exec(textOf(comment))?.[0]
    if (place !== undefined) app.logger.warn(`The comment of ${name} sends its reader to what is not published: ${place}`)
  }
  await app.generateDocs(project, out)
}
if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1)
const dead = deadLinks(out)
for (const link of dead) console.error(`dead link in ${link}`)
console.log(
  `${readdirSync(out, { recursive: true }).filter((path) => path.endsWith('.html')).length} pages in docs/site/out, ${dead.length} dead links`,
)
process.exitCode = dead.length > 0 ? 1 : 0
