import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-prepare-'))
  cpSync(join(repository, 'test/reality/tutorials/notifications'), folder, { recursive: true })
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const run = (...argv: string[]) => dynolint(['prepare', ...argv], { cwd: folder })
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
const git = (...argv: string[]) => spawnSync('git', argv, { cwd: folder, encoding: 'utf8' })

describe('prepare', () => {
  it('shows a patch that git takes, writes nothing, and names the commands that remain', async () => {
    const before = readdirSync(folder)
    const { out, code } = await run()
    expect(code).toBe(0)
    expect(readdirSync(folder)).toEqual(before)
    const patch = out.slice(0, out.indexOf('\n\nwould change ') + 1)
    writeFileSync(join(folder, 'the.patch'), patch)
    expect(git('apply', '--check', 'the.patch')).toMatchObject({ status: 0, stderr: '' })
    expect(out).toMatch(/Then run:\n[\s\S]* {2}heroku addons:create heroku-redis:mini /)
    expect(out).toContain('heroku config:set SECRET_KEY="$(openssl rand -base64 48)"')
    expect(out.endsWith('Nothing was written: --write does.\n')).toBe(true)
  })

  it('writes with --write, and a second time nothing', async () => {
    expect((await run('--write')).code).toBe(0)
    expect(read('Procfile')).toContain('site_config.asgi:application')
    expect(read('requirements.txt')).toMatch(/^django==5\.2\.\d+\nchannels==4\.\d\.\d\n[\s\S]*daphne==/)
    const settings = read('site_config/settings.py')
    const again = await run('--write')
    expect(again.out).toContain('Everything a deploy needs is there.')
    expect(read('site_config/settings.py')).toBe(settings)
    expect((await dynolint(['check'], { cwd: folder })).code).toBe(0)
  })

  it('speaks French', async () => {
    expect((await run('--lang', 'fr')).out).toMatch(
      /Puis lancez\u00a0:\n[\s\S]*Rien n’a été écrit\u00a0: --write le fait\.\n$/,
    )
  })

  it('refuses what has no WebSockets', async () => {
    rmSync(join(folder, 'notifications'), { recursive: true })
    writeFileSync(
      join(folder, 'site_config/settings.py'),
      read('site_config/settings.py').replace("    'channels',\n    'notifications',\n", ''),
    )
    writeFileSync(join(folder, 'requirements.txt'), 'django>=5.1,<5.3\n')
    expect(await run()).toMatchObject({
      code: 2,
      err: 'dynolint: . uses no Django Channels: there are no WebSockets to deploy\n',
    })
  })
})
