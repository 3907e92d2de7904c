import { describe, expect, it } from 'vitest'
import rule from '../../../rules/asgi/layer-call/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { project } from '../../app/asgi/support.ts'
import { consumer, models, settings, told } from './sound.ts'

const base = { 'chat/models.py': models }
const own = consumer(`async def connect(self):
    await self.channel_layer.group_add(self.channel_name, self.channel_name)
    await self.accept()

async def chat_message(self, event):
    await self.send_json({'text': event['text']})
`)

describe('the name of the channel as the name of a group', () => {
  it('is refused by a layer that looks at it', () => {
    expect(told({ ...base, 'chat/consumers.py': own, 'mysite/settings.py': settings() })).toEqual([
      expect.stringContaining('gets the name of the channel'),
    ])
  })

  it.each(['channels_redis.pubsub.RedisPubSubChannelLayer', 'chat.layers.OwnLayer'])('is taken by %s', (backend) => {
    expect(told({ ...base, 'chat/consumers.py': own, 'mysite/settings.py': settings(backend) })).toEqual([])
  })
})

describe('a message through another layer', () => {
  const apart = (joined: string, sent: string) =>
    told({
      ...base,
      'mysite/settings.py': settings(
        undefined,
        "CHANNEL_LAYERS['shop'] = {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']], 'prefix': 'shop'}}",
      ),
      'chat/consumers.py': consumer(`async def connect(self):
    await self.channel_layer.group_add(${joined}, self.channel_name)
    await self.accept()

async def chat_message(self, event):
    await self.send_json({'text': event['text']})
`),
      'chat/tell.py': `from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

def tell(room, text):
    async_to_sync(get_channel_layer('shop').group_send)(${sent}, {'type': 'chat.message', 'text': text})
`,
    })
  const found = [expect.stringMatching(/^asgi\/layer-call chat\/tell\.py .*this goes through the layer `shop`/)]

  it.each([
    ["'orders'", "'orders'"],
    ["'chat_' + self.scope['room']", "'chat_' + room"],
    ["f'chat_{self.room}'", "'chat_lobby'"],
    ["'chat_%s' % self.room", "f'chat_{room}'"],
  ])('reaches nobody where the group is joined on another: %s, %s', (joined, sent) => {
    expect(apart(joined, sent)).toEqual(found)
  })

  it.each([
    ["'chat_' + self.room", "'orders'"],
    ["'lobby'", "'orders'"],
    ["'lobby'", 'room'],
    ['self.group', 'room'],
    ["f'{self.room}_chat'", "f'{room}_shop'"],
  ])('may reach another project that shares the server: %s, %s', (joined, sent) => {
    expect(apart(joined, sent)).toEqual([])
  })
})

describe('a message of a type that no consumer handles', () => {
  it('may be read by code that receives from the layer itself', () => {
    const views = `from channels.layers import get_channel_layer

async def progress(request):
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add('progress', channel)
    return await layer.receive(channel)

async def tick(n):
    await get_channel_layer().group_send('progress', {'type': 'progress.step', 'n': n})
`
    const files = { ...base, 'chat/consumers.py': consumer('async def connect(self):\n    await self.accept()\n') }
    expect(told({ ...files, 'chat/views.py': views })).toEqual([])
    const sent = views.replace('await layer.receive(channel)', 'channel')
    expect(told({ ...files, 'chat/views.py': sent })).toEqual([expect.stringContaining('has a method progress_step')])
  })
})

describe('a message to one channel', () => {
  const sent = (channel: string, message = "{'type': 'question.asked'}", more: Readonly<Record<string, string>> = {}) =>
    told({
      ...base,
      'chat/consumers.py': consumer(
        `async def receive_json(self, content):\n    await self.channel_layer.send(${channel}, ${message})\n`,
        "from django.conf import settings\nBOT = 'bot'\n",
      ),
      ...more,
    })
  const router = `import os
from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()
from chat.consumers import ChatConsumer
from chat.routing import websocket_urlpatterns
application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
    'channel': ChannelNameRouter({'bot': ChatConsumer.as_asgi()}),
})
`

  it.each(["'bot'", 'BOT', 'settings.BOT_CHANNEL'])('may go to a worker of another project: %s', (channel) => {
    expect(sent(channel)).toEqual([])
    expect(sent(channel, "{'text': 'Why?'}")).toEqual([])
  })

  it('needs a method where the project has the worker', () => {
    const procfile = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: python manage.py runworker bot\n'
    expect(sent("'bot'", undefined, { 'mysite/asgi.py': router, Procfile: procfile })).toEqual([
      expect.stringContaining('has a method question_asked'),
    ])
  })

  it.each(["content['reply']", 'self.opponent', "'specific.a!b'"])(
    'needs a method where it goes to a socket: %s',
    (channel) => {
      expect(sent(channel)).toEqual([expect.stringContaining('has a method question_asked')])
      expect(sent(channel, "{'text': 'Why?'}")).toEqual([expect.stringContaining('has no `type`')])
    },
  )
})

describe('the fix for a character that a group may not have', () => {
  function fixed(name: string): string | undefined {
    const body = `async def connect(self):\n    await self.channel_layer.group_add(${name}, self.channel_name)\n    await self.accept()\n`
    const app = project({
      ...base,
      'mysite/settings.py': settings(),
      'chat/consumers.py': consumer(body, "KINDS = {'main:hall': 'hall'}"),
    })
    const [finding] = run(app, [rule], defaultConfig).findings
    const edits = finding?.fixes[0]?.edits
    const read = app.tree.read('chat/consumers.py')
    if (edits === undefined || typeof read === 'string') return undefined
    const text = [...edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((old, { span, text }) => old.slice(0, span.start) + text + old.slice(span.end), read.text)
    return /group_add\((.*), self\.channel_name\)/.exec(text)?.[1]
  }

  it.each([
    ["'chat:' + self.room", "'chat_' + self.room"],
    ["'chat:' + KINDS['main:hall']", "'chat_' + KINDS['main:hall']"],
    ["'chat:' + find('main:hall')", "'chat_' + find('main:hall')"],
    ["f'chat:{self.room:>3}:all'", "f'chat_{self.room:>3}_all'"],
    ['f"chat:{KINDS[\'main:hall\']}"', 'f"chat_{KINDS[\'main:hall\']}"'],
    ["'chat:%s' % KINDS['main:hall']", "'chat_%s' % KINDS['main:hall']"],
    [
      "'chat:{:03d}:{}'.format(self.room, KINDS['main:hall'])",
      "'chat_{:03d}_{}'.format(self.room, KINDS['main:hall'])",
    ],
    ["'chat room' + self.room", "'chat_room' + self.room"],
  ])('%s', (name, expected) => {
    expect(fixed(name)).toBe(expected)
  })

  it('is none where the text is not written in one piece', () => {
    expect(fixed("'chat ' 'room'")).toBeUndefined()
  })
})
