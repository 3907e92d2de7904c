import { describe, expect, it } from 'vitest'
import { read, shown, sockets, urls } from './sockets.ts'

describe('the address on an https page', () => {
  const cases: Record<string, [string, string[]]> = {
    'a literal': ["new WebSocket('wss://a.example/b')", ['wss://a.example/b']],
    'a sum': ["new WebSocket('ws://' + window.location.host + '/a/' + b + '/')", ['ws://<location.host>/a/<b>/']],
    'a template': ['new WebSocket(`wss://${location.host}/a/${b.id}/`)', ['wss://<location.host>/a/<b.id>/']],
    'an encoded name': ["new WebSocket('wss://a/' + encodeURIComponent('a b'))", ['wss://a/a%20b']],
    'what cannot be encoded': ["new WebSocket('wss://a/' + encodeURIComponent('\\uD800'))", ['wss://a/<value>']],
    'what cannot be decoded': ["new WebSocket('wss://a/' + decodeURIComponent('100%'))", ['wss://a/<value>']],
    'a constant': ["const u = 'wss://a/'; const s = new WebSocket(u)", ['wss://a/']],
    'a ternary on the protocol': [
      "new WebSocket((location.protocol === 'https:' ? 'wss' : 'ws') + '://a.b/')",
      ['wss://a.b/'],
    ],
    'an inverted ternary': [
      "new WebSocket((document.location.protocol != 'https:' ? 'ws' : 'wss') + '://a.b/')",
      ['wss://a.b/'],
    ],
    'a letter added': ["new WebSocket(`ws${location.protocol === 'https:' ? 's' : ''}://a.b/`)", ['wss://a.b/']],
    'a reassignment in a branch': [
      "let p = 'ws://'; if (window.location.protocol == 'https:') { p = 'wss://' } new WebSocket(p + 'a.b/')",
      ['wss://a.b/'],
    ],
    'an else branch': [
      "let p; if (location.protocol.startsWith('https')) p = 'wss:'; else p = 'ws:'; new WebSocket(p + '//a.b/')",
      ['wss://a.b/'],
    ],
    'a switch': [
      "let p; switch (location.protocol) { case 'https:': p = 'wss'; break; case 'http:': p = 'ws' } new WebSocket(p + '://a.b/')",
      ['wss://a.b/'],
    ],
    'a replacement in the protocol': [
      "new WebSocket(location.protocol.replace('http', 'ws') + '//' + location.host)",
      ['wss://<location.host>'],
    ],
    'a replacement in the origin': [
      "new WebSocket(window.location.origin.replace(/^http/, 'ws') + '/a/')",
      ['wss://<location.host>/a/'],
    ],
    'slashes taken off the end': [
      "const b = `wss://${location.host}/ws`; new WebSocket(String(b || '').replace(/\\/+$/, '') + '/a/')",
      ['wss://<location.host>/ws/a/'],
    ],
    'slashes taken off an end that is not known': [
      "new WebSocket(`wss://${host}`.replace(/[/]*$/, '') + '/a/')",
      ['wss://<host>/a/'],
    ],
    'a slash taken off': [
      "new WebSocket(`wss://${location.host}/ws/`.replace(/\\/$/, ''))",
      ['wss://<location.host>/ws'],
    ],
    'a replacement across what is joined': [
      "const p = 'https'; new WebSocket((p + '://' + location.host + '/a').replace(/^http(s?):\\/\\//, 'ws$1://'))",
      ['wss://<location.host>/a'],
    ],
    'every slash': ["new WebSocket('wss:' + '//a/b/c'.replace(/[/]/g, '-').replace('--', '//'))", ['wss://a-b-c']],
    'a replacement that what is not known may be in': [
      "new WebSocket('wss://' + (room + '/x/').replace('/x', '/y'))",
      ['wss://<replace()>'],
    ],
    indexOf: [
      "const s = location.protocol.indexOf('https') > -1; new WebSocket(s ? 'wss://a.b/' : 'ws://a.b/')",
      ['wss://a.b/'],
    ],
    'a map': ["const m = { 'https:': 'wss:', 'http:': 'ws:' }; new WebSocket(m['https:'] + '//a.b/')", ['wss://a.b/']],
    'a function': [
      "function u(r) { const p = location.protocol === 'https:' ? 'wss' : 'ws'; return `${p}://a.b/${r}/` } new WebSocket(u('c'))",
      ['wss://a.b/c/'],
    ],
    'returns in branches': [
      "const u = () => { if (location.protocol === 'https:') return 'wss://a.b/'; return 'ws://a.b/' }; new WebSocket(u())",
      ['wss://a.b/'],
    ],
    'a parameter': ["function open(u) { return new WebSocket(u) } open('wss://a.b/')", ['wss://a.b/']],
    'a property of the class': [
      "class C { url = 'wss://a.b/'; open() { this.s = new WebSocket(this.url) } }",
      ['wss://a.b/'],
    ],
    'set in the constructor': [
      "class C { constructor() { this.url = 'wss://a.b/' } open() { const self = this; return new WebSocket(self.url) } }",
      ['wss://a.b/'],
    ],
    'an object': ["const c = { a: { url: 'wss://a.b/' } }; new WebSocket(c.a.url)", ['wss://a.b/']],
    destructuring: [
      "const { protocol, host } = window.location; new WebSocket((protocol === 'https:' ? 'wss://' : 'ws://') + host + '/')",
      ['wss://<location.host>/'],
    ],
    'parts that a function is given and joins': [
      "const address = (...parts) => `wss://${location.host}/${parts.map(encodeURIComponent).join('/')}`; new WebSocket(address('ws', 'a b', room))",
      ['wss://<location.host>/ws/a%20b/<room>'],
    ],
    'parts after the first': [
      "function address(host, ...parts) { return 'wss://' + host + '/' + parts.map((part) => part + '/').join('') } new WebSocket(address('a.b', 'ws', room))",
      ['wss://a.b/ws/<room>/'],
    ],
    'parts that are spread': [
      "const address = (...parts) => 'wss://a.b/' + parts.join('/'); new WebSocket(address('ws', ...more))",
      ['wss://a.b/<parts.join()>'],
    ],
    'a value that another function makes of parts': [
      "const url = (...parts) => 'wss://a.b/' + parts.join('/') + '/'; class Link { constructor(url) { this.url = url; this.dial() } dial() { this.s = new WebSocket(this.url) } } new Link(url('ws', 'x'))",
      ['wss://a.b/ws/x/'],
    ],
    'a list without what is empty, joined': [
      "new WebSocket('wss://' + [location.host, '', 'a', null].filter(Boolean).join('/') + '/')",
      ['wss://<location.host>/a/'],
    ],
    'a list without what may be empty, joined': [
      "new WebSocket('wss://' + [location.host, room].filter(Boolean).join('/') + '/')",
      ['wss://<join()>/'],
    ],
    'a list that grows': ["const l = ['wss:/', 'a.b']; l.push('c'); new WebSocket(l.join('/'))", ['<l.join()>']],
    'a list whose item is replaced': [
      "const l = ['wss:/', 'a.b', 'c']; l[2] = 'd'; new WebSocket(l.join('/'))",
      ['<l.join()>'],
    ],
    'a list that is spread': [
      "const l = ['a.b', 'c']; new WebSocket(['wss:/', ...l, 'd'].join('/'))",
      ['wss://a.b/c/d'],
    ],
    'a list with parts of another': ["new WebSocket(['wss:/', 'a.b', ...given].join('/'))", ['<join()>']],
    'a table that is filled later': [
      "const c = { path: '/x/' }; Object.assign(c, given); new WebSocket('wss://a.b' + c.path)",
      ['wss://a.b<c.path>'],
    ],
    'another list of the name': [
      "function f() { const l = ['x']; l.push('y'); return l } const l = ['wss:/', 'a.b']; new WebSocket(l.join('/'))",
      ['wss://a.b'],
    ],
    'a list joined': ["new WebSocket(['wss:/', location.host, 'a'].join('/'))", ['wss://<location.host>/a']],
    'new URL': [
      "const u = new URL('/a/', location.href); u.protocol = u.protocol.replace('http', 'ws'); new WebSocket(u)",
      ['wss://<location.host>/a/'],
    ],
    'parameters of a URL object': [
      "const u = new URL('wss://a.b/c/'); u.searchParams.set('token', given); u.searchParams.append('v', '2'); new WebSocket(u.toString())",
      ['wss://a.b/c/?token=<given>&v=2'],
    ],
    'parameters of a URL object that an object holds': [
      "class L { constructor() { this.u = new URL('wss://a.b/c/'); this.u.searchParams.set('token', given) } open() { new WebSocket(this.u) } }",
      ['wss://a.b/c/?token=<given>'],
    ],
    'parameters of another URL object': [
      "function f() { const u = new URL('/c/', location.href); u.searchParams.set('token', given); fetch(u) } function g() { const u = new URL('wss://a.b/c/'); new WebSocket(u) }",
      ['wss://a.b/c/'],
    ],
    'parameters that a loop adds': [
      "const u = new URL('wss://a.b/c/'); for (const k of keys) u.searchParams.set(k, given[k]); new WebSocket(u)",
      ['wss://a.b/c/?<searchParams>'],
    ],
    'parameters under another name': [
      "const u = new URL('wss://a.b/c/'); const q = u.searchParams; q.set('token', given); new WebSocket(u)",
      ['wss://a.b/c/?<searchParams>'],
    ],
    'a URL object that a function changes': [
      "const u = new URL('wss://a.b/c/'); sign(u); new WebSocket(u)",
      ['wss://a.b/c/?<searchParams>'],
    ],
    'a query that is assigned': [
      "const u = new URL('wss://a.b/c/'); u.search = `?token=${given}`; new WebSocket(u.href)",
      ['wss://a.b/c/?token=<given>'],
    ],
    'a query of other parameters': [
      "const u = new URL('wss://a.b/c/'); u.search = new URLSearchParams({ token: given }); new WebSocket(u)",
      ['wss://a.b/c/?<search>'],
    ],
    'a path that is assigned': ["const u = new URL('wss://a.b/c/'); u.pathname = '/d/'; new WebSocket(u)", ['<u>']],
    'a path': ["new WebSocket('/a/b/')", ['/a/b/']],
    'a port of the page': [
      "new WebSocket('wss://' + location.hostname + (location.port ? ':' + location.port : '') + '/')",
      ['wss://<location.hostname>/'],
    ],
    'the developer’s machine': [
      "new WebSocket(location.hostname === 'localhost' ? 'ws://localhost:8000/' : 'wss://' + location.host + '/')",
      ['wss://<location.host>/'],
    ],
    'a list of local names': [
      "const l = ['localhost', '127.0.0.1'].includes(location.hostname); new WebSocket(l ? 'ws://l/' : 'wss://a.b/')",
      ['wss://a.b/'],
    ],
    production: [
      "new WebSocket(process.env.NODE_ENV === 'production' ? 'wss://a.b/' : 'ws://localhost/')",
      ['wss://a.b/'],
    ],
    'import.meta.env.DEV': ["new WebSocket(import.meta.env.DEV ? 'ws://localhost/' : 'wss://a.b/')", ['wss://a.b/']],
    'a variable of the build': ['new WebSocket(`${process.env.REACT_APP_WS}/a/`)', ['<REACT_APP_WS>/a/']],
    'the scheme split off the address': [
      "const p = location.href.split(':')[0] === 'https' ? 'wss' : 'ws'; new WebSocket(p + '://a.b/')",
      ['wss://a.b/'],
    ],
    'the scheme split off the origin': [
      "const p = location.origin.split('://')[0] === 'https' ? 'wss' : 'ws'; new WebSocket(p + '://a.b/')",
      ['wss://a.b/'],
    ],
    'the scheme of the base address': [
      "const p = new URL(document.baseURI).protocol === 'https:' ? 'wss' : 'ws'; new WebSocket(p + '://a.b/')",
      ['wss://a.b/'],
    ],
    'the scheme of a URL of the page': [
      "const p = new URL(window.location).protocol === 'https:' ? 'wss' : 'ws'; new WebSocket(p + '://a.b/')",
      ['wss://a.b/'],
    ],
    'the scheme destructured': [
      "const [p] = location.href.split(':'); new WebSocket((p === 'https' ? 'wss' : 'ws') + '://a.b/')",
      ['wss://a.b/'],
    ],
    'a table of the protocol': [
      "const t = { 'https:': 'wss:', 'http:': 'ws:' }; new WebSocket(t[location.protocol] + '//a.b/')",
      ['wss://a.b/'],
    ],
    'a test nobody can answer': [
      "new WebSocket(secure ? 'wss://a.b/' : 'ws://a.b/')",
      ['wss://a.b/ | `secure` is true', 'ws://a.b/ | `secure` is false'],
    ],
    'an assignment elsewhere': [
      "let u = 'wss://a.b/'; function set(v) { u = v } function open() { new WebSocket(u) }",
      ['wss://a.b/ | `u` keeps its first value', '<v> | `u` was assigned anew'],
    ],
  }
  for (const [name, [script, expected]] of Object.entries(cases)) it(name, () => expect(urls(script)).toEqual(expected))

  it('follows imports', () => {
    const config =
      "export const base = `wss://${location.host}`\nexport default { url: 'wss://d.e/' }\nexport { base as other }"
    expect(
      urls("import { base } from './config'\nnew WebSocket(base + '/a/')", { 'static/config.js': config }),
    ).toEqual(['wss://<location.host>/a/'])
    expect(urls("import c from './config.js'\nnew WebSocket(c.url)", { 'static/config.js': config })).toEqual([
      'wss://d.e/',
    ])
    expect(urls("import * as c from './config'\nnew WebSocket(c.base)", { 'static/config.js': config })).toEqual([
      '<c.base>',
    ])
  })

  it('reads .env files of a production build', () => {
    const more = { '.env': 'VITE_WS=ws://localhost:8000\n', '.env.production': '# a\nVITE_WS="wss://a.b"\n' }
    expect(urls('new WebSocket(import.meta.env.VITE_WS)', more)).toEqual([
      'wss://a.b | VITE_WS is not set as a config var',
    ])
  })

  it('reads the environment that Angular builds with', () => {
    const more = {
      'src/environments/environment.ts': "export const environment = { ws: 'ws://localhost/' }",
      'src/environments/environment.prod.ts': "export const environment = { ws: 'wss://a.b/' }",
      'src/app/main.ts': "import { environment } from '../environments/environment'\nnew WebSocket(environment.ws)",
    }
    expect(read(more).sockets.map(({ urls: found }) => shown(found[0]?.parts))).toEqual(['wss://a.b/'])
  })

  it('finds globals in other scripts of the page', () => {
    const page = '<script>const base = `wss://${location.host}`</script><script src="{% static "chat.js" %}"></script>'
    expect(urls("new WebSocket(base + '/a/')", { 'templates/index.html': page })).toEqual(['wss://<location.host>/a/'])
    const two = { 'templates/index.html': page, 'templates/other.html': page.replace('wss', 'ws') }
    expect(urls("new WebSocket(base + '/a/')", two)).toEqual(['<base>/a/'])
  })

  it('ends on scripts that refer to themselves', () => {
    expect(urls('let u = u + "a"; new WebSocket(u)')).toHaveLength(1)
    expect(urls('const f = () => g(); const g = () => f(); new WebSocket(f())')).toHaveLength(1)
  })
})

