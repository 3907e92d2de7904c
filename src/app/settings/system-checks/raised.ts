import type { Place } from '../../../contracts/place.ts'
import { type Condition, together } from '../../../evaluate/condition.ts'
import type { Alternative } from '../../../evaluate/python/evaluation.ts'
import { display, plain, type Value } from '../../../evaluate/python/value.ts'
import type { App } from '../../app.ts'
import type { SettingsModel } from '../model.ts'
import { placeOf } from '../redis-client.ts'
import { anchorOf, usualSettings } from '../setting-verdict.ts'
import { unknownValue, unreadSettings } from '../unknown-value.ts'
import { told, verdict } from '../verdict.ts'
import { atLeast } from '../versions.ts'
import { adminChecks } from './admin.ts'
import { all, allItems, has, not } from './answers.ts'
import { corsChecks } from './cors.ts'
import { defaults, nothing } from './defaults.ts'
import { deployChecks } from './deploy.ts'
import { languageChecks } from './language.ts'
import type { Answer, Around, SettingsHeld, SystemCheck } from './model.ts'
import { settingChecks } from './settings.ts'

/** Every check that is read. */
export const systemChecks: readonly SystemCheck[] = [
  ...adminChecks,
  ...settingChecks,
  ...languageChecks,
  ...corsChecks,
  ...deployChecks,
]

/** A check that Django surely raises for these settings. */
export interface RaisedCheck {
  readonly check: SystemCheck
  readonly at: Place
  readonly when: readonly Condition[]
  /** The item or the value to blame as text, empty when there is none. */
  readonly value: string
}

/** What the settings hold on some paths. */
interface Case extends SettingsHeld {
  readonly when: readonly Condition[]
  readonly bound: ReadonlyMap<string, Alternative>
}

/** More are no longer told apart. */
const MOST_CASES = 200

/** Those of `checks` that the settings surely raise. Settings that cannot be read to their end go on record. */
export function raisedChecks(app: App, settings: SettingsModel, checks: readonly SystemCheck[]): RaisedCheck[] {
  const around = aroundOf(app)
  if (!around.since('3.2')) return []
  const unread = unreadSettings(settings)
  if (unread !== undefined) {
    settings.inquiry.cannotTell(unread)
    return []
  }
  return checks.filter((check) => isThere(check, around)).flatMap((check) => raisedCheck(settings, check, around) ?? [])
}

/** The three answers of each check to settings that are the same on every path, by id: for whoever compares them. */
export function answersOf(app: App): ReadonlyMap<string, Answer> {
  const around = aroundOf(app)
  const answers = new Map<string, Answer>()
  for (const check of systemChecks) {
    if (!isThere(check, around)) continue
    const [only, ...more] = casesOf(app.settings, check) ?? []
    const answer = only === undefined || more.length > 0 ? undefined : answerOf(only, check, around)
    const before = answers.has(check.id) ? answers.get(check.id) : false
    answers.set(check.id, before === true || answer === true ? true : before === undefined ? undefined : answer)
  }
  return answers
}

function aroundOf(app: App): Around {
  const known = new Map<string, boolean>()
  const since = (release: string) => {
    const told = known.get(release) ?? atLeast(app.dependencies, 'django', release) === true
    known.set(release, told)
    return told
  }
  return { app, since }
}

function isThere({ since, until }: SystemCheck, around: Around): boolean {
  return (since === undefined || around.since(since)) && (until === undefined || !around.since(until))
}

function raisedCheck(settings: SettingsModel, check: SystemCheck, around: Around): RaisedCheck | undefined {
  const cases = casesOf(settings, check)
  if (cases === undefined) return undefined
  const found = told(
    settings.inquiry,
    verdict(cases, (one) => answerOf(one, check, around)),
    (one) => check.asks.map((name) => unknownValue(name, one.get(name))).find((untold) => untold !== undefined),
  )
  if (found === undefined) return undefined
  const [first] = found.where
  const name = check.standsAt.find((one) => first.bound.has(one))
  const assigned = name === undefined ? undefined : first.bound.get(name)
  const culprit = check.culprit?.(first)
  const value = culprit ?? assigned?.value
  const at =
    assigned === undefined || value === undefined
      ? anchorOf(settings, usualSettings)
      : placeOf(around.app.tree, { value, at: assigned.at })
  return at && { check, at, when: found.when, value: shown(value) }
}

/** A check that the settings silence is run, and what it says is not told. */
function answerOf(held: Case, check: SystemCheck, around: Around): Answer {
  return all(check.raised(held, around), not(has(held.get('SILENCED_SYSTEM_CHECKS'), check.id)))
}

/** What the settings that a check asks for hold together, one entry per way; undefined: there are too many. */
function casesOf(settings: SettingsModel, { asks }: SystemCheck): readonly Case[] | undefined {
  let cases: readonly Pick<Case, 'when' | 'bound'>[] = [{ when: [], bound: new Map() }]
  for (const name of new Set([...asks, 'SILENCED_SYSTEM_CHECKS'])) {
    const resolved = settings.get(name)
    if (resolved === undefined) continue
    const ways = [
      ...resolved.alternatives.map((alternative) => ({ alternative, when: alternative.when })),
      ...resolved.absent.map((when) => ({ alternative: undefined, when })),
    ]
    cases = cases.flatMap((one) =>
      ways.flatMap(({ alternative, when }) => {
        const both = together(one.when, when)
        if (both === undefined) return []
        return { when: both, bound: alternative === undefined ? one.bound : new Map(one.bound).set(name, alternative) }
      }),
    )
    if (cases.length > MOST_CASES) return undefined
  }
  return cases.map(({ when, bound }) => ({
    when,
    bound,
    get: (name) => bound.get(name)?.value ?? defaults[name] ?? nothing,
    binds: (name) => bound.has(name),
  }))
}

function shown(value: Value | undefined): string {
  if (value?.type === 'str') return plain(value) ?? display(value)
  const [, folder] = value?.type === 'tuple' ? (allItems(value) ?? []) : []
  return plain(folder) ?? ''
}
