import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { entryOf, itemsOf, plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { defaultDatabases, unknownDatabase } from '../settings/databases.ts'
import { judged } from '../settings/setting-verdict.ts'
import { atLeast } from '../settings/versions.ts'

/**
 * What a text under `[alias][key]` of a dict setting lacks, for every alias, with the conditions under which it stands there. Of a
 * text that lacks nothing nobody needs to know them.
 */
export function lacksOf<T>(
  app: App,
  setting: string,
  key: string,
  lackOf: (text: string) => T | undefined,
): { lack: T; text: string; at: Place; when: readonly Condition[] }[] {
  const out: { lack: T; text: string; at: Place; when: readonly Condition[] }[] = []
  for (const { value } of app.settings.get(setting)?.alternatives ?? []) {
    if (value.type !== 'dict') continue
    for (const entry of value.entries) {
      const found = entryOf(entry.value, key)?.value
      const text = plain(found)
      const alias = plain(entry.key)
      if (text === undefined || found === undefined || alias === undefined || out.some((one) => one.text === text))
        continue
      const lack = lackOf(text)
      if (lack === undefined) continue
      const verdict = judged(
        app.settings,
        setting,
        (one) => plain(entryOf(entryOf(one.value, alias)?.value, key)?.value) === text,
      )
      if (verdict !== undefined) out.push({ lack, text, at: found.at, when: verdict.when })
    }
  }
  return out
}

interface Drivers {
  readonly engine: RegExp
  readonly distributions: readonly string[]
  /** Those that an older Django does not know, and the release from which it does. */
  readonly newer?: { readonly distributions: readonly string[]; readonly since: string }
}

const drivers: readonly Drivers[] = [
  {
    engine: /(?:^django\.(?:contrib\.gis\.)?db\.backends\.)(?:postgresql(?:_psycopg2)?|postgis)$/,
    distributions: ['psycopg2-binary', 'psycopg2', 'psycopg', 'psycopg2cffi', 'psycopg-binary'],
    // https://docs.djangoproject.com/en/stable/releases/4.2/#psycopg-3-support
    newer: { distributions: ['psycopg', 'psycopg-binary'], since: '4.2' },
  },
  {
    engine: /^django\.(?:contrib\.gis\.)?db\.backends\.mysql$/,
    distributions: ['mysqlclient', 'pymysql', 'mysql-connector-python'],
  },
]

/** A driver that is not installed, or one of which the installed Django knows nothing. */
export interface MissingDriver {
  readonly engine: string
  /** The one to add; undefined: the engine is no Django's own, and its package is to be looked up. */
  readonly distribution: string | undefined
  /** What is there instead: `psycopg 3`. */
  readonly instead: string | undefined
  readonly at: Place
  readonly when: readonly Condition[]
}

/** Every engine of DATABASES whose driver is surely not installed. */
export function missingDrivers(app: App): MissingDriver[] {
  for (const database of defaultDatabases(app)) {
    const untold = database.state === 'undetermined' ? unknownDatabase(database) : undefined
    if (untold !== undefined) app.inquiry.cannotTell(untold)
  }
  const absent = (name: string): boolean => app.dependencies.installed(name).state === 'absent'
  const lackOf = (engine: string): Pick<MissingDriver, 'distribution' | 'instead'> | undefined => {
    const known = drivers.find((one) => one.engine.test(engine))
    if (known === undefined)
      return engine.startsWith('django.') ? undefined : { distribution: undefined, instead: undefined }
    const tooOld = known.newer !== undefined && atLeast(app.dependencies, 'django', known.newer.since) === false
    const usable = known.distributions.filter((name) => !tooOld || known.newer?.distributions.includes(name) !== true)
    if (!usable.every(absent)) return undefined
    const listed = usable.find((name) => app.dependencies.elsewhere.some((one) => one.name === name))
    const instead = tooOld && known.newer?.distributions.some((name) => !absent(name)) === true
    return { distribution: listed ?? usable[0], instead: instead ? 'psycopg 3' : undefined }
  }
  return lacksOf(app, 'DATABASES', 'ENGINE', lackOf).map(({ lack, text, at, when }) => ({
    ...lack,
    engine: text,
    at,
    when,
  }))
}

/** Apps of Django whose models ask the database's backend for the length of a name as soon as they are loaded. */
const withModels = [
  'django.contrib.contenttypes',
  'django.contrib.auth',
  'django.contrib.sessions',
  'django.contrib.admin',
]

/** Whether starting Django loads the backend: it does with the first model that names no table itself. */
export function loadsBackend(app: App): boolean {
  const found = judged(app.settings, 'INSTALLED_APPS', ({ value }) => {
    const items = itemsOf(value)
    return items?.some((item) => withModels.includes(plain(item) ?? ''))
  })
  return found !== undefined && found.when.length === 0
}
