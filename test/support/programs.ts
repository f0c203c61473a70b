/** How to start a program of the repository as a process of its own. */
import { join } from 'node:path'
import { inject } from 'vitest'

/** Node's arguments for a program, by its path from the root of the repository. */
export function program(path: string): string[] {
  return ['--enable-source-maps', join(inject('programs'), path.replace(/\.ts$/, '.js'))]
}
