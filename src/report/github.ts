import { printable } from '../privacy/printable.ts'
import { commandData, commandProperty } from './escape.ts'
import { counted } from './numbers.ts'
import { type Format, locator, repositoryPath, sentences } from './report.ts'

const commands = { error: 'error', warning: 'warning' } as const

const others = { en: ['other', 'others'], fr: ['autre', 'autres'] } as const

/** GitHub keeps this many annotations of each kind per step; the rest would vanish without a word. */
const annotationLimit = 10

/**
 * Workflow commands that become annotations on a pull request: the first errors and warnings, most severe first, and one
 * notice that counts what the log alone has. Paths start at the repository.
 */
export const github: Format = (report, { language, prefix }) => {
  const lines: string[] = []
  for (const severity of ['error', 'warning'] as const) {
    const all = report.apps.flatMap((app) => {
      const locate = locator(app)
      return app.findings
        .filter((finding) => finding.severity === severity)
        .map((finding) => {
          const { file, start, end } = locate(finding.at)
          const properties = [
            `file=${commandProperty(printable(repositoryPath(prefix, file)))}`,
            `line=${start.line}`,
            `endLine=${end.line}`,
            ...(start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
            `title=${commandProperty(finding.rule)}`,
          ]
          return `::${commands[severity]} ${properties.join(',')}::${commandData(sentences(finding, language))}\n`
        })
    })
    lines.push(...all.slice(0, annotationLimit))
  }
  const beyond = report.apps.reduce((sum, { findings }) => sum + findings.length, 0) - lines.length
  if (beyond > 0) {
    const text =
      language === 'fr'
        ? `et ${counted(beyond, others, 'fr')} : voir le journal de l’étape et le résumé de la tâche`
        : `and ${beyond} more: see the log of this step and the summary of the job`
    lines.push(`::notice title=dynolint::${commandData(text)}\n`)
  }
  return lines.join('')
}
