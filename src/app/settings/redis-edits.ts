import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { plain } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { askable, valuePlace, withEntry } from './dict-edits.ts'
import type { Host, Layer, RedisClient } from './model.ts'
import { elementPlaces, expressionAt, lineAfter, outerEnd, quoteAt, sourceText } from './source-text.ts'
import { atLeast } from './versions.ts'

/** A change of a place's text. */
export function replace({ file, span }: Place, text: string): Edit {
  return { file, span, text }
}

/** Edits that turn a layer's dict into a Redis layer; undefined when channels-redis is not installed or `os` is not imported there. */
export function redisLayerEdit(app: App, layer: Layer): readonly Edit[] | undefined {
  const { dependencies, settings } = app
  if (atLeast(dependencies, 'channels-redis', '4.1.0') !== true || expressionAt(app.tree, layer.at)?.kind !== 'Dict')
    return undefined
  if (settings.file !== layer.at.file || settings.get('os') === undefined) return undefined
  const text = redisLayerText(sourceIndent(app, layer.at), redisVariable(app))
  return [replace(layer.at, quoted(app, layer, text))]
}

function redisLayerText(indent: string, variable: string): string {
  return [
    '{',
    `${indent}    'BACKEND': 'channels_redis.core.RedisChannelLayer',`,
    `${indent}    'CONFIG': {'hosts': [{'address': os.environ['${variable}'], 'ssl_cert_reqs': None}]},`,
    `${indent}}`,
  ].join('\n')
}

/** The config var that the app's Redis add-on sets. */
export function redisVariable(app: App): string {
  return app.environment.redisVariables[0] ?? 'REDIS_URL'
}

function sourceIndent(app: App, place: Place): string {
  return lineAfter(app.tree, place.file, place.span.start)?.indent ?? ''
}

/**
 * Makes one host of a layer connect without checking the certificate, and only when its URL is `rediss://`. Undefined when
 * the host is not written as an element of a list, or the layer's version takes no such option.
 */
export function uncheckedHostEdit(app: App, layer: Layer, host: Host): readonly Edit[] | undefined {
  if (atLeast(app.dependencies, 'channels-redis', '4.1.0') !== true) return undefined
  if (host.kind === 'dict') return uncheckedDict(app, layer, host)
  if (host.kind !== 'url') return undefined
  const element = elementOf(app, layer, host)
  const text = element && sourceText(app.tree, element)
  if (element === undefined || text === undefined || text.includes('\n')) return undefined
  const quote = layer.backendValue === undefined ? "'" : quoteAt(app.tree, layer.backendValue.at)
  const q = (word: string) => `${quote}${word}${quote}`
  const kind = expressionAt(app.tree, element)?.kind
  // Whatever may be a URL without TLS on another machine: its connection takes no such option.
  const isSecure = kind === 'Constant' && /^.?rediss:/.test(text)
  const url = kind === 'Name' || kind === 'Attribute' || kind === 'Subscript' ? text : `str(${text})`
  const option = isSecure
    ? `${q('ssl_cert_reqs')}: None`
    : `**({${q('ssl_cert_reqs')}: None} if ${url}.startswith(${q('rediss://')}) else {})`
  return [replace(element, `{${q('address')}: ${text}, ${option}}`)]
}

/** The same for a host that is a dict, written there or by the name of one. */
function uncheckedDict(app: App, layer: Layer, host: Host): readonly Edit[] | undefined {
  const element = elementOf(app, layer, host)
  const node = element && expressionAt(app.tree, element)
  const q = layer.backendValue === undefined ? "'" : quoteAt(app.tree, layer.backendValue.at)
  const option = (url: string) => `**({${q}ssl_cert_reqs${q}: None} if ${url}.startswith(${q}rediss://${q}) else {})`
  if (element === undefined || host.open || host.options.has('ssl_cert_reqs')) return undefined
  if (node?.kind === 'Name') return [replace(element, `{**${node.id}, ${option(`${node.id}[${q}address${q}]`)}}`)]
  const last = node?.kind === 'Dict' ? node.values.at(-1) : undefined
  const address =
    host.value.type === 'dict' ? host.value.entries.find(({ key }) => plain(key) === 'address') : undefined
  const url = askable(app.tree, address && valuePlace(app.tree, address.key.at))
  if (last === undefined || url === undefined) return undefined
  const source = readText(app.tree, element.file)?.text ?? ''
  const end = outerEnd(source, last, element.span.end - 1)
  return [{ file: element.file, span: { start: end, end }, text: `, ${option(url)}` }]
}

/** Where a host stands in the list of hosts as written. */
export function elementOf(app: App, layer: Layer, host: Host): Place | undefined {
  if (layer.hostsValue === undefined || layer.hosts === undefined) return undefined
  const places = elementPlaces(app.tree, layer.hostsValue.at)
  return places?.length === layer.hosts.length ? places[layer.hosts.indexOf(host)] : undefined
}

/** Makes a host of a layer the URL of the app's Redis add-on, when it is written as an element of a list and holds on every path. */
export function addonHostEdit(app: App, { host, layer: alternative, when }: RedisClient): readonly Edit[] | undefined {
  const layer = alternative?.layer
  if (layer !== undefined && host === undefined && when.length === 0) return addonHosts(app, layer)
  if (host === undefined || layer === undefined || when.length > 0) return undefined
  const element = elementOf(app, layer, host)
  if (element === undefined || element.file !== app.settings.file || app.settings.get('os') === undefined)
    return undefined
  if (atLeast(app.dependencies, 'channels-redis', '4.1.0') !== true) return undefined
  const text = `{'address': os.environ['${redisVariable(app)}'], 'ssl_cert_reqs': None}`
  return [replace(element, quoted(app, layer, text))]
}

/** A setting that is the URL of a Redis, written as a text, becomes the URL of the app's add-on. */
export function addonUrlEdit(app: App, { at, when }: RedisClient): readonly Edit[] | undefined {
  if (when.length > 0 || at.file !== app.settings.file || app.settings.get('os') === undefined) return undefined
  if (expressionAt(app.tree, at)?.kind !== 'Constant') return undefined
  const q = quoteAt(app.tree, at)
  const written = sourceText(app.tree, at)
  return [replace(at, `os.environ.get(${q}${redisVariable(app)}${q}, ${written})`)]
}

/** Hosts for a layer that names none. */
function addonHosts(app: App, layer: Layer): readonly Edit[] | undefined {
  if (atLeast(app.dependencies, 'channels-redis', '4.1.0') !== true || app.settings.get('os') === undefined)
    return undefined
  if (layer.at.file !== app.settings.file) return undefined
  const hosts = `[{'address': os.environ['${redisVariable(app)}'], 'ssl_cert_reqs': None}]`
  const edit =
    layer.configValue === undefined
      ? withEntry(app.tree, layer.at, 'CONFIG', `{'hosts': ${hosts}}`)
      : layer.config && withEntry(app.tree, layer.config.at, 'hosts', hosts)
  return edit && [edit]
}

/** A text with the quotes that the layer is written with. */
function quoted(app: App, layer: Layer, text: string): string {
  return layer.backendAt !== undefined && quoteAt(app.tree, layer.backendAt) === '"' ? text.replaceAll("'", '"') : text
}
