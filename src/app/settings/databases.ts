import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { entryOf, plain, type Value } from '../../evaluate/python/value.ts'
import { isContainerName, isThisMachine } from '../../knowledge/hosts.ts'
import type { App } from '../app.ts'
import { entryPlace, placeOf, writtenBy } from './redis-client.ts'
import { expressionAt } from './source-text.ts'
import { unknownValue } from './unknown-value.ts'

/** DATABASES['default'] on some paths. */
export interface Database {
  readonly when: readonly Condition[]
  /** Where DATABASES was assigned; undefined when it is unset. */
  readonly assignment: Place | undefined
  /** The dict itself; undefined when it cannot be read or there is none. */
  readonly value: Value | undefined
  readonly state: 'known' | 'missing' | 'undetermined'
  /** Last part of ENGINE: `postgresql`, `sqlite3`. */
  readonly engine: string | undefined
  readonly at: Place | undefined
}

/** The default database, path by path. Empty: nothing was evaluated. */
export function defaultDatabases(app: App): Database[] {
  const { settings } = app
  const resolved = settings.get('DATABASES')
  const missing = {
    assignment: undefined,
    value: undefined,
    state: 'missing',
    engine: undefined,
    at: undefined,
  } as const
  if (resolved === undefined) return settings.isAbsent('DATABASES') ? [{ ...missing, when: [] }] : []
  const bound = resolved.alternatives.map(({ value, when, at }): Database => {
    const entry = entryOf(value, 'default')
    const base = {
      when,
      assignment: at,
      value: entry?.value,
      at: placeOf(app.tree, { value: entry?.value ?? value, at }),
    }
    if (value.type !== 'dict' || (entry === undefined && value.rest !== undefined)) {
      return { ...base, state: 'undetermined', engine: undefined }
    }
    if (entry === undefined)
      return { ...base, state: 'missing', engine: undefined, at: placeOf(app.tree, { value, at }) }
    if (entry.value.type !== 'dict') return { ...base, state: 'undetermined', engine: undefined }
    const engine = entryOf(entry.value, 'ENGINE')
    const name = plain(engine?.value)
    if (engine === undefined && entry.value.entries.length === 0 && entry.value.rest === undefined) {
      return { ...base, state: 'missing', engine: undefined }
    }
    return {
      ...base,
      at: engine === undefined ? entry.at : entryPlace(engine),
      state: name === undefined ? 'undetermined' : 'known',
      engine: name?.slice(name.lastIndexOf('.') + 1),
    }
  })
  return [...bound, ...resolved.absent.map((when): Database => ({ ...missing, when }))]
}

/** The variable of Heroku Postgres decides a path: what depends on its absence is for development. */
export function isDatabaseDefault({ variable, holds }: Condition): boolean {
  return (
    variable !== undefined &&
    !holds &&
    /^(DATABASE_URL|HEROKU_POSTGRESQL_[A-Z]+_URL|JAWSDB_URL|CLEARDB_DATABASE_URL)$/.test(variable)
  )
}

/** An entry of a database's dict with the place where it is best shown. */
export function databaseEntry(
  database: Database,
  key: string,
): { readonly value: Value; readonly at: Place } | undefined {
  const entry = entryOf(database.value, key)
  if (entry === undefined) return undefined
  const shown = database.assignment !== undefined && writtenBy(entry.value.at, database.assignment)
  return { value: entry.value, at: shown ? entry.value.at : entry.value.at.file === '' ? entry.at : entry.value.at }
}

/** What a host of a database server means on a dyno; undefined: an address that may be right, or unknown. */
export function databaseHost(
  database: Database,
): { readonly kind: 'loopback' | 'docker' | 'literal'; readonly host: string; readonly at: Place } | undefined {
  if (
    database.engine === undefined ||
    !/^(postgresql|postgresql_psycopg2|postgis|mysql|mysqlclient|oracle)$/.test(database.engine)
  )
    return undefined
  const entry = databaseEntry(database, 'HOST')
  const at = entry?.at ?? database.at
  if (at === undefined) return undefined
  if (entry === undefined || entry.value.type === 'none' || plain(entry.value) === '') {
    const open = database.value?.type === 'dict' && database.value.rest !== undefined
    return open ? undefined : { kind: 'loopback', host: 'localhost', at }
  }
  const host = plain(entry.value)
  if (host === undefined || host.startsWith('/')) return undefined
  if (isThisMachine(host)) return { kind: 'loopback', host, at }
  return isContainerName(host) ? { kind: 'docker', host, at } : { kind: 'literal', host, at }
}

/** Makes the default database what DATABASE_URL says, where dj_database_url is imported and the dict is written in place. */
export function databaseEdit(app: App, { value, when }: Database): readonly Edit[] | undefined {
  if (value?.type !== 'dict' || when.length > 0 || app.settings.get('dj_database_url') === undefined) return undefined
  if (value.at.file !== app.settings.file || expressionAt(app.tree, value.at)?.kind !== 'Dict') return undefined
  return [{ ...value.at, text: 'dj_database_url.config()' }]
}

/** Why a database cannot be judged. */
export function unknownDatabase({ value, at, state }: Database): Untold | undefined {
  const found = value === undefined ? undefined : unknownValue('DATABASES', value)
  if (found !== undefined || state !== 'undetermined') return found
  // A config var says the rest: dj_database_url.config() with a DATABASE_URL that nobody knows.
  if (value?.type === 'dict' || (value?.type === 'unknown' && value.variable !== undefined)) return undefined
  const why = { en: 'its value cannot be read', fr: 'sa valeur ne peut pas être lue' }
  return { what: { en: 'DATABASES', fr: 'DATABASES' }, why, at }
}
