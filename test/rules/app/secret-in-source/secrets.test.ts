import { describe, expect, it } from 'vitest'
import { literalSecrets, writtenSecrets } from '../../../../rules/app/secret-in-source/secrets.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { appIn } from '../../../support/app.ts'
import { presenceIn } from '../../../support/presence.ts'

const files = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.1\nchannels==4.3.2\ndaphne==4.2.2\n',
  'mysite/__init__.py': '',
  'mysite/settings.py': 'from .secrets import *\nINSTALLED_APPS = []\n',
  'mysite/secrets.py': "SECRET_KEY = 'v8Hs1kQz0pLw7eRt'\nBROKER = 'amqp://app:v8Hs1kQz0p@mq.acme.io/x'\n",
  'mysite/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\napplication = None\n",
}

function secrets(untracked: readonly string[], ignored: readonly string[]): string[] {
  const tree = memoryTree(files)
  const presence = presenceIn(tree, Object.keys(files), { untracked, ignored })
  const app = appIn(tree, { presence })
  return [...writtenSecrets(app), ...literalSecrets(app)].map(({ name }) => name)
}

it('a password of a server that only its own network reaches is no secret of the app', () => {
  const urls = (hosts: readonly string[]) => {
    const text = hosts.map((host, index) => `U${index} = 'amqp://app:v8Hs1kQz0p@${host}/x'\n`).join('')
    const tree = memoryTree({ ...files, 'mysite/secrets.py': text })
    const app = appIn(tree, {
      presence: presenceIn(tree, Object.keys(files), { untracked: [], ignored: [] }),
    })
    return writtenSecrets(app).map(({ name }) => name.slice(name.indexOf('@') + 1))
  }
  expect(
    urls(['172.20.0.5', '192.168.1.5', '10.1.2.3', 'localhost', 'rabbitmq', 'mq.local', 'mq.example.com']),
  ).toEqual([])
  expect(urls(['172.32.0.5', '192.169.1.5', 'mq.acme.io'])).toEqual(['172.32.0.5', '192.169.1.5', 'mq.acme.io'])
})

it('secrets in a file that git ignores are not in the source; in one that is not added yet they will be', () => {
  expect(secrets([], [])).toEqual(['amqp://…@mq.acme.io', 'SECRET_KEY'])
  expect(secrets(['mysite/secrets.py'], [])).toEqual(['amqp://…@mq.acme.io', 'SECRET_KEY'])
  expect(secrets([], ['mysite/secrets.py'])).toEqual([])
})

it('a key that is replaced below when a config var is set may be the one in use; a default is none', () => {
  const literals = (text: string) => {
    const listed = `${files['requirements.txt']}django-heroku==0.3.1\n`
    const app = appIn(memoryTree({ ...files, 'requirements.txt': listed, 'mysite/settings.py': text }))
    return literalSecrets(app).map(({ name, when = [] }) =>
      [name, ...when.map((one) => ('text' in one ? one.text.en : one.en))].join(' '),
    )
  }
  const written = "SECRET_KEY = 'v8Hs1kQz0pLw7eRt'\n"
  const usual = "BASE_DIR = '/app'\nDATABASES = {}\nMIDDLEWARE = []\n"
  const replaced = `import django_heroku\n${usual}${written}django_heroku.settings(locals())\n`
  expect(literals(written)).toEqual(['SECRET_KEY'])
  expect(literals(replaced)).toEqual(['SECRET_KEY SECRET_KEY is unset'])
  expect(literals("import os\nSECRET_KEY = os.environ.get('SECRET_KEY', 'v8Hs1kQz0pLw7eRt')\n")).toEqual([])
  expect(literals(`import os\n${written}SECRET_KEY = os.environ['KEY']\n`)).toEqual([])
})

describe('settings that are made of other settings', () => {
  const asgi = (module: string) =>
    `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${module}')\napplication = None\n`
  const literals = (module: string, more: Record<string, string>) => {
    const { 'mysite/settings.py': _, 'mysite/secrets.py': __, ...rest } = files
    const listed = `${files['requirements.txt']}django-heroku==0.3.1\n`
    const app = appIn(memoryTree({ ...rest, 'requirements.txt': listed, 'mysite/asgi.py': asgi(module), ...more }))
    return literalSecrets(app).map(({ name, at, when = [] }) =>
      [at.file, name, ...when.map((one) => ('text' in one ? one.text.en : one.en))].join(' '),
    )
  }
  const base = "SECRET_KEY = 'v8Hs1kQz0pLw7eRt'\nEMAIL_HOST_PASSWORD = 'nowhere-written-9'\nINSTALLED_APPS = []\n"
  const both = ['mysite/settings/base.py SECRET_KEY', 'mysite/settings/base.py EMAIL_HOST_PASSWORD']
  const folder = {
    'mysite/settings/__init__.py': '',
    'mysite/settings/base.py': base,
    'mysite/settings/production.py': 'from .base import *\nDEBUG = False\n',
    'mysite/settings/local.py': "from .base import *\nSECRET_KEY = 'another-9-local-key'\n",
  }

  it('hold the secrets of the module that they import', () => {
    expect(literals('mysite.settings.production', folder)).toEqual(both)
  })

  it('hold them through an import that falls back to another', () => {
    const either = 'try:\n\tfrom .private import *\nexcept ImportError:\n\tfrom .production import *\n'
    expect(literals('mysite.settings', { ...folder, 'mysite/settings/__init__.py': either })).toEqual(both)
  })

  it('hold a key that the base replaces when a config var is set', () => {
    const usual = "BASE_DIR = '/app'\nDATABASES = {}\nMIDDLEWARE = []\n"
    const replaced = `import django_heroku\n${usual}${base}django_heroku.settings(locals())\n`
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/base.py': replaced })).toEqual([
      'mysite/settings/base.py SECRET_KEY SECRET_KEY is unset',
      'mysite/settings/base.py EMAIL_HOST_PASSWORD',
    ])
  })

  it('are told where every module that could be chosen has them, and not where one replaces them', () => {
    const staging = 'from .base import *\n'
    const own = "from .base import *\nimport os\nSECRET_KEY = os.environ['SECRET_KEY']\n"
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/staging.py': staging })).toEqual(both)
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/staging.py': own })).toEqual([
      'mysite/settings/base.py EMAIL_HOST_PASSWORD',
    ])
    const old = { 'mysite/old_settings.py': "SECRET_KEY = 'yet-another-9-key'\n" }
    expect(literals('mysite.settings.production', { ...folder, ...old })).toEqual(both)
    const heroku = { 'mysite/settings.py': base, 'mysite/settings_heroku.py': own.replace('.base', '.settings') }
    expect(literals('mysite.settings', heroku)).toEqual(['mysite/settings.py EMAIL_HOST_PASSWORD'])
  })

  it('leave a default of one assignment to the config var', () => {
    const given = "import os\nSECRET_KEY = os.environ.get('SECRET_KEY', 'v8Hs1kQz0pLw7eRt')\nINSTALLED_APPS = []\n"
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/base.py': given })).toEqual([])
    const named = given
      .replace('SECRET_KEY =', "KEY = 'v8Hs1kQz0pLw7eRt'\nSECRET_KEY =")
      .replace("'v8Hs1kQz0pLw7eRt')", 'KEY)')
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/base.py': named })).toEqual([])
    const chosen = "import os\nSECRET_KEY = 'v8Hs1kQz0pLw7eRt' if not os.environ.get('KEY') else os.environ['KEY']\n"
    expect(literals('mysite.settings.production', { ...folder, 'mysite/settings/base.py': chosen })).toEqual([])
  })
})
