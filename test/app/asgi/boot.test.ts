import { describe, expect, it } from 'vitest'
import { earlyImport, lateSettings, missingSetup } from '../../../src/app/asgi/import-order.ts'
import { project, textAt } from './support.ts'

const name = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n"
const setup = 'from django.core.asgi import get_asgi_application\nasgi_app = get_asgi_application()\n'
const serve =
  "from channels.routing import ProtocolTypeRouter, URLRouter\nfrom chat.routing import websocket_urlpatterns\napplication = ProtocolTypeRouter({'http': asgi_app, 'websocket': URLRouter(websocket_urlpatterns)})\n"
const models = { 'chat/models.py': 'from django.db import models\nclass Room(models.Model):\n    pass\n' }
const withModels = {
  ...models,
  'chat/consumers.py':
    'from channels.generic.websocket import WebsocketConsumer\nfrom .models import Room\nclass ChatConsumer(WebsocketConsumer): pass\n',
}

function early(asgi: string, files: Record<string, string> = {}) {
  const app = project({ 'mysite/asgi.py': asgi, ...files })
  const found = earlyImport(app)
  return found && [textAt(app, found.at), found.use.name, ...found.chain.map((place) => place.file)]
}

describe('models before the app registry is ready', () => {
  it('are found through the imports that reach them', () => {
    expect(early(`${name}from chat.routing import websocket_urlpatterns\n${setup}${serve}`, withModels)).toEqual([
      'from chat.routing import websocket_urlpatterns',
      'chat.models.Room',
      'chat/routing.py',
      'chat/consumers.py',
      'chat/models.py',
    ])
    expect(early(`${name}from chat.models import Room\n${setup}${serve}`, models)).toEqual([
      'from chat.models import Room',
      'chat.models.Room',
      'chat/models.py',
    ])
  })

  it('count when they are of Django, of an installed app, abstract or asked for', () => {
    expect(early(`${name}from django.contrib.auth.models import User\n${setup}${serve}`)?.[1]).toBe(
      'django.contrib.auth.models',
    )
    expect(early(`${name}from rest_framework.authtoken.models import Token\n${setup}${serve}`)?.[1]).toBe(
      'rest_framework.authtoken.models',
    )
    expect(
      early(`${name}from django.contrib.auth import get_user_model\nUser = get_user_model()\n${setup}${serve}`)?.[1],
    ).toBe('get_user_model()')
    expect(
      early(`${name}from chat.base import Base\n${setup}${serve}`, {
        'chat/base.py':
          'from django.db import models\nclass Base(models.Model):\n    class Meta:\n        abstract = True\n',
      })?.[1],
    ).toBe('chat.base.Base')
  })

  it('do not count when nothing is wrong', () => {
    expect(early(name + setup + serve, withModels)).toBeUndefined()
    expect(
      early(
        `${name}from channels.auth import AuthMiddlewareStack\nfrom django.db import models\nfrom django.contrib.auth import get_user_model\nfrom requests.models import Response\n${setup}${serve}`,
      ),
    ).toBeUndefined()
    expect(
      early(`${name}import django\ndjango.setup()\nfrom chat.models import Room\n${setup}${serve}`, models),
    ).toBeUndefined()
    expect(early(`${name}if False:\n    from chat.models import Room\n${setup}${serve}`, models)).toBeUndefined()
  })

  it('may depend on the environment', () => {
    const app = project({
      'mysite/asgi.py': `${name}if os.environ.get('EARLY'):\n    from chat.models import Room\n${setup}${serve}`,
      ...models,
    })
    expect(earlyImport(app)?.when.map(({ text }) => text.en)).toEqual(['EARLY is set'])
  })
})

