import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { rules } from '../rules/index.generated.ts'
import { about } from '../src/about.generated.ts'
import { severityNames } from '../src/contracts/severity.ts'
import type { Language } from '../src/contracts/text.ts'
import { bestFix, type Rule } from '../src/engine/rule.ts'

/**
 * The documentation as a site: the README, docs/ and the pages of the rules, as Markdown for VitePress. What is a file here is a
 * page there, French below fr/; a link to a page stays one, a link to another file of the repository becomes an address of it.
 */

export interface SitePage {
  /** Below the site's sources: `fr/rules/settings/debug.md`. */
  readonly path: string
  /** The file it is made of, from the repository's root. */
  readonly source: string
  readonly text: string
}

export interface SiteSection {
  readonly text: string
  readonly collapsed?: boolean
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

export interface Site {
  readonly pages: readonly SitePage[]
  readonly sidebar: Readonly<Record<Language, readonly SiteSection[]>>
  /** Links that lead to no page and no file: `docs/ci.md: ../absent.md`. */
  readonly dead: readonly string[]
}

const words = {
  guide: { en: 'Guide', fr: 'Guide' },
  project: { en: 'The project', fr: 'Le projet' },
  start: { en: 'Start', fr: 'Pour commencer' },
  all: { en: 'All rules', fr: 'Toutes les règles' },
  rules: { en: 'Rules', fr: 'Règles' },
  cases: { en: 'Cases', fr: 'Cas' },
  about: {
    en: 'The cases of the rule, each with what it finds there. They are its tests.',
    fr: 'Les cas de la règle, chacun avec ce qu’elle y trouve. Ce sont ses tests.',
  },
  removed: { en: 'absent', fr: 'absent' },
  fix: { en: 'fix', fr: 'correction' },
  safe: { en: 'safe', fr: 'sûre' },
  unsafe: { en: 'changes behaviour', fr: 'change le comportement' },
  terminal: { en: 'in the terminal', fr: 'dans le terminal' },
} as const

/** What a page holds that has a language of its own for colours; all else is plain. */
const coloured = new Set(
  'bash css diff dockerfile html ini javascript js json jsx lua python sh toml tsx typescript vue yaml'.split(' '),
)

/** Files that are pages, besides those of docs/ and rules/, in their order. */
const others: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'README.fr.md': 'fr/index.md',
  'CONTRIBUTING.md': 'contributing.md',
  'CONTRIBUTING.fr.md': 'fr/contributing.md',
  'CHANGELOG.md': 'changes.md',
  'SECURITY.md': 'security.md',
}
/** Pages about the project, not about its use; some are in English alone. */
const inside = ['contributing', 'changes', 'security', 'performance', 'french']

/**
 * @param root - of the repository
 * @param read - the text of a file of it
 */
export function siteOf(root: string, read = (path: string): string => readFileSync(join(root, path), 'utf8')): Site {
  const paths = new Map(Object.entries(others))
  for (const name of readdirSync(join(root, 'docs'))) {
    if (name.endsWith('.md'))
      paths.set(`docs/${name}`, name.endsWith('.fr.md') ? `fr/${name.replace('.fr.md', '.md')}` : name)
  }
  for (const { id } of rules) {
    paths.set(`rules/${id}/rule.md`, `rules/${id}.md`)
    paths.set(`rules/${id}/rule.fr.md`, `fr/rules/${id}.md`)
  }
  const dead: string[] = []
  const pages = [...paths].map(([source, path]): SitePage => {
    const linked = withLinks(read(source), (target) => {
      const found = linkOn(root, paths, source, path, target)
      if (found === undefined) dead.push(`${source}: ${target}`)
      return found ?? target
    })
    const rule = rules.find(({ id }) => source.startsWith(`rules/${id}/`))
    const body = rule === undefined ? linked : rulePage(rule, linked, source.endsWith('.fr.md') ? 'fr' : 'en')
    return { path, source, text: head(source, body) }
  })
  // In the other language as well, so that one can change to it from every page.
  const written = new Set(pages.map(({ path }) => path))
  const english = pages.filter(({ path }) => inside.includes(path.replace(/\.md$/, '')))
  for (const page of english.filter(({ path }) => !written.has(`fr/${path}`)))
    pages.push({ ...page, path: `fr/${page.path}`, text: noted(page.text) })
  return { pages, sidebar: { en: sidebar(pages, 'en'), fr: sidebar(pages, 'fr') }, dead }
}

