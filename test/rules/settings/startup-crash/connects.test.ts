import { describe, expect, it } from 'vitest'
import { connectsAtImport, queriesInLoop } from '../../../../rules/settings/startup-crash/connects.ts'
import { appOf, modern } from '../../../app/settings/support.ts'

const consumer = `from channels.generic.websocket import WebsocketConsumer
class Chat(WebsocketConsumer):
    pass
`
const asgi = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
from chat.consumers import Chat
`
const redisCache = `CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': 'redis://x'}}\n`

function connects(settings: string, consumers = '', env = {}): string[] {
  const files = {
    'mysite/settings.py': `import os\nimport redis\nr = redis.from_url(os.environ['REDIS_URL'])\n${settings}`,
    'mysite/asgi.py': asgi,
    'chat/__init__.py': '',
    'chat/models.py': 'from django.db import models\nclass Room(models.Model):\n    pass\n',
    'chat/consumers.py': `${consumer}${consumers}`,
  }
  const requirements = `${modern}requests==2.32.5\nhttpx==0.28.1\npsycopg2==2.9.10\ndjango-redis==6.0.0\n`
  return connectsAtImport(appOf(files, env, requirements)).map(
    ({ service, call, what, when, others }) =>
      `${service} ${call} ${what}${when.map((one) => ` when ${'text' in one ? one.text.en : one.en}`).join('')}${others.length > 0 ? ` +${others.length}` : ''}`,
  )
}

describe('calls to other machines while modules are imported', () => {
  it.each([
    ['r.ping()', 'redis redis.from_url().ping() settings'],
    ['def f():\n    return r.get("a")\nX = f()', 'redis redis.from_url().get() settings'],
    ['r.ping()\nr.set("a", 1)', 'redis redis.from_url().ping() settings +1'],
    ['if r.exists("a"):\n    r.delete("a")', 'redis redis.from_url().exists() settings'],
    ['p = r.pipeline()\np.set("a", 1)\np.execute()', 'redis redis.from_url().pipeline().execute() settings'],
    ['try:\n    r.ping()\nexcept KeyError:\n    pass', 'redis redis.from_url().ping() settings'],
    ['try:\n    r.ping()\nfinally:\n    X = 1', 'redis redis.from_url().ping() settings'],
    ['if not os.environ.get("SKIP"):\n    r.ping()', 'redis redis.from_url().ping() settings when SKIP is unset'],
    ['import psycopg2\nc = psycopg2.connect("x")', 'database psycopg2.connect() settings'],
    ['import requests\nX = requests.get("https://x").text', 'network requests.get() settings'],
    ['from urllib.request import urlopen\nX = urlopen("https://x")', 'network urllib.request.urlopen() settings'],
  ])('%s', (settings, expected) => {
    expect(connects(settings)).toEqual([expected])
  })

  it.each([
    ['a handler for any exception', 'try:\n    r.ping()\nexcept Exception:\n    pass'],
    ["a handler for the client's exception", 'try:\n    r.ping()\nexcept redis.ConnectionError:\n    pass'],
    [
      'a handler around the call of a function',
      'def f():\n    r.ping()\ntry:\n    f()\nexcept redis.RedisError:\n    pass',
    ],
    ['contextlib.suppress', 'import contextlib\nwith contextlib.suppress(Exception):\n    r.ping()'],
    ['a function that nobody calls', 'def f():\n    r.ping()'],
    ['a lambda', 'f = lambda: r.ping()'],
    ['what only makes a client', 'p = r.pipeline()\nq = r.pubsub()\nl = r.lock("x")'],
    ['a thread', 'import threading\nthreading.Thread(target=r.ping).start()'],
    ['somebody has to ask for it', 'if os.environ.get("WARM_UP") == "yes":\n    r.ping()'],
    ['a switch for development', 'if os.environ.get("DEBUG") == "1":\n    r.ping()'],
    ['another way to run', 'if __name__ == "__main__":\n    r.ping()'],
    ['an asyncio client', 'import redis.asyncio\nx = redis.asyncio.from_url("redis://x").ping()'],
  ])('is silent: %s', (_, settings) => {
    expect(connects(settings)).toEqual([])
  })

  it.each([
    ['from chat.models import Room\nX = Room.objects.count()', 'database django.db.models.Model.objects.count() asgi'],
    [
      'from chat.models import Room\nX = [r.id for r in Room.objects.all()]',
      'database django.db.models.Model.objects.all() asgi',
    ],
    [
      'from chat.models import Room\nclass F:\n    rooms = list(Room.objects.filter(a=1))',
      'database django.db.models.Model.objects.filter() asgi',
    ],
    [
      'from django.contrib.auth import get_user_model\nX = get_user_model().objects.first()',
      'database django.contrib.auth.get_user_model().objects.first() asgi',
    ],
    ['from django.db import connection\nconnection.cursor()', 'database django.db.connection.cursor() asgi'],
    [
      'from django_redis import get_redis_connection\nget_redis_connection("default").get("x")',
      'redis django_redis.get_redis_connection().get() asgi',
    ],
  ])('of the modules that the server loads: %s', (consumers, expected) => {
    expect(connects('', consumers)).toEqual([expected])
  })

  it('takes the cache for Redis only when it is, and shows its failures', () => {
    const read = 'from django.core.cache import cache\nX = cache.get("x")'
    expect(connects(redisCache, read)).toEqual(['redis django.core.cache.cache.get() asgi'])
    expect(connects('', read)).toEqual([])
    expect(
      connects(redisCache.replace("'redis://x'", "'redis://x', 'OPTIONS': {'IGNORE_EXCEPTIONS': True}"), read),
    ).toEqual([])
    expect(connects(`${redisCache}DJANGO_REDIS_IGNORE_EXCEPTIONS = True\n`, read)).toEqual([])
  })

  it('leaves lazy query sets, methods and what comes too early to others', () => {
    const models = 'from chat.models import Room\n'
    expect(connects('', `${models}rooms = Room.objects.all()`)).toEqual([])
    expect(connects('', `${models}def f():\n    return Room.objects.count()`)).toEqual([])
    expect(connects('', `${models}try:\n    X = Room.objects.count()\nexcept Exception:\n    X = 0`)).toEqual([])
  })
})

