import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { agreementOf, judge, type Shown } from './agreement.ts'
import { managePyOf, packageManagerOf, pythonOf } from './buildpack.ts'
import { type Hop, readCase } from './case.ts'
import { lastLine } from './evidence.ts'
import { listeningOf } from './listening.ts'
import { runProcess, startProcess } from './processes.ts'
import { commandsOf } from './procfile.ts'
import { projectOf } from './tree.ts'
import { worse } from './vectors.ts'
import type { Said } from './verdict.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rig-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const minimal = 'base: guide-sound\nexpect: {breaks: none}\nwhy: It works.\n'

describe('a case', () => {
  it('tells the file and the key of a mistake', () => {
    expect(() => readCase('boot/x', 'base: guide-sound\nexpect: {breaks: bot}\nwhy: x\n')).toThrow(
      /^boot\/x: expect.breaks: /u,
    )
    expect(() => readCase('boot/x', `${minimal}files: {../x: y}\n`)).toThrow(/^boot\/x: /u)
    expect(() => readCase('boot/x', 'base: [\n')).toThrow(/^boot\/x: line 2: /u)
  })

  it('must find what it edits and removes', () => {
    const edit = `${minimal}edits: [{file: Procfile, find: nothing like it, replace: x}]\n`
    expect(() => projectOf(readCase('boot/x', edit))).toThrow(/Procfile has no nothing like it/u)
    expect(() => projectOf(readCase('boot/x', `${minimal}remove: [absent.py]\n`))).toThrow(/no absent.py/u)
  })

  it('replaces the line of a pinned package, however it is spelt', () => {
    const { files } = projectOf(readCase('boot/x', `${minimal}python: [Channels_Redis==4.2.0, uvicorn==0.38.0]\n`))
    const text = Buffer.from(files.get('requirements.txt')?.bytes ?? []).toString('utf8')
    expect(text).toContain('\nChannels_Redis==4.2.0\n')
    expect(text).not.toContain('channels-redis==4.3.0')
    expect(text.endsWith('\nuvicorn==0.38.0\n')).toBe(true)
  })

  it('has one hash per project, whatever its author expects', () => {
    const hash = (source: string): string => projectOf(readCase('boot/x', source)).hash
    expect(hash(minimal)).toBe(hash(minimal.replace('none', 'boot')))
    expect(hash(minimal)).not.toBe(hash(`${minimal}env: {DEBUG: 'True'}\n`))
  })
})

describe('the classic Procfile', () => {
  it.each([
    ['web: a\nrelease:\tb  \r\n', { web: 'a', release: 'b' }],
    ['web a b\n', { web: 'a b' }],
    ['web:a\n', {}],
    ['\uFEFFweb: a\nworker: b\n', { worker: 'b' }],
    ['# web: a\n  Web: b\nweb: c\nweb: d\n', { Web: 'b', web: 'd' }],
    ['web: echo é\n', { web: 'echo é' }],
  ])('%j', (text, commands) => {
    expect(Object.fromEntries(commandsOf(folderWith({ Procfile: text })) ?? [])).toEqual(commands)
  })

  it('may be absent', () => {
    expect(commandsOf(folderWith({ procfile: 'web: a\n' }))).toBeUndefined()
  })
})

