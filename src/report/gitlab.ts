import type { Severity } from '../contracts/severity.ts'
import { fingerprints } from '../engine/fingerprint.ts'
import { type Format, locator, pathIn, repositoryPath, sentences } from './report.ts'

const severities: Record<Severity, 'info' | 'minor' | 'major' | 'critical' | 'blocker'> = {
  error: 'critical',
  warning: 'major',
  info: 'info',
}

/**
 * The Code Quality report of GitLab, a subset of Code Climate’s. Items of one fingerprint are shown once: it holds the path
 * from the repository, and no line.
 */
export const gitlab: Format = (report, { language, prefix }) => {
  const items = report.apps.flatMap((app) => {
    const locate = locator(app)
    const prints = fingerprints(app.tree, app.findings, (file) => repositoryPath(prefix, pathIn(app.root, file)))
    return app.findings.map((finding, index) => {
      const { file, start, end } = locate(finding.at)
      return {
        description: sentences(finding, language),
        check_name: finding.rule,
        fingerprint: prints[index],
        severity: severities[finding.severity],
        location: { path: repositoryPath(prefix, file), lines: { begin: start.line, end: end.line } },
      }
    })
  })
  return `${JSON.stringify(items, undefined, 2)}\n`
}
