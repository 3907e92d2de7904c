import { parseRegex } from '../../../syntax/regex/parse.ts'
import { isProblem } from '../../../syntax/regex/regex.ts'
import { accepts, automatonOf } from '../../asgi/pattern/language.ts'
import { type Directive, isOpen, type NginxConfig, named } from './config.ts'

/** The blocks around what serves an address, outermost first: http, server, location, locations in it. */
export type Blocks = readonly Directive[]

/** The blocks of the server that has the dyno's port; undefined: nobody can tell which. */
export function serverOf({ directives }: NginxConfig): Blocks | undefined {
  if (isOpen(directives)) return undefined
  const servers = named(directives, 'http').flatMap((http) =>
    isOpen(http.block) ? [] : named(http.block, 'server').map((server) => [http, server] as const),
  )
  const onPort = servers.length === 1 ? servers : servers.filter(([, server]) => listensOnPort(server))
  const [only, ...more] = onPort
  return more.length > 0 || only?.every(({ sure }) => sure) !== true ? undefined : only
}

/** `listen <%= ENV["PORT"] %>`, alone or behind an address. */
export function listensOnPort(server: Directive): boolean {
  return named(server.block, 'listen').some(
    ({ words }) => words[0]?.holes.some((code) => /\bPORT\b/.test(code)) === true,
  )
}

interface Location {
  readonly directive: Directive
  readonly modifier: '' | '=' | '^~' | '~' | '~*' | '@'
  readonly path: string
}

/**
 * The blocks that serve an address, as `ngx_http_core_find_location` looks for them: an exact one, else the longest prefix and the
 * locations in it, else the first regular expression unless the prefix has `^~`, else the prefix. Undefined: it cannot be told.
 */
export function locationOf(server: Blocks, address: string): Blocks | undefined {
  const found = find(server, address)
  return found?.chain
}

interface Found {
  readonly chain: Blocks
  /** An exact match or a regular expression ended the search. */
  readonly ends: boolean
}

function find(around: Blocks, address: string): Found | undefined {
  const block = around.at(-1)?.block
  const locations = locationsIn(block)
  if (locations === undefined) return undefined
  const exact = locations.find(({ modifier, path }) => modifier === '=' && path === address)
  if (exact !== undefined) return surely(exact, (directive) => ({ chain: [...around, directive], ends: true }))
  const prefix = longest(locations, address)
  // nginx sends a request for the folder's name without its slash on to the one with it.
  if (locations.some(({ modifier, path }) => (modifier === '' || modifier === '^~') && path === `${address}/`))
    return undefined
  const inside = prefix && surely(prefix, (directive) => find([...around, directive], address))
  if (prefix !== undefined && (inside === undefined || inside.ends)) return inside
  const best = inside ?? { chain: around, ends: false }
  if (prefix?.modifier === '^~') return best
  for (const location of locations.filter(({ modifier }) => modifier === '~' || modifier === '~*')) {
    const fits = isFound(location, address)
    if (fits === undefined) return undefined
    if (!fits) continue
    const within = surely(location, (directive) => find([...around, directive], address))
    return within && { ...within, ends: true }
  }
  return best
}

/** What a location leads to, if it is there for sure. */
const surely = <T>({ directive }: Location, go: (directive: Directive) => T): T | undefined =>
  directive.sure ? go(directive) : undefined

function longest(locations: readonly Location[], address: string): Location | undefined {
  const prefixes = locations.filter(
    ({ modifier, path }) => (modifier === '' || modifier === '^~') && address.startsWith(path),
  )
  return prefixes.reduce<Location | undefined>(
    (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
    undefined,
  )
}

/** Undefined: there are some of which nobody can tell what they match. */
export function locationsIn(block: Directive['block']): readonly Location[] | undefined {
  if (isOpen(block)) return undefined
  const found: Location[] = []
  for (const directive of named(block, 'location')) {
    const [first, second] = directive.words.map(({ text }) => text)
    if (first === undefined || (directive.words.length > 1 && second === undefined)) return undefined
    found.push({ directive, ...matchOf(first, second) })
  }
  return found
}

function matchOf(first: string, second: string | undefined): Omit<Location, 'directive'> {
  if (second !== undefined) return { modifier: first as Location['modifier'], path: second }
  // `location ~^/ws` and `location =/ws` need no blank.
  const [, modifier = '', path = ''] = /^(=|\^~|~\*|~|@)?(.*)$/s.exec(first) ?? []
  return { modifier: modifier as Location['modifier'], path: modifier === '@' ? first : path }
}

/** Whether a regular expression is found in an address; undefined: it cannot be followed. */
function isFound({ modifier, path }: Location, address: string): boolean | undefined {
  const parsed = parseRegex(path.replaceAll('(?<', '(?P<').replaceAll(/\(\?P<([=!])/g, '(?<$1'))
  if (isProblem(parsed)) return undefined
  const automaton = automatonOf({ ...parsed, ignoreCase: modifier === '~*' }, { whole: false, leaves: false })
  return (
    automaton &&
    accepts(
      automaton,
      [...address].map((char) => char.codePointAt(0) as number),
    )
  )
}

/** The beginnings of addresses that a server, and the locations in its locations, treat apart. */
export function prefixesOf(server: Blocks | undefined): readonly string[] {
  const inside = (block: Directive['block']): readonly string[] =>
    (locationsIn(block) ?? []).flatMap(({ directive, modifier, path }) => [
      ...(modifier === '' || modifier === '^~' || modifier === '=' ? [path] : []),
      ...inside(directive.block),
    ])
  return inside(server?.at(-1)?.block)
}
