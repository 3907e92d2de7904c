import type { App } from '../../../src/app/app.ts'
import type { WrapperNode } from '../../../src/app/asgi/model.ts'
import { websocketStacks } from '../../../src/app/asgi/stacks.ts'
import type { SocketUrl } from '../../../src/app/frontend/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { expressionAt, quoteAt } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { hostname, isPrivateHost } from '../../../src/knowledge/hosts.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A validator that refuses the pages which are meant to open the sockets. */
export interface RefusedOrigin {
  /** `none`: no entry is the origin of a page served over https. `foreign`: it goes by ALLOWED_HOSTS, and the pages are elsewhere. */
  readonly kind: 'none' | 'foreign'
  readonly at: Place
  /** The entries, or the origin that is refused. */
  readonly shown: string
  readonly related: Place | undefined
  readonly when: readonly Condition[]
  readonly edits: readonly Edit[] | undefined
}

export function refusedOrigins(app: App): RefusedOrigin[] {
  const found = websocketStacks(app.asgi.application).flatMap(({ ends, when }) =>
    ends.flatMap(({ wrappers }) => {
      const conditions = app.asgi.application.length > 1 ? when : []
      return wrappers.flatMap((wrapper) =>
        refusedBy(app, wrapper).map((one) => ({ ...one, when: [...one.when, ...conditions] })),
      )
    }),
  )
  return uniqueBy(found, ({ at, kind }) => `${kind} ${placeKey(at)}`)
}

function refusedBy(app: App, { path, origins, at }: WrapperNode): RefusedOrigin[] {
  if (path === 'channels.security.websocket.AllowedHostsOriginValidator') return foreignPages(app, at)
  const items = itemsOf(origins)
  if (origins === undefined || items === undefined || items.length === 0 || isOpen(origins)) return []
  if (items.some((item) => plain(item) === undefined || letsPageIn(plain(item) as string))) return []
  const shown = items.map((item) => plain(item)).join(', ')
  // A list that stands elsewhere may have other readers.
  const edits = origins.at.file === at.file ? items.flatMap((item) => overHttps(app, item) ?? []) : []
  return [
    {
      ...{ kind: 'none', at: origins.at, shown, related: undefined, when: [] },
      edits: edits.length > 0 ? edits : undefined,
    },
  ]
}

/** An entry of a host that browsers reach, and beside it the same over https; a star in a name as the dot that the validator reads. */
function overHttps(app: App, item: Value): Edit | undefined {
  const text = plain(item) ?? ''
  const node = expressionAt(app.tree, item.at)
  const [, scheme, host = ''] = /^(https?):\/\/([^/?#:]+)\/?$/i.exec(text) ?? []
  const name = host.replace(/^\*(?=\.)/, '')
  const entry = `https://${name}`
  const isWritten = literalText(node) === text
  if (!isWritten || scheme === undefined || entry === text || !letsPageIn(entry)) return undefined
  const quote = quoteAt(app.tree, item.at)
  const kept = name === host ? `${quote}${text}${quote}, ` : ''
  return { ...item.at, text: `${kept}${quote}${entry}${quote}` }
}

function isOpen(value: Value): boolean {
  return (value as { rest?: unknown }).rest !== undefined
}

/**
 * Whether an entry can be the origin of a page served over https by a host that browsers reach: as `match_allowed_origin` of
 * channels/security/websocket.py compares scheme, host and port. Without a scheme only the host counts.
 */
function letsPageIn(entry: string): boolean {
  if (entry === '*') return true
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(entry) ?? []
  // urllib takes `example.com:443` for a scheme and a path.
  if (scheme !== undefined && scheme.toLowerCase() !== 'https') return false
  if (scheme !== undefined && !rest.startsWith('//')) return false
  const [authority = ''] = rest.replace(/^\/\//, '').split(/[/?#]/)
  const port = /:(\d+)$/.exec(authority)?.[1]
  if (scheme !== undefined && port !== undefined && port !== '443') return false
  const host = hostname(authority).replace(/^\./, '')
  return host !== '' && !host.includes('*') && !isPrivateHost(host)
}

/**
 * Pages of another host, which CORS lets in and ALLOWED_HOSTS does not know, where no page of the project opens a socket at the host it
 * comes from: a front end that names the app's host, or asks its build for it, is made to stand on another one.
 */
function foreignPages(app: App, at: Place): RefusedOrigin[] {
  const { settings, frontend } = app
  if (frontend.bounded || !frontend.sockets.every(({ urls }) => urls.length > 0 && urls.every(namesHost))) return []
  for (const name of ['CORS_ALLOWED_ORIGINS', 'CORS_ORIGIN_WHITELIST']) {
    const resolved = settings.get(name)
    if (resolved === undefined || resolved.absent.length > 0) continue
    const hosts = settings.get('ALLOWED_HOSTS')?.alternatives ?? []
    const isRefused = (item: Value): boolean => {
      const host = pageHost(plain(item))
      return host !== undefined && hosts.length > 0 && hosts.every(({ value }) => leavesOut(value, host))
    }
    const found = judged(settings, name, ({ value }) => {
      const items = itemsOf(value)
      return items === undefined || isOpen(value)
        ? undefined
        : items.some(isRefused) && !items.some((one) => isKnownPage(one, isRefused))
    })
    const item = itemsOf(found?.first.value)?.find(isRefused)
    if (found === undefined || item === undefined) continue
    return [{ kind: 'foreign', at, shown: plain(item) ?? '', related: item.at, when: found.when, edits: undefined }]
  }
  return []
}

function namesHost({ host }: SocketUrl): boolean {
  return host.kind === 'own' || host.kind === 'literal' || host.kind === 'env'
}

/** An entry that may be a page which the validator lets in. */
function isKnownPage(item: Value, isRefused: (item: Value) => boolean): boolean {
  const text = plain(item)
  return text === undefined || (pageHost(text) !== undefined && !isRefused(item))
}

/** The host of an https origin that browsers reach. */
function pageHost(origin: string | undefined): string | undefined {
  const host = /^https:\/\/([^/?#]+)$/.exec(origin ?? '')?.[1]
  return host === undefined || isPrivateHost(hostname(host)) ? undefined : hostname(host)
}

/** No entry of ALLOWED_HOSTS is this host or a domain above it, as far as all of them can be read. */
function leavesOut(value: Value, host: string): boolean {
  const items = itemsOf(value)
  if (items === undefined || isOpen(value)) return false
  return items.every((item) => {
    const entry = plain(item)?.trim().toLowerCase()
    if (entry === undefined || entry === '*') return false
    return entry !== host && !(entry.startsWith('.') && (host.endsWith(entry) || host === entry.slice(1)))
  })
}
