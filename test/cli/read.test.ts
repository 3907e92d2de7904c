import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { takeFaults } from '../support/faults.ts'
import { filesBelow } from '../support/trees.ts'

/** What a repository could hold so that the tool opens something it should not, waits for ever, or says nothing at all. */

let base: string
let folder: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dynolint-'))
  folder = join(base, 'app')
  for (const [path, bytes] of Object.entries(filesBelow('fixtures/guide-sound'))) put(path, bytes)
})
afterEach(() => {
  rmSync(base, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const run = (...argv: string[]) => dynolint(argv, { cwd: folder })
const devices = process.platform !== 'win32'

describe.runIf(devices)('a named file that is no file', () => {
  it.each(['--snapshot', '--config-vars', '--addons', '--ps'])('is refused for %s', async (option) => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const path of ['/dev/zero', '/dev/stdin', 'pipe', '.']) {
      const { code, err } = await run(option, path)
      expect({ code, err }).toEqual({
        code: 2,
        err: `dynolint: ${path}: it is not a regular file; write what it gives into a file first\n`,
      })
    }
    expect((await run(option, '/dev/zero', '--lang', 'fr')).err).toContain('pas un fichier ordinaire')
  })

  it('is refused for --config', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.toml')])
    for (const path of ['/dev/zero', 'pipe.toml']) {
      const { code, err } = await run('--config', path)
      expect({ code, err }).toEqual({ code: 2, err: `dynolint: ${path} cannot be read as a configuration\n` })
    }
  })

  it('is told where the configuration names it as a snapshot', async () => {
    writeFileSync(join(base, 'outside.json'), '{"snapshot": 1}')
    for (const [file, why] of [
      ['/dev/zero', 'outside the folder'],
      ['../outside.json', 'outside the folder'],
      ['backend', 'not a regular file'],
    ] as const) {
      put('dynolint.toml', `snapshot = "${file}"\n`)
      const { code, out } = await run('--format', 'concise')
      expect(code).toBe(2)
      expect(out).toMatch(new RegExp(`^dynolint\\.toml:1:12: error engine/config .*${why}`))
    }
  })

  it('is not opened as a configuration, and told', async () => {
    for (const target of ['/dev/zero', join(base, 'elsewhere.toml'), 'dynolint.toml']) {
      writeFileSync(join(base, 'elsewhere.toml'), 'rules = {}\n')
      symlinkSync(target, join(folder, 'dynolint.toml'))
      const { code, out } = await run('--format', 'concise')
      expect(code).toBe(2)
      expect(out).toContain('dynolint.toml:1:1: error engine/config the configuration cannot be read')
      rmSync(join(folder, 'dynolint.toml'))
    }
  })

  it('is not opened for git: the .git file, core.excludesfile, a .gitignore', async () => {
    put('.git', 'gitdir: /dev\n')
    expect((await run('--format', 'concise')).code).toBe(0)
    rmSync(join(folder, '.git'))
    symlinkSync('/dev/zero', join(folder, '.git'))
    expect((await run('--format', 'concise')).code).toBe(0)
    rmSync(join(folder, '.git'))
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '-A'], { cwd: folder })
    execFileSync('git', ['config', 'core.excludesfile', '/dev/zero'], { cwd: folder })
    symlinkSync('/dev/zero', join(folder, '.gitignore'))
    execFileSync('mkfifo', [join(folder, '.slugignore')])
    expect((await run('--format', 'concise')).code).toBe(0)
  })
})

describe('a file that is there and cannot be read', () => {
  it.each(['Procfile', 'requirements.txt', 'backend/backend/settings.py', 'backend/backend/asgi.py', 'app.json'])(
    'is named, and not called missing: %s',
    async (name) => {
      rmSync(join(folder, name), { force: true })
      symlinkSync(name.slice(name.lastIndexOf('/') + 1), join(folder, name))
      const { code, out, err } = await run('--format', 'concise')
      expect(err).toBe('')
      expect(code).not.toBe(2)
      expect(out).toContain(`${name}:1:1: warning engine/unreadable-file`)
      expect(out).not.toMatch(/procfile\/missing|deps\/file-missing|is missing/)
    },
  )

  it('can be named on the command line', async () => {
    rmSync(join(folder, 'Procfile'))
    symlinkSync('Procfile', join(folder, 'Procfile'))
    const { code, out } = await run('Procfile', '--format', 'concise')
    expect(code).toBe(0)
    expect(out).toContain('Procfile:1:1: warning engine/unreadable-file')
  })

  it('is named when it holds no text', async () => {
    put('Procfile', new Uint8Array([0, 1, 2, 0, 255]))
    const { out } = await run('--format', 'concise')
    expect(out).toContain('Procfile:1:1: warning engine/unreadable-file')
    expect(out).not.toContain('procfile/missing')
  })
})

describe('a throw', () => {
  const sound = filesBelow('fixtures/guide-sound')

  it.each(['Procfile', 'requirements.txt', 'backend/backend/settings.py', 'backend/backend/asgi.py', 'app.json'])(
    'while %s is read costs what needs it, and nothing else',
    (broken) => {
      const memory = memoryTree({ ...sound, 'extra.txt': '# dynolint: ignore nothing/at-all\n' })
      let reads = 0
      const tree = {
        ...memory,
        read(path: string) {
          if (path === broken && ++reads > 0) throw new Error('damaged')
          return memory.read(path)
        },
      }
      const { report, app } = check({ today, tree, config: defaultConfig, configProblems: [] })
      for (const { error } of takeFaults()) expect(error).toEqual(new Error('damaged'))
      expect(reads).toBeGreaterThan(0)
      expect(app.audit.failures.map(({ part }) => part)).toHaveLength(1)
      const told = report.findings.filter(({ rule }) => rule === 'engine/internal-error')
      expect(told.map(({ message }) => message.en)).toEqual([
        `the part “${app.audit.failures[0]?.part}” of dynolint failed (damaged): what it checks is unknown`,
      ])
      expect(report.chain.filter(({ state }) => state === 'breaks')).toEqual([])
      expect(report.isDjango).toBe(true)
    },
  )

  it('of a rule is told under its name, and the other rules are heard', () => {
    const [first, ...others] = rules
    const throwing = {
      ...(first as (typeof rules)[number]),
      check: () => {
        throw new Error('thrown by a rule')
      },
    }
    const tree = memoryTree({ ...sound, Procfile: 'web: cd backend && daphne backend.asgi:application\n' })
    const { report } = check({ today, tree, config: defaultConfig, rules: [throwing, ...others] })
    const ids = report.findings.map(({ rule }) => rule)
    expect(ids).toContain('engine/internal-error')
    expect(ids).toContain('procfile/bind-host')
  })
})
