import { rules } from '../../rules/index.generated.ts'
import type { Language } from '../contracts/text.ts'
import { messagesOf, type Rule } from '../engine/rule.ts'
import { nearest } from '../nearest.ts'
import { pages } from '../pages.generated.ts'
import { renderPage } from '../report/page.ts'
import { createColours } from '../terminal/colours.ts'
import { wrap } from '../terminal/wrap.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

/**
 * `dynolint explain <rule|area|words>`: a rule's page as a terminal shows it, or the rules of an area, or those that speak
 * of all the words: a part of a name, a setting, an error of the log.
 */
export async function explain(args: CommandLine, io: Io): Promise<number> {
  const asked = args.rest.join(' ').trim()
  if (asked === '') {
    throw new UsageError({
      en: 'explain needs a rule, an area or words to look for; `dynolint rules` lists the rules',
      fr: 'explain attend une règle, un domaine ou des mots à chercher ; `dynolint rules` liste les règles',
    })
  }
  const found = rulesFor(asked, args.language)
  const [only, another] = found
  if (only === undefined) throw notFound(asked)
  const output = another === undefined ? pageOf(only, args, io) : listOf(found, args, io)
  if (io.page === undefined) io.out(output)
  else await io.page(output)
  return exit.clean
}

/** The rule of that name; else those of the area; else those that the words are about, the likeliest first. */
function rulesFor(asked: string, language: Language): readonly Rule[] {
  const exact = rules.filter(({ id }) => id === asked)
  if (exact.length > 0) return exact
  const area = rules.filter(({ id }) => id.split('/')[0] === asked)
  if (area.length > 0) return area
  const named = rules.filter(({ id }) => id.split('/')[1] === asked)
  return named.length > 0 ? named : aboutWords(asked, language)
}

function aboutWords(asked: string, language: Language): readonly Rule[] {
  const words = asked.toLowerCase().split(/\s+/)
  const scored = rules.map((rule) => {
    const messages = messagesOf(rule).map(({ text }) => text[language])
    const texts = [rule.id, rule.summary[language], messages.join('\n'), pages[rule.id]?.[language] ?? '']
    const scores = words.map((word) => [8, 4, 2, 1].find((_, at) => texts[at]?.toLowerCase().includes(word)) ?? 0)
    return { rule, score: scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 0) }
  })
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ rule }) => rule)
}

function notFound(asked: string): UsageError {
  const ids = rules.map(({ id }) => id as string)
  const names = ids.map((id) => id.split('/')[1] as string)
  const name = nearest(asked, names)
  const near = nearest(asked, ids) ?? (name === undefined ? undefined : ids[names.indexOf(name)])
  const hint =
    near === undefined ? { en: '', fr: '' } : { en: `; did you mean ${near}?`, fr: ` ; vouliez-vous dire ${near} ?` }
  return new UsageError({
    en: `no rule is called ${asked} or speaks of it${hint.en}`,
    fr: `aucune règle ne s’appelle ${asked} ni n’en parle${hint.fr}`,
  })
}

function pageOf(rule: Rule, { language, colour, verbose }: CommandLine, io: Io): string {
  const page = pages[rule.id]?.[language] ?? ''
  return renderPage(rule, page, { language, colours: createColours(colour), width: widthOf(io), verbose })
}

/** Most that are listed for words. */
const most = 15

function listOf(found: readonly Rule[], { language, colour }: CommandLine, io: Io): string {
  const colours = createColours(colour)
  const width = widthOf(io)
  const lines = found
    .slice(0, most)
    .flatMap(({ id, summary }) => [colours.bold(id), ...wrap(summary[language], width, '  ')])
  const left = found.length - most
  if (left > 0) lines.push(colours.dim(language === 'fr' ? `et ${left} de plus` : `and ${left} more`))
  return `${lines.join('\n')}\n`
}
