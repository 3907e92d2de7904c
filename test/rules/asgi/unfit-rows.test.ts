import { describe, expect, it } from 'vitest'
import rule from '../../../rules/asgi/event-not-serializable/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { project } from '../../app/asgi/support.ts'

const layer = (backend: string) => `import os
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
AUTH_USER_MODEL = 'chat.User'
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': '${backend}', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}
`
const redis = layer('channels_redis.core.RedisChannelLayer')

const models = `import uuid
from decimal import Decimal
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

def tell(**values):
    async_to_sync(get_channel_layer().group_send)('chat', {'type': 'chat.message', **values})

class Keyed(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    class Meta:
        abstract = True

class User(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)

class Room(Keyed):
    name = models.CharField(max_length=9)

class Message(Keyed):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name='messages')
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    text = models.TextField()
    price = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    fee = models.DecimalField(max_digits=5, decimal_places=2)
    day = models.DateField()
    hour = models.TimeField()
    length = models.DurationField()
    seen = models.DateTimeField(null=True)
    image = models.ImageField(null=True)
`

function checked(services: string, more: Record<string, string>, settings: string) {
  const app = project({
    'chat/models.py': `${models}\nclass Plain(models.Model):\n    text = models.TextField()\n`,
    'chat/services.py': `from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.shortcuts import get_object_or_404
from django.views.generic import CreateView, DetailView
from rest_framework import generics, serializers
from .models import Message, Room, User, tell
${services}
`,
    'mysite/settings.py': settings,
    ...more,
  })
  return { app, findings: run(app, [rule], defaultConfig).findings }
}

/** What is told of a project whose services hold this, by what stands there. */
function unfit(services: string, more: Record<string, string> = {}, settings = redis): string[] {
  const { app, findings } = checked(services, more, settings)
  return findings.map(({ at }) => {
    const read = app.tree.read(at.file)
    return typeof read === 'string' ? '' : read.text.slice(at.span.start, at.span.end)
  })
}

const fixes = (services: string) => checked(services, {}, redis).findings.map(({ fixes: [fix] }) => fix?.title.en)

const inModel = (method: string) => ({ 'chat/models.py': `${models}\n${method.replace(/^(?=.)/gm, '    ')}\n` })

describe('a row in a method of its model', () => {
  it.each<[string, string[]]>([
    [`@classmethod\ndef post(cls, text):\n    row = cls.objects.create(text=text)\n    tell(key=row.id)`, ['row.id']],
    [
      `@classmethod\ndef post(cls, text):\n    row = cls(text=text)\n    row.save()\n    tell(at=row.created_at)`,
      ['row.created_at'],
    ],
    [`@classmethod\ndef last(cls):\n    tell(fee=cls.objects.first().fee)`, ['cls.objects.first().fee']],
    [
      `def tell_all(self):\n    tell(a=self.pk, b=self.id, c=self.created_at, d=self.room_id, e=self.room.pk, f=self.author.id)`,
      ['self.pk', 'self.id', 'self.created_at', 'self.room_id', 'self.room.pk', 'self.author.id'],
    ],
    [
      `def tell_all(self):\n    tell(a=self.image, b=self.fee, c=self.day, d=self.hour, e=self.length)`,
      ['self.image', 'self.fee', 'self.day', 'self.hour', 'self.length'],
    ],
    [`def save(self, **kwargs):\n    super().save(**kwargs)\n    tell(at=self.created_at)`, ['self.created_at']],
    [`def tell_room(self):\n    tell(room=self.room)`, ['self.room']],
    [`def tell_it(self):\n    tell(it=self)`, ['self']],
  ])('is known: %s', (method, shown) => {
    expect(unfit('', inModel(method))).toEqual(shown)
  })

  it.each([
    `def tell_all(self):\n    tell(a=str(self.pk), b=self.id.hex, c=self.created_at.isoformat(), d=f'{self.room_id}', e=self.text)`,
    `def tell_all(self):\n    tell(a=self.image.url, b=float(self.fee), c=self.seen, d=self.author_id, e=self.author, f=self.price)`,
    `@classmethod\ndef post(cls, text):\n    row = cls(text=text)\n    tell(at=row.created_at)`,
    `@classmethod\ndef post(cls, key):\n    row = cls.objects.create(id=key)\n    tell(key=row.id)`,
    `@classmethod\ndef post(cls, fee):\n    row = cls.objects.create(fee=fee, room_id=fee)\n    tell(fee=row.fee, room=row.room_id)`,
    `@staticmethod\ndef post(self):\n    tell(key=self.id)`,
    `def post(self):\n    self.id = str(self.id)\n    tell(key=self.id)`,
    `def save(self, **kwargs):\n    tell(at=self.created_at)\n    super().save(**kwargs)`,
    `def post(self, other):\n    tell(key=other.id)`,
  ])('is told of nothing that is sound, or not known: %s', (method) => {
    expect(unfit('', inModel(method))).toEqual([])
  })

  it('holds what it was given by hand until it is read again', () => {
    const tells = `def tell_all(self):\n    tell(fee=self.fee)`
    expect(unfit(`def make(fee):\n    Message.objects.create(fee=fee)`, inModel(tells))).toEqual([])
    expect(unfit(`def make(fee):\n    Message(fee=fee).save()`, inModel(tells))).toEqual([])
    expect(unfit(`def change(row, fee):\n    row.fee = fee`, inModel(tells))).toEqual([])
    expect(unfit(`def make(**data):\n    Message.objects.create(**data)`, inModel(tells))).toEqual([])
    expect(unfit(`def find(fee):\n    return Message.objects.filter(fee=fee)`, inModel(tells))).toEqual(['self.fee'])
    expect(unfit(`def make(fee):\n    Other.objects.create(fee=fee)`, inModel(tells))).toEqual(['self.fee'])
    expect(
      unfit(`def make(key):\n    Message.objects.create(id=key)`, inModel('def t(self):\n    tell(key=self.id)')),
    ).toEqual([])
  })
})

