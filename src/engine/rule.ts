import type { App } from '../app/app.ts'
import type { Fix } from '../contracts/edit.ts'
import type { Hop } from '../contracts/hop.ts'
import type { Place, Related } from '../contracts/place.ts'
import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'
import type { Condition } from '../evaluate/condition.ts'

export interface Report {
  readonly at: Place
  /** Values for the `{placeholders}` of the message; a Text is rendered in the reader's language. */
  readonly data?: Readonly<Record<string, string | number | Text>>
  readonly related?: readonly Related[]
  readonly fixes?: readonly Fix[]
  /** When the row in the catalogue gives another severity for this case. */
  readonly severity?: Severity
  /** Unknown things the finding rests on: it becomes `possible`, its severity drops one step, and the message names them. */
  readonly when?: readonly Condition[] | Text
  /** Another hop than the rule's, when this case breaks elsewhere. */
  readonly hop?: Hop
  /** The process type it concerns. What breaks another one than `web` and `release` leaves the way of a WebSocket alone. */
  readonly process?: string
  /** What identifies the thing, stable under edits elsewhere: a setting's name, a package, `web`. Part of the fingerprint. */
  readonly symbol?: string
}

export interface Rule<Messages extends string = string> {
  readonly id: RuleId
  readonly hop: Hop
  readonly severity: Severity
  /** Best fix it can offer. */
  readonly fix: 'safe' | 'unsafe' | 'none'
  /** One line for tables: what it finds. */
  readonly summary: Text
  readonly messages: Readonly<Record<Messages, Text>>
  /** What to do about it, one or two sentences; may use the placeholders of the message. */
  readonly mend: Readonly<Record<NoInfer<Messages>, Text>> | Text
  /** Pure. Reports only what is known: what is undetermined stays silent. */
  check(app: App, report: (message: NoInfer<Messages>, finding: Report) => void): void
}

/** Types a rule: message ids are checked against `messages`. */
export function rule<Messages extends string>(definition: Rule<Messages>): Rule {
  return definition as unknown as Rule
}
