import type { App } from '../../../src/app/app.ts'
import { replacementVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import { askable, entryAt, valuePlace, withEntry } from '../../../src/app/settings/dict-edits.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import { attachedAs, type OtherRedis, otherRedis } from '../../../src/app/settings/other-redis.ts'
import { toldOfClients, within } from '../../../src/app/settings/redis-client.ts'
import { elementOf, uncheckedHostEdit } from '../../../src/app/settings/redis-edits.ts'
import { isRedisVariable } from '../../../src/app/settings/redis-endpoint.ts'
import { silentFallbacks } from '../../../src/app/settings/silent-fallbacks.ts'
import { lineAfter, quoteAt, usualQuote } from '../../../src/app/settings/source-text.ts'
import { bySetting } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { addonFacts } from '../../../src/knowledge/addons.ts'
import type { Call, Expression } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** A client that checks the certificate of Heroku's Redis. */
export interface Verifying {
  readonly client: RedisClient
  /** The library that connects. */
  readonly name: string
  readonly when: readonly Condition[]
  /** Set where the project shows another Redis, so that an add-on is less than sure; reads after "when". */
  readonly attached: Text | undefined
  readonly other: OtherRedis | undefined
  /** How this client is told not to check, to end a sentence with. */
  readonly remedy: Text
  readonly edits: readonly Edit[] | undefined
}

/** Clients to which the `rediss://` URL of heroku-redis surely comes, and which check its certificate. */
export function verifyingClients(app: App): Verifying[] {
  if (!app.environment.hasHerokuRedis) return []
  const other = otherRedis(app)
  return bySetting(app.settings.redisClients).flatMap((clients): Verifying[] => {
    if (clients[0]?.consumer === 'layer' && !modernChannels(app)) return []
    const found = toldOfClients(app.inquiry, clients, (client) => verifies(app, client))
    if (found === undefined) return []
    const [client] = found.where
    return [
      {
        client,
        name: libraryOf(app, client),
        when: found.when,
        attached: other === undefined ? undefined : attachedAs(client.target.name),
        other,
        remedy: remedyOf(app, client),
        edits: editsOf(app, client),
      },
    ]
  })
}

/** Whether sockets are what suffers first: a client in a consumer's module, or one whose failure makes the settings take another layer. */
export function speaksForSockets(app: App, { at }: RedisClient): boolean {
  const asks = silentFallbacks(app).some((fallback) => fallback.at.file === at.file && within(at, fallback.at))
  return asks || app.asgi.consumers.some(({ file }) => file === at.file)
}

function verifies(app: App, { endpoint, target, certificate }: RedisClient): boolean | undefined {
  if (endpoint.kind === 'url' && isElsewhere(target)) return false
  if (endpoint.kind === 'undetermined' || certificate === 'undetermined') return undefined
  return endpoint.kind === 'url' && endpoint.scheme === 'rediss' && certificate === 'checked' && selfSigned(app, target)
}

/** No Redis of an add-on, whatever it shows. A variable that add-ons set, or once did, may hold one all the same. */
function isElsewhere({ kind, name }: RedisClient['target']): boolean {
  return kind === 'variable' ? !isRedisVariable(name) : kind !== 'addon' && kind !== 'undetermined'
}

/** heroku-redis signs its certificates itself; other add-ons show ones that any client accepts. */
function selfSigned(app: App, { kind, name }: RedisClient['target']): boolean {
  const other = addonFacts.find(({ service, variables }) => service !== 'heroku-redis' && variables.includes(name))
  return kind === 'addon' && app.environment.hasHerokuRedis && other === undefined
}

function libraryOf(app: App, { consumer }: RedisClient): string {
  const names: Partial<Record<RedisClient['consumer'], string>> = {
    layer: atLeast(app.dependencies, 'channels-redis', '4.0.0') ? 'channels_redis' : 'channels_redis/aioredis',
    'django-cache': 'Django RedisCache',
    'django-redis': 'django-redis',
    'django-redis-cache': 'django-redis-cache',
    rq: 'django-rq',
    huey: 'huey',
    dramatiq: 'dramatiq',
  }
  return names[consumer] ?? 'redis-py'
}

function remedyOf(app: App, client: RedisClient): Text {
  const { consumer, setting } = client
  const channelsRedis = (version: string) => atLeast(app.dependencies, 'channels-redis', version) === true
  const url = urlOf(app, client)
  switch (consumer) {
    case 'layer':
      if (channelsRedis('4.1.0')) {
        return {
          en: `with a rediss:// URL, \`"hosts": [{"address": ${url}, "ssl_cert_reqs": None}]\``,
          fr: `avec une URL rediss://, \`"hosts": [{"address": ${url}, "ssl_cert_reqs": None}]\``,
        }
      }
      if (channelsRedis('4.0.0')) {
        return {
          en: 'append `?ssl_cert_reqs=none` to the URL (channels_redis 4.0.0 drops every other key), or use channels_redis 4.1 or later',
          fr: 'ajoutez `?ssl_cert_reqs=none` à l’URL (channels_redis 4.0.0 ignore toute autre clé), ou passez à channels_redis 4.1 ou plus',
        }
      }
      return {
        en: `\`{"address": ${url}, "ssl": context}\` with an SSLContext whose check_hostname is False and verify_mode CERT_NONE; or use channels_redis 4.1 or later and write \`{"address": ${url}, "ssl_cert_reqs": None}\` when the URL is rediss://`,
        fr: `\`{"address": ${url}, "ssl": context}\` avec un SSLContext dont check_hostname vaut False et verify_mode CERT_NONE ; ou passez à channels_redis 4.1 ou plus et écrivez \`{"address": ${url}, "ssl_cert_reqs": None}\` quand l’URL est en rediss://`,
      }
    case 'django-cache':
      return same('`"OPTIONS": {"ssl_cert_reqs": None}`')
    case 'django-redis':
      return same('`"OPTIONS": {"CONNECTION_POOL_KWARGS": {"ssl_cert_reqs": None}}`')
    case 'django-redis-cache':
      return same('`"OPTIONS": {"CONNECTION_POOL_CLASS_KWARGS": {"ssl_cert_reqs": None}}`')
    case 'celery-backend':
    case 'celery-broker':
      return same(`\`${celeryOption(setting, consumer)} = {"ssl_cert_reqs": ssl.CERT_NONE}\``)
    case 'rq':
      return same('`"SSL_CERT_REQS": None`')
    default:
      return same('`?ssl_cert_reqs=none`')
  }
}

/** The URL of a layer's host as the project writes it, where that is a name or an item, else as any module can read it. */
function urlOf(app: App, { host, layer, target }: RedisClient): string {
  const element = host?.kind === 'url' && layer?.layer ? elementOf(app, layer.layer, host) : undefined
  return askable(app.tree, element) ?? `os.environ["${target.name}"]`
}

/** The setting beside the one of the URL, under the same prefix and in the same letters. */
function celeryOption(setting: string, consumer: 'celery-backend' | 'celery-broker'): string {
  const [url, option] =
    consumer === 'celery-broker'
      ? (['BROKER_URL', 'BROKER_USE_SSL'] as const)
      : (['RESULT_BACKEND', 'REDIS_BACKEND_USE_SSL'] as const)
  if (setting.endsWith(url)) return `${setting.slice(0, -url.length)}${option}`
  if (setting.endsWith(url.toLowerCase())) return `${setting.slice(0, -url.length)}${option.toLowerCase()}`
  return option.toLowerCase()
}

function same(text: string): Text {
  return { en: text, fr: text }
}

/** How a dict of a cache is told, inside its OPTIONS. */
const cacheOptions: Partial<Record<RedisClient['consumer'], string>> = {
  'django-cache': "{'ssl_cert_reqs': None}",
  'django-redis': "{'CONNECTION_POOL_KWARGS': {'ssl_cert_reqs': None}}",
  'django-redis-cache': "{'CONNECTION_POOL_CLASS_KWARGS': {'ssl_cert_reqs': None}}",
}

function editsOf(app: App, client: RedisClient): readonly Edit[] | undefined {
  const { consumer } = client
  if (consumer === 'layer') {
    const layer = client.layer?.layer
    const host = layer && client.host && uncheckedHostEdit(app, layer, client.host)
    return host ?? (client.host?.options.has('ssl_cert_reqs') === true ? newerLayer(app) : undefined)
  }
  const options = cacheOptions[consumer]
  if (options !== undefined) return cacheEdit(app, client, options)
  if (consumer === 'celery-broker' || consumer === 'celery-backend') return celeryEdits(app, client)
  return consumer === 'redis-py' ? callEdit(app, client) : undefined
}

/** A release of the layer that hands its options on. */
function newerLayer(app: App): readonly Edit[] | undefined {
  if (atLeast(app.dependencies, 'channels-redis', '4.1.0') !== false) return undefined
  const version = replacementVersion(app, 'channels-redis')
  const [line] = app.dependencies.declared('channels-redis')
  const edit = line === undefined || version === undefined ? undefined : pinEdit(app, line, version)
  return edit && [edit]
}

/** OPTIONS of a cache, only where its URL is one of TLS: a plain connection takes none. */
function cacheEdit(app: App, { at }: RedisClient, options: string): readonly Edit[] | undefined {
  const entry = entryAt(app.tree, at)
  const url = askable(app.tree, entry && valuePlace(app.tree, at))
  if (entry === undefined || url === undefined) return undefined
  const there = entry.dict.keys.findIndex(
    (key) => key?.kind === 'Constant' && 'value' in key.value && key.value.value === 'OPTIONS',
  )
  const when = (value: string) => `${value} if ${url}.startswith('rediss://') else {}`
  if (there === -1) return single(withEntry(app.tree, at, 'OPTIONS', when(options)))
  const value = entry.dict.values[there]
  if (value?.kind !== 'Dict') return undefined
  const inner = /^\{'(\w+)': (\{.*\})\}$/.exec(options)
  const [, key, wanted] = inner ?? []
  if (key === undefined || wanted === undefined) return undefined
  return single(
    withEntry(app.tree, { file: at.file, span: { start: value.start + 1, end: value.start + 1 } }, key, when(wanted)),
  )
}

/** The client is made by a call: one more keyword, only where the URL is one of TLS. */
function callEdit(app: App, { at }: RedisClient): readonly Edit[] | undefined {
  let call: Call | undefined
  eachNode(parseFile(app.tree, at.file)?.module.body, (node) => {
    if (node.end < at.span.start || node.start > at.span.end) return false
    const isThere = ({ start, end }: Expression) => start === at.span.start && end === at.span.end
    if (node.kind === 'Call' && [node, ...node.args].some(isThere)) call ??= node
    return true
  })
  const [first] = call?.args ?? []
  const url = askable(app.tree, first && { file: at.file, span: { start: first.start, end: first.end } })
  const lastArgument = call && [...call.args, ...call.keywords].reduce((a, b) => (a.end > b.end ? a : b))
  if (url === undefined || lastArgument === undefined) return undefined
  const q = usualQuote(app.tree, at.file)
  const text = `, **({${q}ssl_cert_reqs${q}: None} if ${url}.startswith(${q}rediss://${q}) else {})`
  return [{ file: at.file, span: { start: lastArgument.end, end: lastArgument.end }, text }]
}

const single = (edit: Edit | undefined): readonly Edit[] | undefined => edit && [edit]

/** The setting beside the URL that tells Celery how to speak TLS. */
function celeryEdits(app: App, client: RedisClient): readonly Edit[] | undefined {
  const [url, options] =
    client.consumer === 'celery-backend'
      ? ['CELERY_RESULT_BACKEND', 'CELERY_REDIS_BACKEND_USE_SSL']
      : ['CELERY_BROKER_URL', 'CELERY_BROKER_USE_SSL']
  if (client.setting !== url) return undefined
  const there = app.settings.get(options)?.alternatives ?? []
  const [set] = there.map(({ value }) => value)
  if (set !== undefined) {
    const entry =
      there.length === 1 && set.type === 'dict'
        ? set.entries.find(({ key }) => plain(key) === 'ssl_cert_reqs')
        : undefined
    const at = entry && valuePlace(app.tree, entry.key.at)
    return at && [{ ...at, text: 'None' }]
  }
  const { file, span } = client.assignment
  const line = lineAfter(app.tree, file, span.end)
  if (line === undefined) return undefined
  const q = quoteAt(app.tree, client.at)
  const text = [
    `${line.indent}if ${client.setting}.startswith(${q}rediss://${q}):\n`,
    `${line.indent}    ${options} = {${q}ssl_cert_reqs${q}: ${q}none${q}}\n`,
  ].join('')
  return [line.insert(text)]
}
