import { describe, expect, test } from 'vitest'
import { asgi, told } from './visits.ts'

const named =
  'from functools import partial\nfrom channels.middleware import BaseMiddleware\nfrom channels.auth import AuthMiddlewareStack\n'

/** What a socket meets behind these middlewares: in the router, or around it. */
const met = (around: string, wrapped: string, channels: string, outside = false) =>
  told({
    channels,
    asgi: asgi(
      outside ? wrapped : 'router',
      'from channels.auth import AuthMiddlewareStack\nfrom mysite.around import *',
    ).replace("'websocket': URLRouter(routes)", outside ? "'websocket': URLRouter(routes)" : `'websocket': ${wrapped}`),
    around: named + around,
  })

const alone = `
class Token:
    def __init__(self, inner):
        self.inner = inner
    def __call__(self, scope):
        return self.inner(dict(scope, token='x'))
`
const instance = `
class Token:
    def __init__(self, inner):
        self.inner = inner
    def __call__(self, scope):
        return TokenInstance(scope, self)
class TokenInstance:
    def __init__(self, scope, middleware):
        self.scope = dict(scope)
        self.inner = middleware.inner
    async def __call__(self, receive, send):
        inner = self.inner(self.scope)
        return await inner(receive, send)
`
const waiting = instance
  .replace('inner = self.inner(self.scope)', 'self.scope["token"] = "x"')
  .replace('inner(receive, send)', 'self.inner(self.scope, receive, send)')
const base = `
class Token(BaseMiddleware):
    def __call__(self, scope):
        return super().__call__(scope)
`
const later = `
class Token(BaseMiddleware):
    def __call__(self, scope):
        return partial(self.late, scope)
    async def late(self, scope, receive, send):
        return await super().__call__(dict(scope, token='x'), receive, send)
`
const plain = `
class Token:
    def __init__(self, inner):
        self.inner = inner
    def __call__(self, scope, receive, send):
        return self.inner(dict(scope, token='x'), receive, send)
`
const pending = plain.replace('    def __call__', '    async def __call__').replace('return self', 'return await self')
const half = plain
  .replace('    def __call__', '    async def __call__')
  .replace("self.inner(dict(scope, token='x'), receive, send)", "await self.inner(dict(scope, token='x'))")

const lacks = "TypeError: __call__() missing 2 required positional arguments: 'receive' and 'send'"
const given = 'TypeError: __call__() takes 2 positional arguments but 4 were given'

