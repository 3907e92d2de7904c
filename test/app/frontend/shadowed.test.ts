import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

const page = '<script>new WebSocket("ws://" + location.host + "/ws/")</script>\n'

const pagesWithSockets = (files: Readonly<Record<string, string>>, dirs = '[]'): string[] => {
  const app = appOf({
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\n',
    Procfile: 'web: daphne mysite.asgi:application\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/__init__.py': '',
    'mysite/settings.py': [
      'from pathlib import Path',
      'BASE_DIR = Path(__file__).resolve().parent.parent',
      "INSTALLED_APPS = ['channels', 'chat']",
      `TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': ${dirs}, 'APP_DIRS': True}]`,
    ].join('\n'),
    'mysite/asgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'chat/__init__.py': '',
    'chat/views.py':
      "from django.shortcuts import render\n\ndef room(request):\n    return render(request, 'chat/room.html')\n",
    ...files,
  })
  return app.frontend.sockets.map(({ at }) => at.file).sort()
}

describe('a template that another one of its name hides', () => {
  it('opens no socket: the copy of an app, or an app behind the folders of the project', () => {
    const copy = { 'chat/templates/chat/room.html': page, 'old/chat/templates/chat/room.html': page }
    expect(pagesWithSockets(copy)).toEqual(['chat/templates/chat/room.html'])
    const front = { 'templates/chat/room.html': page, 'chat/templates/chat/room.html': page }
    expect(pagesWithSockets(front, "[BASE_DIR / 'templates']")).toEqual(['templates/chat/room.html'])
  })

  it('is none where the one that is found first extends its own name, by which the next is found', () => {
    const files = {
      'templates/chat/room.html': '{% extends "chat/room.html" %}',
      'chat/templates/chat/room.html': page,
    }
    expect(pagesWithSockets(files, "[BASE_DIR / 'templates']")).toEqual(['chat/templates/chat/room.html'])
    const named = { ...files, 'templates/chat/room.html': '{% extends parent %}' }
    expect(pagesWithSockets(named, "[BASE_DIR / 'templates']")).toEqual(['chat/templates/chat/room.html'])
    const other = { ...files, 'templates/chat/room.html': '{% extends "base.html" %}' }
    expect(pagesWithSockets(other, "[BASE_DIR / 'templates']")).toEqual([])
  })

  it('is none where no other has its name, or where nobody can tell which folders are searched', () => {
    const alone = { 'chat/templates/chat/room.html': page, 'old/chat/templates/chat/lobby.html': page }
    expect(pagesWithSockets(alone)).toEqual(['chat/templates/chat/room.html', 'old/chat/templates/chat/lobby.html'])
    const copy = { 'chat/templates/chat/room.html': page, 'old/chat/templates/chat/room.html': page }
    expect(pagesWithSockets(copy, "open('dirs').read().split()")).toHaveLength(2)
  })
})
