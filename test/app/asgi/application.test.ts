import { describe, expect, it } from 'vitest'
import type { AppNode } from '../../../src/app/asgi/model.ts'
import { project, textAt } from './support.ts'

const head = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()
from channels.auth import AuthMiddlewareStack
from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, OriginValidator
from django.urls import include, path, re_path
from chat.consumers import ChatConsumer
`

/** The served application in one line. */
function shape(node: AppNode | undefined): string {
  switch (node?.kind) {
    case 'protocols':
      return `{${node.entries.map(({ protocol, app }) => `${protocol}: ${shape(app)}`).join(', ')}${node.open ? ', …' : ''}}`
    case 'wrapper':
      return `${node.role}(${shape(node.inner)})`
    case 'routes':
      return `[${[...node.routes.map(({ pattern, app }) => `${pattern.text ?? '?'} -> ${shape(app)}`), ...(node.open ? ['…'] : [])].join(', ')}]`
    case 'channels':
      return `channels{${node.entries.map(({ name, app }) => `${name}: ${shape(app)}`).join(', ')}}`
    case 'consumer':
      return `${node.name}${node.form === 'class' ? '' : `.${node.form}`}`
    default:
      return node?.kind ?? 'none'
  }
}

function served(code: string, files: Record<string, string> = {}): string[] {
  return project({ 'mysite/asgi.py': head + code, ...files }).asgi.application.map(({ root, when }) =>
    [shape(root), ...when.map(({ text }) => text.en)].join(' | '),
  )
}

describe('the served application', () => {
  it('has routes of django.conf.urls, which passed on those of django.urls', () => {
    expect(
      served(
        "from django.conf.urls import re_path, url\napplication = ProtocolTypeRouter({'websocket': URLRouter([re_path(r'a$', ChatConsumer.as_asgi()), url(r'b$', ChatConsumer.as_asgi())])})\n",
        { 'requirements.txt': 'Django==3.2.25\nchannels==3.0.5\n' },
      ),
    ).toEqual(['{websocket: [a$ -> ChatConsumer.as_asgi, b$ -> ChatConsumer.as_asgi]}'])
  })

  it('is followed through wrappers', () => {
    const wrapped =
      "application = ProtocolTypeRouter({'http': django_application, 'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([path('a/', ChatConsumer.as_asgi())])))})\n"
    expect(served(wrapped)).toEqual(['{http: django, websocket: origin(auth([a/ -> ChatConsumer.as_asgi]))}'])
    expect(
      served(
        `${wrapped}from sentry_sdk.integrations.asgi import SentryAsgiMiddleware\napplication = SentryAsgiMiddleware(application)\n`,
      ),
    ).toEqual(['transparent({http: django, websocket: origin(auth([a/ -> ChatConsumer.as_asgi]))})'])
  })

  it('is followed through code of the project', () => {
    const middleware = `from channels.auth import AuthMiddleware, AuthMiddlewareStack
class Token:
    def __init__(self, inner):
        self.inner = inner
    async def __call__(self, scope, receive, send):
        return await self.inner(dict(scope, user=1), receive, send)
class Own(AuthMiddleware):
    pass
def Stack(inner):
    return Token(AuthMiddlewareStack(inner))
`
    const files = { 'chat/middleware.py': middleware }
    expect(
      served(
        'from chat.middleware import Own, Stack, Token\napplication = ProtocolTypeRouter({"websocket": Stack(URLRouter([]))})',
        files,
      ),
    ).toEqual(['{websocket: other(auth([]))}'])
    expect(
      served(
        'from chat.middleware import Own\napplication = ProtocolTypeRouter({"websocket": Own(URLRouter([]))})',
        files,
      ),
    ).toEqual(['{websocket: auth([])}'])
  })

  it('may depend on the environment', () => {
    expect(
      served(
        'application = django_application\nif os.environ.get("LIVE"):\n    application = ProtocolTypeRouter({"http": application})',
      ),
    ).toEqual(['django | LIVE is unset', '{http: django} | LIVE is set'])
  })

  it('takes routes from lists however they are put together', () => {
    const lists = `a = [path('a/', ChatConsumer.as_asgi())]
