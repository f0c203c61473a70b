/** What a tool is asked, and what came of it. */

export interface Outcome {
  /** What was checked, by name: in the page that the tool built, or by the tests that it ran. */
  readonly checks?: readonly string[]
  /** Of what a browser loads for the page, in bytes after gzip. */
  readonly weight?: number
  /** What the table says in place of the number of checks. */
  readonly result?: string
  readonly error?: string
}

/** One line of the table. */
export interface Consumer {
  /** For `--only`. */
  readonly name: string
  readonly title: string
  /** The package whose version the table gives; none for what is not installed here. */
  readonly tool?: string
  readonly run: (workspace: Workspace) => Promise<Outcome>
}

/** A folder with the packed package and the sources of an application, and the tools in a folder above it. */
export interface Workspace {
  readonly folder: string
  /** Runs a script of the installed tools under this Node. @returns what it printed. @throws Error with its last words. */
  readonly tool: (script: string, parameters: readonly string[], environment?: Environment) => Promise<string>
}

export type Environment = Readonly<Record<string, string>>
