import type { Place } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import { type Condition, type Holding, together } from '../../evaluate/condition.ts'
import type { Resolved } from '../../evaluate/python/evaluation.ts'
import { type DictEntry, itemsOf, type StrValue, type Value } from '../../evaluate/python/value.ts'
import type { FileTree } from '../../files/tree.ts'
import type { DependencySet } from '../dependencies/model.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import type { Inquiry } from '../inquiry.ts'
import type { CertificateCheck, Endpoint, RedisClient } from './model.ts'
import { targetOf } from './redis-endpoint.ts'
import { isImport } from './source-text.ts'
import { unknownValue } from './unknown-value.ts'
import { told, verdict } from './verdict.ts'

/** What the readers of clients need of the app. */
export interface ClientContext {
  readonly tree: FileTree
  readonly dependencies: DependencySet
  readonly environment: DynoEnvironment
  get(name: string): Resolved | undefined
}

/** A client from a value that is a URL (or should be one). */
export function clientOf(
  context: ClientContext,
  base: Pick<RedisClient, 'consumer' | 'setting' | 'when' | 'at' | 'assignment' | 'quiet' | 'alias'>,
  endpoint: Endpoint,
  certificate: (url: StrValue) => CertificateCheck,
): RedisClient {
  return {
    ...base,
    read: readPlace(endpoint, base.at),
    endpoint,
    target: targetOf(endpoint, context.environment),
    certificate:
      endpoint.kind === 'url' ? certificate(endpoint.url) : endpoint.kind === 'undetermined' ? 'undetermined' : 'plain',
  }
}

/**
 * The clients of one setting, with a stand-in for every path on which there is none: what holds of all clients need not
 * hold on every path. `all` are the conditions of the setting's alternatives.
 */
export function withElsewhere(clients: readonly RedisClient[], all: readonly (readonly Condition[])[]): RedisClient[] {
  const [one] = clients
  if (one === undefined) return []
  const without = all.filter((when) => clients.every((client) => together(client.when, when) === undefined))
  return [
    ...clients,
    ...without.map(
      (when): RedisClient => ({
        ...one,
        when,
        endpoint: { kind: 'undetermined' },
        target: { kind: 'undetermined', name: '' },
        certificate: 'undetermined',
        host: undefined,
        absent: true,
      }),
    ),
  ]
}

/** The conditions of every alternative of a setting, unbound ones included. */
export function alternativesWhen(resolved: Resolved | undefined): (readonly Condition[])[] {
  return [...(resolved?.alternatives.map(({ when }) => when) ?? []), ...(resolved?.absent ?? [])]
}

/** Whether a URL's scheme is one of Redis, or unknown. */
export function isRedis(scheme: string | undefined): boolean {
  return scheme === undefined || scheme === 'redis' || scheme === 'rediss' || scheme === 'unix'
}

/** Where the address was written, when the client got it through a name. */
function readPlace(endpoint: Endpoint, at: Place): Place | undefined {
  const written = endpoint.kind === 'url' ? endpoint.url.at : endpoint.kind === 'address' ? endpoint.host.at : undefined
  return written === undefined || within(written, at) || within(at, written) ? undefined : written
}

/** Whether `inner` stands inside `outer`: a value written in place rather than taken from a name. */
export function within(inner: Place, outer: Place | undefined): boolean {
  return (
    outer !== undefined &&
    inner.file === outer.file &&
    outer.span.start <= inner.span.start &&
    inner.span.end <= outer.span.end
  )
}

/** Whether a value was written in the statement whose target is at `target`, rather than taken from a name. */
export function writtenBy(value: Place, target: Place): boolean {
  return within(value, target) || (value.file === target.file && value.span.start >= target.span.end)
}

/**
 * Where a binding is best shown: the value where it stands when it was written in the assignment or came in by an import,
 * else the assignment's target.
 */
export function placeOf(tree: FileTree, { value, at }: { readonly value: Value; readonly at: Place }): Place {
  return writtenBy(value.at, at) || (isImport(tree, at) && value.at.file !== '') ? value.at : at
}

/** The value of a dict's entry where it stands there, else the entry. */
export function entryPlace(entry: DictEntry): Place {
  return within(entry.value.at, entry.at) ? entry.value.at : entry.at
}

/** Texts of a value that is one or a list of them, or separated by commas. */
export function listed(value: Value): readonly Value[] {
  return itemsOf(value) ?? [value]
}

/** What surely holds of a client of Redis, on paths that have one. What cannot be told goes on record. */
export function toldOfClients(
  inquiry: Inquiry,
  clients: readonly RedisClient[],
  test: (client: RedisClient) => boolean | undefined,
): Holding<RedisClient> | undefined {
  const answer = verdict(clients, (client) => (client.absent === true ? false : test(client)))
  return told(inquiry, answer, unknownClient, clients[0] && whatOf(clients[0]))
}

const whatOf = ({ setting }: RedisClient) => ({ en: setting, fr: setting })

/** Why a client of Redis cannot be judged. */
function unknownClient(client: RedisClient): Untold | undefined {
  const { setting, endpoint, host, at, certificate } = client
  const known = host === undefined ? undefined : unknownValue(setting, host.value)
  if (known !== undefined) return known
  const what = whatOf(client)
  if (endpoint.kind === 'undetermined') {
    return { what, why: { en: 'its address cannot be read', fr: 'son adresse ne peut pas être lue' }, at }
  }
  if (endpoint.kind === 'address') return unknownValue(setting, endpoint.host)
  if (certificate !== 'undetermined') return undefined
  return { what, why: { en: 'its TLS options cannot be read', fr: 'ses options TLS ne peuvent pas être lues' }, at }
}
