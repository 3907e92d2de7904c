import { about } from '../../src/about.generated.ts'
import { severities } from '../../src/contracts/severity.ts'
import type { Language } from '../../src/contracts/text.ts'
import { words as reportWords } from '../../src/report/html/words.ts'
import { counted, nouns } from '../../src/report/numbers.ts'
import type { ShownFinding, View } from './contract.ts'
import { button, byId, element } from './dom.ts'
import { words } from './words.ts'

export interface FindingEvents {
  readonly show: (finding: ShownFinding) => void
  /** `undefined`: all that is safe. */
  readonly apply: (finding: ShownFinding | undefined, title?: string) => void
}

/** Chain, what runs, findings by hop, and what could not be told. */
export function drawView(view: View, language: Language, events: FindingEvents): void {
  byId('chain').innerHTML = view.chain
  byId('runs').innerHTML = view.runs
  byId('summary').textContent = summaryOf(view, language)
  byId('list').replaceChildren(...listOf(view, language, events))
  const safe = view.findings.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'))
  byId('fix-all').replaceChildren(
    ...(safe ? [button(words.fixAll[language], () => events.apply(undefined), { class: 'act' })] : []),
  )
  const undetermined = byId('undetermined')
  undetermined.hidden = view.undetermined.length === 0
  undetermined.querySelector('ul')?.replaceChildren(...view.undetermined.map((text) => element('li', {}, text)))
}

/** What is said aloud after each check. */
function summaryOf({ broken, counts }: View, language: Language): string {
  const way = broken === undefined ? words.whole[language] : `${words.broken[language]} ${broken}`
  const totals = severities.map((severity) => counted(counts[severity], nouns[severity], language))
  return `${way} · ${totals.join(', ')}`
}

function listOf({ findings }: View, language: Language, events: FindingEvents): HTMLElement[] {
  if (findings.length === 0) return [element('p', {}, words.nothing[language])]
  const sections = [...new Set(findings.map(({ section }) => section))]
  return sections.flatMap((section) => [
    element(
      'h3',
      { id: `at-${section}`, tabindex: '-1' },
      section === 'beside' ? reportWords.beside[language] : section,
    ),
    ...findings.filter((one) => one.section === section).map((finding) => article(finding, language, events)),
  ])
}

/** The article of the HTML report, with what can be done here. */
function article(finding: ShownFinding, language: Language, events: FindingEvents): HTMLElement {
  const holder = element('div')
  holder.innerHTML = finding.html
  const [made] = holder.children
  if (!(made instanceof HTMLElement)) throw new Error(`no article for ${finding.rule}`)
  for (const details of made.querySelectorAll('details')) details.open = false
  // Before the first release the pages stand nowhere.
  const link = made.querySelector('a')
  if (!about.released) link?.parentElement?.remove()
  link?.setAttribute('rel', 'noreferrer')
  const where = `${finding.file}:${finding.start.line}`
  made.append(
    element(
      'div',
      { class: 'tools' },
      button(words.show[language], () => events.show(finding), { 'aria-label': `${words.show[language]} ${where}` }),
      ...finding.fixes.map(({ title, safety }) =>
        button(
          `${words.apply[language]} ${title}${safety === 'unsafe' ? ` ${words.unsafe[language]}` : ''}`,
          () => events.apply(finding, title),
          safety === 'safe' ? { class: 'act' } : {},
        ),
      ),
    ),
  )
  return made
}

/** How many findings a file has, and the worst of them. */
export function countOf(view: View | undefined, file: string): HTMLElement | undefined {
  const own = view?.findings.filter((one) => one.file === file) ?? []
  const worst = severities.find((severity) => own.some((one) => one.severity === severity))
  return worst === undefined ? undefined : element('span', { class: `count ${worst}` }, String(own.length))
}
