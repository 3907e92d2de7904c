import type { Part } from '../evaluate/parts.ts'
import { hostname, isThisMachine } from '../knowledge/hosts.ts'

/**
 * The shape of a config var's value: what the settings may branch on, without what is secret in it. A shape is made of a
 * fixed vocabulary; the only pieces of a value that survive are words of `WORDS`, the app's own public domain names, a
 * settings module's dotted name and small counts of processes (see {@link shapeOf}).
 */
export type Shape = string

/** Words that settings compare with. One of them is no secret. */
const WORDS = new Set(
  'true false yes no on off y n none null 0 1 production prod staging stage preview development develop dev testing test local live debug info warning error critical'.split(
    ' ',
  ),
)

const SCHEMES =
  'rediss redis postgresql postgres postgis mysql mysql2 mariadb sqlite amqps amqp mongodb+srv mongodb memcached smtps smtp https http wss ws s3 kafka+ssl'.split(
    ' ',
  )

/** Counts of processes and threads, which an estimate needs. */
const COUNTS = new Set(['WEB_CONCURRENCY', 'ASGI_THREADS'])

const MODULE = 'DJANGO_SETTINGS_MODULE'
const MODULE_WORD =
  /(?:^|_)(?:settings?|config|conf|prod|production|heroku|staging|stage|deploy|deployment|base|local|dev|development|test|testing|main|django|common|default|live|remote)(?:$|_)/i

const CERTIFICATE_QUERY = /\?ssl_cert_reqs=(?:none|optional|required|CERT_NONE|CERT_OPTIONAL|CERT_REQUIRED)$/

/** Hosts of a list that say nothing about the app: they are kept as they are. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)$/i

const escaped = SCHEMES.map((scheme) => scheme.replace('+', '\\+')).join('|')

/** Every shape there is; a snapshot that holds anything else is refused. */
export const shapePattern = new RegExp(
  `^(?:empty|secret|int|number|url|int:\\d{1,3}|list:\\d{1,4}|module:[A-Za-z_][A-Za-z0-9_.]{0,79}` +
    `|(?:${escaped})-url(?::local|:more|\\?ssl_cert_reqs=\\w{4,13})?` +
    `|hosts:[A-Za-z0-9.,;:/*?\\[\\] _-]*|${[...WORDS].map((word) => `${word}|${capital(word)}|${word.toUpperCase()}`).join('|')})$`,
)

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/**
 * The shape of the value of a config var.
 * @param domains the app's own domain names: an entry of a list of hosts is kept only when it is one of them, or a suffix
 *   or origin of one; every other becomes `?`
 */
export function shapeOf(name: string, value: string, domains: readonly string[] = []): Shape {
  if (value === '') return 'empty'
  if (COUNTS.has(name) && /^[0-9]{1,3}$/.test(value)) return `int:${value}`
  if (isWord(value)) return value
  if (/^[0-9]+$/.test(value)) return 'int'
  if (/^-?[0-9]*\.[0-9]+$|^-[0-9]+$/.test(value)) return 'number'
  if (name === MODULE) return isModule(value) ? `module:${value}` : 'secret'
  const hosts = hostsShape(name, value, domains)
  if (hosts !== undefined) return hosts
  const url = urlShape(value)
  if (url !== undefined) return url
  const items = value.split(',')
  if (items.length > 1 && items.length < 10_000 && items.every((item) => item.trim() !== '')) {
    return `list:${items.length}`
  }
  return 'secret'
}

function isWord(value: string): boolean {
  const lower = value.toLowerCase()
  return WORDS.has(lower) && [lower, capital(lower), value.toUpperCase()].includes(value)
}

/** A dotted name that reads like one of settings, not like a token that was pasted under the wrong name. */
function isModule(value: string): boolean {
  const parts = value.split('.')
  const digits = value.replace(/\D/g, '').length
  return (
    value.length <= 80 &&
    digits <= 4 &&
    parts.every((part) => /^[A-Za-z_][A-Za-z0-9_]{0,31}$/.test(part)) &&
    parts.some((part) => MODULE_WORD.test(part))
  )
}

const HOSTS_NAME = /(?:^|_)(?:HOST|HOSTNAME|ORIGIN|DOMAIN)S?(?:_|$)/i

