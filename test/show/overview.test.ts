import { describe, expect, it } from 'vitest'
import { overviewOf } from '../../src/show/overview.ts'
import { appOf } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

function overview(more: Readonly<Record<string, string>>) {
  const base = Object.fromEntries(
    Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString(),
    ]),
  )
  return overviewOf(appOf({ ...base, ...more }), '.')
}

const script = (...addresses: string[]) => ({
  'static/app.js': addresses.map((address) => `new WebSocket(${address})\n`).join(''),
  'templates/index.html': '<script src="/static/app.js"></script>\n',
})

describe('overviewOf', () => {
  it('joins a socket to the route that takes its path, and leaves open what nobody can tell', () => {
    const { routes, sockets } = overview({
      'chat/routing.py':
        "from django.urls import path, re_path\nfrom chat.consumers import ChatConsumer\nwebsocket_urlpatterns = [\n    path('ws/chat/', ChatConsumer.as_asgi()),\n    path('ws/room/<int:room>/', ChatConsumer.as_asgi()),\n]\n",
      ...script(
        "'wss://' + location.host + '/ws/chat/'",
        "'/ws/room/' + room + '/'",
        "'/ws/nowhere/'",
        "'wss://other.example.com/ws/chat/'",
        'address',
      ),
    })
    expect(routes.map(({ pattern, sockets: reaching }) => [pattern, reaching.map(({ address }) => address)])).toEqual([
      ['ws/chat/', ['wss://{host}/ws/chat/']],
      ['ws/room/<int:room>/', ['/ws/room/…/']],
    ])
    expect(sockets.map(({ address, reaches }) => [address, reaches])).toEqual([
      ['/ws/nowhere/', 'none'],
      ['wss://other.example.com/ws/chat/', 'unknown'],
      ['?', 'unknown'],
      // The base's own page, whose route is gone here.
      ['wss://{host}/ws/chat/lobby/', 'none'],
    ])
  })

  it('tells what runs, and puts steps that read the same together', () => {
    const { processes, worlds } = overview({
      Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nrelease: python manage.py migrate\n',
    })
    expect(processes.map(({ type, server }) => [type, server?.binds, server?.target])).toEqual([
      ['web', ['0.0.0.0:$PORT'], 'mysite.asgi:application'],
      ['release', undefined, undefined],
    ])
    expect(worlds).toHaveLength(1)
  })
})
