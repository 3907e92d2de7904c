import { describe, expect, it } from 'vitest'
import { leastLength } from '../../../src/app/asgi/name-lengths.ts'
import { project } from './support.ts'

/** The least length of the name that a consumer joins. */
function length(name: string, names = '', before = ''): number | undefined {
  const app = project({
    'chat/models.py': `import uuid
from django.db import models
class Desk(models.Model):
    token = models.UUIDField(default=uuid.uuid4)
    other = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
`,
    'chat/names.py': `import hashlib, secrets, uuid\nPREFIX = 'desk'\n${names}`,
    'chat/consumers.py': `import hashlib, hmac, secrets, uuid
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from .models import Desk
from . import names
class ChatConsumer(AsyncJsonWebsocketConsumer):
    group = None
    async def connect(self):
        desk = await Desk.objects.aget(pk=1)
        found, _ = await Desk.objects.aget_or_create(pk=2)
        ${before || 'pass'}
        await self.channel_layer.group_add(${name}, self.channel_name)
`,
  })
  const [use] = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_add')
  return use && leastLength(app, use)
}

describe('the least length of the name of a group', () => {
  it.each([
    ["'desk'", 4],
    ["f'desk-{hashlib.sha256(b).hexdigest()}'", 69],
    ["'desk-' + hashlib.md5(b).hexdigest()", 37],
    ["hashlib.new('sha1', b).hexdigest()", 40],
    ['hmac.new(key, b, hashlib.sha512).hexdigest()', 128],
    ["hmac.new(key, b, digestmod='sha224').hexdigest()", 56],
    ['hashlib.blake2b(b, digest_size=8).hexdigest()', 0],
    ['hashlib.sha256(b).hexdigest()[:20]', 0],
    ["f'{hashlib.sha256(b).hexdigest():.20}'", 0],
    ["'%.20s' % hashlib.sha256(b).hexdigest()", 0],
    ['secrets.token_hex(20)', 40],
    ['secrets.token_urlsafe()', 43],
    ['secrets.token_urlsafe(n)', 0],
    ['str(uuid.uuid4())', 36],
    ['uuid.uuid4().hex', 32],
    ["f'desk-{desk.token}'", 41],
    ["f'{found.token}{desk.token.hex}'", 68],
    ["f'{desk.other}{desk.title}'", 0],
    ["'{}-{0!s}'.format(desk.token)", 37],
    // What is cut takes its place too.
    ["'{:.8}-{}'.format(hashlib.sha512(b).hexdigest(), 1)", 1],
    ["'{!s:.8}-{}'.format(hashlib.sha512(b).hexdigest(), desk.token)", 37],
    ["'{:{}}{}'.format(hashlib.sha512(b).hexdigest(), 8, desk.token)", 0],
    ["'{}-{name}'.format(desk.token, name=desk.token)", 73],
    ["'%s-%s' % (desk.token, desk.token)", 73],
    ["'a' * 200", 0],
    ['names.PREFIX', 4],
  ])('%s: %i', (name, expected) => expect(length(name)).toBe(expected))

  it.each([
    ['names.of(desk)', 'def of(desk):\n    return f"{PREFIX}-{desk.token}"\n', 41],
    ['names.of(desk)', 'def of(desk):\n    if not desk:\n        return "none"\n    return f"{desk.token}"\n', 4],
    ['names.of(desk)', 'def cut(of):\n    return of\n@cut\ndef of(desk):\n    return f"{desk.token}"\n', 0],
    [
      'names.of(uuid.uuid4().hex)',
      'def of(a):\n    proof = hashlib.sha256(b).hexdigest()\n    return f"{a}-{proof}"\n',
      97,
    ],
    ['names.of(x)', 'def of(a):\n    return f"{a}"\n', 0],
  ])('%s of a module: %i', (name, names, expected) => expect(length(name, names)).toBe(expected))

  it('is that of the attribute that the consumer assigns', () => {
    expect(length('self.group', '', "self.group = f'desk-{desk.token}'")).toBe(41)
    expect(length('self.group', '', "self.group = f'desk-{desk.token}'; self.group = 'x'")).toBe(1)
  })
})

it('counts what a base, asked by super(), puts in place of a name', () => {
  const app = project({
    'chat/consumers.py': `import secrets
from channels.generic.websocket import AsyncJsonWebsocketConsumer
class BaseConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.group = 'desk'
        await self.accept()
class ChatConsumer(BaseConsumer):
    async def connect(self):
        self.group = secrets.token_hex(64)
        await super().connect()
        await self.channel_layer.group_add(self.group, self.channel_name)
`,
  })
  const [use] = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_add')
  expect(use && leastLength(app, use)).toBe(4)
})
