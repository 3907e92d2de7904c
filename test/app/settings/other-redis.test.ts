import { describe, expect, it } from 'vitest'
import { otherRedis } from '../../../src/app/settings/other-redis.ts'
import { appOf, textAt } from '../../support/app.ts'

const layer =
  "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [REDIS_URL]}}}"

const app = (settings: string, files: Readonly<Record<string, string>> = {}) =>
  appOf({
    Procfile: 'web: daphne mysite.asgi:application\n',
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\nredis==7.4.1\n',
    'mysite/__init__.py': '',
    'mysite/settings.py': `import os\nREDIS_URL = os.environ['REDIS_URL']\n${layer}\n${settings}\n`,
    'mysite/asgi.py':
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom mysite import store\n",
    'mysite/store.py': '',
    ...files,
  })

const store = (host: string) => ({
  'mysite/store.py': `import os\nimport redis\nstore = redis.Redis(${host})\n`,
})

const found = (settings: string, files?: Readonly<Record<string, string>>): string | undefined => {
  const read = app(settings, files)
  const other = otherRedis(read)
  return other && textAt(read, other.at)
}

describe('another Redis than that of the add-on that is assumed', () => {
  it.each([
    [
      'a host of a provider in ALLOWED_HOSTS',
      "ALLOWED_HOSTS = ['a.example', 'eu1-x-1.upstash.io']",
      {},
      "'eu1-x-1.upstash.io'",
    ],
    [
      'any subdomain of one',
      "ALLOWED_HOSTS = os.environ['HOSTS'].split() + ['.redislabs.com']",
      {},
      "'.redislabs.com'",
    ],
    [
      'a client with host and password of its own',
      '',
      store("os.environ['CACHE_HOST'], 6380, password=os.environ['PW']"),
      undefined,
    ],
    ['app.json asks for the URL', '', { 'app.json': '{"env": {"REDIS_URL": {"required": false}}}' }, 'REDIS_URL'],
  ])('is shown by %s', (_, settings, files, text) => {
    const shown = found(settings, files)
    expect(shown).toBeDefined()
    if (text !== undefined) expect(shown).toBe(text)
  })

  it.each([
    ['hosts of the app', "ALLOWED_HOSTS = ['redislabs.com.example.net', 'ec2-1-2-3-4.compute-1.amazonaws.com']", {}],
    ['a client of the machine where it is developed', '', store("os.environ.get('CACHE_HOST', 'localhost')")],
    [
      'a client with the URL of the add-on',
      '',
      { 'mysite/store.py': "import os\nimport redis\nstore = redis.from_url(os.environ['REDIS_URL'])\n" },
    ],
    ['a host that nobody can read', '', store('open("/etc/host").read()')],
    ['a list of add-ons', "ALLOWED_HOSTS = ['x.redislabs.com']", { 'app.json': '{"addons": ["heroku-redis:mini"]}' }],
  ])('is not shown by %s', (_, settings, files) => {
    expect(found(settings, files)).toBeUndefined()
  })
})
