import { severityNames } from '../../contracts/severity.ts'
import type { Finding } from '../../engine/finding.ts'
import { readText } from '../../files/tree.ts'
import { printable } from '../../privacy/printable.ts'
import { codeFrame } from '../code-frame.ts'
import { attribute, xml } from '../escape.ts'
import { fixDiff } from '../fix-diff.ts'
import { maskerFor } from '../masking.ts'
import { type AppReport, type Location, locator, type RenderOptions } from '../report.ts'
import { words } from './words.ts'

/** A sentence in which `code` stands in backticks. */
const prose = (text: string): string => xml(text).replace(/`([^`]+)`/g, '<code>$1</code>')

const same = (text: string): string => text

/** A finding with its code, what it rests on, what to do, and each correction as a diff. */
export function findingArticle(app: AppReport, finding: Finding, { language, docs }: RenderOptions): string {
  const locate = locator(app)
  const source = readText(app.tree, finding.at.file)
  const code =
    source === undefined
      ? []
      : codeFrame(source, finding.at.span, { mark: same, dim: same, hidden: maskerFor(app).hidden })
  const parts = [
    `<h4><span class="badge">${xml(severityNames[finding.severity][language])}</span>${prose(finding.message[language])}</h4>`,
    `<p class="place">${xml(placeOf(locate(finding.at)))} · ${xml(finding.rule)}</p>`,
  ]
  if (finding.condition !== undefined) {
    parts.push(`<p>${xml(words.when[language])} ${prose(finding.condition[language])}</p>`)
  }
  if (code.length > 0)
    parts.push(block('code', code.map((line) => xml(line.slice(2))).join('\n'), placeOf(locate(finding.at))))
  if (finding.related.length > 0) {
    const items = finding.related.map(
      ({ at, message }) =>
        `<li><span class="place">${xml(placeOf(locate(at)))}</span> ${prose(message[language])}</li>`,
    )
    parts.push(`<ul class="plain">${items.join('')}</ul>`)
  }
  if (finding.help[language] !== '') {
    parts.push(`<p class="help">${xml(words.help[language])} ${prose(finding.help[language])}</p>`)
  }
  for (const fix of finding.fixes) {
    const safety = fix.safety === 'unsafe' ? ` ${words.unsafe[language]}` : ''
    const title = `${words.fix[language]} ${fix.title[language]}${safety}`
    const lines = fixDiff(app, fix).map(({ kind, text }) => `<span class="${kind}">${xml(text)}</span>`)
    parts.push(`<details open><summary>${xml(title)}</summary>${block('diff', lines.join(''), title)}</details>`)
  }
  parts.push(`<p><a${attribute('href', docs(finding.rule))}>${xml(finding.rule)}: ${xml(words.why[language])}</a></p>`)
  return `<article class="finding ${finding.severity}">\n${parts.join('\n')}\n</article>\n`
}

/** A block that scrolls can be reached with the keyboard, and is named for those who do not see it. */
const block = (kind: string, content: string, name: string): string =>
  `<pre class="${kind}" tabindex="0" role="group"${attribute('aria-label', name)}>${content}</pre>`

const placeOf = ({ file, start }: Location): string => `${printable(file)}:${start.line}:${start.column}`
