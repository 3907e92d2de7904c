import { describe, expect, it } from 'vitest'
import { read, urls } from './sockets.ts'

describe('files', () => {
  it('leaves out what collectstatic collected', () => {
    const source = "const s = new WebSocket('ws://a.b/')"
    const settings =
      "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = []\nSTATIC_ROOT = BASE_DIR / 'public' / 'assets'\n"
    const model = read({
      'manage.py': '',
      'mysite/settings.py': settings,
      'mysite/__init__.py': '',
      'public/assets/chat.js': source,
      'chat/static/chat.js': source,
    })
    expect(model.sockets.map(({ at }) => at.file)).toEqual(['chat/static/chat.js'])
  })

  it('leaves out the copies in a folder `static` that collectstatic and the project write to', () => {
    const source = "const s = new WebSocket('ws://a.b/')"
    const settings = "from pathlib import Path\nINSTALLED_APPS = []\nSTATIC_ROOT = '/app/all/static'\n"
    const model = read({
      'manage.py': '',
      'mysite/settings.py': settings,
      'mysite/__init__.py': '',
      'all/static/chat/room.js': source,
      'all/static/chat/room.0a1b2c3d4e5f.js': `${source} // hashed`,
      'all/static/chat/changed.js': `${source} // by hand`,
      'all/static/own.js': source,
      'chat/static/chat/room.js': source,
      'chat/static/chat/changed.js': source,
    })
    expect(model.sockets.map(({ at }) => at.file)).toEqual([
      'all/static/chat/changed.js',
      'all/static/own.js',
      'chat/static/chat/changed.js',
      'chat/static/chat/room.js',
    ])
  })

  it('leaves out tests, vendored and built code, and says which of it opens sockets', () => {
    const source = "new WebSocket('ws://a.b/')"
    const model = read({
      'node_modules/a/index.js': source,
      'dist/b.js': source,
      'staticfiles/c.js': source,
      'src/d.test.ts': source,
      'src/e.d.ts': source,
      'static/f.min.js': source,
      'static/main.d7aa1ac3.chunk.js': source,
      'static/reconnecting-websocket.js': source,
      'static/g.js': `${'x;'.repeat(3000)}${source}`,
      'static/h.js': source,
    })
    expect(model.sockets.map(({ at }) => at.file)).toEqual(['static/h.js'])
    expect(model.skipped.map(({ file }) => file)).toEqual([
      'static/f.min.js',
      'static/g.js',
      'static/main.d7aa1ac3.chunk.js',
      'static/reconnecting-websocket.js',
    ])
  })

  it('reads what stands in the folder of a build where nothing else opens a socket', () => {
    const source = "import { x } from './x.js'\nconst s = new WebSocket('wss://a.b/')"
    const own = { 'frontend/dist/board/socket.js': source, 'frontend/dist/board/dist/other.js': source }
    const kept = read({ ...own, 'frontend/pages/index.html': '<script src="/static/board/socket.js"></script>' })
    expect(kept.sockets.map(({ at }) => at.file)).toEqual([
      'frontend/dist/board/socket.js',
      'frontend/dist/board/dist/other.js',
    ])
    const made = read({ ...own, 'frontend/src/socket.ts': source })
    expect(made.sockets.map(({ at }) => at.file)).toEqual(['frontend/src/socket.ts'])
    const other = read({ 'node_modules/a/dist/index.js': source, 'static/a.js': '1', 'docs/build/a.js': source })
    expect(other.sockets).toEqual([])
  })

  it('tells which files nothing refers to', () => {
    const source = "const s = new WebSocket('wss://a.b/')"
    const model = read({
      'package.json': '{}',
      'src/index.js': "import App from './App'",
      'src/App.jsx': `import { x } from './used'\n${source}`,
      'src/used/index.ts': source,
      'src/unused/index.ts': source,
      'chat/templates/a.html': `<script>${source}</script>`,
      'chat/templates/b.html': `<script>${source}</script>`,
      'chat/templates/c.html': `<script>${source}</script>`,
      'chat/views.py': "template_name = 'chat/a.html'\n# return render(request, 'chat/c.html')\n",
    })
    expect(model.sockets.filter(({ referenced }) => !referenced).map(({ at }) => at.file)).toEqual([
      'chat/templates/b.html',
      'chat/templates/c.html',
      'src/unused/index.ts',
    ])
  })
})

describe('a condition is known by what it asks', () => {
  const sock = (flag: string, from: string) =>
    `function a() { const flag = one(); return flag ? 'wss' : 'ws' }\nfunction b() { const ${flag} = two(); return ${flag} ? '://a.b/' : '://c.d/' }\n${from}`

  it('two locals of one name are two questions', () => {
    const seen = (flag: string) => urls(sock(flag, 'new WebSocket(a() + b())')).map((url) => url.split(' | ')[0])
    expect(seen('flag')).toEqual(['wss://a.b/', 'wss://c.d/', 'ws://a.b/', 'ws://c.d/'])
    expect(seen('flag')).toEqual(seen('other'))
  })

  it('one variable is one question, however it is tested', () => {
    const script = (second: string) =>
      `const secure = ask(); const p = secure ? 'wss' : 'ws'; const h = ${second}; new WebSocket(p + h)`
    const expected = ['wss://s/', 'ws://p/']
    for (const second of [
      "secure ? '://s/' : '://p/'",
      "!secure ? '://p/' : '://s/'",
      "!!secure ? '://s/' : '://p/'",
      "Boolean(secure) ? '://s/' : '://p/'",
    ])
      expect(urls(script(second)).map((url) => url.split(' | ')[0])).toEqual(expected)
  })

  it('a parameter is what the call hands over', () => {
    const script = "const s = (on) => (on ? 'wss://' : 'ws://'); new WebSocket(s(one) + s(two))"
    expect(urls(script)).toHaveLength(4)
  })

  it('a value assigned anew is another one', () => {
    const script =
      "let on = one(); const a = on ? 'wss:' : 'ws:'; on = two(); const b = on ? '//a.b/' : '//c.d/'; new WebSocket(a + b)"
    expect(urls(script)).toHaveLength(4)
  })
})
