import { describe, expect, it } from 'vitest'
import unfit from '../../../rules/asgi/event-not-serializable/rule.ts'
import handler from '../../../rules/asgi/handler-missing/rule.ts'
import websocketError from '../../../rules/asgi/websocket-error/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { project } from '../../app/asgi/support.ts'

/** What is told of these consumers: severity, and the line. */
function told(consumers: string, more: Record<string, string> = {}): string[] {
  const names = [...consumers.matchAll(/^class (\w+)\(Async.*$/gm)].map(([, name]) => name)
  const app = project({
    'chat/models.py': models,
    'chat/fields.py': fields,
    'chat/routing.py': `from django.urls import path
from . import consumers
websocket_urlpatterns = [${names.map((name) => `path('ws/${name}/<int:room_id>/', consumers.${name}.as_asgi())`).join(', ')}]
`,
    'chat/consumers.py': `${imports}${consumers}`,
    'mysite/settings.py': settings,
    ...more,
  })
  return run(app, [handler, websocketError, unfit], defaultConfig).findings.map(({ at, severity }) => {
    const read = app.tree.read(at.file)
    const before = typeof read === 'string' ? '' : read.text.slice(0, at.span.start)
    const line = typeof read === 'string' ? '' : (read.text.split('\n')[before.split('\n').length - 1] ?? '')
    return `${severity}: ${line.trim()}`
  })
}

const settings = `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat', 'django.contrib.auth', 'django.contrib.contenttypes']
ASGI_APPLICATION = 'mysite.asgi.application'
DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'chat'}}
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}
`

const models = `from django.db import models
from .fields import KeyField
class Seat(models.Model):
    taken = models.BooleanField(default=False)
class Option(models.Model):
    code: models.CharField = models.CharField(primary_key=True, max_length=9)
class Poll(models.Model):
    id = KeyField()
class Keyed(models.Model):
    code: models.CharField = models.CharField(primary_key=True, max_length=9)
    class Meta:
        abstract = True
class Vote(Keyed):
    count = models.IntegerField()
`

const fields = `from django.db import models
class KeyField(models.CharField):
    def __init__(self, **more):
        super().__init__(**{'primary_key': True, 'max_length': 26, **more})
`

const imports = `from contextlib import ExitStack
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import transaction
from .models import Option, Poll, Seat, Vote
`

/** A consumer that sends to the group, and another one with these members. */
const members = (other: string): string => `
async def relay(self, event):
    await self.send_json(event)

class Chat(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        await self.channel_layer.group_send('lobby', {'type': 'chat.message', 'text': 'a'})
    async def chat_message(self, event):
        await self.send_json(event)

class Common(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

class Desk(Common):
${other.replace(/^(?=.)/gm, '    ')}
`

const desk = (names: string) => `from django.urls import path
from . import consumers
websocket_urlpatterns = [${names
  .split(' ')
  .map((name) => `path('ws/${name}/', consumers.${name}.as_asgi())`)
  .join(', ')}]
`

describe('a member of a group that handles the message', () => {
  const routed = { 'chat/routing.py': desk('Chat Desk') }

  it.each([
    'chat_message: object = relay',
    'chat_message, chat_typing = relay, relay',
    'from .relays import chat_message',
    'if True:\n    async def chat_message(self, event):\n        await self.send_json(event)',
    'try:\n    from .relays import chat_message\nexcept ImportError:\n    chat_message = relay',
  ])('is not told, whatever binds the name in its class: %s', (other) => {
    expect(told(members(other), routed)).toEqual([])
  })

  it('is not told where it never comes to the line that joins', () => {
    expect(told(members('async def connect(self):\n    await self.accept()'), routed)).toEqual([])
  })

  it('is told where it has none', () => {
    expect(told(members('async def chat_typing(self, event):\n    pass'), routed)).toEqual([
      `error: await self.channel_layer.group_send('lobby', {'type': 'chat.message', 'text': 'a'})`,
    ])
  })
})

describe('a group of one user whom another consumer lets in', () => {
  const consumer = (name: string, before: string, type: string) => `
class ${name}(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.user_id = self.scope['user'].id
${before}
        await self.channel_layer.group_add(f'user_{self.user_id}', self.channel_name)
        await self.accept()
    async def ${type}(self, event):
        await self.send_json(event)
`
  const sent = `from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
def shipped(order):
    async_to_sync(get_channel_layer().group_send)(f'user_{order.user_id}', {'type': 'order.shipped'})
`
  const line = `async_to_sync(get_channel_layer().group_send)(f'user_{order.user_id}', {'type': 'order.shipped'})`
  it.each([
    [`        if not self.scope['user'].is_staff:\n            return await self.close()`, 'warning'],
    [`        if not self.scope['user'].is_authenticated:\n            return await self.close()`, 'error'],
  ])('is told with its condition where it chooses: %s', (before, severity) => {
    const both = consumer('Shop', '', 'order_shipped') + consumer('Office', before, 'report_ready')
    expect(told(both, { 'chat/tasks.py': sent })).toEqual([`${severity}: ${line}`])
  })
})

describe('an attribute that code outside of the project may set', () => {
  const reads = (before: string) => `
class Chat(AsyncJsonWebsocketConsumer):
${before}
    async def receive_json(self, content):
        await self.send_json(self.tracker)
`
  it.each([
    ['handed to a package', 'from tracking import attach\n', `    async def connect(self):\n        attach(self)\n`],
    [
      'by a module of a package',
      'import tracking\n',
      `    async def connect(self):\n        await tracking.bind(self)\n`,
    ],
    ['by vars()', '', `    async def connect(self):\n        vars(self).update(self.scope['url_route']['kwargs'])\n`],
    ['by __setattr__', '', `    def keep(self, name, value):\n        object.__setattr__(self, name, value)\n`],
    [
      'by a decorated method',
      'from tracking import tracked\n',
      `    @tracked\n    async def connect(self):\n        pass\n`,
    ],
    [
      'asked for by several names',
      '',
      `    async def disconnect(self, code):\n        if all(hasattr(self, name) for name in ('tracker', 'room')):\n            self.tracker.stop()\n`,
    ],
  ])('is not told: %s', (_, before, body) => {
    expect(told(before + reads(body))).toEqual([])
  })

  it('is not told below a decorator of the class', () => {
    expect(told(reads('').replace('class', 'from tracking import tracked\n@tracked\nclass'))).toEqual([])
  })

  it('is told where only a function of the project has it', () => {
    const before = 'def note(one):\n    print(one)\n'
    expect(
      told(before + reads('    async def connect(self):\n        note(self)\n        await self.accept()')),
    ).toEqual(['error: await self.send_json(self.tracker)'])
  })
})

describe('rows that are locked in a transaction of another form', () => {
  const take = `
    def take(self):
        return Seat.objects.select_for_update().get(pk=1)
`
  const helper = `
@database_sync_to_async
def in_transaction(run, *given):
    with transaction.atomic():
        return run(*given)
`
  const consumer = (body: string) => `\nclass Chat(AsyncJsonWebsocketConsumer):\n${body}`
  it.each([
    [
      'a helper',
      helper,
      `${take}    async def receive_json(self, content):\n        await in_transaction(self.take)\n`,
    ],
    [
      'an asynchronous context',
      'from aatomic import Atomic\n',
      `    async def receive_json(self, content):\n        async with Atomic():\n            await Seat.objects.select_for_update().aget(pk=1)\n`,
    ],
    [
      'an exit stack',
      '',
      `    @database_sync_to_async
    def take(self):
        with_all = ExitStack()
        with_all.enter_context(transaction.atomic())
        seat = Seat.objects.select_for_update().get(pk=1)
        with_all.close()
    async def receive_json(self, content):
        await self.take()
`,
    ],
    [
      'a function out of a dict',
      '',
      `${take}    def handle(self, content):
        run = {'take': self.take}[content['action']]
        with transaction.atomic():
            run()
    async def receive_json(self, content):
        await database_sync_to_async(self.handle)(content)
`,
    ],
  ])('are not told: %s', (_, before, body) => {
    expect(told(before + consumer(body))).toEqual([])
  })

  it('are told where a thread alone is between', () => {
    const body = `${take}    async def receive_json(self, content):\n        await database_sync_to_async(self.take)()\n`
    expect(told(consumer(body))).toEqual(['error: return Seat.objects.select_for_update().get(pk=1)'])
  })
})

describe('keys of a dict that are ids', () => {
  const sends = (model: string) => `
class Chat(AsyncJsonWebsocketConsumer):
    @database_sync_to_async
    def tally(self):
        return {row.pk: 1 for row in ${model}.objects.all()}
    async def receive_json(self, content):
        await self.channel_layer.group_send('lobby', {'type': 'chat.message', 'tally': await self.tally()})
    async def chat_message(self, event):
        await self.send_json(event)
`
  it.each(['Option', 'Poll', 'Vote'])('are not taken for numbers where the model has another key: %s', (model) => {
    expect(told(sends(model))).toEqual([])
  })

  it('are told where they are numbers', () => {
    expect(told(sends('Seat'))).toEqual(['error: return {row.pk: 1 for row in Seat.objects.all()}'])
  })
})

describe('a dict that something changes before it is sent', () => {
  const sends = (body: string) => `
class Chat(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
${body.replace(/^(?=.)/gm, '        ')}
    async def chat_message(self, event):
        await self.send_json(event)

def tally():
    return {row.pk: 1 for row in Seat.objects.all()}
def texts(given):
    for key in list(given):
        given[str(key)] = given.pop(key)
def within(given):
    given['tally'] = {str(key): value for key, value in given['tally'].items()}
def strip(given):
    given.pop('type', None)
def show(given):
    print(given)
`
  const sent = (event: string) => `await self.channel_layer.group_send('lobby', ${event})`
  const found = `found = {row.pk: 1 for row in Seat.objects.all()}`
  it.each([
    `found = await database_sync_to_async(tally)()\ntexts(found)\n${sent(`{'type': 'chat.message', 'tally': found}`)}`,
    `found = await database_sync_to_async(tally)()\nfor key in list(found):\n    found[str(key)] = found.pop(key)\n${sent(`{'type': 'chat.message', 'tally': found}`)}`,
    `event = {'type': 'chat.message', 'tally': await database_sync_to_async(tally)()}\nwithin(event)\n${sent('event')}`,
    `data = {'type': 'seat', 'id': 1}\nstrip(data)\n${sent(`{'type': 'chat.message', **data}`)}`,
  ])('is not told: %s', (body) => {
    expect(told(sends(body))).toEqual([])
  })

  it.each([
    `event = {'type': 'chat.message', 'tally': await database_sync_to_async(tally)()}\nshow(event)\n${sent('event')}`,
    `found = await database_sync_to_async(tally)()\nshow(found)\n${sent(`{'type': 'chat.message', 'tally': found}`)}`,
  ])('is told where it only goes by: %s', (body) => {
    expect(told(sends(body))).toEqual([`error: return ${found.slice('found = '.length)}`])
  })
})
