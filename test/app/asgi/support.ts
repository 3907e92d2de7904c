import type { App } from '../../../src/app/app.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

const settings = `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat', 'rest_framework.authtoken']
ASGI_APPLICATION = 'mysite.asgi.application'
`
const asgi = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()
from channels.routing import ProtocolTypeRouter, URLRouter
from chat.routing import websocket_urlpatterns
application = ProtocolTypeRouter({'http': django_application, 'websocket': URLRouter(websocket_urlpatterns)})
`
const routing = `from django.urls import path
from .consumers import ChatConsumer
websocket_urlpatterns = [path('ws/chat/<slug:room>/', ChatConsumer.as_asgi())]
`
const consumers = `from channels.generic.websocket import AsyncJsonWebsocketConsumer
class ChatConsumer(AsyncJsonWebsocketConsumer):
    pass
`

/** A sound project of Channels 4 with some files of one's own. */
export function project(files: Readonly<Record<string, string>> = {}): App {
  const tree = memoryTree({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt':
      'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\nredis==7.4.1\ndaphne==4.2.2\ndjangorestframework==3.16.1\n',
    'manage.py': '',
    'mysite/__init__.py': '',
    'mysite/settings.py': settings,
    'mysite/asgi.py': asgi,
    'chat/__init__.py': '',
    'chat/routing.py': routing,
    'chat/consumers.py': consumers,
    ...files,
  })
  return appIn(tree)
}

/** What stands at a place. */
export function textAt(app: App, place: Place | undefined): string | undefined {
  const file = place === undefined ? undefined : app.tree.read(place.file)
  return file === undefined || typeof file === 'string'
    ? undefined
    : file.text.slice(place?.span.start, place?.span.end)
}
