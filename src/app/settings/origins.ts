import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey } from '../../contracts/place.ts'
import { type Condition, together } from '../../evaluate/condition.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { hostname, isPrivateHost } from '../../knowledge/hosts.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { httpsTold, mayKnowHttps } from './proxy.ts'
import { placeOf, writtenBy } from './redis-client.ts'
import { csrfExemption } from './scheme-middleware.ts'
import { judged, mustBeKnown } from './setting-verdict.ts'
import { expressionAt, quoteAt } from './source-text.ts'
import { type EntryFault, entryFault, originPattern } from './trusted-origin.ts'
import { atLeast } from './versions.ts'

/** Something wrong with CSRF_TRUSTED_ORIGINS. */
export interface OriginFault {
  readonly kind: 'string' | 'no-scheme' | 'never' | 'old-scheme' | 'unset'
  /** Why a browser's Origin is never the entry, for `never`. */
  readonly reason?: Exclude<EntryFault['reason'], 'scheme'>
  readonly at: Place
  readonly when: readonly Condition[]
  readonly origin: string
  /** What to write instead; empty: only the author can tell. */
  readonly meant: readonly string[]
  readonly server: string
  readonly edits: readonly Edit[] | undefined
  /** Django knows the app's own https origin all the same: the entry helps nobody, and harms nobody of the app's own pages. */
  readonly idle?: boolean
}

const CSRF = 'django.middleware.csrf.CsrfViewMiddleware'

/** Everything wrong with CSRF_TRUSTED_ORIGINS on the dyno, for the Django the build installs. */
export function originFaults(app: App): OriginFault[] {
  const modern = atLeast(app.dependencies, 'django', '4.0')
  if (modern === undefined) return []
  const faults = writtenFaults(app, modern)
  if (!modern) return faults
  const [refused] = refusedFaults(app)
  if (faults.length === 0) return refused === undefined ? [] : [refused]
  return faults.map((fault) => ({ ...fault, idle: refused === undefined }))
}

function writtenFaults(app: App, modern: boolean): OriginFault[] {
  const seen = new Map<string, OriginFault>()
  for (const alternative of app.settings.get('CSRF_TRUSTED_ORIGINS')?.alternatives ?? []) {
    for (const fault of faultsOf(app, alternative, modern)) {
      const key = `${fault.kind} ${placeKey(fault.at)}`
      if (seen.has(key)) continue
      const found = judged(app.settings, 'CSRF_TRUSTED_ORIGINS', (one) =>
        faultsOf(app, one, modern).some(({ kind, at }) => kind === fault.kind && at.span.start === fault.at.span.start),
      )
      if (found !== undefined) seen.set(key, { ...fault, when: found.when })
    }
  }
  return [...seen.values()]
}

function faultsOf(app: App, { value, at: assignment }: Alternative, modern: boolean): OriginFault[] {
  const none = { when: [], origin: '', meant: [], server: '', edits: undefined }
  if (value.type === 'str') {
    if (!modern || plain(value) === '') return []
    return [
      {
        ...none,
        kind: 'string',
        at: placeOf(app.tree, { value, at: assignment }),
        edits: listEdit(app, value, assignment),
      },
    ]
  }
  return (itemsOf(value) ?? []).flatMap((item): OriginFault[] => {
    const at = writtenBy(item.at, assignment) || item.at.file === assignment.file ? item.at : assignment
    const origin = plain(item)
    if (origin === undefined || origin.trim() === '') return []
    const base = { ...none, at, origin }
    if (!modern) {
      if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(origin)) return []
      return [{ ...base, kind: 'old-scheme', meant: [bare(origin)], edits: textEdit(app, item, [bare(origin)]) }]
    }
    const fault = entryFault(origin)
    if (fault === undefined) return []
    const { reason, meant } = fault
    const found = { ...base, meant, edits: textEdit(app, item, meant) }
    return [reason === 'scheme' ? { ...found, kind: 'no-scheme' } : { ...found, kind: 'never', reason }]
  })
}

