import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { snapshotSchemaDocument } from '../../scripts/snapshot-schema.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
  for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const put = (path: string, text: string) => writeFileSync(join(folder, path), text)
const file = (path = 'dynolint.snapshot.json') => readFileSync(join(folder, path), 'utf8')

/** Runs with the stand-in for the Heroku CLI first on PATH. */
function withHeroku(kind: string, argv: string[], env: Record<string, string> = {}) {
  const path = `${join(repository, 'test/cli/heroku')}${delimiter}${dirname(process.execPath)}${delimiter}${process.env.PATH}`
  return dynolint(argv, { cwd: folder, env: { PATH: path, HEROKU_CASE: kind, ...env } })
}

const taken = {
  snapshot: 1,
  app: 'chat',
  taken: today,
  stack: 'heroku-24',
  buildpacks: ['heroku/python', 'url'],
  domains: [
    { name: 'chat-1234567890ab.herokuapp.com', kind: 'heroku' },
    { name: 'www.example.com', kind: 'custom' },
  ],
  addons: [
    { service: 'heroku-redis', plan: 'mini', variables: ['REDIS_URL'] },
    { service: 'heroku-postgresql', plan: 'essential-0', variables: ['SHARED_URL'] },
  ],
  dynos: [
    { type: 'web', size: 'basic', up: 1, down: 1 },
    { type: 'worker', size: 'basic', up: 1, down: 0 },
  ],
  config: {
    ALLOWED_HOSTS: 'hosts:chat-1234567890ab.herokuapp.com,?',
    DATABASE_URL: 'postgres-url',
    DEBUG: 'False',
    DJANGO_SETTINGS_MODULE: 'module:mysite.settings',
    MAIL: 'list:2',
    REDIS_URL: 'rediss-url',
    SECRET_KEY: 'secret',
    USE_REDIS: 'True',
    WEB_CONCURRENCY: 'int:2',
  },
}