describe('templates of the server', () => {
  it('sees what they write as holes, and the host of the request as the page’s', () => {
    const page = `{% load static %}<script>{% if a %}
      const room = {{ room.id }}; const s = new WebSocket("{% if b %}x{% endif %}"); const t = new WebSocket('wss://{{ request.get_host }}/{{ room.slug|escapejs }}/' + room)
    {% endif %}</script>`
    const [first, second] = read({
      'chat/templates/a.html': page,
      'chat/views.py': "render(request, 'a.html')",
    }).sockets
    expect(first?.urls.map(({ parts }) => shown(parts))).toEqual(['x'])
    expect(shown(second?.urls[0]?.parts)).toBe('wss://<request.get_host>/<room.slug>/<room.id>')
    expect(second?.urls[0]?.host.kind).toBe('page')
  })

  it('takes neither of two texts of which the template writes one', () => {
    const page = `<script>new WebSocket({% if secure %}'wss://'{% else %}'ws://'{% endif %} + location.host + '/ws/a/')</script>`
    const [socket] = read({ 'templates/a.html': page, 'views.py': 'a.html' }).sockets
    expect(socket?.urls.map(({ path }) => shown(path))).not.toContain('/')
    expect(socket?.urls.map(({ host }) => host.kind)).not.toContain('page')
  })

  it('knows the sockets of htmx', () => {
    const page =
      '<div hx-ext="ws" ws-connect="/ws/{{ room }}/"></div><div hx-ws="connect:/ws/a/"></div><div ws-connect=""></div>'
    const found = read({ 'templates/a.html': page, 'views.py': 'a.html' }).sockets
    expect(found.map(({ urls: [url] }) => shown(url?.path))).toEqual(['/ws/<room>/', '/ws/a/'])
  })

  it('shares names between the scripts of a page', () => {
    const page = "<script>const base = 'wss://a.b'</script><script>new WebSocket(base + '/c/')</script>"
    expect(shown(read({ 'templates/a.html': page }).sockets[0]?.urls[0]?.parts)).toBe('wss://a.b/c/')
  })
})

