import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import type { Hop } from '../../src/contracts/hop.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const textOf = (path: string) => new TextDecoder().decode(base[path])
const settings = textOf('mysite/settings.py')
const asgi = textOf('mysite/asgi.py')
const manage = textOf('manage.py')
const daphne = textOf('Procfile').trim()
const requirements = textOf('requirements.txt')
/** The build collects no static files. */
const collectsNothing = {
  'app.json': textOf('app.json').replace('"env": {', '"env": {\n    "DISABLE_COLLECTSTATIC": "1",'),
}

/** Errors and possible errors as `rule hop`, and the states of the hops; `undefined` takes a file away. */
function reported(files: Record<string, string | Uint8Array | undefined>) {
  const all: Record<string, string | Uint8Array> = { ...base }
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) delete all[path]
    else all[path] = text
  }
  const { report, failures } = check({ today, tree: memoryTree(all), config: defaultConfig })
  expect(failures).toEqual([])
  const breaks = report.findings.filter(
    ({ severity, certainty }) => severity === 'error' || (severity === 'warning' && certainty === 'possible'),
  )
  return {
    found: breaks.map(
      ({ rule, hop, certainty, beside }) =>
        `${rule} ${hop}${certainty === 'possible' ? ' possible' : ''}${beside ? ' beside' : ''}`,
    ),
    messages: breaks.map(({ message }) => message.en).join('\n'),
    help: breaks.map(({ help }) => help.en).join('\n'),
    state: (hop: Hop) => report.chain.find((link) => link.hop === hop)?.state,
  }
}

const django =
  "import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n"

describe('what is known to fail is said, at the hop that breaks', () => {
  it('a program that nothing brings', () => {
    const seen = reported({ Procfile: 'web: frobnicate\n' })
    expect(seen.found).toEqual(['procfile/command-missing boot possible'])
    expect(reported({ Procfile: 'web: frobnicate\n', Aptfile: 'frobnicate\n' }).found).toEqual([])
  })

  it('an application without a server in front of it', () => {
    const seen = reported({ Procfile: 'web: mysite.asgi:application --port $PORT\n' })
    expect(seen.found).toEqual(['procfile/command-missing boot'])
    expect(seen.state('http')).toBe('not-reached')
  })

  it.each([
    ['application = get_wsgi_application()', 'procfile/wsgi-server http'],
    ['get_wsgi_application()\napplication = None', 'procfile/asgi-target http'],
    ['get_wsgi_application()\napplication = 3', 'procfile/asgi-target http'],
    [
      'get_wsgi_application()\nfrom channels.layers import get_channel_layer\napplication = get_channel_layer()',
      'procfile/asgi-target http',
    ],
    [
      "from channels.routing import ProtocolTypeRouter\napplication = ProtocolTypeRouter({'http': get_wsgi_application()})",
      'procfile/wsgi-server http',
    ],
  ])('%s under an ASGI server', (line, finding) => {
    expect(reported({ 'mysite/asgi.py': `${django}\n${line}\n` }).found).toContain(finding)
  })

  it('gunicorn ends where it finds nothing to call', () => {
    const seen = reported({
      'mysite/asgi.py': `${django}\nget_wsgi_application()\napplication = None\n`,
      'requirements.txt': `${requirements}gunicorn==23.0.0\nuvicorn-worker==0.4.0\nuvicorn[standard]==0.38.0\n`,
      Procfile: 'web: gunicorn -k uvicorn_worker.UvicornWorker -b 0.0.0.0:$PORT mysite.asgi:application\n',
    })
    expect(seen.found).toContain('procfile/asgi-target boot')
  })

  it('a WSGI server given an ASGI application: no page comes, and no handshake is reached', () => {
    const seen = reported({
      'requirements.txt': `${requirements}gunicorn==23.0.0\n`,
      Procfile: 'web: gunicorn -b 0.0.0.0:$PORT mysite.asgi:application\n',
    })
    expect(seen.found).toEqual(['procfile/wsgi-server http'])
    expect(seen.messages).toMatch(/every page fails with a TypeError/)
    expect(seen.messages).not.toMatch(/handshake/)
    expect(seen.state('handshake')).toBe('not-reached')
  })
})

