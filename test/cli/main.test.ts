import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, content)
}

function putProject(name = 'guide-sound'): void {
  for (const [path, bytes] of Object.entries(filesBelow(`fixtures/${name}`))) put(path, bytes)
}

const run = (...argv: string[]) => dynolint(argv, { cwd: folder })

describe('bad input', () => {
  it('a missing path is a usage error', async () => {
    const { code, err, out } = await run('nowhere')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('dynolint: no such file or folder: nowhere\n')
    expect((await run('show', 'web', 'nowhere')).code).toBe(2)
  })

  it('an empty folder and a folder without Django are no error', async () => {
    const { code, out, err } = await run()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('no Django project found here')
    put('package.json', '{}')
    expect((await run()).code).toBe(0)
  })

  it('broken Python in the middle of settings.py costs that line only', async () => {
    putProject()
    const settings = readFileSync(join(folder, 'backend/backend/settings.py'), 'utf8')
    put('backend/backend/settings.py', settings.replace('MIDDLEWARE = [', 'X = )\nMIDDLEWARE = ['))
    const { code, out, err } = await run('--format', 'concise')
    expect(err).toBe('')
    expect(code).toBe(1)
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .every((line) => line.includes('engine/parse-error')),
    ).toBe(true)
  })

  it('a Procfile of 1 MB, binary files, dangling and circular links do not crash it', async () => {
    putProject()
    put(
      'Procfile',
      `${readFileSync(join(repository, 'fixtures/guide-sound/Procfile'), 'utf8')}${'# padding\n'.repeat(100_000)}`,
    )
    put('backend/notifications/extra.py', new Uint8Array([0, 1, 2, 0, 255]))
    symlinkSync(join(folder, 'gone'), join(folder, 'backend/dangling.py'))
    symlinkSync(folder, join(folder, 'backend/loop'))
    const { code, err } = await run('--format', 'concise')
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  it('random bytes in any file never crash it', async () => {
    const names = Object.keys(filesBelow('fixtures/guide-sound'))
    for (const [index, name] of names.entries()) {
      putProject()
      put(name, new Uint8Array(Array.from({ length: 200 }, (_, i) => ((i * 7919 + index * 104729) >> 3) & 0xff)))
      const { code, err } = await run('--format', 'json')
      expect({ name, code: code < 2, err }).toEqual({ name, code: true, err: '' })
    }
  }, 60_000)

  it('a configuration mistake is a finding with a position, and exit code 2', async () => {
    putProject()
    put('dynolint.toml', '[rules]\n"settings/debgu" = "off"\n')
    const { code, out } = await run('--format', 'concise')
    expect(code).toBe(2)
    expect(out).toContain(
      'dynolint.toml:2:1: error engine/config unknown rule “settings/debgu”; did you mean “settings/debug”?',
    )
  })
})

describe('check', () => {
  it('reads the whole app when a file is named, and shows that file’s findings only', async () => {
    putProject('guide')
    const all = await run('--format', 'concise')
    const some = await run('requirements.txt', '--format', 'concise')
    const lines = some.out.split('\n').filter(Boolean)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThan(all.out.split('\n').filter(Boolean).length)
    for (const line of lines) expect(all.out.split('\n')).toContain(line)
  })

  it('honours --fail-on', async () => {
    putProject('guide')
    expect((await run('--format', 'concise')).code).toBe(1)
    expect((await run('--format', 'concise', '--fail-on', 'never')).code).toBe(0)
    putProject()
    put('.python-version', '3.10\n')
    expect((await run()).code).toBe(0)
    expect((await run('--fail-on', 'warning')).code).toBe(1)
  })

  it('judges for the day that is handed in, whatever the clock says', async () => {
    putProject()
    put('.python-version', '3.10\n')
    const on = async (today: string) => {
      const { code, out } = await dynolint(['--format', 'concise'], { cwd: folder, today })
      return { code, out }
    }
    const last = await on('2027-01-05')
    expect(last).toMatchObject({ code: 0, out: expect.stringContaining('warning deps/python-version') })
    const first = await on('2027-01-06')
    expect(first).toMatchObject({ code: 1, out: expect.stringContaining('error deps/python-version') })
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-01') })
    try {
      expect(await on('2027-01-05')).toEqual(last)
    } finally {
      vi.useRealTimers()
    }
  })

  it('lets a comment excuse a finding and reports one that excuses nothing', async () => {
    putProject('guide')
    const settings = readFileSync(join(folder, 'backend/backend/settings.py'), 'utf8')
    put(
      'backend/backend/settings.py',
      settings.replace(
        '"hosts": [REDIS_URL],',
        '"hosts": [REDIS_URL],  # dynolint: ignore[settings/redis-tls] behind stunnel',
      ),
    )
    const { out } = await run('--format', 'concise')
    expect(out).not.toContain('settings/redis-tls')
    expect((await run('--verbose')).out).toContain('suppressed settings/redis-tls')
  })

  it('reads a root named by the configuration above it', async () => {
    for (const [path, bytes] of Object.entries(filesBelow('fixtures/guide-sound'))) put(`services/app/${path}`, bytes)
    mkdirSync(join(folder, '.git'))
    put('dynolint.toml', 'root = "services/app"\n')
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(out).toContain('boot ✓')
  })

  it('--env and --unset change the dyno', async () => {
    putProject('guide')
    const shown = async (...argv: string[]) =>
      JSON.parse((await run('show', 'settings', '--format', 'json', ...argv)).out) as {
        settings: Record<string, { value?: unknown }>
      }
    expect((await shown('--env', 'ALLOWED_HOSTS=a.example,b.example')).settings.ALLOWED_HOSTS?.value).toEqual([
      'a.example',
      'b.example',
    ])
    expect((await shown('--unset', 'ALLOWED_HOSTS')).settings.ALLOWED_HOSTS?.value).toEqual(['localhost'])
    expect((await shown('--unset', 'REDIS_URL')).settings).not.toHaveProperty('CHANNEL_LAYERS')
  })

  it('--fix corrects what is safe to correct', async () => {
    putProject()
    put('Procfile', 'web: cd backend && daphne -p $PORT --proxy-headers backend.asgi:application\n')
    expect((await run('--format', 'concise')).out).toContain('procfile/bind-host')
    const { code, out } = await run('--fix')
    expect(code).toBe(0)
    expect(out).toMatch(/^fixed Procfile\n {2}Listen on 0\.0\.0\.0 \(procfile\/bind-host\)\n/)
    expect((await run('--format', 'concise')).out).not.toContain('procfile/bind-host')
  })

  it('--fix tells what is left, in the format that was asked for, and exits by it', async () => {
    putProject('guide')
    put('Procfile', 'web: cd backend && daphne -p $PORT backend.asgi:application\n')
    const { code, out } = await run('--fix', '--format', 'json')
    const report = JSON.parse(out) as { fixed: unknown[]; findings: { rule: string }[] }
    expect(report.fixed).toContainEqual({
      file: 'Procfile',
      rules: ['procfile/bind-host'],
      corrections: [{ title: 'Listen on 0.0.0.0', safety: 'safe', rule: 'procfile/bind-host' }],
    })
    expect(report.findings.map(({ rule }) => rule)).not.toContain('procfile/bind-host')
    expect(report.findings.map(({ rule }) => rule)).toContain('settings/redis-tls')
    expect(code).toBe(1)
    // Nothing safe is left: what remains waits for consent, and a second run changes nothing.
    const again = await run('--fix')
    expect(again.code).toBe(1)
    expect(again.out).not.toContain('fixed ')
    expect(again.out).toMatch(/\d corrections? changes? behaviour: --unsafe-fixes applies/)
  })
})

describe('--unsafe-fixes', () => {
  it('renames a Procfile that Heroku does not read, with consent', async () => {
    putProject()
    renameSync(join(folder, 'Procfile'), join(folder, 'procfile'))
    await run('--fix')
    expect(readdirSync(folder)).toContain('procfile')
    expect((await run('--unsafe-fixes')).out).toContain(
      'fixed Procfile\n  Rename procfile to Procfile (procfile/missing)',
    )
    expect(readdirSync(folder)).toContain('Procfile')
    expect(readdirSync(folder)).not.toContain('procfile')
    expect((await run()).code).toBe(0)
  })
})

describe('show', () => {
  it('tells what Heroku would run', async () => {
    putProject('guide')
    const { out, code } = await run('show', 'all', '--format', 'json')
    expect(code).toBe(0)
    const shown = JSON.parse(out) as Record<string, unknown>
    expect(shown).toMatchObject({
      web: {
        steps: [{ argv: ['daphne', '-b', '0.0.0.0', '-p', '$PORT', 'backend.asgi:application'], cwd: 'backend' }],
        server: {
          name: 'daphne',
          version: '4.1.1',
          speaks: 'asgi',
          target: { file: 'backend/backend/asgi.py', resolution: 'found' },
        },
      },
      dependencies: { manager: 'pip', source: 'requirements.txt' },
      module: 'backend.settings',
      asgi: { module: 'backend.asgi', routes: [{ patterns: ['ws/notifications/'] }] },
    })
    expect((await run('show')).out).toContain('CHANNEL_LAYERS = ')
  })
})

describe('explain, rules, help, version, init', () => {
  it('explain prints the page in the reader’s language', async () => {
    expect((await run('explain', 'procfile/wsgi-server')).out).toContain('\nWhy it breaks\n')
    expect((await run('explain', 'procfile/wsgi-server', '--lang', 'fr')).out).toContain('\nPourquoi ça casse\n')
    expect(await run('explain', 'procfile/wsgi-servr')).toMatchObject({
      code: 2,
      err: 'dynolint: no rule is called procfile/wsgi-servr or speaks of it; did you mean procfile/wsgi-server?\n',
    })
  })

  it('explain says what the rule can say, each with its own hop and severity', async () => {
    const { out } = await run('explain', 'settings/allowed-hosts')
    expect(out).toContain('\nWhat it says\n  - (error, http, fix available) ')
    expect(out).toContain('\n  - (warning, safety, fix available) ALLOWED_HOSTS contains "*"')
    expect((await run('explain', 'settings/allowed-hosts', '--lang', 'fr')).out).toContain('\nCe qu’elle dit\n')
  })

  it('explain prints every link as its text and its address, also one about code', async () => {
    const { out } = await run('explain', 'frontend/no-reconnect', '--lang', 'fr')
    expect(out.replace(/\s+/g, ' ')).toContain('uvicorn : `shutdown()` de ses protocoles WebSocket <https://')
    for (const { id } of rules) expect((await run('explain', id, '--verbose')).out, id).not.toMatch(/\]\(https?:/)
  })

  it('explain gives no address of a file beside the page: nobody has it', async () => {
    const { out } = await run('explain', 'asgi/import-order')
    expect(out).toContain('asgi/setup-missing')
    expect(out).not.toMatch(/<(?!https?:)[^ >]*\.md>/)
  })

  it('explain finds a rule by a part of its name, an area, or what the log says', async () => {
    expect((await run('explain', 'redis-tls')).out).toMatch(/^settings\/redis-tls {2}error/)
    expect((await run('explain', 'frontend')).out).toMatch(/^frontend\/close-code\n {2}\S/)
    expect((await run('explain', 'CERTIFICATE_VERIFY_FAILED')).out).toMatch(/^settings\/redis-tls {2}error/)
    expect((await run('explain', 'rediss', 'redis')).out.split('\n')).toContain('settings/redis-url')
    expect(await run('explain', 'redis-tsl')).toMatchObject({
      code: 2,
      err: 'dynolint: no rule is called redis-tsl or speaks of it; did you mean settings/redis-tls?\n',
    })
  })

  it('explain shows no test notation, and the cases only when asked', async () => {
    for (const word of ['settings/redis-tls', 'deps/python-version', 'app/not-committed', 'asgi/import-order']) {
      const { out } = await run('explain', word)
      expect(out).not.toMatch(/```|file=|<!--/)
      const { out: all } = await run('explain', word, '--verbose')
      expect(all.length).toBeGreaterThan(out.length)
      expect(all).not.toMatch(/```|file=/)
    }
  })

  it('rules lists every rule', async () => {
    const { out } = await run('rules', '--format', 'json')
    const { rules } = JSON.parse(out) as { rules: { id: string; hop: string; messages: { id: string }[] }[] }
    expect(rules.length).toBeGreaterThan(30)
    expect((await run('rules')).out.split('\n').filter(Boolean)).toHaveLength(rules.length)
    const hosts = rules.find(({ id }) => id === 'settings/allowed-hosts')
    expect(hosts).toMatchObject({ hop: 'http', severity: 'error', fix: 'safe' })
    expect(hosts?.messages.find(({ id }) => id === 'star')).toMatchObject({
      hop: 'safety',
      severity: 'warning',
      fix: 'unsafe',
      help: 'List the app’s own host names, or give the sockets their own OriginValidator.',
    })
  })

  it('help and version', async () => {
    expect((await run('--help')).out).toContain('Exit codes')
    expect((await dynolint(['--help'], { cwd: folder, env: { LC_ALL: 'fr_FR.UTF-8' } })).out).toContain(
      'Codes de sortie',
    )
    expect((await run('--version')).out).toMatch(/^dynolint \d+\.\d+\.\d+/)
  })

  it('init writes a configuration once, that can be extended anywhere', async () => {
    putProject()
    expect((await run('init')).code).toBe(0)
    expect((await run()).code).toBe(0)
    const file = join(folder, 'dynolint.toml')
    const written = readFileSync(file, 'utf8')
    expect(written).toMatch(/^#:schema https:\S+\/config\.schema\.json\n/)
    const rules = '[rules]\n"settings/debug" = "off"\n'
    for (const text of [`${written}\n${rules}`, written.replaceAll(/^# (?=\[|"|\w+ = |exclude)/gm, '')]) {
      writeFileSync(file, text)
      expect(await run('--format', 'concise')).toMatchObject({ err: '' })
      expect((await run('--format', 'concise')).out).not.toContain('engine/config')
    }
    expect((await run('init')).code).toBe(2)
  })

  it('init leaves another configuration in force', async () => {
    putProject()
    writeFileSync(join(folder, 'pyproject.toml'), '[tool.dynolint]\nplatform = "heroku-fir"\n')
    expect((await run('init')).err).toContain('pyproject.toml configures dynolint already')
    expect(existsSync(join(folder, 'dynolint.toml'))).toBe(false)
  })

  it('init writes the add-ons and the platform that the manifests name', async () => {
    putProject()
    writeFileSync(join(folder, 'app.json'), '{"addons": ["heroku-redis:mini", "heroku-postgresql"]}')
    await run('init')
    const written = readFileSync(join(folder, 'dynolint.toml'), 'utf8')
    expect(written).toContain('\naddons = ["heroku-postgresql", "heroku-redis:mini"]\n')
    expect(written).toContain('\nplatform = "heroku-classic"\n')
  })

  it('a root that is written with backslashes is told how to be', async () => {
    putProject()
    mkdirSync(join(folder, 'back/site'), { recursive: true })
    writeFileSync(join(folder, 'dynolint.toml'), "root = 'back\\site'\n")
    expect((await run()).err).toBe(
      'dynolint: root “back\\site” of the configuration does not exist; write it with slashes: “back/site”\n',
    )
  })

  it('a command that is nearly one is named', async () => {
    expect(await run('chekc')).toMatchObject({
      code: 2,
      err: 'dynolint: no such command, file or folder: chekc; did you mean dynolint check?\n',
    })
  })

  it('an unknown option names the nearest', async () => {
    expect(await run('--formt', 'json')).toMatchObject({
      code: 2,
      err: 'dynolint: unknown option --formt; did you mean --format?\n',
    })
  })
})
