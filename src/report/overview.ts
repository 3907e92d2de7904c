import type { Hop } from '../contracts/hop.ts'
import type { Text } from '../contracts/text.ts'

/** What an app runs and what its sockets pass, as texts for pictures. Places are `file:line` from the working directory. */
export interface Overview {
  readonly processes: readonly ProcessOverview[]
  /** What build, release and web read, in the order in which they run; those that read the same stand together. */
  readonly worlds: readonly WorldOverview[]
  readonly routes: readonly RouteOverview[]
  /** Sockets of the browser that surely reach none of the routes, or of which nobody can tell. */
  readonly sockets: readonly SocketOverview[]
}

export interface ProcessOverview {
  readonly type: string
  readonly command: string
  readonly place: string
  /** `daphne 4.2.1`, what it speaks, what it listens on, and what it loads; undefined: no server is known. */
  readonly server: ServerOverview | undefined
}

export interface ServerOverview {
  readonly name: string
  readonly speaks: string
  readonly binds: readonly string[]
  readonly target: string | undefined
  readonly file: string | undefined
}

export interface WorldOverview {
  readonly hops: readonly Hop[]
  readonly module: string | undefined
  readonly when: Text | undefined
  /** The channel layer on each of the paths that the settings may take; empty: nobody can tell. */
  readonly layers: readonly LayerOverview[]
}

export interface LayerOverview {
  /** The dotted path of the backend, or that there is none. */
  readonly backend: Text
  /** What stands behind each of its hosts: a config var of an add-on, a host as written. */
  readonly redis: readonly Text[]
  readonly when: Text | undefined
  readonly place: string | undefined
}

export interface RouteOverview {
  readonly pattern: string
  readonly consumer: string
  readonly place: string
  /** The sockets whose path it takes, where a part that is not known is taken for digits. */
  readonly sockets: readonly SocketOverview[]
}

export interface SocketOverview {
  readonly address: string
  readonly place: string
  /** `unknown`: its address or a route cannot be followed, or it goes elsewhere. */
  readonly reaches: 'route' | 'none' | 'unknown'
}

/** Keys whose texts are places: they name files, as findings do, and hold nothing of their content. */
const places = new Set(['place', 'file'])

/** An overview with every text of the project’s files rewritten. */
export function mapTexts<T>(value: T, rewrite: (text: string) => string, key = ''): T {
  if (typeof value === 'string') return places.has(key) ? value : (rewrite(value) as T)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, rewrite, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, rewrite, name)])) as T
}
