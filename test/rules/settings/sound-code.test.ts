import { expect, it } from 'vitest'
import { loggedSecrets } from '../../../rules/app/secret-logged/logged.ts'
import { unlistedHost } from '../../../rules/settings/csrf-trusted-origins/unlisted.ts'
import { unsearched } from '../../../rules/settings/dotted-path/unsearched.ts'
import { unreadStorages } from '../../../rules/settings/removed-setting/unread-storages.ts'
import secretKey from '../../../rules/settings/secret-key/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../support/app.ts'

const asgi = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
`

const project = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.3\n',
  'mysite/__init__.py': '',
  'mysite/asgi.py': asgi,
}

const inFolder = {
  ...project,
  'manage.py': `import os, sys
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
sys.path.append('apps')
`,
  'apps/chat/__init__.py': '',
  'mysite/settings.py': "INSTALLED_APPS = ['chat']\n",
}

it('tells an app that manage.py alone finds', () => {
  expect(unsearched(appOf(inFolder))).toMatchObject([{ name: 'chat', folder: 'apps' }])
})

it.each<[string, Record<string, string>]>([
  ['a script of the shell', { '.profile.d/path.sh': 'export PYTHONPATH=/app/apps:$PYTHONPATH\n' }],
  ['a module that Python imports', { 'sitecustomize.py': "import sys\nsys.path.append('/app/apps')\n" }],
  [
    'a module of the project',
    {
      'mysite/paths.py': "import site\n\n\ndef setup():\n    site.addsitedir('/app/apps')\n",
      'mysite/settings.py': "from .paths import setup\n\nsetup()\nINSTALLED_APPS = ['chat']\n",
    },
  ],
  ['the configuration of the server', { 'gunicorn.conf.py': "import sys\nsys.path.insert(0, 'apps')\n" }],
  ['an installation by setup.py', { 'apps/setup.py': "from setuptools import setup\nsetup(name='apps')\n" }],
  ['an installation of the project', { 'pyproject.toml': "[build-system]\nrequires = ['hatchling']\n" }],
  ['an editable installation', { 'requirements.txt': `${project['requirements.txt']}-e .\n` }],
  ['an installation of a folder', { 'requirements.txt': `${project['requirements.txt']}./apps\n` }],
  [
    'an installation by Poetry',
    { 'pyproject.toml': "[tool.poetry]\npackages = [{ include = 'chat', from = 'apps' }]\n" },
  ],
])('may be found through %s', (_, files) => {
  expect(unsearched(appOf({ ...inFolder, ...files }))).toEqual([])
})

const kinds = (settings: string) =>
  loggedSecrets(appOf({ ...project, 'mysite/settings.py': `import os\n${settings}\n` })).map(({ kind }) => kind)

it('tells a copy of the environment that is logged as it is', () => {
  expect(kinds('env = dict(os.environ)\nprint(env)')).toEqual(['environment'])
  expect(kinds("print({**os.environ, 'NAME': 'x'})")).toEqual(['environment'])
})

it.each([
  "env = dict(os.environ)\nfor k in list(env):\n    if 'KEY' in k or 'URL' in k:\n        env[k] = '***'\nprint(env)",
  "env = dict(os.environ)\nfor k in env:\n    env[k] = '***'\nprint(env)",
  "env = {**os.environ}\nfor k in list(env):\n    if 'KEY' in k:\n        env.pop(k)\nprint(env)",
  "env = os.environ.copy()\nenv.update({k: '***' for k in env if 'KEY' in k})\nprint(env)",
  "env = {**os.environ, **{k: '***' for k in os.environ if 'KEY' in k}}\nprint(env)",
  "env = dict(os.environ)\ndel env['DATABASE_URL'], env['REDIS_URL']\nprint(env)",
])('leaves a copy of the environment that was changed: %s', (settings) => {
  expect(kinds(settings)).not.toContain('environment')
})

const stored = (models: string, settings = "DEFAULT_FILE_STORAGE = 'storages.backends.s3.S3Storage'", app = 'chat') =>
  unreadStorages(
    appOf({
      ...project,
      'mysite/settings.py': `import os\nINSTALLED_APPS = ['chat']\n${settings}\n`,
      'chat/__init__.py': '',
      [`${app}/__init__.py`]: '',
      [`${app}/models.py`]: `from django.db import models\n\n\nclass File(models.Model):\n    file = ${models}\n`,
    }),
  ).length

it('tells fields whose files go to the disk', () => {
  expect(stored('models.FileField()')).toBe(1)
})

it('leaves fields that name their storage, those of no installed app, and storages of Django itself', () => {
  expect(stored("models.FileField('file', 'file', 'files/', cloud)")).toBe(0)
  expect(stored('models.FileField(*options)')).toBe(0)
  expect(stored('models.FileField()', undefined, 'old')).toBe(0)
  const inMemory = "if os.environ.get('LOCAL'):\n    DEFAULT_FILE_STORAGE = 'django.core.files.storage.InMemoryStorage'"
  expect(stored('models.FileField()', inMemory)).toBe(0)
  expect(
    stored('models.FileField()', "DEFAULT_FILE_STORAGE = 'django.core.files.storage.filesystem.FileSystemStorage'"),
  ).toBe(0)
})

it('leaves a key that the module writes to a file of its own', () => {
  const made = `from django.core.management.utils import get_random_secret_key
MIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware']
try:
    from mysite.key import SECRET_KEY
except ImportError:
    SECRET_KEY = get_random_secret_key()
`
  const kept = `${made}    with open('mysite/key.py', 'w') as file:\n        file.write(f'SECRET_KEY = {SECRET_KEY!r}')\n`
  const findings = (settings: string) =>
    run(appOf({ ...project, 'mysite/settings.py': settings }), [secretKey], defaultConfig).findings.length
  expect(findings(made)).toBe(1)
  expect(findings(kept)).toBe(0)
})

/** Whether the host is told, and what could not be told instead. */
function refused(body: string): { told: boolean; untold: readonly string[] } {
  const app = appOf({
    ...project,
    'mysite/urls.py':
      "from django.contrib import admin\nfrom django.urls import path\nurlpatterns = [path('admin/', admin.site.urls)]\n",
    'mysite/middleware.py': `def middleware(get_response):\n    def inner(request):\n        ${body}\n        return get_response(request)\n    return inner\n`,
    'mysite/settings.py': `SECRET_KEY = 'a'
INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.auth', 'django.contrib.contenttypes']
MIDDLEWARE = ['mysite.middleware.middleware', 'django.middleware.csrf.CsrfViewMiddleware']
ROOT_URLCONF = 'mysite.urls'
ALLOWED_HOSTS = ['chat-1.herokuapp.com']
CSRF_TRUSTED_ORIGINS = ['https://www.example.com']
`,
  })
  let told = false
  const untold = app.inquiry.during(() => {
    told = unlistedHost(app) !== undefined
  })
  return { told, untold: untold.map(({ what }) => what.en) }
}

it('tells a host that is not trusted', () => {
  expect(refused('pass')).toEqual({ told: true, untold: [] })
})

it.each([
  ["request.META['wsgi.url_scheme'] = 'https'", 'whether Django sees https'],
  ["request.scope['scheme'] = 'https'", 'whether Django sees https'],
  ["request._get_scheme = lambda: 'https'", 'whether Django sees https'],
  ['request._dont_enforce_csrf_checks = True', 'whether Django checks the Origin of a POST'],
  ["setattr(request, '_dont_enforce_csrf_checks', True)", 'whether Django checks the Origin of a POST'],
])('puts on record that a middleware may change the requests of a host: %s', (body, question) => {
  expect(refused(body)).toEqual({ told: false, untold: [question] })
})
