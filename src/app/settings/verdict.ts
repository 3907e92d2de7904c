import type { Text } from '../../contracts/text.ts'
import type { Untold } from '../../contracts/untold.ts'
import { type Condition, type Contingent, type Holding, judge, type Verdict } from '../../evaluate/condition.ts'
import type { Inquiry } from '../inquiry.ts'

/** {@link judge} for the dyno: paths for which somebody would have to turn a switch for development on are none of its. */
export function verdict<T extends Contingent>(
  alternatives: readonly T[],
  test: (one: T) => boolean | undefined,
): Verdict<T> {
  const meant = alternatives.filter(({ when }) => !when.some(isDevelopmentSwitch))
  return judge(meant.length === 0 ? alternatives : meant, test)
}

/**
 * What a verdict says for sure. What cannot be told goes on record: `unknown` says what that is and why; of something that is known,
 * on paths of which nobody can tell whether they are taken, `what` names it.
 */
export function told<T>(
  inquiry: Inquiry,
  answer: Verdict<T>,
  unknown: (one: T) => Untold | undefined,
  what?: Text,
): Holding<T> | undefined {
  if (answer.state === 'holds') return answer
  if (answer.state === 'fails') return undefined
  const { because } = answer
  const vague = unknown(answer.of)
  const named = vague?.what ?? what
  if (because !== undefined && named !== undefined)
    inquiry.cannotTell({ ...vague, what: named, why: undecided(because), at: because.at })
  else if (vague !== undefined) inquiry.cannotTell(vague)
  return undefined
}

/** Why what rests on this condition is not known. */
export function undecided({ text }: Condition): Text {
  return {
    en: `nobody can tell whether ${text.en}`,
    fr: `nul ne peut dire si ${text.fr}`,
  }
}

/** Things of one setting (or one call) together, in order of the first. */
export function bySetting<T extends { readonly setting: string; readonly group?: string }>(
  all: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = one.group ?? one.setting
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

const DEVELOPMENT = /(^|[._])(local|locals|dev|devel|develop|development|debug|test|tests|testing)(_settings)?$/

/** Whether a settings module is by its name one for development or tests. */
export function isDevelopment(module: string): boolean {
  return DEVELOPMENT.test(module)
}

/** A variable that somebody has to set to develop: what only holds then is not about the dyno. */
export function isDevelopmentSwitch({ id, variable, holds, opaque }: Condition): boolean {
  if (!holds || opaque || variable === undefined || id.endsWith(':set')) return false
  const text = id.slice(id.indexOf(variable) + variable.length + 1)
  return (
    /(^|_)(DEBUG|DEV|DEVELOPMENT|LOCAL|TEST|TESTING)(_|$)/i.test(variable) ||
    /^(dev|devel|develop|development|local|localhost|test|testing|debug|docker)$/i.test(text)
  )
}
