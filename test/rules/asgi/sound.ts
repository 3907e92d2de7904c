import blockingCall from '../../../rules/asgi/blocking-call/rule.ts'
import handlerMissing from '../../../rules/asgi/handler-missing/rule.ts'
import layerCall from '../../../rules/asgi/layer-call/rule.ts'
import notAwaited from '../../../rules/asgi/not-awaited/rule.ts'
import urlKwargs from '../../../rules/asgi/url-kwargs/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { project } from '../../app/asgi/support.ts'

/** What the rules about asynchronous code say of a project with these files: `rule file text`, where the finding stands. */
export function told(files: Readonly<Record<string, string>>): string[] {
  const app = project(files)
  return run(app, [blockingCall, handlerMissing, layerCall, notAwaited, urlKwargs], defaultConfig).findings.map(
    ({ rule, at, message }) => {
      const read = app.tree.read(at.file)
      const text = typeof read === 'string' ? '' : read.text.slice(at.span.start, at.span.end)
      return `${rule} ${at.file} ${text}: ${message.en}`
    },
  )
}

/** A consumer's module: its imports, and the class body. */
export function consumer(body: string, imports = ''): string {
  const indented = body.replace(/^(?=.)/gm, '    ')
  return `import asyncio
from asgiref.sync import async_to_sync, sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from .models import Room
${imports}

class ChatConsumer(AsyncJsonWebsocketConsumer):
${indented}
`
}

export const models = `from django.conf import settings
from django.db import models

class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    nick = models.CharField(max_length=40)

class Room(models.Model):
    name = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
`

/** The settings of a project whose layer is of this kind. */
export function settings(backend = 'channels_redis.core.RedisChannelLayer', more = ''): string {
  return `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': '${backend}', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}
${more}
`
}
