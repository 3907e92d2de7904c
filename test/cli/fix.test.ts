import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-fix-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}
function putProject(name: string): void {
  for (const [path, bytes] of Object.entries(filesBelow(`fixtures/${name}`))) put(path, bytes)
}
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
const run = (...argv: string[]) => dynolint(argv, { cwd: folder })
const all = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filesBelow(relative(repository, folder))).map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString('latin1'),
    ]),
  )
const git = (...argv: string[]) => spawnSync('git', argv, { cwd: folder, encoding: 'utf8' })

describe('--diff', () => {
  const projects: Record<string, () => void> = {
    guide: () => putProject('guide'),
    'pins-that-differ': () => putProject('pins-that-differ'),
    'gunicorn-instead-of-daphne': () => putProject('gunicorn-instead-of-daphne'),
    'CRLF, no last line end, a byte order mark': () => {
      putProject('guide')
      const path = 'backend/backend/settings.py'
      put(path, `\ufeff${read(path).trimEnd().replaceAll('\n', '\r\n')}`)
      put('requirements.txt', read('requirements.txt').trimEnd())
    },
    'a file that is moved': () => {
      putProject('guide-sound')
      put('procfile', read('Procfile').replace('-b 0.0.0.0 ', ''))
      rmSync(join(folder, 'Procfile'))
    },
    'a tab, and a name with a blank': () => {
      putProject('guide')
      put('my app/empty.py', '')
      put('Procfile', `# a\tb\n${read('Procfile').replace('-b 0.0.0.0 ', '')}`)
    },
  }

  it.each(Object.entries(projects))(
    'is a patch that git takes, and does what --unsafe-fixes does: %s',
    async (_, make) => {
      make()
      const before = all()
      const { out, code } = await run('--diff', '--unsafe-fixes')
      expect(out).toContain('diff --git a/')
      expect(all()).toEqual(before)
      put('the.patch', out)
      expect(git('apply', '--whitespace=nowarn', 'the.patch')).toMatchObject({ status: 0, stderr: '' })
      rmSync(join(folder, 'the.patch'))
      const patched = all()
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
      make()
      const fixed = await run('--unsafe-fixes')
      expect(all()).toEqual(patched)
      expect(fixed.code).toBe(code)
      expect((await run('--diff', '--unsafe-fixes')).out).toBe('')
    },
  )

  it('leaves lines with a secret out of what surrounds a change', async () => {
    putProject('guide')
    const path = 'backend/backend/settings.py'
    put(
      path,
      read(path).replace(
        '"hosts": [REDIS_URL],',
        `"hosts": [REDIS_URL],\n            # x\n            },\n        },\n    }\nSECRET_KEY = 'kq2v9x8w7e6r5t4y3u2i1o0pzlxkcjvhb'\nif REDIS_URL:\n    CHANNEL_LAYERS = {\n        'default': {\n            'BACKEND': 'channels_redis.core.RedisChannelLayer',\n            'CONFIG': {\n                "hosts": [REDIS_URL],`,
      ),
    )
    const { out } = await run('--diff', '--unsafe-fixes')
    expect(out).not.toContain('kq2v9x8w7e6r5t4y3u2i1o0pzlxkcjvhb')
    put('the.patch', out)
    expect(git('apply', '--check', 'the.patch')).toMatchObject({ status: 0, stderr: '' })
  })

  it('says on standard error what would be left and what waits', async () => {
    putProject('guide')
    const { err } = await run('--diff')
    expect(err).toMatch(/corrections? changes? behaviour: --unsafe-fixes applies/)
    expect(err).toMatch(/left: \d+ errors?, \d+ warnings?\n$/)
    expect((await run('--diff', '--lang', 'fr')).err).toMatch(/reste\u00a0: \d+ erreurs?, \d+ avertissements?\n$/)
  })
})

