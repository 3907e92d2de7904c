import { hops } from '../../contracts/hop.ts'
import { severities } from '../../contracts/severity.ts'
import type { Text } from '../../contracts/text.ts'
import { printable } from '../../privacy/printable.ts'
import { attribute, xml } from '../escape.ts'
import { filteredLines } from '../filtered.ts'
import { marks, states } from '../marks.ts'
import type { Overview } from '../overview.ts'
import { type AppReport, type Format, type RenderOptions, summarise } from '../report.ts'
import { findingArticle } from './finding.ts'
import { chainPicture, runPicture } from './picture.ts'
import { style } from './style.ts'
import { words } from './words.ts'

/** One file that needs nothing else: no script, no network. What runs, where the chain breaks, each finding and its corrections. */
export const html: Format = (report, options) => {
  const { language } = options
  const several = report.apps.length > 1
  const apps = report.apps.map((app, index) => appSection(app, `app${index}`, several, options))
  const { error, warning, info } = summarise(report.apps)
  const fr = language === 'fr'
  const total = fr
    ? `${error} ${error > 1 ? 'erreurs' : 'erreur'}, ${warning} ${warning > 1 ? 'avertissements' : 'avertissement'}, ${info} ${info > 1 ? 'infos' : 'info'}`
    : `${error} ${error === 1 ? 'error' : 'errors'}, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${info} info`
  const beside = filteredLines(report, language).map((line) => `<p class="soft">${xml(line)}</p>`)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${xml(words.title[language])}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">${xml(words.skip[language])}</a>
<header>
<h1>${xml(words.title[language])}</h1>
<p class="soft">${xml(words.question[language])}</p>
<p class="counts"><strong>${xml(total)}</strong></p>
${beside.join('\n')}
</header>
<main>
<span id="findings"></span>
${apps.join('')}</main>
<footer><p>dynolint ${xml(report.version)}</p></footer>
</body>
</html>
`
}

function appSection(app: AppReport, id: string, several: boolean, options: RenderOptions): string {
  const { language } = options
  const linked = new Set(app.findings.flatMap(({ hop, beside }) => (beside ? [] : [hop as string])))
  const title = several ? `<h2>${xml(printable(app.root))}</h2>\n` : ''
  const broken = app.chain.find(({ hop, state }) => state === 'breaks' && hop !== 'safety')
  const first =
    broken === undefined
      ? ''
      : `<p><strong>${xml(words.breaksAt[language])} ${linked.has(broken.hop) ? `<a href="#${id}-${broken.hop}">${broken.hop}</a>` : broken.hop}</strong></p>\n`
  return [
    title,
    `<h2>${xml(words.chain[language])}</h2>\n${first}`,
    chainPicture(app.chain, { id, language, linked }),
    legend(app, options),
    app.overview === undefined ? '' : overviewSection(app.overview, options),
    findingsSection(app, id, options),
  ].join('')
}

/** The marks that stand in the picture, in words. */
function legend({ chain }: AppReport, { language }: RenderOptions): string {
  const met = [...new Set(chain.map(({ state }) => state))]
  return `<p class="soft">${met.map((state) => xml(`${marks[state]} ${states[state][language]}`)).join(' · ')}</p>\n`
}

function overviewSection(overview: Overview, { language }: RenderOptions): string {
  const text = (one: Text): string => xml(one[language])
  const processes = overview.processes.map(({ type, command, server, place }) => [
    `<strong>${xml(type)}</strong>`,
    `<code>${xml(command)}</code><br><span class="place">${xml(place)}</span>`,
    server === undefined ? '–' : xml(`${server.name}, ${server.speaks}`),
    server === undefined ? '–' : `<code>${xml(server.binds.join(', '))}</code>`,
    server?.target === undefined ? '–' : `<code>${xml(server.target)}</code>`,
  ])
  const worlds = overview.worlds.flatMap(({ hops: steps, module, when, layers }) =>
    (layers.length === 0 ? [undefined] : layers).map((layer) => {
      const conditions = [when, layer?.when].flatMap((one) => (one === undefined ? [] : [text(one)]))
      return [
        overview.worlds.length === 1 ? text(words.every) : xml(steps.join(', ')),
        `<code>${xml(module ?? '?')}</code>`,
        layer === undefined ? text(words.unknown) : `<code>${text(layer.backend)}</code>`,
        layer === undefined || layer.redis.length === 0 ? '–' : layer.redis.map(text).join('<br>'),
        conditions.length === 0 ? '–' : conditions.join('<br>'),
      ]
    }),
  )
  const heads = (list: readonly Text[]): readonly string[] => list.map(text)
  return [
    `<h2>${text(words.runs)}</h2>\n`,
    runPicture(overview, language),
    processes.length === 0
      ? ''
      : table(
          text(words.processes),
          heads([words.process, words.command, words.server, words.listens, words.loads]),
          processes,
        ),
    worlds.length === 0
      ? ''
      : table(text(words.settings), heads([words.step, words.module, words.layer, words.redis, words.when]), worlds),
  ].join('')
}

/** Cells are HTML. */
function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`).join('')
  return `<div class="picture" tabindex="0" role="group"${attribute('aria-label', caption)}><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table></div>\n`
}

function findingsSection(app: AppReport, id: string, options: RenderOptions): string {
  const { language } = options
  const title = `<h2>${xml(words.findings[language])}</h2>\n`
  if (app.findings.length === 0) return `${title}<p>${xml(words.nothing[language])}</p>\n`
  const stateOf = new Map(app.chain.map(({ hop, state }) => [hop, state]))
  const sections = hops.flatMap((hop) => {
    const found = bySeverity(app.findings.filter((finding) => finding.hop === hop && !finding.beside))
    const state = stateOf.get(hop)
    if (found.length === 0) return []
    const said = state === undefined ? '' : ` ${marks[state]} ${states[state][language]}`
    const articles = found.map((finding) => findingArticle(app, finding, options))
    return [`<section id="${id}-${hop}">\n<h3>${xml(hop)}${xml(said)}</h3>\n${articles.join('')}</section>\n`]
  })
  const beside = bySeverity(app.findings.filter((finding) => finding.beside))
  if (beside.length > 0) {
    const articles = beside.map((finding) => findingArticle(app, finding, options))
    sections.push(`<section>\n<h3>${xml(words.beside[language])}</h3>\n${articles.join('')}</section>\n`)
  }
  return title + sections.join('')
}

const bySeverity = (findings: AppReport['findings']): AppReport['findings'] =>
  severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity))
