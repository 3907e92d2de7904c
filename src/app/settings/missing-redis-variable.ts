import type { App } from '../app.ts'
import { layersOf } from './layers.ts'
import { neededBy } from './missing-config-vars.ts'
import type { RedisClient } from './model.ts'
import { redisClientsOf } from './redis-clients.ts'
import { isRedisVariable } from './redis-endpoint.ts'
import { verdict } from './verdict.ts'
import { isLacking, openRuns } from './without-config-vars.ts'

/** A Redis variable that the channel layer reads and the deployed app lacks. */
export interface LackingRedis {
  readonly variable: string
  readonly client: RedisClient
  /** Redis variables that add-ons of the app do set. */
  readonly others: readonly string[]
  /** Importing the settings raises without it. */
  readonly crashes: boolean
  /** Every setting that reads it, the layer included. */
  readonly settings: readonly string[]
}

/** Undefined without a snapshot of the config vars, or when the layer has another Redis to go to. */
export function lackingRedis(app: App): LackingRedis | undefined {
  const evaluation = openRuns(app).find(({ what }) => what === 'settings')?.evaluation
  if (evaluation === undefined) return undefined
  const get = (name: string) => evaluation.get(name)
  const context = { tree: app.tree, dependencies: app.dependencies, environment: app.environment, get }
  const clients = redisClientsOf(context, layersOf(get('CHANNEL_LAYERS'), false))
  const lacks = ({ target: { kind, name } }: RedisClient): boolean =>
    (kind === 'variable' || kind === 'addon') && isRedisVariable(name) && isLacking(app, name)
  const client = clients.find((one) => one.consumer === 'layer' && lacks(one))
  if (client === undefined) return undefined
  const variable = client.target.name
  const crashes = neededBy(evaluation).some(({ name }) => name === variable)
  if (!crashes && !isElsewhere(app.settings.redisClients)) return undefined
  return {
    variable,
    client,
    others: app.environment.redisVariables,
    crashes,
    settings: clients.filter((one) => one.target.name === variable).map(({ setting }) => setting),
  }
}

/** Without the variable, the layer surely goes to the dyno itself or to a host of containers. */
function isElsewhere(clients: readonly RedisClient[]): boolean {
  const layer = clients.filter(({ consumer }) => consumer === 'layer')
  const found = verdict(layer, ({ target: { kind } }) =>
    kind === 'undetermined' ? undefined : kind === 'loopback' || kind === 'docker',
  )
  return found.state === 'holds' && found.when.length === 0
}
