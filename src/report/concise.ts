import { printable } from '../privacy/printable.ts'
import { type Format, locator, sentence } from './report.ts'

/**
 * One finding per line: `path:line:column: severity rule message`. Nothing else, so that editors' problem matchers and
 * errorformat read it as it is.
 */
export const concise: Format = (report, { language }) => {
  const lines = report.apps.flatMap((app) => {
    const locate = locator(app)
    return app.findings.map((finding) => {
      const { file, start } = locate(finding.at)
      return `${printable(file)}:${start.line}:${start.column}: ${finding.severity} ${finding.rule} ${sentence(finding, language)}\n`
    })
  })
  return lines.join('')
}
