import type { Hop } from '../../contracts/hop.ts'
import type { RuleId } from '../../contracts/rule-id.ts'
import type { Severity } from '../../contracts/severity.ts'
import type { Text } from '../../contracts/text.ts'
import type { Meaning } from '../model.ts'

/** An error that a line of the app's output, or the last line of a traceback, is recognised by. */
export interface ErrorEntry extends Meaning {
  /** Its first group, when it has one, is what the error is about. */
  readonly pattern: RegExp
  /** Must be found too, in the whole incident: lines, chained exceptions, files of the frames. */
  readonly also: RegExp | undefined
}

interface Row {
  readonly name: string | Text
  readonly severity?: Severity
  readonly hop: Hop | undefined
  readonly pattern: RegExp
  readonly also?: RegExp
  readonly about?: Meaning['about']
  readonly meaning: Text
  readonly rules?: readonly RuleId[]
}

/** Rows of one table; an error unless it says otherwise. The order matters: the first that fits is taken. */
export function errors(rows: Readonly<Record<string, Row>>): ErrorEntry[] {
  return Object.entries(rows).map(([id, row]) => ({
    id,
    kind: 'application',
    name: row.name,
    severity: row.severity ?? 'error',
    hop: row.hop,
    meaning: row.meaning,
    rules: row.rules ?? [],
    pattern: row.pattern,
    also: row.also,
    about: row.about,
  }))
}
