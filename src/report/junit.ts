import { printable } from '../privacy/printable.ts'
import { attribute, xml } from './escape.ts'
import { type AppReport, type Format, locator, type RenderOptions, repositoryPath, sentence } from './report.ts'

/**
 * JUnit XML: a suite for each app, a case for each finding. An error is a failure; a warning or a note is a case that was
 * skipped, since readers of the format know nothing between. An app without findings has one case that passed.
 */
export const junit: Format = (report, options) => {
  const suites = report.apps.map((app) => suiteOf(app, options))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dynolint"${counts(report.apps)}>\n${suites.join('')}</testsuites>\n`
}

function counts(apps: readonly AppReport[]): string {
  const findings = apps.flatMap((app) => app.findings)
  const failures = findings.filter(({ severity }) => severity === 'error').length
  const passed = apps.filter((app) => app.findings.length === 0).length
  return `${attribute('tests', findings.length + passed)}${attribute('failures', failures)}${attribute('errors', 0)}${attribute('skipped', findings.length - failures)} time="0"`
}

function suiteOf(app: AppReport, options: RenderOptions): string {
  const { language, prefix } = options
  const locate = locator(app)
  const root = repositoryPath(prefix, app.root)
  const name = root === '' ? '.' : printable(root)
  const cases = app.findings.map((finding) => {
    const { file, start } = locate(finding.at)
    const path = printable(repositoryPath(prefix, file))
    const head = `    <testcase${attribute('name', `${finding.rule} (${path}:${start.line})`)}${attribute('classname', path)}${attribute('file', path)}${attribute('line', start.line)} time="0">`
    const message = attribute('message', sentence(finding, language))
    const body = xml(
      [`${path}:${start.line}:${start.column}`, finding.help[language], options.docs(finding.rule)]
        .filter((line) => line !== '')
        .join('\n'),
    )
    const inner =
      finding.severity === 'error'
        ? `<failure${attribute('type', finding.rule)}${message}>${body}</failure>`
        : `<skipped${message}/>`
    return `${head}${inner}</testcase>\n`
  })
  if (cases.length === 0) cases.push(`    <testcase name="dynolint"${attribute('classname', name)} time="0"/>\n`)
  return `  <testsuite${attribute('name', name)}${counts([app])}>\n${cases.join('')}  </testsuite>\n`
}