/** Keeps separators and the app's own names of a list of hosts or origins. */
function hostsShape(name: string, value: string, domains: readonly string[]): Shape | undefined {
  if (value.length > 4000) return undefined
  const names = domains.filter(isDomain).map((domain) => domain.toLowerCase())
  let own = false
  let fits = true
  const shown = value
    .split(/([,; ]+)/)
    .map((piece, index) => {
      if (index % 2 === 1 || piece === '') return piece
      const [, scheme = '', host = ''] = /^(https?:\/\/)?(.*)$/s.exec(piece) ?? []
      if (isKept(host, names)) {
        own ||= host !== '*' || scheme !== ''
        return `${scheme}${host.toLowerCase()}`
      }
      const [, star = '', rest = ''] = /^(\*\.|\.)?(.*)$/s.exec(host) ?? []
      if (!/^[A-Za-z0-9.-]+$/.test(rest)) fits = false
      return `${scheme}${star}?`
    })
    .join('')
  return fits && (own || HOSTS_NAME.test(name)) ? `hosts:${shown}` : undefined
}

function isKept(host: string, domains: readonly string[]): boolean {
  if (host === '*' || LOOPBACK.test(host)) return true
  const bare = host.toLowerCase().replace(/^\*?\./, '')
  const wild = bare !== host.toLowerCase()
  return domains.some((domain) => (wild ? domain === bare || domain.endsWith(`.${bare}`) : domain === bare))
}

/** Whether a text can be a domain name; `*.` may stand before it. */
export function isDomain(text: string): boolean {
  return /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i.test(text)
}

function urlShape(value: string): Shape | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)
  if (match === null) return undefined
  const scheme = (match[1] as string).toLowerCase()
  if (!SCHEMES.includes(scheme)) return 'url'
  const rest = value.slice(match[0].length)
  if (isLocalAuthority(rest)) return `${scheme}-url:local`
  if (structured(scheme, rest)) return `${scheme}-url`
  const query = CERTIFICATE_QUERY.exec(rest)
  if (query !== null && structured(scheme, rest.slice(0, query.index))) return `${scheme}-url${query[0]}`
  return `${scheme}-url:more`
}

function isLocalAuthority(rest: string): boolean {
  const authority = rest.split(/[/?#]/, 1)[0] as string
  return isThisMachine(hostname(authority))
}

/** `user:password@host:port`, as add-ons write it, with a database where the scheme has one. */
function structured(scheme: string, rest: string): boolean {
  if (scheme === 'rediss' || scheme === 'redis') return /^[\w-]*:[\w-]+@[A-Za-z0-9.-]+:[0-9]+(?:\/[0-9]*)?$/.test(rest)
  if (/^postg/.test(scheme)) return /^[\w-]+:[\w-]+@[A-Za-z0-9.-]+:[0-9]+\/[\w-]+$/.test(rest)
  return false
}

/** Whether a hole stands for an entry of a list of hosts that is surely none of the app's domains. */
export function isForeignHost(name: string): boolean {
  return /\.other[0-9]+$/.test(name)
}

/** The value behind a shape, as the evaluator takes it: known text, and holes for what was left out. */
export function partsOf(name: string, shape: Shape): readonly Part[] {
  const hole = (part: string, chars: 'digits' | 'word' | 'host' | 'any', nonEmpty = true): Part => ({
    name: part === '' ? name : `${name}.${part}`,
    variable: name,
    chars,
    nonEmpty,
  })
  if (shape === 'empty') return []
  if (shape === 'int') return [hole('', 'digits')]
  if (isWord(shape)) return [shape]
  const [kind = '', text = ''] = split(shape)
  if (kind === 'int' || kind === 'module') return [text]
  if (kind === 'hosts') return hostParts(text, hole)
  const url = /^(.+)-url(.*)$/.exec(shape)
  if (url === null) return [hole('', 'any')]
  const [, scheme = '', detail = ''] = url
  if (detail === ':local') return [`${scheme}://localhost:`, hole('port', 'any')]
  const query = detail.startsWith('?') ? detail : ''
  if (detail === ':more' || (!scheme.startsWith('redis') && !scheme.startsWith('postg'))) {
    return [`${scheme}://`, hole('rest', 'any')]
  }
  const user = scheme.startsWith('redis') ? hole('user', 'word', false) : hole('user', 'word')
  const address: Part[] = [':', hole('password', 'word'), '@', hole('host', 'host'), ':', hole('port', 'digits')]
  const base = scheme.startsWith('redis') ? [] : ['/', hole('name', 'word')]
  const parts = [`${scheme}://`, user, ...address, ...base]
  return query === '' ? parts : [...parts, query]
}

function split(shape: Shape): [string, string] {
  const colon = shape.indexOf(':')
  return colon < 0 ? [shape, ''] : [shape.slice(0, colon), shape.slice(colon + 1)]
}

function hostParts(text: string, hole: (part: string, chars: 'host') => Part): Part[] {
  let count = 0
  return text
    .split(/(\?)/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '?' ? hole(`other${++count}`, 'host') : piece))
}
