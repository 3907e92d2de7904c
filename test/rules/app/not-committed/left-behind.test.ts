import { describe, expect, it } from 'vitest'
import { leftBehind } from '../../../../rules/app/not-committed/left-behind.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { locator } from '../../../../src/report/report.ts'
import { appIn } from '../../../support/app.ts'
import { presenceIn } from '../../../support/presence.ts'

const sound: Record<string, string> = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.1\nchannels==4.3.2\ndaphne==4.2.2\n',
  '.python-version': '3.12\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': "INSTALLED_APPS = ['channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n",
  'mysite/urls.py': 'urlpatterns = []\n',
  'mysite/asgi.py': [
    'import os',
    'from django.core.asgi import get_asgi_application',
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')",
    'http = get_asgi_application()',
    'import chat.routing',
    'application = http',
    '',
  ].join('\n'),
  'chat/__init__.py': '',
  'chat/routing.py': 'from . import consumers\n',
  'chat/consumers.py': 'from .models import Room\n',
  'chat/models.py': 'class Room: pass\n',
}

interface Case {
  readonly files?: Readonly<Record<string, string>>
  readonly untracked?: readonly string[]
  readonly ignored?: readonly string[]
}

/** `path why file:line` of everything left behind, with further files after `+`. */
function found({ files = {}, untracked = [], ignored = [] }: Case): string[] {
  const all = { ...sound, ...files }
  const tree = memoryTree(all)
  const app = appIn(tree, { presence: presenceIn(tree, Object.keys(all), { untracked, ignored }) })
  const locate = locator({ root: '.', tree } as Parameters<typeof locator>[0])
  return leftBehind(app).map(({ path, why, at, when, by, others }) => {
    const { file, start } = locate(at)
    const conditions = when.map(({ text }) => ` when ${text.en}`).join('')
    const further = others.map((one) => ` + ${one.file}`).join('')
    return `${path} ${why}${by === '' ? '' : ` by ${by}`} at ${file}:${start.line}${conditions}${further}`
  })
}

