/** Starts the programs of this machine and ends them: by their handle, after a limit of time, whatever happens. */
import { type ChildProcess, spawn } from 'node:child_process'

/** What a program gets, and how long it may take. */
export interface ProgramOptions {
  readonly folder: string
  /** Beside that of this process. */
  readonly environment?: Readonly<Record<string, string>>
  /** Milliseconds; default three minutes. */
  readonly patience?: number
}

const PATIENCE = 180_000

/** Runs a program to its end. @returns what it printed on its output. @throws Error with its last words. */
export async function printed(
  command: string,
  parameters: readonly string[],
  { folder, environment, patience = PATIENCE }: ProgramOptions,
): Promise<string> {
  const child = spawn(command, parameters, { cwd: folder, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let words = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  try {
    const ending = await ended(child)
    if (ending !== 0) throw new Error(`${command} ended with ${ending}\n${output.slice(-1000)}\n${words.slice(-3000)}`)
    return output
  } finally {
    clearTimeout(timer)
  }
}

/** Lends a server that runs as a program to `use`, once it has said on its output what `ready` looks for. */
export async function withServer<T>(
  [command, ...parameters]: readonly [string, ...string[]],
  { folder, environment, patience = PATIENCE, ready }: ProgramOptions & { readonly ready: RegExp },
  use: (found: string) => Promise<T>,
): Promise<T> {
  const child = spawn(command, parameters, { cwd: folder, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const end = ended(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  try {
    const found = new Promise<string>((resolve) => {
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const [, group] = ready.exec(output) ?? []
        if (group !== undefined) resolve(group)
      })
    })
    const early = end.then((code): never => {
      throw new Error(`${command} ended with ${code}`)
    })
    return await use(await Promise.race([found, early]))
  } finally {
    clearTimeout(timer)
    child.kill('SIGTERM')
    await end.catch(() => {})
  }
}

function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
}
