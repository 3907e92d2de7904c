import type { Part } from '../../parts.ts'
import { bytes, dict, hole, int, list, none, str, text, tuple } from '../constructors.ts'
import type { Machine } from '../interpreter/machine.ts'
import {
  library,
  type Method,
  type NativeClass,
  native,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { isBytes } from '../types/bytes.ts'
import { toHole } from '../types/text.ts'
import { type CallArguments, type ObjectValue, plain, type Value } from '../value.ts'
import {
  authority,
  knownText,
  parseQuery,
  partition,
  queryPairs,
  quoteText,
  type SplitUrl,
  splitUrl,
  textOf,
  unquotePlus,
  unquoteText,
  unsplitUrl,
} from './support/url.ts'

/** Schemes whose last path segment may carry `;params`. Source: `uses_params` of urllib/parse.py, Python 3.12. */
const withParams = new Set(',ftp,hdl,prospero,http,https,shttp,rtsp,rtsps,rtspu,sip,sips,mms,sftp,tel'.split(','))

/** What a ParseResult or SplitResult stands for; `none`: the result of parsing None, whose pieces are empty bytes. */
export type UrlState =
  | { readonly kind: 'split'; readonly url: SplitUrl; readonly params: readonly Part[] | undefined }
  | { readonly kind: 'none'; readonly pieces: number }
  | { readonly kind: 'unknown'; readonly variable: string | undefined }

function stateOf(self: ObjectValue): UrlState {
  return self.state as UrlState
}

/** What is known of a URL: a text, None, or the result of parsing one. */
export function urlOf(value: Value): UrlState {
  const isResult = value.type === 'object' && (value.model === parseResult || value.model === splitResult)
  return isResult ? stateOf(value) : parseUrl(value)
}

function pieceNames(params: boolean): readonly string[] {
  return params
    ? ['scheme', 'netloc', 'path', 'params', 'query', 'fragment']
    : ['scheme', 'netloc', 'path', 'query', 'fragment']
}

function unknownPiece(run: PythonRun, name: string, variable: string | undefined): Value {
  return run.unknown(notModelled(`urlparse(…).${name}`), undefined, variable)
}

function variableOf(parts: readonly Part[]): string | undefined {
  for (const part of parts) if (typeof part !== 'string') return part.variable
  return undefined
}

/** `port` of a netloc as Python gives it: int, None, or ValueError. */
export function portOf(run: PythonRun, port: readonly Part[] | undefined): Value {
  if (port === undefined) return none(run.at)
  const known = knownText(port)
  if (known === undefined) {
    return run.unknown({ en: 'the port is not known', fr: 'le port n’est pas connu' }, 'int', variableOf(port))
  }
  if (!/^[0-9]+$/.test(known)) return run.raise('ValueError', `Port could not be cast to integer value as '${known}'`)
  if (Number(known) > 65535) return run.raise('ValueError', 'Port out of range 0-65535')
  return int(BigInt(known), run.at)
}

function attribute(run: PythonRun, self: ObjectValue, name: string): Value | undefined {
  const state = stateOf(self)
  const isPiece = pieceNames(self.class === 'urllib.parse.ParseResult').includes(name)
  const isLogin = ['username', 'password', 'hostname', 'port'].includes(name)
  if (!isPiece && !isLogin) return undefined
  if (state.kind === 'unknown') return unknownPiece(run, name, state.variable)
  if (state.kind === 'none') return isPiece ? bytes('', run.at) : none(run.at)
  if (isPiece) {
    const parts = name === 'params' ? state.params : state.url[name as keyof SplitUrl]
    return textOf(parts ?? [], run.at)
  }
  const login = authority(state.url.netloc ?? [])
  if (login === undefined) return unknownPiece(run, name, variableOf(state.url.netloc ?? []))
  if (name === 'port') return portOf(run, login.port)
  const piece = login[name as 'username' | 'password' | 'hostname']
  return piece === undefined ? none(run.at) : textOf(piece, run.at)
}

function pieces(run: PythonRun, self: ObjectValue): readonly Value[] {
  return pieceNames(self.class === 'urllib.parse.ParseResult').map((name) => attribute(run, self, name) as Value)
}

const geturl: Method = (run, self) => {
  const state = stateOf(self)
  if (state.kind === 'unknown') return run.unknown(notModelled('geturl()'), 'str', state.variable)
  if (state.kind === 'none') return bytes('', run.at)
  return textOf(unsplitUrl(joinParams(state.url, state.params)), run.at)
}

function joinParams(url: SplitUrl, params: readonly Part[] | undefined): SplitUrl {
  return params === undefined || params.length === 0 ? url : { ...url, path: [...url.path, ';', ...params] }
}

const replace: Method = (run, self, args) => {
  const state = stateOf(self)
  const model = self.model as NativeClass
  if (state.kind === 'none') return run.unknown(notModelled('_replace'))
  const changes = new Map<string, readonly Part[]>()
  let variable = state.kind === 'unknown' ? state.variable : undefined
  let open = state.kind === 'unknown' || args.open
  for (const [name, value] of args.keywords) {
    if (!pieceNames(model === parseResult).includes(name)) {
      run.raise('ValueError', `Got unexpected field names: ['${name}']`)
    }
    if (value.type === 'str') changes.set(name, value.parts)
    else {
      open = true
      if (value.type === 'unknown') variable ??= value.variable
    }
  }
  if (open || state.kind === 'unknown') return object(model, { kind: 'unknown', variable }, run.at)
  const params = changes.get('params') ?? state.params
  const url = { ...state.url, ...Object.fromEntries(changes) } as SplitUrl
  return object(model, { kind: 'split', url, params }, run.at)
}

function resultClass(name: string): NativeClass {
  return {
    class: `urllib.parse.${name}`,
    bases: [],
    construct: (run, args) => {
      const joined = joinPieces(run, args.positional, name === 'ParseResult')
      return object(name === 'ParseResult' ? parseResult : splitResult, joined, run.at)
    },
    methods: { geturl, _replace: replace },
    get: attribute,
    iterate: pieces,
    length: (_run, self) => pieceNames(self.class === 'urllib.parse.ParseResult').length,
    truth: () => true,
    item: (run, self, key) =>
      key.type === 'int' ? pieces(run, self).at(Number(key.value)) : run.item(tuple(pieces(run, self), run.at), key),
  }
}

export const parseResult = resultClass('ParseResult')
const splitResult = resultClass('SplitResult')

/** The pieces of a result in order, for those that compare it with Python's tuple; undefined when they are not known. */
export function piecesOf(state: UrlState): readonly (readonly Part[])[] | undefined {
  if (state.kind !== 'split') return undefined
  return pieceNames(state.params !== undefined).map((name) =>
    name === 'params' ? (state.params ?? []) : (state.url[name as keyof SplitUrl] ?? []),
  )
}

/** `urlparse` of any value, as the state of a ParseResult. */
export function parseUrl(value: Value, scheme = ''): UrlState {
  const split = splitState(value, scheme)
  if (split.kind !== 'split') return split
  const { url } = split
  const name = knownText(url.scheme)
  if (name === undefined || !withParams.has(name)) return { ...split, params: [] }
  const atSlash = knownText(url.path)
  if (atSlash === undefined) {
    const pieces = partition(url.path, ';')
    if (pieces === undefined) return { kind: 'unknown', variable: variableOf(url.path) }
    return pieces[1] === undefined ? { ...split, params: [] } : { kind: 'unknown', variable: variableOf(url.path) }
  }
  const at = atSlash.indexOf(';', Math.max(atSlash.lastIndexOf('/'), 0))
  if (at === -1) return { ...split, params: [] }
  return { ...split, url: { ...url, path: [atSlash.slice(0, at)] }, params: [atSlash.slice(at + 1)] }
}

function splitState(value: Value, scheme: string): UrlState {
  if (value.type === 'none') return { kind: 'none', pieces: 5 }
  if (value.type !== 'str') return { kind: 'unknown', variable: value.type === 'unknown' ? value.variable : undefined }
  const url = splitUrl(value.parts, scheme)
  if (url === undefined) return { kind: 'unknown', variable: variableOf(value.parts) }
  return { kind: 'split', url, params: undefined }
}

function parser(name: 'urlparse' | 'urlsplit'): Value {
  return native(`urllib.parse.${name}`, (run, args) => {
    const given = take(run, name, args, ['url', 'scheme?', 'allow_fragments?'])
    const url = given.url
    const fragments = given.allow_fragments
    const scheme = given.scheme === undefined ? '' : plain(given.scheme)
    const model = name === 'urlparse' ? parseResult : splitResult
    if (url === undefined || scheme === undefined || (fragments !== undefined && !run.truth(fragments))) {
      return object(model, { kind: 'unknown', variable: undefined }, run.at)
    }
    if (url.type === 'object' && url.model === model) return url
    if (url.type === 'int' || url.type === 'bool' || url.type === 'dict' || url.type === 'list') {
      return run.raise('AttributeError', `'${url.type}' object has no attribute 'decode'`)
    }
    const made = name === 'urlparse' ? parseUrl(url, scheme) : splitState(url, scheme)
    const host = made.kind === 'split' ? knownText(made.url.netloc ?? []) : undefined
    if (host?.includes('[') !== host?.includes(']')) return run.raise('ValueError', 'Invalid IPv6 URL')
    return object(model, made, run.at)
  })
}

/** The URL of five or six pieces given one by one. */
function joinPieces(run: PythonRun, values: readonly Value[], params: boolean): UrlState {
  const names = pieceNames(params)
  if (values.length !== names.length) {
    return run.raise('ValueError', `not enough values to unpack (expected ${names.length}, got ${values.length})`)
  }
  const found: Record<string, readonly Part[]> = {}
  for (const [index, name] of names.entries()) {
    const value = values[index] as Value
    if (value.type === 'none') found[name] = []
    else if (value.type === 'str') found[name] = value.parts
    else return { kind: 'unknown', variable: value.type === 'unknown' ? value.variable : undefined }
  }
  const url = found as unknown as SplitUrl
  return { kind: 'split', url, params: params ? (found.params ?? []) : undefined }
}

function joiner(name: 'urlunparse' | 'urlunsplit'): Value {
  return native(`urllib.parse.${name}`, (run, args) => {
    const given = take(run, name, args, ['components']).components
    const all = given === undefined ? undefined : run.iterate(given)
    if (all === undefined || all.rest !== undefined) return run.unknown(notModelled(name), 'str')
    const state = joinPieces(run, all.items, name === 'urlunparse')
    if (state.kind !== 'split') return run.unknown(notModelled(name), 'str')
    return textOf(unsplitUrl(joinParams(state.url, state.params)), run.at)
  })
}

/** A function of one text that keeps what it cannot see through unknown. */
function ofText(name: string, parameters: readonly string[], change: (text: string, safe: string) => string): Value {
  return native(`urllib.parse.${name}`, (run, args) => {
    const given = take(run, name, args, parameters)
    const value = given.string
    const safe = given.safe === undefined ? '/' : plain(given.safe)
    if (value?.type === 'bytes' && name.startsWith('quote') && /^[\x20-\x7e]*$/.test(value.value)) {
      return text(change(value.value, safe ?? '/'), run.at)
    }
    if (value?.type === 'bytes') return run.unknown(notModelled(name), 'str')
    if (value !== undefined && value.type !== 'str' && value.type !== 'unknown' && value.type !== 'call') {
      return run.raise('TypeError', `${name}() expected a string`)
    }
    const known = plain(value)
    if (known === undefined || safe === undefined) {
      const holes = value?.type === 'str' ? value.parts : []
      // Nothing of a host name, a number or a word needs quoting.
      if (holes.length > 0 && holes.every((part) => typeof part === 'string' || part.chars !== 'any')) {
        return textOf(
          holes.map((part) => (typeof part === 'string' ? change(part, safe ?? '/') : part)),
          run.at,
        )
      }
      return run.unknown(notModelled(name), 'str', variableOf(holes))
    }
    return text(change(known, safe), run.at)
  })
}

function query(name: 'parse_qs' | 'parse_qsl'): Value {
  return native(`urllib.parse.${name}`, (run, args) => {
    const given = take(run, name, args, ['qs', 'keep_blank_values?', 'strict_parsing?', 'encoding?', '**'])
    const known = plain(given.qs)
    const keep = given.keep_blank_values
    if (isBytes(given.qs)) {
      const rest = { ...run.unknown(notModelled(name)), keys: 'bytes' as const }
      return name === 'parse_qs' ? dict([], run.at, rest) : list([], run.at, rest)
    }
    if (known === undefined) return run.unknown(notModelled(name), name === 'parse_qs' ? 'dict' : 'list')
    const keepBlank = keep !== undefined && run.truth(keep)
    if (name === 'parse_qsl') {
      const pairs = queryPairs(known, keepBlank)
      return list(
        pairs.map((pair) =>
          tuple(
            pair.map((side) => text(side, run.at)),
            run.at,
          ),
        ),
        run.at,
      )
    }
    const entries = [...parseQuery(known, keepBlank)].map(([key, values]) => ({
      key: text(key, run.at),
      value: list(
        values.map((value) => text(value, run.at)),
        run.at,
      ),
      at: run.at,
    }))
    return dict(entries, run.at)
  })
}

const urlencode = native('urllib.parse.urlencode', (run, args) => {
  const given = take(run, 'urlencode', args, ['query', 'doseq?', 'safe?', '**']).query
  if (args.positional.length > 1) return run.unknown(notModelled('urlencode'), 'str')
  if (given === undefined || given.type !== 'dict' || given.rest !== undefined || args.keywords.size > 0) {
    return run.unknown(notModelled('urlencode'), 'str')
  }
  const side = (value: Value): Part => {
    const shown = run.str(value)
    const written = plain(shown)
    if (written !== undefined) return quoteText(written, '').replaceAll('%20', '+')
    // Its text, with escapes: another one than what the variable holds.
    const [open] = shown.type === 'str' ? shown.parts.filter((part) => typeof part !== 'string') : []
    return open === undefined ? toHole(run as Machine, value) : hole(open.name, undefined, 'any', false)
  }
  const pairs = given.entries.map(({ key, value }, index) => [index === 0 ? '' : '&', side(key), '=', side(value)])
  return str(pairs.flat(), run.at)
})

const urljoin = native('urllib.parse.urljoin', (run, args) => {
  const given = take(run, 'urljoin', args, ['base', 'url', 'allow_fragments?'])
  const [base, url] = [plain(given.base), plain(given.url)]
  if (base === '' && given.url !== undefined) return given.url
  if (url === '' && given.base !== undefined) return given.base
  const joined = base === undefined || url === undefined ? undefined : joinUrls(base, url)
  return joined === undefined ? run.unknown(notModelled('urljoin'), 'str') : text(joined, run.at)
})

/** `urljoin` of two known texts, after RFC 3986 as Python does it. */
function joinUrls(base: string, url: string): string | undefined {
  const from = splitUrl([base])
  const scheme = knownText(from?.scheme ?? []) ?? ''
  const to = splitUrl([url], scheme)
  if (from === undefined || to === undefined) return undefined
  const piece = (parts: readonly Part[] | undefined): string => knownText(parts ?? []) ?? ''
  if (piece(to.scheme) !== scheme || !(usesRelative.has(scheme) || scheme === '')) return url
  if (piece(to.netloc) !== '') return piece(unsplitUrl(to))
  const joined = { ...to, netloc: from.netloc }
  const [ours, theirs] = [piece(to.path), piece(from.path)]
  if (ours === '') {
    return piece(unsplitUrl({ ...joined, path: from.path, query: to.query.length > 0 ? to.query : from.query }))
  }
  const parents = theirs.split('/')
  if (parents.at(-1) !== '') parents.pop()
  let segments = ours.startsWith('/') ? ours.split('/') : [...parents, ...ours.split('/')]
  if (!ours.startsWith('/')) segments = segments.filter((s, i) => s !== '' || i === 0 || i === segments.length - 1)
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') resolved.pop()
    else if (segment !== '.') resolved.push(segment)
  }
  if (segments.at(-1) === '.' || segments.at(-1) === '..') resolved.push('')
  const path = resolved.join('/') || '/'
  return piece(unsplitUrl({ ...joined, path: path === '' ? [] : [path] }))
}

