import { expect, it } from 'vitest'
import { reachesConsole, rootOf } from '../../../../rules/app/secret-logged/console.ts'
import { loggedSecrets } from '../../../../rules/app/secret-logged/logged.ts'
import { appOf } from '../../../support/app.ts'

const levels = { debug: 10, info: 20, warning: 30 }

/** What CPython 3.13 wrote to its console after `dictConfig(LOGGING)`, `getLogger(name)` and a call at the level. */
const seen: readonly (readonly [name: string, level: keyof typeof levels, logging: string, written: boolean])[] = [
  ['chat', 'warning', '', true],
  ['chat', 'info', '', false],
  ['chat.apps', 'warning', "LOGGING = {'version': 1}", true],
  [
    'chat.apps',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'loggers': {'chat': {'handlers': ['console'], 'level': 'INFO'}}}",
    true,
  ],
  [
    'shop.apps',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'loggers': {'chat': {'handlers': ['console'], 'level': 'INFO'}}}",
    false,
  ],
  [
    'chat',
    'debug',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'loggers': {'chat': {'handlers': ['console'], 'level': 'INFO'}}}",
    false,
  ],
  [
    'shop.apps',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'root': {'handlers': ['console'], 'level': 'INFO'}}",
    true,
  ],
  [
    'shop.apps',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'root': {'handlers': ['console'], 'level': 'INFO'}, 'loggers': {'shop': {'level': 'ERROR'}}}",
    false,
  ],
  [
    'shop.apps',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'root': {'handlers': ['console'], 'level': 'INFO'}, 'loggers': {'shop': {'level': 'DEBUG', 'propagate': False}}}",
    false,
  ],
  [
    'shop.apps',
    'warning',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'root': {'handlers': ['console'], 'level': 'INFO'}, 'loggers': {'shop': {'level': 'DEBUG', 'propagate': False}}}",
    true,
  ],
  [
    'shop',
    'info',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'root': {'handlers': ['console'], 'level': 'ERROR'}, 'loggers': {'shop': {'level': 'DEBUG'}}}",
    true,
  ],
  [
    'shop',
    'warning',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler', 'level': 'ERROR'}}, 'root': {'handlers': ['console'], 'level': 'INFO'}}",
    false,
  ],
  [
    'shop',
    'warning',
    "LOGGING = {'version': 1, 'handlers': {'file': {'class': 'logging.NullHandler'}}, 'root': {'handlers': ['file'], 'level': 'INFO'}}",
    false,
  ],
  [
    'shop',
    'debug',
    "LOGGING = {'version': 1, 'handlers': {'console': {'class': 'logging.StreamHandler'}}, 'loggers': {'': {'handlers': ['console'], 'level': 'DEBUG'}}}",
    true,
  ],
]

it.each(seen)('%s at %s under %s', (name, level, logging, written) => {
  const app = appOf({ 'mysite/settings.py': `${logging}\nINSTALLED_APPS = []\n`, 'manage.py': manage })
  const configuration = app.settings.get('LOGGING')?.alternatives[0]?.value
  expect(configuration === undefined).toBe(logging === '')
  expect(reachesConsole(name, levels[level], configuration, rootOf(undefined))).toBe(written)
})

const manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n"

/** `NAME` or `NAME.password` of what these lines of the settings write. */
function writtenBy(lines: string, web = 'uvicorn mysite.asgi:application'): string[] {
  const settings = `import logging, os, pprint, sys\n${lines}\nINSTALLED_APPS = []\n`
  const files = {
    'mysite/settings.py': settings,
    'manage.py': manage,
    'app.json': '{"addons": ["heroku-redis"]}',
    Procfile: `web: ${web}\n`,
  }
  return loggedSecrets(appOf(files)).map(({ variable, kind }) =>
    kind === 'password' ? `${variable}.password` : variable,
  )
}

