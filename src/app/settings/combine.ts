import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { App } from '../app.ts'

interface Conditional {
  readonly when: readonly Condition[]
}

/** Both lists of conditions at once, each question once; undefined when they contradict each other. */
export function together(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | undefined {
  const merged = [...a]
  for (const condition of b) {
    const same = merged.find(({ id }) => id === condition.id)
    if (same === undefined) merged.push(condition)
    else if (same.holds !== condition.holds) return undefined
  }
  return merged
}

/** Every pair of alternatives that can hold at once, with the conditions of both. */
export function pairs<A extends Conditional, B extends Conditional>(
  as: readonly A[],
  bs: readonly B[],
): { readonly a: A; readonly b: B; readonly when: readonly Condition[] }[] {
  return as.flatMap((a) =>
    bs.flatMap((b) => {
      const when = together(a.when, b.when)
      return when === undefined ? [] : [{ a, b, when }]
    }),
  )
}

/** The alternatives for which a test surely holds, and what must be so for the first of them. */
export interface Verdict<T> {
  readonly where: readonly [T, ...T[]]
  /** Empty: on every path. */
  readonly when: readonly Condition[]
}

/**
 * One verdict for anything that has alternatives. Undefined when the test surely holds on no path, or only on paths that
 * rest on something we could not evaluate. `test` answers undefined when it cannot be told. Paths for which somebody would
 * have to turn a switch for development on are no paths of the dyno.
 */
export function verdict<T extends Conditional>(
  alternatives: readonly T[],
  test: (one: T) => boolean | undefined,
): Verdict<T> | undefined {
  const meant = alternatives.filter(({ when }) => !when.some(isDevelopmentSwitch))
  const answers = (meant.length === 0 ? alternatives : meant).map((one) => ({ one, answer: test(one) }))
  const bad = answers.filter(({ answer }) => answer === true).map(({ one }) => one)
  const [first] = bad
  if (first === undefined) return undefined
  if (bad.length === answers.length) return { where: [first, ...bad.slice(1)], when: [] }
  const clear = bad.find(({ when }) => when.every(({ opaque }) => !opaque))
  if (clear === undefined) return undefined
  const others = answers.filter(({ answer }) => answer !== true).map(({ one }) => one)
  return { where: [clear, ...bad.filter((one) => one !== clear)], when: decisive(clear.when, others) }
}

/** The conditions without those that decide nothing: leaving them out lets none of the other alternatives in. */
function decisive(when: readonly Condition[], others: readonly Conditional[]): readonly Condition[] {
  let kept = when
  for (const condition of when) {
    const fewer = kept.filter((one) => one !== condition)
    if (others.every((other) => together(fewer, other.when) === undefined)) kept = fewer
  }
  return kept
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
function isDevelopmentSwitch({ id, variable, holds, opaque }: Condition): boolean {
  if (!holds || opaque || variable === undefined || id.endsWith(':set')) return false
  const text = id.slice(id.indexOf(variable) + variable.length + 1)
  return (
    /(^|_)(DEBUG|DEV|DEVELOPMENT|LOCAL|TEST|TESTING)(_|$)/i.test(variable) ||
    /^(dev|devel|develop|development|local|localhost|test|testing|debug|docker)$/i.test(text)
  )
}

/** What a finding rests on besides the conditions of its values. */
export interface Basis {
  /** It rests on a fact of Heroku: its router, its buildpack, the TLS of its Redis. */
  readonly heroku?: boolean
  /** It is about the settings module. Default: true. */
  readonly settings?: boolean
  /** What must be so besides, to read after "when". */
  readonly also?: Text | undefined
}

/**
 * What a finding that rests on settings is subject to, for `Report.when`: the conditions of its paths; the settings module
 * when another may be in use; the platform when another may be meant. Undefined: it is certain. `never`: the configured
 * platform is not Heroku, or somebody would have to turn a switch for development on: then it must not be reported.
 */
export function subjectTo(
  app: App,
  when: readonly Condition[],
  basis: Basis = {},
): readonly Condition[] | Text | undefined | 'never' {
  if (when.some(isDevelopmentSwitch)) return 'never'
  const texts: Text[] = when.map(({ text }) => text)
  const { settings, manifest } = app
  if (
    basis.settings !== false &&
    settings.sure &&
    settings.choice?.overridable &&
    isDevelopment(settings.choice.module)
  ) {
    texts.unshift({ en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' })
  }
  if (basis.settings !== false && !settings.sure && settings.module !== undefined) {
    texts.unshift({
      en: `DJANGO_SETTINGS_MODULE is ${settings.module}`,
      fr: `DJANGO_SETTINGS_MODULE vaut ${settings.module}`,
    })
  }
  if (basis.settings !== false && settings.evaluation?.bounded) {
    texts.push({
      en: 'the settings do not change further (they have too many paths to follow them all)',
      fr: 'les réglages ne changent plus ensuite (ils ont trop de chemins pour les suivre tous)',
    })
  }
  if (basis.heroku) {
    if (['dokku', 'render', 'railway'].includes(manifest.platform)) return 'never'
    if (manifest.otherPlatforms.length > 0 && !manifest.namesHeroku) {
      texts.push({ en: 'the app is deployed on Heroku', fr: "l'application est déployée sur Heroku" })
    }
  }
  if (basis.also) texts.push(basis.also)
  if (texts.length === when.length) return when.length === 0 ? undefined : when
  return {
    en: texts.map(({ en }) => en).join(' and '),
    fr: texts.map(({ fr }) => fr).join(' et que '),
  }
}
