import { describe, expect, it } from 'vitest'
import { templateEdits } from '../../../rules/frontend/template-error/edits.ts'
import { pageFaults } from '../../../rules/frontend/template-error/page-faults.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { appOf } from '../../support/app.ts'
import { filesBelow } from '../../support/trees.ts'

const base = Object.fromEntries(
  Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)

type Files = Readonly<Record<string, string>>

const project = (files: Files) => appOf({ ...base, ...files })
const faults = (files: Files) =>
  pageFaults(project(files)).map(({ kind, name, when }) => `${kind} ${name}${when.length > 0 ? ' perhaps' : ''}`)
const rendered = (files: Files) => [
  ...new Set(firstPage(project(files))?.paths.flatMap((path) => path.rendered.map(({ name }) => name))),
]
const view = (body: string, urls = "path('', home)"): Files => ({
  'mysite/urls.py': `from django.shortcuts import render
from django.urls import include, path, re_path
from chat.views import *
urlpatterns = [${urls}]
`,
  'chat/views.py': `import os
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.generic import ListView, TemplateView, View
${body}
`,
})

const home = 'def home(request):\n    return render(request, "chat/room.html")'

describe('the view of the first page', () => {
  it.each<[string, string, string | undefined, string[]]>([
    ['a function', 'def home(request):\n    return render(request, "a.html")', undefined, ['a.html']],
    [
      'behind a decorator',
      '@ensure_csrf_cookie\ndef home(request):\n    return render(request, "a.html")',
      undefined,
      ['a.html'],
    ],
    [
      'for who is logged in',
      '@login_required\ndef home(request):\n    return render(request, "a.html")',
      undefined,
      [],
    ],
    [
      'by who asks',
      'def home(request):\n    if request.method == "POST":\n        return render(request, "a.html")\n    if request.user.is_authenticated:\n        return render(request, "b.html")\n    return render(request, "c.html")',
      undefined,
      ['c.html'],
    ],
    ['a class', 'class Home(TemplateView):\n    template_name = "a.html"', "path('', Home.as_view())", ['a.html']],
    [
      'a class of its own way',
      'class Home(View):\n    def get(self, request):\n        return render(request, "a.html")',
      "path('', Home.as_view())",
      ['a.html'],
    ],
    [
      'a class that asks Django',
      'class Home(ListView):\n    template_name = "a.html"\n    def get(self, request):\n        return super().get(request)',
      "path('', Home.as_view())",
      ['a.html'],
    ],
    [
      'a class that chooses',
      'class Home(TemplateView):\n    template_name = "a.html"\n    def get_template_names(self):\n        return ["b.html"]',
      "path('', Home.as_view())",
      [],
    ],
    [
      'the first of two',
      'def home(request):\n    return render(request, "a.html")\ndef other(request):\n    return render(request, "b.html")',
      "path('x/', other), re_path(r'^$', home), path('', other)",
      ['a.html'],
    ],
    [
      'included',
      'def home(request):\n    return render(request, "a.html")',
      "path('chat/', include([path('', home)])), path('', include(([path('', home)], 'x')))",
      ['a.html'],
    ],
    [
      'behind the patterns of an API',
      'from ninja import NinjaAPI\napi = NinjaAPI()\ndef home(request):\n    return render(request, "a.html")',
      "path('', api.urls), path('', home)",
      [],
    ],
    [
      'behind what nobody can read',
      'from os import urandom\ndef home(request):\n    return render(request, "a.html")',
      "urandom(1), path('', home)",
      [],
    ],
  ])('%s', (_, body, urls, names) => {
    expect(rendered(view(body, urls))).toEqual(names)
  })

  it('knows the names of the URLconf as they are reversed', () => {
    const body = 'def home(request):\n    return render(request, "chat/room.html")'
    const names = (urls: string) => {
      const page = firstPage(project(view(body, urls)))
      return ['home', 'x:home', 'login', 'admin:index', 'no'].filter((name) => page?.urls.has(name))
    }
    expect(names("path('', home, name='home')")).toEqual(['home'])
    expect(names("path('', include(([path('', home, name='home')], 'x')))")).toEqual(['x:home'])
    expect(names("path('', include('django.contrib.auth.urls'))")).toEqual(['login'])
    expect(names("path('', home), path('a/', include('allauth.urls'))")).toHaveLength(5)
  })

  it.each([
    ['urlpatterns += router.urls'],
    ['urlpatterns = router.urls + urlpatterns'],
    ["urlpatterns += i18n_patterns(path('z/', home, name='z'))"],
    ["urlpatterns.extend(i18n_patterns(path('z/', home, name='z')))"],
    ["urlpatterns = [*urlpatterns, *i18n_patterns(path('z/', home, name='z'))]"],
  ])('does not know the names of what is added: %s', (added) => {
    const files = view(home, "path('', home, name='home')")
    const urls = `${files['mysite/urls.py']}
from django.conf.urls.i18n import i18n_patterns
from rest_framework.routers import DefaultRouter
router = DefaultRouter()
${added}
`
    const page = firstPage(project({ ...files, 'mysite/urls.py': urls }))
    expect(['home', 'z', 'user-list'].filter((name) => page?.urls.has(name))).toEqual(['home', 'z', 'user-list'])
  })

  it.each([
    ['of an API', 'from ninja import NinjaAPI\napi = NinjaAPI()', 'api.urls'],
    ['of a router', 'from rest_framework.routers import DefaultRouter\nrouter = DefaultRouter()', 'router.urls'],
    [
      'of another admin site',
      'from django.contrib.admin import AdminSite\nclass Site(AdminSite):\n    pass\nsite = Site(name="staff")',
      'site.urls',
    ],
    [
      'that a function of a package makes',
      'from rest_framework.documentation import include_docs_urls',
      'include_docs_urls()',
    ],
  ])('does not know the names of the patterns %s', (_, body, patterns) => {
    const urls = firstPage(project(view(`${body}\n${home}`, `path('x/', ${patterns}), path('', home)`)))?.urls
    expect(urls?.has('staff:index')).toBe(true)
  })

  it.each([
    ['a view of a package', 'from rest_framework.authtoken.views import obtain_auth_token', 'obtain_auth_token'],
    ['a class of a package', 'from rest_framework_simplejwt.views import TokenView', 'TokenView.as_view()'],
    ['a class of its own', '', 'TemplateView.as_view(template_name="a.html")'],
    ['a function behind a decorator of a package', 'from ratelimit.decorators import limit', 'limit(home)'],
  ])('takes %s for one pattern', (_, body, one) => {
    const urls = firstPage(project(view(`${body}\n${home}`, `path('x/', ${one}, name='x'), path('', home)`)))?.urls
    expect(['x', 'no'].map((name) => urls?.has(name))).toEqual([true, false])
  })

  it.each<[string, Files]>([
    [
      'a setting of a package',
      { 'mysite/settings.py': `${base['mysite/settings.py']}\nROOT_HOSTCONF = 'mysite.hosts'\n` },
    ],
    [
      'a middleware',
      {
        'chat/middleware.py':
          'def sub(get_response):\n    def inner(request):\n        request.urlconf = "chat.urls"\n        return get_response(request)\n    return inner\n',
      },
    ],
  ])('asks nothing where the URLconf is chosen by %s', (_, files) => {
    expect(firstPage(project({ ...view(home), ...files }))).toBeUndefined()
  })
})

