import { describe, expect, it } from 'vitest'
import { check } from '../../../src/check.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { today } from '../../support/app.ts'
import { filesBelow } from '../../support/trees.ts'

const base = Object.fromEntries(
  Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)
const settings = base['mysite/settings.py']
const release = 'release: python manage.py migrate --noinput\n'
const procfile = `${release}${base.Procfile}`

type Files = Readonly<Record<string, string>>

/** Errors, as `hop rule place message`, of the sound project with other files. */
function errors(files: Files): string[] {
  const tree = memoryTree({ ...base, ...files })
  const { report } = check({ tree, config: defaultConfig, today })
  return report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ hop, rule, at, message }) => `${hop} ${rule} ${at.file} ${message.en}`)
}

const missing = (name: string) => `${name} is not installed, but it is imported here`
const missingIn = {
  build: ': collectstatic ends with "ModuleNotFoundError", and the build with it',
  release: ': the release ends with "ModuleNotFoundError"',
}

describe('the start of Django', () => {
  it('finds nothing in a sound project, with and without a release', () => {
    expect(errors({})).toEqual([])
    expect(errors({ Procfile: procfile })).toEqual([])
  })

  const model = 'from django.db import models\nclass Room(models.Model):\n    name = models.CharField(max_length=9)\n'
  const config = (body: string) =>
    `from django.apps import AppConfig\nclass ChatConfig(AppConfig):\n    name = "chat"\n    def ready(self):\n${body}`
  const setting = (line: string) => ({ 'mysite/settings.py': `${settings}\n${line}\n` })
  const urls = (more: string) => ({ 'mysite/urls.py': `${base['mysite/urls.py']}\n${more}\n` })

  it.each<[string, Files, string[]]>([
    [
      'a package that only models import',
      { 'chat/models.py': `from PIL import Image\n${model}` },
      [`build deps/missing-package chat/models.py ${missing('Pillow')}${missingIn.build}`],
    ],
    [
      'a package behind ready()',
      { 'chat/apps.py': config('        from . import signals\n'), 'chat/signals.py': 'import stripe\n' },
      [`build deps/missing-package chat/signals.py ${missing('stripe')}${missingIn.build}`],
    ],
    ['a package that the admin module imports', { 'chat/admin.py': 'import import_export.admin\n' }, []],
    [
      'the celery app of the package itself',
      {
        'mysite/__init__.py': 'from .celery import app\n',
        'mysite/celery.py': 'from celery import Celery\napp = Celery("mysite")\n',
      },
      [`build deps/missing-package mysite/celery.py ${missing('celery')}${missingIn.build}`],
    ],
    [
      'a module of the project with the name of a package',
      { 'mysite/twilio.py': 'import twilio\n', ...urls('from mysite import twilio') },
      [`http deps/missing-package mysite/twilio.py ${missing('twilio')}`],
    ],
    [
      'a package that the URLconf imports',
      urls('import markdown'),
      [`http deps/missing-package mysite/urls.py ${missing('Markdown')}`],
    ],
    [
      'the same, looked at by the release',
      { ...urls('import markdown'), Procfile: procfile },
      [`release deps/missing-package mysite/urls.py ${missing('Markdown')}${missingIn.release}`],
    ],
    [
      'a package of a template tag',
      { 'chat/templatetags/__init__.py': '', 'chat/templatetags/md.py': 'import markdown\n', Procfile: procfile },
      [`release deps/missing-package chat/templatetags/md.py ${missing('Markdown')}${missingIn.release}`],
    ],
    [
      'models in the package of an app',
      { 'chat/__init__.py': 'from .models import Room\n', 'chat/models.py': model },
      [
        'build settings/apps-not-ready chat/__init__.py this reaches the model chat.models.Room while the apps of INSTALLED_APPS are still being imported: django.setup() ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
      ],
    ],
    [
      'the user model in apps.py',
      { 'chat/apps.py': `from django.contrib.auth.models import User\n${config('        pass\n')}` },
      [
        'build settings/apps-not-ready chat/apps.py this reaches the model django.contrib.auth.models while the apps of INSTALLED_APPS are still being imported: django.setup() ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
      ],
    ],
    [
      'a context processor that is not there',
      setting('TEMPLATES[0]["OPTIONS"]["context_processors"] += ["mysite.context.site"]'),
      [
        'http settings/dotted-path mysite/settings.py TEMPLATES names mysite.context.site, which the project does not have: a page that needs it ends with "ModuleNotFoundError: No module named \'mysite.context\'"',
      ],
    ],
    ['an include that is not there', urls('from django.urls import include\ninclude("api.urls")'), []],
    [
      'an include of a module that an app lacks',
      { ...urls('from django.urls import include\ninclude("chat.api.urls")'), Procfile: procfile },
      [
        "release settings/startup-crash mysite/urls.py importing the URLconf raises ModuleNotFoundError here on the dyno: No module named 'chat.api'; the process ends before it listens",
      ],
    ],
    [
      'a view that its module lacks',
      { 'chat/views.py': 'def home(request): ...\n', ...urls('from chat.views import index') },
      [
        "http settings/startup-crash mysite/urls.py importing the URLconf raises ImportError here on the dyno: cannot import name 'index' from 'chat.views' (chat/views.py); the process listens and answers every page with a 500",
      ],
    ],
    [
      'a middleware that its module lacks',
      { 'chat/middleware.py': '', ...setting('MIDDLEWARE += ["chat.middleware.Timing"]') },
      [
        'boot settings/dotted-path mysite/settings.py MIDDLEWARE names chat.middleware.Timing, which the project does not have: the process ends with "ImportError: Module "chat.middleware" does not define a "Timing" attribute/class"',
      ],
    ],
    [
      'an AppConfig that its module lacks',
      { 'chat/apps.py': '', ...setting('INSTALLED_APPS[-1] = "chat.apps.ChatConfig"') },
      [
        "build settings/dotted-path mysite/settings.py INSTALLED_APPS names chat.apps.ChatConfig, which the project does not have: the process ends with \"ImportError: Module 'chat.apps' does not contain a 'ChatConfig' class.\"",
      ],
    ],
    [
      'an app in a folder, by its wrong name',
      {
        'apps/__init__.py': '',
        'apps/shop/__init__.py': '',
        'apps/shop/apps.py': 'from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = "shop"\n',
        ...setting('INSTALLED_APPS.append("apps.shop")'),
      },
      [
        "build settings/dotted-path mysite/settings.py INSTALLED_APPS names apps.shop, which the project does not have: the process ends with \"ImproperlyConfigured: Cannot import 'shop'. Check that 'apps.shop.apps.ShopConfig.name' is correct.\"",
      ],
    ],
    [
      'a formatter of a package',
      setting('LOGGING = {"version": 1, "formatters": {"json": {"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}}}'),
      [`build deps/missing-package mysite/settings.py ${missing('python-json-logger')}${missingIn.build}`],
    ],
    [
      'a log file in a folder that git does not carry',
      setting(
        'LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR / "logs" / "debug.log"}}}',
      ),
      [
        "build settings/startup-crash mysite/settings.py importing what LOGGING names raises ValueError here on the dyno: Unable to configure handler 'file': [Errno 2] No such file or directory: '/app/logs/debug.log'; the process ends before it listens",
      ],
    ],
    ...['os.system("mkdir -p logs")', 'os.makedirs(BASE_DIR / "logs" / "old", exist_ok=True)'].map(
      (line): [string, Files, string[]] => [
        `a log file in a folder that the settings make: ${line}`,
        setting(
          `import os\n${line}\nLOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR / "logs" / "debug.log"}}}`,
        ),
        [],
      ],
    ),
    [
      'a log file in a folder of a server that somebody set up',
      setting(
        'LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": "/var/log/django/debug.log"}}}',
      ),
      [
        "build settings/startup-crash mysite/settings.py importing what LOGGING names raises ValueError here on the dyno: Unable to configure handler 'file': [Errno 2] No such file or directory: '/var/log/django/debug.log'; the process ends before it listens",
      ],
    ],
    [
      'a package of a command of the release',
      {
        'chat/management/__init__.py': '',
        'chat/management/commands/__init__.py': '',
        'chat/management/commands/seed.py': 'import faker\n',
        Procfile: `release: python manage.py seed\n${base.Procfile}`,
      },
      [`release deps/missing-package chat/management/commands/seed.py ${missing('Faker')}${missingIn.release}`],
    ],
    [
      'a name that Django has dropped',
      urls('from django.conf.urls import url'),
      [
        'http deps/removed-name mysite/urls.py django.conf.urls.url was removed in Django 4.0, and the build installs Django 5.2.17: this import raises ImportError',
      ],
    ],
    [
      'a module that Django has dropped, in the models',
      { 'chat/models.py': 'from django.utils import six\n' },
      [
        'build deps/removed-name chat/models.py django.utils.six was removed in Django 3.0, and the build installs Django 5.2.17: this import raises ImportError',
      ],
    ],
    [
      'a middleware that Django has dropped',
      setting('MIDDLEWARE += ["django.contrib.auth.middleware.SessionAuthenticationMiddleware"]'),
      [
        'boot deps/removed-name mysite/settings.py django.contrib.auth.middleware.SessionAuthenticationMiddleware was removed in Django 2.0, and the build installs Django 5.2.17: this import raises ImportError',
      ],
    ],
  ])('tells %s', (_, files, expected) => {
    expect(errors(files)).toEqual(expected)
  })

  it.each<[string, Files]>([
    ['a guarded import', urls('try:\n    import markdown\nexcept ImportError:\n    markdown = None')],
    ['an import for types', urls('from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import markdown')],
    ['an import in a function nobody calls', urls('def f():\n    import markdown')],
    ['an import for development', urls('from django.conf import settings\nif settings.DEBUG:\n    import markdown')],
    ['an import in a test', { 'chat/tests.py': 'import markdown\n' }],
    [
      'models behind ready()',
      { 'chat/models.py': model, 'chat/apps.py': config('        from .models import Room\n') },
    ],
    ['models in the ASGI module below the set-up', { 'chat/models.py': model }],
    [
      'a log file in a folder that the settings make',
      setting(
        '(BASE_DIR / "logs").mkdir(exist_ok=True)\nLOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR / "logs" / "debug.log"}}}',
      ),
    ],
    [
      'a log file in /tmp',
      setting(
        'LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": "/tmp/debug.log"}}}',
      ),
    ],
    [
      'a command that nobody runs',
      {
        'chat/management/__init__.py': '',
        'chat/management/commands/__init__.py': '',
        'chat/management/commands/seed.py': 'import faker\n',
      },
    ],
    [
      'a dropped name that the code does without',
      urls(
        'try:\n    from django.conf.urls import url\nexcept ImportError:\n    from django.urls import re_path as url',
      ),
    ],
    [
      'a circle of imports',
      {
        'chat/a.py': 'from chat.b import g\ndef f(): ...\n',
        'chat/b.py': 'from chat.a import f\ndef g(): ...\n',
        ...urls('import chat.a'),
      },
    ],
  ])('is silent about %s', (_, files) => {
    expect(errors(files)).toEqual([])
  })

  it('is silent about a dropped name that the installed version still has', () => {
    const older = { 'requirements.txt': 'Django==3.2.25\nchannels==3.0.5\nchannels-redis==3.4.1\ndaphne==3.0.2\n' }
    const found = (files: Files) => errors({ ...files, ...urls('from django.conf.urls import url') })
    expect(found(older).filter((line) => line.includes('removed-name'))).toEqual([])
    expect(found({}).filter((line) => line.includes('removed-name'))).toHaveLength(1)
  })

  it.each(['django.core.cache.backends.redis.RedisCache', 'django_redis.cache.RedisCache'])(
    'tells of a cache in Redis (%s) that is asked before anything is served',
    (backend) => {
      const cached = {
        ...setting(`CACHES = {"default": {"BACKEND": "${backend}", "LOCATION": REDIS_URL}}`),
        'requirements.txt': `${base['requirements.txt']}\ndjango-redis==6.0.0\n`,
      }
      const told = (file: string) =>
        `build settings/startup-crash ${file} importing the apps of INSTALLED_APPS asks Redis here, with \`django.core.cache.cache.clear()\`: whenever it does not answer, the process ends before it listens`
      const clear = 'from django.core.cache import cache\ncache.clear()\n'
      expect(errors({ ...cached, 'chat/models.py': clear })).toContain(told('chat/models.py'))
      const ready = config('        from django.core.cache import cache\n        cache.clear()\n')
      expect(errors({ ...cached, 'chat/apps.py': ready })).toContain(told('chat/apps.py'))
    },
  )

  it.each<[string, string, string[]]>([
    [
      'takes no arguments',
      'class Old:\n    def process_request(self, request):\n        pass\n',
      ['Old() takes no arguments'],
    ],
    [
      'is one of ASGI',
      'class Own:\n    def __init__(self, app):\n        pass\n    async def __call__(self, scope, receive, send):\n        pass\n',
      ["Own.__call__() missing 2 required positional arguments: 'receive' and 'send'"],
    ],
    [
      'wants more',
      'class Own:\n    def __init__(self, get_response, option):\n        pass\n    def __call__(self, request):\n        pass\n',
      ["Own.__init__() missing 1 required positional argument: 'option'"],
    ],
    [
      'cannot be called',
      'class Own:\n    def __init__(self, get_response):\n        pass\n',
      ["'Own' object is not callable"],
    ],
    [
      'is a coroutine that does not say so',
      'class Own:\n    def __init__(self, get_response):\n        pass\n    async def __call__(self, request):\n        pass\n',
      ["'coroutine' object has no attribute"],
    ],
    [
      'is a coroutine that says so',
      'class Own:\n    async_capable = True\n    def __init__(self, get_response):\n        pass\n    async def __call__(self, request):\n        pass\n',
      [],
    ],
    [
      'is sound',
      'class Own:\n    def __init__(self, get_response):\n        pass\n    def __call__(self, request, *more):\n        pass\n',
      [],
    ],
    [
      'says that it is not used',
      'from django.core.exceptions import MiddlewareNotUsed\nclass Own:\n    def __init__(self, get_response):\n        raise MiddlewareNotUsed\n',
      [],
    ],
    [
      'has Django’s base',
      'from django.utils.deprecation import MiddlewareMixin\nclass Own(MiddlewareMixin):\n    def process_request(self, request):\n        pass\n',
      [],
    ],
  ])('holds middleware to what Django gives it: %s', (_, code, said) => {
    const name = /class (\w+)/.exec(code)?.[1]
    const found = errors({ ...setting(`MIDDLEWARE.append("chat.own.${name}")`), 'chat/own.py': code })
    expect(found.map((line) => /TypeError[:»”"]*\s*(.*?)[»”"]?$/.exec(line)?.[1] ?? line).length).toBe(said.length)
    for (const one of said) expect(found.join()).toContain(one)
  })

  it('says ? of the hop at which a module is imported that nobody knows', () => {
    const states = (files: Files) => {
      const { report } = check({ tree: memoryTree({ ...base, ...files }), config: defaultConfig, today })
      return report.chain
        .filter(({ unknowns }) => unknowns.some(({ what }) => what.en === 'what brings the module hallucinate'))
        .map(({ hop, state }) => `${hop} ${state}`)
    }
    expect(states({ 'chat/models.py': 'import hallucinate\n' })).toEqual(['build undetermined'])
    expect(states(urls('import hallucinate'))).toEqual(['http undetermined'])
    const listed = { 'requirements.txt': `${base['requirements.txt']}\npython-hallucinate==1.0\n` }
    expect(states({ ...listed, ...urls('import hallucinate') })).toEqual([])
    expect(states(urls('try:\n    import hallucinate\nexcept ImportError:\n    pass'))).toEqual([])
  })
})
