import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { presenceOf } from '../../src/files/presence.ts'

const hasGit = spawnSync('git', ['--version']).status === 0
let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-')))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

function git(at: string, ...args: string[]): void {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: tmpdir() }
  const named = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always', ...args]
  const { status, stderr } = spawnSync('git', named, { cwd: join(folder, at), env })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

describe('presenceOf, without a repository', () => {
  it('knows nothing, so that everything is present', () => {
    put('Procfile')
    const presence = presenceOf(folder)
    expect(presence.known).toBe(false)
    expect(presence.isPresent('Procfile')).toBe(true)
    expect(presence.why('nothing')).toBeUndefined()
  })

  it('takes away what .slugignore names: each push does, whatever git will track', () => {
    put('.slugignore', 'venv\n*.md\n')
    put('venv/pyvenv.cfg')
    put('Procfile')
    const presence = presenceOf(folder)
    expect(presence.known).toBe(false)
    expect(presence.isPresent('Procfile')).toBe(true)
    expect(presence.why('venv/pyvenv.cfg')).toBe('slugignored')
    expect(presence.ignoredBy('docs/a.md')).toEqual({ file: '.slugignore', line: 2 })
    expect(presence.isPresent('../outside')).toBe(true)
    expect(presenceOf(folder, { slugignore: false }).isPresent('venv/pyvenv.cfg')).toBe(true)
  })

  it('knows nothing of a damaged index', () => {
    put('.git/HEAD', 'ref: refs/heads/main\n')
    put('.git/index', 'DIRC garbage')
    expect(presenceOf(folder).known).toBe(false)
    put('.git/index', '')
    expect(presenceOf(folder).known).toBe(false)
  })

  it('knows nothing of a folder that is not there', () => {
    expect(presenceOf(join(folder, 'absent')).known).toBe(false)
  })
})

