import { describe, expect, test } from 'vitest'
import { socketVisits } from '../../../src/app/asgi/visits.ts'
import { appOf } from '../../support/app.ts'

const requirements = ['Django==5.2.4', 'channels==4.2.2', 'daphne==4.1.2', ''].join('\n')

const asgi = (wrapped: string, imports = ''): string => `
import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
pages = get_asgi_application()
from channels.routing import ProtocolTypeRouter, URLRouter
from chat.routing import routes
${imports}
router = ProtocolTypeRouter({'http': pages, 'websocket': URLRouter(routes)})
application = ${wrapped}
`

const routing = `
from django.urls import path
from .consumers import ChatConsumer
routes = [path('ws/<slug:room>/', ChatConsumer.as_asgi())]
`

/** What the visits of a project tell, as lines. */
function told(files: { readonly asgi?: string; readonly consumers?: string; readonly around?: string }): string[] {
  const app = appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': requirements,
    'manage.py': '',
    'mysite/__init__.py': '',
    'mysite/settings.py':
      "INSTALLED_APPS = ['channels', 'chat']\nASGI_APPLICATION = 'mysite.asgi.application'\nLIMIT = 3\n",
    'mysite/asgi.py': files.asgi ?? asgi('router'),
    'mysite/around.py': files.around ?? '',
    'chat/__init__.py': '',
    'chat/routing.py': routing,
    'chat/consumers.py': files.consumers ?? consumer('await self.accept()'),
  })
  const { faults, lacks } = socketVisits(app)
  return [
    ...faults.map(({ step, of, ended, exception, message, browser, when }) =>
      [step, of, ended === 'raised' ? `${exception}: ${message}` : ended, browser ? 'browser' : '', when.length || '']
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...lacks.map(({ step, of, module }) => `${step} ${of} lacks ${module}`),
  ]
}

/** A consumer whose `connect` has this body; what stands at the left margin of the file first. */
const consumer = (connect: string, top = '', more = ''): string =>
  `
import asyncio, json, time
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
${top}
class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
${connect.replace(/^/gm, '        ')}
${more.replace(/^/gm, '    ')}
`

describe('a consumer', () => {
  test.each([
    ['works', 'await self.accept()', '', '', []],
    [
      'a name nobody defines',
      'await self.accept(slug)',
      '',
      '',
      ["connect ChatConsumer.connect NameError: name 'slug' is not defined"],
    ],
    [
      'behind a refusal of strangers',
      "if self.scope['user'].is_anonymous:\n    await self.close()\n    return\nimport bleach\nawait self.accept()",
      '',
      '',
      ['connect ChatConsumer.connect lacks bleach'],
    ],
    ['one of two ways', "if self.scope['user'].is_anonymous:\n    import bleach\nawait self.accept()", '', '', []],
    [
      'an import that is caught',
      'try:\n    import bleach\nexcept ImportError:\n    bleach = None\nawait self.accept()',
      '',
      '',
      [],
    ],
    ['a raise of the project', 'raise KeyError("no")', '', '', []],
    ['a dict that others fill', "self.room = rooms['lobby']\nawait self.accept()", 'rooms = {}', '', []],
    ['a name that others bind', 'client.send("x")\nawait self.accept()', 'client = None', '', []],
    [
      'a flag that a function sets',
      'if not ready:\n    nothing()\nawait self.accept()',
      'ready = False\ndef start():\n    global ready\n    ready = True',
      '',
      [],
    ],
    [
      'a loop that never ends',
      'await self.accept()\nwhile True:\n    await asyncio.sleep(5)',
      '',
      'async def disconnect(self, code):\n    nothing()',
      ["leave ChatConsumer.disconnect NameError: name 'nothing' is not defined"],
    ],
    [
      'an attribute set elsewhere',
      'await self.accept()',
      '',
      "async def receive(self, text_data):\n    self.other.send('x')\nasync def chat(self, event):\n    self.other = 3",
      [],
    ],
    [
      'setattr',
      'await self.accept()',
      '',
      'def fill(self, **more):\n    self.given, self.fresh = print, 1\n    for name, value in more.items():\n        setattr(self, name, value)\nasync def receive(self, text_data):\n    self.fill(**json.loads(text_data))\n    self.given(self.fresh)',
      [],
    ],
    [
      'a setting that is not there',
      'self.most = settings.MOST\nawait self.accept()',
      '',
      '',
      ["connect ChatConsumer.connect AttributeError: 'Settings' object has no attribute 'MOST' 1"],
    ],
    [
      'a setting of Django',
      'self.most = settings.LIMIT + settings.DATA_UPLOAD_MAX_NUMBER_FIELDS\nawait self.accept()',
      '',
      '',
      [],
    ],
    [
      'a method in a thread',
      "self.room = await self.find('x')\nawait self.accept()",
      '',
      '@database_sync_to_async\ndef find(self, name):\n    return self.table[name]',
      ["connect ChatConsumer.connect AttributeError: 'ChatConsumer' object has no attribute 'table'"],
    ],
    [
      'a text or bytes',
      'await self.accept()',
      '',
      'async def receive(self, text_data=None, bytes_data=None):\n    if text_data is None:\n        return\n    nothing()',
      [],
    ],
  ])('%s', (_, connect, top, more, lines) => {
    expect(told({ consumers: consumer(connect, top, more) })).toEqual(lines)
  })
})

describe('what stands around it', () => {
  const around = (wrapped: string, code: string) =>
    told({ asgi: asgi(wrapped, 'from mysite.around import *'), around: code })

  test.each([
    [
      'a class that hands on',
      'Around(router)',
      'class Around:\n    def __init__(self, app):\n        self.app = app\n    async def __call__(self, scope, receive, send):\n        await self.app(scope, receive, send)',
      [],
    ],
    [
      'a task that hands on',
      'around(router)',
      "import asyncio\ndef around(app):\n    async def inner(scope, receive, send):\n        if scope['type'] == 'http':\n            return await app(scope, receive, send)\n        asyncio.create_task(app(scope, receive, send))\n    return inner",
      [],
    ],
    [
      'an answer of its own',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        if scope['type'] == 'websocket':\n            return await send({'type': 'websocket.close'})\n        await app(scope, receive, send)\n    return inner",
      [],
    ],
    [
      'nothing for sockets',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        if scope['type'] == 'http':\n            await app(scope, receive, send)\n    return inner",
      ['handshake inner ignored'],
    ],
    [
      'a table of applications',
      'around(router)',
      "from somewhere import table\ndef around(app):\n    async def inner(scope, receive, send):\n        await table[scope['type']](scope, receive, send)\n    return inner",
      [],
    ],
    [
      'the method of a page',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        print(scope['method'])\n        await app(scope, receive, send)\n    return inner",
      ["handshake inner KeyError: 'method'"],
    ],
    [
      'what a page has, after the socket',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        await app(scope, receive, send)\n        print(scope['method'])\n    return inner",
      [],
    ],
    [
      'an application of ASGI 2',
      'Around(router)',
      "class Around:\n    def __init__(self, app):\n        self.app = app\n    def __call__(self, scope):\n        return self.app(scope['method'])",
      [],
    ],
    [
      'a loop over the headers',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        token = None\n        for name, value in scope['headers']:\n            if name == b'authorization':\n                token = value.split(b' ')[1]\n        if token is not None:\n            nothing()\n        await app(scope, receive, send)\n    return inner",
      [],
    ],
  ])('%s', (_, wrapped, code, lines) => {
    expect(around(wrapped, code)).toEqual(lines)
  })
})
