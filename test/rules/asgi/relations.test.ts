import { describe, expect, it } from 'vitest'
import { consumer, models, settings, told } from './sound.ts'

const room = (...lines: string[]) =>
  consumer(
    `async def receive_json(self, content):\n    room = await Room.objects.aget(name=content['room'])\n${lines.map((line) => `    ${line}\n`).join('')}    await self.send_json({'owner': room.owner.username})\n`,
    'from django.db.models import Prefetch, aprefetch_related_objects\nfrom .services import RoomSerializer, load_owner, load_room, shown',
  )
const visitor = consumer(`async def connect(self):
    self.nick = self.scope['user'].profile.nick
    await self.accept()
`)
const asks = [
  expect.stringMatching(/^asgi\/blocking-call chat\/consumers\.py (?:room\.owner|self\.scope\['user'\]\.profile):/),
]
const team = (user: string) => ({
  'chat/consumers.py': consumer(
    `async def connect(self):\n    self.team = self.scope['user'].team.name\n    await self.accept()\n`,
  ),
  'chat/models.py': `from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

class WithTeam(UserManager):
    def get_queryset(self):
        return super().get_queryset().select_related('team')

class Helpful(UserManager):
    def create_guest(self):
        return self.create(username='guest')

class Team(models.Model):
    name = models.CharField(max_length=40)

${user}
class Room(models.Model):
    name = models.CharField(max_length=100)
`,
  'mysite/settings.py': settings(undefined, "AUTH_USER_MODEL = 'chat.Member'"),
})
const field = '    team = models.ForeignKey(Team, on_delete=models.CASCADE)\n'
const teamAsked = [expect.stringMatching(/^asgi\/blocking-call chat\/consumers\.py self\.scope\['user'\]\.team:/)]

const elsewhere = {
  'chat/models.py': `${models}
    def has_owner(self):
        return self.owner.is_active
    def __str__(self):
        return self.owner.username
from django.dispatch import receiver
@receiver(post_save, sender=Room)
def told(sender, instance, **kwargs):
    print(instance.owner.email)
`,
  'chat/services.py': `from .serializers import RoomSerializer
def load_owner(room):
    return room.owner
def shown(room):
    return load_owner(room).username
def load_room(pk):
    return pk
`,
  'chat/serializers.py': `from rest_framework import serializers
class RoomSerializer(serializers.ModelSerializer):
    class Meta:
        model = Room
        fields = ['name', 'owner']
`,
}

describe('a serializer in a coroutine', () => {
  it('goes through a query set only where it is given many', () => {
    const shown = (more: string) =>
      told({
        ...elsewhere,
        'chat/consumers.py': consumer(
          `async def receive_json(self, content):\n    await self.send_json(RoomSerializer(Room.objects.all()${more}).data)\n`,
          'from .serializers import RoomSerializer',
        ),
      })
    expect(shown(', many=True')).toHaveLength(1)
    expect(shown('')).toEqual([])
  })
})

