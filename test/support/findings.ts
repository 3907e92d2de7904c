import type { Language } from '../../src/contracts/text.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { readText } from '../../src/files/tree.ts'
import { codeFrame } from '../../src/report/code-frame.ts'
import { maskerFor } from '../../src/report/masking.ts'
import { type AppReport, locator } from '../../src/report/report.ts'
import { diffOf } from './fixed.ts'

const words = {
  en: {
    error: 'error',
    warning: 'warning',
    info: 'info',
    possible: 'possible',
    beside: 'beside the chain',
    when: 'when',
    help: 'help: ',
    fix: 'fix: ',
    unsafe: ' (changes behaviour)',
  },
  fr: {
    error: 'erreur',
    warning: 'avertissement',
    info: 'info',
    possible: 'possible',
    beside: 'hors de la chaîne',
    when: 'quand',
    help: 'remède : ',
    fix: 'correction : ',
    unsafe: ' (change le comportement)',
  },
} satisfies Record<Language, Record<string, string>>

/**
 * Findings as a page shows them: everything a reader of any report gets to see, each fix as the change it makes.
 * Lines without a final line end.
 */
export function showFindings(app: AppReport, findings: readonly Finding[], language: Language): string {
  return findings.map((finding) => showFinding(app, finding, language).join('\n')).join('\n\n')
}

function showFinding(app: AppReport, finding: Finding, language: Language): string[] {
  const say = words[language]
  const locate = locator(app)
  const place = ({ file, start }: ReturnType<typeof locate>) => `${file}:${start.line}:${start.column}`
  const marks = [
    finding.hop,
    ...(finding.certainty === 'possible' ? [say.possible] : []),
    ...(finding.beside ? [say.beside] : []),
  ]
  const source = readText(app.tree, finding.at.file)
  const { hidden } = maskerFor(app)
  return [
    `${place(locate(finding.at))} ${say[finding.severity]} ${finding.rule} (${marks.join(', ')})`,
    `  ${finding.message[language]}`,
    ...(finding.condition === undefined ? [] : [`  ${say.when} ${finding.condition[language]}`]),
    ...(source === undefined
      ? []
      : codeFrame(source, finding.at.span, { mark: String, dim: String, hidden }).map((line) => line.trimEnd())),
    ...finding.related.map(({ at, message }) => `  ${place(locate(at))}: ${message[language]}`),
    ...(finding.help[language] === '' ? [] : [`  ${say.help}${finding.help[language]}`]),
    ...finding.fixes.flatMap((fix) => [
      `  ${say.fix}${fix.title[language]}${fix.safety === 'unsafe' ? say.unsafe : ''}`,
      diffOf(app.tree, fix),
    ]),
  ]
}