describe('leftBehind', () => {
  it('is silent when the push carries everything, and outside git', () => {
    expect(found({})).toEqual([])
    expect(found({ untracked: ['notes.txt'], files: { 'notes.txt': '' } })).toEqual([])
  })

  it('finds every module that boot misses, not only the first', () => {
    expect(found({ untracked: ['chat/consumers.py', 'chat/models.py', 'mysite/urls.py'] })).toEqual([
      'chat/consumers.py untracked at chat/routing.py:1',
      'chat/models.py untracked at chat/consumers.py:1',
      'mysite/urls.py untracked at mysite/settings.py:2',
    ])
  })

  it('names a folder once when nothing of it is tracked', () => {
    expect(found({ untracked: ['chat'] })).toEqual([
      'chat/ untracked at mysite/asgi.py:5 + chat/routing.py + chat/consumers.py + chat/models.py',
    ])
  })

  it('finds a package without __init__.py too', () => {
    const { 'chat/__init__.py': _, ...files } = sound
    const without = { ...files, 'mysite/settings.py': "INSTALLED_APPS = ['channels']\n" }
    const tree = memoryTree(without)
    const presence = presenceIn(tree, Object.keys(without), { untracked: ['chat'], ignored: [] })
    const app = appIn(tree, { presence })
    expect(leftBehind(app).map(({ path }) => path)).toEqual(['chat/'])
  })

  it('finds what the build needs', () => {
    const files = { 'requirements.txt': '-r base.txt\n', 'base.txt': 'Django==5.2.1\nchannels\ndaphne\n' }
    expect(found({ files, untracked: ['base.txt', '.python-version', 'manage.py'] })).toEqual([
      'base.txt untracked at requirements.txt:1',
      '.python-version untracked at .python-version:1',
      'manage.py untracked at manage.py:1',
    ])
    expect(found({ untracked: ['Procfile', 'requirements.txt'] })).toEqual([
      'Procfile untracked at Procfile:1',
      'requirements.txt untracked at requirements.txt:1',
    ])
  })

  it('wants the lock of a tracked Pipfile even beside a requirements.txt', () => {
    const files = { Pipfile: '[packages]\n', 'Pipfile.lock': '{}' }
    expect(found({ files, untracked: ['Pipfile.lock'] })).toEqual(['Pipfile.lock untracked at Pipfile:1'])
    expect(found({ files, untracked: ['Pipfile.lock', 'Pipfile'] })).toEqual([])
  })

  it('takes one line of an ignore file for one reason', () => {
    expect(found({ files: { '.gitignore': '# all\nmy*/\n' }, ignored: ['mysite'] })).toEqual([
      'mysite/ ignored by .gitignore:2 at Procfile:1 + mysite/settings.py + mysite/urls.py',
    ])
  })

  it('finds scripts that processes start', () => {
    const files = {
      Procfile: 'web: bash bin/web\nworker: python jobs/worker.py\nrelease: python manage.py migrate\n',
      'bin/web': '. ./env.sh\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
      'env.sh': 'export A=1\n',
      'jobs/worker.py': 'print()\n',
    }
    expect(found({ files, untracked: ['bin', 'jobs/worker.py', 'manage.py'] })).toEqual([
      'manage.py untracked at manage.py:1',
      'bin/ untracked at Procfile:1',
      'jobs/ untracked at Procfile:2',
    ])
  })

  it('depends on what decides whether a module is imported', () => {
    const settings =
      "import os\nINSTALLED_APPS = ['channels', 'chat']\nif os.environ.get('USE_S3'):\n    from .s3 import BUCKET\nelse:\n    BUCKET = None\n"
    const files = { 'mysite/settings.py': settings, 'mysite/s3.py': 'BUCKET = 1\n' }
    expect(found({ files, untracked: ['mysite/s3.py'] })).toEqual([
      'mysite/s3.py untracked at mysite/settings.py:4 when USE_S3 is set',
    ])
  })

  it('believes a handler: the module is absent on purpose, and its settings do not count', () => {
    const settings = [
      "INSTALLED_APPS = ['channels', 'chat']",
      'DEBUG = False',
      'try:',
      '    from .local import *',
      'except ImportError:',
      '    pass',
      '',
    ].join('\n')
    const files = { 'mysite/settings.py': settings, 'mysite/local.py': 'DEBUG = True\n' }
    expect(found({ files, ignored: ['mysite/local.py'] })).toEqual([])
    const all = { ...sound, ...files }
    const tree = memoryTree(all)
    const presence = presenceIn(tree, Object.keys(all), { untracked: [], ignored: ['mysite/local.py'] })
    const app = appIn(tree, { presence })
    expect(app.settings.get('DEBUG')?.alternatives.map(({ value }) => value)).toMatchObject([{ value: false }])
  })

  it('leaves installed packages alone, whatever folder has their name', () => {
    const files = {
      'mysite/asgi.py': 'import channels.layers\nimport redis\napplication = None\n',
      'redis/data.py': '',
      'requirements.txt': 'Django\nchannels\ndaphne\nredis\n',
    }
    expect(found({ files, untracked: ['redis'] })).toEqual([])
  })

  it('finds a file that is opened', () => {
    const settings =
      "import json\nfrom pathlib import Path\nBASE = Path(__file__).parent\nCONF = json.loads((BASE / 'conf.json').read_text())\nINSTALLED_APPS = ['chat']\n"
    const files = { 'mysite/settings.py': settings, 'mysite/conf.json': '{}' }
    expect(found({ files, untracked: ['mysite/conf.json'] })).toEqual([
      'mysite/conf.json untracked at mysite/settings.py:4',
    ])
  })

  it('is surer of the settings module when there is no other', () => {
    const files = { 'app.json': '{"env": {"DJANGO_SETTINGS_MODULE": {"required": false}}}' }
    const other = { ...files, 'mysite/settings_dev.py': 'INSTALLED_APPS = []\n' }
    expect(found({ untracked: ['mysite/settings.py'] })).toEqual(['mysite/settings.py untracked at mysite/asgi.py:3'])
    expect(found({ files: other, untracked: ['mysite/settings.py'] })).toEqual([
      'mysite/settings.py untracked at mysite/asgi.py:3 when DJANGO_SETTINGS_MODULE is unset',
    ])
  })

  it('leaves to the build what is in its way: a virtualenv and a second lock count only when they are tracked', () => {
    const files = { '.venv/pyvenv.cfg': 'home = /usr\n', 'Pipfile.lock': '{}', Pipfile: '' }
    const manager = (untracked: readonly string[]) => {
      const all = { ...sound, ...files }
      const tree = memoryTree(all)
      const presence = presenceIn(tree, Object.keys(all), { untracked, ignored: [] })
      const { dependencies } = appIn(tree, { presence })
      return [dependencies.manager, ...dependencies.managerProblems.map(({ kind }) => kind)]
    }
    expect(manager(['.venv', 'Pipfile.lock', 'Pipfile'])).toEqual(['pip'])
    expect(manager(['.venv', 'Pipfile.lock'])).toEqual(['pip'])
    expect(manager([])).toEqual(['conflict', 'several', 'committed-virtualenv'])
    expect(manager(['requirements.txt', '.venv'])).toEqual(['pipenv'])
  })
})
