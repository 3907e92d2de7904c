import type { App } from '../../../src/app/app.ts'
import { constantName } from '../../../src/app/settings/certificate.ts'
import type { Host, Layer } from '../../../src/app/settings/model.ts'
import { within } from '../../../src/app/settings/redis-client.ts'
import { queryParameter, schemeOf } from '../../../src/app/settings/redis-endpoint.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { type DictEntry, display, plain, type StrValue, type Value } from '../../../src/evaluate/python/value.ts'
import { type LayerClass, layerClass, layerKeys } from '../../../src/knowledge/layers/layers.ts'
import { nearest } from '../../../src/nearest.ts'

/** Something a layer's class or its Redis client refuses or ignores. */
export interface LayerFault {
  readonly kind:
    | 'hosts-string'
    | 'host-shape'
    | 'host-scheme'
    | 'unknown-key'
    | 'newer-key'
    | 'memory-key'
    | 'ignored-key'
    | 'layer-key'
    | 'routing'
    | 'tls-key'
    | 'tls-value'
    | 'tls-enum'
    | 'tls-query'
    | 'tls-plain'
    | 'socket-timeout'
    | 'group-expiry'
    | 'group-expiry-short'
    | 'number-text'
  readonly at: Place
  /** The key or value as written. */
  readonly written: string
  /** What was meant, or the version that is needed. */
  readonly meant: string
  /** The class, shortened, or the client. */
  readonly taker: string
  readonly edits: readonly Edit[] | undefined
}

type Report = (fault: Partial<LayerFault> & Pick<LayerFault, 'kind' | 'at'>) => void

/** Everything wrong with the CONFIG of one layer, given the versions the build installs. */
export function layerFaults(app: App, layer: Layer): LayerFault[] {
  const faults: LayerFault[] = []
  const known = layerClass(layer.backend)
  const taker = layer.backend?.slice(layer.backend.lastIndexOf('.') + 1) ?? 'the layer'
  const report: Report = (fault) => faults.push({ written: '', meant: '', taker, edits: undefined, ...fault })
  ownKeys(layer, report)
  if (known !== undefined) configKeys(app, layer, known, report)
  if (known?.family === 'redis') {
    membership(app, layer, report)
    numbers(layer, report)
  }
  if (known?.family === 'redis' || known?.family === 'redis-pubsub') redisHosts(app, layer, report)
  return faults
}

/**
 * `group_send` of the core layer first drops the members that joined longer ago than `group_expiry` seconds
 * (channels_redis/core.py); the default is a day. Who stays for a minute is no visitor any more.
 */
function membership(app: App, layer: Layer, report: Report): void {
  const entry = layer.config?.entries.find(({ key }) => plain(key) === 'group_expiry')
  const seconds = entry?.value.type === 'int' ? Number(entry.value.value) : undefined
  if (entry === undefined || seconds === undefined || seconds >= 600) return
  const written = sourceText(app.tree, entry.value.at) ?? String(seconds)
  report({ kind: seconds < 60 ? 'group-expiry' : 'group-expiry-short', at: entry.key.at, written })
}

/**
 * A text where the core layer counts: `asyncio.Queue(capacity)` for who receives, `int(time.time()) - group_expiry` for who sends to a
 * group (channels_redis/core.py of 2.4.2 to 4.3.0). `expiry` goes through int().
 */
function numbers(layer: Layer, report: Report): void {
  for (const { key, value } of layer.config?.entries ?? []) {
    const name = plain(key)
    if ((name !== 'capacity' && name !== 'group_expiry') || value.type !== 'str') continue
    report({ kind: 'number-text', at: key.at, written: name })
  }
}

/** Keys beside BACKEND and CONFIG: `channels.layers` reads no others. */
function ownKeys(layer: Layer, report: Report): void {
  for (const entry of layer.dict.entries) {
    const name = plain(entry.key)
    if (name === undefined || layerKeys.includes(name)) continue
    const kind = name === 'ROUTING' ? 'routing' : 'layer-key'
    report({ kind, at: entry.key.at, written: name, meant: nearest(name, layerKeys) ?? 'CONFIG' })
  }
}

function configKeys(app: App, layer: Layer, known: LayerClass, report: Report): void {
  for (const entry of layer.config?.entries ?? []) {
    const written = plain(entry.key)
    if (written === undefined) continue
    const key = known.keys.find(({ name }) => name === written)
    const at = entry.key.at
    if (key?.since !== undefined && atLeast(app.dependencies, known.distribution, key.since) === false) {
      report({ kind: known.unknownKeys === 'raises' ? 'newer-key' : 'ignored-key', at, written, meant: key.since })
    }
    if (key !== undefined || (known.keys.length === 0 && known.unknownKeys === 'ignored')) continue
    if (known.unknownKeys === 'ignored') report({ kind: 'ignored-key', at, written })
    else if (known.family === 'memory') report({ kind: 'memory-key', at, written })
    else if (/ssl|tls|cert|CONNECTION_POOL_KWARGS/i.test(written)) report({ kind: 'tls-key', at, written })
    else
      report({
        kind: 'unknown-key',
        at,
        written,
        meant:
          nearest(
            written,
            known.keys.map(({ name }) => name),
          ) ?? '',
      })
  }
}

