import { rules } from '../../rules/index.generated.ts'
import { nearest } from '../nearest.ts'
import { pages } from '../pages.generated.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

/** `dynolint explain <rule>`: the rule's page in the reader's language. */
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
  io.out(page[args.language])
  return exit.clean
}
