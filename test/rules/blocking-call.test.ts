import { describe, expect, it } from 'vitest'
import rule from '../../rules/asgi/blocking-call/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { appIn } from '../support/app.ts'

function findings(requirements: string, method = 'connect', does = 'Room.objects.get(pk=1)') {
  const tree = memoryTree({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': requirements,
    'chat/models.py': 'from django.db import models\n\n\nclass Room(models.Model):\n    pass\n',
    'chat/consumers.py': [
      'from channels.generic.websocket import AsyncWebsocketConsumer',
      'from django.core.cache import cache',
      'from .models import Room',
      'def room():',
      '    return cache.get("room") or Room.objects.get(pk=1)',
      'class ChatConsumer(AsyncWebsocketConsumer):',
      `    async def ${method}(self):`,
      `        ${does}`,
      '',
    ].join('\n'),
  })
  const app = appIn(tree)
  return run(app, [rule], defaultConfig).findings
}

const messages = (requirements: string) => findings(requirements).map(({ message }) => message.en)

describe('asgi/blocking-call', () => {
  it('quotes the exception of Django 3.0 and later', () => {
    expect(messages('Django==5.2.17\nchannels==4.3.2\n')).toEqual([expect.stringContaining('SynchronousOnlyOperation')])
  })

  it('says that earlier ones just wait', () => {
    expect(messages('Django==2.1.7\nchannels==2.1.7\n')).toEqual([expect.stringContaining('which blocks')])
  })

  it('is about the handshake where the coroutine is what accepts the socket', () => {
    const hop = (requirements: string, method: string) => findings(requirements, method).map((one) => one.hop)
    expect(hop('Django==5.2.17\nchannels==4.3.2\n', 'connect')).toEqual(['handshake'])
    expect(hop('Django==5.2.17\nchannels==4.3.2\n', 'websocket_connect')).toEqual(['handshake'])
    expect(hop('Django==5.2.17\nchannels==4.3.2\n', 'receive')).toEqual(['message'])
    // Nothing is refused there, only slow.
    expect(hop('Django==2.1.7\nchannels==2.1.7\n', 'connect')).toEqual(['message'])
  })

  it('tells of the query behind a question to the cache, and of none to a cache in the process', () => {
    const told = (does: string) => findings('Django==5.2.17\nchannels==4.3.2\n', 'connect', does)
    expect(told('self.room = room()').map(({ message }) => message.en)).toEqual([
      expect.stringContaining('queries the database with room'),
    ])
    expect(told('self.room = cache.get("room")')).toEqual([])
  })
})
