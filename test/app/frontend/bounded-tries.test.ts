import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

function triesOf(script: string): { count: number; seconds: number } | string | undefined {
  const [socket] = appIn(memoryTree({ 'static/chat.jsx': script })).frontend.sockets
  if (socket?.reconnect.by !== 'tries') return socket?.reconnect.by
  const { count, seconds } = socket.reconnect.tries
  return { count, seconds }
}

/** The script in a page whose server is gone for good: how often it opens its socket again, and how long that takes. */
function lived(script: string): { count: number; seconds: number } {
  let now = 0
  let opened = 0
  let last = 0
  const timers: { at: number; run: () => void }[] = []
  class WebSocket {
    onclose: (() => void) | undefined
    listeners: (() => void)[] = []
    constructor() {
      opened++
      last = now
      timers.push({
        at: now,
        run: () => {
          this.onclose?.()
          for (const listener of this.listeners) listener()
        },
      })
    }
    addEventListener(event: string, listener: () => void) {
      if (event === 'close') this.listeners.push(listener)
    }
  }
  const setTimeout = (run: () => void, delay = 0) => timers.push({ at: now + delay, run })
  const page = { WebSocket, setTimeout, u: 'wss://x', Math: Object.assign(Object.create(Math), { random: () => 1 }) }
  runInNewContext(script, {
    ...page,
    window: page,
    document: { title: '', addEventListener: (_: string, run: () => void) => run() },
  })
  for (let turn = 0; turn < 1000 && timers.length > 0; turn++) {
    timers.sort((a, b) => a.at - b.at)
    const next = timers.shift() as (typeof timers)[number]
    now = next.at
    next.run()
  }
  return { count: opened - 1, seconds: last / 1000 }
}

const counted: Record<string, string> = {
  'counted before the test':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n += 1; if (n <= 3) setTimeout(c, 1000) } } c()',
  'counted behind it':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n < 3) { setTimeout(c, 1000); n++ } } } c()',
  'counted in the test, after':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 300) } } c()',
  'counted in the test, before':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (++n < 3) setTimeout(c, 300) } } c()',
  'counted when it is opened':
    'let n = 0; function c() { n++; const s = new WebSocket(u); s.onclose = () => { if (n < 3) setTimeout(c, 300) } } c()',
  'a return in front':
    'let n = 0; const max = 2; function c() { const s = new WebSocket(u); s.onclose = () => { if (n >= max) { document.title = "off"; return } n++; setTimeout(c, 500) } } c()',
  'the number on the left':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { 4 > n && setTimeout(c, 500); n++ } } c()',
  'a delay that grows':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n < 3) { setTimeout(c, 100 * 2 ** n); n++ } } } c()',
  'a delay with a ceiling':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (n < 6) setTimeout(c, Math.min(1000 * n, 2500)) } } c()',
  'at once': 'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 5) c() } } c()',
  'a helper behind the test':
    'let n = 0; function again() { setTimeout(() => { c() }, 700) } function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (n < 4) again() } } c()',
  'a test in the helper':
    'let n = 0; function again() { if (n >= 2) return; n++; setTimeout(c, 700) } function c() { const s = new WebSocket(u); s.addEventListener("close", again) } c()',
  'a function that the timer calls':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) { const again = () => c(); setTimeout(again, 800) } } } c()',
  'counted down':
    'let left = 5; function c() { const s = new WebSocket(u); s.onclose = () => { if (left > 0) { left--; setTimeout(c, 500) } } } c()',
  'counted down in the test':
    'let left = 3; function c() { const s = new WebSocket(u); s.onclose = () => { if (left-- > 0) setTimeout(c, 100 * (4 - left)) } } c()',
  'counted down in the test, before':
    'let left = 3; function c() { const s = new WebSocket(u); s.onclose = () => { if (--left > 0) setTimeout(c, 100 * left) } } c()',
  'while there are some left':
    'const max = 4; let left = max; function c() { const s = new WebSocket(u); s.onopen = () => { left = max }; s.onclose = () => { if (!left) return; left -= 1; setTimeout(c, 500) } } c()',
  'as long as one is left':
    'let left = 2; function c() { const s = new WebSocket(u); s.onclose = () => { if (left--) setTimeout(c, 900) } } c()',
  'up to a number':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n === 3) return; n = n + 1; setTimeout(c, 500) } } c()',
  'until a number':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (n != 4) setTimeout(c, 500) } } c()',
  'once, by a flag':
    'let tried = false; function c() { const s = new WebSocket(u); s.onclose = () => { if (tried) return; tried = true; setTimeout(c, 1500) } } c()',
  'once, by a flag that is compared':
    'let again = true; function c() { const s = new WebSocket(u); s.onopen = () => { again = true }; s.onclose = () => { if (again === true) { again = false; setTimeout(c, 1500) } } } c()',
  'handed to the next':
    'function c(n = 0) { const s = new WebSocket(u); s.onclose = () => { if (n < 3) setTimeout(() => c(n + 1), 400) } } c()',
  'handed to the next, and counted down':
    'function c(left) { const s = new WebSocket(u); s.onclose = () => { if (left === 0) return; setTimeout(() => { c(left - 1) }, 100 * left) } } c(4)',
  'when the page is there':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 800) } } document.addEventListener("DOMContentLoaded", c)',
  'a class':
    'class Chat { n = 0; max = 3; open() { this.s = new WebSocket(u); this.s.onopen = () => { this.n = 0 }; this.s.onclose = () => { if (this.n < this.max) { this.n++; setTimeout(() => this.open(), 200) } } } } new Chat().open()',
}