describe('queries while uvicorn imports the application in its loop', () => {
  const models = 'from chat.models import Room\n'
  const ready = `from django.apps import AppConfig
class ChatConfig(AppConfig):
    name = 'chat'
    def ready(self):
        from chat.models import Room
        Room.objects.update(online=False)
`
  const uvicorn = 'web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n'

  function refused(consumers: string, procfile = uvicorn, more: Record<string, string> = {}, env = {}): string[] {
    const files = {
      Procfile: procfile,
      'mysite/settings.py': "INSTALLED_APPS = ['channels', 'chat']\n",
      'mysite/asgi.py': asgi,
      'chat/__init__.py': '',
      'chat/models.py': 'from django.db import models\nclass Room(models.Model):\n    pass\n',
      'chat/consumers.py': `${consumer}${consumers}`,
      ...more,
    }
    const requirements = `${modern}uvicorn==0.34.3\nwebsockets==14.2\ngunicorn==23.0.0\nhypercorn==0.17.3\n`
    return queriesInLoop(appOf(files, env, requirements)).map(({ call, what, server }) => `${server} ${what} ${call}`)
  }

  it('finds them in what the module imports, and in ready()', () => {
    expect(refused(`${models}Room.objects.update(online=False)`)).toEqual([
      'uvicorn asgi django.db.models.Model.objects.update()',
    ])
    expect(refused('from django.db import connection\nconnection.cursor()')).toEqual([
      'uvicorn asgi django.db.connection.cursor()',
    ])
    expect(refused('', uvicorn, { 'chat/apps.py': ready })).toEqual([
      'uvicorn ready django.db.models.Model.objects.update()',
    ])
  })

  it.each([
    ['daphne', 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'],
    ['a worker of gunicorn', 'web: gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker\n'],
    ['hypercorn', 'web: hypercorn -b 0.0.0.0:$PORT mysite.asgi:application\n'],
  ])('is silent under %s, which loads it first', (_, procfile) => {
    expect(refused(`${models}Room.objects.update(online=False)`, procfile, { 'chat/apps.py': ready })).toEqual([])
  })

  it.each(['DatabaseError', '(OperationalError, ProgrammingError)', 'utils.OperationalError'])(
    'finds them below a handler for %s, which does not catch it',
    (caught) => {
      const head = `${models}from django.db import DatabaseError, OperationalError, ProgrammingError, utils\n`
      const update = `${head}names = {}\ntry:\n    names.update(Room.objects.values_list('id', 'name'))\nexcept ${caught}:\n    pass`
      expect(refused(update)).toEqual(['uvicorn asgi django.db.models.Model.objects.values_list()'])
    },
  )

  it.each(['(OperationalError, Exception)', 'SynchronousOnlyOperation', 'Unready'])(
    'is silent below a handler for %s, which may',
    (caught) => {
      const head = `${models}from django.core.exceptions import SynchronousOnlyOperation\nfrom django.db import OperationalError, Error as Unready\n`
      expect(refused(`${head}try:\n    Room.objects.count()\nexcept ${caught}:\n    pass`)).toEqual([])
      const inner = `${head}try:\n    try:\n        Room.objects.count()\n    except OperationalError:\n        pass\nexcept ${caught}:\n    pass`
      expect(refused(inner)).toEqual([])
    },
  )

  it('is silent with a net, with the check off, and for what runs later', () => {
    expect(refused(`${models}try:\n    Room.objects.count()\nexcept Exception:\n    pass`)).toEqual([])
    const env = { DJANGO_ALLOW_ASYNC_UNSAFE: 'true' }
    expect(refused(`${models}Room.objects.count()`, uvicorn, {}, env)).toEqual([])
    expect(refused(`${models}def f():\n    return Room.objects.count()`)).toEqual([])
  })
})

describe('queries of ready() that the command line decides', () => {
  /** Queries before there are tables, with the hop. */
  function asked(ready: string, release = 'python manage.py migrate --noinput'): string[] {
    const app = appOf({
      Procfile: `release: ${release}\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n`,
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/settings.py':
        "INSTALLED_APPS = ['django.contrib.staticfiles', 'chat']\nSTATIC_ROOT = 'static'\nDATABASES = {}\n",
      'chat/__init__.py': '',
      'chat/models.py': 'from django.db import models\n\n\nclass Room(models.Model):\n    pass\n',
      'chat/apps.py': `import sys\n\nfrom django.apps import AppConfig\n\n\nclass ChatConfig(AppConfig):\n    name = 'chat'\n\n    def ready(self):\n        from .models import Room\n${ready.replace(/^/gm, '        ')}\n`,
    })
    return connectsAtImport(app).map(({ service, hop }) => `${service} ${hop}`)
  }
  const query = 'Room.objects.count()'

  it('are met by the first process whose words let them', () => {
    expect(asked(query)).toEqual(['tables build'])
    expect(asked(`print(sys.argv)\n${query}`)).toEqual(['tables build'])
    expect(asked(`if 'collectstatic' not in sys.argv:\n    ${query}`)).toEqual(['tables release'])
    expect(asked(`if 'migrate' in sys.argv or 'collectstatic' in sys.argv:\n    return\n${query}`)).toEqual([])
    expect(
      asked(`if 'migrate' in sys.argv or 'collectstatic' in sys.argv:\n    return\n${query}`, 'python manage.py check'),
    ).toEqual(['tables release'])
    expect(asked(`if 'runserver' in sys.argv:\n    ${query}`)).toEqual([])
  })

  it('are left to the server where that is asked for', () => {
    expect(asked(`if sys.argv[0].endswith('daphne'):\n    ${query}`)).toEqual([])
    expect(asked(`if not any('manage.py' in word for word in sys.argv):\n    ${query}`)).toEqual([])
  })

  it('are not told where a word is not known', () => {
    expect(
      asked(
        `if 'collectstatic' not in sys.argv and 'chat' in sys.argv:\n    ${query}`,
        'python manage.py migrate $APP',
      ),
    ).toEqual([])
    expect(
      asked(
        `if 'collectstatic' not in sys.argv and 'chat' in sys.argv:\n    ${query}`,
        'python manage.py migrate chat',
      ),
    ).toEqual(['tables release'])
  })
})
