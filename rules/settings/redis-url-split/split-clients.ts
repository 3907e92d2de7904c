import type { App } from '../../../src/app/app.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import { attachedAs, type OtherRedis, otherRedis } from '../../../src/app/settings/other-redis.ts'
import { toldOfClients } from '../../../src/app/settings/redis-client.ts'
import { addonHostEdit } from '../../../src/app/settings/redis-edits.ts'
import { schemeOf } from '../../../src/app/settings/redis-endpoint.ts'
import { bySetting } from '../../../src/app/settings/verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Hole, Part } from '../../../src/evaluate/parts.ts'
import { display, type StrValue, type Value } from '../../../src/evaluate/python/value.ts'
import { addonFacts } from '../../../src/knowledge/addons.ts'

/** A client that got only parts of an add-on's URL. */
export interface Split {
  readonly client: RedisClient
  readonly kind: 'host' | 'password' | 'tls' | 'not-a-host'
  readonly variable: string
  readonly when: readonly (Condition | Text)[]
  /** What shows another Redis, of which nobody knows whether it asks for a password or TLS. */
  readonly other: OtherRedis | undefined
  readonly written: string
  readonly edits: readonly Edit[] | undefined
}

/** Clients whose address was taken out of an add-on's URL and lost its password or its TLS on the way. */
export function splitClients(app: App): Split[] {
  const another = otherRedis(app)
  return bySetting(app.settings.redisClients).flatMap((clients): Split[] => {
    if (clients[0]?.consumer === 'layer' && !modernChannels(app)) return []
    const found = toldOfClients(app.inquiry, clients, (client) => lossOf(app, client) !== undefined)
    const loss = found && lossOf(app, found.where[0])
    if (found === undefined || loss === undefined) return []
    const [client] = found.where
    const other = loss.kind === 'not-a-host' ? undefined : another
    const when = other === undefined ? found.when : [...found.when, attachedAs(loss.variable)]
    return [{ ...loss, client, when, other, edits: addonHostEdit(app, client) }]
  })
}

type Loss = Pick<Split, 'kind' | 'variable' | 'written'>

function lossOf(app: App, client: RedisClient): Loss | undefined {
  const { endpoint } = client
  if (endpoint.kind === 'address') return addressLoss(app, client, endpoint.host)
  if (endpoint.kind !== 'url') return undefined
  const variable = addonOf(app, endpoint.url.parts)
  if (variable === undefined) return undefined
  const base = { variable, written: display(endpoint.url) }
  if (!holds(endpoint.url.parts, variable, 'password')) return { ...base, kind: 'password' }
  if (isHerokuRedis(app, variable) && schemeOf(endpoint.url) === 'redis') return { ...base, kind: 'tls' }
  return undefined
}

function addressLoss(app: App, { host }: RedisClient, value: Value): Loss | undefined {
  if (value.type !== 'str') return undefined
  const variable = addonOf(app, value.parts)
  if (variable === undefined) return undefined
  const base = { variable, written: display(value) }
  if (hasScheme(value)) return { ...base, kind: 'not-a-host' }
  if (host === undefined || host.open) return undefined
  const password = host.options.get('password')
  if (host.kind !== 'dict' || password === undefined || password.type === 'none') return { ...base, kind: 'host' }
  const tls = [...host.options.keys()].some((name) => name.startsWith('ssl') || name === 'connection_class')
  return isHerokuRedis(app, variable) && !tls ? { ...base, kind: 'tls' } : undefined
}

/** `rediss://:<password>@<host>`: all that stands before the port, scheme and password included. */
function hasScheme(value: StrValue): boolean {
  return value.parts.some((part) => typeof part === 'string' && /:\/\/|@/.test(part))
}

function addonOf(app: App, parts: readonly Part[]): string | undefined {
  const holes = parts.filter((part): part is Hole => typeof part !== 'string')
  return holes
    .map(({ variable }) => variable)
    .find((name) => name !== undefined && app.environment.redisVariables.includes(name))
}

/** Whether a part of the variable's URL is among the parts; a hole for the whole URL holds everything. */
function holds(parts: readonly Part[], variable: string, part: string): boolean {
  return parts.some((one) => typeof one !== 'string' && (one.name === `${variable}.${part}` || one.name === variable))
}

function isHerokuRedis(app: App, variable: string): boolean {
  const other = addonFacts.find(({ service, variables }) => service !== 'heroku-redis' && variables.includes(variable))
  return app.environment.hasHerokuRedis && other === undefined
}