describe.skipIf(!hasGit)('presenceOf', () => {
  it('tells untracked from ignored and names the line', () => {
    for (const path of ['Procfile', 'chat/routing.py', 'chat/consumers.py', 'local/settings.py', 'é/ü.py', 'new.py'])
      put(path)
    put('.gitignore', '# local\nlocal/\n')
    put('chat/.gitignore', '*.py\n!routing.py\n')
    git('.', 'init', '-q')
    git('.', 'add', 'Procfile', 'chat/routing.py', 'é')
    git('.', 'add', '--intent-to-add', 'new.py')
    const presence = presenceOf(folder)
    expect(presence.known).toBe(true)
    for (const path of ['', 'Procfile', 'chat', 'chat/routing.py', './chat//routing.py', 'é/ü.py', '../elsewhere']) {
      expect([path, presence.isPresent(path)]).toEqual([path, true])
    }
    expect(presence.why('new.py')).toBe('untracked')
    expect(presence.why('chat/missing.txt')).toBe('untracked')
    expect(presence.ignoredBy('new.py')).toBeUndefined()
    expect(presence.why('chat/consumers.py')).toBe('ignored')
    expect(presence.ignoredBy('chat/consumers.py')).toEqual({ file: 'chat/.gitignore', line: 1 })
    expect(presence.why('local')).toBe('ignored')
    expect(presence.ignoredBy('local/settings.py')).toEqual({ file: '.gitignore', line: 2 })
  })

  it('tells which files git records as executable', () => {
    for (const path of ['bin/release.sh', 'start.sh', 'new.sh']) put(path)
    git('.', 'init', '-q')
    git('.', 'add', 'bin', 'start.sh')
    git('.', 'update-index', '--chmod=+x', 'bin/release.sh')
    const presence = presenceOf(folder)
    expect(['bin/release.sh', 'start.sh', 'new.sh', 'bin'].map((path) => presence.isExecutable(path))).toEqual([
      true,
      false,
      undefined,
      undefined,
    ])
    expect(presenceOf(join(folder, 'bin')).isExecutable('release.sh')).toBe(true)
    git('.', 'update-index', '--split-index')
    git('.', 'update-index', '--chmod=-x', 'bin/release.sh')
    git('.', 'update-index', '--chmod=+x', 'start.sh')
    const split = presenceOf(folder)
    expect(['bin/release.sh', 'start.sh'].map((path) => split.isExecutable(path))).toEqual([false, true])
  })

  it('says nothing before anything is tracked below the root', () => {
    put('app/Procfile')
    put('README.md')
    git('.', 'init', '-q')
    expect(presenceOf(join(folder, 'app')).known).toBe(false)
    git('.', 'add', 'README.md')
    expect(presenceOf(join(folder, 'app')).known).toBe(false)
    git('.', 'add', '.')
    expect(presenceOf(join(folder, 'app')).known).toBe(true)
  })

  it('counts from the root of the app when the repository begins above', () => {
    for (const path of ['app/Procfile', 'app/x.log', 'app/y.tmp', 'z.py']) put(path)
    put('.gitignore', '/app/*.log\n')
    put('global', '*.tmp\n')
    git('.', 'init', '-q')
    git('.', 'config', 'core.excludesFile', '~/global')
    git('.', 'add', '.')
    const presence = presenceOf(join(folder, 'app'))
    expect(presence.isPresent('Procfile')).toBe(true)
    expect(presence.why('z.py')).toBe('untracked')
    expect(presence.ignoredBy('x.log')).toEqual({ file: '../.gitignore', line: 1 })
    expect(presence.why('y.tmp')).toBe('untracked')
  })

  it('reads the ignore files of the repository and of its owner', () => {
    put('Procfile')
    put('x.log')
    put('y.tmp')
    put('mine/list', '*.tmp\n')
    git('.', 'init', '-q')
    put('.git/info/exclude', '*.log\n')
    git('.', 'config', 'core.excludesFile', join(folder, 'mine/list'))
    git('.', 'add', 'Procfile')
    const presence = presenceOf(folder)
    expect(presence.ignoredBy('x.log')).toEqual({ file: '.git/info/exclude', line: 1 })
    expect(presence.ignoredBy('y.tmp')).toEqual({ file: 'mine/list', line: 1 })
  })

  it('takes away what a tracked .slugignore names, on platforms that read it', () => {
    for (const path of ['Procfile', 'docs/a.md', 'docs/b.md', 'chat/x.md', 'chat/y.py']) put(path)
    put('.slugignore', '# none of these\n*.md\n')
    git('.', 'init', '-q')
    git('.', 'add', 'Procfile', 'docs', 'chat')
    expect(presenceOf(folder).isPresent('docs/a.md')).toBe(true)
    git('.', 'add', '.slugignore')
    const presence = presenceOf(folder)
    expect(presence.why('docs/a.md')).toBe('slugignored')
    expect(presence.why('docs')).toBe('slugignored')
    expect(presence.ignoredBy('docs')).toEqual({ file: '.slugignore', line: 2 })
    expect(presence.isPresent('chat')).toBe(true)
    expect(presenceOf(folder, { slugignore: false }).isPresent('docs/a.md')).toBe(true)
  })

  it('follows links to what they lead to', () => {
    put('Procfile')
    put('shared/settings.py')
    mkdirSync(join(folder, 'app'))
    symlinkSync('../shared/settings.py', join(folder, 'app/settings.py'))
    symlinkSync('shared', join(folder, 'linked'))
    symlinkSync('/', join(folder, 'away'))
    git('.', 'init', '-q')
    git('.', 'add', 'Procfile', 'app', 'linked', 'away')
    const before = presenceOf(folder)
    expect(before.why('app/settings.py')).toBe('untracked')
    expect(before.why('linked/settings.py')).toBe('untracked')
    expect(before.isPresent('away')).toBe(true)
    git('.', 'add', 'shared')
    const after = presenceOf(folder)
    expect(after.isPresent('app/settings.py')).toBe(true)
    expect(after.isPresent('linked/settings.py')).toBe(true)
  })

  it('believes in submodules that can be fetched, not in repositories that were added by mistake', () => {
    put('Procfile')
    for (const name of ['lib', 'backend']) {
      put(`${name}/a.py`)
      git(name, 'init', '-q')
      git(name, 'add', '.')
      git(name, 'commit', '-q', '-m', 'first')
    }
    put('.gitmodules', '[submodule "lib"]\n\tpath = lib\n\turl = https://example.org/lib.git\n')
    git('.', 'init', '-q')
    git('.', 'add', '.')
    const presence = presenceOf(folder)
    expect(presence.isPresent('lib/a.py')).toBe(true)
    expect(presence.why('backend/a.py')).toBe('submodule')
    expect(presence.why('backend')).toBe('submodule')
    expect(presenceOf(join(folder, 'backend')).isPresent('a.py')).toBe(true)
  })

  it('finds the index of a second work tree and of a submodule', () => {
    put('main/Procfile')
    put('main/x.log')
    git('main', 'init', '-q')
    git('main', 'add', 'Procfile')
    git('main', 'commit', '-q', '-m', 'first')
    put('main/.git/info/exclude', '*.log\n')
    git('main', 'worktree', 'add', '-q', '../second')
    put('second/x.log')
    const second = presenceOf(join(folder, 'second'))
    expect(second.isPresent('Procfile')).toBe(true)
    expect(second.why('x.log')).toBe('ignored')
    git('main', 'submodule', 'add', '-q', join(folder, 'main'), 'part')
    expect(presenceOf(join(folder, 'main/part')).isPresent('Procfile')).toBe(true)
    expect(presenceOf(join(folder, 'main')).isPresent('part/Procfile')).toBe(true)
  })

  it('can not tell what a sparse index leaves out', () => {
    for (const path of ['Procfile', 'app/a.py', 'docs/b.md']) put(path)
    git('.', 'init', '-q')
    git('.', 'add', '.')
    git('.', 'commit', '-q', '-m', 'all')
    git('.', 'sparse-checkout', 'set', '--cone', '--sparse-index', 'app')
    const presence = presenceOf(folder)
    expect(presence.isPresent('docs/b.md')).toBe(true)
    expect(presence.isPresent('docs')).toBe(true)
    expect(presence.why('app/b.py')).toBe('untracked')
  })
})
