import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiskQuestion } from '../../src/files/fs.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

/** A report told again from an earlier run must be the one a new run would print. */

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function answer({ kind, path }: DiskQuestion): string {
  try {
    if (kind === 'realpath') return realpathSync.native(path)
    const stats = kind === 'stat' ? statSync(path, { bigint: true }) : lstatSync(path, { bigint: true })
    return [stats.ino, stats.mode, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
  } catch {
    return ''
  }
}

async function check(cwd: string): Promise<{ out: string; answers: () => string }> {
  let questions: readonly DiskQuestion[] = []
  const { out } = await dynolint(['--format', 'json'], {
    cwd,
    keep: (asked) => {
      questions = asked
    },
  })
  return { out, answers: () => questions.map(answer).join('\n') }
}

describe('the questions of a check', () => {
  it.each(['layout-split-settings', 'layout-scripts'])(
    'show every change that changes the report: %s',
    async (name) => {
      const files = Object.keys(filesBelow(`fixtures/${name}`))
      const changes: [string, (path: string) => void][] = [
        ...files.flatMap((file): [string, (path: string) => void][] => [
          [file, (path) => rmSync(path)],
          [file, (path) => writeFileSync(path, 'broken ( "')],
        ]),
        ...[
          'Procfile',
          '.env',
          '.slugignore',
          'Pipfile',
          'runtime.txt',
          'app.json',
          'heroku.yml',
          'dynolint.toml',
          '.git/HEAD',
        ]
          .filter((file) => !files.includes(file))
          .map((file): [string, (path: string) => void] => [file, (path) => put(path, 'x: = [')]),
        ['elsewhere', (path) => put(join(path, 'Procfile'), 'web: daphne a:b\n')],
      ]
      for (const [file, change] of changes) {
        const copy = join(folder, 'copy')
        cpSync(join(repository, 'fixtures', name), copy, { recursive: true })
        const before = await check(copy)
        const then = before.answers()
        expect(then.split('\n').length).toBeGreaterThan(5)
        change(join(copy, file))
        const after = await check(copy)
        if (after.out !== before.out) expect(before.answers(), `${file} changed the report`).not.toBe(then)
        rmSync(copy, { recursive: true })
      }
    },
    60_000,
  )

  function put(path: string, text: string): void {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
})

describe('the launcher', () => {
  const program = join(repository, 'dist/dynolint.js')
  const run = (argv: readonly string[], env: Record<string, string> = {}) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...argv], {
      cwd: join(folder, 'project'),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, XDG_CACHE_HOME: join(folder, 'cache'), LANG: 'en', ...env },
    })
    return { stdout, stderr, status }
  }
  const runs = (): string[] =>
    existsSync(join(folder, 'cache')) ? readdirSync(join(folder, 'cache/dynolint/runs')) : []

  it('tells a kept report again until a file changes, and keeps none of files that have just changed', async () => {
    cpSync(join(repository, 'fixtures/guide'), join(folder, 'project'), { recursive: true })
    const fresh = run([])
    expect(fresh.status).toBe(1)
    expect(existsSync(join(folder, 'cache/dynolint/runs'))).toBe(false)

    await new Promise((resolve) => setTimeout(resolve, 2200))
    expect(run([])).toEqual(fresh)
    expect(runs()).toHaveLength(1)
    expect(run([])).toEqual(fresh)
    const kept = join(folder, 'cache/dynolint/runs', runs()[0] as string)
    writeFileSync(kept, JSON.stringify({ ...JSON.parse(readFileSync(kept, 'utf8')), out: 'told again\n', code: 1 }))
    expect(run([]).stdout).toBe('told again\n')

    expect(run(['--no-cache'])).toEqual(fresh)
    expect(run([], { DYNOLINT_NO_CACHE: '1' })).toEqual(fresh)
    expect(run(['--lang', 'fr']).stdout).not.toBe('told again\n')
    expect(run(['show', 'web']).stdout).not.toBe('told again\n')

    writeFileSync(join(folder, 'project/Procfile'), 'web: gunicorn backend.wsgi\n')
    expect(run([]).stdout).toContain('procfile/wsgi-server')
  }, 30_000)

  it('starts without a place for caches, and with damaged ones', () => {
    cpSync(join(repository, 'fixtures/guide-sound'), join(folder, 'project'), { recursive: true })
    writeFileSync(join(folder, 'cache'), 'a file where the folder would be')
    expect(run([])).toMatchObject({ status: 0, stderr: '' })
    rmSync(join(folder, 'cache'))
    run(['--version'])
    for (const file of readdirSync(join(folder, 'cache/dynolint'))) {
      writeFileSync(join(folder, 'cache/dynolint', file), 'damaged')
    }
    expect(run([])).toMatchObject({ status: 0, stderr: '' })
  }, 30_000)
})
