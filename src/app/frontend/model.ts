import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { ValueHole } from '../../evaluate/javascript/values.ts'
import type { BoundedTries } from './bounded-tries.ts'
import type { CloseCode } from './close-codes.ts'

/** Sockets that the project's browser code opens. */
export interface FrontendModel {
  /** In file and text order. */
  readonly sockets: readonly Socket[]
  /** Files that mention sockets and were not read: built bundles, vendored libraries, too large. */
  readonly skipped: readonly { readonly file: string; readonly why: Text }[]
  /** The walk stopped at its bound; sockets may be missing. */
  readonly bounded: boolean
}

/** One place where a socket is opened. */
export interface Socket {
  /** `new WebSocket(...)`, `useWebSocket(...)`: the whole expression. */
  readonly at: Place
  /** `WebSocket`, `useWebSocket`: what is constructed or called. */
  readonly opener: string
  /** Where it comes from: the browser, or the package that wraps it (`reconnecting-websocket`). */
  readonly library: string | undefined
  /** The URL's argument. */
  readonly argument: Place | undefined
  /** What the URL is on a page served over https in production; several when it depends on something unknown. Empty: not readable. */
  readonly urls: readonly SocketUrl[]
  /** Subprotocols: second argument. */
  readonly subprotocols: Place | undefined
  /** What it surely offers, where an array or a text says so: undefined for one that is not literal. */
  readonly offers: readonly (string | undefined)[] | undefined
  /**
   * What every socket of the page is given alike, because the template writes it or the script reads it once while it is loaded: names of
   * parameters of the query, and whether a subprotocol is among them.
   */
  readonly fixed: { readonly query: readonly string[]; readonly subprotocol: boolean }
  readonly reconnect: Reconnect
  /** The codes that its close handlers look for. */
  readonly codes: readonly CloseCode[]
  /** False when nothing in the project refers to the file: it may be dead. */
  readonly referenced: boolean
}

/**
 * `handler`: a close handler opens it again. `use`: what sends through it asks before whether it is open. `none`: nothing does.
 * `unknown`: it leaves our sight (handed to other code).
 */
export type Reconnect =
  | { readonly by: 'library' | 'caller' | 'one-shot' | 'use' | 'unknown' }
  /** `leaves`: it may also load the page anew, or another one. */
  | { readonly by: 'handler'; readonly leaves?: boolean }
  /**
   * `close`: the close handler there is, which does not reopen. `abrupt`: it does after a connection that broke off only, `goodbye`: after a
   * close frame of the server only.
   */
  | {
      readonly by: 'none' | 'abrupt' | 'goodbye'
      readonly close: Place | undefined
      /** All that the page ever sends on it, it sends when it is open. */
      readonly asksOnce: boolean
    }
  /** It is opened again, and the second one hears nothing: only the first one was given the handler of messages at `message`. */
  | { readonly by: 'deaf'; readonly message: Place }
  /** It is opened again so and so often. */
  | { readonly by: 'tries'; readonly tries: BoundedTries }
  /** The page loads itself anew, and opens it again if it is answered; `at`: what does it. */
  | { readonly by: 'reload'; readonly at: Place }
  /** It is opened again by a function that asks `document.currentScript`, which is null once the script has run; `at`: where. */
  | { readonly by: 'script'; readonly at: Place }
  /** It is opened again when the browser was offline and is online again, and else never; `at`: what does it. */
  | { readonly by: 'network'; readonly at: Place }

/** A part of a URL: known text, or something known only in kind. */
export type UrlPart = string | ValueHole
export interface SocketUrl {
  readonly parts: readonly UrlPart[]
  /** Tests nobody can answer here, under which this is the URL; empty: always. */
  readonly when: readonly Condition[]
  /** undefined: not known. A URL relative to the page has the scheme `page`. */
  readonly scheme: 'ws' | 'wss' | 'http' | 'https' | 'page' | 'other' | undefined
  /** Where the scheme is written. */
  readonly schemeAt: Place | undefined
  readonly host: UrlHost
  /** Path with its leading slash, without query and fragment; undefined when it cannot be told apart from the host. */
  readonly path: readonly UrlPart[] | undefined
  readonly pathAt: Place | undefined
  /** Query without `?`; undefined when there is none. */
  readonly query: readonly UrlPart[] | undefined
  /** The edit that puts a slash behind the path. */
  readonly slashed: Edit | undefined
  /** How code where the scheme stands names the page's address: by `window` where `location` is, or may be, something of its own. */
  readonly pageLocation: 'location' | 'window.location'
  /** For `ws`: the edit that makes the scheme follow the page's (its own host) or `wss` (another host). */
  readonly secured: Edit | undefined
}

/**
 * `page`: the page's own host. `own`: the app's, by a name that ALLOWED_HOSTS lists. `local`: loopback or a private or docker name.
 * `literal`: any other host.
 */
export interface UrlHost {
  readonly kind: 'page' | 'own' | 'local' | 'literal' | 'env' | 'unknown'
  /** Text of the host with its port, as far as known. */
  readonly text: string | undefined
  readonly port: string | undefined
  readonly at: Place | undefined
}
