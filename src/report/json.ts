import type { Fix } from '../contracts/edit.ts'
import type { ChainLink } from '../engine/chain.ts'
import { fingerprints } from '../engine/fingerprint.ts'
import { hiddenText } from '../privacy/masker.ts'
import type { JsonFinding, JsonFixed, JsonLink, JsonReport, JsonSuppressed, JsonUnknown } from './json-report.ts'
import {
  type AppReport,
  type Filter,
  type FixedFile,
  type Format,
  filteredBy,
  type Location,
  locator,
  pathIn,
  type RenderOptions,
  type RunReport,
  summarise,
} from './report.ts'

const filters: readonly Filter[] = ['files', 'rules', 'since', 'baseline']

/** JSON, version 1. Its schema is schemas/report-v1.schema.json; keys are only ever added within a version. */
export const json: Format = (report, options) => `${JSON.stringify(jsonReport(report, options), undefined, 2)}\n`

/** The report as a document. */
export function jsonReport(report: RunReport, options: RenderOptions): JsonReport {
  return {
    version: 1,
    tool: { name: 'dynolint', version: report.version },
    apps: report.apps.map((app) => ({ root: app.root, chain: app.chain.map((link) => linkOf(app, link, options)) })),
    findings: report.apps.flatMap((app) => findingsOf(app, options)),
    undetermined: report.apps.flatMap((app) => undeterminedOf(app, options)),
    summary: summarise(report.apps),
    filtered: filters.flatMap((by) => {
      const findings = filteredBy(report.apps, by)
      return findings.length === 0 ? [] : [{ by, ...summarise([{ findings }]) }]
    }),
    ...(report.baseline === undefined ? {} : { baseline: report.baseline }),
    suppressed: report.apps.flatMap((app) => suppressedOf(app, options)),
    ...(report.fixed === undefined ? {} : { fixed: report.fixed.map((one) => fixedOf(one, options)) }),
  }
}

function fixedOf({ file, rules, corrections }: FixedFile, { language }: RenderOptions): JsonFixed {
  return {
    file,
    rules,
    corrections: corrections.map(({ title, ...rest }) => ({ title: title[language], ...rest })),
  }
}

/**
 * `state` keeps the four values that version 1 began with; `detail` tells apart what has come to them since. `reasons` says
 * why a hop is undetermined.
 */
function linkOf(
  app: AppReport,
  { hop, state, rules, unknowns, possible }: ChainLink,
  options: RenderOptions,
): JsonLink {
  const { language } = options
  const locate = locator(app)
  return {
    hop,
    state: state === 'warned' ? 'holds' : state === 'not-reached' ? 'undetermined' : state,
    rules,
    detail: state === 'warned' || state === 'not-reached' ? state : null,
    reasons: [
      ...possible.map((finding) => ({
        what: finding.rule,
        why: finding.condition?.[language] ?? '',
        remedy: null,
        ...flatStart(locate(finding.at)),
      })),
      ...unknowns.map(({ what, why, at, remedy }) => ({
        what: what[language],
        why: why[language],
        remedy: remedy ?? null,
        ...(at === undefined ? { file: null, start: null } : flatStart(locate(at))),
      })),
    ],
  }
}

function suppressedOf(app: AppReport, { language }: RenderOptions): JsonSuppressed[] {
  const locate = locator(app)
  return app.suppressed.map(({ rule, severity, message, at, accepted }) => ({
    rule,
    severity,
    message: message[language],
    ...flat(locate(at)),
    by: accepted.by,
    reason: accepted.reason,
  }))
}

function flatStart({ file, start }: Location): Pick<Location, 'file' | 'start'> {
  return { file, start }
}

function findingsOf(app: AppReport, options: RenderOptions): JsonFinding[] {
  const { language } = options
  const locate = locator(app)
  const prints = fingerprints(app.tree, app.findings)
  return app.findings.map((finding, index) => ({
    rule: finding.rule,
    hop: finding.hop,
    severity: finding.severity,
    certainty: finding.certainty,
    condition: finding.condition?.[language] ?? null,
    message: finding.message[language],
    help: finding.help[language],
    ...flat(locate(finding.at)),
    related: finding.related.map((related) => ({ ...flat(locate(related.at)), message: related.message[language] })),
    // What no text edit can say (another encoding, a file made or removed) is left to `--fix`.
    fixes: finding.fixes.filter(isTextual).map((fix) => ({
      title: fix.title[language],
      safety: fix.safety,
      ...(fix.changes && { changes: fix.changes[language] }),
      ...(fix.needs && { needs: fix.needs[language] }),
      ...(fix.costs && { costs: fix.costs[language] }),
      edits: fix.edits.map((edit) => ({ ...flat(locate({ file: edit.file, span: edit.span })), text: edit.text })),
    })),
    fingerprint: prints[index] as string,
    docs: options.docs(finding.rule),
  }))
}

function flat({ file, start, end }: Location): Location {
  return { file, start, end }
}

function undeterminedOf(app: AppReport, { language }: RenderOptions): JsonUnknown[] {
  const locate = locator(app)
  return app.undetermined.map(({ what, why, at }) => ({
    what: what[language],
    why: why[language],
    file: at === undefined ? null : pathIn(app.root, at.file),
    start: at === undefined ? null : locate(at).start,
  }))
}

/** An edit that would write a secret down is left to `--fix` too. */
export const isTextual = (fix: Fix): boolean =>
  fix.edits.every(
    ({ encoding, action, text }) => encoding === undefined && action === undefined && !text.includes(hiddenText),
  )