describe('an application that is called otherwise than it is written for', () => {
  test.each([
    ['the scope alone', alone, 'Token(URLRouter(routes))', '3.0.5', `${lacks} URLRouter called`],
    ['the scope alone', alone, 'Token(URLRouter(routes))', '4.2.2', `${given} Token takes`],
    [
      'inside of one of Channels',
      alone,
      'AuthMiddlewareStack(Token(URLRouter(routes)))',
      '3.0.5',
      `${given} Token takes`,
    ],
    [
      'around one of Channels',
      instance,
      'Token(AuthMiddlewareStack(URLRouter(routes)))',
      '3.0.5',
      `${lacks} AuthMiddlewareStack called`,
    ],
    ['an instance for each socket', instance, 'Token(URLRouter(routes))', '4.2.2', `${given} Token takes`],
    ['with its base', base, 'Token(URLRouter(routes))', '3.0.5', `${lacks} BaseMiddleware called`],
    ['with its base', base, 'Token(URLRouter(routes))', '4.2.2', `${given} Token takes`],
    ['no coroutine function', plain, 'Token(URLRouter(routes))', '3.0.5', `${lacks} Token mistaken`],
    [
      'one of two',
      pending + alone.replace('Token', 'Name'),
      'Token(Name(URLRouter(routes)))',
      '4.2.2',
      `${given} Name takes`,
    ],
    ['handed the scope alone', half, 'Token(URLRouter(routes))', '4.2.2', `${lacks} URLRouter called`],
    [
      'handed the scope alone',
      half + pending.replace('Token', 'Name'),
      'Token(Name(URLRouter(routes)))',
      '4.2.2',
      `${lacks} Name called`,
    ],
  ])('%s: %#', (_, around, wrapped, channels, expected) => {
    expect(met(around, wrapped, channels)).toEqual([`handshake channels.routing.ProtocolTypeRouter() ${expected}`])
  })

  test('around the router', () => {
    expect(met(alone, 'Token(router)', '4.2.2', true)).toEqual([`handshake Token ${lacks} ProtocolTypeRouter called`])
    expect(met(later, 'Token(router)', '4.2.2', true)).toEqual([])
    expect(met(waiting, 'Token(router)', '4.2.2', true)).toEqual([])
    expect(met(plain, 'Token(router)', '4.2.2', true)).toEqual([])
  })

  test.each([
    ['as the routers of Channels 3 take it', later, 'Token(URLRouter(routes))', '3.0.5'],
    ['an instance that waits', waiting, 'Token(URLRouter(routes))', '3.0.5'],
    ['all three', pending, 'Token(URLRouter(routes))', '3.0.5'],
    ['all three', pending, 'Token(AuthMiddlewareStack(URLRouter(routes)))', '4.2.2'],
    ['all three, handed on', plain, 'Token(URLRouter(routes))', '4.2.2'],
    ['all three, behind one of Channels', plain, 'AuthMiddlewareStack(Token(URLRouter(routes)))', '3.0.5'],
  ])('%s: %#', (_, around, wrapped, channels) => {
    expect(met(around, wrapped, channels)).toEqual([])
  })

  test('the application that a setting names', () => {
    const lines = told({
      asgi: "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\ndjango.setup()\nfrom channels.routing import get_default_application\napplication = get_default_application()\n",
      channels: '3.0.5',
      around: named + alone,
      more: {
        'mysite/settings.py':
          "INSTALLED_APPS = ['channels', 'chat']\nASGI_APPLICATION = 'mysite.routing.application'\n",
        'mysite/routing.py':
          'from channels.routing import ProtocolTypeRouter, URLRouter\nfrom channels.security.websocket import AllowedHostsOriginValidator\nfrom chat.routing import routes\nfrom mysite.around import Token\napplication = ProtocolTypeRouter({"websocket": AllowedHostsOriginValidator(Token(URLRouter(routes)))})\n',
      },
    })
    expect(lines).toEqual([`handshake channels.routing.ProtocolTypeRouter() ${given} Token takes`])
  })
})

describe('what asgiref.compatibility makes of an application', () => {
  const compat = 'from asgiref.compatibility import double_to_single_callable, guarantee_single_callable\n'
  const wrapped = (name: string) => `${name}(Token(URLRouter(routes)))`
  const marked = (mark: string, middleware = plain) =>
    middleware.replace('class Token:\n', `class Token:\n    ${mark}\n`)

  test.each(['double_to_single_callable', 'guarantee_single_callable'])('%s calls one of ASGI 2 twice', (name) => {
    expect(met(compat + waiting, wrapped(name), '4.2.2')).toEqual([])
    expect(met(compat + waiting, wrapped(name), '4.2.2', true)).toEqual([])
  })

  test('guarantee_single_callable leaves one of ASGI 3 as it is', () => {
    const coroutine = plain.replace('def __call__', 'async def __call__').replace('return self', 'return await self')
    expect(met(compat + coroutine, wrapped('guarantee_single_callable'), '4.2.2')).toEqual([])
    expect(met(compat + plain, wrapped('guarantee_single_callable'), '4.2.2')).not.toEqual([])
  })

  test('goes by its mark first', () => {
    const single = marked('_asgi_single_callable = True')
    expect(met(compat + single, wrapped('guarantee_single_callable'), '4.2.2')).toEqual([])
    expect(met(single, 'Token(URLRouter(routes))', '3.0.5')).toEqual([])
    expect(met(plain, 'Token(URLRouter(routes))', '3.0.5')).not.toEqual([])
  })
})
