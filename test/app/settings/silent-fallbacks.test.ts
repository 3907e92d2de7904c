import { expect, it } from 'vitest'
import { isCaught } from '../../../src/app/settings/caught-client.ts'
import { silentFallbacks } from '../../../src/app/settings/silent-fallbacks.ts'
import { appOf } from '../../support/app.ts'

const asked = `try:
    redis.from_url(os.environ['REDIS_URL']).ping()
    answers = True
except Exception:
    pass
`

const later = `if not answers:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
`

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ')

const project = (settings: string) =>
  appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.3\nredis==7.4.1\n',
    'mysite/__init__.py': '',
    'mysite/asgi.py': `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
`,
    'mysite/settings.py': `import os\nimport redis\n${settings}`,
  })

it('tells a flag that is raised where Redis answers', () => {
  expect(silentFallbacks(project(`answers = False\n${asked}${later}`))).toMatchObject([{ instead: 'memory' }])
})

it.each([
  ['no dyno does', `answers = 'DYNO' in os.environ\nif not answers:\n${indented(asked)}${later}`],
  [
    'who develops does',
    `DEBUG = os.getenv('DEBUG', 'False') == 'True'\nanswers = False\nif DEBUG:\n${indented(asked + later)}`,
  ],
  [
    'a dyno ends there',
    `DEBUG = os.getenv('DEBUG', 'False') == 'True'\nanswers = False\n${asked.replace('pass', 'if not DEBUG:\n        raise')}${later}`,
  ],
])('leaves what %s', (_, settings) => {
  expect(silentFallbacks(project(settings))).toEqual([])
})

it('takes a client that is asked at once for one whose failure is caught', () => {
  const settings = `answers = False\n${asked}`
  const app = project(settings)
  const file = 'mysite/settings.py'
  const text = `import os\nimport redis\n${settings}`
  const start = text.indexOf('redis.from_url')
  expect(isCaught(app, { file, span: { start, end: text.indexOf('.ping') } })).toBe(true)
})
