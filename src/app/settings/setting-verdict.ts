import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import type { Value } from '../../evaluate/python/value.ts'
import type { SettingsModel } from './model.ts'
import { unknownValue, unreadSettings } from './unknown-value.ts'
import { told, verdict } from './verdict.ts'

/** Where a test surely holds of a setting, and what must be so: empty when it holds on every path. */
export interface Judged {
  readonly where: readonly Alternative[]
  readonly first: Alternative
  readonly when: readonly Condition[]
}

/** {@link verdict} for a setting by name. Undefined: it never holds, or that cannot be told, which goes on record. */
export function judged(
  settings: SettingsModel,
  name: string,
  test: (alternative: Alternative) => boolean | undefined,
): Judged | undefined {
  const resolved = settings.get(name)
  const unread = settings.isAbsent(name) ? undefined : unreadSettings(settings)
  if (unread !== undefined) settings.inquiry.cannotTell(unread)
  if (resolved === undefined) return undefined
  const bound = resolved.alternatives.map((alternative) => ({ alternative, when: alternative.when }))
  const unbound = resolved.absent.map((when) => ({ alternative: undefined, when }))
  const answer = verdict<{ alternative: Alternative | undefined; when: readonly Condition[] }>(
    [...bound, ...unbound],
    ({ alternative }) => alternative !== undefined && test(alternative),
  )
  const found = told(
    settings.inquiry,
    answer,
    ({ alternative }) => (alternative === undefined ? undefined : unknownValue(name, alternative.value)),
    { en: name, fr: name },
  )
  const where = found?.where.flatMap(({ alternative }) => (alternative === undefined ? [] : [alternative])) ?? []
  const [first] = where
  return found === undefined || first === undefined ? undefined : { where, first, when: found.when }
}

/** Puts on record that a setting has a value of which something has to be known and is not. */
export function mustBeKnown(
  settings: SettingsModel,
  name: string,
  suffices: (value: Value) => boolean = () => false,
): void {
  for (const { value } of settings.get(name)?.alternatives ?? []) {
    const untold = suffices(value) ? undefined : unknownValue(name, value)
    if (untold !== undefined) settings.inquiry.cannotTell(untold)
  }
}

/** The assignment of the first of these settings that is bound: where a finding about an absent one stands. */
export function anchorOf(settings: SettingsModel, names: readonly string[]): Place | undefined {
  for (const name of names) {
    const at = settings.get(name)?.alternatives[0]?.at
    if (at !== undefined) return at
  }
  return settings.file === undefined ? undefined : { file: settings.file, span: { start: 0, end: 0 } }
}

/** Names nearly every settings module binds, in the order in which an absent setting is best shown beside them. */
export const usualSettings = ['WSGI_APPLICATION', 'ROOT_URLCONF', 'INSTALLED_APPS', 'MIDDLEWARE', 'SECRET_KEY', 'DEBUG']
