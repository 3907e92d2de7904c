import { describe, expect, it } from 'vitest'
import { firstImport } from '../../../src/app/settings/first-import.ts'
import { appOf } from '../../support/app.ts'

const project = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
  'site1/__init__.py': '',
  'site1/settings.py': "INSTALLED_APPS = ['channels']\n",
  'site1/asgi.py':
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\nrelease: python manage.py migrate\n',
}

describe('the hop that imports the settings first', () => {
  it('is the build, where collectstatic does', () => {
    expect(firstImport(appOf(project))).toBe('build')
  })

  it('is the release when nobody collects', () => {
    expect(firstImport(appOf(project, { env: { DISABLE_COLLECTSTATIC: '1' } }))).toBe('release')
  })

  it('is boot when no command runs before', () => {
    const Procfile = 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\n'
    expect(firstImport(appOf({ ...project, Procfile }, { env: { DISABLE_COLLECTSTATIC: '1' } }))).toBe('boot')
    const { 'manage.py': _, ...bare } = project
    expect(firstImport(appOf({ ...bare, Procfile }))).toBe('boot')
  })

  it('is no build for settings that look where they run', () => {
    const settings = "import os\nif 'DYNO' in os.environ:\n    undefined_name\n"
    expect(firstImport(appOf({ ...project, 'site1/settings.py': settings }))).toBe('release')
  })
})
