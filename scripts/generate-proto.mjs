// Makes the tables of wire/, records/ and migration/ from proto/: one module for each .proto file, with the fields of its messages and their types.
//   node scripts/generate-proto.mjs           write them
//   node scripts/generate-proto.mjs --check   exit 1 when the committed files differ from what proto/ gives
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const check = process.argv.includes('--check')

/** The folder of each .proto file's table: disk is not network, and libsignal's records are neither. */
const FOLDERS = {
  'src/wire/schema': ['wire', 'content', 'envelope', 'bundle', 'sealed-sender', 'fingerprint', 'device-list', 'roster'],
  'src/records/schema': ['records'],
  'src/migration/schema': ['libsignal-records', 'libsignal-spqr'],
}

const TYPES = { bytes: 'Bytes', string: 'string', bool: 'boolean' }
/** Scalars of which a list is packed. */
const WIRE_NUMBERS = new Set(['uint32', 'int32', 'uint64', 'fixed64', 'double', 'bool'])
const isPart = ({ resolvedType }) => resolvedType instanceof protobuf.Type

let different = false
for (const [folder, names] of Object.entries(FOLDERS)) {
  const wanted = new Map(names.map((name) => [`${name}.ts`, moduleOf(name, '../'.repeat(folder.split('/').length - 1))]))
  const target = join(home, folder)
  const stale = existsSync(target) ? readdirSync(target).filter((file) => !wanted.has(file)) : []
  for (const file of stale) report(join(folder, file), () => rmSync(join(target, file)))
  for (const [file, text] of wanted) {
    const path = join(target, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    report(join(folder, file), () => {
      mkdirSync(target, { recursive: true })
      writeFileSync(path, text)
    })
  }
}
process.exitCode = different ? 1 : 0

function report(file, mend) {
  if (!check) return mend()
  different = true
  console.error(`${file} is not what proto/ gives: run "npm run gen" and commit the result`)
}

function moduleOf(name, up) {
  const root = new protobuf.Root()
  root.resolvePath = (_, path) => join(home, 'proto', `${path.replace(/^.*\//, '').replace(/\.proto$/, '')}.proto`)
  root.loadSync(name)
  root.resolveAll()
  const file = root.resolvePath('', name)
  const own = everythingIn(root).filter(({ filename }) => filename === file)
  const types = own.filter((one) => one instanceof protobuf.Type)
  const fields = types.flatMap(({ fieldsArray }) => fieldsArray)
  const foreign = [...new Set(fields.filter(isPart).map(({ resolvedType }) => resolvedType))].filter(({ filename }) => filename !== file)
  const lines = [
    `/** The messages of proto/${name}.proto as tables of fields. Made by "npm run gen": change the .proto file. */`,
    ...(fields.some(({ type }) => type === 'bytes') ? [`import type { Bytes } from '${up}bytes.js'`] : []),
    `import { MessageType } from '${up}codec/message.js'`,
    ...foreign.map((type) => `import { ${type.name} } from './${basename(type.filename, '.proto')}.js'`),
    '',
  ]
  for (const one of own) if (one instanceof protobuf.Enum) lines.push(...enumOf(one), '')
  for (const type of sorted(types)) if (!foreign.includes(type)) lines.push(...tableOf(type), '')
  return lines.join('\n')
}

function everythingIn(namespace) {
  return (namespace.nestedArray ?? []).flatMap((one) => [one, ...everythingIn(one)])
}

/** A message comes after the messages that are part of it. */
function sorted(types) {
  const done = new Set()
  const visit = (type) => {
    for (const { resolvedType } of type.fieldsArray)
      if (resolvedType instanceof protobuf.Type && !done.has(resolvedType)) visit(resolvedType)
    done.add(type)
  }
  for (const type of types) if (!done.has(type)) visit(type)
  return [...done]
}

function enumOf({ name, values }) {
  const type = Object.keys(values)
    .map((key) => `readonly ${key}: ${values[key]}`)
    .join('; ')
  const value = Object.entries(values)
    .map(([key, number]) => `${key}: ${number}`)
    .join(', ')
  return [`export const ${name}: { ${type} } = { ${value} }`]
}

function tableOf({ name, fieldsArray }) {
  const fields = [...fieldsArray].sort((a, b) => a.id - b.id)
  return [
    `export interface ${name} {`,
    ...fields.map((field) => `  readonly ${field.name}: ${typeOf(field)}`),
    '}',
    `export const ${name}: MessageType<${name}> = new MessageType<${name}>(`,
    '  (of) => ({',
    ...fields.map((field, i) => `    ${field.name}: of[${i}],`),
    '  }),',
    `  (of) => [${fields.map(({ name }) => `of.${name}`).join(', ')}],`,
    '  [',
    ...fields.map((field) => `    [${field.id}, ${kindOf(field)}, '${ruleOf(field)}'${choiceOf(field)}],`),
    '  ],',
    ')',
  ]
}

function kindOf(field) {
  if (isPart(field)) return field.resolvedType.name
  return field.resolvedType ? `'int32'` : `'${field.type}'`
}

function choiceOf({ partOf }) {
  return partOf && !partOf.isProto3Optional ? `, '${partOf.name}'` : ''
}

function typeOf(field) {
  const type = isPart(field) ? field.resolvedType.name : (TYPES[field.type] ?? 'number')
  if (field.repeated) return `readonly ${type}[]`
  return ruleOf(field) === 'optional' ? `${type} | null` : type
}

function ruleOf(field) {
  if (field.required) return 'required'
  if (field.repeated) return field.packed && WIRE_NUMBERS.has(field.type) ? 'packed' : 'repeated'
  return field.hasPresence || isPart(field) ? 'optional' : 'implicit'
}
