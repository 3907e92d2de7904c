import type { App } from '../../../src/app/app.ts'
import { constantName } from '../../../src/app/settings/certificate.ts'
import { defaultLayerUses, sends } from '../../../src/app/settings/channels.ts'
import { askable, valuePlace, withoutEntry } from '../../../src/app/settings/dict-edits.ts'
import type { Host, Layer } from '../../../src/app/settings/model.ts'
import { within } from '../../../src/app/settings/redis-client.ts'
import { queryParameter, schemeOf } from '../../../src/app/settings/redis-endpoint.ts'
import { expressionAt, quoteAt, sourceText } from '../../../src/app/settings/source-text.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import {
  type DictEntry,
  display,
  itemsOf,
  ownerOf,
  plain,
  type StrValue,
  type Value,
} from '../../../src/evaluate/python/value.ts'
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
    | 'own-key'
    | 'own-prefix'
    | 'own-prefix-of-dyno'
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
  ownKeys(app, layer, report)
  if (known !== undefined) configKeys(app, layer, known, report)
  if (known?.family === 'redis') {
    membership(app, layer, report)
    numbers(app, layer, report)
  }
  if (known?.family === 'redis' || known?.family === 'redis-pubsub') {
    redisHosts(app, layer, report)
    ownNames(app, layer, report)
  }
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
  report({
    kind: seconds < 60 ? 'group-expiry' : 'group-expiry-short',
    at: entry.key.at,
    written,
    edits: one(withoutEntry(app.tree, entry.key.at)),
  })
}

/**
 * A text where the core layer counts: `asyncio.Queue(capacity)` for who receives, `int(time.time()) - group_expiry` for who sends to a
 * group (channels_redis/core.py of 2.4.2 to 4.3.0). `expiry` goes through int().
 */
function numbers(app: App, layer: Layer, report: Report): void {
  for (const { key, value } of layer.config?.entries ?? []) {
    const name = plain(key)
    if ((name !== 'capacity' && name !== 'group_expiry') || value.type !== 'str') continue
    report({ kind: 'number-text', at: key.at, written: name, edits: asNumber(app, key.at) })
  }
}

/**
 * A prefix or a key that other processes do not have. All names of the layer in Redis begin with `prefix`; what is sent is encrypted
 * with the first key, and `MultiFernet.decrypt` raises InvalidToken for what none of the receiver's own opens (channels_redis core.py
 * and pubsub.py). Where nothing is sent nobody misses it.
 */
function ownNames(app: App, layer: Layer, report: Report): void {
  if (!defaultLayerUses(app).some(sends)) return
  for (const { key, value } of layer.config?.entries ?? []) {
    const name = plain(key)
    const whose = name === 'prefix' ? ownerOf(value) : undefined
    if (whose !== undefined)
      report({
        kind: whose === 'dyno' ? 'own-prefix-of-dyno' : 'own-prefix',
        at: key.at,
        written: 'prefix',
        edits: one(withoutEntry(app.tree, key.at)),
      })
    if (name === 'symmetric_encryption_keys' && ownerOf(itemsOf(value)?.[0]) !== undefined)
      report({ kind: 'own-key', at: key.at, written: name })
  }
}

/** Keys beside BACKEND and CONFIG: `channels.layers` reads no others. */
function ownKeys(app: App, layer: Layer, report: Report): void {
  for (const entry of layer.dict.entries) {
    const name = plain(entry.key)
    if (name === undefined || layerKeys.includes(name)) continue
    const kind = name === 'ROUTING' ? 'routing' : 'layer-key'
    const edits = one(withoutEntry(app.tree, entry.key.at))
    report({ kind, at: entry.key.at, written: name, meant: nearest(name, layerKeys) ?? 'CONFIG', edits })
  }
}

