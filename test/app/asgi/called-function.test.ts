import { describe, expect, it } from 'vitest'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import { eachStanding } from '../../../src/app/asgi/project-functions.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { project } from './support.ts'

const models = `from django.db import models
class Base(models.Model):
    def describe(self): pass
class Room(Base):
    def label(self): pass
class Dish(models.Model):
    def label(self): pass
`
const queries = `from .models import Room
def find(): pass
async def open_room():
    return await Room.objects.aget(pk=1)
def twice(): pass
def twice(): pass
def wrapped(): pass
wrapped = print
class Service:
    def load(self): pass
service = Service()
`

/** The functions that the calls of `wanted()` in a file mean: their class and name; `-`: not known. */
function called(text: string, name = 'wanted', more: Readonly<Record<string, string>> = {}): string[] {
  const code = codeOf(
    project({
      'chat/models.py': models,
      'chat/queries.py': queries,
      'chat/api.py': 'from .queries import find\n',
      'chat/used.py': text,
      ...more,
    }),
  )
  const file = code.file('chat/used.py')
  const found: string[] = []
  if (file !== undefined)
    eachStanding(file, (node, standing) => {
      if (node.kind !== 'Call') return
      const { func } = node
      if ((func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '') !== name) return
      const one = calledFunction(code, node, standing)
      found.push(one === undefined ? '-' : [one.owner?.name ?? [], one.node.name].flat().join('.'))
    })
  return found
}

describe('a function of a module', () => {
  it.each([
    ['from .queries import find\nfind()', 'find'],
    ['def f():\n    from .queries import find\n    find()', 'find'],
    ['from . import queries\nqueries.find()', 'find'],
    ['from .api import find\nfind()', 'find'],
    ['from .queries import find\ndef f():\n    [find() for x in y]', 'find'],
    ['def find(): pass\ndef f():\n    def g():\n        find = 1\n    find()', 'find'],
    ['from . import queries\ndef f():\n    queries.update(x)\n    queries.find()', 'find'],
  ])('%s', (text, expected) => expect(called(text, 'find')).toEqual([expected]))

  it.each([
    'from .queries import find\ndef f(find):\n    find()',
    'from .queries import find\ndef f():\n    find = other\n    find()',
    'from .queries import find\ndef f():\n    [find() for find in all_of_them]',
    'from .queries import find\nfind = other\nfind()',
    'try:\n    from .queries import find\nexcept ImportError:\n    from other import find\nfind()',
    'def g():\n    from .queries import find\ndef f():\n    find()',
    'if x:\n    def find(): pass\nfind()',
    'def find(): pass\ndef g():\n    global find\n    find = 1\ndef f():\n    find()',
    'def f():\n    def find(): pass\n    find()',
  ])('not known: %s', (text) => expect(called(text, 'find')).toEqual(['-']))

  it('is not one that is defined twice, or bound again', () => {
    expect(called('from .queries import twice\ntwice()', 'twice')).toEqual(['-'])
    expect(called('from .queries import wrapped\nwrapped()', 'wrapped')).toEqual(['-'])
  })
})

describe('a method', () => {
  it.each([
    ['class A:\n    def label(self): pass\n    def f(self):\n        self.label()', 'A.label'],
    ['class A:\n    def label(self): pass\nclass B(A):\n    def f(self):\n        self.label()', 'A.label'],
    ['from .models import Room\ndef f():\n    room = Room()\n    room.label()', 'Room.label'],
    ['from .models import Room\ndef f():\n    Room.objects.get(pk=1).label()', 'Room.label'],
    [
      'from .models import Room\nasync def f():\n    room = await Room.objects.aget(pk=1)\n    room.label()',
      'Room.label',
    ],
    ['from .queries import open_room\nasync def f():\n    room = await open_room()\n    room.label()', 'Room.label'],
    [
      'from .models import Room\ndef f():\n    for room in Room.objects.filter(a=1):\n        room.label()',
      'Room.label',
    ],
    ['from .models import Room\ndef f():\n    [room.label() for room in Room.objects.all()]', 'Room.label'],
    ['from .models import Room\ndef f(it: Room):\n    it.label()', 'Room.label'],
    ['from .models import Room\ndef f(it):\n    if isinstance(it, Room) and x:\n        it.label()', 'Room.label'],
    [
      'from .models import Room\ndef f(it):\n    if not isinstance(it, Room):\n        return\n    it.label()',
      'Room.label',
    ],
    ['from .models import Room\ndef f(it):\n    assert isinstance(it, Room)\n    it.label()', 'Room.label'],
    [
      'from .models import Room\ndef f(it):\n    it.label()\ndef g():\n    f(Room())\ndef h(x):\n    f(x)',
      'Room.label',
    ],
    ['from .models import Room\ndef f():\n    Room.label(x)', 'Room.label'],
  ])('%s', (text, expected) => expect(called(text, 'label')).toEqual([expected]))

  it.each([
    'from .models import Room\ndef f(room):\n    room.label()',
    'from .models import Room\ndef f(rooms):\n    for room in rooms:\n        room.label()',
    'from .models import Room\ndef f():\n    for room in Room.objects.values():\n        room.label()',
    'from .models import Room\ndef f(it: Room):\n    it = other(it)\n    it.label()',
    'from .models import Room\ndef f(it):\n    if isinstance(it, Room):\n        pass\n    else:\n        it.label()',
    'from .models import Room\ndef f(it):\n    if isinstance(it, Room):\n        pass\n    it.label()',
    'from .models import Dish, Room\ndef f(it):\n    it.label()\ndef g():\n    f(Room())\n    f(Dish())',
    'class A:\n    def label(self): pass\n    label = other\n    def f(self):\n        self.label()',
    'class A:\n    def f(self):\n        self.room.label()',
    'from .models import Room\ndef f():\n    room = Room()\n    room = other\n    room.label()',
  ])('not known: %s', (text) => expect(called(text, 'label')).toEqual(['-']))

  it('is that of what a module makes, and of what a class inherits', () => {
    expect(called('from .queries import service\nservice.load()', 'load')).toEqual(['Service.load'])
    expect(called('from .models import Room\nRoom().describe()', 'describe')).toEqual(['Base.describe'])
  })

  it('ends where functions give each other what they get', () => {
    const text =
      'async def f(room):\n    room = await room.label()\n    await g(room)\nasync def g(room):\n    await f(room)\n    room.label()'
    expect(called(text, 'label')).toEqual(['-', '-'])
  })
})