function redisHosts(app: App, layer: Layer, report: Report): void {
  const value = layer.hostsValue
  const hostsAt = layer.hostsAt ?? layer.at
  if (value?.type === 'str' || value?.type === 'bytes') {
    const text = sourceText(app.tree, value.at)
    const edits = within(value.at, hostsAt) && text !== undefined ? [{ ...value.at, text: `[${text}]` }] : undefined
    report({ kind: 'hosts-string', at: placed(value, hostsAt), edits })
  }
  for (const host of layer.hosts ?? []) {
    const at = placed(host.value, hostsAt)
    hostFaults(app, host, at, report)
    if (layerClass(layer.backend)?.family === 'redis') impatience(app, host, at, report)
  }
}

/** Seconds for which the core layer blocks in Redis until a message comes (brpop_timeout in channels_redis/core.py). */
const LAYER_WAITS = 5

/** The client gives up reading before the layer's own wait is over. */
function impatience(app: App, host: Host, at: Place, report: Report): void {
  const entries = host.value.type === 'dict' ? host.value.entries : []
  const entry = entries.find(({ key }) => plain(key) === 'socket_timeout')
  if (entry !== undefined && atLeast(app.dependencies, 'channels-redis', '4.1.0') === true) {
    const { value } = entry
    const seconds = value.type === 'int' || value.type === 'float' ? Number(value.value) : undefined
    if (seconds === undefined || seconds > LAYER_WAITS) return
    const written = sourceText(app.tree, value.at) ?? String(seconds)
    report({ kind: 'socket-timeout', at: entry.key.at.file === at.file ? entry.key.at : at, written })
    return
  }
  const query = host.url && queryParameter(host.url, 'socket_timeout')
  if (query === undefined || !/^\d+(\.\d*)?$/.test(query) || Number(query) > LAYER_WAITS) return
  if (atLeast(app.dependencies, 'channels-redis', '4.0.0') === true)
    report({ kind: 'socket-timeout', at, written: query })
}

function placed(value: Value, outer: Place): Place {
  return within(value.at, outer) ? value.at : outer
}

function hostFaults(app: App, host: Host, at: Place, report: Report): void {
  const modern = atLeast(app.dependencies, 'channels-redis', '4.0.0')
  if (host.value.type === 'set' || host.value.type === 'int') {
    report({ kind: 'host-shape', at, written: sourceText(app.tree, host.value.at) ?? '' })
  }
  if (host.url !== undefined) urlFaults(app, host.url, at, modern === true, report)
  if (host.kind === 'dict') optionFaults(app, host, at, report)
}

const SCHEMES = ['redis', 'rediss', 'unix']

function urlFaults(app: App, url: StrValue, at: Place, modern: boolean, report: Report): void {
  const scheme = schemeOf(url)
  const text = plain(url)
  if (scheme === undefined ? text !== undefined && text !== '' : !SCHEMES.includes(scheme)) {
    if (modern) report({ kind: 'host-scheme', at, written: display(url), meant: `redis://${text ?? '…'}` })
  }
  const query = queryParameter(url, 'ssl_cert_reqs')
  if (modern && query !== undefined && query !== '?' && !/^(none|optional|required)$/.test(query)) {
    report({ kind: 'tls-query', at, written: `ssl_cert_reqs=${query}`, edits: queryEdit(app, url, query) })
  }
}

function queryEdit(app: App, url: StrValue, query: string): readonly Edit[] | undefined {
  const text = sourceText(app.tree, url.at)
  const from = text?.indexOf(`ssl_cert_reqs=${query}`) ?? -1
  if (from < 0 || !/^(None|NONE|CERT_NONE)$/.test(query)) return undefined
  const start = url.at.span.start + from + 'ssl_cert_reqs='.length
  return [{ file: url.at.file, span: { start, end: start + query.length }, text: 'none' }]
}

function optionFaults(app: App, host: Host, at: Place, report: Report): void {
  const { dependencies } = app
  const modern = atLeast(dependencies, 'channels-redis', '4.1.0')
  const entries = host.value.type === 'dict' ? host.value.entries : []
  const place = (entry: DictEntry) => (within(entry.key.at, at) || entry.key.at.file === at.file ? entry.key.at : at)
  for (const entry of entries) {
    const name = plain(entry.key)
    if (atLeast(dependencies, 'channels-redis', '4.0.0') === false) {
      if (name?.startsWith('ssl_')) report({ kind: 'tls-key', at: place(entry), written: name, taker: 'aioredis' })
      continue
    }
    if (modern !== true) continue
    if (name === 'ssl') report({ kind: 'tls-key', at: place(entry), written: name, taker: 'redis-py' })
    if (name === 'ssl_cert_reqs') certReqs(app, host, entry, place(entry), report)
  }
}

function certReqs(app: App, host: Host, entry: DictEntry, at: Place, report: Report): void {
  const { value } = entry
  const text = plain(value)
  if (text !== undefined && !/^(none|optional|required)$/.test(text)) {
    const node = expressionAt(app.tree, value.at)
    const edits = node?.kind === 'Constant' && /none/i.test(text) ? [{ ...value.at, text: 'None' }] : undefined
    report({ kind: 'tls-value', at: value.at.file === at.file ? value.at : at, written: text, edits })
  }
  if (constantName(value) === 'CERT_NONE' && atLeast(app.dependencies, 'redis', '6.0.0') === false) {
    const node = expressionAt(app.tree, value.at)
    const edits = node?.kind === 'Attribute' || node?.kind === 'Name' ? [{ ...value.at, text: 'None' }] : undefined
    report({ kind: 'tls-enum', at: value.at.file === at.file ? value.at : at, written: 'ssl.CERT_NONE', edits })
  }
  const scheme = host.url && schemeOf(host.url)
  if (scheme === 'redis' || scheme === 'unix')
    report({ kind: 'tls-plain', at, written: 'ssl_cert_reqs', meant: `${scheme}://` })
}
