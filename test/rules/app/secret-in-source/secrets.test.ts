import { expect, it } from 'vitest'
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
    return literalSecrets(app).map(({ name, when = [] }) => [name, ...when.map((one) => one.text.en)].join(' '))
  }
  const written = "SECRET_KEY = 'v8Hs1kQz0pLw7eRt'\n"
  const usual = "BASE_DIR = '/app'\nDATABASES = {}\nMIDDLEWARE = []\n"
  const replaced = `import django_heroku\n${usual}${written}django_heroku.settings(locals())\n`
  expect(literals(written)).toEqual(['SECRET_KEY'])
  expect(literals(replaced)).toEqual(['SECRET_KEY SECRET_KEY is unset'])
  expect(literals("import os\nSECRET_KEY = os.environ.get('SECRET_KEY', 'v8Hs1kQz0pLw7eRt')\n")).toEqual([])
  expect(literals(`import os\n${written}SECRET_KEY = os.environ['KEY']\n`)).toEqual([])
})
