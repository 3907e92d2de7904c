import { describe, expect, it } from 'vitest'
import { connectionBudget } from '../../../rules/app/redis-plan/connections.ts'
import { startupCrashes } from '../../../rules/settings/startup-crash/crashes.ts'
import { missingVariables } from '../../../src/app/settings/missing-config-vars.ts'
import { deployedApp } from '../../support/app.ts'

const files = (settings: string) => ({
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application',
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': `import os\nfrom django.core.exceptions import ImproperlyConfigured\n${settings}`,
  'mysite/asgi.py':
    "import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\napplication = get_asgi_application()\n",
})

function needs(settings: string, config: Record<string, string> = {}) {
  const app = deployedApp(files(settings), { config })
  return { missing: missingVariables(app).map(({ name }) => name), crashes: startupCrashes(app).length }
}

describe('config vars that the deployed app lacks', () => {
  it('are those without which the settings raise, all of them, and told once', () => {
    expect(needs("A = os.environ['A']\nB = os.environ['B']\nC = os.environ.get('C')\n")).toEqual({
      missing: ['A', 'B'],
      crashes: 0,
    })
    expect(needs("A = os.environ['A']\nB = os.environ['B']\n", { A: 'secret' }).missing).toEqual(['B'])
    expect(needs("A = os.environ['A']\n", { A: 'empty' }).missing).toEqual([])
  })

  it('are those that a guard asks for', () => {
    const guard = "KEY = os.environ.get('KEY')\nif not KEY:\n    raise ImproperlyConfigured('KEY')\n"
    expect(needs(guard)).toEqual({ missing: ['KEY'], crashes: 0 })
    expect(needs(guard, { KEY: 'secret' })).toEqual({ missing: [], crashes: 0 })
  })

  it('are not those with a way around them', () => {
    expect(needs("try:\n    A = os.environ['A']\nexcept KeyError:\n    A = 'x'\n").missing).toEqual([])
    expect(needs("if 'A' in os.environ:\n    A = os.environ['A']\n").missing).toEqual([])
    expect(
      needs("if os.environ.get('DEBUG') == 'True':\n    A = os.environ['A']\n", { DEBUG: 'False' }).missing,
    ).toEqual([])
    expect(needs("os.environ.setdefault('A', 'x')\nA = os.environ['A']\n").missing).toEqual([])
  })

  it('are not the Redis variable, nor what is no config var', () => {
    expect(needs("A = os.environ['REDIS_URL']\n").missing).toEqual([])
    expect(needs("A = os.environ['HEROKU_APP_NAME']\n").missing).toEqual([])
  })

  it('are not the settings module, which has a rule of its own', () => {
    const bare = { ...files('A = 1\n'), 'mysite/asgi.py': 'import django\ndjango.setup()\n' }
    expect(missingVariables(deployedApp(bare, { config: {} }))).toEqual([])
  })

  it('leave crashes with another cause where they are', () => {
    expect(needs("A = os.environ['A']\nB = None + 'x'\n")).toEqual({ missing: ['A'], crashes: 0 })
    expect(needs("B = None + 'x'\nA = os.environ['A']\n")).toMatchObject({ crashes: 1 })
  })

  it('need a snapshot of the config vars', () => {
    const app = deployedApp(files("A = os.environ['A']\n"), { dynos: [] })
    expect(missingVariables(app)).toEqual([])
  })
})

describe('connections to Redis', () => {
  const layer =
    "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}\nCACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': os.environ['REDIS_URL']}}\n"
  const consumer = {
    'mysite/consumers.py':
      "from channels.generic.websocket import AsyncWebsocketConsumer\nclass Chat(AsyncWebsocketConsumer):\n    groups = ['all']\n",
  }

  function budget(procfile: string, size: string, up: number, config: Record<string, string> = {}) {
    const addon = { service: 'heroku-redis', plan: 'mini', variables: ['REDIS_URL'] }
    const app = deployedApp(
      { ...files(layer), ...consumer, Procfile: procfile },
      {
        addons: [addon],
        dynos: [
          { type: 'web', size, up, down: 0 },
          { type: 'worker', up: 2, down: 1 },
        ],
        config: { REDIS_URL: 'rediss-url', ...config },
      },
    )
    const [attached] = app.snapshot?.addons ?? []
    return attached && connectionBudget(app, attached)
  }

  it('are dynos × processes × what each keeps', () => {
    expect(budget('web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application', 'basic', 1)).toEqual({
      limit: 20,
      needed: 3,
      dynos: 1,
      processes: 1,
      each: 3,
      workers: 0,
    })
    const uvicorn = 'web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT'
    expect(budget(`${uvicorn} --workers 4`, 'basic', 3)).toMatchObject({ processes: 4, needed: 36 })
    expect(budget(uvicorn, 'standard-2x', 2)).toMatchObject({ processes: 4, needed: 24 })
    expect(budget(uvicorn, 'standard-2x', 2, { WEB_CONCURRENCY: 'int:1' })).toMatchObject({ processes: 1, needed: 6 })
    expect(budget(uvicorn, 'unheard-of', 2)).toBeUndefined()
    expect(budget(uvicorn, 'basic', 2, { WEB_CONCURRENCY: 'secret' })).toBeUndefined()
  })
})
