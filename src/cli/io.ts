import type { Language, Text } from '../contracts/text.ts'

export { UsageError } from '../contracts/usage-error.ts'

/** Everything the command line touches besides the files it reads. Injected, so that tests need no process. */
export interface Io {
  readonly cwd: string
  /** The day, as `2026-11-29`, in UTC. */
  readonly today: string
  /** The day whenever it is asked, for what runs for days. */
  readonly clock?: () => string
  /** Milliseconds since the process started, for `--statistics`; without it no time passes. */
  readonly now?: () => number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal. */
  readonly terminal: boolean
  /** How wide that terminal is. */
  readonly columns?: number | undefined
  /** How many lines it shows. */
  readonly rows?: number | undefined
  /** Standard input, for the commands that read it; the process's own when left out. */
  readonly input?: AsyncIterable<Uint8Array>
  /** Asks the person at the terminal for one line; undefined when there is none, or its input has ended. */
  ask?(question: string): Promise<string | undefined>
  out(text: string): void
  err(text: string): void
  /** Shows a long text to a person, a screen at a time; undefined: nobody could turn the pages. */
  page?(text: string): Promise<void>
  /**
   * Shows a line on standard error that the next one replaces; undefined takes it away. Left out where nobody looks: standard
   * error is no terminal, or a CI runner’s.
   */
  status?(text: string | undefined): void
  /** Whether nobody reads standard output any more: what runs until its input ends can stop. */
  closed?(): boolean
}

/** Whether somebody says how many columns there are: what goes to a file or a program is left as it is. */
export const isTold = ({ env, columns }: Pick<Io, 'env' | 'columns'>): boolean =>
  columns !== undefined || env.COLUMNS !== undefined

/** Columns to write in: COLUMNS, else the terminal's, else 80; never so many that lines are hard to read. */
export function widthOf({ env, columns }: Pick<Io, 'env' | 'columns'>): number {
  const said = Number(env.COLUMNS)
  // A terminal that programs give to others, as pre-commit does, may have no width.
  const width = Number.isInteger(said) && said > 0 ? said : columns || 80
  return Math.max(40, Math.min(width, 120))
}

/** The line that tells what is wrong with what was asked. */
export function problem({ text }: { readonly text: Text }, language: Language): string {
  return language === 'fr' ? `dynolint\u00a0: ${text.fr}\n` : `dynolint: ${text.en}\n`
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
