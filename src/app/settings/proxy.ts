import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { type Condition, pairs } from '../../evaluate/condition.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { isTruthy } from '../../evaluate/python/truth.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { ownProxySchemeHeaders } from '../../knowledge/proxy-headers.ts'
import type { App } from '../app.ts'
import { schemeSetter } from '../asgi/stacks.ts'
import type { Server } from '../processes/model.ts'
import { placeOf } from './redis-client.ts'
import { schemeMiddleware } from './scheme-middleware.ts'
import { judged, mustBeKnown } from './setting-verdict.ts'
import { expressionAt, lineAfter, quoteAt } from './source-text.ts'

/** A header whose name request.META has never, one that Heroku’s router does not send (`foreign`), or a value that it never sends. */
export interface HeaderFault {
  readonly kind: 'name' | 'foreign' | 'value' | 'form'
  /** The name or value as written. */
  readonly written: string
  readonly at: Place
  readonly when: readonly Condition[]
  /** SECURE_SSL_REDIRECT sends every request back to itself. */
  readonly loops: boolean
  readonly edits: readonly Edit[] | undefined
}

const FORWARDED = 'HTTP_X_FORWARDED_PROTO'

/** What is wrong with SECURE_PROXY_SSL_HEADER as `HttpRequest.scheme` reads it (django/http/request.py). */
export function headerFault(app: App): HeaderFault | undefined {
  const { settings } = app
  if (settings.evaluation?.certainCrash !== undefined) return undefined
  const found = judged(settings, 'SECURE_PROXY_SSL_HEADER', ({ value }) => faultOf(value) !== undefined)
  const fault = found && faultOf(found.first.value)
  if (found === undefined || fault === undefined) return undefined
  const redirects = judged(settings, 'SECURE_SSL_REDIRECT', ({ value }) => isTruthy(value))
  const server = app.processes.web?.server
  // A name that is never there leaves the server's word, a wrong value overrules it.
  const unseen = fault.kind === 'value' || (server?.proxyHeaders === false && !mayKnowHttps(app, server))
  // Where the server reads X-Forwarded-Proto itself, a header that is never there changes nothing.
  if (fault.kind === 'foreign' && !unseen) return undefined
  const loops =
    fault.kind !== 'form' &&
    redirects?.when.length === 0 &&
    judged(settings, 'MIDDLEWARE', ({ value }) => holdsText(value, SECURITY)) !== undefined &&
    unseen &&
    !exemptsAll(app)
  if (fault.kind === 'foreign' && isBehindProxy(server)) {
    if (loops) app.inquiry.cannotTell({ ...sentByProxy(fault.written), at: fault.item?.at })
    return undefined
  }
  const edits = fault.meant.map((text, index) => literalEdit(app, fault.items[index], text))
  return {
    kind: fault.kind,
    written: fault.written,
    at: fault.item?.at ?? placeOf(app.tree, found.first),
    when: found.when,
    loops,
    edits: fault.meant.length === 0 || edits.includes(undefined) ? undefined : edits.flatMap((one) => one ?? []),
  }
}

/** Writes a text in place of an item; nothing where it stands already, undefined where the item is no plain literal. */
function literalEdit(app: App, item: Value | undefined, text: string): readonly Edit[] | undefined {
  const written = item && plain(item)
  if (item === undefined || written === text) return []
  const node = expressionAt(app.tree, item.at)
  if (node?.kind !== 'Constant' || node.value.type !== 'str' || node.value.value !== written) return undefined
  const quote = quoteAt(app.tree, item.at)
  return [{ ...item.at, text: `${quote}${text}${quote}` }]
}

interface Wrong {
  readonly kind: HeaderFault['kind']
  readonly written: string
  /** The one that is wrong. */
  readonly item: Value | undefined
  /** Both of the pair, and what they are to be; nothing where that cannot be told. */
  readonly items: readonly Value[]
  readonly meant: readonly [string, string] | readonly []
}

