import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node'
import { pageUrl } from '../about.generated.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import type { Finding } from '../engine/finding.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { sentence } from '../report/report.ts'
import type { Places } from './places.ts'
import type { Checked } from './project.ts'

export const source = 'dynolint'

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3 }

/** What a client understands of a diagnostic. */
export interface DiagnosticForm {
  readonly language: Language
  readonly related: boolean
}

/** The diagnostics of a project by document. */
export function diagnosticsOf(checked: Checked, places: Places, form: DiagnosticForm): Map<string, Diagnostic[]> {
  const byUri = new Map<string, Diagnostic[]>()
  for (const finding of checked.report.findings) {
    getOrInsert(byUri, places.uri(finding.at.file), (): Diagnostic[] => []).push(diagnosticOf(finding, places, form))
  }
  return byUri
}

export function diagnosticOf(finding: Finding, places: Places, { language, related }: DiagnosticForm): Diagnostic {
  const diagnostic: Diagnostic = {
    range: places.range(finding.at),
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: pageUrl(finding.rule, language) },
    source,
    message: `${sentence(finding, language)}\n${finding.help[language]}`,
  }
  if (related && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ at, message }) => ({
      location: places.location(at),
      message: message[language],
    }))
  }
  return diagnostic
}
