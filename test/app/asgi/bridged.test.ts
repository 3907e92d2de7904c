import { expect, it } from 'vitest'
import { bridgedHttp } from '../../../src/app/asgi/faults.ts'
import { project } from './support.ts'

const asgi = `import os
from asgiref.wsgi import WsgiToAsgi
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.wsgi import get_wsgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
pages = WsgiToAsgi(get_wsgi_application())
from chat.routing import websocket_urlpatterns
application = ProtocolTypeRouter({'http': pages, 'websocket': URLRouter(websocket_urlpatterns)})
`

it.each([
  ['daphne -b 0.0.0.0 -p $PORT mysite.asgi:application', true],
  ['gunicorn mysite.wsgi', false],
])('a bridge to WSGI is told of what %s serves: %s', (command, expected) => {
  const settings = `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
`
  const app = project({
    Procfile: `web: ${command}\n`,
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\ngunicorn==23.0.0\n',
    'mysite/settings.py': settings,
    'mysite/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
    'mysite/asgi.py': asgi,
  })
  expect(bridgedHttp(app) !== undefined).toBe(expected)
})
