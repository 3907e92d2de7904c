import type { Text } from '../contracts/text.ts'
import type { DiskQuestion } from '../files/fs.ts'

/** Everything the command line touches besides the files it reads. Injected, so that tests need no process. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal. */
  readonly terminal: boolean
  /** Standard input, for the commands that read it; the process's own when left out. */
  readonly input?: AsyncIterable<Uint8Array>
  out(text: string): void
  err(text: string): void
  /**
   * Takes what a finished check has asked of the disk: as long as the answers stay, so does what it printed. Absent where
   * nothing is kept from one run to the next.
   */
  readonly keep?: (questions: readonly DiskQuestion[]) => void
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
