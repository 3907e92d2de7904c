import { expect, it } from 'vitest'
import rule from '../../../rules/settings/channel-layer-in-memory/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../app/settings/support.ts'

const project = {
  'mysite/settings.py': `SECRET_KEY = 'a'
INSTALLED_APPS = ['daphne', 'channels']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
`,
  'mysite/asgi.py': `import os
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django = get_asgi_application()
from django.urls import path
from mysite.consumers import Chat
application = ProtocolTypeRouter({'http': django, 'websocket': URLRouter([path('ws/', Chat.as_asgi())])})
`,
  'mysite/consumers.py': `from channels.generic.websocket import AsyncWebsocketConsumer

class Chat(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('chat', self.channel_name)
        await self.accept()

    async def receive(self, text_data):
        await self.channel_layer.group_send('chat', {'type': 'said', 'text': text_data})

    async def said(self, event):
        await self.send(event['text'])
`,
}

/** How the finding says whether one process is all there is. */
function extent(files: Readonly<Record<string, string>> = {}): string | undefined {
  const [finding] = run(appOf({ ...project, ...files }), [rule], defaultConfig).findings
  return finding?.message.en.split('same process, ')[1]
}

it('says on what it rests that there are several web processes, or one', () => {
  expect(extent()).toBe('no other worker or dyno, which is not enough where there is more than one web dyno')
  expect(extent({ 'app.json': '{"formation": {"web": {"quantity": 2}}}' })).toBe(
    'and there are 2 web dynos where the app has the dynos that app.json says',
  )
})
