import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'
import { checked, checkedIn, folder, inFolder, loopback, procfile, put, read, refused } from './folder.ts'

inFolder()

describe('names on the command line', () => {
  it('filter what is shown, tell what stands elsewhere, and the exit code counts it', async () => {
    put('Procfile', loopback)
    expect(await checked('requirements.txt')).toMatchObject({ code: 1, rules: [], filtered: { files: 1 } })
    expect(await checked('Procfile')).toMatchObject({ code: 1, rules: ['procfile/bind-host'], filtered: {} })
    expect((await dynolint(['requirements.txt'], { cwd: folder })).out).toMatch(/^1 error.* stands? in other files$/m)
    const french = (await dynolint(['requirements.txt', '--lang', 'fr'], { cwd: folder })).out
    expect(french).toMatch(/^1 erreur.* dans d’autres fichiers$/m)
  })

  it('show several apps and files together', async () => {
    put('Procfile', loopback)
    expect((await checked('requirements.txt', 'mysite/settings.py', 'Procfile')).rules).toEqual(['procfile/bind-host'])
  })

  it('take a folder of a project as what is in it, and one that looks like a project as all of it', async () => {
    put('.git/HEAD', 'ref: refs/heads/main\n')
    put('Procfile', loopback)
    put('requirements/base.txt', 'channels==4.1.0\n')
    put('web/page.html', '<script>new WebSocket("ws://localhost:8000/ws/")</script>\n')
    const whole = await checked()
    expect(whole.rules).toContain('procfile/bind-host')
    expect(await checked('web')).toMatchObject({ code: 1, filtered: { files: whole.rules.length } })
    expect((await checked('web', 'Procfile')).rules).toEqual(['procfile/bind-host'])
    for (const all of [['.'], ['web', '.'], ['.', 'Procfile']]) expect(await checked(...all)).toEqual(whole)
    // Where the command runs is the project, wherever in it that is.
    expect(await checkedIn(join(folder, 'web'))).toMatchObject({ code: 1, rules: whole.rules, filtered: {} })
    put('web/manage.py', '')
    expect(await checked('web')).toMatchObject({ rules: whole.rules, filtered: {} })
    expect(await refused('mysite', '--baseline', 'b.json', '--update-baseline')).toContain('folders in it')
  })

  it('take the rules to show; the chain tells of all', async () => {
    put('Procfile', loopback)
    expect(await checked('--select', 'settings/*')).toMatchObject({ code: 0, rules: [], filtered: { rules: 1 } })
    expect(await checked('--select', 'procfile/*', '--ignore', '*/bind-host')).toMatchObject({ code: 0, rules: [] })
    expect(await checked('--select', 'deps/*,procfile/bind-host')).toMatchObject({ rules: ['procfile/bind-host'] })
    const { out } = await dynolint(['--select', 'settings/*'], { cwd: folder })
    expect(out).toContain('boot ✗')
    expect(await refused('--select', 'procfil/*')).toBe(
      'dynolint: --select: no rule is called “procfil/*”; did you mean procfile/*?\n',
    )
  })

  it('take one file from standard input', async () => {
    const reading = async (text: string, ...argv: string[]) => {
      let out = ''
      const input = (async function* () {
        yield Buffer.from(text)
      })()
      const io = { cwd: folder, today, env: {}, terminal: false, input, err: (line: string) => (out += line) }
      await main([...argv, '-f', 'concise'], { ...io, out: (line) => (out += line) })
      return out
    }
    expect(await reading(loopback, '-', '--stdin-filename', 'Procfile')).toContain('Procfile:1:')
    expect(read('Procfile')).toBe(procfile)
    rmSync(join(folder, 'Procfile'))
    expect(await reading(loopback, '-', '--stdin-filename', 'Procfile')).toContain('procfile/bind-host')
    expect(await refused('-')).toContain('--stdin-filename')
    expect(await refused('--stdin-filename', 'Procfile')).toContain('give both')
  })
})

