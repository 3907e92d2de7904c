import type { App } from '../app/app.ts'
import { type Config, type Profile, profiles } from '../config/config.ts'
import type { BuildStep } from '../contracts/build-step.ts'
import type { Consequences, Edit, Fix } from '../contracts/edit.ts'
import type { Hop } from '../contracts/hop.ts'
import type { Place, Related } from '../contracts/place.ts'
import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'
import type { Condition } from '../evaluate/condition.ts'
import type { Need, Premise } from './premises.ts'

/** The title of a fix, how safe it is, and what it does besides. */
export type FixRecord = Text & Pick<Fix, 'safety'> & Consequences

/** One thing a rule can say. What it leaves out is the rule's. */
export interface Message {
  readonly severity?: Severity
  /** Where the WebSocket breaks in this case. */
  readonly hop?: Hop
  /** The step of the build that ends there, when nothing is installed yet: the order in which a build meets its errors. */
  readonly step?: BuildStep
  readonly restsOn?: readonly Premise[]
  /** It is about a way in, or about a secret that gets out: code scanning shows it among the alerts of security. */
  readonly security?: true
  /** What is wrong. `{name}` is filled from the report's `data`, here as in `help` and `fix`. */
  readonly text: Text
  /** What to do about it, one or two sentences. */
  readonly help: Text
  /** What `edits` of a report would do, when this case has a fix, and how safe that is. */
  readonly fix?: FixRecord
  /** Another honest way, which `otherEdits` of a report take: whoever applies fixes takes one of the two. */
  readonly otherFix?: FixRecord
}

/** What every report says, whatever the message. */
interface Circumstances {
  readonly at: Place
  readonly related?: readonly Related[] | undefined
  /**
   * Unknown things the finding rests on, besides what the message does: it becomes `possible`, its severity drops one
   * step, and the message names them.
   */
  readonly when?: readonly (Condition | Text)[] | Text | undefined
  /** Where it breaks, when the project decides that and not the message: the first process that imports the settings. */
  readonly hop?: Hop | undefined
  /** The same for what it rests on. */
  readonly restsOn?: readonly Premise[] | undefined
  /** It breaks its hop for a part of the app alone, such as one page of several: what comes behind is reached all the same. */
  readonly partial?: boolean | undefined
  /** The same for whether it is about security. */
  readonly security?: boolean | undefined
  /** The process type it concerns. What breaks another one than `web` and `release` leaves the way of a WebSocket alone. */
  readonly process?: string | undefined
  /** Nothing in the project uses the file that it is about: a remark, whatever it would be elsewhere. */
  readonly unused?: boolean | undefined
  /** What identifies the thing, stable under edits elsewhere: a setting's name, a package, `web`. Part of the fingerprint. */
  readonly symbol?: string
}

/** A Text is rendered in the reader's language. */
type Value = string | number | Text

/** Characters that no placeholder has: `{"address": url}` in a text is an example of code. */
type NoName = ' ' | '"' | '.' | '*' | ':'

/** The names between braces in a text. A text that is no literal has the one name that tells so. */
type Names<T extends string> = string extends T
  ? 'the texts of a message are literals: write `as const`'
  : T extends `${string}{${infer Name}}${infer Rest}`
    ? (Name extends `${string}${NoName}${string}` ? never : Name) | Names<Rest>
    : never

type Written<T> = T extends Text ? T['en' | 'fr'] : never
type Placeholders<M extends Message> = M extends Message
  ? Names<Written<M['text']> | Written<M['help']> | Written<M['fix']> | Written<M['otherFix']>>
  : never

/**
 * What `report` takes for a message, or for several of which one is chosen: exactly the values that their texts name, and
 * edits only where there is a fix.
 */
export type Report<M extends Message> = Circumstances &
  ([Placeholders<M>] extends [never]
    ? { readonly data?: never }
    : { readonly data: { readonly [Name in Placeholders<M>]: Value } }) &
  ([Extract<M, { readonly fix: Text }>] extends [never]
    ? { readonly edits?: never }
    : { readonly edits?: readonly Edit[] | undefined }) &
  ([Extract<M, { readonly otherFix: Text }>] extends [never]
    ? { readonly otherEdits?: never }
    : { readonly otherEdits?: readonly Edit[] | undefined })

/** A report of any message, as the engine reads it. */
export interface AnyReport extends Circumstances {
  readonly data?: Readonly<Record<string, Value>>
  readonly edits?: readonly Edit[] | undefined
  readonly otherEdits?: readonly Edit[] | undefined
}

interface Meta {
  readonly id: RuleId
  /** Of its messages, unless they say otherwise; so are `severity` and `restsOn`. */
  readonly hop: Hop
  readonly severity: Severity
  /** Of its messages, unless they say otherwise. */
  readonly step?: BuildStep
  /** What the project has to be for the rule to be asked at all. */
  readonly needs?: Need
  /** What its findings rest on besides the conditions they name. */
  readonly restsOn?: readonly Premise[]
  /** What its messages of `boot` say breaks the first process that imports the settings, and it hands that hop in. */
  readonly importsSettings?: true
  /** Whether its findings are about security: all of them, or those of which a message or a report says so. */
  readonly security?: 'all' | 'some'
  /** It speaks of the tool’s own files or comments: no hop of the app breaks by it. */
  readonly aside?: true
  /** From which profile on it speaks: from the least when left out. */
  readonly profile?: Exclude<Profile, 'guide'>
  /** One line for tables: what it finds. */
  readonly summary: Text
}

/** A rule as the engine and the tables see it. */
export interface Rule extends Meta {
  readonly messages: Readonly<Record<string, Message>>
  check(app: App, report: (message: string, report: AnyReport) => void): void
}

interface Definition<Messages extends Readonly<Record<string, Message>>> extends Meta {
  readonly messages: Messages
  /** Pure. Reports only what is known: what is undetermined stays silent. */
  check(app: App, report: <Id extends keyof Messages>(message: Id, report: Report<Messages[Id]>) => void): void
}

/** Types a rule: the ids of messages and the values their texts need are checked against `messages`. */
export function rule<const Messages extends Readonly<Record<string, Message>>>(definition: Definition<Messages>): Rule {
  return definition as unknown as Rule
}

/** Whether a configuration has a rule speak: what it says of the rule by name wins over the profile. */
export function isOn({ id, profile }: Pick<Rule, 'id' | 'profile'>, config: Config): boolean {
  if (config.rules[id] === 'off') return false
  return config.named.has(id) || profiles.indexOf(profile ?? 'guide') <= profiles.indexOf(config.profile)
}

/** The safest fix that a rule can offer. */
export function bestFix(rule: Rule): Fix['safety'] | 'none' {
  const fixes = Object.values(rule.messages).map(({ fix }) => fix?.safety)
  return fixes.includes('safe') ? 'safe' : fixes.includes('unsafe') ? 'unsafe' : 'none'
}

/** A message with what it leaves to its rule filled in. */
export interface FullMessage extends Message {
  readonly id: string
  readonly severity: Severity
  readonly hop: Hop
}

/** What a rule can say, for tables: each message with its own severity and hop. */
export function messagesOf(rule: Rule): readonly FullMessage[] {
  return Object.entries(rule.messages).map(([id, message]) => ({
    ...message,
    id,
    severity: message.severity ?? rule.severity,
    hop: message.hop ?? rule.hop,
  }))
}
