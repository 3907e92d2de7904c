import { describe, expect, it } from 'vitest'
import { isRedisVariable } from '../../../src/app/settings/redis-endpoint.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { appOf, modern, settingsOf } from './support.ts'

function targets(text: string, env = {}, requirements = modern) {
  const app = settingsOf(`import os\n${text}\n`, env, requirements)
  return app.settings.redisClients.map(({ setting, target, when }) => [
    setting,
    target.kind,
    target.name,
    ...when.map((condition) => condition.text.en),
  ])
}

const layer = (hosts: string) =>
  `CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ${hosts}}}}`

describe('what stands behind a Redis client', () => {
  it.each([
    ["[os.environ['REDIS_URL']]", 'addon', 'REDIS_URL'],
    ["[('127.0.0.1', 6379)]", 'loopback', '127.0.0.1'],
    ["['redis://localhost:6379/1']", 'loopback', 'localhost'],
    ["['redis://[::1]:6379']", 'loopback', '::1'],
    ["['redis://:pw@redis:6379']", 'docker', 'redis'],
    ["[('redis.example.com', 6379)]", 'literal', 'redis.example.com'],
    ['[f"redis://{os.environ[\'MY_HOST\']}:6379"]', 'variable', 'MY_HOST'],
    ['[f"redis://:{os.environ[\'PW\']}@localhost:6379"]', 'loopback', 'localhost'],
    [
      "[f\"redis://{os.environ['U']}:{os.environ['PW']}@{os.environ['MY_HOST']}:{os.environ['P']}/0\"]",
      'variable',
      'MY_HOST',
    ],
    ['[f"redis://redis:{os.environ[\'P\']}"]', 'docker', 'redis'],
    ['[]', 'loopback', 'localhost'],
    ["[{'address': 'unix:///tmp/redis.sock?db=1'}]", 'loopback', 'unix:///tmp/redis.sock'],
    ["['redis://127.0.1.1:6379']", 'loopback', '127.0.1.1'],
    ["['redis://host.docker.internal']", 'docker', 'host.docker.internal'],
    // A dyno of a Private Space may reach it: the address in the source is what is told.
    ["['redis://172.20.0.5:6379']", 'literal', '172.20.0.5'],
  ])('%s', (hosts, kind, name) => {
    expect(targets(layer(hosts))).toEqual([['CHANNEL_LAYERS', kind, name]])
  })

  it('is a choice when a variable of unknown state decides', () => {
    expect(targets(layer("[os.getenv('MY_REDIS', 'redis://localhost')]"))).toEqual([
      ['CHANNEL_LAYERS', 'loopback', 'localhost', 'MY_REDIS is unset'],
      ['CHANNEL_LAYERS', 'variable', 'MY_REDIS', 'MY_REDIS is set'],
    ])
  })

  it('is undetermined when it cannot be read', () => {
    expect(targets(`import vault\n${layer('vault.hosts()')}`)).toEqual([['CHANNEL_LAYERS', 'undetermined', '']])
  })

  it('leaves out brokers that are no Redis, and Celery that is not installed', () => {
    expect(targets("CELERY_BROKER_URL = 'amqp://localhost'", {}, 'Django==5.2.17\ncelery==5.5.3\n')).toEqual([])
    expect(targets("CELERY_BROKER_URL = 'redis://localhost'", {}, 'Django==5.2.17\n')).toEqual([])
    expect(targets("CELERY_BROKER_URL = 'redis://localhost'", {}, 'Django==5.2.17\ncelery==5.5.3\n')).toEqual([
      ['CELERY_BROKER_URL', 'loopback', 'localhost'],
    ])
  })
})

describe('clients on some paths only', () => {
  it('leave a stand-in for the others, so that nothing of them is certain', () => {
    const text =
      "if os.getenv('STAGE') == 'live':\n    CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': 'redis://localhost'}}"
    expect(targets(text)).toEqual([
      ["CACHES['default']", 'loopback', 'localhost', 'STAGE is "live"'],
      ["CACHES['default']", 'undetermined', '', 'STAGE is not "live"'],
    ])
  })
})

