import { describe, expect, it } from 'vitest'
import rule from '../../rules/settings/redis-tls/rule.ts'
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

describe('settings/redis-tls', () => {
  it('is about pages where a page asks the cache', () => {
    expect(hops({ 'mysite/settings.py': cache })).toEqual(['http'])
  })

  it('is about messages where the client is a consumer’s, or the settings go by it', () => {
    expect(hops({ 'mysite/settings.py': ping })).toEqual(['message'])
    expect(hops({ 'mysite/asgi.py': asgi, 'mysite/consumers.py': consumers })).toEqual(['message'])
  })
})
