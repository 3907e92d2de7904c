import { describe, expect, it } from 'vitest'
import rule from '../../../rules/asgi/event-not-serializable/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { project } from '../../app/asgi/support.ts'

/** What is told of a consumer whose `receive_json` has these statements, by what stands there. */
function unfit(body: string, before = '', more: Record<string, string> = {}): string[] {
  const app = project({
    ...more,
    'chat/consumers.py': `import json
from datetime import datetime
from decimal import Decimal
from channels.generic.websocket import AsyncJsonWebsocketConsumer
${before}
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
${body.replace(/^(?=.)/gm, '        ')}
`,
    'mysite/settings.py': `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}
`,
  })
  return run(app, [rule], defaultConfig).findings.map(({ at }) => {
    const read = app.tree.read(at.file)
    return typeof read === 'string' ? '' : read.text.slice(at.span.start, at.span.end)
  })
}

const send = (values: string) => `await self.channel_layer.group_send('chat', {'type': 'chat.message', ${values}})`

describe('a value that a caller hands over', () => {
  it.each([
    ['', ['tags', '{1, 2}']],
    ['    tags = sorted(tags)\n    tags = tags[:5]\n', []],
    ['    if settings.SHORT:\n        tags = list(tags)\n', []],
    ['    for tags in [list(tags)]:\n        pass\n', []],
  ])('is told where the function leaves it as it is: %j', (before, shown) => {
    const tell = `from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
def tell(tags):
${before}    async_to_sync(get_channel_layer().group_send)('chat', {'type': 'chat.message', 'tags': tags})
def tell_all(tags):
${before}    async_to_sync(get_channel_layer().group_send)('chat', tags)
`
    expect(unfit(`tell({1, 2})\ntell_all({'type': 'chat.message', 'tags': {1, 2}})`, tell)).toEqual(shown)
  })
})

describe('a value that something replaces before it is sent', () => {
  it.each([
    `payload = {'now': datetime.now()}\npayload['now'] = payload['now'].isoformat()\nawait self.send_json(payload)`,
    `payload = {'now': datetime.now()}\npayload.update(now=str(payload['now']))\nawait self.send(json.dumps(payload))`,
    `slot = {'now': datetime.now()}\nfor key in slot:\n    slot[key] = str(slot[key])\nawait self.send_json(slot)`,
    `message = {'type': 'chat.message', 'at': datetime.now()}\nmessage['at'] = str(message['at'])\nawait self.channel_layer.group_send('chat', message)`,
    `message = {'type': 'chat.message', 'at': datetime.now()}\nmessage.pop('at')\nawait self.channel_layer.group_send('chat', message)`,
    `message = stamped()\n${send(`**message, 'at': str(message['at'])`)}`,
    `payload = {'at': datetime.now()}\npayload, errors = clean(payload)\nawait self.send_json(payload)`,
  ])('is not told: %s', (body) => {
    expect(unfit(body, `def stamped():\n    return {'at': datetime.now()}\n`)).toEqual([])
  })

  it.each<[string, string]>([
    [`payload = {'now': ''}\npayload['now'] = datetime.now()\nawait self.send_json(payload)`, 'datetime.now()'],
    [`message = {'a': Decimal('1')}\nmessage['b'] = 'b'\nawait self.send_json(message)`, `Decimal('1')`],
    [
      `message = {'type': 'chat.message', 'at': datetime.now()}\nmessage['text'] = 'a'\nawait self.channel_layer.group_send('chat', message)`,
      'datetime.now()',
    ],
    [`${send(`'at': '', **stamped()`)}`, 'datetime.now()'],
  ])('nor is the last one forgotten: %s', (body, shown) => {
    expect(unfit(body, `def stamped():\n    return {'at': datetime.now()}\n`)).toEqual([shown])
  })
})

describe('a function that may return one of several dicts', () => {
  const either = (first: string) => `def stamped(plain=True):
    now = datetime.now()
    if plain:
        return ${first}
    return {'at': now}
`
  it.each([`{'at': now.isoformat()}`, '{}', `{'text': 'a'}`])('is not told where one is sound: %s', (first) => {
    expect(unfit(send('**stamped()'), either(first))).toEqual([])
  })

  it('is told where each of them has a value that cannot be sent', () => {
    expect(unfit(send('**stamped()'), either(`{'at': now, 'text': 'a'}`))).toEqual(['now', 'now'])
  })
})