describe('a relation that an instance brings along', () => {
  it('is asked for where nothing has fetched it', () => {
    expect(told({ 'chat/models.py': models, 'chat/consumers.py': room() })).toEqual(asks)
    expect(told({ 'chat/models.py': models, 'chat/consumers.py': visitor })).toEqual(asks)
  })

  it.each([
    ['assigned before', 'room.owner = self.scope["user"]'],
    ['assigned in a tuple', 'room.owner, x = self.scope["user"], 1'],
    ['set by its name', 'setattr(room, "owner", self.scope["user"])'],
    ['prefetched by name', 'await aprefetch_related_objects([room], "owner")'],
    ['prefetched further on', 'await aprefetch_related_objects([room], "owner__groups")'],
    ['prefetched by an object', 'await aprefetch_related_objects([room], Prefetch("owner"))'],
    ['read in a thread', 'await sync_to_async(getattr)(room, "owner")'],
    ['read in a thread by a function of another file', 'await database_sync_to_async(load_owner)(room)'],
    ['read in a thread by a function that another one calls', 'await database_sync_to_async(shown)(room)'],
    ['read in a thread by a serializer', 'await sync_to_async(lambda: RoomSerializer(room).data)()'],
    ['read in a thread, for its text', 'await sync_to_async(str)(room)'],
    ['read in a thread by a receiver, as it is saved', 'await room.asave()'],
    ['read in a thread by a method of the model', 'await database_sync_to_async(room.has_owner)()'],
  ])('is not asked for: %s', (_, line) => {
    expect(told({ ...elsewhere, 'chat/consumers.py': room(line) })).toEqual([])
  })

  it('is asked for where a function of another file that nothing here calls reads it', () => {
    expect(told({ ...elsewhere, 'chat/consumers.py': room() })).toEqual(asks)
    expect(told({ ...elsewhere, 'chat/consumers.py': room('print(load_room, "other")') })).toEqual(asks)
  })

  it('is asked of what a function of one’s own returns, and not of a coroutine that it returns', () => {
    const through = (...lines: string[]) =>
      told({
        'chat/models.py': models,
        'chat/consumers.py': consumer(`async def find(self, name):
${lines.map((line) => `    ${line}\n`).join('')}
async def receive_json(self, content):
    room = await self.find(content['room'])
    await self.send_json({'owner': room.owner.username})
`),
      })
    expect(through('return await Room.objects.aget(name=name)')).toEqual(asks)
    const clean = ['def clean(text):', '    return text.strip()', 'return await Room.objects.aget(name=clean(name))']
    expect(through(...clean)).toEqual(asks)
    expect(through('return Room.objects.aget(name=name)')).toEqual([])
  })

  it('is asked of the visitor who connects, whatever runs later or reads it for that', () => {
    const connecting = (connect: string, more: string) => ({
      'chat/models.py': models,
      'chat/consumers.py': consumer(
        `async def connect(self):
    self.user = self.scope['user']
${connect}    await self.accept()

def label(self):
    return self.user.profile.nick

${more}`,
        'from channels.db import database_sync_to_async\nfrom .notes import nickname_of, save_note',
      ),
      'chat/notes.py': `from channels.db import database_sync_to_async
@database_sync_to_async
def save_note(author, text):
    return f'{author.profile}: {text}'
def nickname_of(user):
    return user.profile.nick
`,
    })
    const later = `async def receive_json(self, content):
    await self.send_json({'note': await save_note(self.user, content['text']), 'at': await self.mine()})

@database_sync_to_async
def mine(self):
    return self.user.profile.pk
`
    expect(told(connecting('    self.nick = self.label()\n', later))).toEqual([
      expect.stringMatching(/^asgi\/blocking-call chat\/consumers\.py self\.label\(\):/),
    ])
    expect(told(connecting('    self.nick = self.user.profile.nick\n', later))).toEqual([
      expect.stringMatching(/^asgi\/blocking-call chat\/consumers\.py self\.user\.profile:/),
    ])
    for (const before of [
      '    await self.mine()\n    self.nick = self.label()\n',
      '    await save_note(self.user, "")\n    self.nick = self.label()\n',
      '    await database_sync_to_async(nickname_of)(self.user)\n    self.nick = self.label()\n',
    ])
      expect(told(connecting(before, later)), before).toEqual([])
  })

  it('is asked of the visitor, whatever else has that name', () => {
    const receiver = `${models}
from django.db.models.signals import post_save
from django.dispatch import receiver
@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def save_profile(sender, instance, **kwargs):
    instance.profile.save()
`
    expect(told({ 'chat/models.py': receiver, 'chat/consumers.py': visitor })).toEqual(asks)
    const backend = `from django.contrib.auth.backends import ModelBackend
from django.contrib.auth import get_user_model
class EmailBackend(ModelBackend):
    def authenticate(self, request, email=None, password=None):
        return get_user_model().objects.filter(email=email).first()
    def get_user(self, user_id):
        return get_user_model().objects.get(pk=user_id)
`
    const files = { 'chat/models.py': models, 'chat/backends.py': backend, 'chat/consumers.py': visitor }
    expect(told(files)).toEqual(asks)
    const groups = consumer(`groups = ['lobby']
async def connect(self):
    self.names = self.scope['user'].groups.count()
    await self.accept()
`)
    expect(told({ 'chat/models.py': models, 'chat/consumers.py': groups })).toHaveLength(1)
  })

  it('is not asked for where an abstract base has a manager that may follow it', () => {
    const owned = (base: string) =>
      `from django.conf import settings
from django.db import models

class WithOwner(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related()

class Owned(models.Model):
${base}
    class Meta:
        abstract = True

class Room(Owned):
    name = models.CharField(max_length=100)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
`
    const told_ = (base: string) => told({ 'chat/models.py': owned(base), 'chat/consumers.py': room() })
    expect(told_('    objects = WithOwner()\n')).toEqual([])
    expect(told_('    made = models.DateTimeField(auto_now_add=True)\n')).toEqual(asks)
  })

  it('is not asked for where it is a link to the parent', () => {
    const linked = (more: string) =>
      told({
        'chat/models.py': `from django.db import models
class Place(models.Model):
    username = models.CharField(max_length=100)
class Room(Place):
    owner = models.OneToOneField(Place, on_delete=models.CASCADE${more})
`,
        'chat/consumers.py': room(),
      })
    expect(linked(', parent_link=True')).toEqual([])
    expect(linked('')).toEqual(asks)
  })

  it('is not asked for where a base of the model is not known', () => {
    const files = {
      'chat/models.py': models.replace('class Room(models.Model)', 'class Room(OwnedMixin, models.Model)'),
      'chat/consumers.py': room(),
    }
    expect(told({ ...files, 'chat/models.py': `from owned import OwnedMixin\n${files['chat/models.py']}` })).toEqual([])
  })

  it('is asked of a user model of the project, of either base that Django brings', () => {
    expect(told(team(`class Member(AbstractUser):\n${field}`))).toEqual(teamAsked)
    const base = `from django.contrib.auth.base_user import AbstractBaseUser\nclass Member(AbstractBaseUser):\n${field}`
    expect(told(team(base))).toEqual(teamAsked)
    expect(told(team(`class Member(models.Model):\n${field}`))).toEqual([])
  })

  it('is not asked of a user whose manager may follow it', () => {
    expect(told(team(`class Member(AbstractUser):\n${field}    objects = WithTeam()\n`))).toEqual([])
    expect(told(team(`class Member(AbstractUser):\n${field}    people = WithTeam()\n`))).toEqual([])
    const packaged = `from people.managers import PeopleManager\nclass Member(AbstractUser):\n${field}    people = PeopleManager()\n`
    expect(told(team(packaged))).toEqual([])
    const meta = "    class Meta:\n        base_manager_name = 'people'\n"
    expect(told(team(`class Member(AbstractUser):\n${field}${meta}`))).toEqual([])
    const base = `class Person(AbstractUser):\n    objects = WithTeam()\n    class Meta:\n        abstract = True\n`
    expect(told(team(`${base}class Member(Person):\n${field}`))).toEqual([])
    expect(told(team(`class Member(AbstractUser):\n${field}    objects = Helpful()\n`))).toEqual(teamAsked)
  })

  const backend = `from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

class ProfileBackend(ModelBackend):
    def get_user(self, user_id):
        return User.objects.select_related('profile').filter(pk=user_id).first()
`
  const asgi = (name: string, middleware: string) => `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from chat.middleware import ${name}
from chat.routing import websocket_urlpatterns
application = ProtocolTypeRouter({'http': django_application, 'websocket': ${middleware}})
`
  it.each([
    [
      'a backend of the project loads it',
      {
        'chat/backends.py': backend,
        'mysite/settings.py': settings(undefined, "AUTHENTICATION_BACKENDS = ['chat.backends.ProfileBackend']"),
      },
    ],
    [
      'a middleware loads it ahead',
      {
        'mysite/asgi.py': asgi('Loading', 'AuthMiddlewareStack(Loading(URLRouter(websocket_urlpatterns)))'),
        'chat/middleware.py': `from channels.db import database_sync_to_async
class Loading:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        await database_sync_to_async(lambda: scope['user'].profile)()
        return await self.app(scope, receive, send)
`,
      },
    ],
    [
      'a middleware resolves the user itself',
      {
        'mysite/asgi.py': asgi('Resolving', 'Resolving(URLRouter(websocket_urlpatterns))'),
        'chat/middleware.py': `from channels.auth import AuthMiddleware
from channels.db import database_sync_to_async
from django.contrib.auth.models import User
class Resolving(AuthMiddleware):
    async def resolve_scope(self, scope):
        users = User.objects.select_related('profile')
        scope['user']._wrapped = await database_sync_to_async(users.get)(pk=scope['session']['id'])
`,
      },
    ],
  ])('is not asked of the visitor where %s', (_, files) => {
    expect(told({ 'chat/models.py': models, 'chat/consumers.py': visitor, ...files })).toEqual([])
  })
})
