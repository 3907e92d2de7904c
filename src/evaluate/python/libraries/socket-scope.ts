import { bytes, dict, list, text, tuple } from '../constructors.ts'
import type { Visitor } from '../evaluation.ts'
import type { PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { unknownBytes } from '../types/bytes.ts'
import { type DictValue, plain, type Value } from '../value.ts'

/**
 * Keys of the scope of a WebSocket: those of the ASGI specification (HTTP & WebSocket ASGI Message Format 2.5, "WebSocket
 * Connection Scope"), with those that any of daphne 4, uvicorn, hypercorn and granian adds. No server gives `method`.
 */
const keys = [
  'asgi',
  'http_version',
  'scheme',
  'path',
  'raw_path',
  'query_string',
  'root_path',
  'headers',
  'client',
  'server',
  'subprotocols',
  'state',
  'extensions',
] as const

/** What each browser sends with a WebSocket (RFC 6455, 4.1; the `Origin` is of browsers), and what Heroku's router adds. */
const surely = [
  'host',
  'upgrade',
  'connection',
  'origin',
  'user-agent',
  'sec-websocket-key',
  'sec-websocket-version',
  'x-request-id',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-port',
  'via',
  'connect-time',
  'x-request-start',
]

/** What some browsers send, or a page has them send, and what proxies in front of the router add. */
const perhaps = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'pragma',
  'cookie',
  'dnt',
  'priority',
  'referer',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-storage-access',
  'sec-gpc',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'total-route-time',
  'cdn-loop',
  'cf-connecting-ip',
  'cf-ipcountry',
  'cf-ray',
  'cf-visitor',
  'fastly-client-ip',
  'forwarded',
  'true-client-ip',
  'x-amzn-trace-id',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-forwarded-host',
  'x-forwarded-server',
  'x-forwarded-ssl',
  'x-original-forwarded-for',
  'x-real-ip',
]

/** What no page can have sent with a WebSocket, and nothing between it and the dyno adds. Any other header some proxy may. */
export const neverOfBrowsers: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'x-csrf-token',
  'x-csrftoken',
  'x-requested-with',
])

/**
 * The scope of a socket that somebody opens. Its values are unknown, but for what is the same for every one: the path is a text;
 * the query, the names and the values of headers are bytes.
 */
export function socketScope(run: PythonRun, visitor: Visitor): DictValue {
  const { at } = run
  const entry = (key: string, value: Value) => ({ key: text(key, at), value, at })
  const values: Partial<Record<string, Value>> = {
    headers: headers(run, visitor),
    path: run.unknown(notModelled('scope["path"]'), 'str'),
    query_string: unknownBytes(run),
  }
  return dict(
    [
      entry('type', text('websocket', at)),
      ...keys.map((key) => entry(key, values[key] ?? run.unknown(notModelled(`scope["${key}"]`)))),
    ],
    at,
  )
}

function headers(run: PythonRun, visitor: Visitor): Value {
  const { at } = run
  const names = visitor === 'browser' ? [...surely, ...perhaps] : surely
  return list(
    names.map((name) => tuple([bytes(name, at), unknownBytes(run)], at)),
    at,
    visitor === 'any' ? { ...run.unknown(notModelled('scope["headers"]')), keys: 'bytes' } : undefined,
  )
}

/** The same scope with more in it; what stands under a key already is replaced. `open`: it may hold keys nobody can name. */
export function extended(
  run: PythonRun,
  scope: Value | undefined,
  more: Readonly<Record<string, Value>>,
  open = false,
): Value | undefined {
  if (scope?.type !== 'dict') return scope
  const { at } = run
  const kept = scope.entries.flatMap((one) => (Object.hasOwn(more, plain(one.key) ?? '') ? [] : [{ ...one }]))
  const added = Object.entries(more).map(([key, value]) => ({ key: text(key, at), value, at }))
  return dict([...kept, ...added], at, open ? run.unknown(notModelled('scope')) : scope.rest)
}