const usesRelative = new Set(
  'ftp,http,gopher,nntp,imap,wais,file,https,shttp,mms,prospero,rtsp,rtsps,rtspu,sftp,svn,svn+ssh,ws,wss'.split(','),
)

/** `urllib.parse`: URLs are taken apart even when parts of them are not known. */
export const urllibParse = library('urllib.parse', {
  urlparse: parser('urlparse'),
  urlsplit: parser('urlsplit'),
  urlunparse: joiner('urlunparse'),
  urlunsplit: joiner('urlunsplit'),
  urljoin,
  urlencode,
  ParseResult: nativeClass(parseResult),
  SplitResult: nativeClass(splitResult),
  parse_qs: query('parse_qs'),
  parse_qsl: query('parse_qsl'),
  quote: ofText('quote', ['string', 'safe?', 'encoding?', 'errors?'], quoteText),
  quote_plus: native('urllib.parse.quote_plus', (run, args: CallArguments) => {
    const given = take(run, 'quote_plus', args, ['string', 'safe?', 'encoding?', 'errors?'])
    const known = plain(given.string)
    const safe = given.safe === undefined ? '' : plain(given.safe)
    if (known === undefined || safe === undefined) return run.unknown(notModelled('quote_plus'), 'str')
    return text(quoteText(known, safe + ' ').replaceAll(' ', '+'), run.at)
  }),
  unquote: ofText('unquote', ['string', 'encoding?', 'errors?'], unquoteText),
  unquote_plus: ofText('unquote_plus', ['string', 'encoding?', 'errors?'], unquotePlus),
})