function faultOf(value: Value): Wrong | undefined {
  if (value.type === 'str') {
    // Of two letters it could be unpacked; nobody writes that.
    const text = plain(value)
    return text === undefined || text === ''
      ? undefined
      : { kind: 'form', written: text, item: undefined, items: [], meant: [] }
  }
  const items = itemsOf(value)
  if (items === undefined || (value as { rest?: unknown }).rest !== undefined || items.length !== 2) return undefined
  const [name, secure] = items.map((item) => plain(item))
  if (name === undefined) return undefined
  if (isNoMetaName(name)) {
    // The value stays: one that is wrong is a finding of its own, once the name is right.
    const kept = secure !== undefined && /forwarded[-_]proto$/i.test(name)
    return { kind: 'name', written: name, item: items[0], items, meant: kept ? [FORWARDED, secure] : [] }
  }
  const meant = [FORWARDED, 'https'] as const
  if (ownProxySchemeHeaders.has(name)) return { kind: 'foreign', written: name, item: items[0], items, meant }
  if (name === FORWARDED && secure !== undefined && secure !== 'https')
    return { kind: 'value', written: secure, item: items[1], items, meant }
  return undefined
}

/** Headers stand in META in capitals, with underscores, behind HTTP_; what else is there are the variables of CGI and WSGI. */
function isNoMetaName(name: string): boolean {
  return !/^HTTP_[A-Z0-9_]+$/.test(name) && (/[a-z-]/.test(name) || /^X_/.test(name)) && !name.startsWith('wsgi.')
}

/** A proxy on the dyno stands in front of the server, and sends what headers it is told to: nginx, or whatever opens its socket. */
const isBehindProxy = (server: Server | undefined): boolean =>
  server?.sockets.some(({ kind }) => kind !== 'tcp') === true ||
  server?.step.wrappers.some(({ ownsPort }) => ownsPort) === true

const sentByProxy = (name: string) => ({
  what: { en: `whether the proxy on the dyno sends ${name}`, fr: `si le proxy du dyno envoie ${name}` },
  why: {
    en: 'its configuration says which headers it adds to a request, and is not read',
    fr: 'sa configuration dit quels en-têtes il ajoute à une requête, et n’est pas lue',
  },
})

/** SECURE_SSL_REDIRECT where Django cannot tell https from http. */
export interface RedirectLoop {
  readonly at: Place
  readonly when: readonly Condition[]
  readonly server: string
  readonly serverAt: Place
  readonly edits: readonly Edit[] | undefined
}

const SECURITY = 'django.middleware.security.SecurityMiddleware'

/** Whether every request redirects to itself, and on what that depends. */
export function redirectLoop(app: App): RedirectLoop | undefined {
  const { settings } = app
  const server = app.processes.web?.server
  if (server?.proxyHeaders !== false || settings.evaluation?.certainCrash !== undefined) return undefined
  if (judged(settings, 'MIDDLEWARE', ({ value }) => holdsText(value, SECURITY)) === undefined) return undefined
  if (exemptsAll(app)) return undefined
  mustBeKnown(settings, 'SECURE_SSL_REDIRECT')
  if (settings.get('SECURE_SSL_REDIRECT') !== undefined) mustBeKnown(settings, 'SECURE_PROXY_SSL_HEADER')
  const redirects = settings.get('SECURE_SSL_REDIRECT')?.alternatives ?? []
  const headers = withoutValue(app, 'SECURE_PROXY_SSL_HEADER')
  const hits = pairs(redirects, headers).filter(
    ({ a, when }) => isTruthy(a.value) === true && when.every(({ opaque }) => !opaque),
  )
  const [hit] = hits
  if (hit === undefined) return undefined
  if (mayKnowHttps(app, server)) return undefined
  const everywhere =
    redirects.length === 1 && settings.get('SECURE_SSL_REDIRECT')?.absent.length === 0 && hit.b.when.length === 0
  return {
    at: placeOf(app.tree, hit.a),
    when: everywhere ? [] : hit.when,
    server: server.name,
    serverAt: server.at,
    edits: headerEdit(app, hit.a),
  }
}