describe('a baseline', () => {
  it('accepts what is there, survives moved lines and renamed files, and tells what is new and what is stale', async () => {
    put('Procfile', loopback)
    put('mysite/extra.py', '')
    const written = await checked('--baseline', 'base.json', '--update-baseline')
    expect(written).toMatchObject({ code: 0, rules: [], filtered: { baseline: 1 } })
    const bytes = read('base.json')
    put('Procfile', `# a comment\n\n${loopback}`)
    expect(await checked('--baseline', 'base.json')).toMatchObject({ code: 0, rules: [], stale: 0 })
    put('Procfile', `${loopback}worker: python manage.py runworker a\nworker: python manage.py runworker b\n`)
    expect((await checked('--baseline', 'base.json')).rules).toContain('procfile/duplicate-process')
    put('Procfile', procfile)
    expect(await checked('--baseline', 'base.json')).toMatchObject({ code: 0, filtered: {}, stale: 1 })
    expect(read('base.json')).toBe(bytes)
    const { out } = await dynolint(['--baseline', 'base.json'], { cwd: folder })
    expect(out).toContain('1 entry of base.json matches nothing any more: procfile/bind-host (Procfile)')
    await checked('--baseline', 'base.json', '--update-baseline')
    expect(read('base.json')).not.toContain('bind-host')
  })

  it('knows a finding again in a file of another name, unless the old one is still there', async () => {
    put('mysite/settings.py', `${read('mysite/settings.py')}\nDEBUG = True\n`)
    put('mysite/asgi.py', read('mysite/asgi.py'))
    await checked('--baseline', 'base.json', '--update-baseline')
    expect(read('base.json')).toContain('settings/debug')
    const rename = (from: string, to: string) => {
      renameSync(join(folder, 'mysite', `${from}.py`), join(folder, 'mysite', `${to}.py`))
      put('mysite/asgi.py', read('mysite/asgi.py').replaceAll(`mysite.${from}`, `mysite.${to}`))
    }
    rename('settings', 'production')
    expect(await checked('--baseline', 'base.json', '--select', 'settings/debug')).toMatchObject({
      rules: [],
      stale: 0,
    })
    put('mysite/settings.py', 'DEBUG = True\n')
    expect(await checked('--baseline', 'base.json', '--select', 'settings/debug')).toMatchObject({
      rules: ['settings/debug'],
    })
  })

  it('is the same for the same findings, sorted, and as its schema says', async () => {
    put('Procfile', `${loopback}web: other\n`)
    put('mysite/settings.py', `${read('mysite/settings.py')}\nDEBUG = True\n`)
    await checked('--baseline', 'base.json', '--update-baseline')
    const bytes = read('base.json')
    await checked('--baseline', 'base.json', '--update-baseline')
    expect(read('base.json')).toBe(bytes)
    const document = JSON.parse(bytes) as { findings: { file: string; rule: string }[] }
    const schema = JSON.parse(readFileSync(join(repository, 'schemas/baseline-v1.schema.json'), 'utf8')) as object
    const validate = new Ajv().compile(schema)
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    const order = document.findings.map(({ file, rule }) => `${file} ${rule}`)
    expect(order).toEqual([...order].sort())
  })

  it('keeps what it holds of apps that are not checked, wherever the command is given', async () => {
    put('Procfile', loopback)
    for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) put(`other/${path}`, bytes)
    put('other/Procfile', loopback)
    for (const app of ['.', 'other']) await checked(app, '--baseline', 'base.json', '--update-baseline')
    expect((JSON.parse(read('base.json')) as { findings: unknown[] }).findings.length).toBeGreaterThanOrEqual(2)
    const below = await checkedIn(join(folder, 'other'), '--baseline', '../base.json')
    expect(below).toMatchObject({ code: 0, rules: [], stale: 0 })
  })

  it('is named in the configuration, relative to it, for every run; the command line wins', async () => {
    put('dynolint.toml', 'baseline = "accepted.json"\n')
    put('Procfile', loopback)
    expect(await refused()).toContain('no such baseline: accepted.json; --update-baseline writes it')
    expect(await checked('--update-baseline')).toMatchObject({ code: 0, rules: [], filtered: { baseline: 1 } })
    expect(read('accepted.json')).toContain('procfile/bind-host')
    expect(await checked()).toMatchObject({ code: 0, rules: [], stale: 0 })
    expect(await checkedIn(join(folder, 'mysite'))).toMatchObject({ code: 0, rules: [], stale: 0 })
    put('base.json', '{"version": 1, "findings": []}')
    expect(await checked('--baseline', 'base.json')).toMatchObject({ code: 1, rules: ['procfile/bind-host'] })
    put('dynolint.toml', 'baseline = "../accepted.json"\n')
    for (const more of [[], ['--update-baseline']])
      expect(await refused(...more)).toContain('baseline “../accepted.json” of the configuration is outside its folder')
  })

  it('of two apps is each its own', async () => {
    for (const app of ['a', 'b']) {
      for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) put(`${app}/${path}`, bytes)
      put(`${app}/Procfile`, loopback)
      put(`${app}/dynolint.toml`, 'baseline = "base.json"\n')
    }
    expect(await checked('a', 'b', '--update-baseline')).toMatchObject({
      code: 0,
      rules: [],
      filtered: { baseline: 2 },
    })
    for (const app of ['a', 'b']) expect(read(`${app}/base.json`).match(/bind-host/g)).toHaveLength(1)
    put('b/Procfile', procfile)
    const { out } = await dynolint(['a', 'b'], { cwd: folder })
    expect(out).toContain('1 entry of a/base.json, b/base.json matches nothing any more')
  })

  it('hides nothing that is wrong with the configuration', async () => {
    put('dynolint.toml', 'exlude = []\n')
    const { code, rules } = await checked('--baseline', 'base.json', '--update-baseline')
    expect([code, rules]).toEqual([2, ['engine/config']])
    expect(read('base.json')).not.toContain('engine/config')
  })

  it.each([
    ['{"version": 1,\n "findings": [}', 'base.json:2:15: '],
    ['[]', 'base.json:1:1: this is not a baseline'],
    ['{"version": 2, "findings": []}', 'base.json:1:13: this dynolint reads version 1'],
    ['{"version": 1, "findings": [{"file": "a"}]}', 'base.json:1:29: an entry has'],
    ['<<<<<<< ours\n', 'base.json:1:1: '],
  ])('that is damaged is told with its place, and left as it is: %s', async (text, told) => {
    put('base.json', text)
    for (const more of [[], ['--update-baseline']]) {
      expect(await refused('--baseline', 'base.json', ...more)).toContain(`dynolint: ${told}`)
      expect(read('base.json')).toBe(text)
    }
  })

  it('that is missing or cannot be written is told', async () => {
    expect(await refused('--baseline', 'base.json')).toContain(
      'no such baseline: base.json; --update-baseline writes it',
    )
    expect(await refused('--baseline', 'no/base.json', '--update-baseline')).toContain('its folder does not exist')
    mkdirSync(join(folder, 'base.json'))
    expect(await refused('--baseline', 'base.json', '--update-baseline')).toContain(
      'base.json: it is not a regular file',
    )
    expect(await refused('--update-baseline')).toContain('--baseline FILE')
    expect(await refused('Procfile', '--baseline', 'b.json', '--update-baseline')).toContain('whole project')
    expect(await refused('--since', 'x', '--baseline', 'b.json', '--update-baseline')).toContain('do not go together')
    expect(existsSync(join(folder, 'b.json'))).toBe(false)
  })
})

