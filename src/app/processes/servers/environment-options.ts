import { known } from '../../../evaluate/shell/word.ts'
import type { ServerOption, UsageProblem } from '../model.ts'
import type { FactsAt } from './facts.ts'
import { fromEnvironment, type Invocation } from './invocation.ts'
import { canonical, type Parsed } from './options.ts'
import { checkValue } from './usage.ts'

const off = /^(?:0|false|f|no|n|off)$/i
const on = /^(?:1|true|t|yes|y|on)$/i

interface FromEnvironment {
  readonly options: readonly ServerOption[]
  readonly problems: readonly UsageProblem[]
}

/**
 * Options given as `PREFIX_NAME` variables (click's auto_envvar_prefix): they come before the command line. An empty one
 * counts as absent, and one that the command line overrules is not looked at.
 */
export function prefixedOptions(
  invocation: Invocation,
  facts: FactsAt,
  prefix: string,
  command: Parsed | undefined,
): FromEnvironment {
  const options: ServerOption[] = []
  const problems: UsageProblem[] = []
  for (const fact of facts.options) {
    const written = `${prefix}_${fact.dest.toUpperCase()}`
    const word = fromEnvironment(invocation.step, written, invocation.at)
    const text = known(word?.parts)
    if (word === undefined || text === '' || command?.options.some(({ dest }) => dest === fact.dest) === true) continue
    const flag = fact.arity === 0
    const value = flag && text !== undefined ? { ...word, parts: [off.test(text) ? 'false' : 'true'] } : word
    const option: ServerOption = {
      name: canonical(fact),
      dest: fact.dest,
      written,
      value,
      valueAt: word.at,
      at: word.at,
      source: 'environment',
    }
    const wrong = flag
      ? text !== undefined && !on.test(text) && !off.test(text)
        ? checkValue(facts, { ...fact, arity: 1 }, { ...option, value: word })
        : undefined
      : checkValue(facts, fact, option)
    if (wrong === undefined) options.push(option)
    else problems.push(wrong)
  }
  return { options, problems }
}
