import { expect, test } from 'vitest'
import { consumer, told } from './visits.ts'

/** Code that a socket meets after others were there: what may have changed by then is not told as certain. */
test.each([
  [
    'an event may come before a message',
    'self.board = None\nawait self.accept()',
    '',
    'async def receive(self, text_data):\n    self.board.push(text_data)\nasync def game_start(self, event):\n    self.board = event["board"]',
    [],
  ],
  [
    'an attribute of the class that an event binds',
    'await self.accept()',
    '',
    'board = None\nasync def receive(self, text_data):\n    self.board.push(text_data)\nasync def game_start(self, event):\n    self.board = event["board"]',
    [],
  ],
  [
    'a dict that an event fills',
    'self.pending = {}\nawait self.accept()',
    '',
    'async def receive(self, text_data):\n    await self.send(self.pending["order"])\nasync def order_placed(self, event):\n    self.pending["order"] = event["order"]',
    [],
  ],
  [
    'an attribute that nothing binds again',
    'self.board = None\nawait self.accept()',
    '',
    'async def receive(self, text_data):\n    self.board.push(text_data)',
    ["message ChatConsumer.receive AttributeError: 'NoneType' object has no attribute 'push'"],
  ],
  [
    'a task that goes on',
    'self.info = None\nawait self.accept()\nself.starting = asyncio.create_task(self.start())',
    '',
    'async def start(self):\n    self.info = await find()\nasync def disconnect(self, code):\n    await self.send(self.info["room"])',
    [],
  ],
  [
    'a task while something is waited for',
    'self.info = None\nasyncio.get_running_loop().call_soon(self.start)\nawait asyncio.sleep(1)\nawait self.send(self.info["room"])\nawait self.accept()',
    '',
    'def start(self):\n    self.info = {"room": "x"}',
    [],
  ],
  [
    'nothing runs while something is waited for',
    'self.info = None\nawait asyncio.sleep(1)\nawait self.send(self.info["room"])\nawait self.accept()',
    '',
    'def start(self):\n    self.info = {"room": "x"}',
    ["connect ChatConsumer.connect TypeError: 'NoneType' object is not subscriptable"],
  ],
  [
    'a function in a method, called by whom it was given to',
    'self.info = None\ndef found(info):\n    self.info = info\nwatch(found)\nawait self.accept()',
    'from somewhere import watch',
    'async def receive(self, text_data):\n    await self.send(self.info["room"])',
    [],
  ],
  [
    'an attribute that other code binds',
    'self.bot = None\nawait self.accept()',
    'def equip(one, bot):\n    one.bot = bot',
    'async def receive(self, text_data):\n    await self.bot.complete(text_data)',
    [],
  ],
  [
    'an attribute that other code binds by its name',
    'self.bot = None\nawait self.accept()',
    'def equip(one, bot):\n    setattr(one, "bot", bot)',
    'async def receive(self, text_data):\n    await self.bot.complete(text_data)',
    [],
  ],
  [
    'an attribute of an object of the module that other code binds',
    'await hub.bot.complete("x")\nawait self.accept()',
    'class Hub:\n    def __init__(self):\n        self.bot = "none"\nhub = Hub()\ndef start(bot):\n    hub.bot = bot',
    '',
    [],
  ],
  [
    'an attribute of an object of the module that other code binds by a computed name',
    'await hub.bot.complete("x")\nawait self.accept()',
    'class Hub:\n    def __init__(self):\n        self.bot = "none"\nhub = Hub()\ndef start(**more):\n    for name, value in more.items():\n        setattr(hub, name, value)',
    '',
    [],
  ],
  [
    'computed names are none of the consumer',
    'self.bot = None\nawait self.accept()',
    'def fill(one, **more):\n    one.__dict__.update(more)',
    'async def receive(self, text_data):\n    await self.bot.complete(text_data)',
    ["message ChatConsumer.receive AttributeError: 'NoneType' object has no attribute 'complete'"],
  ],
  [
    'a thread',
    'self.info = None\nthreading.Thread(target=self.load).start()\ntime.sleep(1)\nself.room = self.info["room"]\nawait self.accept()',
    'import threading',
    'def load(self):\n    self.info = {"room": "x"}',
    [],
  ],
  [
    'a name that a function binds that does not exist before',
    'hub["a"].join(self)\nawait self.accept()',
    'def start():\n    global hub\n    hub = {}',
    '',
    [],
  ],
  [
    'a name that is only announced',
    'hub.join(self)\nawait self.accept()',
    'class Hub:\n    def join(self, one):\n        pass\nhub: Hub',
    '',
    [],
  ],
  [
    'names that nobody can tell',
    'hub.join(self)\nawait self.accept()',
    'def bind(**names):\n    globals().update(names)',
    '',
    [],
  ],
  [
    'what a closure keeps',
    'self.n = get("lobby")\nawait self.accept()',
    'def make():\n    registry, last = {}, None\n    def register(name, value):\n        nonlocal last\n        registry[name] = last = value\n    def get(name):\n        return registry[name] + last.n\n    return register, get\nregister, get = make()',
    '',
    [],
  ],
  [
    'what a function keeps: a default',
    'self.n = known("lobby")\nawait self.accept()',
    'def known(name, cache={}):\n    return cache[name]',
    '',
    [],
  ],
  [
    'what a function keeps: an attribute',
    'self.n = known("lobby")\nawait self.accept()',
    'def known(name):\n    return known.last[name]\nknown.last = None',
    '',
    [],
  ],
  ['a dict in a tuple', 'self.n = counts[0]["lobby"]\nawait self.accept()', 'counts = ({}, {})', '', []],
  [
    'an object that holds one',
    'self.n = hub.rooms["lobby"]\nawait self.accept()',
    'class Hub:\n    def __init__(self):\n        self.rooms = {}\nhub = Hub()',
    '',
    [],
  ],
  [
    'a namespace',
    'space.redis.ping(space.rooms["lobby"])\nawait self.accept()',
    'import types\nspace = types.SimpleNamespace(rooms={}, redis=None)',
    '',
    [],
  ],
  [
    'a class that something loads',
    'Loaded.client.ping()\nawait self.accept()',
    'class Loaded:\n    client = False',
    '',
    [],
  ],
  [
    'an object that nothing changes',
    'hub.leave(self)\nawait self.accept()',
    'class Hub:\n    def __init__(self, name):\n        self.name = name\n    def join(self, one):\n        pass\nhub = Hub("x")',
    '',
    ["connect ChatConsumer.connect AttributeError: 'Hub' object has no attribute 'leave'"],
  ],
])('%s', (_, connect, top, more, lines) => {
  expect(told({ consumers: consumer(connect, top, more) })).toEqual(lines)
})

