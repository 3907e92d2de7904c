import { errors } from './entry.ts'

const local = String.raw`localhost|127\.0\.0\.1|::1|0\.0\.0\.0`

/** Errors of the channel layer and of Redis clients (channels_redis 2 to 4.3, redis-py 4 to 8, aioredis 1). */
export const redisErrors = errors({
  'layer/missing': {
    name: { en: 'no channel layer', fr: 'pas de channel layer' },
    hop: 'message',
    pattern:
      /'NoneType' object has no attribute '(group_send|group_add|group_discard|new_channel)'|BACKEND is unconfigured or doesn't support groups|You do not have any CHANNEL_LAYERS configured/,
    meaning: {
      en: 'CHANNEL_LAYERS has no `default` on the dyno, so get_channel_layer() gives None.',
      fr: 'CHANNEL_LAYERS n’a pas de `default` sur le dyno : get_channel_layer() rend None.',
    },
    rules: ['settings/channel-layer-missing', 'settings/module'],
  },
  'layer/backend-import': {
    name: 'Cannot import BACKEND',
    hop: 'message',
    pattern: /Cannot import BACKEND '([\w-]+)[\w.-]*' specified for/,
    about: 'subject',
    meaning: {
      en: 'The class of the channel layer cannot be imported: its package is not installed (channels-redis), or the path is wrong.',
      fr: 'La classe du channel layer ne peut être importée : son paquet n’est pas installé (channels-redis), ou le chemin est faux.',
    },
    rules: ['deps/missing-package', 'settings/channel-layer-backend'],
  },
  'layer/no-backend': {
    name: 'No BACKEND specified',
    hop: 'message',
    pattern: /No BACKEND specified for/,
    meaning: { en: 'The channel layer names no BACKEND.', fr: 'Le channel layer ne nomme aucun BACKEND.' },
    rules: ['settings/channel-layer-backend'],
  },
  'layer/hosts': {
    name: { en: 'hosts must be a list', fr: 'hosts doit être une liste' },
    hop: 'message',
    pattern: /You must pass a list of Redis hosts|`hosts` must be a list|ROUTING key found for/,
    meaning: {
      en: 'The CONFIG of the channel layer is not what its class takes: `hosts` is a list, and ROUTING belongs to Channels 1.',
      fr: 'Le CONFIG du channel layer n’est pas celui que sa classe attend : `hosts` est une liste, et ROUTING vient de Channels 1.',
    },
    rules: ['settings/channel-layer-config'],
  },
  'layer/keyword': {
    name: { en: 'unexpected keyword argument in CONFIG', fr: 'option inconnue dans CONFIG' },
    hop: 'message',
    pattern:
      /(?:RedisChannelLayer|RedisPubSubChannelLayer|InMemoryChannelLayer|AbstractConnection|SSLConnection|Connection)\.__init__\(\) got an unexpected keyword argument '(\w+)'|TypeError: __init__\(\) got an unexpected keyword argument '(\w+)'/,
    // Before Python 3.10 the error does not say whose __init__ it is.
    also: /(?:Layer|Connection)\.__init__|raised in (?:channels\/layers|redis\/|aioredis\/|channels_redis\/)/,
    about: 'subject',
    meaning: {
      en: 'The channel layer or the Redis client got an option it does not know.',
      fr: 'Le channel layer ou le client Redis a reçu une option inconnue.',
    },
    rules: ['settings/channel-layer-config'],
  },
  'redis/certificate-option': {
    name: { en: 'invalid certificate option', fr: 'option de certificat non valable' },
    hop: 'message',
    pattern: /Invalid SSL Certificate Requirements Flag|'RedisSSLContext' object has no attribute 'cert_reqs'/,
    meaning: {
      en: 'The option that turns certificate checking off is written in a form that this redis-py does not take.',
      fr: 'L’option qui désactive le contrôle du certificat est écrite sous une forme que cette version de redis-py refuse.',
    },
    rules: ['settings/channel-layer-config', 'settings/redis-tls'],
  },
  'redis/check-hostname': {
    name: 'CERT_NONE when check_hostname is enabled',
    hop: 'message',
    pattern: /Cannot set verify_mode to CERT_NONE when check_hostname is enabled/,
    about: { word: 'redis' },
    meaning: {
      en: 'redis-py 6.0.0 cannot turn certificate checking off; 6.1.0 can.',
      fr: 'redis-py 6.0.0 ne sait pas désactiver le contrôle du certificat ; 6.1.0 le corrige.',
    },
    rules: ['deps/known-bad'],
  },
  'redis/certificate': {
    name: 'CERTIFICATE_VERIFY_FAILED (Redis)',
    hop: 'message',
    pattern: /CERTIFICATE_VERIFY_FAILED|Error 1 connecting to \S+:\d+\. 1\./,
    also: /\bredis\b|aioredis|channels_redis|Error 1 connecting to/,
    meaning: {
      en: 'The Redis of Heroku shows a self-signed certificate and the client checks it: every socket closes at its first use of the layer.',
      fr: 'Le Redis de Heroku présente un certificat auto-signé et le client le vérifie : chaque socket se ferme au premier usage du channel layer.',
    },
    rules: ['settings/redis-tls', 'settings/channel-layer-config'],
  },
  'redis/local': {
    name: { en: 'Redis is looked for on the dyno itself', fr: 'Redis est cherché sur le dyno lui-même' },
    hop: 'message',
    pattern: new RegExp(
      `Error (?:111|61|99) connecting to (${local}):\\d+|Connect call failed \\('(${local})', 63\\d\\d`,
    ),
    meaning: {
      en: 'The Redis client connects to the dyno itself, where none runs: the settings do not use the variable of the add-on (REDIS_URL), or it is not set.',
      fr: 'Le client Redis se connecte au dyno lui-même, où aucun Redis ne tourne : les settings n’utilisent pas la variable de l’add-on (REDIS_URL), ou elle n’est pas définie.',
    },
    rules: [
      'settings/redis-url',
      'app/config-var-missing',
      'settings/channel-layer-config',
      'app/redis-addon',
      'settings/redis-silent-fallback',
    ],
  },
  'redis/unknown-host': {
    name: { en: 'the Redis host does not resolve', fr: 'l’hôte de Redis est introuvable' },
    hop: 'message',
    pattern: /Error -\d connecting to ([^\s:]+):\d+|socket\.gaierror: \[Errno -\d\]/,
    also: /Error -\d connecting to|aioredis/,
    meaning: {
      en: 'The name of the Redis host is unknown on the dyno: a name of docker-compose, or an add-on that is gone.',
      fr: 'Le nom de l’hôte Redis est inconnu sur le dyno : un nom de docker-compose, ou un add-on supprimé.',
    },
    rules: ['settings/redis-url', 'app/redis-addon'],
  },
  'redis/refused': {
    name: { en: 'Redis does not answer', fr: 'Redis ne répond pas' },
    hop: 'message',
    pattern:
      /Error (?:104|110|111) connecting to ([^\s:]+):\d+|ConnectionRefusedError: \[Errno 111\] Connection refused/,
    also: /Error 1\d\d connecting to|aioredis/,
    meaning: {
      en: 'The Redis server refuses the connection or does not answer: the add-on is being replaced, or the URL is an old one.',
      fr: 'Le serveur Redis refuse la connexion ou ne répond pas : l’add-on est en remplacement, ou l’URL est ancienne.',
    },
    rules: ['settings/redis-url-split', 'settings/redis-url'],
  },
  'redis/read-timeout': {
    name: 'Timeout reading from Redis',
    hop: 'message',
    pattern: /\bTimeout reading from [^\s:]+(?::\d+)?/,
    also: /redis|Timeout reading from \S+:\d+/,
    about: { word: 'redis' },
    meaning: {
      en: 'redis-py 8 gives up a read after 5 s, as long as the layer waits for a message: every idle socket closes with 1011 and reconnects.',
      fr: 'redis-py 8 abandonne une lecture après 5 s, le temps que le channel layer attend un message : chaque socket inactif se ferme en 1011 et se reconnecte.',
    },
    rules: ['deps/known-bad'],
  },
  'redis/clients': {
    name: 'max number of clients reached',
    hop: 'message',
    pattern: /max number of clients reached/,
    meaning: {
      en: 'The Redis plan allows no more connections (mini: 20): processes, layer, cache and Celery add up.',
      fr: 'Le plan Redis n’admet pas plus de connexions (mini : 20) : processus, channel layer, cache et Celery s’additionnent.',
    },
    rules: ['app/redis-plan'],
  },
  'redis/memory': {
    name: 'OOM command not allowed',
    hop: 'message',
    pattern: /(?:OOM )?command not allowed when used memory/,
    meaning: {
      en: 'The Redis plan’s memory is full and it refuses to write.',
      fr: 'La mémoire du plan Redis est pleine et il refuse les écritures.',
    },
    rules: ['app/redis-plan'],
  },
  'redis/password': {
    name: { en: 'Redis refuses the password', fr: 'Redis refuse le mot de passe' },
    hop: 'message',
    pattern:
      /WRONGPASS|NOAUTH Authentication required|invalid username-password pair|Authentication required\.|HELLO must be called with the client already authenticated/,
    also: /redis|WRONGPASS|NOAUTH|HELLO/,
    meaning: {
      en: 'The connection carries no password or an old one: the URL was taken apart, or written down before it was rotated.',
      fr: 'La connexion n’a pas de mot de passe, ou un ancien : l’URL a été découpée, ou recopiée avant sa rotation.',
    },
    rules: ['settings/redis-url-split', 'settings/redis-url', 'app/secret-in-source'],
  },
  'redis/old-server': {
    name: 'unknown command BZPOPMIN',
    hop: 'message',
    pattern: /unknown command [`'"]?(?:BZPOPMIN|bzpopmin)/,
    meaning: {
      en: 'The Redis server is older than 5.0, which channels_redis 3 and later need.',
      fr: 'Le serveur Redis est antérieur à 5.0, version requise par channels_redis 3 et suivants.',
    },
  },
  'redis/closed': {
    name: { en: 'Redis closed the connection', fr: 'Redis a fermé la connexion' },
    severity: 'warning',
    hop: 'message',
    pattern:
      /ConnectionClosedError: Reader at end of file|redis\.exceptions\.ConnectionError: (?:Connection closed by server|Connection reset by peer|Error while reading from |Error 104 while |Error 32 while )|ConnectionResetError: \[Errno 104\] Connection reset by peer/,
    also: /redis/,
    meaning: {
      en: 'The Redis server closed a connection: idle for 300 s (heroku redis:timeout), or plain where it wants TLS.',
      fr: 'Le serveur Redis a fermé une connexion : inactive depuis 300 s (heroku redis:timeout), ou en clair là où il veut TLS.',
    },
    rules: ['settings/redis-url-split', 'deps/obsolete-package'],
  },
})
