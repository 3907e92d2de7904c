import { describe, expect, it } from 'vitest'
import rule from '../../../../rules/settings/startup-crash/rule.ts'
import { defaultConfig } from '../../../../src/config/config.ts'
import { run } from '../../../../src/engine/run.ts'
import { appOf } from '../../../support/app.ts'

const told = (settings: string, env: Record<string, string | false> = {}) =>
  run(
    appOf(
      {
        Procfile: 'web: daphne mysite.asgi:application -b 0.0.0.0 -p $PORT\n',
        'requirements.txt': 'Django==4.0.4\nchannels==3.0.5\ndaphne==3.0.2\ndjango-heroku==0.3.1\n',
        'mysite/__init__.py': '',
        'mysite/settings.py': settings,
        'mysite/asgi.py': `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
`,
      },
      { env },
    ),
    [rule],
    { ...defaultConfig, env },
  ).findings.map(({ severity, message, hop }) => `${severity} ${hop} ${message.en.split(',')[0]}`)

const heroku = `import os
import django_heroku
BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INSTALLED_APPS = ['channels']
MIDDLEWARE = []
django_heroku.settings(locals())
`

describe('SECRET_KEY that django_heroku alone sets', () => {
  it('is empty unless the config var is there', () => {
    expect(told(heroku)).toEqual(['info http unless the config var SECRET_KEY is set'])
    expect(told(heroku, { SECRET_KEY: false })[0]).toContain('SECRET_KEY is empty on the dyno')
  })

  it('is there where the config var or the settings say it', () => {
    expect(told(heroku, { SECRET_KEY: 'x' })).toEqual([])
    expect(told(`SECRET_KEY = 'x'\n${heroku}`)).toEqual([])
  })
})
