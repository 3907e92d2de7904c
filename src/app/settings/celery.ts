import { pairs } from '../../evaluate/condition.ts'
import type { Alternative, Resolved } from '../../evaluate/python/evaluation.ts'
import type { StrValue, Value } from '../../evaluate/python/value.ts'
import { celeryBackendCertificate, celeryBrokerCertificate } from './certificate.ts'
import type { CertificateCheck, RedisClient, RedisConsumer } from './model.ts'
import { alternativesWhen, type ClientContext, clientOf, isRedis, placeOf, withElsewhere } from './redis-client.ts'
import { endpointOf } from './redis-endpoint.ts'

const BROKER_NAMES = [
  'CELERY_BROKER_URL',
  'BROKER_URL',
  'CELERY_BROKER',
  'CELERY_BROKER_READ_URL',
  'CELERY_BROKER_WRITE_URL',
]
const BACKEND_NAMES = ['CELERY_RESULT_BACKEND', 'RESULT_BACKEND', 'CELERY_BACKEND']

/** Broker and result backend of a Celery that reads Django's settings. */
export function celeryClients(context: ClientContext): RedisClient[] {
  if (context.dependencies.installed('celery').state === 'absent') return []
  const brokerSsl = alternativesOf(context.get('CELERY_BROKER_USE_SSL') ?? context.get('BROKER_USE_SSL'))
  const backendSsl = alternativesOf(context.get('CELERY_REDIS_BACKEND_USE_SSL') ?? context.get('REDIS_BACKEND_USE_SSL'))
  const read = (
    names: readonly string[],
    consumer: RedisConsumer,
    options: readonly Optional[],
    certificate: (url: StrValue, ssl: Value | undefined) => CertificateCheck,
  ) =>
    names.flatMap((setting) => {
      const resolved = context.get(setting)
      const clients = pairs(resolved?.alternatives ?? [], options).flatMap(({ a, b, when }) => {
        const endpoint = endpointOf(a.value)
        if (endpoint.kind !== 'url' || !isRedis(endpoint.scheme)) return []
        const base = { consumer, setting, when, at: placeOf(context.tree, a), assignment: a.at }
        return [clientOf(context, base, endpoint, (url) => certificate(url, b.value))]
      })
      return withElsewhere(clients, alternativesWhen(resolved))
    })
  return [
    ...read(BROKER_NAMES, 'celery-broker', brokerSsl, (url, ssl) =>
      celeryBrokerCertificate(url, ssl, context.dependencies),
    ),
    ...read(BACKEND_NAMES, 'celery-backend', backendSsl, celeryBackendCertificate),
  ]
}

interface Optional {
  readonly when: Alternative['when']
  readonly value: Value | undefined
}

/** Alternatives of a setting that may be unset. */
function alternativesOf(resolved: Resolved | undefined): readonly Optional[] {
  if (resolved === undefined) return [{ when: [], value: undefined }]
  return [...resolved.alternatives, ...resolved.absent.map((when) => ({ when, value: undefined }))]
}
