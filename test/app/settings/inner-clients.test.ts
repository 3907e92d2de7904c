import { describe, expect, it } from 'vitest'
import { project, textAt } from '../asgi/support.ts'

const settings = `import os
SECRET_KEY = os.environ['SECRET_KEY']
REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379')
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
`

/** The clients that a consumer with this body of connect() makes: the call, its target and its certificate check. */
function clients(body: string, head = '') {
  const app = project({
    'mysite/settings.py': settings,
    'chat/consumers.py': `import redis
import redis.asyncio as aioredis
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
${head}
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
${body
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
`,
  })
  return app.settings.redisClients
    .filter(({ consumer }) => consumer === 'redis-py')
    .map(({ at, target, certificate }) => `${textAt(app, at)}: ${target.kind} ${target.name}, ${certificate}`)
}

describe('clients that methods of a consumer make', () => {
  it('get what the names of the module hold', () => {
    expect(clients('self.store = redis.from_url(settings.REDIS_URL)')).toContain(
      'redis.from_url(settings.REDIS_URL): addon REDIS_URL, checked',
    )
    expect(clients('self.store = aioredis.from_url(settings.REDIS_URL, ssl_cert_reqs=None)')).toContain(
      'aioredis.from_url(settings.REDIS_URL, ssl_cert_reqs=None): addon REDIS_URL, unchecked',
    )
  })

  it('get what names of the method hold that are assigned once', () => {
    expect(clients('url = settings.REDIS_URL\nself.store = redis.Redis.from_url(url)')).toContain(
      'redis.Redis.from_url(url): addon REDIS_URL, checked',
    )
    expect(clients("from os import environ\nself.store = redis.from_url(environ['REDIS_URL'])")).toContain(
      "redis.from_url(environ['REDIS_URL']): addon REDIS_URL, checked",
    )
  })

  it('are left alone where the method alone knows what they get', () => {
    expect(clients("for url in self.urls:\n    redis.from_url(url)\nredis.from_url(self.scope['redis'])")).toEqual([])
  })

  it('leave those of the module as they are', () => {
    expect(clients('self.store = store', 'store = redis.from_url(settings.REDIS_URL)\n')).toHaveLength(2)
  })
})
