import { describe, expect, it } from 'vitest'
import combination from '../../../rules/deps/combination/rule.ts'
import rule from '../../../rules/deps/python-version/rule.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

describe('the help of deps/python-version', () => {
  it('names the versions that its fixes may ask for, and the day on which one goes', () => {
    const { oldest, newest, removals } = pythonSupport
    const minors = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index)
    const lasting = minors.filter((minor) => removals[minor] === undefined)
    const { en, fr } = rule.messages['end-of-life']?.help ?? { en: '', fr: '' }
    expect(en).toContain(`(3.${lasting[0]} to 3.${newest}`)
    expect(fr).toContain(`(3.${lasting[0]} à 3.${newest}`)
    for (const minor of minors) {
      const day = removals[minor]
      if (day === undefined) continue
      const told = (language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(day))
      expect(en).toContain(`3.${minor} until ${told('en-GB')}`)
      expect(fr).toContain(`3.${minor} jusqu’au ${told('fr')}`)
    }
  })
})

describe('an old Django on the default Python', () => {
  it.each([
    ['1.11.29', 'django.utils.six.moves', 'its copy of six cannot be imported since Python 3.12'],
    ['2.0.13', 'distutils', 'it imports distutils, which is gone since Python 3.12'],
    ['2.2.3', 'distutils', 'it imports distutils, which is gone since Python 3.12'],
    ['2.2.28\nsetuptools==75.8.0', 'cgi', 'it imports cgi, which is gone since Python 3.13'],
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
      'Ask for Python 3.10',
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
    expect(fixesOf('3.6', 'django-braces==1.12.0\n', '2.2.28')[0]?.[2]).toBe('Ask for Python 3.10')
  })
})
