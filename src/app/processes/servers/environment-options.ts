import type { ServerOption } from '../model.ts'
import { known } from '../word.ts'
import type { FactsAt } from './facts.ts'
import { fromEnvironment, type Invocation } from './invocation.ts'
import { canonical } from './options.ts'

/** Options given as `PREFIX_NAME` variables (click's auto_envvar_prefix): they come before the command line. */
export function prefixedOptions(invocation: Invocation, facts: FactsAt, prefix: string): ServerOption[] {
  return facts.options.flatMap((fact): ServerOption[] => {
    const variable = `${prefix}_${fact.dest.toUpperCase()}`
    const word = fromEnvironment(invocation.step, variable, invocation.at)
    if (word === undefined) return []
    const text = known(word.parts)?.toLowerCase()
    const off =
      fact.arity === 0 &&
      (text === '' ||
        text === '0' ||
        text === 'false' ||
        text === 'no' ||
        text === 'off' ||
        text === 'f' ||
        text === 'n')
    const value = fact.arity === 0 ? { ...word, parts: [off ? 'false' : 'true'] } : word
    return [
      {
        name: canonical(fact),
        dest: fact.dest,
        written: variable,
        value,
        valueAt: word.at,
        at: word.at,
        source: 'environment',
      },
    ]
  })
}
