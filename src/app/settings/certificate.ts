import { type DictValue, entryOf, plain, type StrValue, type Value } from '../../evaluate/python/value.ts'
import type { DependencySet } from '../dependencies/model.ts'
import type { CertificateCheck, Host } from './model.ts'
import { queryParameter, schemeOf } from './redis-endpoint.ts'
import { atLeast } from './versions.ts'

/**
 * How each Redis client treats the server's certificate. Every answer was tried against a TLS server with a self-signed
 * certificate: channels_redis 4.3.0 with redis-py 4.2 to 8.1, Django 5.2 RedisCache, django-redis 4.11 and 6.0,
 * django-redis-cache 2.1, Celery 4.4/kombu 4.6 and Celery 5.5/kombu 5.5, redis-py 3.4 and 5.3; the layer's older client was
 * read in aioredis 1.3.1. redis-py before 3.0 checks nothing.
 */

/** One host of a Redis channel layer. */
export function layerCertificate(host: Host, dependencies: DependencySet): CertificateCheck {
  if (host.url === undefined) return host.host === undefined ? 'undetermined' : addressCertificate(host)
  const scheme = schemeOf(host.url)
  if (scheme !== undefined && scheme !== 'rediss') return 'plain'
  const modern = atLeast(dependencies, 'channels-redis', '4.0.0')
  if (modern === undefined) return 'undetermined'
  return inAnyScheme(scheme, modern ? redisLayerCertificate(host, host.url, dependencies) : aioredisCertificate(host))
}

/** Of a URL whose scheme nobody knows, what is told not to check never does; whether the rest does is open. */
const inAnyScheme = (scheme: string | undefined, check: CertificateCheck): CertificateCheck =>
  scheme === undefined && check !== 'unchecked' ? 'undetermined' : check

function redisLayerCertificate(host: Host, url: StrValue, dependencies: DependencySet): CertificateCheck {
  const query = queryCheck(url)
  if (query !== undefined) return query
  if (host.kind === 'url') return 'checked'
  if (atLeast(dependencies, 'channels-redis', '4.1.0') === false) return 'checked'
  return optionCheck(host.options, host.open)
}

/** redis-py's connection over TLS, as an imported class. */
const tlsConnection = /^redis\.(?:asyncio\.)?(?:connection\.)?SSLConnection$/

function addressCertificate(host: Host): CertificateCheck {
  if (host.kind !== 'dict') return 'plain'
  const connection = host.options.get('connection_class')
  const speaksTls = connection?.type === 'external' && tlsConnection.test(connection.path)
  if (speaksTls && optionCheck(host.options, host.open) === 'unchecked') return 'unchecked'
  return host.open || [...host.options.keys()].some((name) => name.startsWith('ssl') || name === 'connection_class')
    ? 'undetermined'
    : 'plain'
}

/** channels_redis before 4.0 hands the dict to aioredis, which knows `ssl` (an SSLContext) and no `ssl_cert_reqs`. */
function aioredisCertificate(host: Host): CertificateCheck {
  if (host.kind === 'url') return 'checked'
  const ssl = host.options.get('ssl')
  if (ssl === undefined) return host.open ? 'undetermined' : 'checked'
  if (ssl.type === 'bool') return ssl.value ? 'checked' : 'undetermined'
  // What a context that checks was told to trust is not followed.
  const mode = ssl.type === 'object' && ssl.class === 'ssl.SSLContext' ? ssl.attributes.get('verify_mode') : undefined
  return mode !== undefined && valueCheck(mode) === 'unchecked' ? 'unchecked' : 'undetermined'
}

/** redis-py: options given beside the URL, in a dict of keyword arguments. */
export function optionCheck(options: ReadonlyMap<string, Value>, open: boolean): CertificateCheck {
  const value = options.get('ssl_cert_reqs')
  if (value !== undefined) return valueCheck(value)
  if (open) return 'undetermined'
  const other = [
    'ssl_ca_certs',
    'ssl_ca_path',
    'ssl_ca_data',
    'ssl_context',
    'connection_class',
    'connection_pool',
    'pool_class',
  ]
  return other.some((name) => options.has(name)) ? 'undetermined' : 'checked'
}

