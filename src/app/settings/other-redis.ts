import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { itemsOf, plain } from '../../evaluate/python/value.ts'
import { isRedisProvider } from '../../knowledge/redis-providers.ts'
import type { App } from '../app.ts'
import type { RedisClient } from './model.ts'
import { endpointOf, isRedisVariable, targetOf } from './redis-endpoint.ts'
import { bySetting } from './verdict.ts'
import { withoutAddon } from './without-addon.ts'

/** Something that shows another Redis than that of an add-on. */
export interface OtherRedis {
  readonly at: Place
  /** Reads after a place: what stands there. */
  readonly message: Text
}

/**
 * Where nothing says which add-ons the app has, heroku-redis is assumed. Undefined: nothing speaks against that. Else the first
 * thing in the project by which its Redis may be another one, whose URL stands in the same variable.
 */
export function otherRedis(app: App): OtherRedis | undefined {
  if (app.environment.addonsKnown) return undefined
  return writtenHost(app) ?? allowedHost(app) ?? askedFor(app) ?? ownVariable(app)
}

/** `REDIS_URL` is read with the URL of another Redis as its default. */
function writtenHost(app: App): OtherRedis | undefined {
  const hosts = withoutAddon(app)?.layers.flatMap(({ layer }) => layer?.hosts ?? []) ?? []
  const host = hosts.find(({ url }) => targetOf(endpointOf(url), app.environment).kind === 'literal')
  const message = {
    en: 'another Redis is the default',
    fr: 'un autre Redis est la valeur par défaut',
  }
  return host && { at: host.at, message }
}

/** A host of a provider of Redis stands among those of the app: it was copied from the URL that the app is given. */
function allowedHost(app: App): OtherRedis | undefined {
  for (const { value } of app.settings.get('ALLOWED_HOSTS')?.alternatives ?? []) {
    const item = itemsOf(value)?.find((one) => isRedisProvider(plain(one) ?? ''))
    const message = {
      en: 'this is a host of a provider of Redis',
      fr: 'ceci est un hôte d’un fournisseur de Redis',
    }
    if (item !== undefined) return { at: item.at, message }
  }
  return undefined
}

/** Whoever creates the app is asked for the URL: an add-on would bring it. */
function askedFor({ manifest, environment }: App): OtherRedis | undefined {
  const entries = [...(manifest.appJson?.env ?? []), ...(manifest.herokuYml?.env ?? [])]
  const entry = entries.find(({ name }) => environment.redisVariables.includes(name))
  const message = {
    en: 'whoever creates the app gives it by hand',
    fr: 'la personne qui crée l’application la donne elle-même',
  }
  return entry && { at: entry.at, message }
}

/** Another client gets its host from a variable that no add-on sets, and on no path from the dyno itself. */
function ownVariable(app: App): OtherRedis | undefined {
  const all = [...app.settings.redisClients, ...app.settings.addressedClients]
  for (const clients of bySetting(all)) {
    const own = clients.find(isOwn)
    if (own === undefined || clients.some(({ target }) => isLocal(target))) continue
    const message = {
      en: `this client gets its host from ${own.target.name}`,
      fr: `ce client tient son hôte de ${own.target.name}`,
    }
    return { at: own.at, message }
  }
  return undefined
}

/** An add-on gives one URL: who tells host, port and password apart has them from somewhere else. */
const isOwn = ({ endpoint, target: { kind, name } }: RedisClient): boolean =>
  endpoint.kind === 'address' && kind === 'variable' && !isRedisVariable(name)

const isLocal = ({ kind }: RedisClient['target']): boolean => kind === 'loopback' || kind === 'docker'

/** What must be so where a project shows another Redis; reads after "when". */
export function attachedAs(variable: string): Text {
  return { en: `an add-on sets ${variable}`, fr: `un add-on définit ${variable}` }
}