/** The host as Django before 4.0 compares it: `.example.com` is every one below. */
function bare(origin: string): string {
  return origin
    .replace(/^[^/]*\/\//, '')
    .replace(/\/.*$/s, '')
    .replace(/^\*+(?=\.)/, '')
}

function textEdit(app: App, item: Value, meant: readonly string[]): readonly Edit[] | undefined {
  const node = expressionAt(app.tree, item.at)
  if (meant.length === 0 || node === undefined || literalText(node) !== plain(item)) return undefined
  const quote = quoteAt(app.tree, item.at)
  return [{ ...item.at, text: meant.map((text) => `${quote}${text}${quote}`).join(', ') }]
}

function listEdit(app: App, value: Value, assignment: Place): readonly Edit[] | undefined {
  if (!writtenBy(value.at, assignment)) return undefined
  const node = expressionAt(app.tree, value.at)
  if (node?.kind === 'Constant' && plain(value) !== undefined) {
    const quote = quoteAt(app.tree, value.at)
    const items = (plain(value) ?? '').split(/[\s,]+/).filter((text) => text !== '')
    return [{ ...value.at, text: `[${items.map((text) => `${quote}${text}${quote}`).join(', ')}]` }]
  }
  if (node?.kind !== 'Call' && node?.kind !== 'Subscript') return undefined
  return [{ file: value.at.file, span: { start: value.at.span.end, end: value.at.span.end }, text: ".split(',')" }]
}

/** Every POST of a browser is refused for its Origin. */
export interface RefusedPosts {
  readonly server: string
  /** The CSRF middleware. */
  readonly at: Place
  readonly when: readonly Condition[]
}

/**
 * Django 4 compares the Origin of a POST with the scheme it sees. Behind Heroku's router that is http, unless the server or
 * SECURE_PROXY_SSL_HEADER says otherwise, while the browser's Origin is https.
 * @param trustsNone whether a value of CSRF_TRUSTED_ORIGINS surely leaves out the app's own origins
 */
export function refusedPosts(app: App, trustsNone: (value: Value) => boolean): RefusedPosts | undefined {
  const { settings } = app
  const server = app.processes.web?.server
  if (server?.proxyHeaders !== false || !settings.sure || settings.evaluation?.certainCrash !== undefined)
    return undefined
  if (atLeast(app.dependencies, 'django', '4.0') !== true) return undefined
  const middleware = judged(settings, 'MIDDLEWARE', ({ value }) => csrfItem(value) !== undefined || unsure(value))
  const item = middleware && csrfItem(middleware.first.value)
  if (middleware === undefined || item === undefined) return undefined
  mustBeKnown(settings, 'SECURE_PROXY_SSL_HEADER')
  mustBeKnown(settings, 'CSRF_TRUSTED_ORIGINS')
  const header = unsetPaths(app, 'SECURE_PROXY_SSL_HEADER', (value) => value.type === 'none')
  const origins = unsetPaths(app, 'CSRF_TRUSTED_ORIGINS', trustsNone)
  for (const a of header) {
    for (const b of origins) {
      const both = together(a, b)
      const when = both && together(both, middleware.when)
      if (when === undefined || when.some(({ opaque }) => opaque)) continue
      if (mayKnowHttps(app, server) || mayExempt(app)) return undefined
      return { server: server.name, at: placeOf(app.tree, { value: item, at: middleware.first.at }), when }
    }
  }
  return undefined
}

/** Whether a middleware of the project may take requests out of the check; that it may goes on record. */
function mayExempt(app: App): boolean {
  const at = csrfExemption(app)
  if (at !== undefined)
    app.inquiry.cannotTell({
      what: { en: 'whether Django checks the Origin of a POST', fr: 'si Django vérifie l’Origin d’un POST' },
      why: {
        en: 'a middleware of the project may take requests out of the CSRF check',
        fr: 'un middleware du projet peut soustraire des requêtes à la vérification CSRF',
      },
      at,
    })
  return at !== undefined
}

function refusedFaults(app: App): OriginFault[] {
  const found = refusedPosts(app, trustsNobody)
  return found === undefined ? [] : [{ ...found, kind: 'unset', origin: '', meant: [], edits: httpsTold(app) }]
}

/** The CSRF middleware's entry when the list can be read. */
function csrfItem(value: Value): Value | undefined {
  return itemsOf(value)?.find((item) => plain(item) === CSRF)
}

function unsure(value: Value): undefined | false {
  return itemsOf(value) === undefined || (value as { rest?: unknown }).rest !== undefined ? undefined : false
}

/** The conditions of every path on which a setting is unset or as good as unset. */
function unsetPaths(app: App, name: string, asGood: (value: Value) => boolean): (readonly Condition[])[] {
  const resolved = app.settings.get(name)
  if (resolved === undefined) return app.settings.isAbsent(name) ? [[]] : []
  return [...resolved.alternatives.filter(({ value }) => asGood(value)).map(({ when }) => when), ...resolved.absent]
}

/** No entry could be the app's own https origin: a text is read letter by letter, a private host is not the app's. */
function trustsNobody(value: Value): boolean {
  if (value.type === 'str') return true
  const items = itemsOf(value)
  if (items === undefined || (value as { rest?: unknown }).rest !== undefined) return false
  return items.every((item) => {
    const origin = plain(item)
    if (origin === undefined) return item.type === 'none'
    const pattern = originPattern(origin)
    return pattern?.scheme !== 'https' || isPrivateHost(hostname(pattern.host.replace(/^\./, 'any.')))
  })
}
