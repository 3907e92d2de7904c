import { celeryWorker } from '../../../src/app/asgi/beside-web.ts'
import { sendsTasks } from '../../../src/app/project/task-senders.ts'
import { sparedCache } from '../../../src/app/settings/cache-use.ts'
import { isCaught } from '../../../src/app/settings/caught-client.ts'
import { rule } from '../../../src/engine/rule.ts'
import { speaksForSockets, verifyingClients } from './verifying-clients.ts'

const help = {
  en: 'Turn the check off for this client: {remedy}.',
  fr: 'Désactivez la vérification pour ce client : {remedy}.',
} as const

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'a server that poses as this Redis is trusted too: the certificate is self-signed, so nobody vouches for it',
    fr: 'un serveur qui se fait passer pour ce Redis est accepté aussi : le certificat est auto-signé, personne ne s’en porte garant',
  },
  en: 'Do not check Redis’s certificate',
  fr: 'Ne pas vérifier le certificat de Redis',
} as const

export default rule({
  id: 'settings/redis-tls',
  hop: 'message',
  severity: 'error',
  restsOn: ['settings', 'heroku'],
  summary: {
    en: 'A Redis client checks the certificate of Heroku’s Redis, which is self-signed',
    fr: 'Un client Redis vérifie le certificat du Redis de Heroku, qui est auto-signé',
  },
  messages: {
    layer: {
      text: {
        en: '{setting} hands the rediss:// URL of {variable} to {client}, which checks the certificate; Heroku’s is self-signed: CERTIFICATE_VERIFY_FAILED at the first use of the layer, and every socket closes',
        fr: '{setting} donne l’URL rediss:// de {variable} à {client}, qui vérifie le certificat ; celui de Heroku est auto-signé : CERTIFICATE_VERIFY_FAILED à la première utilisation du channel layer, et tout socket se ferme',
      },
      help,
      fix,
    },
    client: {
      text: {
        en: '{setting} hands the rediss:// URL of {variable} to {client}, which checks the certificate; Heroku’s is self-signed: every command fails with CERTIFICATE_VERIFY_FAILED',
        fr: '{setting} donne l’URL rediss:// de {variable} à {client}, qui vérifie le certificat ; celui de Heroku est auto-signé : toute commande échoue avec CERTIFICATE_VERIFY_FAILED',
      },
      help,
      fix,
    },
    quiet: {
      severity: 'warning',
      text: {
        en: '{setting} hands the rediss:// URL of {variable} to {client}, which checks the certificate; Heroku’s is self-signed: every command fails, IGNORE_EXCEPTIONS hides it, and nothing is ever cached',
        fr: '{setting} donne l’URL rediss:// de {variable} à {client}, qui vérifie le certificat ; celui de Heroku est auto-signé : toute commande échoue, IGNORE_EXCEPTIONS l’étouffe, et rien n’est jamais mis en cache',
      },
      help,
      fix,
    },
    caught: {
      severity: 'warning',
      text: {
        en: '{setting} hands the rediss:// URL of {variable} to {client}, which checks the certificate; Heroku’s is self-signed: every command fails, `except` catches it, and the dyno always does what stands there',
        fr: '{setting} donne l’URL rediss:// de {variable} à {client}, qui vérifie le certificat ; celui de Heroku est auto-signé : toute commande échoue, `except` l’attrape, et le dyno fait toujours ce qui s’y trouve',
      },
      help,
      fix,
    },
    unasked: {
      severity: 'warning',
      text: {
        en: '{setting} hands the rediss:// URL of {variable} to {client}, which checks the certificate; Heroku’s is self-signed: the first command would fail with CERTIFICATE_VERIFY_FAILED, and nothing in the project gives it one',
        fr: '{setting} donne l’URL rediss:// de {variable} à {client}, qui vérifie le certificat ; celui de Heroku est auto-signé : la première commande échouerait avec CERTIFICATE_VERIFY_FAILED, et rien dans le projet ne lui en donne',
      },
      help,
      fix,
    },
    'celery-backend': {
      text: {
        en: '{setting} is the rediss:// URL of {variable} without a usable ssl_cert_reqs: Celery raises ValueError "A rediss:// URL must have parameter ssl_cert_reqs" when a worker starts and at the first task',
        fr: '{setting} est l’URL rediss:// de {variable} sans ssl_cert_reqs utilisable : Celery lève ValueError « A rediss:// URL must have parameter ssl_cert_reqs » au démarrage d’un worker et à la première tâche',
      },
      help,
      fix,
    },
    'celery-broker': {
      text: {
        en: '{setting} is the rediss:// URL of {variable}, and its options make Celery check the certificate or leave TLS out: the worker and every `.delay()` fail to connect',
        fr: '{setting} est l’URL rediss:// de {variable}, et ses options font vérifier le certificat à Celery ou désactivent TLS : ni le worker ni aucun `.delay()` n’arrive à se connecter',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    for (const { client, name, when, attached, other, remedy, edits } of verifyingClients(app)) {
      const { consumer, setting, target, at, read } = client
      const worker = consumer.startsWith('celery-') && !sendsTasks(app) ? celeryWorker(app) : undefined
      const message = client.quiet
        ? 'quiet'
        : isCaught(app, at)
          ? 'caught'
          : (sparedCache(app, client) ??
            (consumer === 'celery-backend' || consumer === 'celery-broker' || consumer === 'layer'
              ? consumer
              : 'client'))
      report(message, {
        at,
        data: { setting, variable: target.name, client: name, remedy },
        related: [
          ...(read === undefined
            ? []
            : [{ at: read, message: { en: 'the URL is read here', fr: 'l’URL est lue ici' } }]),
          ...(other === undefined ? [] : [other]),
        ],
        // Where no page sends a task the worker alone fails: it shows the address of its results when it starts.
        hop: consumer === 'layer' || speaksForSockets(app, client) ? undefined : worker === undefined ? 'http' : 'boot',
        process: worker,
        edits,
        when: attached === undefined ? when : [...when, attached],
        symbol: setting,
      })
    }
  },
})
