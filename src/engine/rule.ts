import type { App } from '../app/app.ts'
import type { Condition } from '../evaluate/condition.ts'
import type { Place, Span, Text } from '../text.ts'

/** The hops of a WebSocket on Heroku, in order; `safety` stands beside the chain. */
export const hops = ['push', 'build', 'release', 'boot', 'http', 'handshake', 'message', 'stay', 'safety'] as const
export type Hop = (typeof hops)[number]

export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

export type Area = 'procfile' | 'deps' | 'settings' | 'asgi' | 'app' | 'frontend' | 'engine'
export type RuleId = `${Area}/${string}`

/** Replaces the text of `span` in `file`; an insertion has an empty span. */
export interface Edit {
  readonly file: string
  readonly span: Span
  readonly text: string
  /** The whole file is written back as UTF-8 without a byte order mark, whatever it was. */
  readonly encoding?: 'utf-8'
  /** The file is made (with `text`), removed, or moved (to the path `text`) as a whole; `span` is empty then. */
  readonly action?: 'create' | 'delete' | 'rename'
}

export interface Fix {
  readonly title: Text
  /** `safe`: keeps every behaviour but the broken one. `unsafe`: changes behaviour; asks for consent. */
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly Edit[]
}

export interface Related {
  readonly at: Place
  readonly message: Text
}

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
