import { describe, expect, it } from 'vitest'
import { moduleFaults } from '../../../../rules/settings/module/module-faults.ts'
import { appOf } from '../../../support/app.ts'

const project = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  'backend/manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
  'backend/site1/__init__.py': '',
  'backend/site1/settings.py': "INSTALLED_APPS = ['channels']\n",
  'backend/site1/other.py': 'from .settings import *\n',
  'backend/site1/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
}

const faultsOf = (release: string): string[] => {
  const Procfile = `web: cd backend && daphne -b 0.0.0.0 -p $PORT site1.asgi:application\nrelease: ${release}\n`
  return moduleFaults(appOf({ ...project, Procfile })).map(({ kind, module, hop }) => `${kind} ${module} ${hop}`)
}

describe('the settings module of the release', () => {
  it.each([
    'DJANGO_SETTINGS_MODULE=site1.production python backend/manage.py migrate',
    'export DJANGO_SETTINGS_MODULE=site1.production; cd backend && python manage.py migrate',
    'python backend/manage.py migrate --settings=site1.production',
    'python backend/manage.py migrate --settings site1.production --noinput',
  ])('may be missing: %s', (release) => {
    expect(faultsOf(release)).toEqual(['missing site1.production release'])
  })

  it.each([
    'python backend/manage.py migrate',
    'DJANGO_SETTINGS_MODULE=site1.other python backend/manage.py migrate',
    'DJANGO_SETTINGS_MODULE=$MODULE python backend/manage.py migrate',
    'python backend/manage.py migrate --settings=$MODULE',
    'true || python backend/manage.py migrate --settings=site1.production',
  ])('may be there, or unknown: %s', (release) => {
    expect(faultsOf(release)).toEqual([])
  })
})
