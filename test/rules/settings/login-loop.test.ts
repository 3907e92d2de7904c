import { describe, expect, it } from 'vitest'
import { loginLoop } from '../../../rules/settings/proxy-ssl-header/login-loop.ts'
import { project } from '../../app/asgi/support.ts'

/** The view that is sent to itself, of a project with this module of views and these patterns. */
function loops(
  views: string,
  patterns = `path('in/', views.enter, name='enter')`,
  { url = `LOGIN_URL = 'enter'`, django = '5.2.17', middleware = 'LoginRequiredMiddleware' } = {},
): string | undefined {
  const app = project({
    'requirements.txt': `Django==${django}\nchannels==4.3.2\ndaphne==4.2.2\n`,
    'mysite/settings.py': `INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
ROOT_URLCONF = 'mysite.urls'
MIDDLEWARE = ['django.contrib.auth.middleware.${middleware}']
${url}
`,
    'mysite/urls.py': `from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.urls import include, path, re_path
from chat import views
urlpatterns = [path('', views.home), path('staff/', include([${patterns}]))]
`,
    'chat/views.py': `from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from elsewhere import public
def home(request):
    return render(request, 'home.html')
${views}
`,
  })
  return loginLoop(app)?.view
}

const enter = `def enter(request):\n    return render(request, 'enter.html')`
const asView = `path('in/', views.Enter.as_view(), name='enter')`

describe('a login that asks for a login', () => {
  it('is told of functions and classes that say nothing of it', () => {
    expect(loops(enter)).toBe('enter')
    expect(loops(`@never_cache\n@sensitive_post_parameters()\n${enter}`)).toBe('enter')
    expect(loops(`class Enter(FormView):\n    template_name = 'enter.html'`, asView)).toBe('Enter')
    const base = `class Base(View):\n    pass\nclass Enter(Base):\n    def get(self, request): pass`
    expect(loops(base, asView)).toBe('Enter')
  })

  it.each([`LOGIN_URL = '/staff/in/'`, `LOGIN_URL = '/staff/in'`])('is found by its path: %s', (url) => {
    expect(loops(enter, undefined, { url })).toBe('enter')
    expect(loops(enter, `re_path(r'^in/$', views.enter, name='enter')`, { url })).toBe('enter')
  })

  it.each([
    [`@login_not_required\n${enter}`],
    [`@never_cache\n@login_not_required\n${enter}`],
    [`@public\n${enter}`],
    [`${enter}\nenter.login_required = False`],
    [enter, `path('in/', login_not_required(views.enter), name='enter')`],
    [enter, `path('in/', LoginView.as_view(), name='enter')`],
    [`class Enter(LoginView):\n    pass`, asView],
    [`@method_decorator(login_not_required, name='dispatch')\nclass Enter(FormView):\n    pass`, asView],
    [
      `class Enter(View):\n    @method_decorator(login_not_required)\n    def dispatch(self, *args):\n        return super().dispatch(*args)`,
      asView,
    ],
    [enter, `path('<slug:any>/', views.enter, name='other'), path('', include('allauth.urls'))`],
  ])('is none where something takes it out, or nobody can tell: %s %s', (views: string, patterns?: string) => {
    expect(loops(views, patterns)).toBeUndefined()
  })

  it('is none without the middleware, before it came, and where the address leads elsewhere', () => {
    expect(loops(enter, undefined, { middleware: 'AuthenticationMiddleware' })).toBeUndefined()
    expect(loops(enter, undefined, { django: '5.0.14' })).toBeUndefined()
    expect(loops(enter, undefined, { url: `LOGIN_URL = 'https://id.example/in/'` })).toBeUndefined()
    expect(loops(enter, undefined, { url: '' })).toBeUndefined()
    expect(loops(enter, undefined, { url: `import os\nLOGIN_URL = os.environ['LOGIN_URL']` })).toBeUndefined()
  })
})
