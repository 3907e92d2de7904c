import { describe, expect, it } from 'vitest'
import { queriesOfAsyncViews } from '../../../../rules/asgi/blocking-call/async-views.ts'
import { appOf } from '../../../app/settings/support.ts'

const settings = `SECRET_KEY = 'abc'
DEBUG = False
ROOT_URLCONF = 'mysite.urls'
INSTALLED_APPS = ['daphne', 'chat']
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': ['/app/templates'], 'APP_DIRS': True}]
`
const imports = `from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from .models import Room
from .serializers import RoomSerializer
`

/** What is found in a view with these statements: \`call\` or \`template\`, the name, \`!\` for the first page. */
function found(body: readonly string[], more: Readonly<Record<string, string>> = {}, head = ''): string[] {
  const app = appOf({
    'mysite/settings.py': settings,
    'mysite/urls.py': `from django.urls import path\nfrom chat.views import index\nurlpatterns = [path('', index)]\n`,
    'chat/__init__.py': '',
    'chat/models.py': `from django.db import models\n\n\nclass Room(models.Model):\n    name = models.CharField(max_length=9)\n`,
    'chat/serializers.py': 'class RoomSerializer:\n    pass\n',
    'chat/views.py': `${imports}${head}\n\nasync def index(request):\n${body.map((line) => `    ${line}\n`).join('')}`,
    'templates/rooms.html': '{% for room in rooms %}{{ room }}{% endfor %}',
    ...more,
  })
  return queriesOfAsyncViews(app).map(({ how, name, isFirstPage }) => `${how} ${name}${isFirstPage ? '!' : ''}`)
}

const shown = `return render(request, 'rooms.html', {'rooms': rooms})`
const template = (text: string) => ({ 'templates/rooms.html': text })

