import { describe, expect, it } from 'vitest'
import { project, textAt } from './support.ts'

const imports =
  'from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer\nfrom channels.consumer import AsyncConsumer\n'

function read(code: string, files: Record<string, string> = {}) {
  const app = project({ 'chat/consumers.py': imports + code, ...files })
  return { app, consumers: app.asgi.consumers }
}

describe('consumers', () => {
  it('are found through bases of the project, aliases, re-exports and star imports', () => {
    const { consumers } = read(
      'class ChatConsumer(Base): pass\nclass Other(generic.Third): pass\nclass NoConsumer(dict): pass\nfrom .base import *\nfrom . import generic\n',
      {
        'chat/base.py':
          'import channels.generic.websocket as ws\nclass Base(ws.JsonWebsocketConsumer):\n    def chat_message(self, event): pass\n',
        'chat/generic/__init__.py': 'from .third import Third\n',
        'chat/generic/third.py':
          'from channels.generic.websocket import AsyncJsonWebsocketConsumer as Json\nclass Third(Json): pass\n',
      },
    )
    expect(
      consumers.map(({ name, file, async: isAsync, open, methods }) => [
        name,
        file,
        isAsync,
        open,
        [...methods.keys()],
      ]),
    ).toEqual([
      ['Base', 'chat/base.py', false, false, ['chat_message']],
      ['ChatConsumer', 'chat/consumers.py', false, false, ['chat_message']],
      ['Other', 'chat/consumers.py', true, false, []],
      ['Third', 'chat/generic/third.py', true, false, []],
    ])
  })

  it('have the methods that Python finds, in the order of C3', () => {
    const { consumers } = read(`import channels.generic.websocket as ws
class Mixin:
    groups = ['lobby']
    channel_layer_alias = 'other'
    async def connect(self): pass
    async def chat_message(self, event): pass
class Text(ws.AsyncWebsocketConsumer):
    async def receive(self, text_data): pass
    async def connect(self): pass
class Behind(ws.AsyncWebsocketConsumer, Mixin): pass
class Front(Mixin, ws.AsyncWebsocketConsumer): pass
class Json(ws.AsyncJsonWebsocketConsumer, Text): pass
class Refused(ws.AsyncWebsocketConsumer, Text): pass
`)
    expect(
      consumers.map(({ name, bases, open, methods, groups }) => [
        name,
        bases.map((base) => base.split('.').at(-1)),
        open,
        [...methods.keys()],
        groups !== undefined,
      ]),
    ).toEqual([
      ['Text', ['AsyncWebsocketConsumer'], false, ['receive', 'connect'], false],
      ['Behind', ['AsyncWebsocketConsumer'], false, ['chat_message'], false],
      ['Front', ['AsyncWebsocketConsumer'], false, ['groups', 'channel_layer_alias', 'connect', 'chat_message'], true],
      ['Json', ['AsyncJsonWebsocketConsumer', 'AsyncWebsocketConsumer'], false, ['connect'], false],
      ['Refused', ['AsyncWebsocketConsumer'], true, ['receive', 'connect'], false],
    ])
  })

  it('are found where nothing but a base of the project says so, whatever they are called', () => {
    const { consumers } = read('class Socket(AsyncConsumer): pass\n', {
      'chat/station.py':
        'from .consumers import Socket\nclass Station(Socket):\n    async def reading_new(self, event): pass\n',
      'chat/far.py': 'from .station import Station\nclass Far(\n    Station,\n): pass\n',
      'chat/other.py': 'class Socket(dict): pass\nclass Other(Socket): pass\n',
    })
    expect(consumers.map(({ name, methods }) => [name, [...methods.keys()]])).toEqual([
      ['Socket', []],
      ['Far', ['reading_new']],
      ['Station', ['reading_new']],
    ])
  })

  it('say what they serve', () => {
    const { consumers } = read(
      'class ChatConsumer(AsyncConsumer):\n    async def websocket_connect(self, event): pass\nclass Worker(AsyncConsumer):\n    async def mail(self, event): pass\n',
    )
    expect(consumers.map(({ name, kind }) => [name, kind])).toEqual([
      ['ChatConsumer', 'websocket'],
      ['Worker', 'other'],
    ])
  })

  it('are open when a base cannot be read', () => {
    const { consumers } = read('from library import Mixin\nclass ChatConsumer(Mixin, WebsocketConsumer): pass\n')
    expect(consumers.map(({ open }) => open)).toEqual([true])
  })

  it('tell which keys of the scope they read, and which they cannot do without', () => {
    const { consumers } = read(`class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.scope['mine'] = 1
        a = self.scope['user'], self.scope.get('session'), self.scope['mine'], self.scope['url_route']['kwargs']
        if 'cookies' in self.scope:
            self.scope['cookies']
`)
    expect([...(consumers[0]?.scope.keys() ?? [])]).toEqual(['user', 'session', 'mine', 'url_route', 'cookies'])
    expect([...(consumers[0]?.requires.keys() ?? [])]).toEqual(['user', 'url_route'])
  })

  it('leave tests and migrations out', () => {
    const { consumers } = read('class ChatConsumer(WebsocketConsumer): pass\n', {
      'chat/tests/test_live.py': `${imports}class Fake(WebsocketConsumer): pass\n`,
      'chat/test_more.py': `${imports}class Fake(WebsocketConsumer): pass\n`,
    })
    expect(consumers.map(({ name }) => name)).toEqual(['ChatConsumer'])
  })
})