function configKeys(app: App, layer: Layer, known: LayerClass, report: Report): void {
  for (const entry of layer.config?.entries ?? []) {
    const written = plain(entry.key)
    if (written === undefined) continue
    const key = known.keys.find(({ name }) => name === written)
    const at = entry.key.at
    const edits = one(withoutEntry(app.tree, at))
    if (key?.since !== undefined && atLeast(app.dependencies, known.distribution, key.since) === false) {
      report({
        kind: known.unknownKeys === 'raises' ? 'newer-key' : 'ignored-key',
        at,
        written,
        meant: key.since,
        edits,
      })
    }
    if (key !== undefined || (known.keys.length === 0 && known.unknownKeys === 'ignored')) continue
    if (known.unknownKeys === 'ignored') report({ kind: 'ignored-key', at, written, edits })
    else if (known.family === 'memory') report({ kind: 'memory-key', at, written, edits })
    else if (/ssl|tls|cert|CONNECTION_POOL_KWARGS/i.test(written)) report({ kind: 'tls-key', at, written, edits })
    else
      report({
        kind: 'unknown-key',
        at,
        written,
        edits,
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
    const isHere = within(value.at, hostsAt) && text !== undefined
    const edits = isHere ? [{ ...value.at, text: `[${text}]` }] : inList(app, layer)
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
    const place = entry.key.at.file === at.file ? entry.key.at : at
    report({ kind: 'socket-timeout', at: place, written, edits: longer(app, value.at, written) })
    return
  }
  const query = host.url && queryParameter(host.url, 'socket_timeout')
  if (query === undefined || !/^\d+(\.\d*)?$/.test(query) || Number(query) > LAYER_WAITS) return
  if (atLeast(app.dependencies, 'channels-redis', '4.0.0') === true)
    report({ kind: 'socket-timeout', at, written: query, edits: longerInUrl(app, host, query) })
}

function placed(value: Value, outer: Place): Place {
  return within(value.at, outer) ? value.at : outer
}

function hostFaults(app: App, host: Host, at: Place, report: Report): void {
  const modern = atLeast(app.dependencies, 'channels-redis', '4.0.0')
  if (host.value.type === 'set' || host.value.type === 'int') {
    const written = sourceText(app.tree, host.value.at) ?? ''
    report({ kind: 'host-shape', at, written, edits: asTuple(app, host) })
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
  const without = (entry: DictEntry) => one(withoutEntry(app.tree, entry.key.at))
  for (const entry of entries) {
    const name = plain(entry.key)
    if (atLeast(dependencies, 'channels-redis', '4.0.0') === false) {
      if (name?.startsWith('ssl_'))
        report({ kind: 'tls-key', at: place(entry), written: name, taker: 'aioredis', edits: without(entry) })
      continue
    }
    if (modern !== true) continue
    if (name === 'ssl')
      report({ kind: 'tls-key', at: place(entry), written: name, taker: 'redis-py', edits: without(entry) })
    if (name === 'ssl_cert_reqs') certReqs(app, host, entry, place(entry), report)
  }
}

const one = (edit: Edit | undefined): readonly Edit[] | undefined => edit && [edit]

/** The value of the entry in `int()`. */
function asNumber(app: App, key: Place): readonly Edit[] | undefined {
  const at = valuePlace(app.tree, key)
  const text = at && sourceText(app.tree, at)
  return at === undefined || text === undefined ? undefined : [{ ...at, text: `int(${text})` }]
}

/** What `hosts` is, in a list. */
function inList(app: App, { hostsAt, config }: Layer): readonly Edit[] | undefined {
  const key = config?.entries.find((entry) => plain(entry.key) === 'hosts')?.key.at
  const at = (key && valuePlace(app.tree, key)) ?? hostsAt
  const text = at && expressionAt(app.tree, at) && sourceText(app.tree, at)
  return at === undefined || text === undefined ? undefined : [{ ...at, text: `[${text}]` }]
}

/** A set of two that is written as host and port becomes a tuple. */
function asTuple(app: App, { value }: Host): readonly Edit[] | undefined {
  const node = expressionAt(app.tree, value.at)
  const text = sourceText(app.tree, value.at)
  if (node?.kind !== 'Set' || node.elts.length !== 2 || text === undefined) return undefined
  return [{ ...value.at, text: `(${text.slice(1, -1)})` }]
}

const longer = (app: App, at: Place, written: string): readonly Edit[] | undefined =>
  expressionAt(app.tree, at)?.kind === 'Constant' && sourceText(app.tree, at) === written
    ? [{ ...at, text: '30' }]
    : undefined

/** The time-out in the URL, where a literal says it. */
function longerInUrl(app: App, { address, value }: Host, seconds: string): readonly Edit[] | undefined {
  const { file, span } = (address ?? value).at
  const text = sourceText(app.tree, { file, span }) ?? ''
  const from = text.indexOf(`socket_timeout=${seconds}`)
  if (from < 0) return undefined
  const start = span.start + from + 'socket_timeout='.length
  return [{ file, span: { start, end: start + seconds.length }, text: '30' }]
}

/** The option only where the URL is one of TLS; without it where the URL cannot be asked. */
function onlyOverTls(app: App, { value }: Host, entry: DictEntry): Edit | undefined {
  const address = value.type === 'dict' ? value.entries.find(({ key }) => plain(key) === 'address') : undefined
  const url = askable(app.tree, address && valuePlace(app.tree, address.key.at))
  const at = valuePlace(app.tree, entry.key.at)
  const written = at && sourceText(app.tree, at)
  if (url === undefined || at === undefined || written === undefined) return withoutEntry(app.tree, entry.key.at)
  const q = quoteAt(app.tree, entry.key.at)
  const span = { start: entry.key.at.span.start, end: at.span.end }
  const option = `${sourceText(app.tree, entry.key.at)}: ${written}`
  return { file: at.file, span, text: `**({${option}} if ${url}.startswith(${q}rediss://${q}) else {})` }
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
    report({
      kind: 'tls-plain',
      at,
      written: 'ssl_cert_reqs',
      meant: `${scheme}://`,
      edits: one(onlyOverTls(app, host, entry)),
    })
}