describe('clients that code makes while it is loaded', () => {
  const requirements = `${modern}celery==5.5.3\n`
  const certificates = (files: Record<string, string>) =>
    appOf({ 'mysite/settings.py': 'X = 1\n', ...files }, {}, requirements).settings.redisClients.map((client) => [
      client.setting,
      client.consumer,
      client.certificate,
      client.at.file,
    ])

  it('are redis-py clients of modules that asgi.py imports', () => {
    const files = {
      'mysite/asgi.py':
        "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nimport chat\napplication = None\n",
      'chat.py':
        "import os, redis\nr = redis.from_url(os.environ['REDIS_URL'])\ns = redis.Redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)\n",
    }
    expect(certificates(files)).toEqual([
      ['redis.from_url', 'redis-py', 'checked', 'chat.py'],
      ['redis.Redis.from_url', 'redis-py', 'unchecked', 'chat.py'],
    ])
  })

  it('are what is assigned to the configuration of a Celery app', () => {
    const files = {
      'mysite/__init__.py': 'from .celery import app\n',
      'mysite/celery.py': `import os
from celery import Celery
app = Celery('mysite')
app.conf.broker_url = os.environ['REDIS_URL']
app.conf['result_backend'] = os.environ['REDIS_URL']
`,
    }
    expect(certificates(files)).toEqual([
      ['broker_url', 'celery-broker', 'unchecked', 'mysite/celery.py'],
      ['result_backend', 'celery-backend', 'checked', 'mysite/celery.py'],
    ])
  })

  it('take the options that the configuration of the app gets afterwards', () => {
    const files = {
      'mysite/__init__.py': 'from .celery import app\n',
      'mysite/celery.py': `import os, ssl
from celery import Celery
app = Celery('mysite', backend=os.environ['REDIS_URL'])
app.conf.redis_backend_use_ssl = {'ssl_cert_reqs': ssl.CERT_NONE}
`,
    }
    expect(certificates(files)).toEqual([['result_backend', 'celery-backend', 'unchecked', 'mysite/celery.py']])
  })

  it('say nothing of a setting that is handed on', () => {
    const files = {
      'mysite/settings.py': "CELERY_BROKER_URL = 'redis://localhost:6379'\n",
      'mysite/__init__.py': 'from .celery import app\n',
      'mysite/celery.py':
        "from celery import Celery\nfrom mysite import settings\napp = Celery('mysite')\napp.conf.broker_url = settings.CELERY_BROKER_URL\n",
    }
    expect(certificates(files).map(([setting]) => setting)).toEqual(['CELERY_BROKER_URL'])
  })

  it('are broker and backend of a Celery app', () => {
    const files = {
      'mysite/__init__.py': 'from .celery import app\n',
      'mysite/celery.py':
        "import os\nfrom celery import Celery\napp = Celery('mysite', broker=os.environ['REDIS_URL'])\napp.conf.update(result_backend=os.environ['REDIS_URL'])\n",
    }
    expect(certificates(files)).toEqual([
      ['broker_url', 'celery-broker', 'unchecked', 'mysite/celery.py'],
      ['result_backend', 'celery-backend', 'checked', 'mysite/celery.py'],
    ])
  })
})

describe('names of variables that Redis add-ons set', () => {
  it.each(['REDIS_URL', 'REDISCLOUD_URL', 'HEROKU_REDIS_GOLD_URL', 'STACKHERO_REDIS_URL_TLS'])('%s', (name) => {
    expect(isRedisVariable(name)).toBe(true)
  })
  it.each(['MY_REDIS_URL', 'REDIS_HOST', 'CACHE_URL'])('%s is none', (name) => {
    expect(isRedisVariable(name)).toBe(false)
  })
})

describe('atLeast', () => {
  const at = (requirements: string, version: string) =>
    atLeast(settingsOf('', {}, requirements).dependencies, 'redis', version)

  it('compares a pin', () => {
    expect(at('redis==5.0.8\n', '6.0.0')).toBe(false)
    expect(at('redis==6.0.0\n', '6.0.0')).toBe(true)
  })

  it('takes what is not pinned for the newest its range allows', () => {
    expect(at('redis\n', '6.0.0')).toBe(true)
    expect(at('redis>=4\n', '6.0.0')).toBe(true)
    expect(at('redis<6\n', '6.0.0')).toBe(false)
    expect(at('redis~=5.2\n', '6.0.0')).toBe(false)
    expect(at('redis==5.*\n', '6.0.0')).toBe(false)
  })

  it('takes what the other requirements leave over', () => {
    const { dependencies } = settingsOf('', {}, 'Django==2.0.1\nchannels\n')
    expect(atLeast(dependencies, 'channels', '2.0.0')).toBe(true)
    expect(atLeast(dependencies, 'channels', '3.0.0')).toBe(false)
  })

  it('says nothing about what is not installed', () => {
    expect(at('Django==5.2.17\n', '6.0.0')).toBeUndefined()
  })
})
