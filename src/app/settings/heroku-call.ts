import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Event } from '../../evaluate/python/evaluation.ts'
import { isTruthy } from '../../evaluate/python/truth.ts'
import type { App } from '../app.ts'
import { told, verdict } from './verdict.ts'

/** A call of `django_heroku.settings` (or its fork) while the settings are read. */
export interface SettingsCall {
  readonly at: Place
  readonly when: readonly Condition[]
  readonly module: string
  /** What it replaces, given its arguments. */
  readonly overrides: readonly Text[]
}

const same = (text: string): Text => ({ en: text, fr: text })

/** Parameters of `django_heroku.settings` 0.3.1, all true unless given, and what each replaces. */
const OVERRIDES: readonly { readonly parameter: string; readonly what: Text }[] = [
  {
    parameter: 'databases',
    what: {
      en: 'DATABASES from DATABASE_URL with conn_max_age 600',
      fr: 'DATABASES d’après DATABASE_URL avec conn_max_age 600',
    },
  },
  { parameter: 'allowed_hosts', what: same("ALLOWED_HOSTS = ['*']") },
  {
    parameter: 'staticfiles',
    what: {
      en: 'STATIC_ROOT, STATICFILES_STORAGE (gone in Django 5.1) and MIDDLEWARE with WhiteNoise first',
      fr: 'STATIC_ROOT, STATICFILES_STORAGE (disparu dans Django 5.1) et MIDDLEWARE avec WhiteNoise en tête',
    },
  },
  { parameter: 'logging', what: same('LOGGING') },
  {
    parameter: 'secret_key',
    what: { en: 'SECRET_KEY when the config var exists', fr: 'SECRET_KEY si la config var existe' },
  },
]

type Call = Extract<Event, { type: 'call' }>

/** The first such call, and on what it depends. */
export function herokuCall(app: App): SettingsCall | undefined {
  const paths = (app.settings.evaluation?.paths ?? []).filter(({ crash }) => crash === undefined)
  const calls = paths.map(({ events, when }) => ({ when, call: events.find(isCall) }))
  const found = told(
    app.inquiry,
    verdict(calls, ({ call }) => call !== undefined),
    () => undefined,
  )
  const call = found?.where[0].call
  if (found === undefined || call === undefined) return undefined
  return {
    at: call.at,
    when: found.when,
    module: call.path.split('.')[0] as string,
    overrides: OVERRIDES.filter(({ parameter }) => !isOff(call, parameter)).map(({ what }) => what),
  }
}

function isCall(event: Event): event is Call {
  return event.type === 'call' && /^django_(on_)?heroku(\.core)?\.settings$/.test(event.path)
}

function isOff({ args }: Call, parameter: string): boolean {
  const value = args.keywords.get(parameter)
  return value !== undefined && isTruthy(value) === false
}