/** A project with one more app. */
const installed = (files: Files, app: string): Files => ({
  ...files,
  'mysite/settings.py': (base['mysite/settings.py'] as string).replace("    'chat',\n", `    '${app}',\n    'chat',\n`),
})

const library = (tag: string) =>
  `from django import template\nregister = template.Library()\n@register.simple_tag\ndef ${tag}():\n    return ""\n`

describe('faults of the first page', () => {
  const page = (html: string, more: Files = {}): Files => ({ ...more, 'templates/chat/room.html': html })

  it('finds nothing in a sound project', () => {
    expect(faults({})).toEqual([])
  })

  it.each<[string, Files, string[]]>([
    [
      'a template that only another path renders',
      view(
        'def home(request):\n    return render(request, "no.html") if os.environ.get("BETA") else render(request, "chat/room.html")',
      ),
      ['missing no.html perhaps'],
    ],
    [
      'a template of an app whose configuration has another folder',
      {
        ...view('def home(request):\n    return render(request, "moved.html")'),
        'chat/__init__.py': '',
        'chat/apps.py':
          'import os\nfrom django.apps import AppConfig\nclass ChatConfig(AppConfig):\n    name = "chat"\n    path = os.path.join(os.path.dirname(__file__), "inner")\n',
        'chat/inner/templates/moved.html': '',
      },
      [],
    ],
    ['a parent that is missing', page("{% extends 'base.html' %}"), ['missing base.html']],
    ['a part that is missing', page("{% include 'part.html' %}"), ['missing part.html']],
    ['a part in a branch', page("{% if x %}{% include 'part.html' %}{% endif %}"), []],
    [
      'a part for strangers',
      page("{% if user.is_authenticated %}{% include 'a.html' %}{% else %}{% include 'b.html' %}{% endif %}"),
      ['missing b.html'],
    ],
    [
      'a block that was given',
      page("{% extends 'base.html' %}{% block a %}{% endblock %}", {
        'templates/base.html': "{% block a %}{% url 'x' %}{% endblock %}{% block b %}{% url 'y' %}{% endblock %}",
      }),
      ['url y'],
    ],
    ['text outside of blocks', page("{% extends 'base.html' %}{% url 'x' %}", { 'templates/base.html': '' }), []],
    ['a tag with an end that Django would have', page('{% language "fr" %}{% endlanguage %}'), ['tag language']],
    ['a tag with an end that another tag may read', page('{% slot %}{% endslot %}'), []],
    [
      'filters in tests, loops and names',
      page('{% if a|one == "b|two" %}{% for x in y|three %}{% endfor %}{% with z=x|four %}{% endwith %}{% endif %}'),
      ['filter one', 'filter three', 'filter four'],
    ],
    ['a name that is only asked for', page("{% url 'x' as there %}"), []],
    [
      'libraries of the project',
      page('{% load mine %}{% tag %}{{ a|shown }}{{ a|hidden }}', {
        'chat/templatetags/__init__.py': '',
        'chat/templatetags/mine.py':
          'from django import template\nregister = template.Library()\n@register.simple_tag\ndef tag():\n    return ""\n@register.filter(name="shown")\ndef f(x):\n    return x\n',
      }),
      ['filter hidden'],
    ],
    [
      'names beside the template',
      page(
        "{% include './row.html' %}{% include '../top.html' %}{% include './gone.html' %}{% include '../../out.html' %}",
        {
          'templates/chat/row.html': "{% extends '../base.html' %}",
          'templates/base.html': "{% include './none.html' %}",
          'templates/top.html': '',
        },
      ),
      ['missing none.html', 'missing chat/gone.html'],
    ],
    [
      'parts of a template',
      { ...page("{% include 'chat/room.html#row' %}{% include 'chat/gone.html#row' %}"), ...view(home) },
      ['missing chat/gone.html#row'],
    ],
    ['a part that the view renders', view('def home(request):\n    return render(request, "chat/room.html#row")'), []],
    [
      'a template that extends the next of its name',
      { ...page("{% extends 'chat/room.html' %}"), 'chat/templates/chat/room.html': "{% url 'x' %}" },
      ['url x'],
    ],
    [
      'a block that no parent has',
      page("{% extends 'base.html' %}{% block gone %}{% url 'x' %}{% endblock %}", { 'templates/base.html': '' }),
      [],
    ],
    [
      'a block that the parent has for who is logged in',
      page(
        "{% extends 'base.html' %}{% block a %}{% url 'x' %}{% endblock %}{% block b %}{% url 'y' %}{% endblock %}",
        {
          'templates/base.html':
            '{% if user.is_authenticated %}{% block a %}{% endblock %}{% else %}{% block b %}{% endblock %}{% endif %}',
        },
      ),
      ['url y'],
    ],
    [
      'a block inside of one that was given',
      page("{% extends 'base.html' %}{% block b %}{% url 'y' %}{% endblock %}", {
        'templates/base.html':
          "{% extends 'root.html' %}{% block a %}{% if x %}{% block b %}{% endblock %}{% endif %}{% endblock %}",
        'templates/root.html': '{% block a %}{% block b %}{% endblock %}{% endblock %}',
      }),
      [],
    ],
    [
      'what a block has of its parent',
      page("{% extends 'base.html' %}{% block a %}{{ block.super }}{% endblock %}{% block b %}{% endblock %}", {
        'templates/base.html': "{% block a %}{% url 'x' %}{% endblock %}{% block b %}{% url 'y' %}{% endblock %}",
      }),
      ['url x'],
    ],
    [
      'blocks below a parent that nobody can name',
      page("{% extends base %}{% block a %}{% url 'x' %}{% endblock %}"),
      [],
    ],
    [
      'libraries that are packages, and in packages',
      page('{% load mine sub.mine gone.mine %}{% one %}{% two %}{% three %}', {
        'chat/templatetags/__init__.py': '',
        'chat/templatetags/mine/__init__.py': library('one'),
        'chat/templatetags/sub/__init__.py': '',
        'chat/templatetags/sub/mine.py': library('two'),
      }),
      ['library gone.mine'],
    ],
    [
      'a library of the name of a module of Django that is none',
      {
        ...page('{% load base %}{% one %}'),
        'mysite/settings.py': (base['mysite/settings.py'] as string).replace(
          "    'daphne',\n",
          "    'daphne',\n    'mine',\n",
        ),
        'mine/__init__.py': '',
        'mine/templatetags/__init__.py': '',
        'mine/templatetags/base.py': library('one'),
      },
      [],
    ],
    ['a module of Django that is no library', page('{% load base %}'), ['library base']],
    ['a library in a package of an installed app', installed(page('{% load sub.mine %}'), 'crispy_forms'), []],
    [
      'builtins that an installed app adds when it is ready',
      installed(page('{% cotton b / %}{% static "x" %}{{ a|b }}{{ a|intcomma }}'), 'django_cotton'),
      ['tag static', 'filter intcomma'],
    ],
    [
      'builtins that an app of which nobody knows may add',
      installed(page('{% own %}{% static "x" %}'), 'some_app'),
      ['tag static'],
    ],
    [
      'builtins that the project adds',
      page('{% static "x" %}', {
        'chat/apps.py': 'from django.template import engines\nengines["django"].engine.template_builtins.append(x)\n',
      }),
      [],
    ],
    ['a tag that Django has dropped', page('{% ifequal a b %}{% endifequal %}'), ['tag ifequal']],
    ['a filter that Django has dropped', page('{{ a|length_is:3 }}'), ['filter length_is']],
    ['a part of a library', page('{% load intcomma from humanize %}'), ['library humanize']],
    [
      'no templates of Django',
      {
        ...page('{% nothing %}'),
        'mysite/settings.py': (base['mysite/settings.py'] as string).replace(
          'backends.django.DjangoTemplates',
          'backends.jinja2.Jinja2',
        ),
      },
      [],
    ],
  ])('%s', (_, files, told) => {
    expect(faults(files)).toEqual(told)
  })
})

