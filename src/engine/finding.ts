import { isBeside } from '../app/hops.ts'
import type { BuildStep } from '../contracts/build-step.ts'
import type { Fix } from '../contracts/edit.ts'
import type { Hop } from '../contracts/hop.ts'
import type { Place, Related } from '../contracts/place.ts'
import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import { severities } from '../contracts/severity.ts'
import type { Language, Text } from '../contracts/text.ts'
import type { AnyReport, Message, Rule } from './rule.ts'

/** What a rule found, complete: both languages, severity after certainty and configuration. Places are relative to the app's root. */
export interface Finding {
  readonly rule: RuleId
  /** Which of the rule's messages it is. */
  readonly kind: string
  readonly hop: Hop
  /** Of a build that ends before anything is installed: where it does. */
  readonly step?: BuildStep | undefined
  readonly severity: Severity
  readonly certainty: 'certain' | 'possible'
  /** What it depends on, when only possible. */
  readonly condition: Text | undefined
  readonly message: Text
  readonly help: Text
  readonly at: Place
  readonly related: readonly Related[]
  readonly fixes: readonly Fix[]
  /** It breaks a process that no WebSocket passes: the chain of hops does not count it. */
  readonly beside: boolean
  /** It breaks its hop for a part of the app alone. */
  readonly partial?: boolean
  /** It is about a way in, or about a secret that gets out. */
  readonly security: boolean
  /** The thing it is about, part of the fingerprint. */
  readonly symbol: string
}

/** A finding that a comment or the configuration accepts, and why. */
export interface SuppressedFinding extends Finding {
  readonly accepted: { readonly by: 'comment' | 'configuration'; readonly reason: string }
}

type Data = NonNullable<AnyReport['data']>

/** Makes a finding of a rule's report, which holds under `condition`. Throws for a message or a fix that the rule has not. */
export function findingOf(rule: Rule, messageId: string, report: AnyReport, condition?: Text): Finding {
  const message = rule.messages[messageId]
  if (message === undefined) throw new Error(`${rule.id} has no message ${messageId}`)
  const { data = {} } = report
  const severity = message.severity ?? rule.severity
  return {
    rule: rule.id,
    kind: messageId,
    hop: report.hop ?? message.hop ?? rule.hop,
    step: message.step ?? rule.step,
    severity: report.unused ? 'info' : condition === undefined ? severity : lowered(severity),
    certainty: condition === undefined ? 'certain' : 'possible',
    condition,
    message: render(message.text, data),
    help: render(message.help, data),
    at: report.at,
    related: report.related ?? [],
    fixes: fixesOf(rule, messageId, message, report),
    beside: rule.aside === true || isBeside(report.process),
    ...(report.partial === true && { partial: true }),
    security: rule.security === 'all' || (report.security ?? message.security ?? false),
    symbol: report.symbol ?? '',
  }
}

function fixesOf(rule: Rule, messageId: string, message: Message, report: AnyReport): Fix[] {
  const { edits = [], otherEdits = [], data = {} } = report
  const ways = [
    { record: message.fix, edits },
    { record: message.otherFix, edits: otherEdits },
  ]
  return ways.flatMap(({ record, edits }) => {
    if (edits.length === 0) return []
    if (record === undefined) throw new Error(`${rule.id} gives edits with ${messageId}, which has no fix`)
    const { en, fr, ...rest } = record
    return [{ ...rest, title: render({ en, fr }, data), edits }]
  })
}

/** One step down: what depends on something unknown is less severe. */
function lowered(severity: Severity): Severity {
  return severities[Math.min(severities.indexOf(severity) + 1, severities.length - 1)] as Severity
}

function render(text: Text, data: Data): Text {
  return { en: fill(text.en, inLanguage(data, 'en')), fr: fill(text.fr, inLanguage(data, 'fr')) }
}

function inLanguage(data: Data, language: Language): Record<string, string | number> {
  const out: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(data)) out[key] = typeof value === 'object' ? value[language] : value
  return out
}

/** `text` with each `{name}` replaced by `data.name`; an unknown name stays as written. */
function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in data ? String(data[name]) : whole))
}

/** Order of a report: by file, position, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.at.file, b.at.file) ||
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message.en, b.message.en)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
