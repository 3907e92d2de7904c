import { describe, expect, it } from 'vitest'
import { changedLater } from '../../../src/app/settings/changed-later.ts'
import { appOf } from '../../support/app.ts'

const project = {
  'manage.py': '',
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application',
  'mysite/__init__.py': '',
  'mysite/settings.py': "ALLOWED_HOSTS = ['a.example']\nINSTALLED_APPS = ['chat']\n",
  'mysite/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
  'chat/__init__.py': '',
}

const heading = 'from django.conf import settings\n'
const inServed = (code: string) => ({ 'mysite/asgi.py': `${project['mysite/asgi.py']}${heading}${code}\n` })
const inReady = (code: string) => ({
  'chat/apps.py': `from django.apps import AppConfig\n\n\nclass Chat(AppConfig):\n    name = 'chat'\n\n    def ready(self):\n        from django.conf import settings as s\n        ${code}\n`,
})
const changed = (files: Readonly<Record<string, string>>) => [...changedLater(appOf({ ...project, ...files })).keys()]

describe('changedLater', () => {
  it.each([
    "settings.ALLOWED_HOSTS.append('b.example')",
    "settings.ALLOWED_HOSTS += ['b.example']",
    "settings.ALLOWED_HOSTS = ['b.example']",
    "settings.ALLOWED_HOSTS[0] = 'b.example'",
    'del settings.ALLOWED_HOSTS[0]',
    "setattr(settings, 'ALLOWED_HOSTS', [])",
    'if x:\n    settings.ALLOWED_HOSTS.clear()',
    'if settings.DEBUG:\n    pass\nelse:\n    settings.ALLOWED_HOSTS.clear()',
  ])('sees what the served module changes: %s', (code) => {
    expect(changed(inServed(code))).toEqual(['ALLOWED_HOSTS'])
  })

  it.each([
    'hosts = settings.ALLOWED_HOSTS + []',
    "settings.ALLOWED_HOSTS.index('a.example')",
    'def later():\n    settings.ALLOWED_HOSTS.clear()',
    'if settings.DEBUG:\n    settings.ALLOWED_HOSTS.clear()',
    "os.environ['ALLOWED_HOSTS'] = ''",
    'settings = object()',
  ])('leaves alone what changes none: %s', (code) => {
    expect(changed(inServed(code))).toEqual([])
  })

  it('sees what ready() changes, by the name it has there', () => {
    expect(changed(inReady("s.CHANNEL_LAYERS['default']['CONFIG'].update(capacity=1)"))).toEqual(['CHANNEL_LAYERS'])
    expect(changed(inReady('other.CHANNEL_LAYERS = {}'))).toEqual([])
  })

  it('leaves alone modules that not every start loads', () => {
    const code = `${heading}settings.ALLOWED_HOSTS = []\n`
    expect(changed({ 'chat/urls.py': code })).toEqual(['ALLOWED_HOSTS'])
    expect(changed({ 'tests/conftest.py': code, 'scripts/load.py': code, 'mysite/wsgi.py': code })).toEqual([])
  })

  it('makes the setting unknown, and not absent', () => {
    const { settings } = appOf({ ...project, ...inServed('settings.CHANNEL_LAYERS = {}') })
    expect(settings.get('CHANNEL_LAYERS')?.alternatives.map(({ value }) => value.type)).toEqual(['unknown'])
    expect(settings.isAbsent('CHANNEL_LAYERS')).toBe(false)
    expect(settings.channelLayers.map(({ state }) => state)).toEqual(['undetermined'])
    expect(settings.get('ALLOWED_HOSTS')?.alternatives.map(({ value }) => value.type)).toEqual(['list'])
  })
})