describe('a static file in another case', () => {
  const settings = `${base['mysite/settings.py']}
STORAGES = {'staticfiles': {'BACKEND': 'whitenoise.storage.CompressedManifestStaticFilesStorage'}}
STATICFILES_DIRS = [('lib', BASE_DIR / 'assets'), BASE_DIR / 'theme']
`
  it.each<[string, string, string, string]>([
    ['of a folder with a prefix', 'assets/app.css', "{% static 'lib/App.css' %}", "{% static 'lib/app.css' %}"],
    ['below it', 'assets/css/App.css', '{% static "lib/CSS/app.css" %}', '{% static "lib/css/App.css" %}'],
    ['of a folder without one', 'theme/Site/a.css', "{% static 'site/a.css' %}", "{% static 'Site/a.css' %}"],
    ['of an app', 'chat/static/chat/Room.js', "{% static 'chat/room.js' %}", "{% static 'chat/Room.js' %}"],
    ['whose name is part of the tag’s', 'theme/Static', "{% static 'static' %}", "{% static 'Static' %}"],
  ])('%s', (_, file, written, mended) => {
    const html = `{% load static %}${written}`
    const app = project({ [file]: 'x', 'mysite/settings.py': settings, 'templates/chat/room.html': html })
    const [fault, ...more] = pageFaults(app)
    const [edit, ...others] = (fault && templateEdits(app, fault)) ?? []
    expect([fault?.kind, more, others]).toEqual(['static', [], []])
    if (edit === undefined) return expect(edit).toBeDefined()
    const { start, end } = edit.span
    expect(html.slice(0, start) + edit.text + html.slice(end)).toBe(`{% load static %}${mended}`)
  })
})
