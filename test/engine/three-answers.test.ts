import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { worldsOf } from '../../src/app/settings/worlds.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import type { Hop } from '../../src/contracts/hop.ts'
import type { Rule } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { appOf, today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const settings = new TextDecoder().decode(base['mysite/settings.py'])
const asgi = new TextDecoder().decode(base['mysite/asgi.py'])

function chainOf(files: Record<string, string | undefined>) {
  const all: Record<string, string | Uint8Array> = { ...base }
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) delete all[path]
    else all[path] = text
  }
  const { report, failures } = check({ today, tree: memoryTree(all), config: defaultConfig })
  expect(failures).toEqual([])
  return (hop: Hop) => {
    const link = report.chain.find((one) => one.hop === hop)
    const why = [...(link?.unknowns ?? []).map(({ what, why }) => `${what.en}: ${why.en}`)]
    return { state: link?.state, why: why.join('\n') }
  }
}

const web = (command: string) => ({ Procfile: `web: ${command}\n` })
const set = (lines: string) => ({ 'mysite/settings.py': `${settings}\n${lines}\n` })

/** Inputs of which nobody can tell whether the hop holds: it must not be ✓, and the reason must be given. */
describe('what cannot be told is said, with its reason', () => {
  const cases: [string, Record<string, string | undefined>, Hop, RegExp][] = [
    [
      'a worker class from a variable',
      web('gunicorn -k $WORKER -b 0.0.0.0:$PORT mysite.asgi:application'),
      'handshake',
      /whether gunicorn serves WebSockets/,
    ],
    [
      'a configuration file from a variable',
      web('gunicorn -c $CONF mysite.asgi:application'),
      'handshake',
      /whether gunicorn serves WebSockets/,
    ],
    [
      'an address from a configuration file that cannot be read',
      web('gunicorn -c $CONF mysite.asgi:application'),
      'boot',
      /where gunicorn listens/,
    ],
    [
      'a port from another config var',
      web('daphne -b 0.0.0.0 -p $APP_PORT mysite.asgi:application'),
      'boot',
      /where daphne listens: it comes from a variable/,
    ],
    [
      'a program that nobody knows',
      web('/opt/serve mysite'),
      'boot',
      /what `web` starts: its command starts no server/,
    ],
    [
      'a layer made by a function of a package',
      set('import site_layers\nCHANNEL_LAYERS = site_layers.make()'),
      'message',
      /CHANNEL_LAYERS/,
    ],
    [
      'a host of the layer that is not known',
      set(
        "import requests\nCHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [requests.get('https://x').text]}}}",
      ),
      'message',
      /CHANNEL_LAYERS/,
    ],
    [
      'hosts from the network',
      set("import requests\nALLOWED_HOSTS = requests.get('https://x').json()"),
      'http',
      /ALLOWED_HOSTS: what `requests/,
    ],
    [
      'a wrapper that nobody knows',
      { 'mysite/asgi.py': `${asgi}\nfrom somewhere import Wrapped\napplication = Wrapped(application)\n` },
      'handshake',
      /Wrapped/,
    ],
  ]
  it.each(cases)('%s', (_, files, hop, reason) => {
    // Packages that the base does not install come with something that cannot be seen.
    const seen = chainOf({ 'requirements.txt': requirements, ...files })(hop)
    expect(seen).toMatchObject({ state: 'undetermined' })
    expect(seen.why).toMatch(reason)
  })
})

const requirements = `${new TextDecoder().decode(base['requirements.txt'])}gunicorn==23.0.0\n-e git+https://example.com/parts.git#egg=parts\n`

/** A setting whose value comes from where nobody can look: no hop that depends on it may be ✓. */
describe('a setting that cannot be known', () => {
  const rests: [string, Hop][] = [
    ['ALLOWED_HOSTS', 'http'],
    ['INSTALLED_APPS', 'build'],
    ['MIDDLEWARE', 'boot'],
    ['CHANNEL_LAYERS', 'message'],
    ['DEBUG', 'safety'],
    ['SECRET_KEY', 'build'],
    ['DATABASES', 'boot'],
    ['STATIC_ROOT', 'build'],
  ]
  it.each(rests)('%s: %s is not ✓', (name, hop) => {
    const seen = chainOf({
      ...set(`import requests\n${name} = requests.get('https://x').json()['${name}']`),
      'requirements.txt': requirements,
    })
    expect(seen(hop).state).not.toMatch(/holds|warned/)
  })
})

/** Settings that nobody can read say nothing of the layer either. */
describe('a settings module that is not there', () => {
  it.each<Hop>(['boot', 'http', 'message'])('%s is not ✓', (hop) => {
    const moved = new TextDecoder().decode(base['mysite/asgi.py']).replace('mysite.settings', 'before.settings')
    const at = chainOf({ 'mysite/asgi.py': moved })
    expect(at(hop).state).toBe('undetermined')
    expect(at(hop).why).toMatch(/before\.settings|settings\/module/)
  })
})

describe('what is known is said', () => {
  it('the base holds at every hop it has', () => {
    const at = chainOf({})
    for (const hop of ['build', 'boot', 'http', 'handshake', 'message', 'stay'] as const) {
      expect(`${hop} ${at(hop).state} ${at(hop).why}`).toMatch(/(holds|warned) $/)
    }
  })
})

/** An import that fails on the dyno is a finding, and no reason to know nothing of what stands below. */
describe('behind an import that fails', () => {
  const findings = (files: Record<string, string>) => {
    const { report } = check({ today, tree: memoryTree({ ...base, ...files }), config: defaultConfig })
    return report.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, message }) => `${rule} ${message.en.slice(0, 40)}`)
  }

  it('the settings go on: what a later line replaces is not reported', () => {
    const production = `from .base import *\nimport sentry_sdk\n${settings}`
    const old = "DEBUG = True\nALLOWED_HOSTS = []\nSECRET_KEY = 'x'\nCHANNEL_LAYERS = {}\n"
    for (const [path, text] of [
      ['mysite/settings.py', production],
      ['mysite/settings.py', `import sentry_sdk\nfrom .base import *\n${settings}`],
    ] as const) {
      expect(findings({ [path]: text, 'mysite/base.py': old })).toEqual([
        expect.stringMatching(/^deps\/missing-package sentry-sdk is not installed/),
      ])
    }
  })

  it('every missing module of a file is told, and what is wrong below as well', () => {
    const text = settings.replace(/^DEBUG = .*$/m, '')
    const all = findings({
      'mysite/settings.py': `import twilio, sentry_sdk\n${text}\nDEBUG = True\nimport decouple\n`,
    })
    expect(all.filter((one) => one.startsWith('deps/missing-package'))).toHaveLength(3)
    expect(all.some((one) => one.startsWith('settings/debug'))).toBe(true)
  })
})

/** Each process on the way reads its own settings; a finding stands at the hop of the first that breaks. */
describe('one world for each process', () => {
  const manage = new TextDecoder().decode(base['manage.py'])
  const split = (local: string, more: Record<string, string> = {}) => {
    const files: Record<string, string | Uint8Array> = {
      ...base,
      'manage.py': manage.replace('mysite.settings', 'mysite.build_settings'),
      'mysite/build_settings.py': `from .settings import *\n${local}\n`,
      ...more,
    }
    const { report } = check({ today, tree: memoryTree(files), config: defaultConfig })
    const errors = report.findings.filter(({ severity }) => severity === 'error')
    return {
      found: errors.map(({ rule, hop }) => `${rule} ${hop}`),
      state: (hop: Hop) => report.chain.find((link) => link.hop === hop)?.state,
    }
  }

  it('what only manage.py reads breaks the build', () => {
    expect(split('').found).toEqual([])
    expect(split('import debug_toolbar').found).toEqual(['deps/missing-package build'])
    expect(split('import os\nos.environ["DYNO"]').found).toEqual(['settings/startup-crash build'])
    expect(split('undefined_name').found).toEqual(['settings/startup-crash build'])
    expect(split('STATIC_ROOT = None').state('build')).not.toBe('holds')
  })

  it('a config var that names the settings may be set where the default is for development', () => {
    const files = {
      ...base,
      'manage.py': manage.replace('mysite.settings', 'mysite.local'),
      'mysite/local.py': 'from .settings import *\nimport debug_toolbar\n',
    }
    const { report } = check({ today, tree: memoryTree(files), config: defaultConfig })
    expect(report.findings.map(({ rule, certainty, condition }) => [rule, certainty, condition?.en])).toContainEqual([
      'deps/missing-package',
      'possible',
      'DJANGO_SETTINGS_MODULE is unset',
    ])
  })

  it('what only the web process reads breaks at boot', () => {
    const broken = split('', {
      'mysite/settings.py': settings,
      'mysite/asgi.py': asgi.replace('mysite.settings', 'mysite.live'),
      'mysite/live.py': 'from .settings import *\nundefined_name\n',
    })
    expect(broken.found).toEqual(['settings/startup-crash boot'])
  })
})

describe('what a config var holds', () => {
  it('is no reason for ?: DATABASE_URL where no add-on sets it', () => {
    const database =
      "import dj_database_url\nDATABASES = {'default': dj_database_url.config(default=f\"sqlite:///{BASE_DIR / 'db.sqlite3'}\")}"
    const at = chainOf({
      ...set(`from pathlib import Path\nBASE_DIR = Path('/app')\n${database}`),
      'app.json': '{"addons": ["heroku-redis"]}\n',
    })
    expect(`${at('boot').state} ${at('boot').why}`).toMatch(/(holds|warned) $/)
  })
})

describe('what fails inside the tool', () => {
  it('leaves the hops open that the rule could have broken', () => {
    const throwing = {
      ...(rules.find(({ id }) => id === 'asgi/websocket-route') as Rule),
      check() {
        throw new Error('ours')
      },
    }
    const { report } = check({ today, tree: memoryTree(base), config: defaultConfig, rules: [throwing] })
    const link = report.chain.find(({ hop }) => hop === 'handshake')
    expect(link?.state).toBe('undetermined')
    expect(link?.unknowns.map(({ why }) => why.en)).toEqual(['dynolint itself failed here'])
  })
})

describe('a command of the release that only a failure starts', () => {
  const release = (command: string) =>
    worldsOf(
      appOf(
        {
          ...textsOf(base),
          Procfile: `web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nrelease: ${command}\n`,
          'mysite/other.py': `${settings}\nX = 1\n`,
        },
        { env: { DISABLE_COLLECTSTATIC: '1' } },
      ),
    ).map(({ hop, settings: { module } }) => `${hop} ${module}`)

  it('is no world of its own', () => {
    expect(release('python manage.py migrate --settings=mysite.other')).toEqual([
      'release mysite.other',
      'boot mysite.settings',
    ])
    expect(release('python manage.py migrate || python manage.py check --settings=mysite.other')).toEqual([
      'release mysite.settings',
    ])
  })
})

function textsOf(files: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]))
}

