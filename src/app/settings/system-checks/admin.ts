import { entryOf, plain, type Value } from '../../../evaluate/python/value.ts'
import { isApp } from '../apps.ts'
import { all, allItems, any, has, not, some } from './answers.ts'
import type { Answer, SettingsHeld, SystemCheck } from './model.ts'

const ENGINE = 'django.template.backends.django.DjangoTemplates'
const AUTHENTICATION = 'django.contrib.auth.middleware.AuthenticationMiddleware'

/** Packages of which every middleware is known to be none of Django’s own. */
const strangers = ['corsheaders.', 'debug_toolbar.', 'django_htmx.', 'whitenoise.']

/** django.contrib.auth.backends of 3.2 to 6.0 that are a ModelBackend, and the one that most projects have beside it. */
const modelBackends = [
  ...['ModelBackend', 'AllowAllUsersModelBackend', 'RemoteUserBackend', 'AllowAllUsersRemoteUserBackend'].map(
    (name) => `django.contrib.auth.backends.${name}`,
  ),
  'allauth.account.auth_backends.AuthenticationBackend',
]

/** Whether an app is installed, by its name or the path of its configuration: another configuration may have its name. */
export function isInstalled(held: SettingsHeld, name: string): Answer {
  return some(held.get('INSTALLED_APPS'), (item) => {
    if (isApp(item, name)) return true
    const text = plain(item)
    if (text === undefined) return undefined
    return /^[A-Z]/.test(text.slice(text.lastIndexOf('.') + 1)) && !text.startsWith('django.') ? undefined : false
  })
}

/** The configuration of another app is not taken for the admin’s, unless its name says so. */
function hasAdmin(held: SettingsHeld): Answer {
  return some(held.get('INSTALLED_APPS'), (item) => {
    if (isApp(item, 'django.contrib.admin')) return true
    const text = plain(item)
    return text === undefined || /Admin\w*$/.test(text) ? undefined : false
  })
}

/** Whether the middleware is there, or one of a class made from it. */
function hasMiddleware(held: SettingsHeld, path: string): Answer {
  return some(held.get('MIDDLEWARE'), (item) => isSubclass(item, path))
}

function isSubclass(item: Value, path: string): Answer {
  const text = plain(item)
  if (text === path) return true
  const isOther = text?.startsWith('django.') || strangers.some((package_) => text?.startsWith(package_))
  return isOther ? false : undefined
}

/** The context processors of the first engine of Django’s own; `none`: there is no such engine; undefined: not known. */
function processors(held: SettingsHeld): Value | 'empty' | 'none' | undefined {
  const engines = allItems(held.get('TEMPLATES'))
  for (const engine of engines ?? []) {
    const backend = plain(entryOf(engine, 'BACKEND')?.value)
    if (backend === 'django.template.backends.jinja2.Jinja2') continue
    if (backend !== ENGINE) return undefined
    const options = entryOf(engine, 'OPTIONS')?.value
    if (options !== undefined && (options.type !== 'dict' || options.rest !== undefined)) return undefined
    return entryOf(options, 'context_processors')?.value ?? 'empty'
  }
  return engines === undefined ? undefined : 'none'
}

function lacksProcessor(held: SettingsHeld, path: string): Answer {
  const found = processors(held)
  if (found === 'none') return false
  return found === undefined ? undefined : found === 'empty' || not(has(found, path))
}

function ofAdmin(id: string, asks: readonly string[], raised: (held: SettingsHeld) => Answer): SystemCheck {
  return {
    id,
    asks: ['INSTALLED_APPS', ...asks],
    standsAt: [...asks, 'INSTALLED_APPS'],
    raised: (held) => all(hasAdmin(held), raised(held)),
  }
}

/** django/contrib/admin/checks.py `check_dependencies`, and what asks for the order of the middlewares of auth. */
export const adminChecks: readonly SystemCheck[] = [
  ofAdmin('admin.E402', ['TEMPLATES', 'AUTHENTICATION_BACKENDS'], (held) =>
    all(
      lacksProcessor(held, 'django.contrib.auth.context_processors.auth'),
      some(held.get('AUTHENTICATION_BACKENDS'), (item) => {
        const text = plain(item)
        if (text === undefined) return undefined
        return modelBackends.includes(text) ? true : text.startsWith('django.') ? false : undefined
      }),
    ),
  ),
  ofAdmin('admin.E403', ['TEMPLATES'], (held) => {
    const found = processors(held)
    return found === undefined ? undefined : found === 'none'
  }),
  ofAdmin('admin.E404', ['TEMPLATES'], (held) =>
    lacksProcessor(held, 'django.contrib.messages.context_processors.messages'),
  ),
  ofAdmin('admin.E406', ['INSTALLED_APPS'], (held) => not(isInstalled(held, 'django.contrib.messages'))),
  ofAdmin('admin.E408', ['MIDDLEWARE'], (held) => not(hasMiddleware(held, AUTHENTICATION))),
  ofAdmin('admin.E409', ['MIDDLEWARE'], (held) =>
    not(hasMiddleware(held, 'django.contrib.messages.middleware.MessageMiddleware')),
  ),
  ofAdmin('admin.E410', ['MIDDLEWARE'], (held) =>
    not(hasMiddleware(held, 'django.contrib.sessions.middleware.SessionMiddleware')),
  ),
  {
    id: 'auth.E013',
    since: '5.1',
    asks: ['INSTALLED_APPS', 'MIDDLEWARE'],
    standsAt: ['MIDDLEWARE'],
    raised: (held) => all(isInstalled(held, 'django.contrib.auth'), asksTooEarly(held.get('MIDDLEWARE'))),
  },
]

/** LoginRequiredMiddleware without AuthenticationMiddleware before it. */
function asksTooEarly(middleware: Value): Answer {
  const items = allItems(middleware)
  const index = items?.findIndex((item) => plain(item) === 'django.contrib.auth.middleware.LoginRequiredMiddleware')
  if (items === undefined || index === undefined) return undefined
  if (index < 0) return false
  return not(any(...items.slice(0, index).map((item) => isSubclass(item, AUTHENTICATION))))
}
