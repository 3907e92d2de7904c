import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { appIn } from '../support/app.ts'

const daphne = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'
const channels3 = 'Django==4.2.16\nchannels==3.0.5\ndaphne==3.0.2\n'
const https = "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n"
const csrf = "MIDDLEWARE = ['django.middleware.csrf.CsrfViewMiddleware']\n"

const settings = `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
`
const sound: Readonly<Record<string, string>> = {
  Procfile: daphne,
  'requirements.txt':
    'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\ngunicorn==23.0.0\ngranian==2.5.7\nuvicorn==0.38.0\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': settings,
  'mysite/asgi.py': `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()
from channels.routing import ProtocolTypeRouter, URLRouter
from chat.routing import websocket_urlpatterns
application = ProtocolTypeRouter({'http': django_application, 'websocket': URLRouter(websocket_urlpatterns)})
`,
  'mysite/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
  'chat/__init__.py': '',
  'chat/routing.py': `from django.urls import path, re_path
from .consumers import ChatConsumer
websocket_urlpatterns = [path('ws/chat/<slug:room>/', ChatConsumer.as_asgi())]
`,
  'chat/consumers.py':
    'from channels.generic.websocket import WebsocketConsumer\nclass ChatConsumer(WebsocketConsumer):\n    pass\n',
}

/** `hop severity` of every finding of one rule. */
function said(id: string, files: Readonly<Record<string, string>>): string[] {
  const app = appIn(memoryTree({ ...sound, ...files }))
  const { findings } = run(
    app,
    rules.filter((rule) => rule.id === id),
    defaultConfig,
  )
  return findings.map(({ hop, severity }) => `${hop} ${severity}`)
}

describe('procfile/wsgi-server', () => {
  const web = (command: string) => said('procfile/wsgi-server', { Procfile: `web: ${command}\n` })

  it('is about the handshake where pages come', () => {
    expect(web('gunicorn mysite.wsgi')).toEqual(['handshake error'])
    expect(web('granian --interface wsgi --host 0.0.0.0 --port $PORT mysite.wsgi:application')).toEqual([
      'handshake error',
    ])
  })

  it('is about the page where server and application speak past each other', () => {
    expect(web('gunicorn mysite.asgi')).toEqual(['http error'])
    expect(web('uvicorn mysite.wsgi:application --host 0.0.0.0 --port $PORT')).toEqual(['http error'])
    expect(web('granian --host 0.0.0.0 --port $PORT mysite.asgi:application')).toEqual(['http error'])
  })
})

describe('settings/asgi-application', () => {
  const id = 'settings/asgi-application'
  const wrong = { 'mysite/settings.py': settings.replace('mysite.asgi.application', 'mysite.routing.application') }

  it('is an info where nobody on the dyno reads the setting', () => {
    expect(said(id, wrong)).toEqual(['handshake info'])
  })

  it('is an error where the served module asks for the default application', () => {
    const asgi = `import django, os
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()
from channels.routing import get_default_application
application = get_default_application()
`
    expect(said(id, { ...wrong, 'mysite/asgi.py': asgi })).toEqual(['boot error'])
  })

  it('is an error for a worker of channels', () => {
    expect(said(id, { ...wrong, Procfile: `${daphne}worker: python manage.py runworker images\n` })).toEqual([
      'message error',
    ])
  })
})

