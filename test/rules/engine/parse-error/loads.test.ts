import { describe, expect, it } from 'vitest'
import { check } from '../../../../src/check.ts'
import { defaultConfig } from '../../../../src/config/config.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { today } from '../../../support/app.ts'

const conflict = '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n'
const project = {
  Procfile: 'web: daphne mysite.asgi:application -p $PORT -b 0.0.0.0\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': "INSTALLED_APPS = ['shop']\nROOT_URLCONF = 'mysite.urls'\n",
  'mysite/asgi.py':
    "import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\napplication = get_asgi_application()\n",
  'mysite/urls.py': "from django.urls import include, path\nurlpatterns = [path('', include('shop.urls'))]\n",
  'shop/__init__.py': '',
  'shop/urls.py': "from . import views\nurlpatterns = [path('', views.page)]\n",
  'shop/views.py': 'def page(request):\n    pass\n',
}
const migrate = { Procfile: `${project.Procfile}release: python manage.py migrate\n` }

/** Files that are told to be unreadable, each with its hop. */
function broken(files: Record<string, string>): string[] {
  const { report } = check({ tree: memoryTree({ ...project, ...files }), config: defaultConfig, today })
  const found = report.findings.filter(({ rule }) => rule === 'engine/parse-error')
  return [...new Set(found.map(({ at, hop }) => `${hop} ${at.file}`))]
}

describe('the modules that Django imports with its URLs', () => {
  it('are read for their syntax: what is included, and what that imports', () => {
    expect(broken({})).toEqual([])
    expect(broken({ 'shop/views.py': conflict })).toEqual(['http shop/views.py'])
    expect(broken({ 'shop/urls.py': conflict })).toEqual(['http shop/urls.py'])
    expect(broken({ 'shop/views.py': 'from shop.forms import Order\n', 'shop/forms.py': 'class Order(:\n' })).toEqual([
      'http shop/forms.py',
    ])
    expect(
      broken({
        'mysite/urls.py':
          "from django.urls import include, path\nurlpatterns = []\nurlpatterns += [path('', include(('shop.urls', 'shop')))]\n",
        'shop/views.py': conflict,
      }),
    ).toEqual(['http shop/views.py'])
  })

  it('are not those of a function, of a guarded import, or that nothing imports', () => {
    expect(broken({ 'shop/tasks.py': conflict })).toEqual([])
    expect(
      broken({ 'shop/views.py': 'def page(request):\n    from shop import tasks\n', 'shop/tasks.py': conflict }),
    ).toEqual([])
    expect(
      broken({
        'shop/urls.py': 'try:\n    from . import views\nexcept SyntaxError:\n    pass\n',
        'shop/views.py': conflict,
      }),
    ).toEqual([])
  })

  it('come in with the release when it migrates, else with the first request', () => {
    expect(broken({ ...migrate, 'shop/views.py': conflict })).toEqual(['release shop/views.py'])
  })

  it('come after the models, which collectstatic imports in the build', () => {
    expect(broken({ ...migrate, 'shop/models.py': conflict })).toEqual(['build shop/models.py'])
  })
})
