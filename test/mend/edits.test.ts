import { describe, expect, it } from 'vitest'
import parseError from '../../rules/engine/parse-error/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import type { Edit } from '../../src/contracts/edit.ts'
import { type Rule, rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { mend } from '../../src/mend/mend.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

type Files = Record<string, string>

const sound: Files = Object.fromEntries(
  Object.entries(filesBelow('fixtures/guide-sound')).map(([path, bytes]) => [
    path,
    Buffer.from(bytes).toString('utf8'),
  ]),
)
const settings = 'backend/backend/settings.py'
const script = 'frontend/src/notifications.js'
const consumers = 'backend/notifications/consumers.py'

function mended(files: Files, { unsafe = true, rules }: { unsafe?: boolean; rules?: readonly Rule[] } = {}) {
  const tree = memoryTree({ ...sound, ...files })
  const input = { tree, config: defaultConfig, today, ...(rules && { rules }) }
  const done = mend(input, { unsafe })
  const after = (path: string): string => {
    const change = done.after.changes.get(path)
    return change === undefined
      ? ({ ...sound, ...files }[path] ?? '')
      : Buffer.from(change.file?.bytes ?? []).toString()
  }
  return {
    ...done,
    after,
    changes: done.after.changes,
    left: done.after.result.report.findings.map(({ rule }) => rule),
  }
}

const router = (line: string): string =>
  [
    "import { useLocation } from 'react-router-dom'",
    'export function Chat() {',
    '  const location = useLocation()',
    '  const open = () => {',
    `    const socket = new WebSocket(${line})`,
    '    socket.onmessage = console.log',
    '  }',
    '  return open',
    '}',
    '',
  ].join('\n')

describe('the address of the page', () => {
  it.each([
    '`ws://${window.location.host}/ws/notifications/`',
    "'ws://' + window.location.host + '/ws/notifications/'",
    "'ws://localhost:8000/ws/notifications/'",
    '`ws://localhost:8000/ws/notifications/`',
  ])('is asked of the window where `location` is something else: %s', (line) => {
    const done = mended({ [script]: router(line) })
    expect(done.left).not.toContain('frontend/insecure-websocket')
    expect(done.left).not.toContain('frontend/local-endpoint')
    const [, argument = ''] = /new WebSocket\((.*)\)\n/.exec(done.after(script)) ?? []
    expect(argument).toContain("window.location.protocol === 'https:'")
    expect(argument.replaceAll('window.location', '')).not.toContain('location')
    expect(argument.split('wss').length).toBe(2)
  })

  it('is `location` where nothing else is', () => {
    const done = mended({
      [script]: router('`ws://${window.location.host}/ws/notifications/`').replaceAll('const location', 'const place'),
    })
    expect(done.after(script)).toContain("`${location.protocol === 'https:' ? 'wss' : 'ws'}://")
  })
})

/** A rule that finds what stands in a file and would replace it. */
function replacing(find: string, text: string): Rule {
  return rule({
    id: 'procfile/keepalive',
    hop: 'message',
    severity: 'error',
    summary: { en: 'A test', fr: 'Un test' },
    messages: {
      one: {
        text: { en: 'it stands there', fr: 'il est là' },
        help: { en: 'Replace it.', fr: 'Remplacez-le.' },
        fix: { safety: 'safe', en: 'Replace it', fr: 'Le remplacer' },
      },
    },
    check(app, report) {
      const file = app.tree.read(settings)
      const start = typeof file === 'string' ? -1 : file.text.indexOf(find)
      if (start < 0) return
      const at = { file: settings, span: { start, end: start + find.length } }
      const edits: Edit[] = [{ ...at, text }]
      report('one', { at, edits, symbol: 'one' })
    },
  })
}

/** A rule that finds the last line of a file, quotes it, and would write more behind it. */
const growing = (more: string): Rule =>
  rule({
    id: 'procfile/keepalive',
    hop: 'message',
    severity: 'warning',
    summary: { en: 'A test', fr: 'Un test' },
    messages: {
      one: {
        text: { en: 'it ends in {end}', fr: 'il se termine par {end}' },
        help: { en: 'Write more.', fr: 'Continuez.' },
        fix: { safety: 'unsafe', en: 'Write more', fr: 'Continuer' },
      },
    },
    check(app, report) {
      for (const path of [settings, consumers]) {
        const file = app.tree.read(path)
        if (typeof file === 'string' || file.text.endsWith('#####')) continue
        const end = file.text.length
        const at = { file: path, span: { start: end, end } }
        report('one', { at, edits: [{ ...at, text: more }], data: { end: file.text.slice(-30) }, symbol: 'one' })
      }
    },
  })

describe('a plan', () => {
  it('that leaves its finding in other words ends nothing', () => {
    const done = mended({}, { rules: [growing('#')] })
    expect([...done.changes]).toEqual([])
    expect(done.withheld.map(({ why }) => why)).toEqual(['stays', 'stays'])
  })

  it('is carried out beside one that ends nothing', () => {
    const done = mended({ [settings]: `${sound[settings]}###` }, { rules: [growing('##')] })
    expect([...done.changes.keys()]).toEqual([settings])
    expect(done.after(settings)).toMatch(/[^#]#####$/)
    expect(done.withheld.map(({ why, because }) => [why, because.at.file])).toEqual([['stays', consumers]])
  })

  it('that ends nothing is taken back, and told', () => {
    const done = mended({}, { rules: [replacing('STATIC_URL', 'STATIC_URL = STATIC_URL')] })
    expect([...done.changes]).toEqual([])
    expect(done.withheld.map(({ why, because }) => [why, because.rule])).toEqual([['stays', 'procfile/keepalive']])
  })

  it('that leaves a file nobody can parse is withheld, however late it would be read', () => {
    const done = mended({}, { rules: [replacing('STATIC_URL =', 'STATIC_URL = (='), parseError] })
    expect([...done.changes]).toEqual([])
    expect(done.withheld.map(({ why, because }) => [why, because.rule])).toEqual([['breaks', 'engine/parse-error']])
  })
})

describe('an entry of a dict', () => {
  it('is put behind the parentheses of the one before', () => {
    const written = 'STORAGES = {"default": ({"BACKEND": "django.core.files.storage.FileSystemStorage"})}\n'
    const done = mended({ [settings]: `${sound[settings]?.replace(/^STORAGES = \{[\s\S]*?^\}\n/m, '')}${written}` })
    expect(done.after(settings)).toMatch(/FileSystemStorage"\}\), "staticfiles": \{/)
  })
})

describe('a server that is started below', () => {
  const files = (command: string, more: Files = {}): Files => ({ Procfile: `web: ${command}\n`, ...more })
  const bind = '--host 0.0.0.0 --port $PORT --proxy-headers'

  it('is moved there when its words mean the same', () => {
    const done = mended(files(`uvicorn ${bind} backend.asgi:application`))
    expect(done.after('Procfile')).toMatch(/^web: cd backend && /)
  })

  it.each([
    [`uvicorn ${bind} --log-config log.ini backend.asgi:application`, { 'log.ini': '' }],
    [`uvicorn ${bind} --log-config=conf/log.ini backend.asgi:application`, { 'conf/log.ini': '' }],
    [
      `gunicorn -c gunicorn.conf.py -k uvicorn_worker.UvicornWorker backend.asgi:application`,
      { 'gunicorn.conf.py': '' },
    ],
    [`gunicorn -k uvicorn_worker.UvicornWorker backend.asgi:application`, { 'gunicorn.conf.py': 'workers = 2\n' }],
    [`uvicorn ${bind} backend.asgi:application; python after.py`, { 'after.py': '' }],
  ])('is left where another word would be lost: %s', (command, more) => {
    const requirements = `${sound['requirements.txt']}gunicorn==23.0.0\nuvicorn[standard]==0.38.0\nuvicorn-worker==0.4.0\n`
    const done = mended(files(command, { ...(more as unknown as Files), 'requirements.txt': requirements }))
    expect(done.after('Procfile')).not.toContain('cd backend')
  })
})

describe('an `await`', () => {
  const receive = (...lines: string[]): string =>
    [
      'import time',
      'from channels.generic.websocket import AsyncWebsocketConsumer',
      'from django.contrib.auth.models import User',
      '',
      'class NotificationConsumer(AsyncWebsocketConsumer):',
      '    async def receive(self, text_data=None, bytes_data=None):',
      ...lines.map((line) => `        ${line}`),
      '',
    ].join('\n')
  const fixed = (...lines: string[]): string =>
    mended({ [consumers]: receive(...lines) })
      .after(consumers)
      .split('bytes_data=None):\n        ')[1]
      ?.trim() ?? ''

  it.each([
    'n = sum(User.objects.filter(pk=i).count() for i in [1, 2])',
    'texts = tuple(User.objects.get(pk=i).email for i in [1, 2])',
    'n = [i for i in [1, 2] if User.objects.filter(pk=i).exists()]',
    'n = [[User.objects.get(pk=i) for i in j] for j in [[1]]]',
    'n = lambda: User.objects.count()',
  ])('is not put where it would mean another thing: %s', (line) => {
    expect(fixed(line)).toBe(line)
  })

  it.each([
    ['n = f"{User.objects.count()}"', 'n = f"{await User.objects.acount()}"'],
    ['n = [User.objects.get(pk=i) for i in [1, 2]]', 'n = [await User.objects.aget(pk=i) for i in [1, 2]]'],
    ['n = list(i for i in range(User.objects.count()))', 'n = list(i for i in range((await User.objects.acount())))'],
  ])('is put where it means the same: %s', (line, wanted) => {
    expect(fixed(line)).toBe(wanted)
  })

  it('that is safe comes without the unsafe ones', () => {
    const files = { [consumers]: receive('time.sleep(1)', 'if text_data:', '    User.objects.count()') }
    const safe = mended(files, { unsafe: false }).after(consumers)
    expect(safe).toContain('await asyncio.sleep(1)')
    expect(safe).toContain('            User.objects.count()')
    expect(mended(files).after(consumers)).toContain('await User.objects.acount()')
  })
})
