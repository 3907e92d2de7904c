import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../rules/index.generated.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { settingsOf } from './support.ts'

const values = [
  'None',
  'True',
  '0',
  "''",
  "'*'",
  "'http://x:1/'",
  '[]',
  '()',
  '{}',
  "['*', None, 1]",
  "{'default': {}}",
  "{'default': None}",
  "{'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': None}}",
  "{'default': {'BACKEND': 1, 'CONFIG': {'hosts': [None, {}, [], ('a',), {1, 2}, {'address': None}]}}}",
  "{'default': {'ENGINE': None}}",
  "{'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': [1, None]}}",
  "os.environ['X']",
  "os.getenv('X')",
  'lambda: 1',
  'vault.thing()',
  '(',
  "f'{x",
  '[*range(3)]',
  "{**{'default': 1}}",
]
const names = [
  'CHANNEL_LAYERS',
  'CACHES',
  'DATABASES',
  'ALLOWED_HOSTS',
  'CSRF_TRUSTED_ORIGINS',
  'INSTALLED_APPS',
  'MIDDLEWARE',
  'DEBUG',
  'SECRET_KEY',
  'ASGI_APPLICATION',
  'STATIC_ROOT',
  'STATICFILES_DIRS',
  'STATIC_URL',
  'STORAGES',
  'CELERY_BROKER_URL',
  'CELERY_RESULT_BACKEND',
  'CELERY_BROKER_USE_SSL',
  'RQ_QUEUES',
  'SECURE_SSL_REDIRECT',
  'SECURE_PROXY_SSL_HEADER',
  'BASE_DIR',
]

describe('settings nobody would write', () => {
  const settings = rules.filter(({ id }) => id.startsWith('settings/'))
  const requirements =
    'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\nredis==7.4.1\ndaphne==4.2.2\ncelery==5.5.3\ndjango-rq==3.1\ndjango-redis==6.0.0\n'

  it('make no rule throw, and every finding stands inside a file', () => {
    const line = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...values))
      .map(([name, value]) => `${name} = ${value}`)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const app = settingsOf(`import os, vault\n${lines.join('\n')}\n`, {}, requirements)
        const { findings, failures } = run(app, settings, defaultConfig)
        expect(failures).toEqual([])
        for (const { at } of findings) {
          const file = app.tree.read(at.file)
          expect(typeof file).toBe('object')
          if (typeof file === 'object') expect(at.span.end).toBeLessThanOrEqual(file.text.length)
        }
      }),
      { numRuns: 150 },
    )
  })
})
