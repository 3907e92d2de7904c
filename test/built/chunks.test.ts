import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chunkNames, unusedEntries } from '../../scripts/chunks.mjs'
import { bundled, runBuilt } from '../support/built.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

/** What a command loads of the tool. A file that appears here is read and compiled at every run. */

const folder = bundled()
let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-chunks-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function loadedBy(args: readonly string[], cwd = repository): { names: string[]; bytes: number } {
  const log = join(scratch, 'loaded')
  const { code, err } = runBuilt(folder(), args, { cwd, preload: 'loaded.cjs', env: { LOADED: log } })
  expect(err).toBe('')
  expect(code).toBeLessThan(2)
  const names = readFileSync(log, 'utf8').trim().split('\n')
  return {
    names: names.map((name) => name.replace(/\.js$/, '')).sort(),
    bytes: names.reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0),
  }
}

function put(files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, 'app', path)), { recursive: true })
    writeFileSync(join(scratch, 'app', path), text)
  }
  return join(scratch, 'app')
}

/** What every check needs. */
const always = ['check', 'cli', 'dynolint', 'rolldown-runtime']

/** Without the functions and messages that scripts/split.mjs takes out of modules: which are needed follows from a measurement. */
const usual = (names: readonly string[]) => names.filter((name) => !/^(rarely|messages)/.test(name))

describe('the files of the tool', () => {
  it.each(['--version', '-V'])('that %s loads are two', (argument) => {
    expect(loadedBy([argument])).toMatchObject({ names: ['cli', 'dynolint'] })
  })

  it('that --help loads are three', () => {
    const { names, bytes } = loadedBy(['--help'])
    expect(names).toEqual(['cli', 'dynolint', 'help'])
    expect(bytes).toBeLessThan(37_000)
  })

  it('are the same below a folder with an accent', () => {
    const loaded = (name: string) => {
      const files = Object.entries(filesBelow('fixtures/guide')).map(([path, text]) => [`${name}/${path}`, text])
      const folder = join(put(Object.fromEntries(files)), name)
      execFileSync('git', ['init', '-q'], { cwd: folder })
      execFileSync('git', ['add', '.'], { cwd: folder })
      return loadedBy(['check'], folder).names
    }
    expect(loaded('été')).toEqual(loaded('ete'))
  })

  it('that a folder without Django loads are those of every check, and messages: nothing can be told of what they break', () => {
    expect(usual(loadedBy(['check'], put({ 'README.md': '' })).names)).toEqual(always)
  })

  it('that the guide’s project loads are those of what it holds', () => {
    const { names, bytes } = loadedBy(['check', 'fixtures/guide'])
    expect(usual(names)).toEqual(
      // dynolint.toml, dj_database_url.config(), a front end, a version of each package, a comprehension, trusted origins, a first page, fixes.
      [
        ...always,
        'config',
        'toml',
        'library-urls',
        'frontend',
        'packages',
        'python-some',
        'origins',
        'templates',
        'edits',
      ].sort(),
    )
    expect(names).toContain('messages')
    expect(bytes).toBeLessThan(1_830_000)
  })

  it('that a project on another server loads hold that server', () => {
    const files = {
      ...filesBelow('test/pages/bases/channels'),
      Procfile: 'web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n',
    }
    const { names } = loadedBy(['check'], put(files))
    expect(names).toContain('server-uvicorn')
    expect(names).not.toContain('server-gunicorn')
  })

  it.each([
    'daphne mysite.asgi:application -b 0.0.0.0 -p $PORT',
    'gunicorn mysite.asgi:application -k uvicorn.workers.UvicornWorker',
    'hypercorn mysite.asgi:application --bind 0.0.0.0:$PORT',
    'granian --interface asgi mysite.asgi:application',
    'waitress-serve --port=$PORT mysite.wsgi:application',
    'uwsgi --http :$PORT --module mysite.wsgi',
    'python manage.py runserver 0.0.0.0:$PORT',
  ])('fit together, whichever server is started: %s', async (command) => {
    const cwd = put({ ...filesBelow('test/pages/bases/channels'), Procfile: `web: ${command}\n` })
    const { out, err } = await dynolint(['check', '--format', 'json', '--verbose'], { cwd })
    const built = runBuilt(folder(), ['check', '--format', 'json', '--verbose'], { cwd })
    expect({ out: built.out, err: built.err }).toEqual({ out, err })
  })

  it('that hold what is rarely called load no other before something is called, nor do messages but `check`', () => {
    for (const name of chunkNames.filter((one) => /^(rarely|messages)/.test(one))) {
      const log = join(scratch, name)
      const program = `require(${JSON.stringify(join(folder(), name))})`
      const preload = ['--require', join(repository, 'test/support/loaded.cjs')]
      const { status, stderr } = spawnSync(process.execPath, [...preload, '-e', program], {
        env: { ...process.env, LOADED: log },
        encoding: 'utf8',
      })
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' })
      const loaded = readFileSync(log, 'utf8').trim().split('\n')
      const others = loaded.filter(
        (other) => !(name.startsWith('messages') && ['check.js', 'rolldown-runtime.js'].includes(other)),
      )
      expect({ name, others }).toEqual({ name, others: [`${name}.js`] })
    }
  })

  it('are never those of other commands in a check', () => {
    const { names } = loadedBy(['check', 'fixtures/guide'])
    expect(
      names.filter((name) =>
        ['pages', 'logs', 'show', 'pins', 'help', 'commands', 'formats', 'git', 'filters', 'html'].includes(name),
      ),
    ).toEqual([])
  })

  it('each have their row', () => {
    expect(new Set(chunkNames).size).toBe(chunkNames.length)
  })

  it('have no row for a module that is gone, or that an earlier row has', () => {
    expect(unusedEntries(['src/cli/help.ts'])).not.toContain('help: src/cli/help.ts')
    expect(unusedEntries(['src/cli/git.ts'])).toContain('help: src/cli/help.ts')
    expect(unusedEntries(['src/app/frontend/frontend.ts'])).toContain('frontend: src/app/frontend/')
  })
})
