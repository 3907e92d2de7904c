import type { Hole, Part } from '../../evaluate/parts.ts'
import type { StrValue, Value } from '../../evaluate/python/value.ts'
import { hostname, isContainerName, isThisMachine } from '../../knowledge/hosts.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import type { Endpoint, RedisTarget } from './model.ts'

const UNDETERMINED: RedisTarget = { kind: 'undetermined', name: '' }

/** Where a client given this value would connect to. */
export function endpointOf(value: Value | undefined): Endpoint {
  if (value === undefined || value.type === 'none') return { kind: 'default' }
  if (value.type !== 'str') return { kind: 'undetermined' }
  const scheme = schemeOf(value)
  const [first] = value.parts
  if (scheme === undefined && (first === undefined || typeof first === 'string' || first.variable === undefined)) {
    return { kind: 'undetermined' }
  }
  return { kind: 'url', url: value, scheme }
}

/** The scheme a text surely begins with, in lower case; undefined when it is not a URL or its scheme is not known. */
export function schemeOf(url: StrValue): string | undefined {
  const [first] = url.parts
  if (typeof first !== 'string') return undefined
  return /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(first)?.[1]?.toLowerCase()
}

/** What stands behind an endpoint on the dyno. */
export function targetOf(endpoint: Endpoint, environment: DynoEnvironment): RedisTarget {
  if (endpoint.kind === 'default') return { kind: 'loopback', name: 'localhost' }
  if (endpoint.kind === 'undetermined') return UNDETERMINED
  if (endpoint.kind === 'url' && endpoint.scheme === 'unix') return socketOf(endpoint.url)
  const parts = endpoint.kind === 'url' ? authorityOf(endpoint.url) : hostParts(endpoint.host)
  if (parts === undefined) return UNDETERMINED
  const addon = variablesIn(parts).find((name) => name !== undefined && environment.redisVariables.includes(name))
  if (addon !== undefined) return { kind: 'addon', name: addon }
  const host = afterUser(parts)
  const variables = variablesIn(host)
  const [variable] = variables
  if (variables.length > 0) return variable === undefined ? UNDETERMINED : { kind: 'variable', name: variable }
  return classify(hostname(host.join('')))
}

/** A socket in the file system belongs to the machine itself. */
function socketOf({ parts }: StrValue): RedisTarget {
  const path = parts.map((part) => (isHole(part) ? '…' : part)).join('')
  return { kind: 'loopback', name: path.replace(/[?#].*$/s, '') }
}

function variablesIn(parts: readonly Part[]): (string | undefined)[] {
  return parts.filter(isHole).map(({ variable }) => variable)
}

/** Host and port of an authority: what stands behind the last `@`, up to the port. */
function afterUser(parts: readonly Part[]): readonly Part[] {
  const last = parts.findLastIndex((part) => typeof part === 'string' && part.includes('@'))
  const text = parts[last]
  const host = typeof text === 'string' ? [text.slice(text.lastIndexOf('@') + 1), ...parts.slice(last + 1)] : parts
  const port = host.findIndex((part) => typeof part === 'string' && /:\d*$/.test(part))
  if (port < 0 || !host.slice(port + 1).every(isHole)) return host
  return [...host.slice(0, port), (host[port] as string).replace(/:\d*$/, '')]
}

function isHole(part: Part): part is Hole {
  return typeof part !== 'string'
}

function hostParts(value: Value): readonly Part[] | undefined {
  return value.type === 'str' ? value.parts : undefined
}

/** The parts between `://` and the path. A hole that may hold anything may hold the path too. */
function authorityOf(url: StrValue): readonly Part[] {
  const out: Part[] = []
  for (const [index, part] of url.parts.entries()) {
    if (isHole(part)) {
      out.push(part)
      continue
    }
    const text = index === 0 ? part.replace(/^[^:]*:\/\//, '') : part
    const end = text.search(/[/?#]/)
    if (end < 0) out.push(text)
    else {
      out.push(text.slice(0, end))
      break
    }
  }
  return out
}

function classify(host: string): RedisTarget {
  if (host === '') return { kind: 'loopback', name: 'localhost' }
  if (isThisMachine(host)) return { kind: 'loopback', name: host }
  if (isContainerName(host)) return { kind: 'docker', name: host }
  return { kind: 'literal', name: host }
}

/** A parameter of the query of a URL: its text, `undefined` when surely absent, `'?'` when it cannot be told. */
export function queryParameter(url: StrValue, name: string): string | undefined {
  const pattern = new RegExp(`[?&]${name}=([^&#]*)`)
  for (const [index, part] of url.parts.entries()) {
    if (isHole(part)) continue
    const match = pattern.exec(part)
    if (match === null) continue
    const open = match.index + match[0].length === part.length && index < url.parts.length - 1
    return open ? '?' : match[1]
  }
  return undefined
}

/** Whether a Redis add-on of Heroku's catalogue sets a variable of this name, by its default. */
export function isRedisVariable(name: string): boolean {
  return /^((REDIS|REDIS_TLS|REDISCLOUD|REDISTOGO|OPENREDIS|REDISGREEN|UPSTASH_REDIS|MEMETRIA_REDIS|KV)_URL|STACKHERO_(REDIS|VALKEY)_URL(_TLS|_CLEAR)?|HEROKU_REDIS_[A-Z]+_(TLS_)?URL)$/.test(
    name,
  )
}

/** Whether nobody wrote a host into the source: a config var whose value is known holds it. */
export function standsInVariable(environment: DynoEnvironment, host: string): boolean {
  return environment.names().some((name) => {
    const variable = environment.get(name)
    if (variable.state !== 'known') return false
    const text = variable.parts.map((part) => (typeof part === 'string' ? part : ' ')).join('')
    return text.toLowerCase().includes(host.toLowerCase())
  })
}
