import type { App } from '../../../src/app/app.ts'
import { type Judged, judged } from '../../../src/app/settings/setting-verdict.ts'
import { entryOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** Where the default cache is kept, for what asks it in a coroutine. */
export interface KeptCache {
  /** `database`: it queries as the ORM does. `redis`: it waits for an answer from another machine. */
  readonly in: 'database' | 'redis'
  readonly when: Judged['when']
}

const backends: Readonly<Record<KeptCache['in'], RegExp>> = {
  database: /^django\.core\.cache\.backends\.db\.DatabaseCache$/,
  redis: /^(?:django\.core\.cache\.backends\.redis|django_redis\.cache|redis_cache(?:\.cache)?)\.RedisCache$/,
}

/** Undefined where it is kept in the process, by somebody else, or where that is not known. */
export function keptCache(app: App): KeptCache | undefined {
  for (const kind of ['database', 'redis'] as const) {
    const found = judged(app.settings, 'CACHES', ({ value }) => {
      const backend = entryOf(entryOf(value, 'default')?.value, 'BACKEND')?.value
      return backend === undefined ? false : backends[kind].test(plain(backend) ?? '')
    })
    if (found !== undefined) return { in: kind, when: found.when }
  }
  return undefined
}

/** Whether sessions are kept in the database, alone or behind a cache, whichever settings are in use. */
export function keepsSessionsInDatabase({ settings }: App): boolean {
  const isDatabase = ({ value }: { readonly value: Value }): boolean =>
    /^django\.contrib\.sessions\.backends\.(?:cached_)?db$/.test(plain(value) ?? '')
  return settings.get('SESSION_ENGINE')?.alternatives.every(isDatabase) ?? settings.isAbsent('SESSION_ENGINE')
}
