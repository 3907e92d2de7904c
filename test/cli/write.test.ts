import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { kills } from '../support/kills.ts'
import { filesBelow } from '../support/trees.ts'

/** What a repository could plant so that a command writes elsewhere, and what a fix must leave as it is. */

let base: string
let folder: string
const secret = 'what the user keeps elsewhere\n'

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dynolint-'))
  folder = join(base, 'app')
  for (const [path, bytes] of Object.entries(filesBelow('fixtures/guide-sound'))) put(path, bytes)
  writeFileSync(join(base, 'victim'), secret)
})
afterEach(() => {
  rmSync(base, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
const run = (...argv: string[]) => dynolint(argv, { cwd: folder })
const unsound = 'web: cd backend && daphne -p $PORT --proxy-headers backend.asgi:application'
const victim = (): string => readFileSync(join(base, 'victim'), 'utf8')

describe('--fix', () => {
  it('writes no file through a planted link of a name that can be foreseen', async () => {
    put('Procfile', `${unsound}\n`)
    symlinkSync(join(base, 'victim'), join(folder, `Procfile.dynolint-${process.pid}`))
    await run('--fix')
    expect(victim()).toBe(secret)
    expect(read('Procfile')).toContain('0.0.0.0')
  })

  it('leaves a linked file alone, says so in both languages, and goes on with the others', async () => {
    rmSync(join(folder, 'Procfile'))
    put('deploy/Procfile', `${unsound}\n`)
    symlinkSync('deploy/Procfile', join(folder, 'Procfile'))
    expect(await run('--fix')).toMatchObject({ code: 2, err: 'dynolint: Procfile was not fixed: it is a link\n' })
    expect((await run('--fix', '--lang', 'fr')).err).toBe(
      'dynolint\u00a0: Procfile n’a pas été corrigé : c’est un lien\n',
    )
    expect(read('deploy/Procfile')).toBe(`${unsound}\n`)
  })

  it('makes no file through a dangling link', async () => {
    put('runtime.txt', 'python-3.12.4\n')
    rmSync(join(folder, '.python-version'), { force: true })
    symlinkSync(join(base, 'planted'), join(folder, '.python-version'))
    await run('--unsafe-fixes')
    expect(readdirSync(base).sort()).toEqual(['app', 'victim'])
  })

  it('keeps CRLF, mode, and the missing line end', async () => {
    put('Procfile', `# web\r\n${unsound}`)
    await run('--fix')
    expect(read('Procfile')).toMatch(/^# web\r\nweb: [^\r\n]*-b 0\.0\.0\.0[^\r\n]*$/)
    expect(statSync(join(folder, 'Procfile')).mode & 0o777).toBe(0o644)
  })
})

describe('a configuration', () => {
  it('whose root leaves its folder is refused, and the other project stays', async () => {
    mkdirSync(join(base, 'other'))
    writeFileSync(join(base, 'other/Procfile'), `${unsound}\n`)
    for (const root of ['../other', '/', join(base, 'other')]) {
      put('dynolint.toml', `root = ${JSON.stringify(root)}\n`)
      const { code, err } = await run('--fix')
      expect({ code, err }).toEqual({
        code: 2,
        err: `dynolint: root “${root}” of the configuration is outside its folder\n`,
      })
    }
    symlinkSync(join(base, 'other'), join(folder, 'linked'))
    put('dynolint.toml', 'root = "linked"\n')
    expect((await run('--fix')).err).toContain('outside its folder')
    expect(readFileSync(join(base, 'other/Procfile'), 'utf8')).toBe(`${unsound}\n`)
  })

  it('that is a link is not written by pins --write', async () => {
    writeFileSync(join(base, 'victim.toml'), '# mine\n')
    symlinkSync(join(base, 'victim.toml'), join(folder, 'dynolint.toml'))
    const { code, err } = await run('pins', '--write')
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringMatching(/the configuration cannot be read.*nothing was written/),
    })
    expect(readFileSync(join(base, 'victim.toml'), 'utf8')).toBe('# mine\n')
  })

  it('is not made by init where a dangling link leads out', async () => {
    symlinkSync(join(base, 'planted'), join(folder, 'dynolint.toml'))
    expect((await run('init')).code).toBe(2)
    expect(readdirSync(base).sort()).toEqual(['app', 'victim'])
  })
})

describe('a process that is ended while it writes', () => {
  it('leaves each file old or new, whole, and no temporary unless it was killed', async () => {
    const { torn, left } = await kills(6, Math.random)
    expect(torn).toEqual([])
    expect(left).toMatchObject({ SIGTERM: 0, SIGINT: 0 })
  }, 120_000)
})
