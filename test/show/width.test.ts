import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { folder, inFolder, put } from '../cli/folder.ts'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

const fixtures = readdirSync(`${repository}/fixtures`).filter((name) => name !== 'expected')
const env = { COLUMNS: '80' }
const wide = (text: string): string[] => text.split('\n').filter((line) => line.length > 80)

describe.each(['en', 'fr'])('in %s no line is wider than the terminal', (language) => {
  it('of the fixtures, seen from above', async () => {
    for (const fixture of fixtures) {
      for (const command of ['show', 'pins']) {
        const { code, out } = await dynolint([command, `fixtures/${fixture}`, '--lang', language], {
          cwd: repository,
          env,
        })
        expect([fixture, command, code, wide(out)]).toEqual([fixture, command, 0, []])
      }
    }
  }, 60_000)

  describe('of a project with long names', () => {
    inFolder()

    const long = (name: string): string => `${name}_${'with_a_long_name_'.repeat(6)}end`
    const token = 'A1b2C3d4'.repeat(15)
    const files = {
      Procfile: `web: daphne -b 0.0.0.0 -p $PORT ${long('module')}.asgi:application\nworker: ${long('program')} ${'--option '.repeat(20)}\n`,
      'mysite/settings.py': [
        'import os',
        `from mysite.${long('base')} import *`,
        `${long('name').toUpperCase()} = '${'/a/path'.repeat(15)}'`,
        `ALLOWED_HOSTS = ['${'host.'.repeat(20)}example.org', 'b c  d']`,
        `API_URL = 'https://example.org/${'x'.repeat(10)}?token=${token}'`,
        `if os.environ.get('${long('variable').toUpperCase()}'):`,
        `    DEBUG = os.environ['${long('another').toUpperCase()}']`,
        "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}",
      ].join('\n'),
      [`mysite/${long('base')}.py`]: "STATIC_URL = '/static/'\n",
      'chat/routing.py': `from django.urls import re_path\nfrom . import consumers\nwebsocket_urlpatterns = [re_path(r'^ws/${long('route')}/(?P<${long('room')}>\\w+)/$', consumers.${long('Consumer')}.as_asgi())]\n`,
      'chat/consumers.py': `from channels.generic.websocket import WebsocketConsumer\nclass ${long('Consumer')}(WebsocketConsumer):\n    pass\n`,
      [`${long('folder')}/page.js`]: `new WebSocket('wss://' + location.host + '/ws/${long('route')}/1/')\n`,
    }

    it.each([['show'], ['show', 'chain'], ['pins'], ['why', 'DEBUG'], ['why', long('name').toUpperCase()]])(
      '%s %s',
      async (...argv) => {
        for (const [path, text] of Object.entries(files)) put(path, text)
        const { code, out } = await dynolint([...argv, '--lang', language], { cwd: folder, env })
        expect(code).toBe(0)
        expect(wide(out)).toEqual([])
        // Broken where it is a secret no more: no piece of it stands anywhere.
        expect(out).not.toContain(token.slice(0, 16))
      },
    )
  })
})