describe('query sets that a template runs', () => {
  it.each<[string, readonly string[]]>([
    ['made in the view', ['rooms = Room.objects.all()', shown]],
    ['sliced', ['rooms = Room.objects.order_by("name")[:5]', shown]],
    ['of a lambda', ['rooms = await sync_to_async(lambda: Room.objects.filter(name="a"))()', shown]],
    ['counted before', ['rooms = Room.objects.all()', 'total = await rooms.acount()', shown]],
    [
      'gone through in a thread afterwards',
      [
        'rooms = Room.objects.all()',
        `page = render(request, 'rooms.html', {'rooms': rooms})`,
        'await sync_to_async(len)(rooms)',
        'return page',
      ],
    ],
    ['narrowed later', ['every = Room.objects.all()', 'rooms = every.filter(name="a")', shown]],
    [
      'in a context of its own',
      ['context = {"rooms": Room.objects.all()}', 'return render(request, "rooms.html", context)'],
    ],
    ['by keyword', ['return render(request, template_name="rooms.html", context={"rooms": Room.objects.all()})']],
    [
      'rendered to a text',
      ['html = render_to_string("rooms.html", {"rooms": Room.objects.all()})', 'return JsonResponse({"html": html})'],
    ],
    ['run in a thread and left as it is', ['rooms = await database_sync_to_async(find)()', shown]],
    ['of a coroutine', ['rooms = await late()', shown]],
  ])('%s', (_, body) => {
    const head = `def find():\n    return Room.objects.all()\n\n\nasync def late():\n    return Room.objects.all()\n`
    expect(found(body, {}, head)).toEqual(['template rooms!'])
  })

  it.each([
    '{% if rooms %}some{% endif %}',
    '{% if not rooms %}none{% endif %}',
    '{{ rooms|length }}',
    '{{ rooms.count }}',
    '{{ rooms.0.name }}',
    '{% for room in rooms.all %}{{ room }}{% endfor %}',
    '{% for room in rooms|slice:":3" %}{{ room }}{% endfor %}',
    '{% include "list.html" %}',
    '{{ rooms|default:"none" }}',
    '{% with names=rooms %}{% endwith %}{{ rooms|length }}',
    '{% include "list.html" with names=rooms %}',
    '{% include "other.html" only %}{{ rooms|length }}',
    '{% with kind="a" %}{{ rooms|join:", " }}{% endwith %}',
  ])('where the template says %s', (text) => {
    const more = { ...template(text), 'templates/list.html': '{% for room in rooms %}{{ room }}{% endfor %}' }
    expect(found(['rooms = Room.objects.all()', shown], more)).toEqual(['template rooms!'])
  })

  it.each([
    '{{ others }}',
    '{% if user.is_authenticated %}{{ rooms.count }}{% endif %}',
    '{% if kind and rooms %}some{% endif %}',
    '{# {{ rooms.count }} #}',
    '{% with rooms=names %}{{ rooms|length }}{% endwith %}',
    '{% with names as rooms %}{{ rooms|length }}{% endwith %}',
    '{% with rooms=names %}{% include "list.html" %}{% endwith %}',
    '{% include "list.html" with rooms=names %}',
    '{% include "list.html" only %}',
    '{% for rooms in groups %}{{ rooms|length }}{% endfor %}',
    '{% for name, rooms in groups %}{% endfor %}{{ rooms|length }}',
    '{% url "index" as rooms %}{{ rooms|length }}',
  ])('not where it says %s', (text) => {
    const more = { ...template(text), 'templates/list.html': '{% for room in rooms %}{{ room }}{% endfor %}' }
    expect(found(['rooms = Room.objects.all()', shown], more)).toEqual([])
  })

  it.each<[string, readonly string[]]>([
    ['made a list of', ['rooms = [one async for one in Room.objects.all()]', shown]],
    ['run before in a thread', ['rooms = Room.objects.all()', 'await sync_to_async(len)(rooms)', shown]],
    ['run before by a loop', ['rooms = Room.objects.all()', 'async for one in rooms:', '    pass', shown]],
    ['run before in a lambda', ['rooms = Room.objects.all()', 'await sync_to_async(lambda: len(rooms))()', shown]],
    [
      'run before in a function within',
      ['rooms = Room.objects.all()', '@sync_to_async', 'def load():', '    return len(rooms)', 'await load()', shown],
    ],
    ['run before by its own method', ['rooms = Room.objects.all()', 'await sync_to_async(rooms._fetch_all)()', shown]],
    [
      'handed to something else before',
      ['rooms = Room.objects.all()', 'await asyncio.gather(fetch(rooms), other())', shown],
    ],
    [
      'in a context that something else had',
      [
        'context = {"rooms": Room.objects.all()}',
        'await load(*context.values())',
        'return render(request, "rooms.html", context)',
      ],
    ],
    ['run in a thread by a loop', ['rooms = await sync_to_async(looped)()', shown]],
    ['run in a thread for a text', ['rooms = await sync_to_async(printed)()', shown]],
    ['replaced with others', ['rooms = Room.objects.all()', 'rooms, more = await page_of(rooms)', shown]],
    ['a list in a thread', ['rooms = await sync_to_async(lambda: list(Room.objects.all()))()', shown]],
    ['none', ['rooms = Room.objects.none()', shown]],
    [
      'rendered in a thread',
      [`return await sync_to_async(render)(request, 'rooms.html', {'rooms': Room.objects.all()})`],
    ],
    ['of a function that may give a list', ['rooms = await sync_to_async(find)()', shown]],
    ['assigned twice', ['rooms = Room.objects.all()', 'rooms = []', shown]],
  ])('not where it is %s', (_, body) => {
    const head = `def find():
    if Room.objects.exists():
        return Room.objects.all()
    return []
def looped():
    rooms = Room.objects.all()
    for room in rooms:
        room.seen = True
    return rooms
def printed():
    rooms = Room.objects.all()
    print(f'{len(rooms)} rooms')
    return rooms
`
    expect(found(body, {}, head)).toEqual([])
  })
})

describe('queries of a view itself', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['return JsonResponse({"rooms": list(Room.objects.values("name"))})'], ['call Room.objects.values()!']],
    [
      ['rooms = Room.objects.all()', 'return JsonResponse(RoomSerializer(rooms, many=True).data, safe=False)'],
      ['call RoomSerializer!'],
    ],
    [['room = get_object_or_404(Room, name="a")', shown], ['call get_object_or_404!']],
    [
      ['if request.method == "POST":', '    Room.objects.create()', 'return JsonResponse({})'],
      ['call Room.objects.create'],
    ],
    [['return JsonResponse({"count": find()})'], ['call find!']],
    [['return JsonResponse({"count": await Room.objects.acount()})'], []],
    [['return JsonResponse({"count": await sync_to_async(find)()})'], []],
    [['return JsonResponse({"count": await sync_to_async(Room.objects.count)()})'], []],
  ])('%j', (body, expected) => {
    const head = `def find():\n    return Room.objects.count()\n`
    expect(found(body, {}, head)).toEqual(expected)
  })

  it('are none of a plain view, nor of one behind a decorator', () => {
    const wrapped = `@decorated\nasync def other(request):\n    return JsonResponse({"count": Room.objects.count()})\n`
    expect(found(['return JsonResponse({})'], {}, wrapped)).toEqual([])
    expect(found(['return JsonResponse({})'], {}, wrapped.replace('@decorated\nasync ', ''))).toEqual([])
  })

  it('are those of another page than the first', () => {
    const other = `async def other(request):\n    return JsonResponse({"count": Room.objects.count()})\n`
    expect(found(['return JsonResponse({})'], {}, other)).toEqual(['call Room.objects.count'])
  })
})
