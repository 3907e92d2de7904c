import { expect, it } from 'vitest'
import daphneOrder from '../../../rules/settings/daphne-order/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../support/app.ts'

const entry = (module: string) => `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${module}')\n`
const files = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  'manage.py': entry('site1.local'),
  'site1/__init__.py': '',
  'site1/asgi.py': `${entry('site1.live')}from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n`,
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\n',
}

const late = "INSTALLED_APPS = ['django.contrib.staticfiles', 'daphne']\n"
const early = "INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles']\n"

/** The places of the findings, with hop. */
const found = (local: string, live: string) =>
  run(appOf({ ...files, 'site1/local.py': local, 'site1/live.py': live }), [daphneOrder], defaultConfig).findings.map(
    ({ at, hop }) => `${at.file} ${hop}`,
  )

it('judges the settings of manage.py, whose checks collectstatic runs', () => {
  expect(found(late, early)).toEqual(['site1/local.py build'])
  expect(found(early, late)).toEqual([])
})
