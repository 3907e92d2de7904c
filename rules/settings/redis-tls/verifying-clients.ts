import type { App } from '../../../src/app/app.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import { unknownClient, within } from '../../../src/app/settings/redis-client.ts'
import { uncheckedHostEdit } from '../../../src/app/settings/redis-edits.ts'
import { endpointOf, targetOf } from '../../../src/app/settings/redis-endpoint.ts'
import { silentFallbacks } from '../../../src/app/settings/silent-fallbacks.ts'
import { lineAfter, quoteAt } from '../../../src/app/settings/source-text.ts'
import { bySetting, told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { withoutAddon } from '../../../src/app/settings/without-addon.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { addonFacts } from '../../../src/knowledge/addons.ts'

/** A client that checks the certificate of Heroku's Redis. */
export interface Verifying {
  readonly client: RedisClient
  /** The library that connects. */
  readonly name: string
  readonly when: readonly Condition[]
  /** Set where the layer has a Redis of its own as long as no add-on sets the variable; reads after "when". */
  readonly attached: Text | undefined
  /** How this client is told not to check, to end a sentence with. */
  readonly remedy: Text
  readonly edits: readonly Edit[] | undefined
}

/** Clients to which the `rediss://` URL of heroku-redis surely comes, and which check its certificate. */
export function verifyingClients(app: App): Verifying[] {
  if (!app.environment.hasHerokuRedis) return []
  return bySetting(app.settings.redisClients).flatMap((clients): Verifying[] => {
    if (clients[0]?.consumer === 'layer' && !modernChannels(app)) return []
    const found = told(
      app.inquiry,
      verdict(clients, (client) => verifies(app, client)),
      unknownClient,
    )
    if (found === undefined) return []
    const [client] = found.where
    return [
      {
        client,
        name: libraryOf(app, client),
        when: found.when,
        attached: client.consumer === 'layer' && hasOwnRedis(app) ? attached(client) : undefined,
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
  if (endpoint.kind === 'undetermined' || certificate === 'undetermined') return undefined
  return endpoint.kind === 'url' && endpoint.scheme === 'rediss' && certificate === 'checked' && selfSigned(app, target)
}

/** heroku-redis signs its certificates itself; other add-ons show ones that any client accepts. */
function selfSigned(app: App, { kind, name }: RedisClient['target']): boolean {
  const other = addonFacts.find(({ service, variables }) => service !== 'heroku-redis' && variables.includes(name))
  return kind === 'addon' && app.environment.hasHerokuRedis && other === undefined
}

/** Whether the layer leads to a host outside the dyno when the add-on that is only assumed is not there. */
function hasOwnRedis(app: App): boolean {
  const hosts = withoutAddon(app)?.layers.flatMap(({ layer }) => layer?.hosts ?? []) ?? []
  return hosts.some(({ url }) => targetOf(endpointOf(url), app.environment).kind === 'literal')
}

function attached({ target }: RedisClient): Text {
  return { en: `an add-on sets ${target.name}`, fr: `un add-on définit ${target.name}` }
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

function remedyOf(app: App, { consumer }: RedisClient): Text {
  const channelsRedis = (version: string) => atLeast(app.dependencies, 'channels-redis', version) === true
  switch (consumer) {
    case 'layer':
      if (channelsRedis('4.1.0')) {
        return {
          en: '`"hosts": [{"address": REDIS_URL, "ssl_cert_reqs": None}]` when the URL is rediss://',
          fr: '`"hosts": [{"address": REDIS_URL, "ssl_cert_reqs": None}]` quand l’URL est en rediss://',
        }
      }
      if (channelsRedis('4.0.0')) {
        return {
          en: 'append `?ssl_cert_reqs=none` to the URL (channels_redis 4.0.0 drops every other key), or use channels_redis 4.1 or later',
          fr: 'ajoutez `?ssl_cert_reqs=none` à l’URL (channels_redis 4.0.0 ignore toute autre clé), ou passez à channels_redis 4.1 ou plus',
        }
      }
      return {
        en: '`{"address": REDIS_URL, "ssl": context}` with an SSLContext whose check_hostname is False and verify_mode CERT_NONE, or channels_redis 4.1 or later',
        fr: '`{"address": REDIS_URL, "ssl": context}` avec un SSLContext dont check_hostname vaut False et verify_mode CERT_NONE, ou channels_redis 4.1 ou plus',
      }
    case 'django-cache':
      return same('`"OPTIONS": {"ssl_cert_reqs": None}`')
    case 'django-redis':
      return same('`"OPTIONS": {"CONNECTION_POOL_KWARGS": {"ssl_cert_reqs": None}}`')
    case 'django-redis-cache':
      return same('`"OPTIONS": {"CONNECTION_POOL_CLASS_KWARGS": {"ssl_cert_reqs": None}}`')
    case 'celery-backend':
      return same('`CELERY_REDIS_BACKEND_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}`')
    case 'celery-broker':
      return same('`CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}`')
    case 'rq':
      return same('`"SSL_CERT_REQS": None`')
    default:
      return same('`?ssl_cert_reqs=none`')
  }
}

function same(text: string): Text {
  return { en: text, fr: text }
}

function editsOf(app: App, client: RedisClient): readonly Edit[] | undefined {
  if (client.consumer === 'layer') {
    const layer = client.layer?.layer
    return layer && client.host && uncheckedHostEdit(app, layer, client.host)
  }
  if (client.consumer !== 'celery-backend' || client.setting !== 'CELERY_RESULT_BACKEND') return undefined
  if (app.settings.get('CELERY_REDIS_BACKEND_USE_SSL') !== undefined) return undefined
  const { file, span } = client.assignment
  const line = lineAfter(app.tree, file, span.end)
  if (line === undefined) return undefined
  const q = quoteAt(app.tree, client.at)
  const text = [
    `${line.indent}if ${client.setting}.startswith(${q}rediss://${q}):\n`,
    `${line.indent}    CELERY_REDIS_BACKEND_USE_SSL = {${q}ssl_cert_reqs${q}: ${q}none${q}}\n`,
  ].join('')
  return [{ file, span: line.span, text }]
}