describe('the buildpack', () => {
  it.each([
    [{ 'requirements.txt': '' }, 'pip'],
    [{ 'README.md': '' }, /find any supported Python project files/u],
    [{ 'manage.py': '', 'backend/requirements.txt': '' }, /package manager files\.$/u],
    [{ Pipfile: '', 'requirements.txt': '' }, /No 'Pipfile.lock'/u],
    [{ 'uv.lock': '', 'requirements.txt': '' }, /Multiple/u],
    [{ 'requirements.txt': '', '.venv/pyvenv.cfg': '' }, /Existing '.venv\/'/u],
    [{ 'requirements.txt': '', 'venv/README': '' }, 'pip'],
  ])('package manager of %j', (files, expected) => {
    const found = packageManagerOf(folderWith(files as Record<string, string>))
    if (typeof expected === 'string') expect(found).toEqual({ value: expected })
    else expect('failure' in found && found.failure).toMatch(expected)
  })

  it.each([
    [{}, '3.14 default'],
    [{ '.python-version': '# ours\n\n 3.12 \r\n' }, '3.12 .python-version'],
    [{ '.python-version': '3.12', 'runtime.txt': 'python-3.11.9\n' }, '3.11.9 runtime.txt'],
    [{ '.python-version': '\uFEFF3.12\n' }, /Invalid/u],
    [{ '.python-version': '3.12\n3.13\n' }, /multiple/u],
    [{ 'runtime.txt': '3.12\n' }, /Invalid/u],
    [{ '.python-version': '3.9' }, /end-of-life/u],
    [{ '.python-version': '3.15' }, /recognised/u],
    [{ 'python-version': '3.12' }, /spelled/u],
  ])('Python of %j', (files, expected) => {
    const found = pythonOf(folderWith(files as Record<string, string>), 'pip')
    if (typeof expected === 'string')
      expect('value' in found && `${found.value.version} ${found.value.origin}`).toBe(expected)
    else expect('failure' in found && found.failure).toMatch(expected)
  })

  it('collects with the shallowest manage.py, three levels down at most', () => {
    expect(managePyOf(folderWith({ 'a/b/manage.py': '', 'c/manage.py': '' }))).toBe('c/manage.py')
    expect(managePyOf(folderWith({ 'a/b/c/manage.py': '' }))).toBeUndefined()
  })
})

describe('agreement', () => {
  const error = (rule: string, hop: Said['hop']): Said => ({
    rule,
    hop,
    severity: 'error',
    certainty: 'certain',
    beside: false,
  })
  const warning = (rule: string, hop: Said['hop']): Said => ({ ...error(rule, hop), severity: 'warning' })
  const possible = (rule: string, hop: Said['hop']): Said => ({ ...warning(rule, hop), certainty: 'possible' })
  const shown = (breaks: Hop | 'none', skipped: Hop[] = []): Shown => ({
    breaks,
    evidence: '',
    skipped: Object.fromEntries(skipped.map((hop) => [hop, 'not run'])),
  })
  const bind = { rules: ['procfile/bind-port'], unknown: [] }
  const nothing = { rules: [], unknown: [] }

  it.each([
    [[], shown('none'), nothing, 'agrees'],
    [[warning('deps/unpinned', 'build')], shown('none'), nothing, 'agrees'],
    [[error('procfile/bind-port', 'boot')], shown('none'), nothing, 'false alarm'],
    [[error('settings/redis-tls', 'message')], shown('none', ['message']), nothing, 'not seen'],
    [[error('app/secret-in-source', 'safety')], shown('none'), nothing, 'agrees'],
    [[error('deps/known-bad', 'message')], shown('none'), nothing, 'false alarm'],
    [[warning('procfile/keepalive', 'stay')], shown('none'), nothing, 'untrue warning'],
    // An advisory says what an attacker could do; that a release breaks the build can be seen.
    [[warning('deps/known-bad', 'safety')], shown('none'), nothing, 'agrees'],
    [[warning('deps/known-bad', 'build')], shown('none'), nothing, 'untrue warning'],
    [[warning('procfile/keepalive', 'stay')], shown('none', ['stay']), nothing, 'agrees'],
    [[warning('procfile/keepalive', 'stay')], shown('none'), { ...nothing, rules: ['procfile/keepalive'] }, 'agrees'],
    [[possible('procfile/keepalive', 'stay')], shown('none'), nothing, 'agrees'],
    [[], shown('boot'), bind, 'miss'],
    [[error('procfile/bind-port', 'boot')], shown('boot'), bind, 'agrees'],
    [[possible('procfile/bind-port', 'boot')], shown('boot'), bind, 'agrees'],
    [[error('procfile/bind-host', 'boot')], shown('boot'), bind, 'hop only'],
    [[warning('procfile/keepalive', 'stay')], shown('stay'), { ...nothing, cause: [] }, 'hop only'],
    [[error('procfile/bind-port', 'boot')], shown('http'), bind, 'other hop'],
    [[error('deps/syntax', 'build'), error('procfile/bind-port', 'boot')], shown('boot'), bind, 'other hop'],
    [[error('app/not-committed', 'push')], shown('boot'), { ...nothing, cause: ['app/not-committed'] }, 'agrees'],
    [[error('app/not-committed', 'push')], shown('boot'), bind, 'other hop'],
    [[{ ...error('procfile/bind-port', 'boot'), beside: true }], shown('boot'), bind, 'miss'],
  ] as const)('%j with %j, %j: %s', (said, seen, expected, agreement) => {
    expect(agreementOf(said, seen, expected)).toBe(agreement)
  })

  it('counts a ✓ at the hop that broke, and a ? where a person could have told', () => {
    const chain = { build: 'undetermined', boot: 'holds', http: 'undetermined' } as const
    const judged = judge([], chain, shown('boot'), bind)
    expect(judged).toEqual({ agreement: 'miss', falseTick: true, couldHaveKnown: ['build'] })
    expect(judge([], chain, shown('none', ['http']), { ...nothing, unknown: ['build'] })).toEqual({
      agreement: 'agrees',
      falseTick: false,
      couldHaveKnown: [],
    })
  })

  it('is held to what is stored: better is welcome, worse is told', () => {
    const stored = { hash: '', ...shown('boot'), agreement: 'hop only', date: '', versions: {} } as const
    const now = { agreement: 'agrees', falseTick: false, couldHaveKnown: [] } as const
    expect(worse(stored, now, [])).toEqual([])
    expect(worse(stored, { ...now, agreement: 'miss', falseTick: true }, ['x is silent'])).toHaveLength(3)
    expect(worse({ ...stored, surprises: ['x is silent'] }, now, ['x is silent'])).toEqual([])
  })
})