describe('a row that a manager gives', () => {
  const managed = (body: string) => ({
    'chat/models.py': `${models.replace(
      'class Room(Keyed):',
      `class RoomManager(models.Manager):\n${body.replace(/^(?=.)/gm, '    ')}\n\nclass Room(Keyed):\n    objects = RoomManager()`,
    )}`,
  })
  it.each<[string, string[]]>([
    [`def open(self):\n    room = self.create(name='a')\n    tell(key=room.id)`, ['room.id']],
    [`def open(self):\n    room = self.model(name='a')\n    room.save()\n    tell(key=room.pk)`, ['room.pk']],
    [`def open(self):\n    room = super().create(name='a')\n    tell(key=room.pk)`, ['room.pk']],
    [
      `def tell_all(self):\n    for room in self.get_queryset().filter(name='a'):\n        tell(key=room.id)`,
      ['room.id'],
    ],
    [`def open(self):\n    room = self.make(name='a')\n    tell(key=room.id)`, []],
  ])('in one of its own methods: %s', (body, shown) => expect(unfit('', managed(body))).toEqual(shown))

  it.each<[string, string[]]>([
    [`for row in Message.objects.filter(text='a'):\n    tell(key=row.id, price=row.price)`, ['row.id', 'row.price']],
    [`tell(rows=[row.id for row in Message.objects.all()])`, ['row.id']],
    [`tell(rows=[{'at': row.created_at} for row in Message.objects.all()])`, ['row.created_at']],
    [`row = Message.objects.filter(text='a').order_by('day').last()\ntell(day=row.day)`, ['row.day']],
    [`row, made = Message.objects.get_or_create(text='a')\ntell(key=row.id)`, ['row.id']],
    [`row = get_object_or_404(Message, pk=1)\ntell(fee=row.fee)`, ['row.fee']],
    [
      `room = Room.objects.get(name='a')\nrow = room.messages.create(text='a')\ntell(key=row.id, rows=room.messages.all())`,
      ['row.id', 'room.messages.all()'],
    ],
    [`row = Message.objects.get(pk=1)\ntell(room=row.room_id, name=row.room.name)`, ['row.room_id']],
    [`row = Message.objects.create(room=Room.objects.first())\ntell(room=row.room_id)`, ['row.room_id']],
    [
      `user = get_user_model().objects.get(pk=1)\ntell(user=user.id, joined=user.date_joined)`,
      ['user.id', 'user.date_joined'],
    ],
    [`row = Message.objects.get(pk=1)\nrow.text = 'a'\nrow.fee = '1'\ntell(fee=row.fee)`, []],
    [`row = Message.objects.first()\ntell(row=row)`, []],
    [`for row in Message.objects.values_list('text'):\n    tell(key=row.id)`, []],
    [
      `row = Message.objects.get(pk=1)\ntell(text=row.text, room=row.room.name, seen=row.seen, at=row.created_at.timestamp())`,
      [],
    ],
    [`row = Message.objects.get(pk=1)\nrow = row.as_dict()\ntell(key=row.id)`, []],
  ])('wherever it stands: %s', (body, shown) => {
    expect(unfit(`def work():\n${body.replace(/^(?=.)/gm, '    ')}`)).toEqual(shown)
  })

  it('is known where it is handed on', () => {
    const told = (calls: string) => unfit(`def announce(row):\n    tell(key=row.id, fee=row.fee)\n${calls}`)
    expect(told(`def a():\n    announce(Message.objects.get(pk=1))`)).toEqual(['row.id', 'row.fee'])
    expect(told(`def a(other):\n    announce(Message.objects.get(pk=1))\n    announce(other)`)).toEqual([])
  })

  it('may be sent where nothing is written down', () => {
    const services = `def work():\n    tell(key=Message.objects.get(pk=1).id)`
    expect(unfit(services, {}, layer('channels.layers.InMemoryChannelLayer'))).toEqual([])
    expect(unfit(services)).toEqual(['Message.objects.get(pk=1).id'])
  })
})