it.each([
  ["print(os.environ['REDIS_URL'])", ['REDIS_URL.password']],
  ["print(os.environ['REDIS_URL'], file=sys.stderr)", ['REDIS_URL.password']],
  ["print(os.environ['REDIS_URL'], file=open('x', 'w'))", []],
  ["print({'a': [('b', os.environ['REDIS_URL'])]})", ['REDIS_URL.password']],
  ["pprint.pprint({'a': os.environ['REDIS_URL']})", ['REDIS_URL.password']],
  ["sys.stdout.write(os.environ['REDIS_URL'])", ['REDIS_URL.password']],
  ["logging.getLogger('x').error(os.environ['REDIS_URL'])", ['REDIS_URL.password']],
  ["logging.getLogger('x').info(os.environ['REDIS_URL'])", []],
  ["print(os.environ['REDIS_URL'][:8])", []],
  ["print(os.environ['STRIPE_SECRET_KEY'])", ['STRIPE_SECRET_KEY']],
  ["print(os.environ['PUBLIC_NAME'])", []],
  ["print('x', 'y')", []],
])('%s', (line, expected) => {
  expect(writtenBy(line)).toEqual(expected)
})

/** What daphne 4.1.2 does with its root logger before it imports the application, seen in its output. */
it.each([
  ['daphne mysite.asgi:application', 'info', true],
  ['daphne mysite.asgi:application', 'debug', false],
  ['daphne -v 0 mysite.asgi:application', 'info', false],
  ['daphne -v2 mysite.asgi:application', 'debug', true],
  ['daphne $OPTIONS mysite.asgi:application', 'info', false],
  ['gunicorn -k uvicorn.workers.UvicornWorker mysite.asgi', 'info', false],
])('%s writes %s: %s', (web, level, written) => {
  const line = `logging.getLogger('chat').${level}(os.environ['REDIS_URL'])`
  expect(writtenBy(line, web)).toEqual(written ? ['REDIS_URL.password'] : [])
})

it('LOGGING is not in force while the settings are imported', () => {
  const shown =
    "LOGGING = {'handlers': {'c': {'class': 'logging.StreamHandler'}}, 'root': {'level': 'INFO', 'handlers': ['c']}}\n"
  expect(writtenBy(`${shown}logging.getLogger('chat').info(os.environ['REDIS_URL'])`)).toEqual([])
  expect(writtenBy(`${shown}logging.getLogger('chat').warning(os.environ['REDIS_URL'])`)).toEqual([
    'REDIS_URL.password',
  ])
})

const console = "'handlers': {'c': {'class': 'logging.StreamHandler'}}"
const warned = "logging.getLogger('chat').warning('%s', os.environ['REDIS_URL'])"

it.each([
  [warned, ['REDIS_URL.password']],
  [`logging.basicConfig(filename='x', level=logging.ERROR)\n${warned}`, []],
  [`logging.disable(logging.CRITICAL)\n${warned}`, []],
  [`logging.getLogger('chat').setLevel(logging.ERROR)\n${warned}`, []],
  [`logging.getLogger('chat').propagate = False\n${warned}`, []],
  [`import logging.config\nLOGGING_CONFIG = None\nlogging.config.dictConfig({'version': 1})\n${warned}`, []],
  [`LOGGING = {${console}, 'loggers': {'chat': {'handlers': ['c'], 'filters': ['redact']}}}\n${warned}`, []],
  [
    `LOGGING = {'handlers': {'c': {'class': 'logging.StreamHandler', 'formatter': 'f'}}, 'formatters': {'f': {'()': 'chat.Redacting'}}, 'root': {'handlers': ['c']}}\n${warned}`,
    [],
  ],
  ["logging.getLogger('django.request').warning(os.environ['REDIS_URL'])", []],
  ["logging.getLogger('chat').warning('ready', extra={'url': os.environ['REDIS_URL']})", []],
  ["print('ready', end=os.environ['REDIS_URL'])", []],
  ["print(os.environ.get('SENTRY_DSN', ''), os.environ.get('GITHUB_TOKEN', ''))", []],
  ["print(os.environ['GITHUB_TOKEN'])", ['GITHUB_TOKEN']],
  ["print(os.environ['TOKEN_LIMIT'], os.environ['STRIPE_PUBLISHABLE_KEY'], os.environ['PASSWORDLESS_LOGIN'])", []],
])('what code does to its loggers, and what is none of their text: %s', (line, expected) => {
  expect(writtenBy(line)).toEqual(expected)
})

