import { str, text } from '../constructors.ts'
import { type NativeClass, object, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type ObjectValue, plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { variableOf } from './support/convert.ts'
import { parseUrl } from './urllib.ts'

/** Objects that pydantic makes of texts. */

export const secretClass: NativeClass = {
  class: 'pydantic.types.SecretStr',
  bases: [],
  construct: (run, args) => {
    const value = take(run, 'SecretStr', args, ['secret_value']).secret_value
    return value === undefined ? run.unknown(notModelled('SecretStr')) : makeSecret(run, value)
  },
  methods: { get_secret_value: (_run, self) => self.state as Value },
  truth: (run, self) => run.truth(self.state as Value),
  length: (_run, self) => plain(self.state as Value)?.length,
  str: (run, self) => shownSecret(run, self),
  compare: (run, op, self, other) => {
    if (op !== '==' && op !== '!=') return undefined
    const isSecret = other.type === 'object' && other.model === secretClass
    const answer = isSecret ? run.same(self.state as Value, other.state as Value) : false
    return answer === undefined ? undefined : answer === (op === '==')
  },
}

export function makeSecret(run: PythonRun, value: Value): Value {
  return object(secretClass, value, run.at)
}

/** Stars, or nothing for an empty one. */
function shownSecret(run: PythonRun, self: ObjectValue): StrValue | UnknownValue {
  const known = plain(self.state as Value)
  return known === undefined ? run.unknown(notModelled('str(SecretStr)'), 'str') : text(known && '*'.repeat(10), run.at)
}

interface UrlKind {
  /** Undefined: any. */
  readonly schemes: readonly string[] | undefined
  /** What stands where the text has no path. */
  readonly path?: string
  readonly host?: string
  readonly port?: string
}

/** What pydantic.networks of 2.14 asks of each. */
export const urlKinds: ReadonlyMap<string, UrlKind> = new Map<string, UrlKind>([
  ['AnyUrl', { schemes: undefined }],
  ['AnyHttpUrl', { schemes: ['http', 'https'] }],
  ['HttpUrl', { schemes: ['http', 'https'] }],
  ['RedisDsn', { schemes: ['redis', 'rediss'], host: 'localhost', port: '6379', path: '/0' }],
  [
    'PostgresDsn',
    {
      schemes: [
        'postgres', 'postgresql', 'postgresql+asyncpg', 'postgresql+pg8000', 'postgresql+psycopg',
        'postgresql+psycopg2', 'postgresql+psycopg2cffi', 'postgresql+py-postgresql', 'postgresql+pygresql',
      ], // biome-ignore format: a list of words
    },
  ],
])

/** Schemes of which the default port is dropped and the path is never empty. */
const special: Readonly<Record<string, string>> = { http: ':80', https: ':443', ws: ':80', wss: ':443', ftp: ':21' }

const urlClass: NativeClass = {
  class: 'pydantic.networks.AnyUrl',
  bases: [],
  str: (_run, self) => self.state as StrValue | UnknownValue,
  methods: {
    unicode_string: (_run, self) => self.state as Value,
    encoded_string: (_run, self) => self.state as Value,
  },
}

/** A URL of one of the kinds from its text; undefined when pydantic refuses it. */
export function makeUrl(run: PythonRun, name: string, value: Value): Value | undefined {
  const kind = urlKinds.get(name) as UrlKind
  const unknown = (): Value => object(urlClass, run.unknown(notModelled(name), 'str', variableOf(value)), run.at)
  if (value.type !== 'str') return value.type === 'object' && value.model === urlClass ? value : unknown()
  const known = plain(value)
  if (known !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(known.trim())) return undefined
  const state = parseUrl(value)
  if (state.kind !== 'split') return unknown()
  const { url } = state
  const scheme = plain(str(url.scheme, run.at))
  if (scheme === undefined || url.netloc === undefined) return unknown()
  if (kind.schemes !== undefined && !kind.schemes.includes(scheme)) return undefined
  const netloc = str(url.netloc, run.at)
  // Names in capitals, other alphabets, escapes and empty passwords are written anew; that is left open.
  const tail = isPlainText(value) ? writtenTail(netloc) : undefined
  if (tail === undefined) return unknown()
  if (tail.host === '' && kind.host === undefined && (kind.schemes !== undefined || special[scheme] !== undefined))
    return undefined
  if (tail.host === '' && tail.port !== '') return unknown()
  if (tail.port === undefined && special[scheme] !== undefined) return unknown()
  const parts = [...netloc.parts]
  if (tail.host === '' && kind.host !== undefined) parts.push(kind.host)
  if (tail.port === '' && kind.port !== undefined) parts.push(`:${kind.port}`)
  const last = parts.at(-1)
  const dropped = special[scheme]
  if (dropped !== undefined && tail.port === dropped && typeof last === 'string')
    parts[parts.length - 1] = last.slice(0, -dropped.length)
  const given = plain(str(url.path, run.at))
  const path =
    given === '' || (given === '/' && kind.path !== undefined)
      ? [kind.path ?? (special[scheme] === undefined ? '' : '/')]
      : url.path
  const query = url.query.length === 0 ? [] : ['?', ...url.query]
  const fragment = url.fragment.length === 0 ? [] : ['#', ...url.fragment]
  return object(urlClass, str([scheme, '://', ...parts, ...path, ...query, ...fragment], run.at), run.at)
}

/** Known pieces of a text hold nothing that would be written otherwise. */
function isPlainText(value: StrValue): boolean {
  return value.parts.every((part) => typeof part !== 'string' || /^[\w\-.~:/@?#&=+,!*()]*$/.test(part))
}

/** Host and `:port` at the end of a netloc without `<` and `>`, which stand for holes; `port` undefined: there is one, not known. Undefined: neither can be told. */
function writtenTail(
  netloc: StrValue,
): { readonly host: string | 'open'; readonly port: string | undefined } | undefined {
  const shown = netloc.parts
    .map((part) => (typeof part === 'string' ? part : part.chars === 'digits' ? '<' : '>'))
    .join('')
  if (/(?:^|:)@/.test(shown)) return undefined
  const match = shown.slice(shown.lastIndexOf('@') + 1).match(/^([^:A-Z]*)(:[\d<]+)?$/)
  if (match === null || match[1]?.includes('<')) return undefined
  const port = match[2] ?? ''
  // A hole that ends the netloc may hold a port.
  if (port === '' && netloc.parts.some((part) => typeof part !== 'string' && part.chars === 'any')) return undefined
  return { host: match[1] as string, port: port.includes('<') ? undefined : port }
}
