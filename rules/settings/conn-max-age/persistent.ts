import type { App } from '../../../src/app/app.ts'
import { bridgedHttp } from '../../../src/app/asgi/faults.ts'
import { databaseEntry, defaultDatabases, unknownDatabase } from '../../../src/app/settings/databases.ts'
import { expressionAt } from '../../../src/app/settings/source-text.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'
import { entryOf, type Value } from '../../../src/evaluate/python/value.ts'

/** Database connections that outlive a request, under an ASGI server. */
export interface Persistent {
  readonly at: Place
  readonly when: readonly Condition[]
  readonly server: string
  readonly serverAt: Place
  readonly age: Text
  readonly edits: readonly Edit[] | undefined
}

/** Whether the default database keeps its connections under the web process's ASGI server. */
export function persistentConnections(app: App): Persistent | undefined {
  const server = app.processes.web?.server
  if (server?.speaks.protocol !== 'asgi' || atLeast(app.dependencies, 'channels', '2.0.0') === false) return undefined
  if (server.step.wrappers.some(({ name }) => name.includes('pgbouncer'))) return undefined
  // One thread runs all requests of the process: one connection.
  if (bridgedHttp(app) !== undefined) return undefined
  const databases = defaultDatabases(app)
  const found = told(
    app.inquiry,
    verdict(databases, (database) => {
      if (database.state !== 'known') return database.state === 'missing' ? false : undefined
      const age = databaseEntry(database, 'CONN_MAX_AGE')?.value
      if (age === undefined || database.engine === 'sqlite3') return false
      const pool = entryOf(databaseEntry(database, 'OPTIONS')?.value, 'pool')?.value
      return pool !== undefined && isTruthy(pool) !== false ? false : isKept(age)
    }),
    unknownDatabase,
  )
  const entry = found && databaseEntry(found.where[0], 'CONN_MAX_AGE')
  if (found === undefined || entry === undefined) return undefined
  const node = expressionAt(app.tree, entry.value.at)
  const literal = node?.kind === 'Constant' && node.value.type === 'int'
  return {
    at: entry.at,
    when: found.when,
    server: server.name,
    serverAt: server.at,
    age: ageOf(entry.value),
    edits: literal ? [{ ...entry.value.at, text: '0' }] : undefined,
  }
}

/** A pool beside connections that are kept: Django refuses the first connection. */
export interface RefusedPool extends Pick<Persistent, 'at' | 'when' | 'edits'> {
  /** The first hop that connects. */
  readonly hop: 'release' | 'http'
}

/**
 * `DatabaseWrapper.pool` of django/db/backends/postgresql/base.py, since 5.1: a pool wants CONN_MAX_AGE 0. No request is needed: migrate
 * connects too.
 */
export function refusedPool(app: App): RefusedPool | undefined {
  if (atLeast(app.dependencies, 'django', '5.1') !== true) return undefined
  const found = told(
    app.inquiry,
    verdict(defaultDatabases(app), (database) => {
      if (database.state !== 'known') return database.state === 'missing' ? false : undefined
      if (database.engine !== 'postgresql' && database.engine !== 'postgis') return false
      const age = databaseEntry(database, 'CONN_MAX_AGE')?.value
      const pool = entryOf(databaseEntry(database, 'OPTIONS')?.value, 'pool')?.value
      if (age === undefined || pool === undefined) return false
      const [pooled, kept] = [isTruthy(pool), isOther(age)]
      return pooled === false || kept === false ? false : pooled === undefined || kept === undefined ? undefined : true
    }),
    unknownDatabase,
  )
  const entry = found && databaseEntry(found.where[0], 'CONN_MAX_AGE')
  if (found === undefined || entry === undefined) return undefined
  const node = expressionAt(app.tree, entry.value.at)
  const literal = node?.kind === 'Constant' && node.value.type === 'int'
  const migrates = app.processes.release?.django.some(({ name, step }) => name === 'migrate' && !step.fallback) === true
  return {
    at: entry.at,
    when: found.when,
    hop: migrates ? 'release' : 'http',
    edits: literal ? [{ ...entry.value.at, text: '0' }] : undefined,
  }
}

/** Not 0; None is for ever. */
function isOther(age: Value): boolean | undefined {
  if (age.type === 'none') return true
  return age.type === 'int' || age.type === 'float' ? Number(age.value) !== 0 : undefined
}

function isKept(age: Value): boolean | undefined {
  if (age.type === 'none') return true
  if (age.type === 'int') return age.value > 0n
  return age.type === 'float' ? age.value > 0 : undefined
}

function ageOf(age: Value): Text {
  if (age.type === 'int' || age.type === 'float') return { en: `for ${age.value} s`, fr: `${age.value} s` }
  return { en: 'for ever', fr: 'indéfiniment' }
}
