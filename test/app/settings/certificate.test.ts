import { describe, expect, it } from 'vitest'
import { settingsOf } from './support.ts'

function requirements(channelsRedis: string, redis: string | undefined): string {
  return `Django==5.2.17\nchannels==4.3.2\nchannels-redis==${channelsRedis}\n${redis === undefined ? '' : `redis==${redis}\n`}daphne==4.2.2\n`
}

function layer(host: string, versions: string) {
  const text = `import os, ssl, vault\nU = os.environ['REDIS_URL']\nctx = vault.context()\noff = ssl.create_default_context()\noff.check_hostname = False\noff.verify_mode = ssl.CERT_NONE\nCHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [${host}]}}}\n`
  return settingsOf(text, {}, versions).settings.redisClients.map(({ certificate }) => certificate)
}

/** What a server with a self-signed certificate answered, in the versions named. */
describe('a layer and a self-signed certificate', () => {
  const now = requirements('4.3.0', '7.4.1')
  const cases: [host: string, versions: string, certificate: string][] = [
    ['U', now, 'checked'],
    ["{'address': U}", now, 'checked'],
    ["{'address': U, 'ssl_cert_reqs': None}", now, 'unchecked'],
    ["{'address': U, 'ssl_cert_reqs': 'none'}", now, 'unchecked'],
    ["{'address': U, 'ssl_cert_reqs': ssl.CERT_NONE}", now, 'unchecked'],
    ["{'address': U, 'ssl_cert_reqs': 'required'}", now, 'checked'],
    ["{'address': U, 'ssl_cert_reqs': ssl.CERT_REQUIRED}", now, 'checked'],
    ["{'address': U, 'ssl_ca_certs': '/app/ca.pem'}", now, 'undetermined'],
    // Whatever the scheme: a plain connection has nothing to check.
    ["{'address': os.environ['REDIS_TLS_URL'], 'ssl_cert_reqs': None}", now, 'unchecked'],
    ["{'address': os.environ['REDIS_TLS_URL']}", now, 'undetermined'],
    ["{'address': U, **vault.options()}", now, 'undetermined'],
    ["U + '?ssl_cert_reqs=none'", now, 'unchecked'],
    ["U + '/0?ssl_cert_reqs=required'", now, 'checked'],
    ["U.replace('rediss://', 'redis://')", now, 'plain'],
    ["('localhost', 6379)", now, 'plain'],
    ["{'address': U, 'ssl_cert_reqs': None}", requirements('4.0.0', '4.5.1'), 'checked'],
    ["U + '?ssl_cert_reqs=none'", requirements('4.0.0', '4.5.1'), 'unchecked'],
    ['U', requirements('3.4.1', undefined), 'checked'],
    ["{'address': U, 'ssl': ctx}", requirements('3.4.1', undefined), 'undetermined'],
    ["{'address': U, 'ssl': True}", requirements('3.4.1', undefined), 'checked'],
    // PROTOCOL_TLS, its default, checks nothing.
    ["{'address': U, 'ssl': ssl.SSLContext()}", requirements('3.4.1', undefined), 'unchecked'],
    ["{'address': U, 'ssl': off}", requirements('3.4.1', undefined), 'unchecked'],
    ["{'address': U, 'ssl': ssl.create_default_context()}", requirements('3.4.1', undefined), 'undetermined'],
    ["U + '?ssl_cert_reqs=none'", requirements('3.4.1', undefined), 'checked'],
  ]
  it.each(cases)('%s', (host, versions, certificate) => {
    expect(layer(host, versions)).toEqual([certificate])
  })
})

describe('other clients and a self-signed certificate', () => {
  const rest =
    'Django==5.2.17\nredis==5.3.1\ncelery==5.5.3\ndjango-redis==6.0.0\ndjango-redis-cache==3.0.1\ndjango-rq==3.1\n'
  const cases: [text: string, certificate: string][] = [
    ["CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': U}}", 'checked'],
    [
      "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': U, 'OPTIONS': {'ssl_cert_reqs': None}}}",
      'unchecked',
    ],
    [
      "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': U, 'OPTIONS': {'pool_class': 'a.B'}}}",
      'undetermined',
    ],
    [
      "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': U, 'OPTIONS': {'CONNECTION_POOL_KWARGS': {'ssl_cert_reqs': None}}}}",
      'unchecked',
    ],
    [
      "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': U, 'OPTIONS': {'ssl_cert_reqs': None}}}",
      'checked',
    ],
    [
      "CACHES = {'default': {'BACKEND': 'redis_cache.RedisCache', 'LOCATION': U, 'OPTIONS': {'CONNECTION_POOL_CLASS_KWARGS': {'ssl_cert_reqs': None}}}}",
      'unchecked',
    ],
    ['CELERY_BROKER_URL = U', 'unchecked'],
    ["CELERY_BROKER_URL = U\nCELERY_BROKER_USE_SSL = {'ssl_cert_reqs': ssl.CERT_NONE}", 'unchecked'],
    ["CELERY_BROKER_URL = U\nCELERY_BROKER_USE_SSL = {'ssl_cert_reqs': ssl.CERT_REQUIRED}", 'checked'],
    ['CELERY_BROKER_URL = U\nCELERY_BROKER_USE_SSL = True', 'checked'],
    ['CELERY_RESULT_BACKEND = U', 'checked'],
    ["CELERY_RESULT_BACKEND = U\nCELERY_REDIS_BACKEND_USE_SSL = {'ssl_cert_reqs': None}", 'checked'],
    ["CELERY_RESULT_BACKEND = U\nCELERY_REDIS_BACKEND_USE_SSL = {'ssl_cert_reqs': ssl.CERT_NONE}", 'unchecked'],
    ["CELERY_RESULT_BACKEND = U + '?ssl_cert_reqs=CERT_NONE'", 'unchecked'],
    ["RQ_QUEUES = {'default': {'URL': U}}", 'checked'],
    ["RQ_QUEUES = {'default': {'URL': U, 'SSL_CERT_REQS': None}}", 'unchecked'],
  ]
  it.each(cases)('%s', (text, certificate) => {
    const app = settingsOf(`import os, ssl\nU = os.environ['REDIS_URL']\n${text}\n`, {}, rest)
    expect(app.settings.redisClients.map((client) => client.certificate)).toEqual([certificate])
  })

  it('redis-py before 3.0 checks nothing', () => {
    const text =
      "import os\nCACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': os.environ['REDIS_URL']}}\n"
    const app = settingsOf(text, {}, 'Django==2.0.4\ndjango-redis==4.9.0\nredis==2.10.6\n')
    expect(app.settings.redisClients.map(({ certificate }) => certificate)).toEqual(['unchecked'])
  })
})