describe('json whose TypeError is caught', () => {
  it.each(['TypeError', '(KeyError, ValueError)', 'Exception', ''])('is not told: except %s', (name) => {
    const caught = `try:\n    text = json.dumps({'now': datetime.now()})\nexcept ${name}:\n    text = '{}'\n`.replace(
      ' :',
      ':',
    )
    expect(unfit(`${caught}await self.send(text)`)).toEqual([])
  })

  it.each([
    `try:\n    text = json.dumps({'now': datetime.now()})\nexcept KeyError:\n    text = ''\n`,
    `try:\n    text = ''\nexcept TypeError:\n    text = json.dumps({'now': datetime.now()})\n`,
  ])('is told otherwise: %s', (body) => expect(unfit(body)).toEqual(['datetime.now()']))
})

describe('a method of some object', () => {
  const rows = `class Row:
    def format(self, record):
        return {'at': datetime.now()}
    def to_dict(self):
        return {'at': datetime.now()}
class Later(Row):
    pass
`
  it.each([
    `'{}!'.format(content)`,
    'content.to_dict()',
    'other.to_dict()',
    '(await api.fetch()).to_dict()',
    'row.to_dict()',
  ])('is not the one of a class that it does not come from: %s', (call) => {
    const body = `other = library.thing()\nrow = library.row()\n${send(`'value': ${call}`)}`
    expect(unfit(body, rows)).toEqual([])
  })

  it.each(['Row().to_dict()', 'Later().to_dict()', 'own.to_dict()'])(
    'is that of the class it surely has: %s',
    (call) => {
      expect(unfit(`own = Later()\n${send(`'value': ${call}`)}`, rows)).toEqual(['datetime.now()'])
    },
  )

  const told = (parameter: string, statement: string) =>
    unfit(
      'pass',
      `from channels.layers import get_channel_layer
${rows}
async def tell(${parameter}):
    ${statement}await get_channel_layer().group_send('chat', {'type': 'chat.message', 'value': ${parameter.split(':')[0]}.to_dict()})
`,
    )

  it.each([
    ['own: Row', ''],
    ['own', 'assert isinstance(own, Row)\n    '],
  ])('of a parameter of which something says what it is: %s %s', (parameter, statement) => {
    expect(told(parameter, statement)).toEqual(['datetime.now()'])
  })

  it('not of one that is called like a class alone', () => expect(told('row', '')).toEqual([]))
})

describe('a row that functions hand on', () => {
  const models = {
    'chat/models.py': `import uuid
from django.db import models
class Bid(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(null=True)
    lot = models.CharField(max_length=9)
class Lot(models.Model):
    name = models.CharField(max_length=9)
`,
  }
  const before = `from asgiref.sync import sync_to_async
from .models import Bid, Lot
def record(lot):
    return Bid.objects.create(lot=lot)
async def find(lot):
    return await Bid.objects.aget(lot=lot)
def described(bid):
    return {'id': bid.pk, 'lot': bid.lot}
def written(bid):
    return {'id': str(bid.pk)}
def named(row):
    return {'id': row.pk}
`
  const sent = (event: string) => `await self.channel_layer.group_send('chat', {'type': 'chat.message', **${event}})`

  it('has the key of its model, whoever made it', () => {
    for (const bid of ["await sync_to_async(record)('a')", "await find('a')", "await Bid.objects.acreate(lot='a')"])
      expect(unfit(`bid = ${bid}\n${sent('described(bid)')}`, before, models), bid).toEqual(['bid.pk'])
    expect(unfit(`bid = await find('a')\n${send("'id': bid.id")}`, before, models)).toEqual(['bid.id'])
  })

  it('is not told where it is made a text, has another key, or comes from several models', () => {
    for (const body of [
      `bid = await find('a')\n${sent('written(bid)')}`,
      `lot = await Lot.objects.aget(name='a')\n${sent('described(lot)')}`,
      `bid = await find('a')\nlot = await Lot.objects.aget(name='a')\n${sent('named(bid)')}\n${sent('named(lot)')}`,
      `bid = await find('a')\n${sent('named(bid)')}\n${sent('named(content)')}`,
      `bid = record('a')\n${send("'lot': bid.lot")}`,
    ])
      expect(unfit(body, before, models), body).toEqual([])
  })
})
