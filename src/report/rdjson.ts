import type { Position } from '../contracts/place.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import { isTextual } from './json.ts'
import {
  type AppReport,
  type Format,
  type Location,
  locator,
  type RenderOptions,
  repositoryPath,
  sentences,
} from './report.ts'

const severities: Record<Severity, 'ERROR' | 'WARNING' | 'INFO'> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' }

/**
 * The Reviewdog Diagnostic Format (reviewdog/proto/rdf/jsonschema). Columns count bytes of UTF-8, unlike everywhere else. A
 * suggestion replaces one range: a correction that needs more is left to `--fix`.
 */
export const rdjson: Format = (report, options) => {
  const diagnostics = report.apps.flatMap((app) => app.findings.map((finding) => diagnosticOf(app, finding, options)))
  const document = { source: { name: 'dynolint', url: options.docs('') }, diagnostics }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function diagnosticOf(app: AppReport, finding: Finding, options: RenderOptions): object {
  const { language, prefix } = options
  const locate = locator(app)
  const range = (location: Location, file: string) => ({
    start: inBytes(app, file, location.start),
    end: inBytes(app, file, location.end),
  })
  const place = (at: Finding['at']) => {
    const location = locate(at)
    return { path: repositoryPath(prefix, location.file), range: range(location, at.file) }
  }
  const suggestions = finding.fixes
    .filter(isTextual)
    .flatMap(({ edits }) => (edits.length === 1 ? edits : []))
    .filter(({ file }) => file === finding.at.file)
    .map(({ file, span, text }) => ({ range: range(locate({ file, span }), file), text }))
  return {
    message: sentences(finding, language),
    location: place(finding.at),
    severity: severities[finding.severity],
    code: { value: finding.rule, url: options.docs(finding.rule) },
    ...(suggestions.length > 0 && { suggestions }),
    ...(finding.related.length > 0 && {
      related_locations: finding.related.map(({ at, message }) => ({
        message: message[language],
        location: place(at),
      })),
    }),
  }
}

function inBytes(app: AppReport, file: string, { line, column }: Position): Position {
  const text = readText(app.tree, file)?.text.split('\n')[line - 1] ?? ''
  return { line, column: Buffer.byteLength(text.slice(0, column - 1), 'utf8') + 1 }
}
