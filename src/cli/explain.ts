import { rules } from '../../rules/index.generated.ts'
import type { Language } from '../contracts/text.ts'
import { messagesOf, type Rule } from '../engine/rule.ts'
import { nearest } from '../nearest.ts'
import { pages } from '../pages.generated.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

/** `dynolint explain <rule>`: the rule's page in the reader's language, and what the rule can say. */
export function explain(args: CommandLine, io: Io): number {
  const [id] = args.rest
  if (id === undefined) {
    throw new UsageError({
      en: 'explain needs a rule id; `dynolint rules` lists them',
      fr: 'explain attend une règle ; `dynolint rules` les liste',
    })
  }
  const page = pages[id]
  if (page === undefined) {
    const near = nearest(
      id,
      rules.map((rule) => rule.id),
    )
    const hint =
      near === undefined ? { en: '', fr: '' } : { en: `; did you mean ${near}?`, fr: ` ; vouliez-vous ${near} ?` }
    throw new UsageError({ en: `no rule is called ${id}${hint.en}`, fr: `aucune règle ne s’appelle ${id}${hint.fr}` })
  }
  const rule = rules.find((one) => one.id === id)
  io.out(
    rule === undefined
      ? page[args.language]
      : `${page[args.language].trimEnd()}\n\n${messagesTable(rule, args.language)}`,
  )
  return exit.clean
}

/** The messages with where each breaks and how grave it is. `{…}` stands for what a report fills in. */
function messagesTable(rule: Rule, language: Language): string {
  const [title, head] =
    language === 'fr'
      ? ['Ce qu’elle dit', '| étape | sévérité | correction | message |']
      : ['What it says', '| hop | severity | fix | message |']
  const rows = messagesOf(rule).map(
    ({ hop, severity, fix, text }) =>
      `| ${hop} | ${severity} | ${fix?.safety ?? ''} | ${text[language].replaceAll('|', '\\|')} |`,
  )
  return `## ${title}\n\n${head}\n|---|---|---|---|\n${rows.join('\n')}\n`
}