describe('snapshot', () => {
  it('writes the facts of the app, and nothing that is secret', async () => {
    const { code, out, err } = await withHeroku('good', ['snapshot', '--app', 'chat'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      'dynolint.snapshot.json: 9 config vars (their shapes, no value), 2 add-ons, 2 domains\nUse it with: dynolint check --snapshot dynolint.snapshot.json\n',
    )
    expect(JSON.parse(file())).toEqual(taken)
    expect(`${file()}${out}`).not.toMatch(/MARKER/)
  })

  it('fits its published schema', async () => {
    await withHeroku('good', ['snapshot', '--app', 'chat'])
    const validate = new Ajv({ strict: false }).compile(JSON.parse(snapshotSchemaDocument()) as object)
    expect(validate(JSON.parse(file())), JSON.stringify(validate.errors)).toBe(true)
    const config = { ...taken.config, SECRET_KEY: 'k3v9w-2m4q8' }
    expect(validate({ ...taken, taken: '2026-11-22', config })).toBe(false)
    expect(validate({ ...taken, taken: '2026-11-22', snapshot: 2 })).toBe(false)
    expect(validate({ ...taken, taken: '2026-11-22', more: true })).toBe(false)
    expect(readFileSync(join(repository, 'schemas/snapshot.schema.json'), 'utf8')).toBe(snapshotSchemaDocument())
  })

  it('takes a git remote, another file, and warnings before the JSON', async () => {
    const { code, err } = await withHeroku('warned', ['snapshot', '--remote', 'heroku', '--output', 'there.json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(file('there.json'))).toEqual(taken)
  })

  it('does without what the CLI words in another way', async () => {
    expect((await withHeroku('new-words', ['snapshot', '--app', 'chat'])).code).toBe(0)
    const { stack: _, buildpacks: __, ...rest } = taken
    expect(JSON.parse(file())).toEqual(rest)
  })

  const refusals: [kind: string, argv: string[], message: RegExp, french: RegExp][] = [
    ['logged-out', ['--app', 'chat'], /not logged in; run `heroku login`$/, /n’est pas connecté/],
    ['prompt', ['--app', 'chat'], /`heroku domains --json` failed|not logged in/, /heroku/],
    ['no-app', ['--app', 'chat'], /knows no such app/, /ne connaît pas/],
    ['good', ['--app', 'other'], /knows no such app/, /ne connaît pas/],
    ['forbidden', ['--app', 'chat'], /no access to the app/, /n’a pas accès/],
    ['no-remote', ['--remote', 'staging'], /name it with --app NAME/, /--app NOM/],
    ['odd', ['--app', 'chat'], /failed \(exit code 1\): Internal Server Error$/, /a échoué/],
    ['broken', ['--app', 'chat'], /`heroku addons --json` printed something unexpected/, /inattendue/],
    ['other', ['--app', 'chat'], /`heroku ps --json` printed something unexpected/, /inattendue/],
    ['good', [], /needs --app NAME/, /demande --app NOM/],
    ['good', ['--app', '-x'], /needs a value|is not the name of an app/, /valeur|nom d’application/],
    ['good', ['--app', 'chat; ls'], /is not the name of an app/, /nom d’application/],
    ['good', ['--app', 'chat', 'more'], /takes no argument/, /ne prend pas d’argument/],
    ['good', ['--app', 'chat', '--output', 'no/such/folder.json'], /cannot write/, /impossible d’écrire/],
  ]
  it.each(refusals)('%s %j is told, and nothing is written', async (kind, argv, message, french) => {
    const { code, out, err } = await withHeroku(kind, ['snapshot', ...argv])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trimEnd()).toMatch(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect((await withHeroku(kind, ['snapshot', '--lang', 'fr', ...argv])).err).toMatch(french)
    expect(existsSync(join(folder, 'dynolint.snapshot.json'))).toBe(false)
  })

  it('says that the CLI is missing, and that it cannot be started', async () => {
    const missing = await dynolint(['snapshot', '--app', 'chat'], { cwd: folder, env: { PATH: folder } })
    expect(missing.code).toBe(2)
    expect(missing.err).toMatch(/\(`heroku`\) is not on PATH.*--config-vars/)
    put('heroku', 'text')
    chmodSync(join(folder, 'heroku'), 0o644)
    const broken = await dynolint(['snapshot', '--app', 'chat'], { cwd: folder, env: { PATH: folder } })
    expect(broken.code).toBe(2)
    expect(broken.err).toMatch(/cannot be started \(EACCES\)|is not on PATH/)
  })

  it('gives up on a command that does not end', async () => {
    const { code, err } = await withHeroku('slow', ['snapshot', '--app', 'chat'], { DYNOLINT_HEROKU_TIMEOUT: '2' })
    expect(code).toBe(2)
    expect(err).toMatch(/`heroku config --json` did not end within 2 s/)
  })
})

describe('check with a snapshot', () => {
  const concise = async (...argv: string[]) => {
    const { out, err, code } = await withHeroku('good', ['check', '--format', 'concise', ...argv])
    expect(err).toBe('')
    return { code, lines: out.split('\n').filter(Boolean) }
  }
  const rules = (lines: string[]) => lines.map((line) => / (\w+\/[\w-]+)/.exec(line)?.[1])

  it('adds what the app itself tells', async () => {
    expect((await concise()).lines).toEqual([])
    await withHeroku('good', ['snapshot', '--app', 'chat'])
    const { code, lines } = await concise('--snapshot', 'dynolint.snapshot.json')
    expect(code).toBe(0)
    expect(rules(lines).sort()).toEqual([
      'app/config-var-missing',
      'app/redis-plan',
      'settings/config-var-unread',
      'settings/config-var-unread',
    ])
  })

  it('is named in the configuration as well, relative to it', async () => {
    await withHeroku('good', ['snapshot', '--app', 'chat', '--output', 'facts.json'])
    put('dynolint.toml', 'snapshot = "facts.json"\n')
    expect(rules((await concise()).lines)).toContain('app/redis-plan')
    put('dynolint.toml', 'snapshot = "gone.json"\n')
    const { code, lines } = await concise()
    expect(code).toBe(2)
    expect(lines.join('\n')).toMatch(/engine\/config.*gone\.json: no such file/)
  })

  it('takes raw output, and shows none of its values', async () => {
    put(
      'config.json',
      JSON.stringify(
        { DEBUG: 'True', SECRET_KEY: 'MARKER1', USE_REDIS: 'yes', REDIS_URL: 'redis://localhost:6379/MARKER2' },
        undefined,
        2,
      ),
    )
    put(
      'addons.json',
      JSON.stringify(
        [{ plan: { name: 'heroku-redis:mini' }, name: 'MARKER3', config_vars: ['REDIS_URL'] }],
        undefined,
        2,
      ),
    )
    put('ps.json', '[]')
    const argv = ['--config-vars', 'config.json', '--addons', 'addons.json', '--ps', 'ps.json']
    const { lines } = await concise(...argv)
    expect(rules(lines)).toEqual(
      expect.arrayContaining([
        'settings/debug',
        'settings/redis-url',
        'app/redis-plan',
        'app/web-formation',
        'settings/config-var-unread',
      ]),
    )
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const { out, err } = await withHeroku('good', ['check', '--format', format, '--verbose', ...argv])
      expect(`${out}${err}`).not.toMatch(/MARKER/)
    }
    const shown = await withHeroku('good', ['show', 'all', ...argv])
    expect(shown.code).toBe(0)
    expect(`${shown.out}${shown.err}`).not.toMatch(/MARKER/)
  })

  it('lets --env and --unset have the last word', async () => {
    put('config.json', '{"SECRET_KEY": "abcdefgh", "REDIS_URL": "rediss://:p@h.example.com:1", "DEBUG": "True"}')
    expect(rules((await concise('--config-vars', 'config.json')).lines)).toContain('settings/debug')
    expect(rules((await concise('--config-vars', 'config.json', '--env', 'DEBUG=False')).lines)).not.toContain(
      'settings/debug',
    )
    expect(rules((await concise('--config-vars', 'config.json', '--unset', 'DEBUG')).lines)).not.toContain(
      'settings/debug',
    )
  })

  const bad: [argv: string[], content: string, message: RegExp][] = [
    [['--snapshot', 'gone.json'], '', /^dynolint: gone\.json: no such file\n$/],
    [['--snapshot', 'x.json'], '{"SECRET_KEY": "MARKER"}', /^dynolint: x\.json: it is not a dynolint snapshot/],
    [['--snapshot', 'x.json'], '{"snapshot": 1, "config": {"A": "MARKER"}}', /config\.A is not what it should be/],
    [['--snapshot', 'x.json'], '{"snapshot": 1', /^dynolint: x\.json: /],
    [['--config-vars', 'x.json'], '=== chat Config Vars\nA: MARKER\n', /not what `heroku config --json` prints/],
    [['--config-vars', 'x.json'], '["MARKER"]', /not what `heroku config --json` prints/],
    [['--addons', 'x.json'], '{}', /not what `heroku addons --json` prints/],
    [['--ps', 'x.json'], '[1]', /not what `heroku ps --json` prints/],
    [['--ps', 'gone.json'], '', /no such file/],
  ]
  it.each(bad)('%j with %s is a usage error', async (argv, content, message) => {
    put('x.json', content)
    const { code, out, err } = await withHeroku('good', ['check', ...argv])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).not.toMatch(/MARKER/)
  })
})