describe('tries that are counted', () => {
  it.each(Object.entries(counted))('%s', (_, script) => {
    expect(triesOf(script)).toEqual(lived(script))
  })
})

const open = 'const s = new WebSocket(u); s.onclose ='

const uncounted: Record<string, string> = {
  'a wait that is awaited': `let n = 0; function c() { ${open} async () => { if (n++ < 3) { await sleep(30000); c() } } } c()`,
  'a wait of a helper': `let n = 0; function later(f) { setTimeout(f, 30000) } function c() { ${open} () => { if (n++ < 3) later(c) } } c()`,
  'a wait of a promise': `let n = 0; function c() { ${open} () => { if (n++ < 3) wait(1000 * 2 ** n).then(c) } } c()`,
  'a promise in place': `let n = 0; function c() { ${open} () => { if (n++ < 3) new Promise(d => setTimeout(d, 20000)).then(c) } } c()`,
  'a button': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9) } } c(); b.addEventListener('click', () => { n = 0; c() })`,
  'a button by its property': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9) } } c(); b.onclick = c`,
  'a name for the page': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9) } } c(); window.reconnect = c`,
  'an event of its own': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9); else setTimeout(() => dispatchEvent(new Event('again')), 60000) } } c(); addEventListener('again', () => { n = 0; c() })`,
  'it asks by HTTP then': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9); else setInterval(poll, 5000) } } c()`,
  'it leaves then': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9); else window.location = '/offline' } } c()`,
  'it leaves by a name then': `let n = 0; function c() { ${open} () => { if (n++ < 3) setTimeout(c, 9); else location = '/offline' } } c()`,
  'the counter is set back in the handler':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n = 0; n++; if (n < 3) setTimeout(c, 9) } } c()',
  'the flag says that it was closed on purpose':
    'let gone = false; function c() { const s = new WebSocket(u); s.onclose = () => { if (!gone) setTimeout(c, 9) } } c(); function leave() { gone = true }',
  'a flag for one at a time':
    'let busy = false; function c() { const s = new WebSocket(u); s.onopen = () => { busy = false }; s.onclose = () => { if (busy) return; busy = true; setTimeout(() => { busy = false; c() }, 9) } } c()',
  'up and down':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (n > 9) n -= 1; if (n < 20) setTimeout(c, 9) } } c()',
  'the number is handed on as it is':
    'function c(n) { const s = new WebSocket(u); s.onclose = () => { if (n < 3) setTimeout(() => c(n), 9) } } c(0)',
  'a number that grows without a test of it':
    'function c(n = 0) { const s = new WebSocket(u); s.onopen = () => { n = 0 }; s.onclose = () => { if (n < 3) setTimeout(() => c(n + 1), 9) } } c()',
  'another way leads past the test':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (n < 3) setTimeout(c, 9); else setTimeout(c, 60000) } } c()',
  'a test of something else':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { n++; if (left < 3) setTimeout(c, 9) } } c()',
  'a delay that nobody can tell':
    'let n = 0; let d = 9; function c() { const s = new WebSocket(u); s.onclose = () => { d *= 2; if (n++ < 3) setTimeout(c, d) } } c()',
  'the page is loaded again':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9); else location.reload() } } c()',
  'a timer beside it':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); setInterval(c, 60000)',
  'the network beside it':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); window.addEventListener("online", c)',
  'exported: another script may call it':
    'let n = 0; export function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c()',
  'exported by its name':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); export { c }',
  'a method of an exported class':
    'export class A { constructor() { this.n = 0; this.open() } open() { const s = new WebSocket(u); s.onclose = () => { if (this.n++ < 3) setTimeout(() => this.open(), 9) } } }',
  'a button of JSX':
    'function Chat() { let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); return <button onClick={c}>again</button> }',
  'returned by a hook':
    'function useChat() { let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); return { c } }',
  'a button that calls a method':
    'class A { constructor() { this.n = 0; this.open() } open() { const s = new WebSocket(u); s.onclose = () => { if (this.n++ < 3) setTimeout(() => this.open(), 9) } } }; const a = new A(); function lost() { again.onclick = () => a.open() }',
  'a button that is handed it':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c(); again.onclick = c',
  'another kind of connection in the end':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) else poll() } } c(); function poll() { new EventSource(u).onmessage = show }',
  'polling in the end':
    'let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) else poll() } } c(); async function poll() { for (;;) show(await axios.get(u)) }',
}

/** Attributes of the page that open the socket as well. */
const attributes = [
  'onclick="c()"',
  '@click="c()"',
  '@click="c"',
  'v-on:click="c"',
  'hx-on:click="c()"',
  'x-on:click.prevent="c()"',
]

describe('tries of a page with a button', () => {
  const page = (button: string) =>
    `<button ${button}>again</button><script>let n = 0; function c() { const s = new WebSocket(u); s.onclose = () => { if (n++ < 3) setTimeout(c, 9) } } c()</script>`
  const told = (button: string) =>
    appIn(memoryTree({ 'chat/templates/chat/room.html': page(button) })).frontend.sockets.map(
      ({ reconnect }) => reconnect.by,
    )

  it.each(attributes)('%s', (button) => {
    expect(told(button)).toEqual(['handler'])
  })

  it('that does something else', () => {
    expect(told('onclick="hide()" class="c"')).toEqual(['tries'])
  })
})

describe('tries without an end, or that nobody can count', () => {
  it.each(Object.entries(uncounted))('%s', (_, script) => {
    expect(triesOf(script)).toBe('handler')
  })
})