describe('settings/csrf-trusted-origins', () => {
  const id = 'settings/csrf-trusted-origins'
  const release = `${daphne}release: python manage.py migrate --noinput\n`
  const bare = "CSRF_TRUSTED_ORIGINS = ['chat.example.com']\n"
  const slash = "CSRF_TRUSTED_ORIGINS = ['https://chat.example.com/']\n"
  const with_ = (text: string, Procfile = daphne) => said(id, { 'mysite/settings.py': settings + text, Procfile })

  it('breaks a release that runs the system checks', () => {
    expect(with_(bare + https, release)).toEqual(['release error'])
    expect(with_(`CSRF_TRUSTED_ORIGINS = 'https://chat.example.com'\n${https}`, release)).toEqual(['release error'])
    expect(with_(bare + https, `${daphne}release: python manage.py collectstatic --noinput\n`)).toEqual([
      'http warning',
    ])
    expect(with_(bare + https, `${daphne}release: python manage.py migrate --skip-checks\n`)).toEqual(['http warning'])
  })

  it('breaks forms where Django sees http', () => {
    expect(with_(bare + csrf)).toEqual(['http error'])
    expect(with_(slash + csrf, release)).toEqual(['http error'])
  })

  it('is a warning where the form’s own Origin needs no entry', () => {
    expect(with_(bare + csrf + https)).toEqual(['http warning'])
    // Nothing refuses a path in an entry.
    expect(with_(slash + csrf + https, release)).toEqual(['http info'])
    expect(with_(`CSRF_TRUSTED_ORIGINS = ['chat.example.com', 'https://*.herokuapp.com']\n${csrf}`)).toEqual([
      'http warning',
    ])
  })
})

describe('settings/proxy-ssl-header', () => {
  const redirect = (exempt: string) =>
    said('settings/proxy-ssl-header', {
      'mysite/settings.py': `${settings}SECURE_SSL_REDIRECT = True
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
SECURE_REDIRECT_EXEMPT = ${exempt}
`,
    })

  it('is silent when every path is exempt, or nobody can tell which are', () => {
    expect(redirect("[r'']")).toEqual([])
    expect(redirect("['^.*$']")).toEqual([])
    expect(redirect("os.environ['EXEMPT'].split(',')")).toEqual([])
  })

  it('speaks when some are', () => {
    expect(redirect('[]')).toEqual(['http error'])
    expect(redirect("['^health/$', '^$']")).toEqual(['http error'])
  })
})

describe('settings/channels-app', () => {
  const apps = { 'mysite/settings.py': settings.replace("'channels', ", ''), 'requirements.txt': channels3 }

  it('is a warning on Channels 3 behind a server', () => {
    expect(said('settings/channels-app', apps)).toEqual(['handshake warning'])
  })

  it('is an error behind runserver', () => {
    const Procfile = 'web: python manage.py runserver 0.0.0.0:$PORT\n'
    expect(said('settings/channels-app', { ...apps, Procfile })).toEqual(['handshake error'])
  })
})

describe('asgi/consumer-as-asgi', () => {
  it('sees as_asgi without its parentheses', () => {
    const routing = (sound['chat/routing.py'] as string).replace('as_asgi()', 'as_asgi')
    expect(said('asgi/consumer-as-asgi', { 'chat/routing.py': routing })).toEqual(['handshake error'])
  })
})

describe('asgi/consumer-as-asgi on an object', () => {
  it('is about the messages, which go to the last visitor', () => {
    const routing = (sound['chat/routing.py'] as string).replace('.as_asgi()', '()')
    expect(said('asgi/consumer-as-asgi', { 'chat/routing.py': routing })).toEqual(['message error'])
  })
})

describe('asgi/routing-pattern', () => {
  const routes = (...patterns: string[]) =>
    said('asgi/routing-pattern', {
      'chat/routing.py': `from django.urls import path, re_path
from .consumers import ChatConsumer
websocket_urlpatterns = [${patterns.map((pattern) => `${pattern}, ChatConsumer.as_asgi()),`).join(' ')}]
`,
    })

  it('sees that an earlier pattern for the same consumer leaves out a parameter', () => {
    expect(routes("re_path(r'^ws/'", "re_path(r'^ws/(?P<room>\\w+)/$'")).toEqual(['handshake error'])
  })

  it('is silent when the earlier one has it too', () => {
    expect(routes("path('ws/<slug:room>/'", "path('ws/<int:room>/'")).toEqual([])
  })
})
