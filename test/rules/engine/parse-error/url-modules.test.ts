import { describe, expect, it } from 'vitest'
import { firstUse, urlProblems } from '../../../../rules/engine/parse-error/url-modules.ts'
import { appOf } from '../../../support/app.ts'

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
const broken = (files: Record<string, string>) => urlProblems(appOf({ ...project, ...files })).map(({ file }) => file)

describe('the modules that Django imports with its URLs', () => {
  it('are read for their syntax: what is included, and what that imports', () => {
    expect(broken({})).toEqual([])
    expect(broken({ 'shop/views.py': conflict })).toContain('shop/views.py')
    expect(broken({ 'shop/urls.py': conflict })).toContain('shop/urls.py')
    expect(broken({ 'shop/views.py': 'from shop.forms import Order\n', 'shop/forms.py': 'class Order(:\n' })).toContain(
      'shop/forms.py',
    )
    expect(
      broken({
        'mysite/urls.py': "urlpatterns = []\nurlpatterns += [path('', include(('shop.urls', 'shop')))]\n",
        'shop/views.py': conflict,
      }),
    ).toContain('shop/views.py')
  })

  it('are not those of a branch, of a function, or that nothing imports', () => {
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
    expect(firstUse(appOf(project))).toBe('http')
    expect(firstUse(appOf({ ...project, Procfile: `${project.Procfile}release: python manage.py migrate\n` }))).toBe(
      'release',
    )
  })
})
