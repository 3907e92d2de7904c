import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

function reconnect(script: string, name = 'static/chat.js'): string[] {
  const tree = memoryTree({ [name]: script })
  return appIn(tree).frontend.sockets.map((socket) => socket.reconnect.by)
}

const cases: Record<string, Record<string, string>> = {
  use: {
    'a test before sending':
      'let s = new WebSocket(u); function ask(t) { if (!s || s.readyState !== WebSocket.OPEN) { s = new WebSocket(u); setTimeout(() => ask(t), 500); return } s.send(t) } b.onclick = ask',
    'a test that calls what opens it':
      'let s; function c() { s = new WebSocket(u) } c(); f.onsubmit = () => { if (s.readyState === s.CLOSED) c(); s.send(1) }',
    'a function that sees to it':
      'let s; function c() { s = new WebSocket(u) } function ready() { if (s && s.readyState === 1) return; c() } c(); f.onsubmit = async () => { await ready(); s.send(1) }',
    'a test in one line':
      'class A { open() { this.s = new WebSocket(u) } say(t) { this.s.readyState === 1 || this.open(); this.s.send(t) } }',
  },
  none: {
    'a property that nothing watches':
      "Alpine.data('l', () => ({ init() { this.c(); this.$watch('other', () => this.c()) }, c() { const s = new WebSocket(u); s.onclose = () => { this.up = false } } }))",
    'the second one, in the handler of the first, within a function of both':
      '(function () { let s = new WebSocket(u); s.addEventListener("close", function () { setTimeout(function () { s = new WebSocket(u) }, 1000) }) })()',
    'one that another’s handler opens': 'let b; const a = new WebSocket(u); a.onclose = () => { b = new WebSocket(v) }',
    'a test before the first one alone':
      "let s; function c() { if (s && s.readyState === 1) return; s = new WebSocket(u); s.onopen = () => s.send('hi') } c()",
    'a test that waits for the first one':
      "let s; const up = async () => { while (s.readyState !== 1) await nap() }; async function c() { s = new WebSocket(u); await up(); s.send('hi') } c()",
    'a test that only says so':
      'let s = new WebSocket(u); function say(t) { if (s.readyState !== 1) { alert("gone"); return } s.send(t) } b.onclick = say',
    'a test of another socket':
      'const a = new WebSocket(u); let b; b = new WebSocket(u); function say(t) { if (b.readyState !== 1) { alert("gone"); return } a.send(t) } x.onclick = say',
    'no handler': 'const s = new WebSocket(u)',
    'a report':
      "const s = new WebSocket(u); s.onclose = (e) => { console.log('closed', e.code); document.title = 'x' }",
    'an error handler': 'function c() { const s = new WebSocket(u); s.onerror = () => c() } c()',
    'a new socket without an address':
      'let s; function c() { s = new WebSocket(u); s.onclose = () => { s = new WebSocket() } }',
    'a function that does not open it':
      'const s = new WebSocket(u); function connect() { s.send(1) } s.onclose = () => setTimeout(connect, 1)',
    'a handler for the goodbye of the server alone':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code === 1000) { setTimeout(c, 9) } } } c()',
    'a second socket that has no handler of its own':
      'let s = new WebSocket(u); s.onclose = () => { s = new WebSocket(u) }',
    'a second one with a handler for something else':
      'let s = new WebSocket(u); s.onclose = () => { s = new WebSocket(u); s.onmessage = show }',
    'a second one in a timer, behind a listener':
      "let s = new WebSocket(u); s.addEventListener('close', () => setTimeout(() => { s = new WebSocket(u) }, 9))",
    'a state of React': 'const s = new WebSocket(u); s.onclose = () => { setOpen(false); this.setState({ a: 1 }) }',
    'a library told not to': "import useWebSocket from 'react-use-websocket'; useWebSocket(u, { share: true })",
    'a jQuery handler that reports': "const s = new WebSocket(u); $(s).on('close', () => alert('gone'))",
  },
  reload: {
    'a reload': 'const s = new WebSocket(u); s.onclose = () => window.location.reload()',
    'a reload in a function':
      "const s = new WebSocket(u); s.addEventListener('close', lost); function lost() { setTimeout(again, 9) } const again = () => location.reload()",
  },
  script: {
    'a script that is asked each time':
      'function c() { const b = document.currentScript.dataset.b; const s = new WebSocket(u + b); s.onclose = c } c()',
    'a script by a name':
      'class A { open() { const me = document.currentScript; this.s = new WebSocket(me.getAttribute("u")); this.s.onclose = () => this.open() } }',
  },
  handler: {
    'the handler of a socket beside it':
      'function c() { a = new WebSocket(u); b = new WebSocket(v); a.onclose = () => setTimeout(c, 9); b.onclose = () => { b = null } }; let a, b; c()',
    'a handler for the rest':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code === 1000) return; c() } } c()',
    'codes of its own':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code >= 4000) return; c() } } c()',
    'a switch that falls through':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { switch (e.code) { case 1012: log(); default: c() } } } c()',
    'a switch with the rest':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { switch (e.code) { case 1000: return; case 4401: return login(); default: c() } } } c()',
    'a set without it':
      'const over = new Set([1000, 1001]); function c() { const s = new WebSocket(u); s.onclose = (e) => over.has(e.code) || c() } c()',
    'a set that grows':
      'let over = [1012]; over = []; function c() { const s = new WebSocket(u); s.onclose = (e) => over.includes(e.code) || c() } c()',
    'a variable that changes':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { let over = e.wasClean; over = gone; if (!over) c() } } c()',
    'a function with a mind of its own':
      'const isOver = (e) => { if (mine) return false; return e.wasClean }; function c() { const s = new WebSocket(u); s.onclose = (e) => { if (!isOver(e)) c() } } c()',
    'a handler with both branches':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.wasClean) c(); else setTimeout(c, 9) } } c()',
    'a named function': 'function c() { const s = new WebSocket(u); s.onclose = () => setTimeout(c, 1000) } c()',
    'a reference': "function c() { const s = new WebSocket(u); s.addEventListener('close', c) } c()",
    'a string of functions':
      'function c() { s = new WebSocket(u); s.onclose = retry } function retry() { later() } const later = () => { c() }',
    'a method': 'class A { open() { this.s = new WebSocket(u); this.s.onclose = () => { this.open() } } }',
    'a bound method':
      'class A { open() { this.s = new WebSocket(u); this.s.onclose = this.closed.bind(this) } closed() { this.open() } }',
    'an alias of this':
      'class A { open() { const self = this; this.s = new WebSocket(u); this.s.onclose = function () { self.open() } } }',
    'an object':
      'const Chat = { open() { Chat.s = new WebSocket(u); Chat.s.onclose = Chat.close }, close() { Chat.open() } }',
    'an object literal’s own method':
      'const chat = { open: function () { const s = new WebSocket(u); s.onclose = () => chat.open() } }',
    'a reload after the server answered':
      "const s = new WebSocket(u); s.onclose = () => { fetch('/').then(() => location.reload()) }",
    'a reload a while later':
      'const s = new WebSocket(u); s.onclose = () => setTimeout(() => location.reload(), 90000)',
    'a reload for one code, another try for the rest':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code === 4001) location.reload(); else c() } } c()',
    'a script that is read once':
      'const b = document.currentScript.dataset.b; function c() { const s = new WebSocket(u + b); s.onclose = c } c()',
    'a script that is asked with care':
      'function c() { const b = document.currentScript?.dataset.b; const s = new WebSocket(u + b); s.onclose = c } c()',
    'a script that is asked behind a test':
      'let b; function c() { if (!b) { b = document.currentScript.dataset.b } const s = new WebSocket(u + b); s.onclose = c } c()',
    'a code of something else':
      'function c() { const s = new WebSocket(u); s.onclose = () => ask(1) } function ask(r) { if (r.code === 200) c() } c()',
    'a script that is asked where nothing is given':
      'function c(b) { b ??= document.currentScript.dataset.b; const s = new WebSocket(u + b); s.onclose = () => c(b) } c()',
    'a code of an object of the page':
      'const a = { code: 200 }; function c() { const s = new WebSocket(u); s.onclose = (e) => { if (a.code === 200) c() } } c()',
    'a name like the code’s':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { const code = last; if (code === 1) c() } } c()',
    'a new address of the page': "const s = new WebSocket(u); s.onclose = () => { location.href = '/' }",
    'another socket with the same handler':
      'let s = new WebSocket(u); s.onclose = lost; function lost() { s = new WebSocket(u); s.onclose = lost }',
    'another socket that is set up by a function':
      'let s = new WebSocket(u); set(); function set() { s.onclose = lost } function lost() { s = new WebSocket(u); set() }',
    'a timer': 'let s; function c() { s = new WebSocket(u) } setInterval(() => { if (s.readyState > 1) c() }, 1000)',
    'the page coming back':
      "let s; function c() { s = new WebSocket(u) } document.addEventListener('visibilitychange', () => c())",
    'a hook':
      'const c = useCallback(() => { const s = new WebSocket(u); s.onclose = () => setTimeout(() => c(), 1) }, [])',
    'an effect that runs again':
      'useEffect(() => { const s = new WebSocket(u); s.onclose = () => setTry(tries + 1) }, [tries]); const [tries, setTry] = useState(0); const setTries = setTry; useEffect(() => { const t = new WebSocket(u); t.onclose = () => setTries(1) }, [tries])',
  },
  // Set again, perhaps set again, of another socket.
  hearing: {
    'handlers set by a function':
      'let s; function c() { s = new WebSocket(u); hear(); s.onclose = () => setTimeout(c, 9) } function hear() { s.onmessage = show } c()',
    'handlers set where it opens':
      'let s; function c() { s = new WebSocket(u); s.onclose = c } c(); function start() { s.onmessage = show } start()',
    'handlers set by its opening':
      'let s; function c() { s = new WebSocket(u); s.onopen = () => { s.onmessage = show }; s.onclose = c } c()',
    'handlers set in the close handler':
      'let s; function c() { s = new WebSocket(u); s.onclose = () => { c(); s.onmessage = show } } c(); s.onmessage = show',
    'handlers of another socket':
      'function c() { const s = new WebSocket(u); s.onclose = c } c(); const s = new EventSource(u); s.onmessage = show',
    'handlers that somebody sets':
      'let s; function c() { s = new WebSocket(u); set(s); s.onclose = c } c(); s.onmessage = show',
    'another variable':
      'let s = new WebSocket(u); s.onmessage = show; s.onclose = c; function c() { const t = new WebSocket(u); t.onmessage = show; t.onclose = c; s = t }',
    'what is only sent to': 'let s; function c() { s = new WebSocket(u); s.onclose = c } c(); s.send(1)',
  },
  abrupt: {
    'an event that is handed on':
      'class A { open() { this.s = new WebSocket(u); this.s.onclose = (e) => this.lost(e) } lost(e) { if (e.wasClean) return; this.open() } }',
    'a code that is handed on':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => lost(e.code) } function lost(code) { if ([1000, 1012].includes(code)) return; c() } c()',
    'a handler that gives up a clean end':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.wasClean) return; setTimeout(c, 9) } } c()',
    'a handler for unclean ends':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (!e.wasClean) c() } } c()',
    'a short one': 'function c() { const s = new WebSocket(u); s.onclose = (e) => { e.wasClean || c() } } c()',
    'a branch':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.wasClean) log(); else c() } } c()',
    'the code of a connection that broke off':
      'function c() { const s = new WebSocket(u); s.onclose = ({ code }) => { if (code !== 1006) return; c() } } c()',
    'a code that has a name of its own':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { const code = e.code; if (code !== 1006) return; c() } } c()',
    'a code that is taken out of the event':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { const { code: why } = e; if (why !== 1006) return; c() } } c()',
    'a part of the event':
      'function c() { const s = new WebSocket(u); s.onclose = ({ wasClean }) => { if (!wasClean) setTimeout(c, 9) } } c()',
    'an arrow':
      'function c() { const s = new WebSocket(u); s.onclose = ({ wasClean }) => wasClean || setTimeout(c, 9) } c()',
    'two ways': 'function c() { const s = new WebSocket(u); s.onclose = (e) => { e.wasClean ? log() : c() } } c()',
    'a constant':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { const over = e.wasClean || e.code === 1000; if (over) return; c() } } c()',
    'an order of codes':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code > 1006) return; c() } } c()',
    'a set of codes':
      'const over = new Set([1000, 1001, 1012]); function c() { const s = new WebSocket(u); s.onclose = (e) => { if (!over.has(e.code)) c() } } c()',
    'a list with names':
      'const RESTART = 1012; const over = [1000, RESTART]; function c() { const s = new WebSocket(u); s.onclose = (e) => { if (!over.includes(e.code)) c() } } c()',
    'a switch':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { switch (e.code) { case 1000: case 1012: log(); break; default: c() } } } c()',
    'a function that answers':
      'const isOver = ({ wasClean }) => wasClean; function c() { const s = new WebSocket(u); s.onclose = (e) => { if (!isOver(e)) c() } } c()',
    'no restart of the service':
      'function c() { const s = new WebSocket(u); s.onclose = (e) => { if (e.code !== 1000 && e.code !== 1012) c() } } c()',
  },
  goodbye: {
    'a named one for clean ends alone':
      'function c() { const s = new WebSocket(u); s.onclose = lost } function lost(e) { if (e.wasClean) c() } c()',
  },
  deaf: {
    'handlers of the first alone':
      'let s; function c() { s = new WebSocket(u); s.onclose = () => setTimeout(c, 9) } c(); s.onmessage = show',
    'a listener of the first alone, when the page is there':
      "$(function () { let s; const c = () => { s = new WebSocket(u); s.addEventListener('close', c) }; c(); s.addEventListener('message', show) })",
    'a second one with a handler for its end':
      'let s = new WebSocket(u); s.onmessage = show; s.onclose = lost; function lost() { s = new WebSocket(u); s.onclose = lost }',
    'a timer':
      'let s; function c() { s = new WebSocket(u) } c(); s.onmessage = show; setInterval(() => { if (s.readyState > 1) c() }, 9)',
  },
  library: {
    'reconnecting-websocket': 'const s = new ReconnectingWebSocket(u)',
    'an option': "import useWebSocket from 'react-use-websocket'; useWebSocket(u, { shouldReconnect: () => true })",
    VueUse: "import { useWebSocket } from '@vueuse/core'; const { data } = useWebSocket(u, { autoReconnect: true })",
  },
  network: {
    'the network alone':
      'function c() { const s = new WebSocket(u); s.onclose = lost } function lost() { show() } window.addEventListener("online", c); c()',
  },
  unknown: {
    'an event of jQuery’s':
      "function c() { const s = new WebSocket(u); s.onclose = () => $(document).trigger('lost') } c(); $(document).on('lost', c)",
    'a property that Alpine watches':
      "Alpine.data('l', () => ({ init() { this.c(); this.$watch('up', () => this.c()) }, c() { const s = new WebSocket(u); s.onclose = () => { this.up = false } } }))",
    'a property that Vue watches':
      'new Vue({ watch: { up() { this.c() } }, methods: { c() { const s = new WebSocket(u); s.onclose = () => { this.up = false } } } })',
    'a method that does nothing, to be overridden':
      'export class A { open() { const s = new WebSocket(u); s.onclose = () => this.closed() } closed() {} }',
    'the network, and a button':
      'function c() { const s = new WebSocket(u); s.onclose = lost } function lost() { show() } window.addEventListener("online", c); b.onclick = c; c()',
    'a function passed in': 'export function open(lost) { const s = new WebSocket(u); s.onclose = lost }',
    'an imported function': "import { lost } from './lost'; const s = new WebSocket(u); s.onclose = () => lost()",
    'a prop': 'class A { open() { const s = new WebSocket(u); s.onclose = () => this.props.reconnect() } }',
    'a handler by name':
      "const s = new WebSocket(u); for (const e of ['open', 'close']) s.addEventListener(e, window[e])",
    'a stream': "import { webSocket } from 'rxjs/webSocket'; const s = webSocket(u)",
  },
  caller: {
    returned: 'function open() { return new WebSocket(u) }',
    'returned by name': 'function open() { const s = new WebSocket(u); return s }',
    exported: 'export const s = new WebSocket(u)',
    'handed on': 'const s = new WebSocket(u); watch(s)',
  },
  'one-shot': {
    'closed after a message': 'const s = new WebSocket(u); s.onmessage = (e) => { show(e); s.close() }',
  },
}

describe('what opens a closed socket again', () => {
  for (const [expected, scripts] of Object.entries(cases)) {
    for (const [name, script] of Object.entries(scripts))
      it(`${expected}: ${name}`, () =>
        expect(reconnect(script).at(-1)).toBe(expected === 'hearing' ? 'handler' : expected))
  }

  it('does not know where code in the page opens it again', () => {
    const page = (init: string): string =>
      `<div x-data="live" x-init="${init}"></div><script>function live() { return { open() { this.s = new WebSocket(u) } } }</script>`
    const by = (init: string): string[] => reconnect(page(init), 'templates/live.html')
    expect([by('open()'), by('open(); setInterval(() => s.readyState === 3 && open(), 3000)')]).toEqual([
      ['none'],
      ['unknown'],
    ])
  })
})
