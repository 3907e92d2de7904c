/**
 * How Django compares a browser's Origin with an entry of CSRF_TRUSTED_ORIGINS: `CsrfViewMiddleware._origin_verified` and the check
 * 4_0.E001 of django/core/checks, the same from 4.0 to 5.2 (read 2026-11-30; test/oracle/origins asks the real ones).
 */

/** The origins that an entry stands for: of one scheme; `.example.com` is the host and every one below it. */
export interface OriginPattern {
  readonly scheme: string
  readonly host: string
}

/**
 * Without a `*` the whole text is compared. With one, scheme and host are taken out of it, whatever follows them, and the stars in front
 * of the host are dropped. Undefined: no browser sends an Origin that matches; what else may be in doubt counts as a pattern.
 */
export function originPattern(entry: string): OriginPattern | undefined {
  if (!entry.includes('*')) {
    // A dot in front stands for hosts below one behind a `*` alone.
    const own = /^([a-z][a-z0-9+.-]*):\/\/([^.].*)$/.exec(entry)
    const [, scheme, host] = own ?? []
    return scheme === undefined || host === undefined || asSent(entry) !== entry ? undefined : { scheme, host }
  }
  // urlsplit() drops blanks in front since Python 3.11.4.
  const [, scheme, netloc] = /^\s*([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(entry) ?? []
  const host = netloc?.replace(/^\*+/, '').toLowerCase()
  if (scheme === undefined || host === undefined || host === '' || host.includes('*')) return undefined
  const sent = asSent(`${scheme}://any${host}`)
  return sent === `${scheme}://any${host}`.toLowerCase() ? { scheme: scheme.toLowerCase(), host } : undefined
}

/** Whether the entry lets an origin pass, as a browser sends it. */
export function trustsOrigin(entry: string, origin: string): boolean {
  const pattern = originPattern(entry)
  if (pattern === undefined || !origin.startsWith(`${pattern.scheme}://`)) return false
  const host = origin.slice(pattern.scheme.length + 3)
  return host === pattern.host || (isBelow(pattern) && (host.endsWith(pattern.host) || host === pattern.host.slice(1)))
}

const isBelow = ({ host }: OriginPattern): boolean => host.startsWith('.')

/** Why an entry matches nothing. */
export interface EntryFault {
  readonly reason: 'scheme' | 'path' | 'blank' | 'several' | 'capitals' | 'port' | 'star' | 'letters'
  /** The origins to write instead; none: only the author can tell. */
  readonly meant: readonly string[]
}

/** What is wrong with an entry that no Origin matches; undefined where one does, or where nothing but a guess could say. */
export function entryFault(entry: string): EntryFault | undefined {
  const all = entry.split(/[\s,]+/).filter((text) => text !== '')
  const meant = all.flatMap((text) => meantBy(text) ?? [])
  const given = meant.length === all.length ? meant : []
  // 4_0.E001 asks no more than that.
  if (!entry.includes('://')) return { reason: 'scheme', meant: given }
  if (originPattern(entry) !== undefined) return undefined
  if (all.length > 1) return { reason: 'several', meant: given }
  const [text = ''] = all
  if (text !== entry) return { reason: 'blank', meant: given }
  const [, authority = ''] = /^[^/]*\/\/([^/?#]*)/.exec(entry) ?? []
  if (authority.startsWith('.') || (entry.includes('*') && given.length === 0)) return { reason: 'star', meant: given }
  const sent = meant[0]
  if (sent === undefined) return undefined
  if (!entry.includes('*') && /^[^/]*\/\/[^/?#]*[/?#]/.test(entry)) return { reason: 'path', meant: given }
  if (/:\d+$/.test(authority) && !/:\d+$/.test(sent)) return { reason: 'port', meant: given }
  return { reason: /[A-Z]/.test(entry) ? 'capitals' : 'letters', meant: given }
}

/** The entry that stands for what a text names: `*.Example.com/` -> `https://*.example.com`. */
function meantBy(text: string): string | undefined {
  const bare = text.replace(/^["']+|["']+$/g, '')
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*:)?\/*(.*)$/is.exec(bare.replace(/^(\w[\w.-]*:\d)/, '//$1')) ?? []
  // As it was written before Django 4: `.example.com`.
  const named = rest.startsWith('.') ? `*${rest}` : rest
  const [host = ''] = named.split(/[/?#]/)
  const isLocal = /^(?:localhost|127\.0\.0\.1)(?::|$)/i.test(host)
  const sent = asSent(`${scheme ?? (isLocal ? 'http:' : 'https:')}//${host}`)
  return sent !== undefined && originPattern(sent) !== undefined ? sent : undefined
}

/**
 * An origin as a browser writes it: in lower case, in ASCII, without path and default port. Undefined: no URL of http; an origin of
 * another scheme, as an extension's, is left as it is.
 */
function asSent(text: string): string | undefined {
  if (!/^\s*https?:\/\//i.test(text)) return text
  try {
    return new URL(text).origin
  } catch {
    return undefined
  }
}
