import type { Place } from '../../../../contracts/place.ts'
import type { Hole, Part } from '../../../parts.ts'
import { normal, str, text } from '../../constructors.ts'
import { allows } from '../../types/parts.ts'
import type { StrValue } from '../../value.ts'

/**
 * URLs of which parts are not known: `rediss://:` + hole(password) + `@` + hole(host) + `:` + hole(port). Everything
 * here follows urllib.parse of Python 3.12 and answers `undefined` where a hole leaves the answer open.
 */

/** The five pieces of `urlsplit`. `netloc` is undefined when the URL has no `//`. */
export interface SplitUrl {
  readonly scheme: readonly Part[]
  readonly netloc: readonly Part[] | undefined
  readonly path: readonly Part[]
  readonly query: readonly Part[]
  readonly fragment: readonly Part[]
}

/** What stands in a netloc. A piece is undefined when it is absent (Python's None). */
export interface Authority {
  readonly username: readonly Part[] | undefined
  readonly password: readonly Part[] | undefined
  readonly hostname: readonly Part[] | undefined
  readonly port: readonly Part[] | undefined
}

/** The text when all of it is known. */
export function knownText(parts: readonly Part[]): string | undefined {
  if (parts.length === 0) return ''
  const [first] = parts
  return parts.length === 1 && typeof first === 'string' ? first : undefined
}

/** A position in parts: `part` is the index of a known text, `offset` within it. */
interface Cut {
  readonly part: number
  readonly offset: number
}

function mayHold(hole: Hole, characters: string): boolean {
  return [...characters].some((character) => allows(hole, character))
}

/**
 * Where the first of `characters` stands: `none` when it surely does not occur, undefined when a hole before it might
 * hold one.
 */
function firstOf(parts: readonly Part[], characters: string): Cut | 'none' | undefined {
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      if (mayHold(part, characters)) return undefined
      continue
    }
    for (let offset = 0; offset < part.length; offset++) {
      if (characters.includes(part[offset] as string)) return { part: index, offset }
    }
  }
  return 'none'
}

/** Where the last one stands; as {@link firstOf}, but holes after it matter. */
function lastOf(parts: readonly Part[], character: string): Cut | 'none' | undefined {
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index] as Part
    if (typeof part !== 'string') {
      if (allows(part, character)) return undefined
      continue
    }
    const offset = part.lastIndexOf(character)
    if (offset !== -1) return { part: index, offset }
  }
  return 'none'
}

function before(parts: readonly Part[], cut: Cut): readonly Part[] {
  return normal([...parts.slice(0, cut.part), (parts[cut.part] as string).slice(0, cut.offset)])
}

/** What follows a cut, without the `skip` characters there. */
function after(parts: readonly Part[], cut: Cut, skip = 1): readonly Part[] {
  return normal([(parts[cut.part] as string).slice(cut.offset + skip), ...parts.slice(cut.part + 1)])
}

/** Python's `str.partition` at the first `character`; the second piece is undefined when it does not occur. */
export function partition(
  parts: readonly Part[],
  character: string,
): readonly [readonly Part[], readonly Part[] | undefined] | undefined {
  const cut = firstOf(parts, character)
  if (cut === undefined) return undefined
  return cut === 'none' ? [parts, undefined] : [before(parts, cut), after(parts, cut)]
}

/** Python's `str.rpartition`: the first piece is undefined when `character` does not occur. */
export function rpartition(
  parts: readonly Part[],
  character: string,
): readonly [readonly Part[] | undefined, readonly Part[]] | undefined {
  const cut = lastOf(parts, character)
  if (cut === undefined) return undefined
  return cut === 'none' ? [undefined, parts] : [before(parts, cut), after(parts, cut)]
}

const schemePattern = /^[A-Za-z][A-Za-z0-9+.-]*$/

/** `urlsplit`. Undefined when a hole leaves the pieces open, or the URL has an invalid bracketed host. */
export function splitUrl(url: readonly Part[], scheme = ''): SplitUrl | undefined {
  let rest = normal(url.map((part, i) => (typeof part === 'string' ? clean(part, i === 0) : part)))
  let ownScheme: readonly Part[] = scheme === '' ? [] : [scheme]
  const first = rest[0]
  if (typeof first === 'string') {
    const colon = first.indexOf(':')
    if (colon > 0 && schemePattern.test(first.slice(0, colon))) {
      ownScheme = [first.slice(0, colon).toLowerCase()]
      rest = normal([first.slice(colon + 1), ...rest.slice(1)])
    } else if (colon === -1 && rest.length > 1 && schemePattern.test(first)) {
      // What follows may still complete a scheme: `redis` + hole.
      if (typeof rest[1] === 'object' && allows(rest[1], ':')) return undefined
    }
  } else if (first !== undefined) {
    // A hole that cannot hold a colon may still be a scheme when a colon follows it.
    if (allows(first, ':') || allows(first, '/')) return undefined
    if (typeof rest[1] !== 'string' || rest[1].startsWith(':')) return undefined
  }
  let netloc: readonly Part[] | undefined
  const start = rest[0]
  if (typeof start === 'string' && start.startsWith('//')) {
    rest = normal([start.slice(2), ...rest.slice(1)])
    const end = firstOf(rest, '/?#')
    if (end === undefined) return undefined
    netloc = end === 'none' ? rest : before(rest, end)
    rest = end === 'none' ? [] : after(rest, end, 0)
  } else if (typeof start === 'string' && start === '/' && rest.length > 1) return undefined
  const atFragment = partition(rest, '#')
  if (atFragment === undefined) return undefined
  const atQuery = partition(atFragment[0], '?')
  if (atQuery === undefined) return undefined
  return { scheme: ownScheme, netloc, path: atQuery[0], query: atQuery[1] ?? [], fragment: atFragment[1] ?? [] }
}