describe('the parts of an address', () => {
  const of = (script: string) => sockets(script)[0]?.urls[0]

  it('splits scheme, host, path and query', () => {
    const url = of("new WebSocket('WSS://a.example:8443/b/c?d=e#f')")
    expect([url?.scheme, url?.host, shown(url?.path), shown(url?.query)]).toMatchObject([
      'wss',
      { kind: 'literal', text: 'a.example:8443', port: '8443' },
      '/b/c',
      'd=e',
    ])
  })

  it('tells hosts apart', () => {
    const kind = (host: string) => of(`new WebSocket('ws://${host}/')`)?.host.kind
    for (const local of [
      'localhost:8000',
      '127.0.0.1',
      '0.0.0.0',
      '[::1]:8000',
      '192.168.1.4',
      '10.0.0.1',
      'backend',
      'web:8000',
      'a.local',
    ])
      expect([local, kind(local)]).toEqual([local, 'local'])
    for (const remote of ['a.example', 'x.herokuapp.com:443', '8.8.8.8'])
      expect([remote, kind(remote)]).toEqual([remote, 'literal'])
    expect(of('new WebSocket(`ws://${h}/a/`)')?.host.kind).toBe('unknown')
    expect(of('new WebSocket(`ws://${import.meta.env.VITE_HOST}/a/`)')?.host.kind).toBe('env')
  })

  it('takes no character of an address for something unknown', () => {
    const [url] = sockets("new WebSocket('wss://' + host + '/ws/\\uE271hat/')")[0]?.urls ?? []
    expect(url?.path?.every((part) => part !== undefined)).toBe(true)
    expect(url?.path).toHaveLength(1)
  })

  it('does not guess a path behind an unknown base', () => {
    expect(of('new WebSocket(`${baseUrl}/a/`)')?.path).toBeUndefined()
    expect(of('new WebSocket(`wss://${apiUrl}/a/`)')?.path).toBeUndefined()
    expect(shown(of('new WebSocket(`wss://${location.host}${path}`)')?.path)).toBe('<path>')
    expect(shown(of("new WebSocket('wss://' + location.host)")?.path)).toBe('/')
  })
})

