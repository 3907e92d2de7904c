import { describe, expect, it } from 'vitest'
import { closedPolicy } from '../../rules/frontend/content-policy/policies.ts'
import { isUpgraded } from '../../rules/frontend/insecure-websocket/upgraded.ts'
import type { App } from '../../src/app/app.ts'
import { isOfDjango } from '../../src/app/pages/django-pages.ts'
import { appOf } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = Object.fromEntries(
  Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)
const script = 'templates/chat/room.html'

interface Project {
  /** The path of the page with the socket. */
  readonly route?: string
  readonly view?: string
  readonly middleware?: string
  /** Added to requirements.txt. */
  readonly packages?: string
  readonly files?: Readonly<Record<string, string>>
}

/** A project where these middlewares are added to MIDDLEWARE, which `more` follows. */
function projectOf(names: readonly string[], more: string, project: Project): App {
  const { route = '', middleware = '', packages = '', files = {} } = project
  const view = project.view ?? 'def room(request):\n    return render(request, "chat/room.html")\n'
  const settings = base['mysite/settings.py'] ?? ''
  const listed = names.map((name) => `    '${name}',\n`).join('')
  return appOf({
    ...base,
    'mysite/settings.py': `${settings.replace('MIDDLEWARE = [\n', `MIDDLEWARE = [\n${listed}`)}\n${more}\n`,
    'mysite/urls.py': `from django.urls import path\nfrom chat import views\nurlpatterns = [path('${route}', views.room)]\n`,
    'chat/views.py': `from django.shortcuts import render\n${view}`,
    'chat/middleware.py': middleware,
    'requirements.txt': `${base['requirements.txt']}${packages}`,
    ...files,
  })
}

/** What is told of its policy. */
function told(names: readonly string[], more = '', project: Project = {}): string {
  const app = projectOf(names, more, project)
  let answer = ''
  const untold = app.inquiry.during(() => {
    const found = closedPolicy(app, [script])
    if (found !== undefined)
      answer = [found.directive, found.sources, ...found.when.map(({ text }) => text.en)].join(' ')
  })
  return answer === '' ? (untold.length > 0 ? '?' : 'open') : answer
}

const call = (...lines: string[]) =>
  ['class Policy:', '    def __init__(self, get_response):', '        self.get_response = get_response']
    .concat(['    def __call__(self, request):', '        response = self.get_response(request)'])
    .concat(lines.map((line) => `        ${line}`))
    .concat(['        return response', ''])
    .join('\n')
const set = 'response["Content-Security-Policy"] = "default-src \'none\'"'

describe('a policy that a middleware of the project writes', () => {
  it.each<[string, string]>([
    ['as an item', call(set)],
    ['as a header, with other case', call('response.headers["content-security-policy"] = "default-src \'none\'"')],
    ['as a default', call('response.headers.setdefault("Content-Security-Policy", "default-src \'none\'")')],
    ['where there is none', call('if "Content-Security-Policy" not in response:', `    ${set}`)],
    ['on this page', call('if request.path == "/":', `    ${set}`)],
    ['by a function of its own', `def add(response):\n    ${set}\n\n${call('add(response)')}`],
    [
      'in what a base calls',
      call('self.add(response)')
        .replace('Policy:', 'Base:')
        .concat(`\nclass Policy(Base):\n    def add(self, response):\n        ${set}\n`),
    ],
    [
      'as Django calls it',
      `from django.utils.deprecation import MiddlewareMixin\nclass Policy(MiddlewareMixin):\n    def process_response(self, request, response):\n        ${set}\n        return response\n`,
    ],
    [
      'as a function',
      `def Policy(get_response):\n    def middleware(request):\n        response = get_response(request)\n        ${set}\n        return response\n    return middleware\n`,
    ],
    [
      'as a coroutine',
      `from django.utils.decorators import async_only_middleware\n@async_only_middleware\ndef Policy(get_response):\n    async def middleware(request):\n        response = await get_response(request)\n        ${set}\n        return response\n    return middleware\n`,
    ],
  ])('shuts sockets out: %s', (_, middleware) => {
    expect(told(['chat.middleware.Policy'], '', { middleware })).toBe("default-src 'none'")
  })

  it.each<[string, string]>([
    ['on other pages', call('if request.path.startswith("/embed/"):', `    ${set}`)],
    ['and takes away', call(set, 'del response["Content-Security-Policy"]')],
    [
      'that lets them through',
      call('response["Content-Security-Policy"] = f"script-src \'nonce-{request.nonce}\'; connect-src \'self\'"'),
    ],
    ['that is reported only', call(set.replace('Policy"', 'Policy-Report-Only"'))],
    ['that nobody lists', `${call('pass')}${call(set).replace('Policy:', 'Other:')}`],
    [
      'and that is not used',
      `from django.core.exceptions import MiddlewareNotUsed\n${call(set).replace('get_response\n', 'get_response\n        raise MiddlewareNotUsed()\n')}`,
    ],
  ])('leaves sockets alone: %s', (_, middleware) => {
    expect(told(['chat.middleware.Policy'], '', { middleware })).toBe('open')
  })

  it.each<[string, string, Project]>([
    ['on pages that nobody can name', call('if request.path.startswith("/embed/"):', `    ${set}`), { route: 'chat/' }],
    ['for some visitors', call('if request.user.is_staff:', `    ${set}`), {}],
    [
      'whose directives are not known',
      call('response["Content-Security-Policy"] = f"{request.extra}; default-src \'none\'"'),
      {},
    ],
    [
      'unless a view has its own',
      call('response.setdefault("Content-Security-Policy", "default-src \'none\'")'),
      {
        view: 'def room(request):\n    response = render(request, "chat/room.html")\n    response["Content-Security-Policy"] = "default-src \'self\'"\n    return response\n',
      },
    ],
  ])('cannot be told: %s', (_, middleware, project) => {
    expect(told(['chat.middleware.Policy'], '', { ...project, middleware })).toBe('?')
  })

  it('is not sought where a view alone writes one, or this page gets none', () => {
    const view = `def room(request):
    return render(request, "chat/room.html")

def embedded(request):
    response = render(request, "chat/room.html")
    ${set}
    return response
`
    expect(told([], '', { view })).toBe('open')
    const middleware = call('if request.path.startswith("/embed/"):', `    ${set}`)
    expect(told(['chat.middleware.Policy'], '', { view, middleware })).toBe('open')
  })

  it('holds where the middleware is listed, with what the settings say', () => {
    const middleware = `from django.conf import settings\n${call('response["Content-Security-Policy"] = settings.POLICY')}`
    const more = `POLICY = "connect-src https:"\nif os.environ.get('STRICT') == '1':\n    MIDDLEWARE.append('chat.middleware.Policy')`
    expect(told([], more, { middleware })).toMatch(/^connect-src https: STRICT is /)
  })

  it('is that of the middleware further out', () => {
    const middleware = `${call(set)}${call('response["Content-Security-Policy"] = "default-src *"').replace('Policy:', 'Open:')}`
    expect(told(['chat.middleware.Open', 'chat.middleware.Policy'], '', { middleware })).toBe('open')
    expect(told(['chat.middleware.Policy', 'chat.middleware.Open'], '', { middleware })).toBe("default-src 'none'")
  })
})

describe('a policy of the settings', () => {
  const csp = ['csp.middleware.CSPMiddleware']
  const [old, now] = [{ packages: 'django-csp==3.8\n' }, { packages: 'django-csp==4.0\n' }]
  const none = "CONTENT_SECURITY_POLICY = {'DIRECTIVES': {'default-src': [\"'none'\"]}}"
  const excluding = (prefixes: string) => none.replace('{', `{'EXCLUDE_URL_PREFIXES': ${prefixes}, `)

  it.each<[string, string, Project]>([
    [none, "default-src 'none'", now],
    [excluding("['/admin/']"), "default-src 'none'", now],
    [excluding("['/']"), 'open', now],
    [excluding("['/chat/']"), '?', { ...now, route: 'chat/' }],
    [none.replace('POLICY', 'POLICY_REPORT_ONLY'), 'open', now],
    ['CSP_DEFAULT_SRC = ("\'none\'",)', "default-src 'none'", old],
    ['CSP_DEFAULT_SRC = ("\'none\'",)\nCSP_REPORT_ONLY = True', 'open', old],
    ['CSP_DEFAULT_SRC = ("\'none\'",)\nCSP_EXCLUDE_URL_PREFIXES = ("/",)', 'open', old],
    ['CSP_DEFAULT_SRC = ("\'none\'",)\nCSP_CONNECT_SRC = None', "default-src 'none'", old],
    ['from csp.constants import SELF\nCONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": [SELF]}}', 'open', now],
    ['CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": os.listdir("/etc")}}', '?', now],
  ])('%s: %s', (more, wanted, project) => {
    expect(told(csp, more, project)).toBe(wanted)
  })

  it.each([
    'from csp import decorators as csp\n@csp.csp_update({"connect-src": ["\'self\'"]})',
    'import csp.decorators\n@csp.decorators.csp_exempt()',
    'from csp.decorators import csp_exempt\n@csp_exempt()',
  ])('cannot be told where a view may have its own: %s', (decorated) => {
    const view = `${decorated}\ndef room(request):\n    return render(request, "chat/room.html")\n`
    expect(told(csp, none, { ...now, view })).toBe('?')
  })

  it('is in force where the middleware is listed', () => {
    const more = `${none}\nif os.environ.get('CSP_ENABLED') == '1':\n    MIDDLEWARE += ['csp.middleware.CSPMiddleware']`
    expect(told([], more, now)).toMatch(/^default-src 'none' CSP_ENABLED is /)
  })

  it('is what the constants of Django stand for', () => {
    const django = (source: string) =>
      told(
        ['django.middleware.csp.ContentSecurityPolicyMiddleware'],
        `from django.utils.csp import CSP\nSECURE_CSP = {'default-src': [CSP.${source}]}`,
      )
    expect(django('SELF')).toBe('open')
    expect(django('NONE')).toBe("default-src 'none'")
  })
})

describe('a policy by which sockets are upgraded', () => {
  const upgraded = (more: string, packages: string) =>
    isUpgraded(projectOf(['csp.middleware.CSPMiddleware'], more, { packages }), script)

  it.each<[string, string, boolean | undefined]>([
    ['CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"upgrade-insecure-requests": True}}', 'django-csp==4.0\n', true],
    ['CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"upgrade-insecure-requests": False}}', 'django-csp==4.0\n', false],
    ['CSP_UPGRADE_INSECURE_REQUESTS = True', 'django-csp==3.8\n', true],
    ['CSP_UPGRADE_INSECURE_REQUESTS = os.environ.get("UPGRADES") == "1"', 'django-csp==3.8\n', undefined],
    ['CSP_DEFAULT_SRC = ("https:",)', 'django-csp==3.8\n', false],
  ])('%s', (more, packages, wanted) => {
    expect(upgraded(more, packages)).toBe(wanted)
  })
})

it.each([
  ['templates/chat/room.html', true],
  ['static/chat.js', true],
  ['static/index.html', false],
  ['public/index.html', false],
  ['frontend/src/main.js', false],
])('%s has the policy that Django gives to its pages: %s', (file, expected) => {
  const settings = `${base['mysite/settings.py']}\nSTATICFILES_DIRS = [BASE_DIR / 'static']\nWHITENOISE_ROOT = BASE_DIR / 'public'\n`
  const files = { 'static/chat.js': '', 'static/index.html': '', 'public/index.html': '', 'frontend/src/main.js': '' }
  expect(isOfDjango(appOf({ ...base, ...files, 'mysite/settings.py': settings }))(file)).toBe(expected)
})