/** What `ssl_cert_reqs` says; a wrong notation means to switch the check off and is another rule's business. */
export function valueCheck(value: Value): CertificateCheck {
  if (value.type === 'none') return 'unchecked'
  if (value.type === 'bool') return value.value ? 'checked' : 'unchecked'
  if (value.type === 'int') return value.value === 0n ? 'unchecked' : 'checked'
  const text = plain(value) ?? constantName(value)
  if (text === undefined) return 'undetermined'
  if (/^(none|cert_none|false|0)$/i.test(text)) return 'unchecked'
  return /^(required|optional|cert_required|cert_optional)$/i.test(text) ? 'checked' : 'undetermined'
}

/** `ssl.CERT_NONE` as the name of the constant, however the evaluator holds it. */
export function constantName(value: Value): string | undefined {
  const path = value.type === 'external' ? value.path : value.type === 'object' ? objectName(value) : undefined
  return path?.match(/(?:^|\.)(CERT_[A-Z]+)$/)?.[1]
}

function objectName(value: Extract<Value, { type: 'object' }>): string | undefined {
  return plain(value.attributes.get('name'))
}

/** redis-py: parameters of the URL's query, which win over options. */
export function queryCheck(url: StrValue): CertificateCheck | undefined {
  const text = queryParameter(url, 'ssl_cert_reqs')
  if (text !== undefined) return valueCheck({ type: 'str', parts: [text], at: url.at })
  return queryParameter(url, 'ssl_ca_certs') === undefined ? undefined : 'undetermined'
}

/** A client made by redis-py from a URL and keyword arguments. */
export function redisPyCertificate(
  url: StrValue,
  options: ReadonlyMap<string, Value>,
  open: boolean,
  dependencies: DependencySet,
): CertificateCheck {
  const scheme = schemeOf(url)
  if (scheme !== undefined && scheme !== 'rediss') return 'plain'
  const checks = atLeast(dependencies, 'redis', '3.0.0')
  if (checks === undefined) return 'undetermined'
  if (!checks) return 'unchecked'
  return inAnyScheme(scheme, queryCheck(url) ?? optionCheck(options, open))
}

/** A dict of options as a map, and whether it holds keys nobody can name. */
export function optionsOf(value: Value | undefined): { options: Map<string, Value>; open: boolean } {
  const options = new Map<string, Value>()
  if (value === undefined || value.type === 'none') return { options, open: false }
  if (value.type !== 'dict') return { options, open: true }
  let open = value.rest !== undefined
  for (const entry of value.entries) {
    const name = plain(entry.key)
    if (name === undefined) open = true
    else options.set(name, entry.value)
  }
  return { options, open }
}

/** Celery's result backend refuses a `rediss://` URL that does not say how to check, and `None` is no answer to it. */
export function celeryBackendCertificate(url: StrValue, useSsl: Value | undefined): CertificateCheck {
  const scheme = schemeOf(url)
  if (scheme !== 'rediss') return scheme === undefined ? 'undetermined' : 'plain'
  const query = queryParameter(url, 'ssl_cert_reqs')
  if (query !== undefined)
    return query === '?' ? 'undetermined' : valueCheck({ type: 'str', parts: [query], at: url.at })
  if (useSsl === undefined || useSsl.type === 'none') return 'checked'
  if (useSsl.type !== 'dict') return 'undetermined'
  const entry = entryOf(useSsl as DictValue, 'ssl_cert_reqs')
  if (entry === undefined) return useSsl.rest === undefined ? 'checked' : 'undetermined'
  return entry.value.type === 'none' ? 'checked' : valueCheck(entry.value)
}

/** Kombu connects without any check when a `rediss://` URL comes without options; options can switch the check on. */
export function celeryBrokerCertificate(
  url: StrValue,
  useSsl: Value | undefined,
  dependencies: DependencySet,
): CertificateCheck {
  const scheme = schemeOf(url)
  if (scheme !== 'rediss') return scheme === undefined ? 'undetermined' : 'plain'
  if (atLeast(dependencies, 'kombu', '4.3.0') === false) return 'undetermined'
  if (useSsl?.type === 'bool' && useSsl.value) return 'checked'
  const query = queryParameter(url, 'ssl_cert_reqs')
  if (query !== undefined) return valueCheck({ type: 'str', parts: [query], at: url.at })
  if (useSsl === undefined || useSsl.type === 'none' || (useSsl.type === 'bool' && !useSsl.value)) return 'unchecked'
  if (useSsl.type !== 'dict') return 'undetermined'
  if (useSsl.entries.length === 0 && useSsl.rest === undefined) return 'unchecked'
  const entry = entryOf(useSsl, 'ssl_cert_reqs')
  return entry === undefined ? 'undetermined' : valueCheck(entry.value)
}
