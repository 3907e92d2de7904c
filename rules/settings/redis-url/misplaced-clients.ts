import type { App } from '../../../src/app/app.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import { lackingRedis } from '../../../src/app/settings/missing-redis-variable.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import { toldOfClients } from '../../../src/app/settings/redis-client.ts'
import { addonHostEdit, addonUrlEdit, redisVariable } from '../../../src/app/settings/redis-edits.ts'
import { isRedisVariable, standsInVariable } from '../../../src/app/settings/redis-endpoint.ts'
import { bySetting } from '../../../src/app/settings/verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'

/** A Redis client that connects to where no Redis is. */
export interface MisplacedClient {
  readonly client: RedisClient
  readonly message: 'loopback' | 'socket' | 'default' | 'docker' | 'literal'
  readonly when: readonly Condition[]
  /** What it means for sockets, to end the message with. */
  readonly effect: Text
  /** The variable to read instead. */
  readonly variable: string
  readonly edits: readonly Edit[] | undefined
}

/**
 * Clients whose address is the dyno itself, a container's name or a literal. A local default of a variable that a Redis
 * add-on sets is not among them: it is for development.
 */
export function misplacedClients(app: App): MisplacedClient[] {
  const lacking = lackingRedis(app)?.settings ?? []
  return bySetting(app.settings.redisClients).flatMap((clients) => {
    const [one] = clients
    if (one !== undefined && lacking.includes(one.setting)) return []
    if (one === undefined || isOfLibrary(one) || (one.consumer === 'layer' && !modernChannels(app))) return []
    const found = toldOfClients(app.inquiry, clients, (each) => misplaced(app, each))
    if (found === undefined || found.when.some(({ variable, holds }) => isAddonDefault(app, variable, holds))) return []
    const [client] = found.where
    const { kind } = client.target
    const message = client.endpoint.kind === 'default' ? 'default' : isSocket(client) ? 'socket' : kind
    if (message === 'addon' || message === 'variable' || message === 'undetermined') return []
    return [
      {
        client,
        message,
        when: found.when,
        effect: effectOf(client),
        variable: redisVariable(app),
        edits:
          client.consumer === 'redis-py'
            ? undefined
            : client.consumer === 'layer'
              ? addonHostEdit(app, client)
              : addonUrlEdit(app, client),
      },
    ]
  })
}

/** It is made in a file of consumers: what it breaks is their messages. */
export function isOfConsumer(app: App, { consumer, at }: RedisClient): boolean {
  return consumer === 'redis-py' && app.asgi.consumers.some(({ file }) => file === at.file)
}

/** The setting of a package that hands its value to redis-py in ways of its own; a call of redis-py says what it connects to. */
function isOfLibrary({ consumer, setting }: RedisClient): boolean {
  return consumer === 'redis-py' && !setting.startsWith('redis.')
}

function misplaced(app: App, { target }: RedisClient): boolean | undefined {
  if (target.kind === 'undetermined') return undefined
  if (target.kind === 'literal') return !standsInVariable(app.environment, target.name)
  return target.kind === 'loopback' || target.kind === 'docker'
}

const isSocket = ({ endpoint }: RedisClient): boolean => endpoint.kind === 'url' && endpoint.scheme === 'unix'

function isAddonDefault(app: App, variable: string | undefined, holds: boolean): boolean {
  return (
    variable !== undefined && !holds && (isRedisVariable(variable) || app.environment.redisVariables.includes(variable))
  )
}

function effectOf({ consumer }: RedisClient): Text {
  return consumer === 'layer'
    ? {
        en: '. Every consumer listens to the layer, so every socket closes at once',
        fr: '. Tout consumer écoute le channel layer, donc tout socket se ferme aussitôt',
      }
    : { en: '', fr: '' }
}
