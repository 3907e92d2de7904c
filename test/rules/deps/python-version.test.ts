import { describe, expect, it } from 'vitest'
import combination from '../../../rules/deps/combination/rule.ts'
import knownBad from '../../../rules/deps/known-bad/rule.ts'
import rule from '../../../rules/deps/python-version/rule.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

describe('the help of deps/python-version', () => {
  const { oldest, newest, removals } = pythonSupport
  const minors = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index)

  it('names the versions that the buildpack keeps, where none of them goes with what is pinned', () => {
    const [first] = minors.filter((minor) => removals[minor] === undefined)
    const files = { 'manage.py': '', 'requirements.txt': 'Django==1.11.29\n', '.python-version': '3.6\n' }
    const [found] = run(appIn(memoryTree(files)), [rule], defaultConfig).findings
    expect(found?.help?.en).toContain(`(3.${first} to 3.${newest})`)
    expect(found?.help?.fr).toContain(`(3.${first} à 3.${newest})`)
  })

  it('writes the day on which the buildpack stops to take a Python as it is known', () => {
    for (const minor of minors) {
      const day = removals[minor]
      if (day === undefined) continue
      const { en, fr } = rule.messages['deprecated-version']?.text ?? { en: '', fr: '' }
      const told = (language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(day))
      expect(en).toContain(`refuses it from ${told('en-GB')} on`)
      expect(fr).toContain(`à partir du ${told('fr')}`)
    }
    expect(Object.keys(removals).length, 'the text names one day').toBe(1)
  })

  it('asks for none that is on its way out, though Django names no newer one', () => {
    const files = { 'manage.py': '', 'requirements.txt': 'Django==3.2.25\n', 'runtime.txt': 'python-3.8.16\n' }
    const app = appIn(memoryTree(files))
    const [found] = run(app, [rule], defaultConfig).findings
    expect(found?.fixes.map(({ title }) => title.en)).toEqual(['Ask for Python 3.11'])
    expect(found?.help?.en).toContain('Django 3.2.25 names Python up to 3.10 only')
  })
})

describe('a Python that the buildpack refuses', () => {
  const files = {
    'manage.py': '',
    'requirements.txt': 'django\nchannels\nredis\nimportlib-metadata; python_version < "3.8"\n',
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'runtime.txt': 'python-3.6.4\n',
  }

  it('chooses no versions: packages are those of the Python to ask for instead', () => {
    const { dependencies } = appIn(memoryTree(files))
    expect(dependencies.python).toMatchObject({ refused: '3.6', minor: '3.13' })
    const { dependencies: mended } = appIn(
      memoryTree({ ...files, 'runtime.txt': 'python-3.13\n', '.python-version': '3.13\n' }),
    )
    for (const name of ['django', 'channels', 'redis', 'daphne', 'importlib-metadata'])
      expect(dependencies.installed(name), name).toEqual(mended.installed(name))
    expect(dependencies.installed('daphne').state).toBe('absent')
  })

  it('brings no finding about what a build installs on it', () => {
    const old = { ...files, 'requirements.txt': 'Django==2.2.28\ncelery==4.4.7\n' }
    const { findings } = run(appIn(memoryTree(old)), [rule, combination, knownBad], defaultConfig)
    expect(findings.map(({ kind }) => kind)).toEqual(['end-of-life'])
    expect(findings[0]?.help?.en).toContain('celery 4.4.7')
  })
})

describe('an old Django on the default Python', () => {
  it.each([
    ['1.11.29', 'django.utils.six.moves', 'its copy of six cannot be imported since Python 3.12'],
    ['2.0.13', 'distutils', 'it imports distutils, which is gone since Python 3.12'],
    ['2.2.3', 'distutils', 'it imports distutils, which is gone since Python 3.12'],
    ['2.2.28\nsetuptools==75.8.0', 'cgi', 'it imports cgi, which is gone since Python 3.13'],
    // It declares setuptools.
    ['3.1.14\ngunicorn==20.0.4', 'cgi', 'it imports cgi, which is gone since Python 3.13'],
    ['3.1.14', 'distutils', 'it imports distutils, which is gone since Python 3.12'],
    ['3.2.25', 'cgi', 'it imports cgi, which is gone since Python 3.13'],
    ['4.1.13', 'cgi', 'it imports cgi, which is gone since Python 3.13'],
  ])('%s ends at the import of %s', (release, module, because) => {
    const app = appIn(
      memoryTree({
        'manage.py': '',
        'requirements.txt': `Django==${release}\n`,
        Procfile: 'web: daphne mysite.asgi\n',
      }),
    )
    const [found] = run(app, [rule], defaultConfig).findings
    expect(found?.message.en).toContain(`: ${because} ("ModuleNotFoundError: No module named '${module}'")`)
    expect(found?.message.fr).toContain(`No module named '${module}'`)
  })
})

describe('a Django that fails on every Python that is left', () => {
  const fixesOf = (python: string, more: string, django = '1.11.29') => {
    const files = {
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
      'site1/__init__.py': '',
      'site1/settings.py': "INSTALLED_APPS = ['django.contrib.contenttypes']\n",
      'site1/asgi.py': 'import django\n',
      'requirements.txt': `Django==${django}\n${more}`,
      Procfile: 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\n',
      '.python-version': `${python}\n`,
    }
    const { findings } = run(appIn(memoryTree(files)), [rule, combination], defaultConfig)
    return findings.map(({ rule: id, kind, fixes }) => [id, kind, fixes.map(({ title }) => title.en).join()])
  }

  it('is replaced, and gets another Python, where all that goes with it is known', () => {
    expect(fixesOf('3.6', 'channels==2.4.0\n', '2.0.13')[0]).toEqual([
      'deps/python-version',
      'end-of-life',
      'Ask for Python 3.11',
    ])
    expect(fixesOf('3.10', '').find(([id]) => id === 'deps/combination')?.[2]).toBe('Pin Django to 3.0.14')
  })

  it.each(['djangorestframework==3.7.7\n', 'whitenoise==3.2.1\n', 'django-braces==1.12.0\n'])(
    'is not, where others are built on it: %s',
    (more) => {
      expect(fixesOf('3.6', more)[0]).toEqual(['deps/python-version', 'end-of-life', ''])
      expect(fixesOf('3.10', more).find(([id]) => id === 'deps/combination')?.[2]).toBe('')
    },
  )

  it('does not keep a Django that runs there from another Python', () => {
    expect(fixesOf('3.6', 'django-braces==1.12.0\n', '2.2.28')[0]?.[2]).toBe('Ask for Python 3.11')
  })
})
