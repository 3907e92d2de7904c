import { describe, expect, it } from 'vitest'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { appOf } from '../../support/app.ts'

const project = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  'app/manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
  'app/site1/__init__.py': '',
  'app/site1/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
  'app/site1/tasks.py': '',
  Procfile: `release: python app/manage.py migrate
web: cd app && daphne -b 0.0.0.0 -p $PORT site1.asgi:application
worker: python app/manage.py runworker thumbnails
`,
}

/** A setting by the process that reads it; the build has no process. */
function seen(settings: string, name: string, more: Record<string, string> = {}): Record<string, string | undefined> {
  const app = appOf({ ...project, 'app/site1/settings.py': settings, ...more })
  return Object.fromEntries(
    allWorlds(app).map((world) => {
      const [first] = world.settings?.get(name)?.alternatives ?? []
      const told = plain(first?.value) ?? world.settings?.evaluation?.certainCrash?.exception
      return [world.process ?? 'build', told]
    }),
  )
}

describe('what a process finds where it runs', () => {
  it('is its own name in DYNO, and none in the build', () => {
    const settings = "import os\nKIND = os.environ.get('DYNO', 'none').split('.')[0]\n"
    expect(seen(settings, 'KIND')).toEqual({ build: 'none', release: 'release', web: 'web', worker: 'worker' })
  })

  it('is its working directory, from which relative paths count', () => {
    const settings = "import os\nwith open('app/site1/__init__.py') as one:\n    WHERE = os.getcwd()\n"
    expect(seen(settings, 'WHERE')).toEqual({
      build: '/app',
      release: '/app',
      web: 'FileNotFoundError',
      worker: '/app',
    })
  })

  it.each([
    ["os.getcwd() in ('/app', '/app/app')"],
    ["os.path.abspath('.').startswith('/app')"],
    ["str(__import__('pathlib').Path(__file__).parent).startswith('/app')"],
  ])('is a folder of its own in the build: %s', (test) => {
    const settings = `import os\nKIND = 'dyno' if ${test} else 'elsewhere'\n`
    expect(seen(settings, 'KIND')).toEqual({ build: 'elsewhere', release: 'dyno', web: 'dyno', worker: 'dyno' })
  })

  it('is one world where only paths differ', () => {
    const settings = "import os\nHOME = '/app'\nSTATIC_ROOT = os.path.join(os.getcwd(), 'static')\n"
    expect(seen(settings, 'STATIC_ROOT').build).toBe('/app/static')
  })

  it('is its own command line', () => {
    const settings = "import sys\nKIND = 'web' if any('daphne' in one for one in sys.argv) else sys.argv[1]\n"
    expect(seen(settings, 'KIND')).toEqual({
      build: 'collectstatic',
      release: 'migrate',
      web: 'web',
      worker: 'runworker',
    })
  })

  it.each([
    ['python -m daphne -p $PORT site1.asgi:application', '__main__.py -p'],
    ['python -u -W ignore -m daphne -p $PORT site1.asgi:application', '__main__.py -p'],
    ['daphne -p $PORT site1.asgi:application', 'daphne -p'],
  ])('is the command line without the options of Python: %s', (web, told) => {
    const settings = "import sys\nKIND = ' '.join(one.rsplit('/', 1)[-1] for one in sys.argv[:2])\n"
    expect(seen(settings, 'KIND', { Procfile: `web: cd app && ${web}\n` }).web).toBe(told)
  })

  it('is one world where the command line makes no difference', () => {
    const settings = "import sys\nTESTING = 'test' in sys.argv\n"
    const worlds = allWorlds(appOf({ ...project, 'app/site1/settings.py': settings }))
    expect(new Set(worlds.map((world) => world.settings)).size).toBe(1)
  })

  it('is one world for two processes that make the same of their names', () => {
    const settings = "import os\nLIVE = 'DYNO' in os.environ\n"
    const worlds = allWorlds(appOf({ ...project, 'app/site1/settings.py': settings }))
    const [build, release, web] = worlds
    expect(release?.settings).toBe(web?.settings)
    expect(build?.settings).not.toBe(web?.settings)
  })
})
