import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { checked, folder, inFolder, loopback, procfile, put, read, refused } from './folder.ts'

const hasGit = spawnSync('git', ['--version']).status === 0

inFolder()

describe.skipIf(!hasGit)('what git holds', () => {
  function git(...args: string[]): string {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CEILING_DIRECTORIES: tmpdir(),
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    }
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, env })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout.toString('utf8').trim()
  }

  function commit(): void {
    git('add', '-A')
    git('commit', '-qm', 'x')
  }

  beforeEach(() => {
    git('init', '-q')
    commit()
  })

  it('--staged checks the index, not the files', async () => {
    put('Procfile', loopback)
    expect((await checked('--staged')).rules).toEqual([])
    git('add', 'Procfile')
    put('Procfile', procfile)
    expect(await checked('--staged')).toMatchObject({ code: 1, rules: ['procfile/bind-host'] })
    expect((await checked()).rules).toEqual([])
  })

  it('--staged sees a deletion, a rename and a configuration that are staged', async () => {
    git('rm', '-q', '--cached', 'Procfile')
    expect((await checked('--staged')).rules).toContain('procfile/missing')
    git('add', 'Procfile')
    git('mv', 'mysite/asgi.py', 'mysite/web.py')
    expect((await checked('--staged')).rules).toContain('procfile/asgi-target')
    git('reset', '-q', '--hard')
    put('dynolint.toml', 'exlude = []\n')
    expect(await checked('--staged')).toMatchObject({ code: 0, rules: [] })
    git('add', '-A')
    expect(await checked('--staged')).toMatchObject({ code: 2, rules: ['engine/config'] })
  })

  it('--rev checks a commit, also one whose folders are gone, and from a folder below', async () => {
    put('Procfile', loopback)
    commit()
    put('Procfile', procfile)
    commit()
    expect((await checked('--rev', 'HEAD')).rules).toEqual([])
    expect((await checked('--rev', 'HEAD~1')).rules).toEqual(['procfile/bind-host'])
    rmSync(join(folder, 'mysite'), { recursive: true })
    expect((await checked('--rev', 'HEAD~1')).rules).toEqual(['procfile/bind-host'])
    expect((await checked('--rev', 'HEAD~1', 'Procfile')).rules).toEqual(['procfile/bind-host'])
    expect(await refused('--rev', 'nope')).toBe('dynolint: git knows no commit “nope”\n')
    expect(await refused('--rev=--help-me')).toContain('git knows no commit')
    expect(await refused('--staged', '--rev', 'HEAD')).toContain('do not go together')
    expect(await refused('--staged', '--fix')).toContain('do not go together')
  })

  it('--rev reads what git keeps: links, modes, what .slugignore removes', async () => {
    rmSync(join(folder, 'Procfile'))
    mkdirSync(join(folder, 'deploy'))
    put('deploy/Procfile', loopback)
    spawnSync('ln', ['-s', 'deploy/Procfile', join(folder, 'Procfile')])
    put('.slugignore', 'chat\n')
    commit()
    const { rules } = await checked('--rev', 'HEAD')
    expect(rules).toContain('procfile/bind-host')
    expect(rules).toContain('app/not-committed')
  })

  it('--since shows what was not there where the branch began', async () => {
    put('Procfile', loopback)
    commit()
    git('branch', 'base')
    put('mysite/settings.py', `${read('mysite/settings.py')}\nDEBUG = True\n`)
    expect(await checked('--since', 'base')).toMatchObject({ rules: ['settings/debug'], filtered: { since: 1 } })
    git('add', '-A')
    expect(await checked('--since', 'base', '--staged')).toMatchObject({ rules: ['settings/debug'] })
    commit()
    expect(await checked('--since', 'base', '--rev', 'HEAD')).toMatchObject({ rules: ['settings/debug'] })
    expect(await checked('--since', 'HEAD')).toMatchObject({ code: 0, rules: [] })
    // What the other branch has mended meanwhile is no news of this one.
    git('checkout', '-q', 'base')
    put('Procfile', procfile)
    commit()
    git('checkout', '-q', '-')
    expect((await checked('--since', 'base')).rules).toEqual(['settings/debug'])
  })

  it('--since sees what a deletion breaks', async () => {
    rmSync(join(folder, 'Procfile'))
    expect((await checked('--since', 'HEAD')).rules).toContain('procfile/missing')
  })

  it('is asked for in a repository only, of a git that is there', async () => {
    const { err } = await dynolint(['--staged'], { cwd: folder, env: { PATH: join(folder, 'nothing') } })
    expect(err).toBe('dynolint: --staged, --rev and --since ask git, which is not on PATH\n')
    rmSync(join(folder, '.git'), { recursive: true })
    expect(await refused('--staged')).toContain('need a git repository')
  })

  it('runs nothing that the repository’s configuration names', async () => {
    const trap = join(folder, '.git', 'trap')
    writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${join(folder, '.git', 'sprung')}'\ncat\n`, { mode: 0o755 })
    for (const setting of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'core.askPass',
      'diff.external',
      'filter.x.smudge',
      'filter.x.clean',
      'filter.x.process',
      'diff.x.textconv',
      'diff.x.command',
      'pager.ls-files',
      'pager.cat-file',
      'credential.helper',
      'alias.ls-files',
      'alias.cat-file',
      'uploadpack.packObjectsHook',
    ]) {
      git('config', setting, setting.startsWith('alias') ? `!${trap}` : trap)
    }
    git('config', 'core.hooksPath', join(folder, '.git'))
    for (const hook of readdirSync(join(folder, '.git', 'hooks')).map((name) => name.replace('.sample', ''))) {
      writeFileSync(join(folder, '.git', hook), readFileSync(trap), { mode: 0o755 })
    }
    put('.gitattributes', '* filter=x diff=x\n')
    put('Procfile', loopback)
    // Objects that are not here would be fetched from where the configuration says.
    git('config', 'extensions.partialClone', 'origin')
    git('config', 'remote.origin.promisor', 'true')
    git('config', 'remote.origin.url', `ext::${trap}`)
    git('config', 'protocol.ext.allow', 'always')
    const lost = git('rev-parse', 'HEAD:requirements.txt')
    rmSync(join(folder, '.git', 'objects', lost.slice(0, 2), lost.slice(2)))
    const { out } = await dynolint(['--staged', '-f', 'concise'], { cwd: folder })
    expect(out).toContain('requirements.txt:1:1: warning engine/unreadable-file')
    for (const argv of [['--staged'], ['--rev', 'HEAD'], ['--since', 'HEAD']]) {
      await dynolint([...argv, '-f', 'json'], { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder } })
    }
    expect(existsSync(join(folder, '.git', 'sprung')) && read('.git/sprung')).toBe(false)
  })
})
