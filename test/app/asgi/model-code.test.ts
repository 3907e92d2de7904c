import { describe, expect, test } from 'vitest'
import { project } from './support.ts'

const models = `from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
class User(AbstractUser):
    @property
    def is_host(self):
        return self.hosted.exists()
    @property
    def initials(self):
        return self.first_name[:1] + self.last_name[:1]
class Named(models.Model):
    class Meta:
        abstract = True
    def owner_name(self):
        return self.owner.username
class Room(Named):
    slug = models.SlugField()
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name='hosted')
    invited = models.ManyToManyField(User, related_name='+')
    @property
    def is_private(self):
        return self.invited.exists()
    @cached_property
    def names(self):
        return [one.username for one in self.invited.all()]
    @property
    def label(self):
        return f'{self.slug} ({self.owner_name()})'
    @property
    def title(self):
        return self.slug.title()
    @property
    def owner_key(self):
        return self.owner_id
    @property
    def rooms_so_far(self):
        return Room.objects.filter(pk__lt=self.pk)
    def last_line(self):
        return self.lines.last()
    def may(self, user):
        return user.is_staff or self.seats > 3
    async def taken(self):
        return await self.invited.acount()
class Line(models.Model):
    room = models.ForeignKey('Room', on_delete=models.CASCADE, related_name='lines')
class Kept(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
    @property
    def host(self):
        return self.owner.username
`

/** What a coroutine with these lines asks the database, as written; `?` behind what need not be asked. */
function asked(lines: readonly string[], others: readonly string[] = []): string[] {
  const consumers = [
    'from asgiref.sync import sync_to_async',
    'from channels.db import database_sync_to_async',
    'from channels.generic.websocket import AsyncJsonWebsocketConsumer',
    'from django.shortcuts import get_object_or_404, aget_object_or_404',
    'from .models import Kept, Room',
    '@database_sync_to_async',
    'def find(slug):',
    '    try:',
    '        return Room.objects.get(slug=slug)',
    '    except Room.DoesNotExist:',
    '        return None',
    'def plain(slug):',
    '    room = Room.objects.filter(slug=slug).first()',
    '    return room',
    'async def awaited(slug):',
    '    return await Room.objects.aget(slug=slug)',
    'class ChatConsumer(AsyncJsonWebsocketConsumer):',
    '    async def connect(self):',
    ...lines.map((line) => `        ${line}`),
    ...others.map((line) => `    ${line}`),
    '    @database_sync_to_async',
    '    def open(self, slug):',
    '        return Room.objects.get_or_create(slug=slug)[0]',
    '',
  ]
  const app = project({ 'chat/models.py': models, 'chat/consumers.py': consumers.join('\n') })
  return app.asgi.consumers.flatMap(({ blocking }) => blocking.map(({ name, sure }) => `${name}${sure ? '' : '?'}`))
}

const room = 'room = await Room.objects.aget(pk=1)'

describe('a property or a method of a model that asks the database', () => {
  test.each([
    ['of an instance that a query gave', [room, 'print(room.is_private)'], ['room.is_private']],
    [
      'in a test',
      ['self.room = await self.open("a")', 'if self.room.is_private and not self.x:', '    pass'],
      ['self.room.is_private'],
    ],
    ['behind another test', [room, 'if self.x and room.is_private:', '    pass'], ['room.is_private?']],
    ['kept by the instance', [room, 'print(room.names)'], ['room.names']],
    ['by way of another', [room, 'print(room.label)'], ['room.label']],
    ['of a base', [room, 'print(room.owner_name())'], ['room.owner_name']],
    ['by what refers to it', [room, 'line = room.last_line()'], ['room.last_line']],
    ['of the user', ['print(self.scope["user"].is_host)'], ['self.scope["user"].is_host']],
    [
      'of a pair',
      ['room, made = await Room.objects.aget_or_create(slug="a")', 'print(room.is_private)'],
      ['room.is_private'],
    ],
    ['of a helper in a thread', ['room = await find("a")', 'print(room.is_private)'], ['room.is_private']],
    [
      'of a helper handed to one',
      ['room = await sync_to_async(plain)("a")', 'print(room.is_private)'],
      ['room.is_private'],
    ],
    ['of a helper that waits', ['room = await awaited("a")', 'print(room.is_private)'], ['room.is_private']],
    [
      'of a shortcut',
      ['room = await aget_object_or_404(Room, slug="a")', 'print(room.is_private)'],
      ['room.is_private'],
    ],
    [
      'of a shortcut in a thread',
      ['room = await sync_to_async(get_object_or_404)(Room, slug="a")', 'print(room.is_private)'],
      ['room.is_private'],
    ],
    ['of each', ['async for room in Room.objects.all():', '    print(room.is_private)'], ['room.is_private?']],
    ['what refers to it', [room, 'print(room.lines.count())'], ['room.lines.count']],
    ['gone through', [room, 'for line in room.lines.order_by("pk"):', '    pass'], ['room.lines.order_by()']],
    ['handed on by its value', [room, 'await sync_to_async(print)(room.is_private)'], ['room.is_private']],
  ])('%s', (_, lines, expected) => {
    expect(asked(lines)).toEqual(expected)
  })

  test.each([
    ['asks for nothing', [room, 'print(room.title, room.owner_key, room.may(self.scope["user"]))']],
    ['is only built', [room, 'self.before = room.rooms_so_far']],
    ['is a coroutine', [room, 'self.n = await room.taken()']],
    [
      'is run in a thread',
      [
        room,
        'self.a = await sync_to_async(lambda: room.is_private)()',
        'self.b = await sync_to_async(room.last_line)()',
      ],
    ],
    ['of what may not be an instance', ['room = self.cache.get("room")', 'print(room.is_private)']],
    ['of the user, who asks for nothing', ['print(self.scope["user"].initials)']],
    ['was prefetched', ['room = await Room.objects.prefetch_related("invited").aget(pk=1)', 'print(room.names)']],
    ['came along', ['kept = await Kept.objects.select_related("owner").aget(pk=1)', 'print(kept.host)']],
    [
      'was read in a thread',
      ['kept = await Kept.objects.aget(pk=1)', 'await sync_to_async(lambda: kept.host)()', 'print(kept.host)'],
    ],
    [
      'was made with it',
      ['kept, made = await Kept.objects.aget_or_create(owner=self.scope["user"])', 'print(kept.host)'],
    ],
  ])('none: %s', (_, lines) => {
    expect(asked(lines)).toEqual([])
  })
})
