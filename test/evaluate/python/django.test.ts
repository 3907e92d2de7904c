import { describe, expect, it } from 'vitest'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import type { Value } from '../../../src/evaluate/python/value.ts'
import { run, show } from './run.ts'

const installed = (name: string): 'installed' | 'absent' =>
  ['django', 'channels', 'celery', 'redis', 'rest_framework'].includes(name) ? 'installed' : 'absent'

const project = {
  'site/__init__.py': '',
  'site/settings.py': "DEBUG = False\nALLOWED_HOSTS = ['x.example']\nASGI_APPLICATION = 'site.asgi.application'",
  'site/asgi.py': [
    'import os',
    'from django.core.asgi import get_asgi_application',
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')",
    'django_asgi_app = get_asgi_application()',
    'from channels.auth import AuthMiddlewareStack',
    'from channels.routing import ProtocolTypeRouter, URLRouter',
    'import chat.routing',
    'application = ProtocolTypeRouter({',
    "    'http': django_asgi_app,",
    "    'websocket': AuthMiddlewareStack(URLRouter(chat.routing.websocket_urlpatterns)),",
    '})',
  ].join('\n'),
  'chat/__init__.py': '',
  'chat/routing.py': [
    'from django.urls import path, re_path',
    'from . import consumers',
    'websocket_urlpatterns = [',
    "    path('ws/<str:room>/', consumers.ChatConsumer.as_asgi()),",
    "    re_path(r'^ws/x/$', consumers.ChatConsumer.as_asgi(a=1)),",
    ']',
  ].join('\n'),
  'chat/consumers.py': [
    'import json',
    'from channels.generic.websocket import AsyncWebsocketConsumer',
    'from .models import Room',
    'class Base(AsyncWebsocketConsumer):',
    '    groups = ["all"]',
    'class ChatConsumer(Base):',
    '    async def connect(self):',
    '        await self.accept()',
  ].join('\n'),
  'chat/models.py': [
    'from django.db import models',
    'from django.conf import settings',
    'from django.contrib.auth import get_user_model',
    'User = get_user_model()',
    'class Room(models.Model):',
    '    name = models.CharField(max_length=20)',
    '    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)',
  ].join('\n'),
}

function asgi(files: Readonly<Record<string, string>> = project): Evaluation {
  return run(files, { module: 'site.asgi', packages: installed })
}

function firstValue(evaluation: Evaluation, name: string): Value | undefined {
  return evaluation.get(name)?.alternatives[0]?.value
}

describe('an ASGI module', () => {
  it('gives the application as a tree of calls', () => {
    expect(show(asgi(), 'application')).toBe(
      "channels.routing.ProtocolTypeRouter({'http': django.core.asgi.get_asgi_application(), 'websocket': " +
        'channels.auth.AuthMiddlewareStack(channels.routing.URLRouter([' +
        "django.urls.path('ws/<str:room>/', ChatConsumer.as_asgi()), " +
        "django.urls.re_path('^ws/x/$', ChatConsumer.as_asgi(a=1))]))})",
    )
  })

  it('keeps the consumer class behind as_asgi()', () => {
    const application = firstValue(asgi(), 'application')
    const pending: Value[] = application === undefined ? [] : [application]
    const classes: string[] = []
    while (pending.length > 0) {
      const value = pending.pop() as Value
      if (value.type === 'call') {
        if (value.callee.type === 'method' && value.callee.self.type === 'class') {
          classes.push(`${value.callee.self.module.name}.${value.callee.self.name}`)
          expect(value.callee.function).toMatchObject({
            type: 'external',
            path: 'channels.generic.websocket.AsyncWebsocketConsumer.as_asgi',
          })
        }
        pending.push(...value.args.positional)
      } else if (value.type === 'dict') pending.push(...value.entries.map((entry) => entry.value))
      else if (value.type === 'list') pending.push(...value.items)
    }
    expect(classes).toEqual(['chat.consumers.ChatConsumer', 'chat.consumers.ChatConsumer'])
  })

  it('records what happened in order, with the imports that led there', () => {
    const { events } = asgi().paths[0] ?? { events: [] }
    const shown = events.map((event) => {
      const where = event.chain.map((place) => place.file).join('>')
      switch (event.type) {
        case 'import':
          return `import ${event.module} ${event.from}${where && ` ${where}`}`
        case 'environ':
          return `${event.how} ${event.name}=${repr(event.value)} ${event.effective}`
        case 'call':
          return `call ${event.path}`
        case 'class':
          return `class ${event.name} ${event.bases.join()}`
        case 'assign':
          return `assign ${event.path}`
        case 'folder':
          return `folder ${event.path}`
        case 'setting':
          return `setting ${event.name}`
        case 'load':
          return `load ${event.file}`
        default:
          return event.type
      }
    })
    expect(shown).toEqual([
      'load site/__init__.py',
      'import site.asgi project',
      'load site/asgi.py',
      'import os external',
      'import django.core.asgi external',
      "setdefault DJANGO_SETTINGS_MODULE='site.settings' true",
      'call django.core.asgi.get_asgi_application',
      'import site.settings project',
      'load site/settings.py',
      'import channels.auth external',
      'import channels.routing external',
      'load chat/__init__.py',
      'import chat.routing project',
      'load chat/routing.py',
      'import django.urls external site/asgi.py',
      'import chat project site/asgi.py',
      'import chat.consumers project site/asgi.py',
      'load chat/consumers.py',
      'import json external site/asgi.py>chat/routing.py',
      'import channels.generic.websocket external site/asgi.py>chat/routing.py',
      'import chat.models project site/asgi.py>chat/routing.py',
      'load chat/models.py',
      'import django.db external site/asgi.py>chat/routing.py>chat/consumers.py',
      'import django.conf external site/asgi.py>chat/routing.py>chat/consumers.py',
      'import django.contrib.auth external site/asgi.py>chat/routing.py>chat/consumers.py',
      'call django.contrib.auth.get_user_model',
      'call django.db.models.CharField',
      'setting AUTH_USER_MODEL',
      'call django.db.models.ForeignKey',
      'class chat.models.Room django.db.models.Model',
      'class chat.consumers.Base channels.generic.websocket.AsyncWebsocketConsumer',
      'class chat.consumers.ChatConsumer channels.generic.websocket.AsyncWebsocketConsumer',
      'call channels.generic.websocket.AsyncWebsocketConsumer.as_asgi',
      'call django.urls.path',
      'call channels.generic.websocket.AsyncWebsocketConsumer.as_asgi',
      'call django.urls.re_path',
      'call channels.routing.URLRouter',
      'call channels.auth.AuthMiddlewareStack',
      'call channels.routing.ProtocolTypeRouter',
    ])
  })

  it('does not set a variable that is already set', () => {
    const evaluation = run(project, {
      module: 'site.asgi',
      packages: installed,
      env: { DJANGO_SETTINGS_MODULE: 'other.settings' },
    })
    expect(evaluation.certainCrash?.message).toBe("No module named 'other'")
  })

  it('raises when settings are used before the variable is set', () => {
    const files = { ...project, 'site/asgi.py': 'from chat.models import Room' }
    expect(asgi(files).certainCrash).toMatchObject({
      exception: 'ImproperlyConfigured',
      variable: 'DJANGO_SETTINGS_MODULE',
      at: { file: 'chat/models.py' },
    })
  })
})

