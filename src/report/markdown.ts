import { severityNames } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'
import { printable } from '../privacy/printable.ts'
import { codeSpan, markdown as escaped } from './escape.ts'
import { filteredLines } from './filtered.ts'
import { marks } from './marks.ts'
import {
  type AppReport,
  type Format,
  locator,
  type RenderOptions,
  repositoryPath,
  sentence,
  summarise,
} from './report.ts'

const words = {
  severity: { en: 'severity', fr: 'sévérité' },
  place: { en: 'place', fr: 'endroit' },
  rule: { en: 'rule', fr: 'règle' },
  what: { en: 'what, and what to do', fr: 'quoi, et que faire' },
  nothing: { en: 'Nothing found.', fr: 'Rien à signaler.' },
} satisfies Record<string, Text>

/** For a comment or the summary of a job: for each app its chain, and a table of its findings. Paths start at the repository. */
export const markdown: Format = (report, options) => {
  const several = report.apps.length > 1
  const parts = report.apps.map((app) => {
    const title = several ? `## ${escaped(printable(app.root))}\n\n` : ''
    return `${title}${chainOf(app)}\n\n${tableOf(app, options)}`
  })
  const { error, warning, info } = summarise(report.apps)
  const fr = options.language === 'fr'
  const total = fr
    ? `${error} ${error > 1 ? 'erreurs' : 'erreur'}, ${warning} ${warning > 1 ? 'avertissements' : 'avertissement'}, ${info} ${info > 1 ? 'infos' : 'info'}`
    : `${error} ${error === 1 ? 'error' : 'errors'}, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${info} info`
  const beside = filteredLines(report, options.language).map((line) => `\n${escaped(line)}\n`)
  return `# dynolint\n\n${parts.join('\n')}\n${total}\n${beside.join('')}`
}

/** `push ✓ → build ✗ → …` */
function chainOf(app: AppReport): string {
  const way = app.chain.filter(({ hop }) => hop !== 'safety').map(({ hop, state }) => `${hop} ${marks[state]}`)
  const safety = app.chain.find(({ hop }) => hop === 'safety')
  return `**${way.join(' → ')}**${safety === undefined ? '' : ` · safety ${marks[safety.state]}`}`
}

function tableOf(app: AppReport, { language, prefix, docs }: RenderOptions): string {
  if (app.findings.length === 0) return `${words.nothing[language]}\n`
  const locate = locator(app)
  const head = [words.severity, words.place, words.rule, words.what].map((word) => word[language])
  const rows = app.findings.map((finding) => {
    const { file, start } = locate(finding.at)
    const text = [sentence(finding, language), finding.help[language]].filter((part) => part !== '')
    return [
      severityNames[finding.severity][language],
      codeSpan(`${printable(repositoryPath(prefix, file))}:${start.line}`),
      `[${escaped(finding.rule)}](${docs(finding.rule)})`,
      text.map(escaped).join('<br>'),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
