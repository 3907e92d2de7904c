import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { insecureSockets } from '../../../src/app/frontend/insecure-sockets.ts'
import { reopened } from '../../../src/app/frontend/reopen-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

const page = 'templates/room.html'
const html = (scripts: readonly string[]) => scripts.map((script) => `<script>\n${script}\n</script>`).join('\n')

/** The edits that are offered for the first socket of a page, the ones of its scheme with them. */
function corrections(scripts: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { tree, frontend } = appIn(memoryTree({ ...more, [page]: html(scripts) }))
  const [socket] = frontend.sockets.filter(({ at }) => at.file === page)
  const again = socket && reopened(tree, socket)
  const secured = insecureSockets(frontend).flatMap(({ url }) => url.secured ?? [])
  return { again, secured }
}

function edited(text: string, edits: readonly Edit[]): string {
  const inOrder = edits.toSorted((a, b) => b.span.start - a.span.start)
  return inOrder.reduce((done, { span, text: more }) => done.slice(0, span.start) + more + done.slice(span.end), text)
}

const scriptsOf = (text: string): string[] =>
  [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '')

/** As much of the browser's class as pages ask for: it notes what is set on it. */
class StubSocket {
  static readonly all: StubSocket[] = []
  readonly listeners: { event: string; listener: () => void }[] = []
  readonly readyState = 1
  onclose: (() => void) | undefined
  constructor() {
    StubSocket.all.push(this)
  }
  addEventListener(event: string, listener: () => void) {
    this.listeners.push({ event, listener })
  }
  send() {}
}

/** What is set on a socket: properties, and the events it listens to. */
function setUp({ listeners, ...own }: StubSocket): string[] {
  const properties = Object.entries(own).filter(([, value]) => value !== undefined)
  return [...properties.map(([name]) => name), ...listeners.map(({ event }) => `+${event}`)].sort()
}

/** Runs the scripts of a page, lets its socket close, and says what was set on each socket. */
function lives(scripts: readonly string[]): string[][] {
  const timers: (() => void)[] = []
  const element = { textContent: '', addEventListener() {} }
  const globals: Record<string, unknown> = {
    WebSocket: StubSocket,
    location: { host: 'chat.example.com', protocol: 'https:' },
    document: { querySelector: () => element, body: element, title: '' },
    console: { log() {}, error() {} },
    setTimeout: (run: () => void) => timers.push(run),
  }
  Object.assign(globals, { window: globals })
  const context = createContext(globals)
  StubSocket.all.length = 0
  for (const script of scripts) runInContext(script, context)
  const [first] = StubSocket.all
  for (const { event, listener } of first?.listeners ?? []) if (event === 'close') listener()
  first?.onclose?.()
  for (const timer of timers) timer()
  return StubSocket.all.map(setUp)
}

const open = "new WebSocket('ws://' + location.host + '/ws/chat/')"
const hears = 'ws.onmessage = () => {};'

