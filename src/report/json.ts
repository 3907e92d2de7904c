import type { Fix } from '../contracts/edit.ts'
import type { ChainLink } from '../engine/chain.ts'
import { fingerprints } from '../engine/fingerprint.ts'
import { hiddenText } from '../privacy/masker.ts'
import {
  type AppReport,
  type FixedFile,
  type Format,
  type Location,
  locator,
  pathIn,
  type RenderOptions,
  summarise,
} from './report.ts'

/** JSON, version 1. Its schema is schemas/report-v1.schema.json; keys are only ever added within a version. */
export const json: Format = (report, options) => {
  const document = {
    version: 1,
    tool: { name: 'dynolint', version: report.version },
    apps: report.apps.map((app) => ({ root: app.root, chain: app.chain.map((link) => linkOf(app, link, options)) })),
    findings: report.apps.flatMap((app) => findingsOf(app, options)),
    undetermined: report.apps.flatMap((app) => undeterminedOf(app, options)),
    summary: summarise(report.apps),
    ...(report.fixed === undefined ? {} : { fixed: report.fixed.map((one) => fixedOf(one, options)) }),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function fixedOf({ file, rules, corrections }: FixedFile, { language }: RenderOptions): unknown {
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
function linkOf(app: AppReport, { hop, state, rules, unknowns, possible }: ChainLink, options: RenderOptions): unknown {
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

function flatStart({ file, start }: Location): Pick<Location, 'file' | 'start'> {
  return { file, start }
}

function findingsOf(app: AppReport, options: RenderOptions): unknown[] {
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
    mend: finding.mend[language],
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
    fingerprint: prints[index],
    docs: options.docs(finding.rule),
  }))
}

function flat({ file, start, end }: Location): Location {
  return { file, start, end }
}

function undeterminedOf(app: AppReport, { language }: RenderOptions): unknown[] {
  const locate = locator(app)
  return app.undetermined.map(({ what, why, at }) => ({
    what: what[language],
    why: why[language],
    file: at === undefined ? null : pathIn(app.root, at.file),
    start: at === undefined ? null : locate(at).start,
  }))
}

/** An edit that would write a secret down is left to `--fix` too. */
const isTextual = (fix: Fix): boolean =>
  fix.edits.every(
    ({ encoding, action, text }) => encoding === undefined && action === undefined && !text.includes(hiddenText),
  )