it('does not ask the build what web starts', () => {
  const chain = chainOf({ Procfile: undefined })
  expect(chain('build').state).toBe('holds')
  expect(chainOf(web('./start-it'))('build').state).toBe('holds')
})

describe('what stands around the application and lets sockets through', () => {
  const around = (imports: string, make: (application: string) => string) =>
    `${imports}\n${asgi.replace('application = ProtocolTypeRouter', 'inner = ProtocolTypeRouter')}\napplication = ${make('inner')}\n`

  it.each([
    [
      'Starlette’s CORS middleware',
      around(
        'from starlette.middleware.cors import CORSMiddleware',
        (inner) => `CORSMiddleware(${inner}, allow_origins=['*'])`,
      ),
    ],
    [
      'a router of the project that adds to __call__',
      asgi.replace(
        '\napplication = ProtocolTypeRouter',
        `
class TimedRouter(ProtocolTypeRouter):
    async def __call__(self, scope, receive, send):
        return await super().__call__(scope, receive, send)


application = TimedRouter`,
      ),
    ],
    [
      'Django’s WSGI application made ASGI for the pages',
      `from asgiref.wsgi import WsgiToAsgi\nfrom django.core.wsgi import get_wsgi_application\n${asgi.replace(/get_asgi_application\(\)/g, 'WsgiToAsgi(get_wsgi_application())')}`,
    ],
  ])('%s: the handshake holds', (_, text) => {
    expect(text).not.toBe(asgi)
    const requirements = new TextDecoder().decode(base['requirements.txt'])
    const chain = chainOf({ 'mysite/asgi.py': text, 'requirements.txt': `${requirements}\nstarlette==0.48.0\n` })
    expect(chain('handshake')).toEqual({ state: 'holds', why: '' })
  })
})
