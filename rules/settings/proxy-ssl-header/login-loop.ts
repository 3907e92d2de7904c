import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { firstPage, type PagePath, type PageRoute } from '../../../src/app/pages/first-page.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { mro } from '../../../src/evaluate/python/interpreter/mro.ts'
import { transparent } from '../../../src/evaluate/python/libraries/django-page.ts'
import { calleePath, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** A login that Django's LoginRequiredMiddleware sends to itself, as to all that nobody took out of it. */
export interface LoginLoop {
  /** The view, by name and where it is defined. */
  readonly view: string
  readonly at: Place
  /** The entry of MIDDLEWARE. */
  readonly middleware: Place
  readonly when: readonly Condition[]
}

const middlewareName = 'django.contrib.auth.middleware.LoginRequiredMiddleware'

/** The view of LOGIN_URL, where it is surely one of the project that asks for a login itself (Django 5.1: `login_not_required`). */
export function loginLoop(app: App): LoginLoop | undefined {
  const { settings } = app
  const asks = (value: Value) => itemsOf(value)?.find((item) => plain(item) === middlewareName)
  if (settings.get('MIDDLEWARE')?.alternatives.some(({ value }) => asks(value) !== undefined) !== true) return undefined
  const found = judged(settings, 'MIDDLEWARE', ({ value }) => asks(value) !== undefined)
  const middleware = found && asks(found.first.value)?.at
  if (found === undefined || middleware === undefined || atLeast(app.dependencies, 'django', '5.1') === false)
    return undefined
  const paths = firstPage(app)?.paths ?? []
  const views = paths.map((path) => {
    const route = loginRoute(app, path)
    return route?.view && asking(route.view)
  })
  const [first] = views
  if (first === undefined || views.some((one) => one?.at !== first.at) || isTakenOut(app)) return undefined
  return { view: first.name, at: first.at, middleware, when: found.when }
}

/** The one pattern to which LOGIN_URL leads, by its name or by its path. */
function loginRoute({ settings }: App, { routes }: PagePath): PageRoute | undefined {
  const { alternatives = [], absent = [] } = settings.get('LOGIN_URL') ?? {}
  const [only, ...others] = alternatives
  if (others.length > 0 || (only !== undefined && absent.length > 0)) return undefined
  const url = only === undefined ? '/accounts/login/' : plain(only.value)
  const path = /^\/([^?#]+?)\/?$/.exec(url ?? '')?.[1]
  const leading = routes.filter((one) =>
    path === undefined ? one.name === url : one.path?.replace(/\/$/, '') === path,
  )
  const [route, ...more] = leading
  return url === undefined || more.some(({ view }) => view !== route?.view) ? undefined : route
}

/** The function or class of a view that says nothing of the login; undefined: it does, or code that is not known stands around it. */
function asking(view: Value): { readonly name: string; readonly at: Place } | undefined {
  if (view.type === 'function') return view.decorators.every(isIdle) ? view : undefined
  if (view.type !== 'call' || view.attributes.length > 0) return undefined
  const { callee, args } = view
  if (isIdle(callee)) return args.positional[0] && asking(args.positional[0])
  if (callee.type !== 'method' || callee.self.type !== 'class' || callee.function.type !== 'external') return undefined
  if (!callee.function.path.endsWith('.as_view')) return undefined
  const isPlain = mro(callee.self).every((one) =>
    one.type === 'class'
      ? one.decorators.length === 0 && !one.attributes.has('dispatch') && !one.attributes.has('as_view')
      : one.type === 'external' && /^django\.views\.(?:generic\.|View$)/.test(one.path),
  )
  return isPlain ? callee.self : undefined
}

/** A decorator of Django's that knows nothing of logins: `require_POST`, `never_cache`, also `vary_on_headers('Cookie')`. */
const isIdle = (decorator: Value): boolean =>
  /^django\.views\.decorators\./.test(calleePath(decorator) ?? '') && transparent.test(calleePath(decorator) ?? '')

/** `sign_in.login_required = False` or `setattr(sign_in, 'login_required', False)` somewhere: whoever is meant. */
function isTakenOut(app: App): boolean {
  const code = codeOf(app)
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('login_required') === true ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        const targets = node.kind === 'Assign' ? node.targets : []
        found ||= targets.some((one) => one.kind === 'Attribute' && one.attr === 'login_required')
        found ||= literalText(node) === 'login_required'
        return !found
      })
    return found
  })
}