describe('what opens a socket', () => {
  const names = (script: string) =>
    sockets(script).map(({ opener, library }) => `${opener}${library === undefined ? '' : ` of ${library}`}`)

  it('knows the browser’s own under its aliases', () => {
    expect(
      names(
        'new window.WebSocket(a); new MozWebSocket(b); const W = window.WebSocket || window.MozWebSocket; new W(c)',
      ),
    ).toEqual(['WebSocket', 'MozWebSocket', 'WebSocket'])
    expect(names("import { w3cwebsocket as W } from 'websocket'; new W(a)")).toEqual(['w3cwebsocket'])
    expect(names('class S extends WebSocket { constructor() { super(a) } }')).toEqual(['WebSocket'])
  })

  it('knows the usual libraries', () => {
    expect(names("import R from 'reconnecting-websocket'; new R(a)")).toEqual(['R of reconnecting-websocket'])
    expect(names("import useWebSocket from 'react-use-websocket'; const { sendMessage } = useWebSocket(a)")).toEqual([
      'useWebSocket of react-use-websocket',
    ])
    expect(names("import { webSocket } from 'rxjs/webSocket'; webSocket({ url: 'wss://a.b/' })")).toEqual([
      'webSocket of rxjs/webSocket',
    ])
    expect(names("const S = require('sockette'); S(a)")).toEqual(['S of sockette'])
    expect(names('const b = new channels.WebSocketBridge(); b.connect("/a/")')).toEqual([
      'WebSocketBridge of django-channels',
    ])
  })

  it('passes over other things of that name', () => {
    expect(names('class WebSocket {} new WebSocket(a)')).toEqual([])
    expect(names("import { WebSocket } from './mine'; new WebSocket(a)")).toEqual([])
    expect(
      names("// new WebSocket('ws://a')\nconst s = 'new WebSocket(`ws://b`)'; WebSocket.OPEN; /new WebSocket/.test(s)"),
    ).toEqual([])
  })

  it('leaves out branches that only the developer’s machine takes', () => {
    expect(
      sockets(
        "if (location.hostname === 'localhost') { new WebSocket('ws://localhost/') } else new WebSocket('wss://a.b/')",
      ),
    ).toHaveLength(1)
    expect(
      sockets("if (location.protocol === 'https:') new WebSocket('wss://a/'); else new WebSocket('ws://a/')"),
    ).toHaveLength(1)
    expect(
      sockets(
        'let s = null; function open() { if (s) return; if (!s) { s = new WebSocket(a) } if (s) { s = new WebSocket(b) } }',
      ),
    ).toHaveLength(2)
  })
})

describe('an evaluation that would take too long', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const all = (room: string) => names.map((name) => `on_${name}(${room})`).join('; ')
  const calling = names.map(
    (name) => `function on_${name}(room_${name}) { open(room_${name}); ${all(`room_${name}`)} }`,
  )

  it('leaves what it could not follow open, and reads all the rest', () => {
    const open = "function open(room) { const u = 'wss://a.b/ws/' + room + '/'; new WebSocket(u) }"
    expect(urls([open, ...calling].join('\n'))).toEqual(['wss://a.b/ws/<room>/'])
  })

  it('is no address where nothing but its half was read', () => {
    const [socket] = sockets(`new WebSocket(\`wss://a.b/${"${\n'x'}".repeat(5000)}/\`)`)
    expect(socket?.urls).toEqual([])
  })
})