/** Whether the served application, or a middleware, tells Django what scheme the browser used; that it may goes on record. */
export function mayKnowHttps(app: App, server: Server): boolean {
  const wrapper = server.speaks.protocol === 'wsgi' ? undefined : schemeSetter(app.asgi.application)
  const middleware = wrapper === undefined ? schemeMiddleware(app) : undefined
  if (middleware !== undefined)
    app.inquiry.cannotTell({
      what: { en: 'whether Django sees https', fr: 'si Django voit du https' },
      why: {
        en: 'a middleware of the project may change the scheme of a request',
        fr: 'un middleware du projet peut changer le schéma d’une requête',
      },
      at: middleware,
    })
  if (wrapper !== undefined && !wrapper.sure)
    app.inquiry.cannotTell({
      what: { en: 'whether Django sees https', fr: 'si Django voit du https' },
      why: {
        en: 'the application stands in an object that may change the scheme of a request',
        fr: 'l’application est dans un objet qui peut changer le schéma d’une requête',
      },
      at: wrapper.at,
    })
  return wrapper !== undefined || middleware !== undefined
}

/** Whether SECURE_REDIRECT_EXEMPT takes every path out of the redirection, or nobody can tell which. */
function exemptsAll(app: App): boolean {
  return (app.settings.get('SECURE_REDIRECT_EXEMPT')?.alternatives ?? []).some(({ value }) => {
    const items = itemsOf(value)
    if (items === undefined || (value as { rest?: unknown }).rest !== undefined) return value.type !== 'none'
    return items.some((item) => /^\^?(?:\.\*)?\$?$/.test(plain(item) ?? '') && plain(item) !== '^$')
  })
}

function holdsText(value: Value, text: string): boolean | undefined {
  const items = itemsOf(value)
  if (items === undefined) return undefined
  return (
    items.some((item) => plain(item) === text) || ((value as { rest?: unknown }).rest === undefined ? false : undefined)
  )
}

/** The paths on which a setting is unset or None. */
export function withoutValue(
  app: Pick<App, 'settings'>,
  name: string,
): readonly { readonly when: readonly Condition[] }[] {
  const resolved = app.settings.get(name)
  if (resolved === undefined) return app.settings.isAbsent(name) ? [{ when: [] }] : []
  return [
    ...resolved.alternatives.filter(({ value }) => value.type === 'none'),
    ...resolved.absent.map((when) => ({ when })),
  ]
}

/** What these edits do, for every rule that offers them. */
export const headerTrusted = {
  safety: 'unsafe',
  changes: {
    en: 'a request that did not come through Heroku’s router can claim to be HTTPS',
    fr: 'une requête qui n’est pas passée par le routeur de Heroku peut se dire HTTPS',
  },
  en: 'Trust X-Forwarded-Proto',
  fr: 'Se fier à X-Forwarded-Proto',
} as const

/** Tells Django of https by the header of the router, behind a line that every project has; undefined where that is not in one place. */
export function httpsTold(app: App): readonly Edit[] | undefined {
  const [only, ...more] = app.settings.get('ROOT_URLCONF')?.alternatives ?? []
  return only === undefined || more.length > 0 || only.when.length > 0 ? undefined : headerEdit(app, only)
}

function headerEdit(app: App, beside: Alternative): readonly Edit[] | undefined {
  const { file, span } = beside.at
  const line = lineAfter(app.tree, file, span.end)
  if (line === undefined || app.settings.get('SECURE_PROXY_SSL_HEADER') !== undefined) return undefined
  const q = quoteAt(app.tree, beside.value.at)
  return [line.insert(`${line.indent}SECURE_PROXY_SSL_HEADER = (${q}HTTP_X_FORWARDED_PROTO${q}, ${q}https${q})\n`)]
}