describe('a row that Django hands over', () => {
  it.each<[string, string[]]>([
    [
      `@receiver(post_save, sender=Message)\ndef t(sender, instance, **kwargs):\n    tell(key=instance.id, room=instance.room_id)`,
      ['instance.id', 'instance.room_id'],
    ],
    [
      `@receiver([post_save, post_delete], sender='chat.Message')\ndef t(sender, instance, **kwargs):\n    tell(key=instance.id)`,
      ['instance.id'],
    ],
    [
      `def t(sender, instance, **kwargs):\n    tell(key=instance.id)\npost_save.connect(t, sender=Message)`,
      ['instance.id'],
    ],
    [`def t(sender, instance, **kwargs):\n    tell(key=instance.id)\npost_save.connect(t)`, []],
    [
      `def t(sender, instance, **kwargs):\n    tell(key=instance.id)\npost_save.connect(t, sender=Message)\npost_save.connect(t, sender=User)`,
      [],
    ],
    [
      `class S(serializers.ModelSerializer):\n    class Meta:\n        model = Message
class V(generics.CreateAPIView):\n    serializer_class = S\n    def perform_create(self, serializer):\n        row = serializer.save()\n        tell(key=row.id, day=row.day, at=serializer.instance.created_at, **serializer.data)`,
      ['row.id', 'row.day', 'serializer.instance.created_at'],
    ],
    [
      `class V(generics.UpdateAPIView):\n    queryset = Message.objects.all()\n    def patch(self, request, pk):\n        row = self.get_object()\n        tell(key=row.id, price=row.price)`,
      ['row.id', 'row.price'],
    ],
    [
      `class V(DetailView):\n    model = Message\n    def get_object(self):\n        return find()\n    def get(self, request, pk):\n        row = self.get_object()\n        tell(key=row.id)`,
      [],
    ],
    [
      `class V(CreateView):\n    model = Message\n    def form_valid(self, form):\n        answer = super().form_valid(form)\n        tell(key=self.object.id)\n        return answer`,
      ['self.object.id'],
    ],
  ])('%s', (services, shown) => expect(unfit(services)).toEqual(shown))
})

describe('a method of a row', () => {
  const described = inModel(`def described(self):\n    return {'key': self.id, 'text': self.text}`)
  it.each<[string, string[]]>([
    [
      `@receiver(post_save, sender=Message)\ndef t(sender, instance, **kwargs):\n    tell(row=instance.described())`,
      ['self.id'],
    ],
    [`def t(row: Message):\n    tell(**row.described(), at=row.created_at)`, ['row.created_at', 'self.id']],
    [`def t():\n    row = Room.objects.first().messages.create(text='a')\n    tell(row=row.described())`, ['self.id']],
    [`def t(row: Message = None, other=None):\n    tell(row=other.described())`, []],
  ])('is followed: %s', (services, shown) => expect(unfit(services, described).sort()).toEqual(shown))
})