describe('outputs', () => {
  it('are refused beside a patch, which goes to standard output alone', async () => {
    for (const more of [['-f', 'json'], ['-o', 'x.patch'], ['--verbose']]) {
      expect(await refused('--fix', '--diff', ...more)).toContain('--diff prints a patch alone')
    }
    expect(existsSync(join(folder, 'x.patch'))).toBe(false)
  })

  it('are several at once, each in its place', async () => {
    put('Procfile', loopback)
    const { code, out } = await dynolint(['-f', 'sarif', '-o', 'x.sarif', '-f', 'text', '-o', 'x.txt', '-f', 'json'], {
      cwd: folder,
    })
    expect(code).toBe(1)
    expect((JSON.parse(out) as { version: number }).version).toBe(1)
    expect(read('x.txt')).toContain('procfile/bind-host')
    const sarif = JSON.parse(read('x.sarif')) as { runs: { results: unknown[] }[] }
    expect(sarif.runs[0]?.results).not.toEqual([])
    await dynolint(['-o', 'y.sarif', '-f', 'sarif', '-f', 'concise'], { cwd: folder })
    expect(read('y.sarif')).toBe(read('x.sarif'))
    await dynolint(['-o', 'y.txt', '--color', 'always'], { cwd: folder })
    expect(read('y.txt')).toBe(read('x.txt'))
  })

  it('without findings, SARIF is small', async () => {
    await dynolint(['-f', 'sarif', '-o', 'x.sarif', '--ignore', '*'], { cwd: folder })
    expect(read('x.sarif').length).toBeLessThan(200_000)
    expect(read('x.sarif')).toContain('## Why it breaks')
  })

  it.each([
    [['-f', 'sarif', '-f', 'text'], 'two formats for standard output'],
    [['-f', 'sarif', '-o', 'a', '-o', 'b'], 'no format is left'],
    [['-f', 'text', '-o', 'a', '-f', 'json', '-o', 'a'], 'two formats for a'],
    [['-f', 'gitlab', '--verbose'], '--verbose changes nothing in gitlab'],
    [['-f', 'junit', '--color', 'always'], '--color always changes nothing in junit'],
    [['-f', 'text', '-o', 'no/x.txt'], 'no/x.txt was not written: its folder does not exist'],
    [
      ['rules', '--baseline', 'x'],
      '--baseline belongs to dynolint check, dynolint pre-push; dynolint rules would ignore it',
    ],
  ])('are refused when one of them could not be: %j', async (argv, told) => {
    expect(await refused(...argv)).toContain(told)
  })

  it('go to the summary of a job of GitHub Actions too, behind what stands there', async () => {
    put('Procfile', loopback)
    put('summary.md', 'before\n')
    const env = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') }
    expect((await dynolint(['-f', 'github'], { cwd: folder, env })).err).toBe('')
    expect(read('summary.md')).toMatch(/^before\n# dynolint\n/)
    expect(read('summary.md')).toContain('| error | `Procfile:1` | [procfile/bind-host]')
    const { code, err } = await dynolint(['-f', 'github'], { cwd: folder, env: { GITHUB_STEP_SUMMARY: folder } })
    expect([code, err]).toEqual([1, expect.stringContaining('the summary of the job was not written')])
  })
})