describe('the hop follows from the process that breaks', () => {
  const late = settings.replace("    'daphne',\n", '').replace("    'channels',\n", "    'channels',\n    'daphne',\n")

  it('daphne.E001 ends whoever runs the checks first', () => {
    const only = { ...collectsNothing, 'mysite/settings.py': late }
    expect(reported({ 'mysite/settings.py': late }).found).toEqual(['settings/daphne-order build'])
    const released = reported({ ...only, Procfile: `${daphne}\nrelease: python manage.py migrate\n` })
    expect(released.found).toEqual(['settings/daphne-order release'])
    expect(released.state('build')).toBe('holds')
    expect(released.state('release')).toBe('breaks')
    const byHand = reported(only)
    expect(byHand.found).toEqual(['settings/daphne-order build beside'])
    expect(byHand.state('build')).toBe('holds')
  })

  it('collectstatic without STATIC_ROOT fails where it runs', () => {
    const files = { 'mysite/settings.py': settings.replace(/^STATIC_ROOT.*\n/m, '') }
    const release = `${daphne}\nrelease: python manage.py collectstatic --noinput\n`
    expect(reported({ ...files, ...collectsNothing }).found).toEqual([])
    const seen = reported({ ...files, ...collectsNothing, Procfile: release })
    expect(seen.found).toEqual(['settings/static-root release'])
    expect(seen.messages).toMatch(/fails in the release/)
  })

  it('an asgi.py that no process loads breaks no boot', () => {
    const files = {
      'requirements.txt': `${requirements}gunicorn==23.0.0\n`,
      'chat/models.py': 'from django.db import models\n\n\nclass Message(models.Model):\n    pass\n',
      'mysite/asgi.py': `from chat.models import Message\n${asgi}`,
    }
    expect(reported(files).found).toEqual(['asgi/import-order boot'])
    const seen = reported({ ...files, Procfile: 'web: gunicorn -b 0.0.0.0:$PORT mysite.wsgi\n' })
    expect(seen.found).toEqual(['procfile/wsgi-server handshake'])
    expect(seen.state('boot')).toBe('holds')
    const both =
      'web: gunicorn -b 0.0.0.0:$PORT mysite.wsgi\nsockets: daphne -p $PORT -b 0.0.0.0 mysite.asgi:application\n'
    // daphne ends, and gunicorn starts all the same.
    const beside = reported({ ...files, Procfile: both })
    expect(beside.found).toContain('asgi/import-order boot beside')
    expect(beside.state('boot')).toBe('holds')
  })

  it('what only a worker meets leaves the chain alone', () => {
    const seen = reported({
      Procfile: `${daphne}\nworker: python manage.py runworker thumbnails --settings=other.settings\njobs: celery -A nowhere worker\n`,
    })
    expect(seen.found).toContain('settings/module boot beside')
    expect(seen.found.every((one) => one.endsWith(' beside'))).toBe(true)
    expect(seen.state('boot')).toBe('holds')
    expect(seen.state('http')).toBe('holds')
  })
})

describe('each process finds its own settings', () => {
  it('a package above the settings that raises breaks the build', () => {
    const seen = reported({ 'mysite/__init__.py': 'undefined_name\n' })
    expect(seen.found).toEqual(['settings/startup-crash build'])
    expect(seen.state('build')).toBe('breaks')
  })

  it('manage.py names a module that does not exist', () => {
    const files = { 'manage.py': manage.replace('mysite.settings', 'nowhere.settings') }
    expect(reported(files).found).toEqual(['settings/module build possible'])
    const release = { ...collectsNothing, Procfile: `${daphne}\nrelease: python manage.py migrate\n` }
    expect(reported({ ...files, ...release }).found).toEqual(['settings/module release possible'])
  })

  it('a function that manage.py imports names them', () => {
    const imports =
      'import sys\n\nfrom choose import choose\n\n\ndef main():\n    choose()\n    from django.core.management import execute_from_command_line\n\n    execute_from_command_line(sys.argv)\n'
    const seen = reported({
      'manage.py': `${imports}\n\nif __name__ == '__main__':\n    main()\n`,
      'choose.py': "import os\n\n\ndef choose():\n    os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.building'\n",
      'mysite/building.py': 'from .settings import *\nimport debug_toolbar\n',
    })
    expect(seen.found).toEqual(['deps/missing-package build'])
  })

  it('the server searches its own folders', () => {
    const stays = ['Procfile', 'requirements.txt', 'app.json', '.python-version']
    const moved: Record<string, string | Uint8Array | undefined> = { 'backend/__init__.py': '' }
    for (const [path, text] of Object.entries(base)) {
      if (stays.includes(path)) continue
      moved[path] = undefined
      moved[`backend/${path}`] = text
    }
    const command = 'daphne -b 0.0.0.0 -p $PORT --proxy-headers'
    const seen = reported({ ...moved, Procfile: `web: ${command} backend.mysite.asgi:application\n` })
    expect(seen.found).toEqual(['settings/module boot possible'])
    expect(seen.help).toContain('cd backend &&')
    const there = reported({ ...moved, Procfile: `web: cd backend && ${command} mysite.asgi:application\n` })
    expect(there.found).toEqual([])
    const path = reported({
      ...moved,
      Procfile: `web: PYTHONPATH=backend ${command} backend.mysite.asgi:application\n`,
    })
    expect(path.found).toEqual([])
    // What cannot import its settings is not proposed.
    const none = reported({ ...moved, Procfile: `web: ${command} mysite.asgi:application\n` })
    expect(none.found).toEqual(['procfile/asgi-target boot'])
    expect(none.messages).not.toContain('backend.mysite.asgi')
  })
})

