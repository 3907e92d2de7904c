import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { isHeroku } from '../../src/cli/pre-push.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

it.each([
  ['https://git.heroku.com/chat.git', true],
  ['https://heroku:0000@git.heroku.com/chat.git', true],
  ['HTTPS://Git.Heroku.com/chat.git', true],
  ['git@heroku.com:chat.git', true],
  ['ssh://git@heroku.com/chat.git', true],
  ['ssh://git@heroku.com:22/chat.git', true],
  ['https://github.com/heroku/chat.git', false],
  ['git@github.com:heroku.com/chat.git', false],
  ['https://git.heroku.com.example.net/chat.git', false],
  ['https://example.net/git.heroku.com/chat.git', false],
  ['https://example.net/x@git.heroku.com/chat.git', false],
  ['/srv/heroku.com/chat.git', false],
  ['heroku.com', false],
])('%s is a repository of Heroku: %s', (address, expected) => {
  expect(isHeroku(address)).toBe(expected)
})

const hasGit = spawnSync('git', ['--version']).status === 0
const heroku = 'https://git.heroku.com/chat.git'
const sound = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'
const broken = 'web: daphne -b 127.0.0.1 -p $PORT mysite.asgi:application\n'

describe.skipIf(!hasGit)('dynolint pre-push', () => {
  let folder: string
  let first: string
  let second: string
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-')))
    for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) put(path, bytes)
    git('init', '-q')
    first = commit(sound)
    second = commit(broken)
    // What is pushed is checked, not what lies about.
    put('Procfile', sound)
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  function put(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }

  function git(...args: string[]): string {
    const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' }
    const named = ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid']
    const { status, stdout, stderr } = spawnSync('git', [...named, ...args], { cwd: folder, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }

  function commit(procfile: string): string {
    put('Procfile', procfile)
    git('add', '-A')
    git('commit', '-q', '-m', 'A commit')
    return git('rev-parse', 'HEAD')
  }

  const zeros = '0'.repeat(40)
  const line = (hash: string, ref = 'refs/heads/main'): string => `refs/heads/topic ${hash} ${ref} ${zeros}\n`

  async function push(argv: readonly string[], input: string, env: Readonly<Record<string, string>> = {}) {
    const out: string[] = []
    const err: string[] = []
    const code = await main(['pre-push', ...argv], {
      cwd: folder,
      today,
      env: { PATH: process.env.PATH, ...env },
      terminal: false,
      input: (async function* () {
        yield Buffer.from(input)
      })(),
      out: (text) => out.push(text),
      err: (text) => err.push(text),
    })
    return { code, out: out.join(''), err: err.join('') }
  }

  it('checks the commit that is pushed', async () => {
    const { code, out } = await push(['heroku', heroku], line(second))
    expect(code).toBe(1)
    expect(out).toContain('procfile/bind-host')
    expect(await push(['heroku', heroku], line(first))).toMatchObject({ code: 0 })
  })

  it('checks each of several, once, and fails when one does', async () => {
    const { code, out } = await push(
      ['heroku', heroku, '-f', 'concise'],
      line(second) + line(first, 'refs/heads/master') + line(second, 'refs/heads/master'),
    )
    expect(code).toBe(1)
    expect(out.match(/procfile\/bind-host/g)).toHaveLength(1)
  })

  const silent = { code: 0, out: '', err: '' }
  it('says nothing where nothing is deployed', async () => {
    expect(await push(['origin', 'git@github.com:me/chat.git'], line(second))).toEqual(silent)
    expect(await push(['heroku', heroku], line(second, 'refs/heads/topic'))).toEqual(silent)
    expect(await push(['heroku', heroku], line(second, 'refs/tags/v1'))).toEqual(silent)
    expect(await push(['heroku', heroku], `(delete) ${zeros} refs/heads/main ${second}\n`)).toEqual(silent)
    expect(await push(['heroku', heroku], '')).toEqual(silent)
  })

  it('checks any push when it is told to', async () => {
    const address = 'git@github.com:me/chat.git'
    expect(await push(['origin', address, '--any-remote'], line(second, 'refs/heads/topic'))).toMatchObject({ code: 1 })
  })

  it('reads what pre-commit says of the push', async () => {
    const env = {
      PRE_COMMIT: '1',
      PRE_COMMIT_REMOTE_NAME: 'heroku',
      PRE_COMMIT_REMOTE_URL: heroku,
      PRE_COMMIT_FROM_REF: first,
      PRE_COMMIT_TO_REF: second,
      PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
    }
    expect(await push(['--lang', 'fr'], '', env)).toMatchObject({ code: 1, out: expect.stringContaining('erreur') })
    expect(await push([], '', { ...env, PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/topic' })).toEqual(silent)
    expect(await push([], '', { PRE_COMMIT: '1' })).toEqual({
      ...silent,
      out: 'nothing is pushed: nothing is checked\n',
    })
  })

  it('says what it is when it is started by hand', async () => {
    const { code, out, err } = await push([], '')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('pre-push is a hook')
  })

  it('says that a commit is not there, and fails', async () => {
    const { code, err } = await push(['heroku', heroku], line('1'.repeat(40)))
    expect(code).toBe(2)
    expect(err).toContain('git knows no commit')
  })
})
