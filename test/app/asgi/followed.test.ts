import { describe, expect, it } from 'vitest'
import { project } from './support.ts'

const models = `from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
User = get_user_model()
class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
class Badge(models.Model):
    holder = models.OneToOneField(User, on_delete=models.CASCADE, related_name='badge')
class Room(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name='rooms')
    guest = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name='+')
class Own(models.Model):
    objects = RoomManager()
    owner = models.ForeignKey(User, on_delete=models.CASCADE)
`

/** What a coroutine with these lines asks the database, as written; `?` behind what need not be asked. */
function asked(lines: readonly string[], others: readonly string[] = []): string[] {
  const consumers = [
    'from asgiref.sync import sync_to_async',
    'from channels.db import database_sync_to_async',
    'from channels.generic.websocket import AsyncJsonWebsocketConsumer',
    'from .models import Own, Room',
    'class ChatConsumer(AsyncJsonWebsocketConsumer):',
    '    async def connect(self):',
    ...lines.map((line) => `        ${line}`),
    ...others.map((line) => `    ${line}`),
    '',
  ]
  const app = project({ 'chat/models.py': models, 'chat/consumers.py': consumers.join('\n') })
  return app.asgi.consumers.flatMap(({ blocking }) => blocking.map(({ name, sure }) => `${name}${sure ? '' : '?'}`))
}

describe('what a coroutine asks the database by following a relation', () => {
  it('is what refers to the user of the scope', () => {
    expect(asked(['self.nick = self.scope["user"].profile.nick'])).toEqual(['self.scope["user"].profile'])
    expect(asked(['user = self.scope.get("user")', 'print(user.badge)'])).toEqual(['user.badge'])
    expect(asked(['user = self.scope["user"]', 'count = user.rooms.count()'])).toEqual(['user.rooms.count'])
    expect(asked(['user = self.scope["user"]', 'has = hasattr(user, "profile")'])).toEqual(['hasattr()'])
    expect(asked(['user = self.scope["user"]', 'user.save()'])).toEqual(['user.save'])
  })

  it('is what an instance refers to that was fetched alone', () => {
    expect(asked(['room = await Room.objects.aget(pk=1)', 'print(room.owner)'])).toEqual(['room.owner'])
    expect(asked(['room = await database_sync_to_async(Room.objects.get)(pk=1)', 'print(room.owner)'])).toEqual([
      'room.owner',
    ])
    expect(asked(['self.room = await Room.objects.afirst()', 'await self.tell()'], tell)).toEqual(['self.room.owner'])
    expect(asked(['room = await Room.objects.aget(pk=1)', 'print(room.guest)'])).toEqual(['room.guest?'])
  })

  it('is nothing where no query is needed, or it may have been made', () => {
    expect(asked(['user = self.scope["user"]', 'rooms = user.rooms.filter(pk=1)', 'print(user.username)'])).toEqual([])
    expect(asked(['room = await Room.objects.select_related("owner").aget(pk=1)', 'print(room.owner)'])).toEqual([])
    expect(asked(['room = await Own.objects.aget(pk=1)', 'print(room.owner)'])).toEqual([])
    expect(asked(['room = await Room.objects.aget(pk=1)', 'print(room.owner_id, room.pk)'])).toEqual([])
    expect(asked(['user = self.scope["user"]', 'await sync_to_async(lambda: user.profile)()', 'user.profile'])).toEqual(
      [],
    )
    expect(asked(['self.scope["user"] = await self.find()', 'print(self.scope["user"].profile)'])).toEqual([])
    expect(asked(['room = await Room.objects.aget(pk=1)', 'room.owner = self.scope["user"]'])).toEqual([])
  })
})

const tell = ['async def tell(self):', '    print(self.room.owner)']

describe('what a user may do, which ModelBackend asks the database for', () => {
  const visitor = 'user = self.scope["user"]'

  it('is asked by each of the methods of a user', () => {
    for (const method of [
      'has_perm("chat.x")',
      'has_perms(["chat.x"])',
      'has_module_perms("chat")',
      'get_all_permissions()',
    ])
      expect(asked([visitor, `may = user.is_superuser or user.${method}`])).toEqual([
        `user.${method.replace(/\(.*/, '')}?`,
      ])
    expect(asked(['may = self.may()'], ['def may(self):', '    return self.scope["user"].has_perm("chat.x")'])).toEqual(
      ['self.may?'],
    )
  })

  it('is not where it is awaited, asked of an object, or may be known already', () => {
    expect(asked([visitor, 'may = await user.ahas_perm("chat.x")'])).toEqual([])
    expect(asked([visitor, 'may = user.has_perm("chat.x", room)'])).toEqual([])
    expect(asked([visitor, 'may = await sync_to_async(user.has_perm)("chat.x")', 'user.has_perm("chat.y")'])).toEqual(
      [],
    )
    expect(asked([visitor, 'await user.aget_all_permissions()', 'user.has_perm("chat.y")'])).toEqual([])
    const may = ['def may(self):', '    return self.scope["user"].has_perm("chat.x")']
    expect(asked(['may = await database_sync_to_async(self.may)()', 'again = self.may()'], may)).toEqual([])
    expect(asked(['may = await self.may()'], ['@database_sync_to_async', ...may])).toEqual([])
    expect(asked(['person = self.find()', 'person.has_perm("chat.x")'])).toEqual([])
  })
})
