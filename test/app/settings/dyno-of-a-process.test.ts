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
function seen(settings: string, name: string): Record<string, string | undefined> {
  const app = appOf({ ...project, 'app/site1/settings.py': settings })
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

  it('is one world for two processes that make the same of their names', () => {
    const settings = "import os\nLIVE = 'DYNO' in os.environ\n"
    const worlds = allWorlds(appOf({ ...project, 'app/site1/settings.py': settings }))
    const [build, release, web] = worlds
    expect(release?.settings).toBe(web?.settings)
    expect(build?.settings).not.toBe(web?.settings)
  })
})