describe('what works is not reported', () => {
  it('settings in a folder that PYTHONPATH names for one command', () => {
    const files = { 'extra/live.py': 'from mysite.settings import *\n' }
    const release = (command: string) =>
      reported({ ...files, Procfile: `${daphne}\nrelease: ${command} python manage.py migrate --settings=live\n` })
        .found
    expect(release('PYTHONPATH=extra')).toEqual([])
    expect(release('')).toEqual(['settings/module release'])
  })

  it('a file that split_settings includes imports from the package that includes it', () => {
    const seen = reported({
      'requirements.txt': `${requirements}django-split-settings==1.3.2\n`,
      'mysite/settings.py': undefined,
      'mysite/settings/__init__.py':
        "from split_settings.tools import include\n\ninclude('parts/base.py', 'parts/more.py')\n",
      'mysite/settings/parts/base.py': settings.replace('.parent.parent', '.parent.parent.parent.parent'),
      'mysite/settings/parts/more.py': 'from .core import NAME\n',
      'mysite/settings/core.py': "NAME = 'chat'\n",
    })
    expect(seen.found).toEqual([])
  })

  it('a module answers for names through __getattr__', () => {
    const lazy =
      "\n\ndef __getattr__(name):\n    if name == 'application':\n        return built\n    raise AttributeError(name)\n"
    const { found } = reported({ 'mysite/asgi.py': `${asgi.replace('application = Proto', 'built = Proto')}${lazy}` })
    expect(found).toEqual([])
  })

  const old = { 'requirements.txt': 'Django==3.2.25\n' }
  const folders = (lines: string) => ({ ...old, 'mysite/settings.py': `${settings}\n${lines}` })
  const missing = 'settings/static-root build possible'

  it('folders that the settings make are there', () => {
    const dirs = "STATICFILES_DIRS = [BASE_DIR / 'assets']\n"
    expect(reported(folders(dirs)).found).toContain(missing)
    for (const line of [
      "os.makedirs(BASE_DIR / 'assets', exist_ok=True)",
      "(BASE_DIR / 'assets').mkdir(exist_ok=True)",
      "for name in ['assets']:\n    os.mkdir(os.path.join(BASE_DIR, name))",
    ])
      expect(reported(folders(`${dirs}${line}\n`)).found).not.toContain(missing)
    expect(reported(folders(`${dirs}os.makedirs(BASE_DIR / 'others')\n`)).found).toContain(missing)
  })

  it('folders that a build of the frontend makes are not known to be missing', () => {
    const files = {
      ...folders("STATICFILES_DIRS = [BASE_DIR / 'assets']\n"),
      'package.json': '{"scripts": {"build": "vite build --outDir assets"}}',
      'app.json': textOf('app.json').replace(
        '"stack"',
        '"buildpacks": [{ "url": "heroku/nodejs" }, { "url": "heroku/python" }],\n  "stack"',
      ),
    }
    expect(reported(files).found).not.toContain(missing)
    const plain = {
      ...files,
      'app.json': textOf('app.json').replace('"stack"', '"buildpacks": [{ "url": "heroku/python" }],\n  "stack"'),
    }
    expect(reported(plain).found).toContain(missing)
  })
})