/** Removes what Python strips before it splits: leading control characters and spaces, tabs and line ends anywhere. */
function clean(part: string, first: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Python strips
  const stripped = first ? part.replace(/^[\u0000-\u0020]+/, '') : part
  return stripped.replace(/[\t\r\n]/g, '')
}

/** User, password, host and port of a netloc. */
export function authority(netloc: readonly Part[]): Authority | undefined {
  const atUser = rpartition(netloc, '@')
  if (atUser === undefined) return undefined
  const [user, host] = atUser
  const login = user === undefined ? undefined : partition(user, ':')
  if (user !== undefined && login === undefined) return undefined
  const address = hostAndPort(host)
  if (address === undefined) return undefined
  return { username: login?.[0], password: login?.[1], hostname: address[0], port: address[1] }
}

function hostAndPort(
  host: readonly Part[],
): readonly [readonly Part[] | undefined, readonly Part[] | undefined] | undefined {
  const absent = (parts: readonly Part[] | undefined): readonly Part[] | undefined =>
    parts === undefined || parts.length === 0 ? undefined : parts
  const bracket = partition(host, '[')
  if (bracket === undefined) return undefined
  if (bracket[1] !== undefined) {
    const closed = partition(bracket[1], ']')
    if (closed === undefined) return undefined
    const port = partition(closed[1] ?? [], ':')
    return port === undefined ? undefined : [absent(lower(closed[0])), absent(port[1])]
  }
  const pieces = partition(host, ':')
  return pieces === undefined ? undefined : [absent(lower(pieces[0])), absent(pieces[1])]
}

/** Host names are compared in lower case; a hole for a host stands for one as the platform writes it, in lower case. */
function lower(parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part))
}

const usesNetloc = new Set(
  (
    ',ftp,http,gopher,nntp,telnet,imap,wais,file,mms,https,shttp,snews,prospero,rtsp,rtsps,rtspu,rsync,svn,svn+ssh,' +
    'sftp,nfs,git,git+ssh,ws,wss,itms-services'
  ).split(','),
)

/** `urlunsplit`. `netloc` undefined or empty: no host. */
export function unsplitUrl({ scheme, netloc, path, query, fragment }: SplitUrl): readonly Part[] {
  const out: Part[] = []
  const start = typeof path[0] === 'string' ? path[0] : ''
  const name = knownText(scheme)
  if (name !== undefined && name !== '') out.push(name, ':')
  else if (name === undefined) out.push(...scheme, ':')
  if (netloc !== undefined && netloc.length > 0) {
    out.push('//', ...netloc)
    if (path.length > 0 && !start.startsWith('/')) out.push('/')
  } else if (start.startsWith('//') || (usesNetloc.has(name ?? '') && name !== '' && /^(\/|$)/.test(start)))
    out.push('//')
  out.push(...path)
  if (query.length > 0) out.push('?', ...query)
  if (fragment.length > 0) out.push('#', ...fragment)
  return normal(out)
}

/** Percent-decoding of the known texts as `unquote` does it (UTF-8, bad bytes replaced); holes hold no escapes. */
export function unquote(parts: readonly Part[]): readonly Part[] {
  return normal(parts.map((part) => (typeof part === 'string' ? unquoteText(part) : part)))
}

export function unquoteText(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (pair) => Number.parseInt(pair, 16))
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  })
}

/** Key and values in order of `parse_qs` on known text; blank values are left out unless `keepBlank`. */
export function parseQuery(query: string, keepBlank = false): Map<string, string[]> {
  const out = new Map<string, string[]>()
  for (const [key, value] of queryPairs(query, keepBlank)) {
    const values = out.get(key)
    if (values === undefined) out.set(key, [value])
    else values.push(value)
  }
  return out
}

/** `parse_qsl` of a known text: names and values in order. */
export function queryPairs(query: string, keepBlank = false): [name: string, value: string][] {
  const out: [string, string][] = []
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    if (at === -1 && !keepBlank) continue
    const value = at === -1 ? '' : unquotePlus(pair.slice(at + 1))
    if (value === '' && !keepBlank) continue
    out.push([unquotePlus(at === -1 ? pair : pair.slice(0, at)), value])
  }
  return out
}

export function unquotePlus(text: string): string {
  return unquoteText(text.replaceAll('+', ' '))
}

const safeAlways = /[A-Za-z0-9_.~-]/

/** `quote` of a known text. */
export function quoteText(value: string, safe = '/'): string {
  let out = ''
  for (const character of value) {
    if (safeAlways.test(character) || safe.includes(character)) out += character
    else
      for (const byte of new TextEncoder().encode(character))
        out += '%' + byte.toString(16).toUpperCase().padStart(2, '0')
  }
  return out
}

/** A text value of parts; `at` is where the URL was taken apart. */
export function textOf(parts: readonly Part[], at: Place): StrValue {
  const known = knownText(parts)
  return known === undefined ? str(parts, at) : text(known, at)
}
