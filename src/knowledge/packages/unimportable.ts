import type { Text } from '../../contracts/text.ts'

/** A release that installs on a Python on which its modules cannot be imported. */
export interface Unimportable {
  readonly package: string
  readonly module: string
  /** PEP 440 ranges of the releases and of the Pythons. */
  readonly affected: string
  readonly python: string
  /** What the import raises. */
  readonly raises: string
  readonly instead: Text
  readonly source: string
  /** Day on which it was last run. */
  readonly checked: string
}

const redis: Text = {
  en: 'use redis-py, into which it was merged: `import redis.asyncio as aioredis`',
  fr: 'utilisez redis-py, auquel il a été intégré : `import redis.asyncio as aioredis`',
}

/** The first that fits counts. */
export const unimportable: readonly Unimportable[] = [
  {
    package: 'aioredis',
    module: 'aioredis',
    affected: '>=2.0.0',
    python: '>=3.12',
    raises:
      "ModuleNotFoundError: No module named 'distutils' (with setuptools: TypeError: duplicate base class TimeoutError)",
    instead: redis,
    source: 'https://github.com/aio-libs-abandoned/aioredis-py/issues/1443',
    checked: '2026-11-29',
  },
  {
    package: 'aioredis',
    module: 'aioredis',
    affected: '>=2.0.0',
    python: '>=3.11',
    raises: 'TypeError: duplicate base class TimeoutError',
    instead: redis,
    source: 'https://github.com/aio-libs-abandoned/aioredis-py/issues/1443',
    checked: '2026-11-29',
  },
]