describe('uses of the layer', () => {
  const uses = (code: string) => {
    const { app } = read(code)
    return app.asgi.usesLayer
      .filter(({ kind }) => kind !== 'get')
      .map(({ kind, drive, name, type, alias, async: isAsync }) => [
        kind,
        drive,
        name?.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('') ?? '?',
        type?.text ?? '-',
        alias,
        isAsync,
      ])
  }

  it('in consumers', () => {
    expect(
      uses(`class ChatConsumer(AsyncWebsocketConsumer):
    groups = ['lobby']
    async def connect(self):
        self.room = 'chat_%s' % self.scope['url_route']['kwargs']['room']
        await self.channel_layer.group_add(self.room, self.channel_name)
        self.channel_layer.group_discard(f'user-{self.pk}', self.channel_name)
    async def receive(self, text_data):
        message = {'type': 'chat.message', 'text': text_data}
        return self.channel_layer.group_send('a'  'b', message)
`),
    ).toEqual([
      ['group_add', 'await', 'chat_<room>', '-', 'default', true],
      ['group_discard', 'dropped', 'user-<pk>', '-', 'default', true],
      ['group_send', 'other', 'ab', 'chat.message', 'default', true],
      ['groups', 'other', '?', '-', 'default', false],
    ])
  })

  it('in consumers that name their layer', () => {
    expect(
      uses(`class Chat(AsyncWebsocketConsumer):
    channel_layer_alias = 'chat'
    async def connect(self):
        layer = self.channel_layer
        await layer.group_add('a', self.channel_name)
class Lobby(Chat):
    groups = ['lobby']
    async def receive(self, text_data):
        await self.channel_layer.group_send('b', {'type': 'c'})
class Other(AsyncWebsocketConsumer):
    channel_layer_alias = ALIAS
    async def receive(self, text_data):
        await self.channel_layer.group_send('d', {'type': 'e'})
`),
    ).toEqual([
      ['group_add', 'await', 'a', '-', 'chat', true],
      ['group_send', 'await', 'b', 'c', 'chat', true],
      ['group_send', 'await', 'd', 'e', '?', true],
      ['groups', 'other', '?', '-', 'chat', false],
    ])
  })

  it('in classes of which several consumers have several layers, and in those that make their own', () => {
    expect(
      uses(`from channels.layers import get_channel_layer
class Mixin:
    async def join(self):
        await self.channel_layer.group_add('a', self.channel_name)
class Base(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('b', self.channel_name)
class Chat(Mixin, Base):
    channel_layer_alias = 'chat'
class Publisher:
    def __init__(self):
        self.channel_layer = get_channel_layer('live')
    async def publish(self):
        await self.channel_layer.group_send('c', {'type': 'd'})
`),
    ).toEqual([
      ['group_add', 'await', 'a', '-', 'chat', true],
      ['group_add', 'await', 'b', '-', '?', true],
      ['group_send', 'await', 'c', 'd', 'live', true],
    ])
  })

  it('in other code', () => {
    expect(
      uses(`from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
layer = get_channel_layer()
def a(event):
    async_to_sync(layer.group_send)('room_{}'.format(event), dict(type='a.b'))
    async_to_sync(get_channel_layer('other').send('c', {'type': 'd', **event}))
    own = get_channel_layer(alias='own')
    own.group_send(group='e', message={**event, 'type': 'f'})
    layer.expiry
    smtp.send('not a layer', {'type': 'g'})
`),
    ).toEqual([
      ['group_send', 'bridge', 'room_<event>', 'a.b', 'default', false],
      ['send', 'called-bridge', 'c', '-', 'other', false],
      ['group_send', 'dropped', 'e', 'f', 'own', false],
    ])
  })
})

