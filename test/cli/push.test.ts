import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { filesBelow } from '../support/trees.ts'

const hasGit = spawnSync('git', ['--version']).status === 0
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
  for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) put(path, bytes)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

function git(...args: string[]): void {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: tmpdir() }
  const { status, stderr } = spawnSync('git', args, { cwd: folder, env })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

async function unpushed(): Promise<string[]> {
  const { out } = await dynolint(['--format', 'concise'], { cwd: folder })
  return out.split('\n').filter((line) => line.includes('app/not-committed'))
}

describe.skipIf(!hasGit)('in a git repository', () => {
  it('says what the push leaves behind', async () => {
    expect(await unpushed()).toEqual([])
    git('init', '-q')
    expect(await unpushed()).toEqual([])
    put('.gitignore', 'rout*\n')
    git('add', '.')
    const [only, ...others] = await unpushed()
    expect(others).toEqual([])
    expect(only).toContain('mysite/asgi.py:13:1')
    expect(only).toContain('chat/routing.py')
    expect(only).toContain('.gitignore:1')
    git('add', '-f', 'chat/routing.py')
    expect(await unpushed()).toEqual([])
  })

  it('reads .slugignore where a slug is made', async () => {
    put('.slugignore', 'chat\n')
    git('init', '-q')
    git('add', '.')
    expect(await unpushed()).toHaveLength(1)
    put('dynolint.toml', 'platform = "heroku-fir"\n')
    expect(await unpushed()).toEqual([])
  })
})