describe('--fix=…', () => {
  it('fixes what the named rules found', async () => {
    putProject('guide')
    put('Procfile', read('Procfile').replace('-b 0.0.0.0 ', ''))
    const before = read('requirements.txt')
    await run('--fix=procfile/bind-host', '--unsafe-fixes')
    expect(read('Procfile')).toContain('-b 0.0.0.0')
    expect(read('requirements.txt')).toBe(before)
  })

  it('refuses a rule that there is not, and names the nearest', async () => {
    putProject('guide')
    expect(await run('--fix=procfile/bindhost')).toMatchObject({
      code: 2,
      err: 'dynolint: --fix: no rule procfile/bindhost; did you mean procfile/bind-host?\n',
    })
  })

  it('--fix-only tells what was fixed and nothing else, and exits 0', async () => {
    putProject('guide')
    put('Procfile', read('Procfile').replace('-b 0.0.0.0 ', ''))
    expect(await run('--fix-only')).toMatchObject({
      code: 0,
      out: 'fixed Procfile\n  Listen on 0.0.0.0 (procfile/bind-host)\n',
    })
  })
})

describe('--fix=ask', () => {
  const asked = (...answers: string[]) => dynolint(['check', '--fix=ask'], { cwd: folder, answers })

  it('shows one cause after the other with its diff, and does what is answered', async () => {
    putProject('guide')
    put('Procfile', read('Procfile').replace('-b 0.0.0.0 ', ''))
    const pins = read('requirements.txt')
    const { out } = await asked('y', 'n', 'n', 'n', 'n', 'n')
    expect(out).toMatch(/procfile\/bind-host .*\n {2}Listen on 0\.0\.0\.0/)
    expect(out).toContain('\n+web: cd backend && daphne -b 0.0.0.0')
    expect(out).toContain('[y]es, [n]o, [a]ll, [q]uit? ')
    expect(read('Procfile')).toContain('-b 0.0.0.0')
    expect(read('requirements.txt')).toBe(pins)
  })

  it('does all, or ends when told to or when nobody answers', async () => {
    putProject('guide')
    const before = all()
    await asked('q')
    expect(all()).toEqual(before)
    await asked()
    expect(all()).toEqual(before)
    await asked('a')
    const done = all()
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    putProject('guide')
    await run('--unsafe-fixes')
    expect(all()).toEqual(done)
  })

  it('needs somebody to ask', async () => {
    putProject('guide')
    expect(await run('--fix=ask')).toMatchObject({ code: 2, err: 'dynolint: --fix=ask needs a terminal\n' })
  })
})

describe('a plan', () => {
  it('that would break an earlier hop is not carried out, and the reason is told', async () => {
    putProject('guide-sound')
    const path = 'backend/backend/settings.py'
    const memory =
      "CHANNEL_LAYERS = {\n    'default': {\n        'BACKEND': 'channels.layers.InMemoryChannelLayer',\n    },\n}\n"
    put(
      path,
      read(path)
        .replace(/CHANNEL_LAYERS[\s\S]*/, memory)
        .replace(/REDIS_URL = [\s\S]*?None\n/, ''),
    )
    put('app.json', read('app.json').replace('"heroku-redis:premium-0", ', ''))
    const before = all()
    const english = await run('--unsafe-fixes', '--unset', 'REDIS_URL')
    expect(english.out).toMatch(
      /^not done Use Redis as the channel layer \(settings\/channel-layer-in-memory\)\n {2}would break: /,
    )
    expect((await run('--unsafe-fixes', '--unset', 'REDIS_URL', '--lang', 'fr')).out).toMatch(
      /^non fait\u00a0: .*\n {2}casserait\u00a0: /,
    )
    expect(all()).toEqual(before)
  })

  it('is written whole or not at all', async () => {
    putProject('gunicorn-instead-of-daphne')
    put('Procfile', 'web: cd backend && gunicorn backend.wsgi\n')
    put('pins/requirements.txt', read('requirements.txt').replace(/^daphne.*\n/m, ''))
    rmSync(join(folder, 'requirements.txt'))
    symlinkSync('pins/requirements.txt', join(folder, 'requirements.txt'))
    const before = read('Procfile')
    const { code, err } = await run('--unsafe-fixes')
    expect(err).toContain('requirements.txt was not fixed: it is a link')
    expect(code).toBe(2)
    expect(read('Procfile')).toBe(before)
    chmodSync(join(folder, 'Procfile'), 0o644)
  })
})