/** With what VitePress reads at the head of a page: where its source is edited. Pictures are files of the site. */
function head(source: string, text: string): string {
  const own = text.replace(/<!--[\s\S]*?-->\n*/g, '').replaceAll('"docs/images/', '"/images/')
  return `---\nsource: ${about.repository}/blob/HEAD/${source}\n---\n\n${own}`
}

const noted = (text: string): string =>
  text.replace(/^# .+$/m, (title) => `${title}\n\n*Cette page n’existe qu’en anglais.*`)

/** Where a link of a file leads on the site; undefined when it leads nowhere. */
function linkOn(
  root: string,
  paths: ReadonlyMap<string, string>,
  source: string,
  path: string,
  target: string,
): string | undefined {
  if (/^[a-z]+:|^#/.test(target)) return target
  const [file = '', anchor] = target.split('#')
  const named = posix.normalize(posix.join(dirname(source), file))
  const page = paths.get(named)
  if (page !== undefined) {
    const link = posix.relative(posix.dirname(path), page)
    return `${link.startsWith('.') ? link : `./${link}`}${anchor === undefined ? '' : `#${anchor}`}`
  }
  return existsSync(join(root, named)) ? `${about.repository}/blob/HEAD/${named}` : undefined
}

/** The text with the targets of its links replaced, outside of code. */
function withLinks(text: string, replaced: (target: string) => string): string {
  return outsideFences(text, (line) =>
    line
      .split(/(`[^`]*`)/)
      .map((part, index) =>
        index % 2 === 1 ? part : part.replace(/\]\(([^)\s]+)\)/g, (_, target: string) => `](${replaced(target)})`),
      )
      .join(''),
  )
}

function outsideFences(text: string, change: (line: string) => string): string {
  let fenced = false
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) fenced = !fenced
      return fenced || line.startsWith('```') ? line : change(line)
    })
    .join('\n')
}

interface Part {
  readonly title: string
  readonly lines: string[]
}

/** The parts of a text that begin with a heading of some depth, the first without one. */
function partsOf(lines: readonly string[], depth: '##' | '###'): Part[] {
  const parts: Part[] = [{ title: '', lines: [] }]
  let fenced = false
  for (const line of lines) {
    if (line.startsWith('```')) fenced = !fenced
    if (!fenced && line.startsWith(`${depth} `)) parts.push({ title: line.slice(depth.length + 1), lines: [] })
    else parts.at(-1)?.lines.push(line)
  }
  return parts
}

const folded = new Set(['When it is silent', 'Quand la règle se tait', 'Example', 'Exemple'])

/** The page of a rule: what it is about, then its parts, and its cases at the end, folded. */
function rulePage(rule: Rule, markdown: string, language: Language): string {
  const [first, ...parts] = partsOf(markdown.split('\n'), '##')
  const cases: Part[] = []
  const out = [...codeBlocks(first?.lines ?? [], language)]
  out.splice(1, 0, '', ...aboutRule(rule, language))
  for (const { title, lines } of parts) {
    const [prose, ...own] = partsOf(lines, '###')
    const isExample = title === 'Example' || title === 'Exemple'
    const text = prose?.lines ?? []
    if (!folded.has(title)) {
      out.push(`## ${title}`, ...codeBlocks(lines, language))
      continue
    }
    const code = text.findIndex((line) => line.startsWith('```'))
    const before = code === -1 ? text : text.slice(0, code)
    if (!isExample) out.push(`## ${title}`, ...before)
    if (code !== -1) cases.push({ title, lines: isExample ? text : text.slice(code) })
    cases.push(...own)
  }
  out.push('', `## ${words.cases[language]}`, '', words.about[language], '')
  for (const { title, lines } of cases) {
    out.push(`::: details ${title}`, ...codeBlocks(lines, language), ':::', '')
  }
  return `${out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

function aboutRule(rule: Rule, language: Language): string[] {
  const fix = bestFix(rule)
  const parts = [
    `**${severityNames[rule.severity][language]}**`,
    `\`${rule.hop}\``,
    ...(fix === 'none' ? [] : [`${words.fix[language]} (${words[fix][language]})`]),
    `${words.terminal[language]} \`dynolint explain ${rule.id}\``,
  ]
  return [parts.join(' · '), '']
}

