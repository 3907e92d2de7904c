import { printable } from '../privacy/printable.ts'
import { attribute } from './escape.ts'
import { byFile, type Format, repositoryPath, sentences } from './report.ts'

/** The XML of Checkstyle, a `file` for each file with findings. Paths start at the repository. */
export const checkstyle: Format = (report, { language, prefix }) => {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">']
  for (const [file, found] of byFile(report)) {
    lines.push(`  <file${attribute('name', printable(repositoryPath(prefix, file)))}>`)
    for (const { finding, start } of found) {
      const attributes = [
        attribute('line', start.line),
        attribute('column', start.column),
        attribute('severity', finding.severity),
        attribute('message', sentences(finding, language)),
        attribute('source', `dynolint.${finding.rule.replace('/', '.')}`),
      ]
      lines.push(`    <error${attributes.join('')}/>`)
    }
    lines.push('  </file>')
  }
  return `${[...lines, '</checkstyle>'].join('\n')}\n`
}
