import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'

/** A project in which nearly everything is wrong, in folders with long names: what its report looks like in 80 columns. */

const files: Record<string, string> = {
  Procfile: 'web: daphne -b 127.0.0.1 -p 8000 conference_backend.asgi:application\n',
  'runtime.txt': 'python-3.7.0\n',
  'requirements.txt':
    'Django==3.2.2\nchannels==3.0.5\nchannels-redis==3.4.1\naioredis==1.3.1\ndaphne==3.0.2\nredis==3.5.3\ndjango-heroku==0.3.1\npsycopg2-binary==2.8.6\nwhitenoise==5.2.0\n',
  'manage.py':
    'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference_backend.settings")\nfrom django.core.management import execute_from_command_line\nimport sys\nexecute_from_command_line(sys.argv)\n',
  'conference_backend/__init__.py': '',
  'conference_backend/settings.py': `import django_heroku
SECRET_KEY = 'qwerty-the-key-of-this-app-8d1f'
DEBUG = True
ALLOWED_HOSTS = ['localhost']
INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions', 'channels', 'conference_backend.live_announcements', 'rest_framework']
MIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware', 'django.contrib.auth.middleware.AuthenticationMiddleware']
ROOT_URLCONF = 'conference_backend.urls'
ASGI_APPLICATION = 'conference_backend.asgi.application'
DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'x', 'HOST': 'localhost'}}
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [('127.0.0.1', 6379)]}}}
CELERY_BROKER_URL = 'redis://localhost:6379/0'
STATIC_URL = '/static/'
django_heroku.settings(locals())
`,
  'conference_backend/urls.py': 'urlpatterns = []\n',
  'conference_backend/asgi.py': `import os
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from conference_backend.live_announcements.websocket_routing import websocket_urlpatterns
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conference_backend.settings')
application = ProtocolTypeRouter({'http': get_asgi_application(), 'websocket': AuthMiddlewareStack(URLRouter(websocket_urlpatterns))})
`,
  'conference_backend/live_announcements/__init__.py': '',
  'conference_backend/live_announcements/models.py':
    'from django.db import models\nclass Announcement(models.Model):\n    text = models.TextField()\n',
  'conference_backend/live_announcements/websocket_routing.py':
    "from django.urls import re_path\nfrom . import announcement_consumers\nwebsocket_urlpatterns = [re_path(r'ws/announcements/(?P<room>\\w+)/$', announcement_consumers.AnnouncementConsumer)]\n",
  'conference_backend/live_announcements/announcement_consumers.py': `from channels.generic.websocket import AsyncWebsocketConsumer
from .models import Announcement
class AnnouncementConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room = self.scope['url_route']['kwargs']['room_name']
        self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()
    async def receive(self, text_data):
        Announcement.objects.create(text=text_data)
        await self.channel_layer.group_send(self.room, {'type': 'announcement_message', 'text': text_data})
`,
  'conference_backend/live_announcements/templates/announcements_page.html':
    "<script>\nconst socket = new WebSocket('ws://localhost:8000/ws/announcement/' + room)\nsocket.onmessage = show\n</script>\n",
}

let project = ''
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'dynolint-screen-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
})
afterAll(() => {
  rmSync(project, { recursive: true })
})

const report = async (language: string, ...argv: string[]): Promise<string[]> => {
  const { out } = await dynolint(['--lang', language, ...argv], { cwd: project, env: { COLUMNS: '80' } })
  return out.trimEnd().split('\n')
}

describe.each([
  ['en', / error .*← breaks first$/, /^the chain breaks at build: runtime\.txt:1 deps\/python-version:/],
  ['fr', / erreur .*← casse en premier$/, /^la chaîne casse à l’étape build\u00a0: runtime\.txt:1/],
])('a long report in %s', (language, marked, last) => {
  it('is told in less than 90 lines of 80 columns, the first break in full and once more at the end', async () => {
    const { out } = await dynolint(['-f', 'json'], { cwd: project })
    expect(JSON.parse(out).findings.length).toBeGreaterThanOrEqual(19)
    const lines = await report(language)
    expect(lines.length).toBeLessThanOrEqual(90)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines[1]).toMatch(marked)
    expect(lines.join('\n')).toContain('1 | python-3.7.0')
    expect(lines.slice(-5).join('\n')).toMatch(new RegExp(last.source, 'm'))
    // What to do about it stood at the beginning, off the screen.
    expect(lines.slice(-2).join(' ')).toMatch(language === 'fr' ? /^ {2}remède\u00a0: / : /^ {2}help: /)
  })

  it('has no line that is wider, whatever is asked for', async () => {
    for (const argv of [['-v'], ['--fix', '--diff'], ['--select', 'deps/*'], ['Procfile']]) {
      const lines = await report(language, ...argv)
      // A patch is no prose, and code is cut.
      if (!argv.includes('--diff')) expect(lines.filter((line) => line.length > 80)).toEqual([])
    }
    const { err } = await dynolint(['--fix', '--diff', '--lang', language], { cwd: project, env: { COLUMNS: '80' } })
    expect(err.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})