it('what the build alone prints goes to no log of the app', () => {
  expect(writtenBy("if 'DYNO' not in os.environ:\n    print('local', os.environ['REDIS_URL'])")).toEqual([])
  expect(writtenBy("if 'DYNO' in os.environ:\n    print('dyno', os.environ['REDIS_URL'])")).toEqual([
    'REDIS_URL.password',
  ])
})

it.each([
  ['print(os.environ)', 'environment'],
  ['print(dict(os.environ))', 'environment'],
  ['pprint(os.environ)', 'environment'],
  ['print(os.environ.copy())', 'environment'],
  ["print(f'started with {os.environ}')", 'environment'],
  ["print('started with %s' % os.environ)", 'environment'],
  ['print(sorted(os.environ))', undefined],
  ['print(list(os.environ.keys()))', undefined],
  ['for name in os.environ:\n    print(name)', undefined],
  ["print({name: value for name, value in os.environ.items() if name.startswith('HEROKU_')})", undefined],
  ["print({name: value for name, value in dict(os.environ).items() if name.startswith('HEROKU_')})", undefined],
  ['print(dict(os.environ).keys())', undefined],
  ['print(list(dict(os.environ)))', undefined],
  ["print(dict(os.environ)['DYNO'])", undefined],
  ["print([name for name in os.environ if name.startswith('HEROKU_')])", undefined],
  ["for name, value in os.environ.items():\n    if name.startswith('DYNO'):\n        print(name, value)", undefined],
  ["print(os.environ.get('DYNO'))", undefined],
  ['print(len(os.environ))', undefined],
  ["print({**os.environ, 'A': 'b'})", 'environment'],
])('%s: %s', (code, kind) => {
  const app = appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': 'Django==5.2.17\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/__init__.py': '',
    'mysite/settings.py': `import os\nfrom pprint import pprint\nSECRET_KEY = os.environ['SECRET_KEY']\n${code}\n`,
  })
  expect(loggedSecrets(app).map((one) => one.kind)[0]).toBe(kind)
})

it.each([
  ['print(SafeExceptionReporterFilter().get_safe_settings())', true],
  ['print(get_default_exception_reporter_filter().get_safe_settings())', true],
  ["print(SafeExceptionReporterFilter().get_safe_settings()['CHANNEL_LAYERS'])", true],
  ["print(SafeExceptionReporterFilter().get_safe_settings()['CACHE_KEY_URL'])", false],
  ["print(SafeExceptionReporterFilter().get_safe_settings()['DEBUG'])", false],
  ['print({name: getattr(settings, name) for name in dir(settings) if name.isupper()})', true],
  [
    'for name in dir(settings):\n            if name.isupper():\n                print(name, getattr(settings, name))',
    true,
  ],
  ['print(dir(settings))', false],
  ['print(settings)', false],
])('%s: %s', (code, isTold) => {
  const app = appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/__init__.py': '',
    'mysite/asgi.py':
      "import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\napplication = get_asgi_application()\n",
    'mysite/settings.py':
      "import os\nDEBUG = False\nINSTALLED_APPS = ['shop.apps.ShopConfig']\nCACHE_KEY_URL = os.environ['REDIS_URL']\nCHANNEL_LAYERS = {'default': {'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL']}]}}}\n",
    'shop/__init__.py': '',
    'shop/apps.py': `from django.apps import AppConfig
from django.conf import settings
from django.views.debug import SafeExceptionReporterFilter, get_default_exception_reporter_filter


class ShopConfig(AppConfig):
    name = 'shop'

    def ready(self):
        ${code}
`,
  })
  expect(loggedSecrets(app).some(({ kind, variable }) => kind === 'password' && variable === 'REDIS_URL')).toBe(isTold)
})
