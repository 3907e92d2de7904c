import type { Text } from '../contracts/text.ts'

/** Everything the command line touches besides the files it reads. Injected, so that tests need no process. */
export interface Io {
  readonly cwd: string
  /** The day, as `2026-11-29`, in UTC. */
  readonly today: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal. */
  readonly terminal: boolean
  /** Standard input, for the commands that read it; the process's own when left out. */
  readonly input?: AsyncIterable<Uint8Array>
  /** Asks the person at the terminal for one line; undefined when there is none, or its input has ended. */
  ask?(question: string): Promise<string | undefined>
  out(text: string): void
  err(text: string): void
  /** Whether nobody reads standard output any more: what runs until its input ends can stop. */
  closed?(): boolean
}

/** Exit codes. */
export const exit = {
  /** Nothing at or above --fail-on. */
  clean: 0,
  /** Findings at or above --fail-on. */
  findings: 1,
  /** Usage, configuration or internal error: the result is not to be trusted. */
  trouble: 2,
} as const

/** A mistake in how the tool was called or set up: printed as one line, exit code 2. */
export class UsageError extends Error {
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}
