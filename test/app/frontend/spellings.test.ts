import { describe, expect, it } from 'vitest'
import { insecureSockets } from '../../../src/app/frontend/insecure-sockets.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

describe('a test that nobody can answer is the same in every spelling', () => {
  const cases: Record<string, string> = {
    'a ternary': "new WebSocket((on ? 'wss' : 'ws') + '://a.b/')",
    'if and else': "let p; if (on) { p = 'wss' } else { p = 'ws' } new WebSocket(p + '://a.b/')",
    'an if without else': "let p = 'ws'; if (on) p = 'wss'; new WebSocket(p + '://a.b/')",
    'a switch': "let p; switch (on) { case true: p = 'wss'; break; default: p = 'ws' } new WebSocket(p + '://a.b/')",
    'a helper': "function p() { if (on) return 'wss'; return 'ws' } new WebSocket(p() + '://a.b/')",
    'a helper with else':
      "function p() { if (on) { return 'wss' } else { return 'ws' } } new WebSocket(p() + '://a.b/')",
    'a table': "const t = { true: 'wss', false: 'ws' }; new WebSocket(t[on] + '://a.b/')",
    'two sockets': "if (on) { s = new WebSocket('wss://a.b/') } else { s = new WebSocket('ws://a.b/') }",
    'two sockets in a ternary': "const s = on ? new WebSocket('wss://a.b/') : new WebSocket('ws://a.b/')",
    'two sockets, the first returned':
      "function open() { if (on) return new WebSocket('wss://a.b/'); return new WebSocket('ws://a.b/') } open()",
  }
  const read = (files: Record<string, string>) =>
    insecureSockets(appIn(memoryTree(files)).frontend).map(({ when }) => when?.en)

  it.each(Object.entries(cases))('%s', (_, script) => {
    const [when, ...more] = read({
      'static/chat.js': script,
      'templates/index.html': '<script src="/static/chat.js"></script>',
    })
    expect(more).toEqual([])
    expect(when).toMatch(/^`on` is (false|not true|"false")$/)
  })

  const pages: Record<string, string> = {
    'statements of a template':
      "{% if on %}const p = 'wss'{% else %}const p = 'ws'{% endif %}; new WebSocket(p + '://a.b/')",
    'a template inside a text': "new WebSocket('{% if on %}wss{% else %}ws{% endif %}://a.b/')",
    'a letter of a template': "new WebSocket('ws{% if on %}s{% endif %}://a.b/')",
    'sockets of a template':
      "{% if not on %}new WebSocket('ws://a.b/'){% else %}new WebSocket('wss://a.b/'){% endif %}",
  }
  const page = (script: string) => ({
    'templates/index.html': `<script>${script}</script>`,
    'chat/views.py': "def index(request):\n    return render(request, 'index.html')\n",
  })
  it.each(Object.entries(pages))('%s', (_, script) => {
    expect(read(page(script))).toEqual(['`on` is false'])
  })

  it('a test on the way that chooses between no two sockets decides nothing', () => {
    const script = "function open() { if (!ready) return; if (room) new WebSocket('ws://a.b/') } open()"
    expect(read(page(script))).toEqual([undefined])
  })
})