/** Test notation of the blocks as a caption above them. */
function codeBlocks(lines: readonly string[], language: Language): string[] {
  const out: string[] = []
  let fenced = false
  for (const line of lines) {
    if (!line.startsWith('```')) {
      out.push(line)
      continue
    }
    fenced = !fenced
    if (!fenced) {
      out.push('```')
      continue
    }
    const [kind = '', ...marks] = line.slice(3).split(' ')
    const place = marks.map((mark) => /^(?:file|untracked|ignored|submodule)=(.+)$/.exec(mark)?.[1]).find(Boolean)
    const gone = marks.map((mark) => /^delete=(.+)$/.exec(mark)?.[1]).find(Boolean)
    const more = marks.filter((mark) => !/^(?:file|delete|findings)\b/.test(mark)).map((mark) => mark.split('=')[0])
    const named = place ?? gone
    if (named !== undefined) {
      const notes = gone === undefined ? more : [words.removed[language], ...more]
      const text = notes.length === 0 ? '' : ` (${notes.join(', ')})`
      // One paragraph, or Markdown takes it for a part of the list before it.
      out.push('', `\`${named}\`${text}`, '')
    }
    out.push(`\`\`\`${coloured.has(kind) ? kind : 'txt'}`)
  }
  return out
}

function sidebar(pages: readonly SitePage[], language: Language): SiteSection[] {
  const prefix = language === 'fr' ? 'fr/' : ''
  const own = pages.filter(({ path }) => path.startsWith('fr/') === (language === 'fr'))
  const name = (path: string): string => path.slice(prefix.length).replace(/\.md$/, '')
  const item = (page: SitePage, text: string) => ({ text, link: `/${page.path.replace(/(?:index)?\.md$/, '')}` })
  const title = ({ text }: SitePage): string => /^# (.+)$/m.exec(text)?.[1] ?? ''
  const areas = new Map<string, SitePage[]>()
  for (const page of own) {
    const [folder, area = '', rule] = name(page.path).split('/')
    if (folder === 'rules' && rule !== undefined) areas.set(area, [...(areas.get(area) ?? []), page])
  }
  const plain = own.filter(({ path }) => !name(path).includes('/'))
  const among = (wanted: boolean) =>
    plain
      .filter(({ path }) => inside.includes(name(path)) === wanted)
      .map((page) =>
        item(page, { index: words.start[language], rules: words.all[language] }[name(page.path)] ?? title(page)),
      )
  const project = among(true)
  return [
    { text: words.guide[language], items: among(false) },
    ...(project.length === 0 ? [] : [{ text: words.project[language], items: project }]),
    ...[...areas].map(([area, list]) => ({
      text: `${words.rules[language]}${language === 'fr' ? '\u00a0' : ''}: ${area}`,
      collapsed: true,
      items: list.map((page) => item(page, name(page.path).split('/').slice(2).join('/'))),
    })),
  ]
}
