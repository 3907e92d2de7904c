import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { today } from '../support/app.ts'
import { repository } from '../support/trees.ts'

const schema = JSON.parse(readFileSync(join(repository, 'schemas/logs.schema.json'), 'utf8')) as object
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)
const guideLog = join(repository, 'test/logs/guide.log')

interface Document {
  readonly groups: readonly {
    readonly id: string
    readonly count: number
    readonly at: { readonly file: string; readonly line: number } | null
    readonly checked: boolean
    readonly causes: readonly { readonly rule: string; readonly file: string; readonly line: number }[]
  }[]
  readonly incidents: readonly {
    readonly group: number
    readonly followed: readonly number[]
    readonly severity: string
    readonly causes: readonly { readonly rule: string }[]
  }[]
  readonly sessions: { readonly total: number }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-logs-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

interface Options {
  readonly input?: AsyncIterable<Uint8Array>
  readonly terminal?: boolean
  readonly onOut?: (text: string) => void
}

async function run(argv: readonly string[], options: Options = {}) {
  let out = ''
  let err = ''
  const code = await main(argv, {
    cwd: repository,
    today,
    env: { LANG: 'en_US.UTF-8', DYNOLINT_DEBUG: '1' },
    terminal: options.terminal ?? false,
    input: options.input ?? chunks(),
    out: (text) => {
      out += text
      options.onOut?.(text)
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('dynolint logs', () => {
  it('says what the guide’s project does on a dyno, and where it comes from', async () => {
    const { code, out, err } = await run(['logs', '--file', guideLog, '--format', 'json', 'fixtures/guide'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const document = JSON.parse(out) as Document
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    expect(document.groups.map(({ id, count }) => `${id}×${count}`)).toEqual([
      'redis/certificate×1',
      'django/host×1',
      'router/H12×1',
      'asgi/rejected×1',
      'exception/jobs.mail.MailError×1',
      'platform/R14×1',
    ])
    const [certificate, host, timeout] = document.groups
    expect(certificate?.causes.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'settings/redis-tls fixtures/guide/backend/backend/settings.py',
    ])
    expect(certificate?.at).toEqual({ file: 'fixtures/guide/backend/backend/asgi.py', line: 9 })
    expect(host?.causes.every(({ rule }) => rule === 'settings/allowed-hosts')).toBe(true)
    expect(timeout).toMatchObject({ checked: true, causes: [] })
    expect(document.sessions.total).toBe(1)
  })

  it('tells each incident once in JSON too: what says most of it, and what follows from that', async () => {
    const log = [
      'app[web.1]: Traceback (most recent call last):',
      'app[web.1]:   File "/app/mysite/asgi.py", line 5, in <module>',
      'app[web.1]:     from chat.routing import websocket_urlpatterns',
      "app[web.1]: django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.",
      'heroku[web.1]: Process exited with status 1',
      'heroku[web.1]: State changed from starting to crashed',
      'heroku[router]: at=error code=H10 desc="App crashed" method=GET path="/" host=a.herokuapp.com dyno= connect= service= status=503 bytes=',
      "app[web.1]: Invalid HTTP_HOST header: 'a.herokuapp.com'. You may need to add 'a.herokuapp.com' to ALLOWED_HOSTS.",
    ].map((line, second) => `2026-11-29T10:00:0${second}.000000+00:00 ${line}\n`)
    const { out } = await run(['logs', 'fixtures/guide', '--format', 'json'], { input: chunks(...log) })
    const document = JSON.parse(out) as Document
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    const id = (place: number) => document.groups[place]?.id
    expect(document.incidents.map(({ group, followed }) => [id(group), ...followed.map(id)])).toEqual([
      ['boot/apps-not-ready', 'process/exit-1', 'process/crashed', 'router/H10'],
      ['django/host'],
    ])
    expect(document.incidents[0]).toMatchObject({ severity: 'error', causes: [] })
  })

  it('prints no secret, in either language and format', async () => {
    for (const argv of [[], ['--format', 'json'], ['--lang', 'fr'], ['--follow']]) {
      const { out } = await run(['logs', '--file', guideLog, ...argv])
      expect(out).not.toMatch(/kz81LmQ0Tn7s|pa55word|Zx9yQw8vUt7s|203\.0\.113/)
      expect(out).toContain('redis/certificate')
    }
  })

  it('reads standard input without a project, for people', async () => {
    const { code, out } = await run(['logs'], { input: chunks(readFileSync(guideLog, 'utf8')) })
    expect(code).toBe(0)
    expect(out).toContain('error redis/certificate')
    expect(out).toContain('rules: settings/redis-tls')
    expect(out).toContain('web.1 daphne listens on 0.0.0.0:31415')
    expect(out.split(/\s+/).join(' ')).toContain(
      '3 errors, 3 warnings, 0 info in 31 lines, 2026-11-22 09:58:10 to 2026-11-22 10:05:01',
    )
    // The lines of the log alone are as long as they are.
    expect(out.split('\n').filter((line) => line.length > 80 && !line.startsWith('  | '))).toEqual([])
    expect(out).not.toContain('cause:')
    const french = (await run(['logs', '--lang', 'fr', '--file', guideLog])).out
    expect(french).toContain('Le Redis de Heroku présente un certificat auto-signé')
    expect(french.split('\n').length).toBe(out.split('\n').length)
  })

  it('says so when the rules find nothing in the project', async () => {
    const { out } = await run(['logs', 'fixtures/guide-sound', '--file', guideLog])
    expect(out).toContain('none of these rules finds anything in the project')
    expect(out).not.toContain('cause: fixtures')
  })

  it('a module that is missing is explained only by a finding that names it', async () => {
    const line = (name: string): string =>
      `2026-11-22T10:00:00+00:00 app[web.1]: ModuleNotFoundError: No module named '${name}'\n`
    const causes = async (name: string): Promise<string[]> => {
      const argv = ['logs', 'fixtures/channels-redis-missing', '--format', 'json']
      const { out } = await run(argv, { input: chunks(line(name)) })
      return (JSON.parse(out) as Document).groups[0]?.causes.map(({ rule }) => rule) ?? []
    }
    expect(await causes('channels_redis')).toContain('deps/missing-package')
    expect(await causes('celery')).toEqual([])
  })

  it('fails only when it is asked to', async () => {
    expect((await run(['logs', '--file', guideLog, '--fail-on', 'error'])).code).toBe(1)
    const mild = chunks('2026-11-22T10:00:00+00:00 heroku[web.1]: Error R14 (Memory quota exceeded)\n')
    expect((await run(['logs', '--fail-on', 'error'], { input: mild })).code).toBe(0)
  })

  it('refuses what it cannot do', async () => {
    const refusals: [string[], string][] = [
      [['--format', 'sarif'], 'logs prints text or json, not sarif'],
      [['--format', 'json', '--follow'], '--follow prints text, not json'],
      [['--file', 'nowhere'], 'no such file or folder: nowhere'],
      [['--file', 'src'], '--file is a folder: src'],
      [['nowhere'], 'no such file or folder: nowhere'],
      [['src', 'test'], 'logs takes one project; the log itself comes from standard input or --file'],
    ]
    for (const [argv, message] of refusals) {
      expect(await run(['logs', ...argv])).toEqual({ code: 2, out: '', err: `dynolint: ${message}\n` })
    }
  })

  it('an empty log and one that says nothing are no error', async () => {
    writeFileSync(join(folder, 'empty.log'), '')
    expect(await run(['logs', '--file', join(folder, 'empty.log')])).toEqual({
      code: 0,
      out: 'the log is empty\n',
      err: '',
    })
    expect((await run(['logs'], { input: chunks('hello\n') })).out).toBe('nothing that dynolint recognises in 1 line\n')
  })

  it('has a help of its own', async () => {
    const { out } = await run(['logs', '--help'])
    expect(out).toContain('heroku logs --tail | dynolint logs --follow [project]')
    expect((await run(['logs', '--help', '--lang', 'fr'])).out).toContain('Codes de sortie')
    expect((await run(['help'])).out).toContain('dynolint logs')
  })

  it('tells at once what a running log shows, and the whole on an interrupt', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('2026-11-22T10:00:00+00:00 heroku[web.1]: Error R14 (Memory quota exceeded)\n')
      await new Promise(() => {})
    }
    for (const options of [{ argv: ['--follow'] }, { argv: [], terminal: true }]) {
      const told: string[] = []
      // Other tests of this process load modules that end it on an interrupt: only the command's own listener is meant.
      const others = process.listeners('SIGINT')
      const { code, out } = await run(['logs', ...options.argv], {
        input: endless(),
        terminal: options.terminal ?? false,
        onOut: (text) => {
          told.push(text)
          if (told.length > 1) return
          const [interrupt, ...more] = process.listeners('SIGINT').filter((listener) => !others.includes(listener))
          expect(more).toEqual([])
          interrupt?.('SIGINT')
        },
      })
      expect(code).toBe(0)
      expect(told[0]).toMatch(/10:00:00 .*platform\/R14.* web\.1/)
      expect(out).toContain('0 errors, 1 warning, 0 info in 1 line')
    }
  })
})
