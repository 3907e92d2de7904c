import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')

function findings(files: Readonly<Record<string, string>>, rule: string) {
  const { report } = check({ today, tree: memoryTree({ ...base, ...files }), config: defaultConfig })
  return report.findings.filter((finding) => finding.rule === rule)
}

describe('deps/known-bad', () => {
  it('offers no version that another line excludes', () => {
    const [finding] = findings(
      { 'requirements.txt': 'Django==3.2.25\nchannels==3.0.5\ndaphne==3.0.2\nchannels-redis==3.4.1\n' },
      'deps/known-bad',
    )
    expect(finding?.fixes).toEqual([])
    expect(finding?.help?.en).toBe(
      'daphne 4.2.2 is the first release without it, and none fits the other requirements: `dynolint pins` shows what goes together.',
    )
  })
})

describe('deps/missing-package', () => {
  it('names every file that lists the package without being installed', () => {
    const [finding] = findings(
      {
        'requirements.txt':
          'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.3\nwhitenoise==6.11.0\ndj-database-url==3.0.1\npsycopg2-binary==2.9.10\n',
        'requirements-dev.txt': 'channels-redis==4.3.0\n',
        'requirements/prod.txt': 'channels-redis==4.3.0\n',
      },
      'deps/missing-package',
    )
    expect(finding?.message.en).toContain('is listed only in requirements-dev.txt and requirements/prod.txt, which')
    expect(finding?.related).toHaveLength(2)
  })

  it('calls the development packages of a Pipfile as it does', () => {
    const names = [
      'django',
      'channels',
      'daphne',
      'whitenoise',
      'dj-database-url',
      'psycopg',
      'psycopg-binary',
      'redis',
    ]
    const locked = names.map((name) => [name, { version: '*' }])
    const tree = memoryTree({
      ...Object.fromEntries(Object.entries(base).filter(([path]) => path !== 'requirements.txt')),
      Pipfile: `[packages]\n${names.map((name) => `${name} = "*"\n`).join('')}[dev-packages]\nchannels-redis = "*"\n`,
      'Pipfile.lock': JSON.stringify({
        default: Object.fromEntries(locked),
        develop: { 'channels-redis': { version: '==4.3.0' } },
      }),
    })
    const { report } = check({ today, tree, config: defaultConfig })
    const found = report.findings.find(({ rule }) => rule === 'deps/missing-package')
    expect(found?.message.en).toContain(
      'is listed in Pipfile under `dev-packages` only, which `pipenv install --deploy`',
    )
  })
})

describe('deps/syntax', () => {
  const said = (files: Readonly<Record<string, string>>) =>
    findings({ 'requirements.txt': '', ...files }, 'deps/syntax').map(({ at, message, help }) =>
      [`${at.file}:${at.span.start}`, message.en, help?.en].join(' | '),
    )
  const without = (files: Readonly<Record<string, string>>) => {
    const { 'requirements.txt': _, ...rest } = base
    const { report } = check({ today, tree: memoryTree({ ...rest, ...files }), config: defaultConfig })
    return report.findings
      .filter(({ rule }) => rule === 'deps/syntax')
      .map(({ at, message, help }) => [`${at.file}:${at.span.start}`, message.en, help?.en].join(' | '))
  }

  it('tells a broken lock once, with the tool that reads it', () => {
    expect(without({ 'Pipfile.lock': '{"default": {"django": {"version": "==5.2",}, \n', Pipfile: '' })).toEqual([
      'Pipfile.lock:43 | Pipenv stops at this line, and the build with it: a property name in double quotes is expected (or a comma is one too many) | Correct it; `pipenv verify` shows the same error.',
    ])
  })

  it('reads the manifest that a lock is compared with', () => {
    const lock = 'version = 1\n'
    expect(without({ 'uv.lock': lock, 'pyproject.toml': '[project]\nname =\n' }).join()).toContain(
      'uv stops at this line, and the build with it: TOML: Unspecified values are invalid',
    )
    expect(without({ 'Pipfile.lock': '{}', Pipfile: '[packages]\na = "*"\na = "*"\n' }).join()).toMatch(
      /^Pipfile:\d+ \| Pipenv stops/,
    )
    expect(said({ 'pyproject.toml': '[project]\nname =\n' })).toEqual([])
  })

  it('refuses what lies outside, is a folder, is not there or includes itself, and says so', () => {
    const lines = said({
      'requirements.txt': '-r ../../etc/passwd\n-c /etc/passwd\n-r reqs\n-r nowhere.txt\n-r more.txt\n',
      'reqs/a.txt': '',
      'more.txt': '-r requirements.txt\n',
    })
    for (const text of [
      '../../etc/passwd lies outside the app: it is not on the dyno, and was not read',
      '/etc/passwd lies outside the app: it is not on the dyno, and was not read',
      'reqs is a folder, not a file',
      'there is no file nowhere.txt',
      'requirements.txt includes itself in the end',
    ])
      expect(lines.join('\n')).toContain(text)
    expect(lines).toHaveLength(5)
  })
})

describe('deps/file-missing', () => {
  it('says that requirements.txt is a folder', () => {
    const { 'requirements.txt': _, ...rest } = base
    const { report } = check({
      today,
      tree: memoryTree({ ...rest, 'requirements.txt/base.txt': 'Django\n' }),
      config: defaultConfig,
    })
    const finding = report.findings.find(({ rule }) => rule === 'deps/file-missing')
    expect(finding?.message.en).toContain('only requirements.txt/, which the buildpack does not read')
    expect(finding?.help?.en).toContain('requirements.txt/ is a folder and must be a file')
  })
})

describe('deps/incompatible', () => {
  it('says where the contradiction is when no line itself states it', () => {
    const [finding] = findings(
      { 'requirements.txt': 'Django==5.2.4\nchannels==4.2.2\nredis==6.4.0\ncelery[redis]==5.5.3\n' },
      'deps/incompatible',
    )
    expect(finding?.message.en).toContain('(through what they require in turn)')
  })
})

describe('deps/system-library', () => {
  const app =
    '{ "addons": ["heroku-redis:mini"], "buildpacks": [{ "url": "heroku-community/apt" }, { "url": "heroku/python" }] }'
  const settings = (gdal: string) => ({
    'app.json': app,
    'mysite/settings.py': `import glob\nimport os\nimport pathlib\nINSTALLED_APPS = ['channels', 'django.contrib.gis']\nGDAL_LIBRARY_PATH = ${gdal}\n`,
  })
  const untold = (gdal: string) => {
    const { report } = check({ today, tree: memoryTree({ ...base, ...settings(gdal) }), config: defaultConfig })
    return report.undetermined.filter(({ what }) => what.en === 'GDAL_LIBRARY_PATH').length > 0
  }

  it('knows a library of another system however its path is written', () => {
    const path = "pathlib.Path('/opt/homebrew/lib') / 'libgdal.dylib'"
    expect(findings(settings(path), 'deps/system-library').map(({ message }) => message.en)).toEqual([
      expect.stringContaining('OSError: /opt/homebrew/lib/libgdal.dylib'),
    ])
  })

  it.each([
    ["os.environ.get('GDAL_LIBRARY_PATH')", false],
    ['None', false],
    ["'/app/.apt/usr/lib/libgdal.so'", false],
    ["glob.glob('/app/.apt/usr/lib/libgdal.so.*')[0]", true],
  ])('says of no path that it fits which it cannot read: %s', (gdal, isUntold) => {
    expect(findings(settings(gdal), 'deps/system-library')).toEqual([])
    expect(untold(gdal)).toBe(isUntold)
  })
})
