import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

const sound = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
  'site1/__init__.py': '',
  'site1/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
  'site1/settings.py':
    "SECRET_KEY = 'x'\nROOT_URLCONF = 'site1.urls'\nINSTALLED_APPS = ['chat', 'django.contrib.admin']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]\n",
  'site1/urls.py':
    "from django.contrib import admin\nfrom django.urls import include, path\nurlpatterns = [path('', include('chat.urls')), path('admin/', admin.site.urls)]\n",
  'chat/__init__.py': '',
  'chat/urls.py':
    "from django.urls import path\nfrom . import views\nurlpatterns = [\n    path('', views.index),\n    # path('room/', views.room),\n]\n",
  'chat/views.py':
    "from django.shortcuts import render\n\ndef index(request):\n    return render(request, 'chat/index.html')\n\ndef room(request):\n    return render(request, 'chat/room.html')\n",
  'chat/templates/chat/index.html': '<p>index</p>',
  'chat/templates/chat/room.html': "<script>new WebSocket('ws://' + location.host + '/ws/')</script>",
}

const referenced = (files: Readonly<Record<string, string>>) =>
  appOf({ ...sound, ...files }).frontend.sockets.map((socket) => socket.referenced)

const views = (more: string) => ({ 'chat/views.py': `${sound['chat/views.py']}${more}` })

describe('a page that only a view renders which no URLconf names', () => {
  it('is referred to by nothing', () => {
    expect(referenced({})).toEqual([false])
    expect(referenced({ 'chat/other.py': 'room = 1\nprint(room)\n' })).toEqual([false])
  })

  const urls = (pattern: string) => ({ 'chat/urls.py': sound['chat/urls.py'].replace('# path', pattern) })
  it.each<[string, Readonly<Record<string, string>>]>([
    ['a pattern', urls('path')],
    ['another view', views('\ndef other(request):\n    return room(request)\n')],
    ['an import', { 'chat/other.py': 'from .views import room\n' }],
    ['a path as a text', { 'chat/other.py': "VIEW = 'chat.views.room'\n" }],
    ['a star', { 'chat/urls.py': "from .views import *\nurlpatterns = [path('', room)]\n" }],
    ['patterns that nobody can read', urls('*patterns(views), #')],
    ['another URLconf', { 'site1/urls.py': 'from somewhere import urlpatterns\n' }],
    ['a decorator', views("\n@register('x')\ndef other(request):\n    return render(request, 'chat/room.html')\n")],
    ['another page', { 'chat/templates/chat/index.html': "{% include 'chat/room.html' %}" }],
    ['code of the module', views("\nPAGES = ['chat/room.html']\n")],
  ])('counts as used by %s', (_, files) => {
    expect(referenced(files)).toEqual([true])
  })

  it('is not used by patterns that the URLconf does not include, nor by an import that gives it to none', () => {
    expect(referenced({ 'chat/old_urls.py': urls('path')['chat/urls.py'] })).toEqual([false])
    const imported = sound['chat/urls.py'].replace(
      'from . import views',
      'from . import views\nfrom .views import room',
    )
    expect(referenced({ 'chat/urls.py': imported })).toEqual([false])
    expect(referenced({ 'chat/urls.py': imported.replace('# path', 'path').replace('views.room', 'room') })).toEqual([
      true,
    ])
    const included = `urlpatterns = [path('', include('chat.old_urls')), path('', include('chat.urls'))]`
    const both = { 'site1/urls.py': `from django.urls import include, path\n${included}\n` }
    expect(referenced({ 'chat/old_urls.py': urls('path')['chat/urls.py'], ...both })).toEqual([true])
  })

  it('takes with it what it alone includes or loads', () => {
    const socket = "new WebSocket('ws://' + location.host + '/ws/')"
    const parts = (room: string, other = '') => ({
      'chat/templates/chat/room.html': room,
      'chat/templates/chat/part.html': `<script>${socket}</script>`,
      'chat/templates/chat/index.html': other,
    })
    expect(referenced(parts("{% include 'chat/part.html' %}"))).toEqual([false])
    expect(referenced(parts("{% include 'chat/part.html' %}", "{% include 'chat/part.html' %}"))).toEqual([true])
    const script = { 'chat/templates/chat/room.html': '<script src="/static/room.js"></script>' }
    expect(referenced({ ...script, 'chat/static/room.js': socket })).toEqual([false])
    // Nothing names the page itself: a generic view may make its name.
    const page = { 'chat/templates/chat/room_list.html': '<script src="/static/room.js"></script>' }
    expect(referenced({ ...script, ...page, 'chat/static/room.js': socket })).toEqual([true])
  })

  it('is the same for a class', () => {
    const room = "class Room(TemplateView):\n    template_name = 'chat/room.html'\n"
    const module = (line: string) => ({
      'chat/views.py': `${line}\nfrom django.shortcuts import render\n\ndef index(request):\n    return render(request, 'chat/index.html')\n\n${room}`,
    })
    expect(referenced(module('from django.views.generic import TemplateView'))).toEqual([false])
    expect(referenced(module('from .base import TemplateView'))).toEqual([true])
  })
})