describe('types of messages', () => {
  it('are those of the nearest binding: a parameter of a function around hides the constant of the module', () => {
    const { app } = read(`from channels.layers import get_channel_layer
TYPE = 'a.b'
OTHER = 'c.d'
def outer(TYPE):
    async def inner(layer=None):
        layer = get_channel_layer()
        await layer.group_send('x', {'type': TYPE})
        await layer.group_send('x', {'type': OTHER})
`)
    const sent = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send')
    expect(sent.map(({ type }) => type?.text)).toEqual([undefined, 'c.d'])
  })
})

describe('blocking calls', () => {
  const blocking = (body: string, more = '') => {
    const { app, consumers } = read(
      `import time\nimport requests\nfrom asgiref.sync import sync_to_async\n${more}from .models import Room\nclass ChatConsumer(AsyncWebsocketConsumer):\n    async def receive(self, text_data):\n${body
        .split('\n')
        .map((line) => `        ${line}`)
        .join('\n')}\n`,
    )
    return consumers[0]?.blocking.map(({ what, at }) => `${what} ${textAt(app, at)}`)
  }

  it('are the ones a coroutine makes itself', () => {
    expect(
      blocking(
        "Room.objects.create(name='a')\nroom = Room.objects.filter(a=1).first()\nfor r in Room.objects.all(): pass\nlist(Room.objects.all())\ntime.sleep(1)\nrequests.get('a')",
      ),
    ).toEqual([
      "orm Room.objects.create(name='a')",
      'orm Room.objects.filter(a=1).first()',
      'orm Room.objects.all()',
      'orm list(Room.objects.all())',
      'sleep time.sleep(1)',
      "http requests.get('a')",
    ])
    expect(
      blocking(
        'sleep(1)\nif User.objects.filter(a=1).exists(): pass',
        'from time import sleep\nfrom django.contrib.auth.models import User\n',
      ),
    ).toEqual(['sleep sleep(1)', 'orm User.objects.filter(a=1).exists()'])
  })

  it('are whatever goes through a query set, and what a function of the project does', () => {
    expect(
      blocking(
        "rooms = Room.objects.filter(a=1)\nnames = [r.name for r in rooms]\n', '.join(r.name for r in Room.objects.all())\nRoom.objects.all()[0]\nRoom.objects.all()[:2]\nRoomSerializer(rooms, many=True).data\nif Room.objects.all(): pass\nhelp_out()\nawait far()\nroom = Room(name='a')\nroom.save()",
        'from django.db import models\nclass Room(models.Model):\n    pass\ndef help_out():\n    deep()\ndef deep():\n    return list(Room.objects.all())\nasync def far():\n    time.sleep(1)\n',
      ),
    ).toEqual([
      'orm rooms',
      'orm Room.objects.all()',
      'orm Room.objects.all()[0]',
      'orm RoomSerializer(rooms, many=True).data',
      'orm Room.objects.all()',
      'orm help_out()',
      'sleep time.sleep(1)',
    ])
  })

  it('are those of a session that is saved, wherever it is kept', () => {
    expect(
      blocking("session = self.scope['session']\nsession.save()\nself.scope['session'].flush()\nself.session.save()"),
    ).toEqual(['session session.save()', "session self.scope['session'].flush()"])
  })

  it('are not those that are awaited, lazy, nested or someone else’s', () => {
    expect(
      blocking(
        "await Room.objects.aget(a=1)\nrooms = Room.objects.filter(a=1)\nasync for r in Room.objects.all(): pass\nawait sync_to_async(Room.objects.get)(a=1)\nawait sync_to_async(lambda: Room.objects.get(a=1))()\ndef inner():\n    return Room.objects.get(a=1)\nself.cache.get('a')\nself.objects.get('b')",
      ),
    ).toEqual([])
  })
})
