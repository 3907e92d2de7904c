import { printable } from '../privacy/printable.ts'
import { counted } from './numbers.ts'
import { type Format, locator, sentence } from './report.ts'

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

const others = { en: ['other', 'others'], fr: ['autre', 'autres'] } as const

/** GitHub keeps this many annotations of each kind per step; the rest would vanish without a word. */
const annotationLimit = 10

/**
 * Workflow commands that become annotations on a pull request, most severe first, and one notice that counts those
 * beyond the limit.
 */
export const github: Format = (report, { language }) => {
  const lines: string[] = []
  let beyond = 0
  for (const severity of ['error', 'warning', 'info'] as const) {
    let shown = 0
    for (const app of report.apps) {
      const locate = locator(app)
      for (const finding of app.findings) {
        if (finding.severity !== severity) continue
        if (++shown > annotationLimit) {
          beyond++
          continue
        }
        const { file, start, end } = locate(finding.at)
        const properties = [
          `file=${property(printable(file))}`,
          `line=${start.line}`,
          `endLine=${end.line}`,
          ...(start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
          `title=${property(finding.rule)}`,
        ]
        lines.push(
          `::${commands[severity]} ${properties.join(',')}::${data(`${sentence(finding, language)} ${finding.help[language]}`.trim())}\n`,
        )
      }
    }
  }
  if (beyond > 0) {
    const text =
      language === 'fr'
        ? `et ${counted(beyond, others, 'fr')} : voir le journal de l’étape`
        : `and ${beyond} more: see the log of this step`
    lines.push(`::notice title=dynolint::${data(text)}\n`)
  }
  return lines.join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
