import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'
import { filesBelow } from '../../support/trees.ts'
import { shown } from '../frontend/sockets.ts'

const base = Object.fromEntries(
  Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)

/** The addresses of the sockets of a page that a view renders: `view` is what it returns. */
function addresses(view: string, files: Readonly<Record<string, string>>): (string | undefined)[] {
  const app = appOf({
    ...base,
    'mysite/urls.py': "from django.urls import path\nfrom chat.views import home\nurlpatterns = [path('', home)]\n",
    'chat/views.py': `from django.http import HttpResponse\nfrom django.shortcuts import render\nfrom django.template.loader import render_to_string\ndef home(request):\n    return ${view}\n`,
    ...files,
  })
  return app.frontend.sockets.flatMap(({ urls }) => urls.map(({ parts }) => shown(parts)))
}

const socket = "<script>new WebSocket('wss://h.example/ws/{{ room }}/')</script>"
const render = 'render(request, "chat/room.html", {"room": "lobby"})'

describe('what a page writes', () => {
  it('is the value of the view', () => {
    expect(addresses(render, { 'templates/chat/room.html': socket })).toEqual(['wss://h.example/ws/lobby/'])
  })

  it.each<[string, string]>([
    ['with', "{% with room='x' %}{% include 'chat/socket.html' %}{% endwith %}"],
    ['with in its old form', "{% with x as room %}{% include 'chat/socket.html' %}{% endwith %}"],
    ['a loop', "{% for room in rooms %}{% include 'chat/socket.html' %}{% endfor %}{% include 'chat/socket.html' %}"],
    ['a loop over pairs', "{% for id, room in rooms %}{% endfor %}{% include 'chat/socket.html' %}"],
    ['an include', "{% include 'chat/socket.html' with room='x' %}"],
    ['an include of that alone', "{% include 'chat/socket.html' only %}"],
    ['a tag that keeps its answer', "{% url 'x' as room %}{% include 'chat/socket.html' %}"],
    ['a part that is included on the way', "{% include './middle.html' %}"],
  ])('is not that of the view under a name that %s binds', (_, page) => {
    const middle = "{% with room='x' %}{% include 'chat/socket.html' %}{% endwith %}"
    const files = {
      'templates/chat/room.html': page,
      'templates/chat/socket.html': socket,
      'templates/chat/middle.html': middle,
    }
    expect(new Set(addresses(render, files))).toEqual(new Set(['wss://h.example/ws/<room>/']))
  })

  it('keeps the value of the view under a name that only an argument has', () => {
    const page = `{% url 'x' room=y as z %}${socket}`
    expect(addresses(render, { 'templates/chat/room.html': page })).toEqual(['wss://h.example/ws/lobby/'])
  })

  it.each<[string, string, string]>([
    [
      'render_to_string with a request',
      'HttpResponse(render_to_string("chat/room.html", {}, request))',
      '<request.path>',
    ],
    [
      'render_to_string with a request by its name',
      'HttpResponse(render_to_string("chat/room.html", request=request))',
      '<request.path>',
    ],
    ['render_to_string without', 'HttpResponse(render_to_string("chat/room.html", {}))', ''],
    ['render_to_string with None', 'HttpResponse(render_to_string("chat/room.html", {}, None))', ''],
  ])('has the request by %s', (_, view, path) => {
    const page = "<script>new WebSocket('wss://h.example/ws{{ request.path }}')</script>"
    expect(addresses(view, { 'templates/chat/room.html': page })).toEqual([`wss://h.example/ws${path}`])
  })
})

describe('what a view makes of the way the request came', () => {
  const page = "<script>new WebSocket('{{ scheme }}://{{ host }}/ws/a/')</script>"
  const view = (scheme: string) =>
    `render(request, "chat/room.html", {"scheme": ${scheme}, "host": request.get_host()})`
  const settings = (base['mysite/settings.py'] ?? '').replace(/^SECURE_PROXY_SSL_HEADER.*$/m, '')

  it.each([
    ["'wss' if request.is_secure() else 'ws'"],
    ["{'http': 'ws', 'https': 'wss'}[request.scheme]"],
    ["('ws', 'wss')[request.is_secure()]"],
  ])('is that of http where nobody tells Django of https: %s', (scheme) => {
    const Procfile = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'
    const files = { 'templates/chat/room.html': page, 'mysite/settings.py': settings, Procfile }
    expect(addresses(view(scheme), files)).toEqual(['ws://<request.get_host()>/ws/a/'])
  })

  it.each([
    [
      'a header says so',
      "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n",
      'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    ],
    ['the server reads it', '', 'web: uvicorn --host 0.0.0.0 --port $PORT mysite.asgi:application\n'],
    ['daphne reads it', '', 'web: daphne --proxy-headers -b 0.0.0.0 -p $PORT mysite.asgi:application\n'],
  ])('is not known where %s', (_, more, procfile) => {
    const files = { 'templates/chat/room.html': page, 'mysite/settings.py': settings + more, Procfile: procfile }
    const found = addresses(view("'wss' if request.is_secure() else 'ws'"), files)
    expect(found.every((one) => !one?.startsWith('ws:'))).toBe(true)
  })
})