b = [re_path(r'^b/$', ChatConsumer)]
application = ProtocolTypeRouter({'websocket': URLRouter(a + [*b, path('c/', URLRouter(a))])})`
    expect(served(lists)).toEqual([
      '{websocket: [a/ -> ChatConsumer.as_asgi, ^b/$ -> ChatConsumer, c/ -> [a/ -> ChatConsumer.as_asgi]]}',
    ])
  })

  it('says what it cannot read', () => {
    expect(
      served(
        'from unknown_package import routes\napplication = ProtocolTypeRouter({"websocket": URLRouter(routes), **extra()})\ndef extra(): return {}',
      ),
    ).toHaveLength(0)
    expect(
      served(
        'from rest_framework import live\napplication = ProtocolTypeRouter({"websocket": URLRouter(live.routes)})',
      ),
    ).toEqual(['{websocket: […]}'])
    expect(served('async def application(scope, receive, send):\n    pass')).toEqual(['function'])
  })

  it('follows get_default_application() to the setting', () => {
    const app = project({
      'mysite/asgi.py':
        "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\ndjango.setup()\nfrom channels.routing import get_default_application\napplication = get_default_application()\n",
      'mysite/live.py':
        "from channels.routing import ProtocolTypeRouter, URLRouter\nfrom chat.routing import websocket_urlpatterns\napplication = ProtocolTypeRouter({'websocket': URLRouter(websocket_urlpatterns)})\n",
      'mysite/settings.py': "ASGI_APPLICATION = 'mysite.live.application'\n",
    })
    expect(shape(app.asgi.application[0]?.root)).toBe('{websocket: [ws/chat/<slug:room>/ -> ChatConsumer.as_asgi]}')
    expect(app.asgi.consumers.map(({ name, routed }) => [name, routed])).toEqual([['ChatConsumer', true]])
  })

  it('knows the channel names of workers', () => {
    expect(
      served("application = ProtocolTypeRouter({'channel': ChannelNameRouter({'mail': ChatConsumer.as_asgi()})})"),
    ).toEqual(['{channel: channels{mail: ChatConsumer.as_asgi}}'])
  })
})

describe('what is served', () => {
  it('is the target of web, else the setting, else the asgi.py by the settings', () => {
    const from = (files: Record<string, string>) => {
      const { served: found } = project(files).asgi
      return found && `${found.module}:${found.attribute} ${found.from}`
    }
    expect(from({})).toBe('mysite.asgi:application web')
    expect(from({ Procfile: 'web: gunicorn mysite.wsgi\n', 'mysite/wsgi.py': '' })).toBe(
      'mysite.asgi:application setting',
    )
    expect(from({ Procfile: 'web: gunicorn mysite.wsgi\n', 'mysite/settings.py': '' })).toBe(
      'mysite.asgi:application layout',
    )
    expect(from({ Procfile: 'web: daphne mysite.live:app\n', 'mysite/live.py': 'app = 1\n' })).toBe(
      'mysite.live:app web',
    )
  })
})

describe('routes', () => {
  it('are flattened with the patterns that lead to them', () => {
    const app = project({
      'mysite/asgi.py': `${head}application = ProtocolTypeRouter({'websocket': URLRouter([path('a/', URLRouter([path('b/', ChatConsumer.as_asgi()), re_path('c', ChatConsumer)])), path('d/', AuthMiddlewareStack(URLRouter([path('e/', ChatConsumer.as_asgi())])))])})\n`,
    })
    expect(app.asgi.routes.map(({ patterns, closed }) => [patterns.map(({ text }) => text), closed])).toEqual([
      [
        ['a/', 'b/'],
        [false, true],
      ],
      [
        ['a/', 'c'],
        [false, true],
      ],
      [
        ['d/', 'e/'],
        [true, true],
      ],
    ])
    const [, second] = app.asgi.routes
    expect(second?.app.kind === 'consumer' && textAt(app, second.app.use)).toBe('ChatConsumer')
  })
})

describe('custom middleware', () => {
  const of = (body: string) => {
    const app = project({
      'chat/middleware.py': `class Token:\n    def __init__(self, inner):\n        self.inner = inner\n${body}`,
      'mysite/asgi.py': `${head}from chat.middleware import Token\napplication = ProtocolTypeRouter({'websocket': Token(URLRouter([]))})\n`,
    })
    const node = app.asgi.application[0]?.root
    const entry = node?.kind === 'protocols' ? node.entries[0]?.app : undefined
    return entry?.kind === 'wrapper' ? entry.custom : undefined
  }

  it('tells what it sets and where it takes the token from', () => {
    const query = of(
      "    async def __call__(self, scope, receive, send):\n        token = parse_qs(scope['query_string'])[b'token'][0]\n        scope['user'] = await user(token)\n        return await self.inner(scope, receive, send)\n",
    )
    expect(query).toMatchObject({ sets: ['user'], asgi2: false, reads: [{ from: 'query', name: 'token' }] })
    const header = of(
      "    async def __call__(self, scope, receive, send):\n        headers = dict(scope['headers'])\n        if b'authorization' in headers:\n            key = headers[b'authorization']\n        return await self.inner({**scope}, receive, send)\n",
    )
    expect(header).toMatchObject({ sets: [], reads: [{ from: 'header', name: 'authorization' }] })
    const cookie = of(
      "    async def __call__(self, scope, receive, send):\n        raw = dict(scope['headers']).get(b'cookie', b'').decode()\n        cookies = SimpleCookie(raw)\n        scope['user'] = await user(cookies['token'].value)\n        return await self.inner(scope, receive, send)\n",
    )
    expect(cookie).toMatchObject({ sets: ['user'], reads: [{ from: 'cookie', name: 'token' }], readsElsewhere: false })
    const library = of(
      '    async def __call__(self, scope, receive, send):\n        scope["user"] = await get_user(scope)\n        return await self.inner(scope, receive, send)\n',
    )
    expect(library).toMatchObject({ reads: [], readsElsewhere: true })
    expect(
      of('    def __call__(self, scope):\n        scope.update(extra())\n        return self.inner(scope)\n'),
    ).toMatchObject({ sets: undefined, asgi2: true })
  })
})

it('takes the routes that the settings of asgi.py itself lead to', () => {
  const app = project({
    'config/settings.py':
      "import sys\nfrom pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nsys.path.insert(0, str(BASE_DIR / 'apps'))\n",
    'config/asgi.py': `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')
django_application = get_asgi_application()
from channels.routing import ProtocolTypeRouter, URLRouter
import lots.routing
application = ProtocolTypeRouter({'http': django_application, 'websocket': URLRouter(lots.routing.urls)})
`,
    'apps/lots/__init__.py': '',
    'apps/lots/routing.py':
      "from django.urls import path\nfrom .live import Bids\nurls = [path('ws/lots/', Bids.as_asgi())]\n",
    'apps/lots/live.py':
      'from channels.generic.websocket import WebsocketConsumer\nclass Bids(WebsocketConsumer):\n    pass\n',
    Procfile: 'web: daphne config.asgi:application\n',
  })
  expect(app.asgi.application.map(({ root, when }) => [shape(root), when.length])).toEqual([
    ['{http: django, websocket: [ws/lots/ -> Bids.as_asgi]}', 0],
  ])
})