describe('django.conf.settings', () => {
  const settings = (source: string): string =>
    show(
      run(
        { ...project, 'settings.py': `from django.conf import settings\n${source}` },
        { packages: installed, env: { DJANGO_SETTINGS_MODULE: 'site.settings' } },
      ),
      'X',
    )

  it.each([
    ['X = settings.ALLOWED_HOSTS', "['x.example']"],
    ['X = settings.LOGIN_URL', "'/accounts/login/'"],
    ['X = settings.USE_TZ', '<?>'],
    ["X = getattr(settings, 'CHANNEL_LAYERS', 'none')", "'none'"],
    ["X = hasattr(settings, 'MIDDLEWARE'), hasattr(settings, 'NOPE')", '(True, False)'],
    [
      'try:\n    X = settings.NOPE\nexcept AttributeError as e:\n    X = str(e)',
      "\"'Settings' object has no attribute 'NOPE'\"",
    ],
    ['settings.configure(DEBUG=True)\nX = settings.DEBUG', 'True'],
  ])('%s', (source, expected) => {
    expect(settings(source)).toBe(expected)
  })
})

describe('what is not modelled', () => {
  const shown = (source: string): string => show(run(source, { packages: () => 'installed' }), 'X')

  it.each([
    ['import a.b\nX = a.b.c', 'a.b.c'],
    ['import a\nX = a.f(1, k=2).g', 'a.f(1, k=2).g'],
    ['import a\nX = a.f()()', 'a.f()()'],
    ['import a\nX = a.f()[0]', '<?>'],
    ['import a\nX = [a.x, *a.y]', '[a.x, …]'],
    ["import a\nX = {'k': 1, **a.f()}", "{'k': 1, …}"],
    ["import a\nX = 'p' + a.version", '<?>'],
    ["import a\nX = f'{a.version}-x'", "'<settings.py:16>-x'"],
    ['import a\nX = 1 if a.x else 2', '2 when `a.x` is false | 1 when `a.x` is true'],
    ['import a\nX = a.x == 1', '<?>'],
    ['import a\nX = [1]\nfor i in a.f():\n    X.append(i)', '[1, …]'],
    ["import a\nX = {'k': 1}\nfor i in a.f():\n    X[i] = 1", "{'k': 1, …}"],
    ["import a\nX = {'k': 1}\nX[a.f()] = 2", "{'k': 1, …}"],
    ['import a\nX = 1\nwhile a.f():\n    X += 1', '<?>'],
    ['import a\nX = 1\nfor i in a.f():\n    if i:\n        X = 2', '<?>'],
    ['import a\n@a.deco\ndef X(): pass', 'a.deco(X)'],
    ['import a\n@a.deco\nclass X: pass', 'X'],
    ['import a\nclass C(a.B): pass\nX = C().anything', 'C().anything'],
    ['async def X(): pass\nX = X()', 'X()'],
    ['import a\nX = [1]\na.f(X)', '[1]'],
    ['import a\nX = a.f\nX.y = 3', 'a.f'],
    ['import a\nX = [i for i in [1, 2] if a.f(i)]', '[…]'],
    ['import a\ntry:\n    X = a.f()\nexcept a.Error:\n    X = 1', 'a.f()'],
    ['import a\nraise_it = a.E("m")\ntry:\n    raise raise_it\nexcept a.E:\n    X = 1', '1'],
  ])('%s', (source, expected) => {
    expect(shown(source)).toBe(expected)
  })
})
