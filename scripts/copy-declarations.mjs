// Copies the declarations of generated code into dist: tsc emits none for files that are declarations already.
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
for (const layer of readdirSync(join(home, 'src'))) {
  const folder = join(home, 'src', layer, 'generated')
  if (!existsSync(folder)) continue
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.d.ts')) copyFileSync(join(folder, name), join(home, 'dist', layer, 'generated', name))
  }
}
