import { socketVisits } from '../../../src/app/asgi/visits.ts'
import { appOf } from '../../support/app.ts'

const requirements = ['Django==5.2.4', 'channels==4.2.2', 'daphne==4.1.2', ''].join('\n')

/** An asgi.py that serves this. */
export const asgi = (wrapped: string, imports = ''): string => `
import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
pages = get_asgi_application()
from channels.routing import ProtocolTypeRouter, URLRouter
from chat.routing import routes
${imports}
router = ProtocolTypeRouter({'http': pages, 'websocket': URLRouter(routes)})
application = ${wrapped}
`

const routing = `
from django.urls import path
from .consumers import ChatConsumer
routes = [path('ws/<slug:room>/', ChatConsumer.as_asgi())]
`

/** What the visits of a project tell, as lines. */
export function told(files: {
  readonly asgi?: string
  readonly consumers?: string
  readonly around?: string
  readonly more?: Readonly<Record<string, string>>
  readonly channels?: string
}): string[] {
  const app = appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': files.channels === undefined ? requirements : requirements.replace('4.2.2', files.channels),
    'manage.py': '',
    'mysite/__init__.py': '',
    'mysite/settings.py':
      "INSTALLED_APPS = ['channels', 'chat']\nASGI_APPLICATION = 'mysite.asgi.application'\nLIMIT = 3\n",
    'mysite/asgi.py': files.asgi ?? asgi('router'),
    'mysite/around.py': files.around ?? '',
    'chat/__init__.py': '',
    'chat/routing.py': routing,
    'chat/consumers.py': files.consumers ?? consumer('await self.accept()'),
    ...files.more,
  })
  const { faults, lacks, misses } = socketVisits(app)
  return [
    ...faults.map(({ step, of, ended, exception, message, header, misfit, when }) =>
      [
        step,
        of,
        ended === 'raised' ? `${exception}: ${message}` : ended,
        header === undefined ? '' : 'browser',
        misfit === undefined ? '' : `${misfit.name} ${misfit.kind}`,
        when.length || '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    ...lacks.map(({ step, of, module }) => `${step} ${of} lacks ${module}`),
    ...misses.map(({ name, refused }) => `never ${name}${refused ? ', refused' : ''}`),
  ]
}

/** A consumer whose `connect` has this body; what stands at the left margin of the file first. */
export const consumer = (connect: string, top = '', more = ''): string =>
  `
import asyncio, json, time
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
${top}
class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
${connect.replace(/^/gm, '        ')}
${more.replace(/^/gm, '    ')}
`
