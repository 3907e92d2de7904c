import { expect, it } from 'vitest'
import asgiApplication from '../../../rules/settings/asgi-application/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../support/app.ts'

const project = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.3\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': "SECRET_KEY = 'a'\nINSTALLED_APPS = ['channels']\nROOT_URLCONF = 'mysite.urls'\n",
}

function fixes(asgi: string): readonly string[] {
  const app = appOf({ ...project, 'mysite/asgi.py': asgi })
  return run(app, [asgiApplication], defaultConfig).findings.flatMap((finding) =>
    finding.fixes.map(({ title }) => title.en),
  )
}

it('is not set to the module that asks for it while it is loaded', () => {
  const own = 'from channels.routing import ProtocolTypeRouter\n\napplication = ProtocolTypeRouter({})\n'
  const asking = 'from channels.routing import get_default_application\n\napplication = get_default_application()\n'
  expect(fixes(own)).toEqual(['Set ASGI_APPLICATION to mysite.asgi.application'])
  expect(fixes(asking)).toEqual([])
})

it.each([
  ['mysite.asgi:application', "Cannot find 'asgi:application' in ASGI_APPLICATION module mysite"],
  ['asgi:application', 'Cannot find ASGI_APPLICATION setting.'],
  ['mysite:asgi.application', "Cannot import ASGI_APPLICATION module 'mysite:asgi'"],
  ['mysite.other.asgi:application', "Cannot import ASGI_APPLICATION module 'mysite.other'"],
  ['somewhere.asgi:application', 'ImproperlyConfigured'],
  ['mysite.other.application', "Cannot import ASGI_APPLICATION module 'mysite.other'"],
  ['mysite.asgi.app', "Cannot find 'app' in ASGI_APPLICATION module mysite.asgi"],
  ['application', 'Cannot find ASGI_APPLICATION setting.'],
])('%s: what runserver and runworker print', (path, error) => {
  const settings = `SECRET_KEY = 'a'\nINSTALLED_APPS = ['channels']\nASGI_APPLICATION = '${path}'\n`
  const app = appOf({
    ...project,
    'mysite/settings.py': settings,
    'mysite/asgi.py': 'from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n',
  })
  const [finding] = run(app, [asgiApplication], defaultConfig).findings
  expect(finding?.message.en).toContain(`"${error}"`)
})
