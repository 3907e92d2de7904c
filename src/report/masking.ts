import type { Fix } from '../contracts/edit.ts'
import type { Text } from '../contracts/text.ts'
import type { Untold } from '../contracts/untold.ts'
import type { Finding } from '../engine/finding.ts'
import { type Masker, maskerOf } from '../privacy/masker.ts'
import { printable, terminal, withoutCommands } from '../privacy/printable.ts'
import { mapTexts } from './overview.ts'
import type { AppReport, Format, RunReport } from './report.ts'

/**
 * The door of the renderers: what a format is given holds no secret of the repository, and what it prints for terminals and
 * CI holds no character of the repository that acts on them.
 */

const maskers = new WeakMap<AppReport['sources'], Masker>()

/** The masker that knows the secrets of an app's files. */
export function maskerFor({ sources }: Pick<AppReport, 'sources'>): Masker {
  const masker = maskers.get(sources) ?? maskerOf(() => sources.values())
  maskers.set(sources, masker)
  return masker
}

/** A format for programs, which escape what they read themselves. */
export const document =
  (format: Format): Format =>
  (report, options) =>
    format(masked(report), options)

/** A report for programs, without secrets. */
export function masked(report: RunReport): RunReport {
  return rewritten(report, false)
}

/** A format for people: every line is one the tool wrote, and only its own addresses stand behind a text. */
export const lines =
  (format: Format): Format =>
  (report, options) =>
    terminal(format(rewritten(report, true), options), options.links ? options.docs('') : undefined)

/** A format in a language of its own (XML, HTML, Markdown), which escapes what it takes; it may be printed in CI. */
export const markup =
  (format: Format): Format =>
  (report, options) =>
    withoutCommands(format(rewritten(report, true), options))

/** A format of commands to a CI runner: its own lines act, and nothing in them. */
export const commands =
  (format: Format): Format =>
  (report, options) =>
    format(rewritten(report, true), options).replaceAll('##[', '#\\x23[')

/** A text rewritten in each language when it is asked for: most formats tell one. */
function inBoth(text: Text, rewrite: (text: string) => string): Text {
  let en: string | undefined
  let fr: string | undefined
  return {
    get en() {
      en ??= rewrite(text.en)
      return en
    },
    get fr() {
      fr ??= rewrite(text.fr)
      return fr
    },
  }
}

/** The report of an app without secrets, for commands that print parts of it. */
export function guarded(app: AppReport): AppReport {
  return rewrittenApp(app, true)
}

/** The report of a run without secrets, for commands that print parts of it. */
export function guardedRun(report: RunReport): RunReport {
  return rewritten(report, true)
}

/** What a command prints of an app in its own form. */
export function guardedText(app: Pick<AppReport, 'sources'>, text: string): string {
  return withoutCommands(terminal(maskerFor(app).mask(text)))
}

function rewritten(report: RunReport, shown: boolean): RunReport {
  // A correction names no app: whatever is secret in one of them is.
  const mask = (text: string): string => report.apps.reduce((out, app) => maskerFor(app).mask(out), text)
  const one = (text: string): string => (shown ? printable(mask(text)) : mask(text))
  const both = (text: Text): Text => inBoth(text, one)
  return {
    ...report,
    apps: report.apps.map((app) => rewrittenApp(app, shown)),
    fixed: report.fixed?.map((file) => ({
      ...file,
      corrections: file.corrections.map((correction) => ({ ...correction, title: both(correction.title) })),
    })),
    withheld: report.withheld?.map((fix) => ({
      ...fix,
      title: both(fix.title),
      because: { ...fix.because, message: both(fix.because.message) },
    })),
  }
}

function rewrittenApp(app: AppReport, shown: boolean): AppReport {
  const { mask } = maskerFor(app)
  const one = (text: string): string => (shown ? printable(mask(text)) : mask(text))
  const both = (text: Text): Text => inBoth(text, one)
  const untold = (one: Untold): Untold => ({ ...one, what: both(one.what), why: both(one.why) })
  const fix = ({ title, edits, ...rest }: Fix): Fix => ({
    ...rest,
    title: both(title),
    edits: edits.map((edit) => ({ ...edit, text: mask(edit.text) })),
  })
  const finding = <F extends Finding>(found: F): F => ({
    ...found,
    message: both(found.message),
    help: both(found.help),
    condition: found.condition && both(found.condition),
    related: found.related.map(({ at, message }) => ({ at, message: both(message) })),
    fixes: found.fixes.map(fix),
  })
  return {
    ...app,
    findings: app.findings.map(finding),
    suppressed: app.suppressed.map((found) => ({
      ...finding(found),
      accepted: { ...found.accepted, reason: one(found.accepted.reason) },
    })),
    filtered: app.filtered.map(({ by, findings }) => ({ by, findings: findings.map(finding) })),
    chain: app.chain.map((link) => ({
      ...link,
      unknowns: link.unknowns.map(untold),
      possible: link.possible.map(finding),
    })),
    undetermined: app.undetermined.map(untold),
    ...(app.overview !== undefined && { overview: mapTexts(app.overview, one) }),
  }
}