describe('the root that is pushed', () => {
  it('a whole project in a folder is not what git push sends', () => {
    const moved: Record<string, string | Uint8Array | undefined> = {}
    for (const [path, text] of Object.entries(base)) {
      moved[path] = undefined
      moved[`site/${path}`] = text
    }
    const seen = reported(moved)
    expect(seen.found).toContain('procfile/missing boot')
    expect(seen.help).toContain('git subtree push --prefix site heroku main')
    expect(seen.help).not.toContain('git mv site/Procfile')
  })

  const below = (mover?: string) => {
    const { report } = check({ today, tree: memoryTree(base), config: defaultConfig, below: { folder: 'site', mover } })
    return report.chain.find(({ hop }) => hop === 'push')
  }

  it('a root below the repository’s is pushed only by a subtree or a buildpack that moves it', () => {
    const link = below()
    expect(link?.state).toBe('undetermined')
    expect(link?.unknowns.map(({ why }) => why.en).join()).toContain('git subtree push --prefix site heroku main')
    expect(below('heroku-buildpack-monorepo')?.unknowns.map(({ what }) => what.en)).not.toContain(
      'the root that is pushed',
    )
  })

  it('a buildpack that moves the root leaves what this one lacks open', () => {
    const moved: Record<string, string | Uint8Array | undefined> = {}
    for (const [path, text] of Object.entries(base)) {
      moved[path] = undefined
      moved[`site/${path}`] = text
    }
    const buildpacks = [
      { url: 'https://github.com/lstoll/heroku-buildpack-monorepo' },
      { url: 'https://github.com/timanovsky/subdir-heroku-buildpack.git#main' },
    ]
    for (const one of buildpacks) {
      const app = { buildpacks: [one, { url: 'heroku/python' }], env: { APP_BASE: 'site', PROJECT_PATH: 'site' } }
      const seen = reported({ ...moved, 'app.json': JSON.stringify(app) })
      expect(seen.found.filter((rule) => !rule.endsWith('possible'))).toEqual([])
      expect(seen.state('build')).toBe('undetermined')
    }
  })

  it('a Dockerfile that nothing builds', () => {
    const files = { ...base, Dockerfile: 'FROM python:3.13\nCOPY . /app\nCMD daphne mysite.asgi:application\n' }
    const without = Object.fromEntries(Object.entries(files).filter(([path]) => path !== 'Procfile'))
    const { report } = check({ today, tree: memoryTree(without), config: defaultConfig })
    const boot = report.chain.find(({ hop }) => hop === 'boot')
    expect(boot?.state).toBe('undetermined')
    expect(boot?.unknowns.map(({ why }) => why.en).join()).toContain('heroku container:push')
  })

  it('a second project is named once', () => {
    const other = {
      'billing/manage.py': manage.replaceAll('mysite', 'billing'),
      'billing/billing/__init__.py': '',
      'billing/billing/settings.py': settings,
    }
    const named = (files: Record<string, string>) => {
      const { report } = check({ today, tree: memoryTree({ ...base, ...files }), config: defaultConfig })
      return report.findings.filter(({ message }) => message.en.includes('another Django project')).length
    }
    expect(named(other)).toBe(1)
    expect(
      named({
        ...other,
        Procfile: `${daphne}\nbilling: python billing/manage.py runjobs --settings=billing.settings\n`,
      }),
    ).toBe(0)
  })
})

describe('settings that only another entry point names', () => {
  const nameless = { 'mysite/asgi.py': asgi.replace(/^os\.environ\.setdefault.*\n/m, '') }

  it('are not those of the web process', () => {
    const wsgi = textOf('mysite/wsgi.py').replace('mysite.settings', 'nowhere.settings')
    const found = reported({ ...nameless, 'mysite/wsgi.py': wsgi }).found
    expect(found).toEqual(['asgi/settings-default boot possible'])
  })
})

describe('what is installed without a version that anybody knows', () => {
  it('is not judged as the newest', () => {
    const layer = settings.replace("'hosts': [redis_host],", "'hosts': [redis_host], 'symmetric_encryption_keys': [],")
    const none = reported({ 'requirements.txt': undefined, 'mysite/settings.py': layer })
    expect(none.found).toEqual(['deps/file-missing build'])
    const from = (reference: string) => ({
      'requirements.txt': requirements.replace(
        /^channels==.*$/m,
        `channels @ git+https://github.com/django/channels@${reference}`,
      ),
      'chat/routing.py': textOf('chat/routing.py').replaceAll('.as_asgi()', ''),
    })
    const as_asgi = 'asgi/consumer-as-asgi handshake'
    expect(reported(from('4.3.2')).found).toContain(as_asgi)
    expect(reported(from('2.4.0')).found).not.toContain(as_asgi)
    const branch = reported(from('main'))
    expect(branch.found).not.toContain(as_asgi)
    expect(branch.state('handshake')).toBe('undetermined')
  })
})
