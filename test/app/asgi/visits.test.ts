import { describe, expect, test } from 'vitest'
import { asgi, consumer, told } from './visits.ts'

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
      'a loop that never ends: Channels waits for it before it calls anything else',
      'await self.accept()\nwhile True:\n    await asyncio.sleep(5)',
      '',
      'async def disconnect(self, code):\n    nothing()',
      [],
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
    [
      'an object that is entered',
      'client = Client()\nasync with client as other:\n    self.found = await client.session.get(other.url)\nawait self.accept()',
      "from somewhere import Session\nclass Client:\n    session = 0\n    async def __aenter__(self):\n        self.session = Session()\n        self.url = 'x'\n        return self\n    async def __aexit__(self, *exc):\n        await self.session.close()",
      '',
      [],
    ],
    [
      'an object whose entering fails',
      'async with Client():\n    await self.accept()',
      'class Client:\n    async def __aenter__(self):\n        return session\n    async def __aexit__(self, *exc):\n        pass',
      '',
      ["connect ChatConsumer.connect NameError: name 'session' is not defined"],
    ],
    [
      'an object that swallows what is raised in it',
      'async with Client():\n    nothing()\nawait self.accept()',
      'class Client:\n    async def __aenter__(self):\n        return self\n    async def __aexit__(self, *exc):\n        return True',
      '',
      [],
    ],
    [
      'longer than it is followed',
      'self.grid = None\nself.grid = [[x * y % 7 for x in range(200)] for y in range(200)]\nawait self.accept()',
      '',
      'async def receive(self, text_data):\n    await self.send(self.grid[3][4])',
      [],
    ],
    ['what the router leaves of the path', "self.rest = self.scope['path_remaining']\nawait self.accept()", '', '', []],
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
      ["handshake Around KeyError: 'method'"],
    ],
    [
      'a loop over the headers',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        token = None\n        for name, value in scope['headers']:\n            if name == b'authorization':\n                token = value.split(b' ')[1]\n        if token is not None:\n            nothing()\n        await app(scope, receive, send)\n    return inner",
      [],
    ],
    [
      'a group of tasks that hands on',
      'around(router)',
      'import anyio\ndef around(app):\n    async def inner(scope, receive, send):\n        async def counted(message):\n            await send(message)\n        async with anyio.create_task_group() as group:\n            group.start_soon(app, scope, receive, counted)\n    return inner',
      [],
    ],
    [
      'a task that does something else',
      'around(router)',
      "import asyncio\nasync def count(scope):\n    print(scope['path'])\ndef around(app):\n    async def inner(scope, receive, send):\n        asyncio.create_task(count(scope))\n    return inner",
      ['handshake inner ignored'],
    ],
    [
      'a header that a proxy adds',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        print(dict(scope['headers'])[b'cf-access-authenticated-user-email'])\n        await app(scope, receive, send)\n    return inner",
      [],
    ],
    [
      'a header that no page can set',
      'around(router)',
      "def around(app):\n    async def inner(scope, receive, send):\n        print(dict(scope['headers'])[b'authorization'])\n        await app(scope, receive, send)\n    return inner",
      ["handshake inner KeyError: b'authorization' browser"],
    ],
    [
      'a header that a browser sends once it was asked for a password',
      'around(router)',
      "asked = {'WWW-Authenticate': 'Basic'}\ndef around(app):\n    async def inner(scope, receive, send):\n        print(dict(scope['headers'])[b'authorization'])\n        await app(scope, receive, send)\n    return inner",
      [],
    ],
  ])('%s', (_, wrapped, code, lines) => {
    expect(around(wrapped, code)).toEqual(lines)
  })
})

describe('what routes lead to', () => {
  const asked = consumer("self.tenant = self.scope['tenant']\nawait self.accept()")
  const missing = "connect ChatConsumer.connect KeyError: 'tenant'"
  const routed = (route: string, imports = '') =>
    told({
      consumers: asked,
      more: {
        'chat/routing.py': `from django.urls import path, include
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from .consumers import ChatConsumer
${imports}
chat = ChatConsumer.as_asgi()
routes = [${route}]
`,
      },
    })

  test.each([
    ['a consumer', "path('a/', chat)", '', [missing]],
    ['another router', "path('a/', URLRouter([path('b/', chat)]))", '', [missing]],
    ['a middleware of Channels', "path('a/', AuthMiddlewareStack(chat))", '', [missing]],
    [
      'a middleware of another package',
      "path('a/', TenantMiddleware(chat))",
      'from tenants import TenantMiddleware',
      [],
    ],
    [
      'a router in a middleware of another package',
      "path('a/', TenantMiddleware(URLRouter([path('b/', chat)])))",
      'from tenants import TenantMiddleware',
      [],
    ],
    [
      'a function that hands on',
      "path('a/', around(chat))",
      "def around(app):\n    async def inner(scope, receive, send):\n        await app(dict(scope, tenant='a'), receive, send)\n    return inner",
      [],
    ],
    [
      'one of two ways sets it',
      "path('a/', chat), path('b/', AuthMiddlewareStack(TenantMiddleware(chat)))",
      'from tenants import TenantMiddleware',
      [],
    ],
  ])('%s', (_, route, imports, lines) => {
    expect(routed(route, imports)).toEqual(lines)
  })

  test('everything behind a middleware of another package', () => {
    const wrapped = asgi('TenantMiddleware(router)', 'from tenants import TenantMiddleware')
    expect(told({ asgi: wrapped, consumers: asked })).toEqual([])
    expect(told({ consumers: asked })).toEqual([missing])
  })
})