describe('the edit that moves imports', () => {
  const moved = (asgi: string, files: Record<string, string>) => {
    const app = project({ 'mysite/asgi.py': asgi, ...files })
    const edits = earlyImport(app)?.edits
    const file = app.tree.read('mysite/asgi.py')
    if (edits === undefined || typeof file === 'string') return undefined
    return [...edits]
      .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
      .reduce((text, { span, text: by }) => text.slice(0, span.start) + by + text.slice(span.end), file.text)
  }

  it('puts them below the call', () => {
    expect(
      moved(
        `${name}from chat.models import Room  # rooms\nfrom django.core.asgi import get_asgi_application\nasgi_app = get_asgi_application()\nx = 1\n`,
        models,
      ),
    ).toBe(
      `${name}from django.core.asgi import get_asgi_application\nasgi_app = get_asgi_application()\n\nfrom chat.models import Room  # rooms\nx = 1\n`,
    )
  })

  it('makes the call a statement of its own when it stands in the router', () => {
    const asgi = `${name}from channels.routing import ProtocolTypeRouter\nfrom django.core.asgi import get_asgi_application\nfrom chat.models import Room\napplication = ProtocolTypeRouter({'http': get_asgi_application()})\n`
    expect(moved(asgi, models)).toBe(
      `${name}from channels.routing import ProtocolTypeRouter\nfrom django.core.asgi import get_asgi_application\ndjango_asgi_app = get_asgi_application()\n\nfrom chat.models import Room\n\napplication = ProtocolTypeRouter({'http': django_asgi_app})\n`,
    )
  })

  it('asks sorters of imports to leave them there', () => {
    expect(
      moved(`${name}from chat.models import Room\n${setup}`, { ...models, 'pyproject.toml': '[tool.isort]\n' }),
    ).toContain('from chat.models import Room  # noqa: E402 isort:skip')
  })

  it('is not offered when something above uses the import', () => {
    expect(moved(`${name}from chat.models import Room\nroom = Room\n${setup}`, models)).toBeUndefined()
    expect(moved(`${name}import sys; from chat.models import Room\n${setup}`, models)).toBeUndefined()
  })
})

describe('the settings', () => {
  const late = (asgi: string, files: Record<string, string> = {}) => {
    const app = project({ 'mysite/asgi.py': asgi, ...files })
    const found = lateSettings(app)
    return found && [textAt(app, found.at), found.what]
  }

  it('are needed before they are named', () => {
    expect(late(`${setup}${name}${serve}`)).toEqual(["'mysite.settings'", 'get_asgi_application()'])
    expect(late(`import django\ndjango.setup()\n${setup}${serve}`)).toEqual(['django.setup()', 'setup()'])
    expect(late(`from django.conf import settings\nlive = settings.DEBUG\n${name}${setup}${serve}`)).toEqual([
      "'mysite.settings'",
      'settings.DEBUG',
    ])
  })

  it('are named in time', () => {
    expect(late(`from channels.routing import URLRouter\n${name}${setup}${serve}`)).toBeUndefined()
    expect(late(setup + serve, { 'mysite/__init__.py': name })).toBeUndefined()
    expect(
      late(setup + serve, { Procfile: 'web: DJANGO_SETTINGS_MODULE=mysite.settings daphne mysite.asgi:application\n' }),
    ).toBeUndefined()
  })

  it('leave the report to an early import that is also too early for them', () => {
    expect(late(`from chat.models import Room\n${name}${setup}${serve}`, models)).toBeUndefined()
  })
})

describe('no call that sets Django up', () => {
  const missing = (asgi: string, files: Record<string, string> = {}) => {
    const app = project({ 'mysite/asgi.py': asgi, ...files })
    const found = missingSetup(app)
    return found && [textAt(app, found.at), found.use?.name]
  }
  const bare = serve.replace("'http': asgi_app, ", '')

  it('is found with and without models', () => {
    expect(missing(name + bare)).toEqual(['application', undefined])
    expect(missing(name + bare, withModels)).toEqual([
      'from chat.routing import websocket_urlpatterns',
      'chat.models.Room',
    ])
  })

  it('is not claimed when something may make it', () => {
    expect(missing(name + setup + serve)).toBeUndefined()
    expect(
      missing(
        `${name}from django.core.management import execute_from_command_line\nexecute_from_command_line(['manage.py', 'check'])\n${bare}`,
      ),
    ).toBeUndefined()
    expect(missing(`${name}from rest_framework import live\n${serve.replace('asgi_app', 'live.app')}`)).toBeUndefined()
  })
})