describe('processes', () => {
  it.runIf(process.platform === 'linux')('end with all their children, and their sockets are seen', async () => {
    const folder = folderWith({})
    const server = "require('net').createServer().listen(0, '127.0.0.1', () => console.log('up'))"
    const env = { PATH: process.env.PATH ?? '' }
    const running = await startProcess({
      command: `"${process.execPath}" -e "${server}"; true`,
      cwd: folder,
      env,
      log: join(folder, 'log'),
    })
    while (!running.log().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(listeningOf(running.members()).map(({ address }) => address)).toEqual(['127.0.0.1'])
    await running.stop()
    expect(listeningOf(running.members())).toEqual([])
  })

  it.runIf(process.platform === 'linux')('are followed into sessions of their own, and end with the rest', async () => {
    const folder = folderWith({})
    const server = "require('net').createServer().listen(0, '127.0.0.1', () => console.log('up'))"
    const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(server)}], { detached: true, stdio: 'inherit' })`
    const running = await startProcess({
      argv: [process.execPath, '-e', child],
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
      log: join(folder, 'log'),
    })
    while (!running.log().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(running.members()).toHaveLength(2)
    expect(listeningOf(running.members())).toHaveLength(1)
    await running.stop()
    expect(running.members()).toEqual([])
  })

  it('have an exit code, and 124 when they take too long', async () => {
    const folder = folderWith({})
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? '' }, log: join(folder, 'log') }
    expect(await runProcess({ ...options, command: 'echo out; exit 3' }, 5000)).toEqual({ code: 3, log: 'out\n' })
    expect((await runProcess({ ...options, command: 'sleep 30' }, 50)).code).toBe(124)
  })

  it('end with a telling line', () => {
    const traceback = 'Traceback (most recent call last):\n  File "x.py"\nKeyError: \'SECRET_KEY\'\nsome last words\n'
    expect(lastLine(traceback)).toBe("KeyError: 'SECRET_KEY'")
    expect(lastLine('one\ntwo\n\n')).toBe('two')
  })
})
