import { describe, expect, it } from 'vitest'
import { consumer, models, settings, told } from './sound.ts'

const files = (body: string, imports = '') => ({
  'chat/models.py': models,
  'mysite/settings.py': settings(),
  'chat/consumers.py': consumer(body, imports),
})
const connect = (body: string) =>
  `async def connect(self):\n${body.replace(/^(?=.)/gm, '    ')}\n    await self.accept()\n`

describe('async_to_sync in a lambda', () => {
  const sends = "async_to_sync(self.channel_layer.group_send)('lobby', {'type': 'chat.message'})"
  const handler = 'async def chat_message(self, event):\n    await self.send_json({})\n'

  it('may be run by a thread', () => {
    expect(told(files(`${handler}${connect(`await sync_to_async(lambda: ${sends})()`)}`))).toEqual([])
  })

  it('raises in the coroutine itself', () => {
    expect(told(files(`${handler}${connect(sends)}`))).toEqual([
      expect.stringContaining('async_to_sync is called in a coroutine'),
    ])
  })
})

describe('a query that asks for nothing', () => {
  it.each(['print(list(rooms))', 'for room in rooms:\n    print(room)', 'print(rooms.count())', 'if rooms:\n    pass'])(
    'comes to no database: %s',
    (body) => {
      expect(told(files(connect(`rooms = Room.objects.none()\n${body}`)))).toEqual([])
      expect(told(files(connect(`rooms = Room.objects.all()\n${body}`)))).toHaveLength(1)
    },
  )
})

describe('a class with objects', () => {
  const of = (room: string) => ({
    ...files(connect('print(Room.objects.get(pk=1))')),
    'chat/models.py': `import mongoengine\nfrom shared.models import Stamped\n${room}`,
  })

  it.each([
    'class Room:\n    objects = Store()\n',
    'class Plain(object):\n    pass\nclass Room(Plain):\n    objects = Store()\n',
    'class Room(mongoengine.Document):\n    pass\n',
  ])('is no model of Django: %s', (room) => {
    expect(told(of(room))).toEqual([])
  })

  it.each(['class Room(Stamped):\n    pass\n', 'class Room(metaclass=Registered):\n    pass\n'])(
    'may be one: %s',
    (room) => {
      expect(told(of(room))).toEqual([expect.stringContaining('queries the database with Room.objects.get')])
    },
  )
})

describe('a parameter of the URL', () => {
  const kwargs = "self.scope['url_route']['kwargs']"
  const bases = (base: string, own: string) => `
class Joining:
    def group(self):
        return ${base}
    async def connect(self):
        await self.channel_layer.group_add(self.group(), self.channel_name)
        await self.accept()

class Plain(Joining, AsyncJsonWebsocketConsumer):
    private = False

class ChatConsumer(Plain):
    def group(self):
        return ${own}
`
  const derived = (base: string, own: string) => ({
    'chat/models.py': models,
    'chat/consumers.py': `from channels.generic.websocket import AsyncJsonWebsocketConsumer\n${bases(base, own)}`,
  })

  it('is not read by a method that a class defines anew', () => {
    expect(told(derived(`${kwargs}['pk']`, `${kwargs}['room']`))).toEqual([])
  })

  it.each(['super().group()', 'super(ChatConsumer, self).group()', 'Joining.group(self)'])(
    'is read through %s',
    (own) => {
      expect(told(derived(`${kwargs}['pk']`, own))).toEqual([expect.stringContaining('reads the parameter `pk`')])
    },
  )

  it.each([
    `kwargs = ${kwargs}\nself.name = kwargs['pk'] if kwargs else 'lobby'`,
    `if ${kwargs}:\n    self.name = ${kwargs}['pk']`,
    `if self.scope['path'].startswith('/ws/room/'):\n    self.name = ${kwargs}['pk']`,
    `self.name = ${kwargs} and ${kwargs}['pk']`,
    `if self.private:\n    self.name = ${kwargs}['pk']`,
  ])('may be there where the consumer looks: %s', (body) => {
    expect(told(files(`private = False\n${connect(body)}`))).toEqual([])
  })

  it.each([
    `self.name = ${kwargs}['pk']`,
    `if self.scope['user'].is_authenticated:\n    self.name = ${kwargs}['pk']`,
    `if ${kwargs}['room'] == 'lobby':\n    self.name = ${kwargs}['pk']`,
  ])('is missed elsewhere: %s', (body) => {
    expect(told(files(connect(body)))).toEqual([expect.stringContaining('reads the parameter `pk`')])
  })
})
