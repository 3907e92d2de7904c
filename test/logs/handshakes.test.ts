import { describe, expect, it } from 'vitest'
import { socketPaths } from '../../src/logs/sockets.ts'
import { appOf } from '../support/app.ts'
import { counted, reading } from './support.ts'

const request = (status: number, path: string, method = 'GET'): string =>
  `2026-11-22T10:00:00.000000+00:00 heroku[router]: at=info method=${method} path="${path}" host=shop-1a2b3c4d5e6f.herokuapp.com request_id=5b1e6b1a-3a51-4c5a-9c06-2c5c4f1f7f11 fwd="203.0.113.7" dyno=web.1 connect=0ms service=9ms status=${status} bytes=129 protocol=https`
const log = (...lines: string[]): string => `${lines.join('\n')}\n`

const app = appOf({
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'mysite/__init__.py': '',
  'mysite/asgi.py': `from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path, re_path
from chat.consumers import Chat
application = ProtocolTypeRouter({
    "http": get_asgi_application(),
    "websocket": URLRouter([
        path("", Chat.as_asgi()),
        path("ws/chat/<int:room>/", Chat.as_asgi()),
        re_path(r"^ws/caf\\u00e9/$", Chat.as_asgi()),
    ]),
})
`,
  'chat/__init__.py': '',
  'chat/consumers.py':
    'from channels.generic.websocket import WebsocketConsumer\n\n\nclass Chat(WebsocketConsumer):\n    pass\n',
})
const isSocketPath = socketPaths([app])

describe('refused handshakes', () => {
  it('are told by the project’s routes, exactly', () => {
    const lines = log(
      request(403, '/ws/chat/7/?token=s3cr3t'),
      request(401, '/ws/chat/8/'),
      request(404, '/ws/chat/7/'),
      request(200, '/ws/chat/9/'),
      request(500, '/ws/caf%C3%A9/'),
      ...[200, 403, 404, 500].flatMap((status) => [
        request(status, '/ws/chat/seven/'),
        request(status, '/ws/chat/7'),
        request(status, '/'),
        request(status, '/ws/chat/7/', 'POST'),
      ]),
    )
    const summary = reading(lines, { isSocketPath })
    expect(counted(summary)).toEqual(['handshake/failed×1', 'handshake/plain×2', 'handshake/refused×2'])
    expect([...(summary.groups[2]?.subjects ?? [])]).toEqual(['/ws/chat/7/', '/ws/chat/8/'])
    expect(summary.groups[2]?.sample).toContain('path="/ws/chat/7/?token=***"')
    expect(reading(lines).groups).toEqual([])
  })

  it('are told without a project where the same path was upgraded before', () => {
    const lines = log(
      request(403, '/ws/a/'),
      request(101, '/ws/a/?token=1'),
      request(403, '/ws/a/?token=2'),
      request(200, '/ws/a/'),
      request(403, '/ws/b/'),
    )
    expect(counted(reading(lines))).toEqual(['handshake/refused×1'])
  })

  it('a page at the path of a socket that works is none', () => {
    const lines = log(request(101, '/ws/chat/7/'), request(200, '/ws/chat/7/'))
    expect(reading(lines, { isSocketPath }).groups).toEqual([])
  })

  it('a project without sockets has no such path', () => {
    expect(socketPaths([appOf({ Procfile: 'web: gunicorn mysite.wsgi\n' })])).toBeUndefined()
  })

  it('are found in lines with colours and from drains too', () => {
    const [, text] = request(403, '/ws/chat/7/').split('heroku[router]: ')
    const lines = log(
      `\u001b[36m2026-11-22T10:00:00.000000+00:00 heroku[router]: \u001b[0m${text}`,
      `305 <158>1 2026-11-22T10:00:00.000000+00:00 host heroku router - ${text}`,
    )
    expect(counted(reading(lines, { isSocketPath }))).toEqual(['handshake/refused×2'])
  })
})
