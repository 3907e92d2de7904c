import type { Severity } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import type { LineGroup, LogSummary } from './model.ts'

/** A finding as a log report shows it. Positions are 1-based. */
export interface Cause {
  readonly rule: string
  readonly severity: Severity
  readonly certainty: 'certain' | 'possible'
  readonly message: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A group with what the project says about it. */
export interface ExplainedGroup {
  readonly group: LineGroup
  /** Undefined when no project was checked, or no rule could explain it. */
  readonly causes: readonly Cause[] | undefined
  /** The frame's file in the project, as a path from the working directory. */
  readonly at: { readonly file: string; readonly line: number } | undefined
}

export interface LogReport {
  readonly summary: LogSummary
  readonly groups: readonly ExplainedGroup[]
  /** Whether a project was checked. */
  readonly checked: boolean
}

export interface LogOptions {
  readonly version: string
  readonly language: Language
  readonly colour: boolean
  /** Columns of the terminal; a line of the log is shown whole. */
  readonly width: number
  /** Where the pages of the rules are. */
  readonly docs: (rule: string) => string
}

export function nameOf({ meaning: { name } }: LineGroup, language: Language): string {
  return typeof name === 'string' ? name : name[language]
}

/** Groups by severity. */
export function tally(groups: readonly ExplainedGroup[]): Record<Severity, number> {
  const count = { error: 0, warning: 0, info: 0 }
  for (const { group } of groups) count[group.meaning.severity]++
  return count
}
