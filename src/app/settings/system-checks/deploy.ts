import { isTruthy } from '../../../evaluate/python/truth.ts'
import { plain, type Value } from '../../../evaluate/python/value.ts'
import { all, allItems, any, has, isOf, isText, isTrue, not } from './answers.ts'
import type { Answer, Around, SettingsHeld, SystemCheck } from './model.ts'

const SECURITY = 'django.middleware.security.SecurityMiddleware'
const FRAME = 'django.middleware.clickjacking.XFrameOptionsMiddleware'
const CSRF = 'django.middleware.csrf.CsrfViewMiddleware'
const SESSION = 'django.contrib.sessions.middleware.SessionMiddleware'

const openerPolicies = ['same-origin', 'same-origin-allow-popups', 'unsafe-none']
const referrerPolicies = [
  ...['no-referrer', 'no-referrer-when-downgrade', 'origin', 'origin-when-cross-origin', 'same-origin'],
  ...['strict-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
]

const uses = (held: SettingsHeld, middleware: string): Answer => has(held.get('MIDDLEWARE'), middleware)

/** A check of one setting that SecurityMiddleware alone reads. */
function ofSecurity(
  id: string,
  name: string,
  raised: (value: Value, held: SettingsHeld) => Answer,
  more: string[] = [],
) {
  return {
    id,
    deploy: true,
    asks: ['MIDDLEWARE', name, ...more],
    standsAt: [name, 'MIDDLEWARE'],
    raised: (held: SettingsHeld) => all(uses(held, SECURITY), raised(held.get(name), held)),
  } as const
}

function lacks(id: string, middleware: string): SystemCheck {
  return {
    id,
    deploy: true,
    asks: ['MIDDLEWARE'],
    standsAt: ['MIDDLEWARE'],
    raised: (held) => not(uses(held, middleware)),
  }
}

/** SECRET_KEY_MIN_LENGTH and its neighbours: 50 characters, 5 of them different, and none that startproject made. */
function isWeak(key: Value): Answer {
  if (key.type === 'none') return undefined
  const known = plain(key)
  if (known !== undefined) {
    return [...known].length < 50 || new Set(known).size < 5 || known.startsWith('django-insecure-')
  }
  return key.type === 'str' && typeof key.parts[0] === 'string' && key.parts[0].startsWith('django-insecure-')
    ? true
    : undefined
}

/**
 * A cookie that is not kept to https, or not from scripts: one id with the app alone, one with the middleware alone, one with
 * both. Until 4.1 any true value would do.
 */
function ofSession(name: string, ids: readonly [string, string, string]): SystemCheck[] {
  const app = (held: SettingsHeld) => has(held.get('INSTALLED_APPS'), 'django.contrib.sessions')
  const open = (held: SettingsHeld, around: Around) => not(isSet(held.get(name), around))
  const raised = [
    (held: SettingsHeld) => all(app(held), not(uses(held, SESSION))),
    (held: SettingsHeld) => all(not(app(held)), uses(held, SESSION)),
    (held: SettingsHeld) => all(app(held), uses(held, SESSION)),
  ]
  return ids.map((id, index) => ({
    id,
    deploy: true,
    asks: [name, 'INSTALLED_APPS', 'MIDDLEWARE'],
    standsAt: [name, 'MIDDLEWARE', 'INSTALLED_APPS'],
    raised: (held, around) => all(open(held, around), raised[index]?.(held)),
  }))
}

const isSet = (value: Value, around: Around): Answer => (around.since('4.1') ? isTrue(value) : isTruthy(value))

/** django/core/checks/security of 3.2 to 6.0: what `check --deploy` alone asks. */
export const deployChecks: readonly SystemCheck[] = [
  lacks('security.W001', SECURITY),
  lacks('security.W002', FRAME),
  lacks('security.W003', CSRF),
  ofSecurity('security.W004', 'SECURE_HSTS_SECONDS', (value) => not(isTruthy(value))),
  ofSecurity(
    'security.W005',
    'SECURE_HSTS_INCLUDE_SUBDOMAINS',
    (value, held) => all(isTruthy(held.get('SECURE_HSTS_SECONDS')), not(isTrue(value))),
    ['SECURE_HSTS_SECONDS'],
  ),
  ofSecurity('security.W006', 'SECURE_CONTENT_TYPE_NOSNIFF', (value) => not(isTrue(value))),
  ofSecurity('security.W008', 'SECURE_SSL_REDIRECT', (value) => not(isTrue(value))),
  {
    id: 'security.W009',
    deploy: true,
    asks: ['SECRET_KEY'],
    standsAt: ['SECRET_KEY'],
    raised: (held) => isWeak(held.get('SECRET_KEY')),
  },
  ...ofSession('SESSION_COOKIE_SECURE', ['security.W010', 'security.W011', 'security.W012']),
  ...ofSession('SESSION_COOKIE_HTTPONLY', ['security.W013', 'security.W014', 'security.W015']),
  {
    id: 'security.W016',
    deploy: true,
    asks: ['MIDDLEWARE', 'CSRF_USE_SESSIONS', 'CSRF_COOKIE_SECURE'],
    standsAt: ['CSRF_COOKIE_SECURE', 'MIDDLEWARE'],
    raised: (held, around) =>
      all(
        not(isTruthy(held.get('CSRF_USE_SESSIONS'))),
        uses(held, CSRF),
        not(isSet(held.get('CSRF_COOKIE_SECURE'), around)),
      ),
  },
  {
    id: 'security.W018',
    deploy: true,
    asks: ['DEBUG'],
    standsAt: ['DEBUG'],
    raised: (held) => isTruthy(held.get('DEBUG')),
  },
  {
    id: 'security.W019',
    deploy: true,
    asks: ['MIDDLEWARE', 'X_FRAME_OPTIONS'],
    standsAt: ['X_FRAME_OPTIONS', 'MIDDLEWARE'],
    raised: (held) => all(uses(held, FRAME), not(isText(held.get('X_FRAME_OPTIONS'), 'DENY'))),
  },
  {
    id: 'security.W020',
    deploy: true,
    asks: ['ALLOWED_HOSTS'],
    standsAt: ['ALLOWED_HOSTS'],
    raised: (held) => not(isTruthy(held.get('ALLOWED_HOSTS'))),
  },
  ofSecurity(
    'security.W021',
    'SECURE_HSTS_PRELOAD',
    (value, held) => all(isTruthy(held.get('SECURE_HSTS_SECONDS')), not(isTrue(value))),
    ['SECURE_HSTS_SECONDS'],
  ),
  ofSecurity('security.W022', 'SECURE_REFERRER_POLICY', (value) => isOf(value, 'none')),
  ofSecurity('security.E023', 'SECURE_REFERRER_POLICY', (value) => {
    if (value.type === 'none') return false
    const names = plain(value)?.split(',') ?? allItems(value)?.map(plain)
    return names && any(...names.map((name) => (name === undefined ? undefined : !isPolicy(name, value))))
  }),
  {
    ...ofSecurity('security.E024', 'SECURE_CROSS_ORIGIN_OPENER_POLICY', (value) =>
      value.type === 'none' ? false : not(any(...openerPolicies.map((policy) => isText(value, policy)))),
    ),
    since: '4.0',
  },
  {
    id: 'security.W025',
    deploy: true,
    since: '4.1',
    asks: ['SECRET_KEY_FALLBACKS'],
    standsAt: ['SECRET_KEY_FALLBACKS'],
    raised: (held) => any(...(allItems(held.get('SECRET_KEY_FALLBACKS')) ?? []).map(isWeak)),
  },
  {
    id: 'async.E001',
    deploy: true,
    asks: ['ASGI_APPLICATION'],
    standsAt: ['ASGI_APPLICATION'],
    raised: (_, { app }) => {
      const variable = app.settings.environment.get('DJANGO_ALLOW_ASYNC_UNSAFE')
      if (variable.state === 'known') return variable.parts.length > 0
      return variable.state === 'absent' ? false : undefined
    },
  },
]

/** Names in one text may have blanks around them, those of a list may not. */
function isPolicy(name: string, of: Value): boolean {
  return referrerPolicies.includes(of.type === 'str' ? name.trim() : name)
}
