import { describe, expect, it } from 'vitest'
import rule from '../../rules/settings/redis-tls/rule.ts'
import urls from '../../rules/settings/redis-url/rule.ts'
import split from '../../rules/settings/redis-url-split/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { appOf } from '../app/settings/support.ts'

const settings = `import os
import redis
INSTALLED_APPS = ['channels']
REDIS_URL = os.environ['REDIS_URL']
`

function hops(files: Record<string, string>): readonly string[] {
  const app = appOf({ 'mysite/settings.py': settings, ...files })
  return run(app, [rule], defaultConfig).findings.map(({ hop }) => hop)
}

const results = `${settings}CELERY_RESULT_BACKEND = REDIS_URL
`
const celery = {
  Procfile: 'web: daphne mysite.asgi:application -b 0.0.0.0 -p $PORT\nworker: celery -A mysite worker\n',
  'mysite/settings.py': results,
  'mysite/tasks.py': 'from celery import shared_task\n@shared_task\ndef tell():\n    pass\n',
}

const cache = `${settings}CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': REDIS_URL}}
`
const ping = `${settings}try:
    redis.from_url(REDIS_URL).ping()
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.pubsub.RedisPubSubChannelLayer'}}
except redis.RedisError:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
`
const consumers = `import redis
from channels.generic.websocket import WebsocketConsumer
from django.conf import settings
store = redis.from_url(settings.REDIS_URL)
class ChatConsumer(WebsocketConsumer):
    pass
`
const asgi = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
from mysite import consumers
`

/** A client that is asked in the `try` that makes it. */
const caught = (handler: string) => `${settings}try:
    store = redis.from_url(REDIS_URL)
    store.ping()
except ${handler}
`

function severities(files: Record<string, string>): readonly string[] {
  return run(appOf(files), [rule], defaultConfig).findings.map(({ severity }) => severity)
}

/** A cache in another Redis, when one is named; the add-on's URL is refused by the test. */
const elsewhere = `${settings}URL = os.environ.get('CACHE_URL') or REDIS_URL
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
if URL.startswith('redis://'):
    redis.Redis.from_url(URL).ping()
    CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': URL}}
`

describe('settings/redis-tls', () => {
  it('is of the worker alone where no code hands Celery a task', () => {
    const ofTasks = (files: Record<string, string>) =>
      run(appOf({ 'requirements.txt': 'Django==5.2\ncelery==5.4.0\n', ...files }), [rule], defaultConfig).findings.map(
        ({ hop, beside }) => `${hop} ${beside}`,
      )
    expect(ofTasks(celery)).toEqual(['boot true'])
    expect(
      ofTasks({ ...celery, 'mysite/views.py': 'from .tasks import tell\ndef page(r):\n    tell.delay()\n' }),
    ).toEqual(['http false'])
  })

  it('knows that a Redis of another variable is not the add-on’s, and that there is none on other paths', () => {
    const app = appOf({ 'mysite/settings.py': elsewhere })
    const { findings, unknowns } = run(app, [rule, urls, split], defaultConfig)
    expect(findings).toEqual([])
    expect([...unknowns.values()].flat()).toEqual([])
  })

  it('puts on record where nobody can tell whether the client is made', () => {
    const app = appOf({
      'mysite/settings.py': `${settings}if os.uname()[1] != 'mine':\n    ${cache.split('\n').at(-2)}\n`,
    })
    const { findings, unknowns } = run(app, [rule, urls, split], defaultConfig)
    expect(findings).toEqual([])
    const told = [...unknowns.values()].flat().map(({ what, why }) => `${what.en}: ${why.en}`)
    expect(new Set(told)).toEqual(
      new Set(["CACHES['default']: nobody can tell whether `os.uname()[1] != 'mine'` is true"]),
    )
  })

  it('is a warning where the try that makes a client takes its first failure', () => {
    expect(severities({ 'mysite/settings.py': caught('redis.RedisError:\n    pass') })).toEqual(['warning'])
    expect(severities({ 'mysite/settings.py': caught('KeyError:\n    pass') })).toEqual(['error'])
  })

  it('is an error where another module takes the client all the same', () => {
    const other = {
      'mysite/presence.py': 'from mysite.settings import store\n\ndef count():\n    return store.get("n")\n',
    }
    const left = caught('redis.RedisError:\n    pass')
    expect(severities({ 'mysite/settings.py': left, ...other })).toEqual(['error'])
    const replaced = caught('redis.RedisError:\n    store = None')
    expect(severities({ 'mysite/settings.py': replaced, ...other })).toEqual(['warning'])
  })

  it('is about pages where a page asks the cache', () => {
    expect(hops({ 'mysite/settings.py': cache })).toEqual(['http'])
  })

  it('is about messages where the client is a consumer’s, or the settings go by it', () => {
    expect(hops({ 'mysite/settings.py': ping })).toEqual(['message'])
    expect(hops({ 'mysite/asgi.py': asgi, 'mysite/consumers.py': consumers })).toEqual(['message'])
  })
})
