import { rules } from '../../rules/index.generated.ts'
import { nearestRule, rulesNamed } from '../config/rule-globs.ts'
import type { CommandLine } from './args.ts'
import { UsageError } from './io.ts'

/**
 * The rules that `--select` and `--ignore` ask for.
 * @throws UsageError for a name that no rule has
 */
export function selectedRules({ select, ignore }: Pick<CommandLine, 'select' | 'ignore'>): ReadonlySet<string> {
  const ids = rules.map((rule) => rule.id as string)
  const all = (option: string, names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const found = rulesNamed(name, ids)
      if (found.length === 0) throw unknownRule(option, name, nearestRule(name, ids))
      return found
    })
  const selected = new Set(select.length === 0 ? ids : all('--select', select))
  for (const id of all('--ignore', ignore)) selected.delete(id)
  return selected
}

function unknownRule(option: string, name: string, near: string | undefined): UsageError {
  return new UsageError({
    en: `${option}: no rule is called “${name}”${near === undefined ? '' : `; did you mean ${near}?`}`,
    fr: `${option}\u00a0: aucune règle ne s’appelle «\u00a0${name}\u00a0»${near === undefined ? '' : `\u202f; vouliez-vous dire ${near}\u202f?`}`,
  })
}