const made = (init: string, more = '') =>
  consumer('await self.send(self.greeting)\nawait self.accept()', '', `${init}\n${more}`)

/** What `as_asgi()` is given, the consumer is made with. */
test.each([
  [
    'a text',
    made('def __init__(self, greeting):\n    super().__init__()\n    self.greeting = greeting'),
    "path('a/', ChatConsumer.as_asgi(greeting='hello'))",
    [],
  ],
  [
    'instead of a default',
    consumer(
      'await self.bot.complete("x")\nawait self.accept()',
      '',
      'def __init__(self, bot=None, **more):\n    super().__init__(**more)\n    self.bot = bot',
    ),
    "path('a/', ChatConsumer.as_asgi(bot=Bot()))",
    [],
  ],
  [
    'one of two routes gives it',
    consumer(
      'await self.bot.complete("x")\nawait self.accept()',
      '',
      'def __init__(self, bot=None):\n    self.bot = bot',
    ),
    "path('a/', ChatConsumer.as_asgi()), path('b/', ChatConsumer.as_asgi(bot=Bot()))",
    [],
  ],
  [
    'no route gives it',
    consumer(
      'await self.bot.complete("x")\nawait self.accept()',
      '',
      'def __init__(self, bot=None):\n    self.bot = bot',
    ),
    "path('a/', ChatConsumer.as_asgi()), path('b/', ChatConsumer.as_asgi(bot=None))",
    ["connect ChatConsumer.connect AttributeError: 'NoneType' object has no attribute 'complete'"],
  ],
])('as_asgi: %s', (_, consumers, routes, lines) => {
  const routing = `from django.urls import path\nfrom somebot import Bot\nfrom .consumers import ChatConsumer\nroutes = [${routes}]\n`
  expect(told({ consumers, more: { 'chat/routing.py': routing } })).toEqual(lines)
})