describe('a visitor whose key is a UUID', () => {
  it('is known in a view', () => {
    expect(unfit(`def view(request):\n    tell(user=request.user.id)`)).toEqual(['request.user.id'])
    expect(unfit(`def view(request):\n    tell(user=request.user)`)).toEqual(['request.user'])
    expect(unfit(`def view(request):\n    tell(user=str(request.user.id), name=request.user.username)`)).toEqual([])
    expect(unfit(`def view(request):\n    request = find(request)\n    tell(user=request.user.id)`)).toEqual([])
  })

  const consumer = (body: string, connect = 'pass') => ({
    'chat/consumers.py': `import json
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.core.serializers.json import DjangoJSONEncoder
from .models import Message, Room
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        ${connect}
        await self.accept()
    async def receive_json(self, content):
        ${body.replaceAll('\n', '\n        ')}
`,
  })
  it.each<[string, string, string[]]>([
    [`await self.send_json({'user': self.scope['user'].id})`, 'pass', [`self.scope['user'].id`]],
    [`await self.send_json({'user': self.user.pk})`, `self.user = self.scope['user']`, ['self.user.pk']],
    [`await self.send(json.dumps({'user': self.user.pk}))`, `self.user = self.scope['user']`, ['self.user.pk']],
    [
      `await self.send(json.dumps({'user': self.user.pk}, cls=DjangoJSONEncoder))`,
      `self.user = self.scope['user']`,
      [],
    ],
    [
      `await self.send_json({'user': self.user.pk})`,
      `self.scope['user'] = await find(self.scope)\n        self.user = self.scope['user']`,
      [],
    ],
    [`await self.send_json({'room': self.room.id})`, `self.room = await Room.objects.aget(name='a')`, ['self.room.id']],
    [`row = await self.post(content)\nawait self.send_json({'key': row.id})`, 'pass', []],
    [
      `row = await database_sync_to_async(Message.objects.create)(text='a')\nawait self.send_json({'key': row.id, 'at': row.created_at})`,
      'pass',
      ['row.id', 'row.created_at'],
    ],
    [
      `await self.channel_layer.group_send('chat', {'type': 'chat.message', 'user': self.user.id})`,
      `self.user = self.scope['user']`,
      ['self.user.id'],
    ],
  ])('or a row is in a consumer: %s', (body, connect, shown) => {
    expect(unfit('', consumer(body, connect))).toEqual(shown)
  })
})

describe('the fix of an instance', () => {
  it('sends its key as what can be sent', () => {
    expect(fixes(`def t(room: Room):\n    tell(room=room)`)).toEqual(['Send str(room.pk)'])
    expect(fixes(`from .models import Plain\ndef t(row: Plain):\n    tell(row=row)`)).toEqual(['Send row.pk'])
  })
})

describe('dicts of rows', () => {
  it.each<[string, string[]]>([
    [`tell(rows=list(Message.objects.values('id', 'text')))`, [`list(Message.objects.values('id', 'text'))`]],
    [`tell(rows=list(Message.objects.filter(text='a').values()))`, [`list(Message.objects.filter(text='a').values())`]],
    [
      `tell(rows=list(Message.objects.values_list('room', flat=True)))`,
      [`list(Message.objects.values_list('room', flat=True))`],
    ],
    [
      `tell(rows=list(Message.objects.values('room__created_at')))`,
      [`list(Message.objects.values('room__created_at'))`],
    ],
    [`tell(rows=list(Message.objects.all()))`, ['list(Message.objects.all())']],
    [`tell(rows=[row['id'] for row in Message.objects.values('id')])`, [`row['id']`]],
    [`for row in Message.objects.values():\n    tell(at=row['created_at'])`, [`row['created_at']`]],
    [`row = Message.objects.values('fee').get(pk=1)\ntell(fee=row['fee'])`, [`row['fee']`]],
    [`row = Message.objects.get(pk=1)\ntell(row=model_to_dict(row))`, ['model_to_dict(row)']],
    [
      `row = Message.objects.get(pk=1)\ntell(**model_to_dict(row, fields=['room']))`,
      ["model_to_dict(row, fields=['room'])"],
    ],
    [`row = Room.objects.get(pk=1)\ntell(row=model_to_dict(row))`, []],
    [`row = Message.objects.get(pk=1)\ntell(row=model_to_dict(row, fields=['text', 'seen']))`, []],
    [
      `row = Message.objects.get(pk=1)\ndata = model_to_dict(row, fields=['room', 'text'])\ndata['room'] = str(row.room_id)\ntell(row=data)`,
      [],
    ],
    [`tell(rows=list(Message.objects.values('text', 'seen', 'author', 'image')))`, []],
    [`tell(rows=[str(row['id']) for row in Message.objects.values('id')])`, []],
    [`tell(rows=list(Message.objects.values(key=Cast('id', models.CharField()))))`, []],
    [`tell(rows=[row['id'] for row in Message.objects.values(id=Cast('id', models.CharField()))])`, []],
  ])('%s', (body, shown) => {
    const before =
      'from django.db import models\nfrom django.db.models.functions import Cast\nfrom django.forms import model_to_dict\n'
    expect(unfit(`${before}def work():\n${body.replace(/^(?=.)/gm, '    ')}`)).toEqual(shown)
  })

  it('are left to whoever knows what to make of them', () => {
    expect(fixes(`def work():\n    tell(rows=list(Message.objects.values('id')))`)).toEqual([undefined])
  })
})
