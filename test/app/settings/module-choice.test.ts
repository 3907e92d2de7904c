import { describe, expect, it } from 'vitest'
import { appOf } from './support.ts'

const settings = {
  'mysite/settings.py': 'X = 1\n',
  'mysite/production.py': 'X = 2\n',
  'mysite/celery_settings.py': 'X = 3\n',
}

function chosen(files: Record<string, string>, env = {}) {
  const { choice, module } = appOf({ ...settings, ...files }, env).settings
  return { module: choice?.module, by: choice?.by, state: choice?.state, overridable: choice?.overridable, ran: module }
}

describe('the settings module of the web process', () => {
  it('is the default of asgi.py, which a config var would override', () => {
    expect(chosen({})).toEqual({
      module: 'mysite.settings',
      by: 'asgi',
      state: 'resolved',
      overridable: true,
      ran: 'mysite.settings',
    })
  })

  it('is what the config var says when it is known', () => {
    expect(chosen({}, { DJANGO_SETTINGS_MODULE: 'mysite.production' })).toMatchObject({
      module: 'mysite.production',
      by: 'config-var',
      overridable: false,
    })
  })

  it('is certain when the config var is known to be unset', () => {
    expect(chosen({}, { DJANGO_SETTINGS_MODULE: false })).toMatchObject({
      module: 'mysite.settings',
      overridable: false,
    })
  })

  it('is what the command says, against the config var', () => {
    const Procfile =
      'web: DJANGO_SETTINGS_MODULE=mysite.production daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'
    expect(chosen({ Procfile }, { DJANGO_SETTINGS_MODULE: 'mysite.settings' })).toMatchObject({
      module: 'mysite.production',
      by: 'process',
    })
  })

  it('is what a package sets before asgi.py gets to its own default', () => {
    const files = {
      'mysite/__init__.py': 'from .celery import app\n',
      'mysite/celery.py':
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.celery_settings')\napp = None\n",
    }
    expect(chosen(files)).toMatchObject({ module: 'mysite.celery_settings', by: 'package' })
  })

  it('is what asgi.py assigns, whatever the config var says', () => {
    const files = {
      'mysite/asgi.py': "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.production'\napplication = None\n",
    }
    expect(chosen(files)).toMatchObject({ module: 'mysite.production', overridable: false })
  })

  it('is the default of manage.py without a server to ask', () => {
    const files = {
      Procfile: 'web: ./run\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')\n",
      'mysite/asgi.py': '',
    }
    expect(chosen(files)).toMatchObject({ module: 'mysite.production', by: 'manage' })
  })

  it('is the default of manage.py when that is what web runs', () => {
    const files = {
      Procfile: 'web: python manage.py runserver 0.0.0.0:$PORT\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')\n",
    }
    expect(chosen(files)).toMatchObject({ module: 'mysite.production', by: 'manage' })
  })

  it('falls back on the production module of a package that is empty', () => {
    const files = {
      'mysite/settings/__init__.py': '',
      'mysite/settings/base.py': 'X = 1\n',
      'mysite/settings/prod.py': 'from .base import *\n',
    }
    expect(chosen(files)).toMatchObject({ module: 'mysite.settings', state: 'empty', ran: 'mysite.settings.prod' })
    expect(appOf({ ...settings, ...files }).settings.sure).toBe(false)
  })

  it('may carry a name that is no identifier', () => {
    const files = {
      'my-site/settings.py': 'X = 1\n',
      'mysite/asgi.py': "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'my-site.settings'\n",
    }
    expect(chosen(files)).toMatchObject({ module: 'my-site.settings', state: 'resolved' })
  })

  it('is found in the folder that asgi.py puts on sys.path', () => {
    const files = {
      Procfile: 'web: daphne -b 0.0.0.0 -p $PORT app.asgi:application\n',
      'app/__init__.py': '',
      'app/settings.py': 'X = 1\n',
      'app/asgi.py':
        "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n",
    }
    expect(chosen(files)).toMatchObject({ module: 'settings', state: 'resolved', ran: 'settings' })
  })

  it('is missing when no file of the project could be it', () => {
    const files = { 'mysite/asgi.py': "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.setings'\n" }
    expect(chosen(files)).toMatchObject({ module: 'mysite.setings', state: 'missing', ran: undefined })
  })
})
