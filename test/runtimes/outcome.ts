/** What a runtime says of itself after the suite. */

/** Milliseconds for one message, by step. */
export type Milliseconds = Readonly<Record<string, number>>

export interface Results {
  readonly checks: number
  readonly inMemory: Milliseconds
  /** Of a runtime that has a store of its own. */
  readonly onStore?: Milliseconds
}

export interface Outcome {
  /** Of the runtime. */
  readonly version?: string
  /** What kept the accounts. */
  readonly store?: string
  readonly results?: Results
  /** For a compiler without a VM: what it made. */
  readonly compiled?: string
  readonly error?: string
}

/** One runtime of the table. */
export interface Runtime {
  /** For `--only`. */
  readonly name: string
  readonly title: string
  readonly run: (workspace: Workspace) => Promise<Outcome>
}

/** A folder with the packed package and the suite, as an application has them. */
export interface Workspace {
  readonly folder: string
  /** Bundles a file of the folder for a runtime that takes one script; its path. */
  readonly bundle: (entry: string, options: BundleOptions) => Promise<string>
}

export interface BundleOptions {
  readonly format: 'iife' | 'esm'
  readonly conditions: readonly string[]
  readonly external?: readonly string[]
}
