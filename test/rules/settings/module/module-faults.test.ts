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

describe('a module that manage.py and the web process share', () => {
  const broken = {
    ...project,
    'backend/site1/asgi.py': project['backend/site1/asgi.py'].replace('site1.settings', 'site1.setings'),
    'backend/manage.py': project['backend/manage.py'].replace('site1.settings', 'site1.setings'),
    Procfile:
      'web: cd backend && daphne -b 0.0.0.0 -p $PORT site1.asgi:application\nrelease: cd backend && python manage.py migrate\n',
  }
  const told = (files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) =>
    moduleFaults(appOf({ ...broken, ...files }, { env })).map(
      ({ at, also, hop, process }) => `${at.file} ${also?.file} ${hop}: ${process.en}`,
    )

  it('ends collectstatic, before any server starts', () => {
    expect(told()).toEqual([
      'backend/manage.py backend/site1/asgi.py build: collectstatic in the build (and every other manage.py command)',
    ])
  })

  it('ends the release where the build collects nothing', () => {
    expect(told({}, { DISABLE_COLLECTSTATIC: '1' })).toEqual([
      'backend/manage.py backend/site1/asgi.py release: the release command',
    ])
  })

  it('ends the server where nothing runs manage.py', () => {
    const Procfile = broken.Procfile.split('\n')[0] ?? ''
    expect(told({ Procfile }, { DISABLE_COLLECTSTATIC: '1' })).toEqual([
      'backend/site1/asgi.py undefined boot: the web process',
    ])
  })
})