describe('a socket that is opened again', () => {
  it.each<[string, string]>([
    ['a handler', `const ws = ${open};\nws.onmessage = (e) => { document.title = e.data; };`],
    ['listeners', `let ws = ${open}\nws.addEventListener('message', () => {})\nws.addEventListener('open', () => {})`],
    ['a handler that reports', `const ws = ${open};\nws.onclose = () => console.log('gone');`],
    ['what is set beside', `const ws = ${open};\nws.binaryType = 'blob';\n${hears}`],
    ['one that is only sent through', `const ws = ${open};\n${hears}\nfunction say(x) { ws.send(x); }`],
    ['inside a function', `(function () {\n  var ws = ${open};\n  ws.onopen = function () { ws.send('x'); };\n})();`],
    ['a function with a name', `let ws;\nfunction start() {\n  ws = ${open};\n  ${hears}\n}\nstart();`],
    ['another of its name', `const ws = ${open};\n${hears}\nfunction other(ws) { ws.onclose = null; }`],
  ])('has what the first one had: %s', (_, script) => {
    const { again, secured } = corrections([script])
    expect(again).toBeDefined()
    expect(secured).toHaveLength(1)
    const fixed = edited(html([script]), [...(again ?? []), ...secured])
    const [first, ...others] = lives(scriptsOf(fixed))
    expect(others).toEqual([first])
    const { frontend } = appIn(memoryTree({ [page]: fixed }))
    expect(frontend.sockets.map(({ reconnect }) => reconnect.by)).toEqual(['handler'])
    expect(insecureSockets(frontend)).toEqual([])
  })

  const method = `class A {\n  open() {\n    this.ws = ${open};\n  }\n  hear() { this.ws.onmessage = () => {}; }\n}`
  it.each<[string, string[], Record<string, string>?]>([
    ['a handler behind something else', [`const ws = ${open};\nconst log = document.body;\n${hears}`]],
    ['a listener', [`const ws = ${open};\nconst log = 1;\nws.addEventListener('message', () => log);`]],
    ['beside the function', [`let ws;\nfunction start() {\n  ws = ${open};\n}\nstart();\n${hears}`]],
    ['in another script', [`const ws = ${open};`, hears]],
    ['through the window', [`var ws = ${open};`, 'window.ws.onmessage = () => {};']],
    ['by a key', [`const ws = ${open};\nlet x;\nws['onmessage'] = () => x;`]],
    ['by a function', [`const ws = ${open};\nset(ws);\nfunction set(s) { s.onmessage = () => {}; }`]],
    ['under another name', [`const ws = ${open};\nconst other = ws;\nother.onmessage = () => {};`]],
    [
      'through a copy',
      [`function start() {\n  const ws = ${open};\n  window.feed = ws;\n}\nstart();\nfeed.onmessage = () => {};`],
    ],
    ['in another method', [`${method}\nconst a = new A(); a.open(); a.hear();`]],
    ['in another file', [`var ws = ${open};`], { 'static/room.js': hears }],
  ])('is not offered where the second one would lack something: %s', (_, scripts, more) => {
    expect(corrections(scripts, more).again).toBeUndefined()
  })

  const opens = (handler: string) => `const form = $('#form');\nconst ws = ${open};\nws.onopen = ${handler};\n${hears}`
  const starts = (line: string) => `function start() {\n  const ws = ${open};\n  ${hears}\n  ${line}\n}\nstart();`
  it.each<[string, string]>([
    ['a handler of a form', opens('() => { form.submit(() => ws.send(1)); }')],
    ['a listener', opens("function () { document.body.addEventListener('click', say) };\nfunction say() {}")],
    ['through a function', `${opens('listen')}\nfunction listen() { form.on('submit', () => ws.send(1)); }`],
    ['out of sight', opens('window.listen')],
    ['a timer', opens("() => { setInterval(() => ws.send('ping'), 1000); }")],
    ['a listener for open', `const ws = ${open};\nws.addEventListener('open', () => { $('#f').submit(() => 1); });`],
    ['beside the socket', starts("document.body.addEventListener('click', () => ws.send(1));")],
    ['in what is called', `${starts('listen();')}\nfunction listen() { $('#f').submit(() => 1); }`],
  ])('is not offered where each connection would register once more: %s', (_, script) => {
    expect(corrections([script]).again).toBeUndefined()
  })

  it.each<[string, string]>([
    ['what replaces', opens('() => { document.body.onclick = () => ws.send(1); }')],
    ['a request', opens("() => { fetch('/x').then((answer) => ws.send(answer)); }")],
    ['once', opens("() => { setTimeout(() => ws.send('x'), 10); }")],
    ['beside it', `document.body.addEventListener('click', () => ws.send(1));\n${opens('() => ws.send(2)')}`],
    ['on the socket', opens("() => { ws.addEventListener('message', () => {}); }")],
    [
      'a timer that is ended',
      `let t;\n${opens('() => { t = setInterval(() => 1, 9); }')}\nws.onclose = () => clearInterval(t);`,
    ],
  ])('is offered where a connection registers nothing that stays: %s', (_, script) => {
    expect(corrections([script]).again).toBeDefined()
  })

  it('takes no notice of a file with a variable of its own', () => {
    const more = { 'static/a.js': `const ws = open(); ${hears}`, 'static/b.js': 'function f(ws) { ws.onopen = 1 }' }
    expect(corrections([`var ws = ${open};`], more).again).toBeDefined()
  })

  it('leaves a type where it stands', () => {
    const tree = memoryTree({ 'static/a.ts': `const ws: WebSocket = ${open}\n${hears}` })
    const [socket] = appIn(tree).frontend.sockets
    expect(socket?.reconnect.by).toBe('none')
    expect(socket && reopened(tree, socket)).toBeUndefined()
  })

  it('stays a property of the window', () => {
    const scripts = [`var ws = ${open};\n${hears}`, "window.ws.send('x');"]
    const { again } = corrections(scripts)
    expect(again).toBeDefined()
    expect(lives(scriptsOf(edited(html(scripts), again ?? [])))).toHaveLength(2)
  })

  it('has everything that the first one had, whatever the page is made of', () => {
    const steps = [
      hears,
      "ws.addEventListener('message', () => {});",
      "ws.onopen = () => ws.send('x');",
      "ws.binaryType = 'blob';",
      'var log;',
      'var say = () => { ws.send(1); };',
      'if (ws.readyState === 1) ws.send(2);',
      'set(ws);',
    ]
    const wrappers: ((body: string) => string)[] = [
      (body) => body,
      (body) => `(() => {\n${body}\n})();`,
      (body) => `function start() {\n${body}\n}\nstart();`,
    ]
    const set = 'function set(s) { s.onmessage = () => {}; }'
    const bodies = ['const', 'let', 'var'].flatMap((how) =>
      steps.flatMap((one) => steps.map((two) => [`${how} ws = ${open};`, one, two].join('\n'))),
    )
    let offered = 0
    for (const script of wrappers.flatMap((wrap) => bodies.map(wrap))) {
      const scripts = [set, script]
      const { again, secured } = corrections(scripts)
      if (again === undefined) continue
      offered++
      const [first, ...others] = lives(scriptsOf(edited(html(scripts), [...again, ...secured])))
      expect(others, script).toEqual([first])
    }
    expect(offered).toBeGreaterThan(100)
  })
})
