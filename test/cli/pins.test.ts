import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

const schema = JSON.parse(readFileSync(join(repository, 'schemas/pins-v1.schema.json'), 'utf8')) as object
const valid = new Ajv({ strict: false }).compile(schema)

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
  put('manage.py', 'import django\n')
  put('Procfile', 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n')
  put('.python-version', '3.12\n')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
const run = (...argv: string[]) => dynolint(['pins', ...argv], { cwd: folder })

const old = 'Django==4.2.1\nchannels==4.1.0\ndaphne==4.1.1\nredis==4.0.0rc1\ncelery==5.3.0\n'

describe('what is in force', () => {
  it('names each package with its line, its version and what is wrong with it', async () => {
    put('requirements.txt', old)
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(out).toContain('Python 3.12 (.python-version)')
    expect(out).toMatch(/daphne==4\.1\.1 +requirements\.txt:3\n +known defect, gone in 4\.1\.2: its wheel lacks/)
    expect(out).toMatch(/asgiref +brought by requirements\.txt:1 +3\.\S+ today/)
    expect(out).toMatch(/django==4\.2\.\d+ +\d\S* is out; the project is on django 4\.2/)
  })

  it('in French', async () => {
    put('requirements.txt', old)
    const { out } = await run('--lang', 'fr')
    expect(out).toContain('ensemble compatible le plus récent')
    expect(out).toMatch(/asgiref +dépendance de requirements\.txt:1\s+3\.\S+ si l’on installe aujourd’hui/)
  })

  it('as JSON of its schema, for a lock, a policy and nothing at all', async () => {
    for (const [requirements, config] of [
      [old, ''],
      ['Django\nchannels[daphne]>=4\n', 'pins = "guide"\n'],
      ['Django==1.8\nasgi_redis==1.4.3\n', ''],
      ['Django==3.2\nchannels @ https://example.org/channels.zip\n', ''],
      ['', ''],
    ] as const) {
      put('requirements.txt', requirements)
      put('dynolint.toml', config)
      const { out, code } = await run('--format', 'json')
      expect(code).toBe(0)
      valid(JSON.parse(out))
      expect(valid.errors).toBeNull()
    }
  })
})

describe('the newest set', () => {
  const pinsOf = async (requirements: string) => {
    put('requirements.txt', requirements)
    const { out } = await run('--format', 'json')
    const [{ newest }] = JSON.parse(out).apps
    return Object.fromEntries(
      newest.pins.map(({ name, version, held }: { name: string; version: string; held: { kind: string }[] }) => [
        name,
        [version, ...held.map(({ kind }) => kind)],
      ]),
    )
  }

  it('keeps the Django series and fits everything to it', async () => {
    const pins = await pinsOf('Django==3.2.1\nchannels==3.0.4\nchannels_redis==3.4.0\ndaphne==3.0.2\n')
    expect(pins.django).toEqual(['3.2.25', 'series'])
    expect(pins.channels?.slice(1)).toEqual(['conflict'])
    expect(pins.daphne?.[0]).toMatch(/^4\.2\./)
  })

  it('does not choose an old Channels to get rid of a defect of Daphne', async () => {
    const pins = await pinsOf('Django==2.2.3\nchannels==2.2.0\ndaphne==2.3.0\n')
    expect(pins.channels?.[0]).toBe('3.0.5')
    expect(pins.daphne).toEqual(['3.0.2', 'conflict'])
  })

  it('is held back by Python, and stays away from releases that fail', async () => {
    put('.python-version', '3.10\n')
    const pins = await pinsOf('Django==5.2\nchannels\nchannels_redis\n')
    expect(pins.redis?.slice(1)).toEqual(['defect'])
    expect(pins.django?.slice(1)).toEqual(['series'])
  })

  it('lines about other packages stay as they are', async () => {
    put('requirements.txt', 'Django==5.2\nredis\nkombu[redis]==5.5.3\n')
    const { out } = await run()
    expect(out).toMatch(
      /redis==5\.2\.1 .*does not go with kombu\[redis\]==5\.5\.3\s+\(requirements\.txt:3\) \(kombu 5\.5\.3 requires\s+redis/,
    )
  })
})

describe('no set', () => {
  it('says what cannot be had together, on which Python', async () => {
    put('.python-version', '3.11\n')
    put('requirements.txt', 'Django==6.0.8\n')
    expect((await run()).out).toMatch(
      /newest compatible set {2}none: these do not go together on Python 3\.11\n {2}django 6\.0\n/,
    )
  })

  it('is for a Python that Heroku has, and says so', async () => {
    put('.python-version', '3.9\n')
    put('requirements.txt', 'Django==5.2.1\n')
    const { out } = await run()
    expect(out).toMatch(/Python 3\.9 .*\s+Heroku does not install this version; what follows is for 3\.13\n/)
    expect(out).toMatch(/django==5\.2\.\d\d /)
  })

  it('is not for two managers in each other’s way: the first counts', async () => {
    put('requirements.txt', 'Django==4.2.1\nwhitenoise==6.5.0\n')
    put(
      'Pipfile.lock',
      JSON.stringify({ default: { django: { version: '==5.2.1' }, whitenoise: { version: '==6.6.0' } } }),
    )
    const { out } = await run()
    expect(out).toMatch(/django==4\.2\.1 +requirements\.txt:1/)
    expect(out).toMatch(/django==4\.2\.\d\d /)
  })
})

describe('--write', () => {
  it('makes a dynolint.toml, after which --fix pins the lines and pins has nothing to add', async () => {
    put('requirements.txt', old.replace('redis==4.0.0rc1\n', ''))
    const { code, out } = await run('--write')
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'wrote the policy into dynolint.toml',
    })
    expect(read('dynolint.toml')).toMatch(
      /^\[pins\]\ndjango = "4\.2\.\d+"\nchannels = "4\.3\.\d+"\ndaphne = "4\.2\.\d+"\n$/,
    )
    await dynolint(['check', '--fix'], { cwd: folder })
    expect(read('requirements.txt')).toMatch(/^Django==4\.2\.\d\d\nchannels==4\.3\.\d\ndaphne==4\.2\.\d\n/)
    const before = read('dynolint.toml')
    expect((await run('--write')).out).toContain('dynolint.toml says so already')
    expect(read('dynolint.toml')).toBe(before)
  })

  it('edits the configuration there is, be it above the app, in pyproject.toml or YAML, its bytes kept', async () => {
    put('requirements.txt', 'Django==5.2\n')
    put('pyproject.toml', '\ufeff[tool.dynolint]\r\nworker-only = true # yes\r\n\r\n[tool.other]\r\n')
    expect((await run('--write')).out).toContain('wrote the policy into pyproject.toml')
    expect(read('pyproject.toml')).toMatch(
      /^\ufeff\[tool\.dynolint\]\r\nworker-only = true # yes\r\n\r\n\[tool\.dynolint\.pins\]\r\ndjango = "5\.2\.\d+"\r\n[^\n]*\r\n\r\n\[tool\.other\]\r\n$/,
    )
    rmSync(join(folder, 'pyproject.toml'))
    put('dynolint.yaml', 'platform: heroku-fir # new\npins:\n  celery: "5.3.0"\n')
    expect((await run('--write')).code).toBe(0)
    expect(read('dynolint.yaml')).toMatch(
      /^platform: heroku-fir # new\npins:\n {2}celery: "5\.3\.0"\n {2}django: "5\.2\.\d+"\n {2}daphne: "4\.2\.\d+"\n$/,
    )
  })

  it('refuses several apps, a broken configuration, and a set that does not exist', async () => {
    put('requirements.txt', 'Django==5.2\n')
    put('dynolint.toml', '# broken\nnonsense = 1\n')
    expect(await run('--write')).toEqual({
      code: 2,
      out: '',
      err: 'dynolint: dynolint.toml:2: unknown key “nonsense”; nothing was written\n',
    })
    put('dynolint.toml', 'root = ["a", "b"]\n')
    put('a/manage.py', '')
    put('b/manage.py', '')
    expect((await run('--write')).err).toBe('dynolint: --write needs one app; here are 2: name its folder\n')
    rmSync(join(folder, 'dynolint.toml'))
    put('requirements.txt', 'pip\n')
    put('Procfile', '')
    expect((await run('--write')).code).toBe(2)
  })

  it('does not print another format than text and JSON', async () => {
    expect((await run('--format', 'sarif')).err).toBe('dynolint: pins prints text or json, not sarif\n')
    expect((await run('nowhere')).err).toBe('dynolint: no such file or folder: nowhere\n')
  })
})
